//! `/health`, for people and supervisors, and `/ready`, for load balancers.
//!
//! Neither needs a key, and neither says more than whether to come. A busy desk is ready: fullness
//! is told to each question by 429, so that a balancer does not take a node out for being used.

use axum::Json;
use axum::extract::State;
use axum::http::{HeaderMap, HeaderName, StatusCode, Uri};
use axum::response::{IntoResponse, Response};
use commands::NotReady;
use serde_json::json;

use crate::Server;
use crate::stream::blocking;

/// Demands a version of the knowledge, as `?knowledge=` does.
const REQUIRE: HeaderName = HeaderName::from_static("x-require-knowledge");

/// 200 when visitors are welcome; 503 while a model is loaded, before the end, and where the
/// knowledge is too old.
pub(crate) async fn ready(State(server): State<Server>, uri: Uri, headers: HeaderMap) -> Response {
    let header = headers.get(REQUIRE).map(|value| value.to_str().unwrap_or_default());
    let asked = uri.query().unwrap_or_default().split('&');
    let asked = asked.filter_map(|pair| pair.strip_prefix("knowledge="));
    let mut wanted = server.options.knowledge;
    for said in asked.chain(header) {
        match said.parse::<i64>() {
            Ok(version) if version >= 0 => wanted = wanted.max(version),
            _ => {
                let why = json!({ "status": "invalid", "message": "a version is a whole number" });
                return (StatusCode::BAD_REQUEST, Json(why)).into_response();
            }
        }
    }
    let told =
        |status: StatusCode, name: &str| (status, Json(json!({ "status": name }))).into_response();
    if server.is_draining() {
        return told(StatusCode::SERVICE_UNAVAILABLE, "draining");
    }
    let core = server.core.clone();
    match blocking(move || Ok(core.not_ready(wanted))).await {
        Ok(None) => told(StatusCode::OK, "ready"),
        Ok(Some(why)) => told(StatusCode::SERVICE_UNAVAILABLE, name(why)),
        Err(_) => told(StatusCode::SERVICE_UNAVAILABLE, "degraded"),
    }
}

/// 200 when questions are answered, 503 while there is nothing to answer from.
pub(crate) async fn health(State(server): State<Server>) -> Response {
    let core = server.core.clone();
    let (status, state) = match blocking(move || Ok(core.not_ready(0))).await {
        Ok(None) => ("ok", "ready"),
        Ok(Some(NotReady::Loading)) => ("loading", "warming"),
        // What is wrong stands in the doctor's report, for staff.
        Ok(Some(_)) | Err(_) => ("degraded", "failed"),
    };
    let code = if status == "ok" { StatusCode::OK } else { StatusCode::SERVICE_UNAVAILABLE };
    (code, Json(json!({ "state": state, "status": status }))).into_response()
}

fn name(why: NotReady) -> &'static str {
    match why {
        NotReady::Loading => "loading",
        NotReady::NoSearch => "degraded",
        NotReady::OldKnowledge { .. } => "old knowledge",
    }
}
