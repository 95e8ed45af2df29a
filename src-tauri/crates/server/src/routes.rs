//! Every address there is: one table that the router, the description for programs and the tests
//! are made from. The pages are what is left.

use axum::routing::{MethodRouter, get, post};
use schemars::{JsonSchema, SchemaGenerator};
use serde_json::Value;

use crate::openai::chat;
use crate::openai::embeddings::{self, EmbeddingList, EmbeddingRequest};
use crate::openai::models::{self, Model, ModelList};
use crate::openai::reply::ChatCompletion;
use crate::openai::request::ChatRequest;
use crate::{Server, describe, metrics, ready, stream};

/// One address.
pub struct Route {
    /// `get` or `post`.
    pub method: &'static str,
    /// The path, with `{names}` for its parts that vary.
    pub path: &'static str,
    /// Whose key opens it.
    pub who: Who,
    /// What it is for, in one line.
    pub about: &'static str,
    /// What is sent.
    pub(crate) request: Option<Shape>,
    /// What comes back when all is well.
    pub(crate) reply: Reply,
    pub(crate) handler: fn() -> MethodRouter<Server>,
}

/// Whose key opens an address: it, and those of all who come after.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Who {
    /// No key is needed.
    Anyone,
    /// Any key.
    Visitor,
    /// A key of programs.
    Program,
    /// Staff's alone.
    Staff,
}

/// Writes the schema of a body.
pub(crate) type Shape = fn(&mut SchemaGenerator) -> Value;

/// What comes back.
#[derive(Clone, Copy)]
pub(crate) enum Reply {
    /// One JSON document.
    Json(Shape),
    /// One JSON document, or server-sent events where the request wants a stream.
    JsonOrEvents(Shape),
    /// One JSON document, or one a line where a question is asked.
    JsonOrLines(Shape),
    /// Plain text.
    Text,
}

/// All addresses.
pub const ROUTES: &[Route] = &[
    Route {
        method: "post",
        path: "/visit",
        who: Who::Visitor,
        about: "What visitors may do: ask, rate, look an order up, ask for a person.",
        request: Some(describe::visitor_command),
        reply: Reply::JsonOrLines(describe::reply),
        handler: || post(stream::visit),
    },
    Route {
        method: "post",
        path: "/manage",
        who: Who::Staff,
        about: "What staff may do.",
        request: Some(describe::staff_command),
        reply: Reply::Json(describe::reply),
        handler: || post(stream::manage),
    },
    Route {
        method: "get",
        path: "/health",
        who: Who::Anyone,
        about: "Whether questions are answered: 200, or 503 while there is nothing to answer from.",
        request: None,
        reply: Reply::Json(describe::health),
        handler: || get(ready::health),
    },
    Route {
        method: "get",
        path: "/ready",
        who: Who::Anyone,
        about: "Whether visitors are welcome, for load balancers: 200, or 503. A busy desk is ready.",
        request: None,
        reply: Reply::Json(describe::ready),
        handler: || get(ready::ready),
    },
    Route {
        method: "get",
        path: "/metrics",
        who: Who::Program,
        about: "How full the desk is and what it did, as Prometheus reads it.",
        request: None,
        reply: Reply::Text,
        handler: || get(metrics::metrics),
    },
    Route {
        method: "get",
        path: "/openapi.json",
        who: Who::Anyone,
        about: "This description.",
        request: None,
        reply: Reply::Json(describe::anything),
        handler: || get(describe::serve),
    },
    Route {
        method: "get",
        path: "/v1/models",
        who: Who::Visitor,
        about: "The models that this key may ask.",
        request: None,
        reply: Reply::Json(shape::<ModelList>),
        handler: || get(models::list),
    },
    Route {
        method: "get",
        path: "/models",
        who: Who::Visitor,
        about: "The same, for programs that leave the version out.",
        request: None,
        reply: Reply::Json(shape::<ModelList>),
        handler: || get(models::list),
    },
    Route {
        method: "get",
        path: "/v1/models/{model}",
        who: Who::Visitor,
        about: "One model.",
        request: None,
        reply: Reply::Json(shape::<Model>),
        handler: || get(models::one),
    },
    Route {
        method: "post",
        path: "/v1/chat/completions",
        who: Who::Visitor,
        about: "The next message of a conversation: of the desk with its sources, or of the bare \
                model, which needs a key of programs.",
        request: Some(shape::<ChatRequest>),
        reply: Reply::JsonOrEvents(shape::<ChatCompletion>),
        handler: || post(chat::complete),
    },
    Route {
        method: "post",
        path: "/v1/embeddings",
        who: Who::Program,
        about: "Vectors of texts, from the model that finds the desk's passages.",
        request: Some(shape::<EmbeddingRequest>),
        reply: Reply::Json(shape::<EmbeddingList>),
        handler: || post(embeddings::embed),
    },
];

/// Whose key opens this path of the table, whatever the method is.
pub(crate) fn who(path: &str) -> Option<Who> {
    ROUTES.iter().filter(|route| route.path == path).map(|route| route.who).max()
}

/// The schema of a type.
pub(crate) fn shape<T: JsonSchema>(generator: &mut SchemaGenerator) -> Value {
    generator.subschema_for::<T>().to_value()
}
