//! Whether an answer is what a test expects. Pure.

use assistant::{Answer, Route};
use knowledge::HitKey;
use store::TestCaseRow;

/// What became of one question.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Graded {
    /// `right`, `asked_back`, `refused` or `wrong`.
    pub(crate) outcome: &'static str,
    /// What was not as it should be; empty where all was.
    pub(crate) why: String,
}

/// Compares an answer with what a test expects.
pub(crate) fn grade(case: &TestCaseRow, answer: &Answer) -> Graded {
    let name = answer.route.name();
    let graded = |outcome, why: String| Graded { outcome, why };
    let is_expected_lane = case.route.as_deref().is_none_or(|route| same_lane(route, name));
    match kind(answer.route) {
        Kind::AskedBack if case.route.as_deref() == Some(name) => graded("right", String::new()),
        Kind::AskedBack => graded("asked_back", "the desk asked back".into()),
        Kind::NoAnswer if case.must_refuse && is_expected_lane => graded("right", String::new()),
        Kind::NoAnswer if case.must_refuse => graded("wrong", lane_differs(case, name)),
        Kind::NoAnswer => graded("refused", "the desk did not answer".into()),
        Kind::Answered if case.must_refuse => {
            graded("wrong", "the desk answered what it should refuse".into())
        }
        Kind::Answered => {
            let why = wrong_with(case, answer, is_expected_lane);
            graded(if why.is_empty() { "right" } else { "wrong" }, why)
        }
    }
}

enum Kind {
    Answered,
    AskedBack,
    NoAnswer,
}

fn kind(route: Route) -> Kind {
    if route == Route::DidYouMean {
        Kind::AskedBack
    } else if matches!(route, Route::Faq | Route::Documents | Route::Quote)
        || matches!(route.name(), "cache" | "order")
    {
        Kind::Answered
    } else {
        Kind::NoAnswer
    }
}

/// A test never lets a model speak, so an answer from documents is a quote here.
fn same_lane(expected: &str, found: &str) -> bool {
    let lane = |name: &str| if name == "documents" { "quote".to_owned() } else { name.to_owned() };
    lane(expected) == lane(found)
}

fn lane_differs(case: &TestCaseRow, found: &str) -> String {
    format!("the lane is {found}, not {}", case.route.as_deref().unwrap_or_default())
}

/// The first thing that is not as it should be.
fn wrong_with(case: &TestCaseRow, answer: &Answer, is_expected_lane: bool) -> String {
    let lower = answer.text.to_lowercase();
    let says = |fact: &&String| lower.contains(&fact.to_lowercase());
    if let Some(fact) = case.must_not.iter().find(says) {
        return format!("it says \"{fact}\"");
    }
    if !case.gold.is_empty() && !case.gold.iter().any(|fact| says(&fact)) {
        return format!("it does not say \"{}\"", case.gold.join("\" or \""));
    }
    if !is_expected_lane {
        return lane_differs(case, answer.route.name());
    }
    if let Some(source) = &case.source
        && !answer.citations.iter().any(|citation| citation.source == *source)
    {
        let found: Vec<&str> =
            answer.citations.iter().map(|citation| citation.source.as_str()).collect();
        return format!("it is from {}, not from {source}", found.join(", "));
    }
    match case.faq_id {
        Some(id) if !answer.citations.iter().any(|one| one.key == Some(HitKey::Faq(id))) => {
            format!("it is not answer {id}")
        }
        _ => String::new(),
    }
}
