//! The description of all addresses for programs and their authors, as OpenAPI 3.1 has it, made
//! from the table of routes and from the types of their bodies.

use axum::Json;
use axum::extract::State;
use axum::response::{IntoResponse, Response};
use schemars::SchemaGenerator;
use schemars::generate::SchemaSettings;
use serde_json::{Map, Value, json};

use crate::openai::door;
use crate::openai::error::Failure;
use crate::openai::reply::ChatChunk;
use crate::routes::{ROUTES, Reply, Route, Who, shape};
use crate::{Doors, Server};

/// What visitors may do, by name.
const VISITOR_COMMANDS: &[&str] = &[
    "greet",
    "ask",
    "cancel",
    "rate",
    "hand_over",
    "conversation",
    "open_source",
    "verify_order",
    "unlock",
    "start_over",
];

pub(crate) async fn serve(State(server): State<Server>) -> Response {
    Json(document(server.doors)).into_response()
}

/// The description of what is behind these doors.
pub fn document(doors: Doors) -> Value {
    let mut settings = SchemaSettings::draft2020_12();
    settings.definitions_path = "/components/schemas".into();
    settings.meta_schema = None;
    let mut generator = settings.into_generator();
    let mut paths: Map<String, Value> = Map::new();
    for route in ROUTES.iter().filter(|route| doors.have(route)) {
        let path = paths.entry(route.path).or_insert_with(|| json!({}));
        path[route.method] = operation(route, &mut generator);
    }
    json!({
        "openapi": "3.1.0",
        "info": {
            "title": "Frontdesk",
            "version": env!("CARGO_PKG_VERSION"),
            "description": "A help desk that answers from a shop's own documents, with sources. \
                The chat takes what OpenAI's clients send: point them at `/v1` of this server.",
            "license": {"name": "MIT OR Apache-2.0", "identifier": "MIT OR Apache-2.0"},
        },
        "paths": paths,
        "components": {
            "schemas": generator.take_definitions(true),
            "securitySchemes": {"key": {
                "type": "http",
                "scheme": "bearer",
                "description": "Staff find the keys in the file `keys` in the desk's folder: one for \
                    visitors, one for programs, one for staff.",
            }},
        },
    })
}

fn operation(route: &Route, generator: &mut SchemaGenerator) -> Value {
    let who = match route.who {
        Who::Anyone => "No key is needed.",
        Who::Visitor => "Any key of this desk opens it.",
        Who::Program => "A key of programs opens it, or staff's.",
        Who::Staff => "Staff's key alone opens it.",
    };
    let mut operation = json!({
        "operationId": name(route),
        "summary": route.about,
        "description": who,
        "security": if route.who == Who::Anyone { json!([]) } else { json!([{"key": []}]) },
        "responses": responses(route, generator),
    });
    let names = route.path.split(['{', '}']).skip(1).step_by(2);
    let mut parameters: Vec<Value> = names.map(parameter).collect();
    if route.path == "/ready" {
        parameters.push(json!({
            "name": "knowledge",
            "in": "query",
            "description": "The version of the knowledge that is wanted at least.",
            "schema": {"type": "integer", "minimum": 0},
        }));
    }
    if !parameters.is_empty() {
        operation["parameters"] = Value::Array(parameters);
    }
    if let Some(request) = route.request {
        operation["requestBody"] = json!({
            "required": true,
            "content": {"application/json": {"schema": request(generator)}},
        });
    }
    operation
}

fn name(route: &Route) -> String {
    let words = route.path.split(|letter: char| !letter.is_alphanumeric());
    let words: Vec<&str> =
        std::iter::once(route.method).chain(words.filter(|word| !word.is_empty())).collect();
    words.join("_")
}

fn parameter(name: &str) -> Value {
    json!({"name": name, "in": "path", "required": true, "schema": {"type": "string"}})
}

