//! Every code of ours has a status and a shape, and nothing of the inside gets out.

use super::*;

fn check(code: Code, status: u16, kind: &str, openai: &str) {
    let error =
        ApiError { code, message: "/srv/desk/desk.db is odd".into(), hint: Some("Look.".into()) };
    let refusal = Refusal::from(error);
    assert_eq!(refusal.status.as_u16(), status, "{code:?}");
    assert_eq!((refusal.failed.kind, refusal.failed.code), (kind, openai), "{code:?}");
    let is_inside = matches!(code, Code::Internal | Code::DataFolder | Code::DataNewer);
    assert_eq!(refusal.failed.message.contains("/srv"), !is_inside, "{code:?}");
}

#[test]
fn every_code_has_its_answer() {
    check(Code::Invalid, 400, "invalid_request_error", "invalid_value");
    check(Code::Unavailable, 400, "invalid_request_error", "invalid_value");
    check(Code::BadFile, 400, "invalid_request_error", "invalid_value");
    check(Code::Forbidden, 403, "permission_error", "forbidden");
    check(Code::NotFound, 404, "invalid_request_error", "not_found");
    check(Code::Cancelled, 409, "invalid_request_error", "cancelled");
    check(Code::Busy, 429, "rate_limit_error", "rate_limit_exceeded");
    check(Code::Internal, 500, "server_error", "internal_error");
    check(Code::ModelRefused, 503, "server_error", "engine_unavailable");
    check(Code::EngineDown, 503, "server_error", "engine_unavailable");
    check(Code::DataFolder, 503, "server_error", "desk_unavailable");
    check(Code::DataNewer, 503, "server_error", "desk_unavailable");
}

#[test]
fn messages_are_sentences() {
    assert_eq!(sentence("the question is empty"), "The question is empty.");
    assert_eq!(sentence("Why?"), "Why?");
    assert_eq!(sentence(""), ".");
}
