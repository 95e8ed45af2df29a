//! What servers cost.

use super::desk;
use crate::SpendingRow;

fn row(engine: &str, month: &str, nano: i64) -> SpendingRow {
    SpendingRow {
        engine: engine.into(),
        month: month.into(),
        asked: 1,
        read_tokens: 700,
        written_tokens: 60,
        nano,
    }
}

#[test]
fn a_month_is_a_sum_and_every_server_has_its_own() {
    let desk = desk();
    let none =
        SpendingRow { engine: "a".into(), month: "2026-11".into(), ..SpendingRow::default() };
    assert_eq!(desk.store.spending("a", "2026-11").unwrap(), none);
    for (engine, month, nano) in
        [("a", "2026-11", 5), ("a", "2026-11", 7), ("a", "2026-12", 1), ("b", "2026-11", 2)]
    {
        desk.store.add_spending(&row(engine, month, nano)).unwrap();
    }
    let sum = SpendingRow {
        asked: 2,
        read_tokens: 1_400,
        written_tokens: 120,
        ..row("a", "2026-11", 12)
    };
    assert_eq!(desk.store.spending("a", "2026-11").unwrap(), sum);
    assert_eq!(desk.store.spending("a", "2026-12").unwrap().nano, 1);
    assert_eq!(desk.store.spending("b", "2026-11").unwrap().nano, 2);
}

#[test]
fn no_sum_is_too_large() {
    let desk = desk();
    (0..3).for_each(|_| desk.store.add_spending(&row("a", "2026-11", i64::MAX)).unwrap());
    assert!(desk.store.spending("a", "2026-11").unwrap().nano >= i64::MAX / 2);
}
