//! The plan: what it says without a measured speed, whose prices it uses, and what it prints.

use commands::Session;
use commands::wire::{
    ApiError, Code, ComputerCommand, ComputerReply, MixView, PlanRequest, PlanView, StaffCommand,
    StaffReply,
};
use testkit::TestDesk;

fn ask(desk: &TestDesk, command: ComputerCommand) -> Result<ComputerReply, ApiError> {
    match desk.core.manage(&Session::staff("test"), StaffCommand::Computer(command))? {
        StaffReply::Computer(reply) => Ok(*reply),
        other => panic!("{other:?}"),
    }
}

fn plan(desk: &TestDesk, request: PlanRequest) -> Result<PlanView, ApiError> {
    match ask(desk, ComputerCommand::Plan(request))? {
        ComputerReply::Plan(plan) => Ok(*plan),
        other => panic!("{other:?}"),
    }
}

#[test]
fn a_plan_is_made_without_a_measured_speed_and_says_so() {
    let desk = TestDesk::shop();
    let asked = PlanRequest { users_per_minute: Some(50.0), ..PlanRequest::default() };
    let plan = plan(&desk, asked).unwrap();
    assert!(!plan.measured && plan.sentences.join(" ").contains("Measure this computer"));
    let targets: Vec<f64> = plan.roadmap.iter().map(|row| row.users_per_minute).collect();
    assert_eq!(targets, [10.0, 50.0, 100.0, 500.0, 1_000.0, 5_000.0]);
    assert!(plan.roadmap.iter().all(|row| row.ways.iter().any(|way| way.machines.is_some())));
    assert!(plan.claims.iter().any(|claim| claim.verdict == "fails"));
    assert_eq!((plan.mix_from.as_str(), plan.prices_as_of.len()), ("usual", 10));
}

#[test]
fn staff_may_write_their_own_prices_and_a_wrong_file_is_named() {
    let desk = TestDesk::shop();
    let file = desk.data().join("prices.json");
    std::fs::write(&file, "{\"as_of\": 1}").unwrap();
    let error = plan(&desk, PlanRequest::default()).unwrap_err();
    assert_eq!(error.code, Code::BadFile);
    assert!(error.message.contains("as_of"), "{error:?}");

    let bundled = include_str!("../../../capacity/data/prices.json");
    std::fs::write(&file, bundled.replacen("2026-11-22", "2031-01-01", 1)).unwrap();
    assert_eq!(plan(&desk, PlanRequest::default()).unwrap().prices_as_of, "2031-01-01");
}

#[test]
fn a_plan_that_makes_no_sense_is_refused() {
    let desk = TestDesk::shop();
    let check = |request: PlanRequest| {
        assert_eq!(plan(&desk, request.clone()).unwrap_err().code, Code::Invalid, "{request:?}");
    };
    check(PlanRequest { users_per_minute: Some(0.0), ..PlanRequest::default() });
    check(PlanRequest { users_per_minute: Some(f64::NAN), ..PlanRequest::default() });
    check(PlanRequest { within_seconds: Some(-1.0), ..PlanRequest::default() });
    check(PlanRequest { mix: Some(MixView::default()), ..PlanRequest::default() });
}

#[test]
fn the_plan_prints_as_a_page_that_loads_nothing_and_runs_nothing() {
    let desk = TestDesk::shop();
    let bundled = include_str!("../../../capacity/data/prices.json");
    let evil = bundled.replacen("\"Hetzner\"", "\"<script>alert(1)</script>\"", 1);
    std::fs::write(desk.data().join("prices.json"), evil).unwrap();
    let ComputerReply::Text { text } =
        ask(&desk, ComputerCommand::PlanPage(PlanRequest::default())).unwrap()
    else {
        panic!("a page is text");
    };
    assert!(text.starts_with("<!doctype html>") && text.trim_end().ends_with("</html>"));
    assert!(text.contains("&lt;script&gt;"));
    for loads in ["<script", "src=", "href=", "url(", "http:", "https:", "@import"] {
        assert!(!text.contains(loads), "the page holds {loads}");
    }
}

#[test]
fn routes_of_the_desk_itself_are_used_once_it_has_answered_enough() {
    let desk = TestDesk::shop();
    for number in 0..60 {
        desk.ask(&format!("When are you open on day {number}?"));
    }
    let plan = plan(&desk, PlanRequest::default()).unwrap();
    assert_eq!(plan.mix_from, "history");
    let mix = plan.mix;
    assert!((mix.faq + mix.order + mix.cache + mix.generated - 1.0).abs() < 1e-9, "{mix:?}");
}
