//! A report reads as a line, and two are one.

use super::{Hold, Layer, Report};

fn check_report(layers: &[(Layer, Hold)], expected: &str, is_full: bool) {
    let report = Report::new(layers.iter().cloned());
    assert_eq!(report.to_string(), expected);
    assert_eq!(report.is_full(), is_full, "{expected}");
}

#[test]
fn lines() {
    let gap = || Hold::Partly("a gap".into());
    let reason = || Hold::Not("no kernel".into());
    check_report(&[], "", true);
    check_report(&[(Layer::Files, Hold::Fully)], "files: locked", true);
    check_report(&[(Layer::Network, reason())], "network: open (no kernel)", false);
    check_report(
        &[(Layer::Files, gap()), (Layer::Limits, Hold::Fully)],
        "files: locked in part (a gap); limits: locked",
        false,
    );
}

#[test]
fn two_steps_make_one_report() {
    let first = Report::new([(Layer::Files, Hold::Fully)]);
    let both = first.and(Report::new([(Layer::Kernel, Hold::Not("why".into()))]));
    assert_eq!(both.hold(Layer::Files), Some(&Hold::Fully));
    assert_eq!(both.hold(Layer::Kernel), Some(&Hold::Not("why".into())));
    assert_eq!(both.hold(Layer::Network), None);
    assert_eq!(both.layers().len(), 2);
}
