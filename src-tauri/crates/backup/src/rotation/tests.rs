//! Thousands of days go by; what is left is small, recent and never nothing.

use super::*;

fn daily(day: i64) -> Kept {
    Kept { reason: Reason::Daily, made_at: day * DAY_SECONDS + 3_600 }
}

/// Runs day after day and removes as the desk does; returns the days that are left.
fn after(days: impl Iterator<Item = i64>) -> Vec<i64> {
    let mut kept: Vec<Kept> = Vec::new();
    for day in days {
        kept.push(daily(day));
        let gone = to_remove(&kept);
        let mut at = 0;
        kept.retain(|_| {
            at += 1;
            !gone.contains(&(at - 1))
        });
        assert!(kept.contains(&daily(day)), "the newest one went on day {day}");
    }
    kept.iter().map(|kept| kept.made_at / DAY_SECONDS).collect()
}

#[test]
fn a_week_of_days_and_a_month_of_weeks_are_kept() {
    let left = after(20_000..20_400);
    assert!((9..=11).contains(&left.len()), "{left:?}");
    let newest = 20_399;
    for day in newest - 6..=newest {
        assert!(left.contains(&day), "day {day} of {left:?}");
    }
    assert!(left.iter().all(|day| newest - day <= 30), "{left:?}");
    assert!(left.iter().any(|day| newest - day >= 20), "no old week in {left:?}");
}

#[test]
fn a_few_days_lose_nothing() {
    assert_eq!(after(100..105), vec![100, 101, 102, 103, 104]);
    assert!(to_remove(&[]).is_empty());
    assert!(to_remove(&[daily(1)]).is_empty());
}

#[test]
fn a_clock_that_jumps_back_and_forth_leaves_the_newest() {
    let left = after([100, 101, 102, 9_000, 103].into_iter().filter(|day| *day != 103));
    assert!(left.contains(&9_000));
    // The old ones go when a day ten years ahead was really backed up, not before.
    assert!(to_remove(&[daily(100), daily(101)]).is_empty());
}

#[test]
fn those_made_by_hand_stay_and_those_before_changes_are_three() {
    let one = |reason, made_at| Kept { reason, made_at };
    let mut kept: Vec<Kept> = (0..5).map(|at| one(Reason::Manual, at)).collect();
    kept.extend((0..5).map(|at| one(Reason::BeforeImport, 100 + at)));
    kept.push(one(Reason::BeforeRestore, 50));
    let gone = to_remove(&kept);
    assert_eq!(gone, vec![5, 6]);
}