fn responses(route: &Route, generator: &mut SchemaGenerator) -> Value {
    let content = match route.reply {
        Reply::Text => json!({"text/plain": {"schema": {"type": "string"}}}),
        Reply::Json(reply) => json!({"application/json": {"schema": reply(generator)}}),
        Reply::JsonOrEvents(reply) => json!({
            "application/json": {"schema": reply(generator)},
            "text/event-stream": {"schema": shape::<ChatChunk>(generator)},
        }),
        Reply::JsonOrLines(reply) => json!({
            "application/json": {"schema": reply(generator)},
            "application/x-ndjson": {"schema": anything(generator)},
        }),
    };
    let mut responses = json!({"200": {"description": "All is well.", "content": content}});
    if let "/health" | "/ready" = route.path {
        let description = "Not now: a model is being loaded, the server is about to end, or there is \
            nothing to answer from.";
        responses["503"] = json!({"description": description, "content": content});
    }
    if route.path == "/ready" {
        responses["400"] = json!({"description": "No version of knowledge.", "content": content});
    }
    let failure = match door::is_ours(route.path) {
        true => shape::<Failure>(generator),
        false => own_error(generator),
    };
    let mut refused = |status: u16, description: &str| {
        responses[status.to_string()] = json!({
            "description": description,
            "content": {"application/json": {"schema": failure}},
        });
    };
    refused(403, "The key does not open this, or a page from elsewhere asks.");
    refused(421, "The host name is not this server's.");
    if route.who != Who::Anyone {
        refused(401, "The key is missing or not known.");
        refused(404, "There is no such thing.");
        refused(429, "The desk is busy; `Retry-After` says when to try again.");
        refused(500, "A defect; the desk's own log says more.");
        refused(503, "What is needed is being loaded, or is not here.");
    }
    if route.request.is_some() {
        refused(400, "The request makes no sense; the message names the field.");
        refused(408, "The request did not come in time.");
        refused(413, "The request is too large.");
        refused(415, "The request is not `application/json`.");
    }
    if route.request.is_some() && !door::is_ours(route.path) {
        refused(409, "This cannot be done now, or not here.");
        refused(422, "There is no such command, a field is missing, or a file cannot be used.");
    }
    responses
}

/// A visitor's command; `ui/src/bindings/wire.ts` has each in full.
pub(crate) fn visitor_command(_: &mut SchemaGenerator) -> Value {
    json!({
        "type": "object",
        "required": ["do"],
        "properties": {"do": {"type": "string", "enum": VISITOR_COMMANDS}},
        "description": "The command and its fields. `ask` takes `question`, and `conversation` where \
            questions belong together; its reply is a stream of one JSON document a line.",
    })
}

/// A command of staff. They are many and belong to the window; programs have no need of them.
pub(crate) fn staff_command(_: &mut SchemaGenerator) -> Value {
    json!({"type": "object", "required": ["do"], "properties": {"do": {"type": "string"}}})
}

/// The reply to a command.
pub(crate) fn reply(_: &mut SchemaGenerator) -> Value {
    json!({"type": "object", "required": ["is"], "properties": {"is": {"type": "string"}}})
}

/// How the desk is.
pub(crate) fn health(_: &mut SchemaGenerator) -> Value {
    json!({
        "type": "object",
        "required": ["state", "status"],
        "properties": {
            "state": {"type": "string", "enum": ["warming", "ready", "failed"]},
            "status": {"type": "string", "enum": ["ok", "loading", "degraded"]},
        },
    })
}

/// Whether visitors are welcome.
pub(crate) fn ready(_: &mut SchemaGenerator) -> Value {
    let states = ["ready", "loading", "degraded", "draining", "old knowledge", "invalid"];
    json!({
        "type": "object",
        "required": ["status"],
        "properties": {
            "status": {"type": "string", "enum": states},
            "message": {"type": "string"},
        },
    })
}

/// Any JSON object.
pub(crate) fn anything(_: &mut SchemaGenerator) -> Value {
    json!({"type": "object"})
}

fn own_error(_: &mut SchemaGenerator) -> Value {
    json!({
        "type": "object",
        "required": ["code", "message", "hint"],
        "properties": {
            "code": {"type": "string"},
            "message": {"type": "string"},
            "hint": {"type": ["string", "null"]},
        },
    })
}

#[cfg(test)]
mod tests;
