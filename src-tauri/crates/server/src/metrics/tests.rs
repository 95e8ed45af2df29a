//! The page of figures, as Prometheus' format has it.

use super::*;

/// The name, the labels and the value of every line that is no remark; fails on any other line.
fn parsed(page: &str) -> Vec<(String, f64)> {
    let mut typed = Vec::new();
    let mut samples = Vec::new();
    for line in page.lines() {
        if let Some(rest) = line.strip_prefix("# TYPE ") {
            typed.push(rest.split(' ').next().unwrap().to_owned());
        } else if !line.starts_with("# HELP ") {
            let (name, value) = line.rsplit_once(' ').unwrap();
            let base = name.split('{').next().unwrap();
            let known =
                |end: &str| base.strip_suffix(end).is_some_and(|b| typed.contains(&b.into()));
            let is_typed = typed.contains(&base.to_owned());
            assert!(is_typed || ["_bucket", "_sum", "_count"].into_iter().any(known), "{line}");
            samples.push((name.to_owned(), value.parse().unwrap()));
        }
    }
    samples
}

#[test]
fn the_page_is_what_prometheus_reads() {
    let mut load = Load::default();
    load.fullness.waiting = 3;
    load.knowledge_version = 42;
    load.figures.turns = vec![("faq", 7)];
    load.figures.first_word = Times { up_to: vec![(0.05, 1), (2.0, 4)], count: 5, sum: 9.5 };
    let mut page = text(&load);
    let counted = Requests::default();
    counted.note("/visit", StatusCode::OK);
    counted.note("/visit", StatusCode::TOO_MANY_REQUESTS);
    counted.note("/visit", StatusCode::TOO_MANY_REQUESTS);
    counted.note_left("/visit");
    requests(&mut page, &counted.0.lock().unwrap());
    let samples = parsed(&page.0);
    for (name, value) in [
        ("frontdesk_requests_deferred", 3.0),
        ("frontdesk_kb_version", 42.0),
        ("frontdesk_ready", 1.0),
        ("frontdesk_turns_total{route=\"faq\"}", 7.0),
        ("frontdesk_time_to_first_token_seconds_bucket{le=\"0.05\"}", 1.0),
        ("frontdesk_time_to_first_token_seconds_bucket{le=\"2\"}", 4.0),
        ("frontdesk_time_to_first_token_seconds_bucket{le=\"+Inf\"}", 5.0),
        ("frontdesk_time_to_first_token_seconds_sum", 9.5),
        ("frontdesk_requests_total{route=\"/visit\",outcome=\"busy\"}", 2.0),
        ("frontdesk_requests_total{route=\"/visit\",outcome=\"left\"}", 1.0),
    ] {
        assert!(samples.contains(&(name.into(), value)), "{name} {value} in\n{}", page.0);
    }
}

#[test]
fn every_status_has_an_outcome() {
    for (status, expected) in [
        (200, "ok"),
        (429, "busy"),
        (401, "forbidden"),
        (421, "forbidden"),
        (404, "refused"),
        (413, "refused"),
        (503, "failed"),
    ] {
        assert_eq!(outcome(StatusCode::from_u16(status).unwrap()), expected, "{status}");
    }
}
