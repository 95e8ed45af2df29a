//! The plan in sentences for the person at the counter.

use capacity::{Bound, Capacity, Kind, Profile, Row, Verdict, Way};

use super::Basis;

/// Computers like the one the desk runs on.
pub(super) const HERE: &str = "computers like this one";
/// What is said where no speed is known.
pub(super) const NOT_MEASURED: &str = "no model writes here, or it has not been measured yet";

/// The whole plan, most important first.
pub(super) fn sentences(
    basis: &Basis,
    here: Option<&(Profile, Capacity)>,
    asked: Option<f64>,
    rows: &[Row],
) -> Vec<String> {
    let Some((profile, capacity)) = here else {
        return vec![
            "The speed of this computer is not known yet.".into(),
            "Measure this computer first; it takes about 20 seconds.".into(),
        ];
    };
    let within = number(basis.within_s);
    let served = capacity.users_per_minute;
    let mut sentences = Vec::new();
    if served < 0.5 {
        let alone = profile.alone_s(basis.workload.prompt.mean, basis.workload.answer.mean);
        sentences.push(format!(
            "This computer cannot answer within {within} seconds: one written answer alone takes \
             about {} seconds.",
            number(alone)
        ));
    } else {
        sentences.push(format!(
            "This computer serves about {} visitors a minute with 95 of 100 answered within \
             {within} seconds.",
            rounded(served)
        ));
        sentences.push(format!("More is stopped by this: {}.", bound(capacity.bound)));
    }
    if let Some(asked) = asked {
        sentences.push(for_asked(asked, served, rows));
    }
    sentences.push(if basis.measured {
        "The speed was measured on this computer.".into()
    } else {
        "The speed is a guess from what this computer is; measure it to be sure.".into()
    });
    sentences
}

fn for_asked(asked: f64, served: f64, rows: &[Row]) -> String {
    let visitors = rounded(asked);
    if served >= asked {
        return format!("{visitors} visitors a minute are no problem for it.");
    }
    let row = rows.iter().find(|row| row.users_per_minute == asked);
    let way = row.and_then(|row| row.ways.iter().find(|way| way.machines.is_some()));
    match way {
        Some(Way { id, machines: Some(count), .. }) if id == "here" => {
            format!("{visitors} visitors a minute would take {count} {HERE}, one of them to spare.")
        }
        Some(way) => format!(
            "{visitors} visitors a minute would take: {}{}.",
            way.machines.filter(|count| *count > 1).map_or(String::new(), |n| format!("{n} x ")),
            way.name
        ),
        None => format!("For {visitors} visitors a minute the plan has no way."),
    }
}

/// What stops a computer from serving more.
pub(super) fn bound(bound: Bound) -> &'static str {
    match bound {
        Bound::OneAnswer => "one written answer alone takes longer than that",
        Bound::Reading => "reading the passages before an answer takes most of the time",
        Bound::Writing => "writing the answers takes most of the time",
        Bound::LightWork => "finding and saving answers takes most of the time",
    }
}

/// A verdict as it goes over the wire.
pub(super) fn verdict(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Holds => "holds",
        Verdict::Partly => "partly",
        Verdict::Fails => "fails",
    }
}

/// What a machine writes with, as it goes over the wire.
pub(super) fn kind(kind: Kind) -> &'static str {
    match kind {
        Kind::Cpu => "cpu",
        Kind::Gpu => "gpu",
        Kind::Api => "api",
    }
}

/// A way as people say it.
pub(super) fn way_name(way: &Way) -> String {
    match (way.id.as_str(), way.machines) {
        ("here", Some(count)) if count > 1 => HERE.into(),
        ("here", _) => "this computer".into(),
        _ => way.name.clone(),
    }
}

/// What to know about a way.
pub(super) fn way_note(way: &Way) -> &'static str {
    if way.machines.is_none() {
        "cannot keep the promise, or would take too many machines"
    } else if way.id.starts_with("api:") {
        "questions leave the house; this computer finds the passages"
    } else if way.machines.is_some_and(|count| count > 1) {
        "one of them is to spare"
    } else {
        ""
    }
}

/// A number as people say it: two figures that count.
fn rounded(number: f64) -> String {
    if number < 10.0 {
        return self::number(number);
    }
    let scale = 10_f64.powf(number.log10().floor() - 1.0);
    let whole = ((number / scale).round() * scale) as u64;
    let digits = whole.to_string();
    let mut told = String::new();
    for (place, digit) in digits.chars().enumerate() {
        if place > 0 && (digits.len() - place).is_multiple_of(3) {
            told.push(',');
        }
        told.push(digit);
    }
    told
}

/// A small number with a decimal only where it says something.
fn number(number: f64) -> String {
    if (number - number.round()).abs() < 0.05 {
        format!("{number:.0}")
    } else {
        format!("{number:.1}")
    }
}

#[cfg(test)]
mod tests {
    use super::{number, rounded};

    #[test]
    fn numbers_are_said_as_people_say_them() {
        let check = |value: f64, expected: &str| assert_eq!(rounded(value), expected);
        check(0.4, "0.4");
        check(7.0, "7");
        check(53.4, "53");
        check(1_234.0, "1,200");
        check(987.0, "990");
        check(1_000_000.0, "1,000,000");
        assert_eq!(number(5.0), "5");
        assert_eq!(number(2.54), "2.5");
    }
}
