//! `GET /v1/models`: which models a key may ask.

use axum::Json;
use axum::extract::{Extension, Path, State};
use axum::http::StatusCode;
use axum::response::{IntoResponse, Response};
use schemars::JsonSchema;
use serde::Serialize;

use super::error::Refusal;
use super::{DESK, RAW};
use crate::Server;
use crate::guard::Caller;

/// The models that may be asked.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct ModelList {
    /// `list`.
    object: &'static str,
    /// The models.
    data: Vec<Model>,
}

/// A model.
#[derive(Clone, Debug, Serialize, JsonSchema)]
pub(crate) struct Model {
    /// `frontdesk` is the whole desk with its sources; `frontdesk-raw` is the bare model.
    id: &'static str,
    /// `model`.
    object: &'static str,
    /// 0: a desk is as new as its knowledge.
    created: u64,
    /// `frontdesk`.
    owned_by: &'static str,
}

pub(crate) async fn list(
    State(server): State<Server>,
    Extension(caller): Extension<Caller>,
) -> Response {
    Json(ModelList { object: "list", data: models(&server, caller) }).into_response()
}

pub(crate) async fn one(
    State(server): State<Server>,
    Extension(caller): Extension<Caller>,
    Path(id): Path<String>,
) -> Response {
    match models(&server, caller).into_iter().find(|model| model.id == id) {
        Some(model) => Json(model).into_response(),
        None => unknown(&id).into_response(),
    }
}

fn models(server: &Server, caller: Caller) -> Vec<Model> {
    let raw = (caller.may_use_models() && server.core.bare_model().is_some()).then_some(RAW);
    let model = |id| Model { id, object: "model", created: 0, owned_by: "frontdesk" };
    std::iter::once(DESK).chain(raw).map(model).collect()
}

/// A model that is not here.
pub(super) fn unknown(name: &str) -> Refusal {
    let name: String = name.chars().filter(|letter| !letter.is_control()).take(80).collect();
    let message = format!("There is no model `{name}` here; ask `{DESK}`.");
    Refusal::new(StatusCode::NOT_FOUND, "model_not_found", message).about("model")
}

/// A key for visitors, who ask the desk and not its models.
pub(super) fn forbidden() -> Refusal {
    let message = "This key asks the desk only. Staff find one for programs in the file `keys` in \
                   the desk's folder, in the line `program`.";
    Refusal::new(StatusCode::FORBIDDEN, "forbidden", message)
}
