//! `bench capacity`: a load on a program of its own, counted and compared.

use std::path::Path;

use serde_json::Value;

use crate::desk::{Desk, check_error};

fn demo() -> String {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo").display().to_string()
}

#[test]
fn a_load_is_played_on_the_real_program_and_every_visitor_is_counted() {
    let desk = Desk::new();
    let result = desk.json(&[
        "bench",
        "capacity",
        "--mix",
        "seeds",
        "--rate",
        "240",
        "--seconds",
        "5",
        "--demo",
        &demo(),
    ]);
    for field in ["users_per_minute", "p50_ms", "p95_ms", "p99_ms", "routes", "predicted", "error"]
    {
        assert!(result.get(field).is_some(), "{field} in {result}");
    }
    assert_eq!(result["users_per_minute"], 240.0);
    let shares = result["routes"].as_object().unwrap().values().filter_map(Value::as_f64);
    let row = &result["mixes"][0];
    let served = shares.sum::<f64>() + row["failed"].as_f64().unwrap();
    assert!((served - 1.0).abs() < 0.01, "{result}");
    assert_eq!(row["failed"], 0.0, "{result}");
    let visitors = row["visitors"].as_u64().unwrap();
    assert!((8..40).contains(&visitors), "about twenty in five seconds: {result}");
    let of_kind = |kind: &str| row["kinds"][kind]["visitors"].as_u64().unwrap();
    assert_eq!(of_kind("faq") + of_kind("order") + of_kind("open"), visitors);
    // The desks of the measurement are gone.
    let left = std::fs::read_dir(desk.data()).unwrap().count();
    assert_eq!(left, 0, "{result}");
}

#[test]
fn a_mix_that_nobody_knows_is_named_with_those_that_are() {
    let desk = Desk::new();
    let run = desk.run(&["--json", "bench", "capacity", "--mix", "odd"]);
    assert_eq!(run.status, 2);
    let error = run.error();
    check_error(&error);
    assert!(error["hint"].as_str().unwrap().contains("heavy"), "{error}");
}
