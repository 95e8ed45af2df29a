//! Errors in the shape that OpenAI's clients read, and from ours to it.

use axum::Json;
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use commands::wire::{ApiError, Code};
use schemars::JsonSchema;
use serde::Serialize;

/// An error, as OpenAI's clients read it.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Failure {
    /// What went wrong.
    pub(crate) error: Failed,
}

/// What went wrong.
#[derive(Clone, Debug, PartialEq, Serialize, JsonSchema)]
pub(crate) struct Failed {
    /// A sentence for a person: what is wrong, and what to do.
    pub(crate) message: String,
    /// The kind, such as `invalid_request_error`.
    #[serde(rename = "type")]
    pub(crate) kind: &'static str,
    /// For programs, such as `model_not_found`.
    pub(crate) code: &'static str,
    /// The field of the request that is wrong, if one is.
    pub(crate) param: Option<String>,
}

/// A request that ends with an error.
#[derive(Clone, Debug, PartialEq)]
pub(crate) struct Refusal {
    pub(crate) status: StatusCode,
    pub(crate) failed: Failed,
}

impl Refusal {
    /// A request that makes no sense.
    pub(crate) fn invalid(param: &str, message: impl Into<String>) -> Self {
        Self::new(StatusCode::BAD_REQUEST, "invalid_value", message).about(param)
    }

    pub(crate) fn new(status: StatusCode, code: &'static str, message: impl Into<String>) -> Self {
        let failed = Failed { message: message.into(), kind: kind(status), code, param: None };
        Self { status, failed }
    }

    pub(crate) fn about(mut self, param: &str) -> Self {
        self.failed.param = Some(param.to_owned()).filter(|param| !param.is_empty());
        self
    }

    /// The body alone, for a stream that has begun.
    pub(crate) fn into_body(self) -> Failure {
        Failure { error: self.failed }
    }
}

impl From<ApiError> for Refusal {
    fn from(error: ApiError) -> Self {
        let (status, code) = match error.code {
            Code::Invalid | Code::Unavailable | Code::BadFile => {
                (StatusCode::BAD_REQUEST, "invalid_value")
            }
            Code::Forbidden => (StatusCode::FORBIDDEN, "forbidden"),
            Code::NotFound => (StatusCode::NOT_FOUND, "not_found"),
            Code::Busy => (StatusCode::TOO_MANY_REQUESTS, "rate_limit_exceeded"),
            Code::ModelRefused | Code::EngineDown => {
                (StatusCode::SERVICE_UNAVAILABLE, "engine_unavailable")
            }
            Code::DataFolder | Code::DataNewer => {
                (StatusCode::SERVICE_UNAVAILABLE, "desk_unavailable")
            }
            Code::Cancelled => (StatusCode::CONFLICT, "cancelled"),
            Code::Internal => (StatusCode::INTERNAL_SERVER_ERROR, "internal_error"),
        };
        if status == StatusCode::INTERNAL_SERVER_ERROR || code == "desk_unavailable" {
            // What it says may name files of this computer: that is for its log alone.
            tracing::error!(message = %error.message, "a program's request failed");
            let message = "The desk cannot answer just now; its own log says why.";
            return Self::new(status, code, message);
        }
        let mut message = sentence(&error.message);
        if let Some(hint) = error.hint.filter(|hint| !hint.is_empty()) {
            message = format!("{message} {hint}");
        }
        Self::new(status, code, message)
    }
}

impl IntoResponse for Refusal {
    fn into_response(self) -> Response {
        let mut response = (self.status, Json(Failure { error: self.failed })).into_response();
        response.extensions_mut().insert(Shaped);
        response
    }
}

/// Marks an answer whose error already has this shape.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Shaped;

/// The name of an error's kind, as OpenAI's clients know it.
fn kind(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "authentication_error",
        StatusCode::FORBIDDEN => "permission_error",
        StatusCode::TOO_MANY_REQUESTS => "rate_limit_error",
        status if status.is_server_error() => "server_error",
        _ => "invalid_request_error",
    }
}

/// The code of an error that came from no route of ours.
pub(crate) fn code(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => "invalid_api_key",
        StatusCode::FORBIDDEN => "forbidden",
        StatusCode::NOT_FOUND => "unknown_url",
        StatusCode::METHOD_NOT_ALLOWED => "method_not_allowed",
        StatusCode::REQUEST_TIMEOUT => "request_timeout",
        StatusCode::PAYLOAD_TOO_LARGE => "request_too_large",
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "unsupported_media_type",
        StatusCode::MISDIRECTED_REQUEST => "unknown_host",
        StatusCode::TOO_MANY_REQUESTS => "rate_limit_exceeded",
        StatusCode::SERVICE_UNAVAILABLE => "unavailable",
        status if status.is_server_error() => "internal_error",
        _ => "invalid_request",
    }
}

/// A message of ours, which begins small and has no stop, as a sentence.
fn sentence(message: &str) -> String {
    let mut letters = message.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string());
    let text = format!("{}{}", first.unwrap_or_default(), letters.as_str());
    if text.ends_with(['.', '!', '?']) { text } else { format!("{text}.") }
}

#[cfg(test)]
mod tests;
