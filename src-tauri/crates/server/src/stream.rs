//! Both surfaces over HTTP: JSON in, JSON out, a question's events as one line each.

use std::convert::Infallible;
use std::net::{IpAddr, SocketAddr};
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::task::{Context, Poll};

use axum::Json;
use axum::body::Body;
use axum::extract::rejection::JsonRejection;
use axum::extract::{ConnectInfo, Extension, State};
use axum::http::{StatusCode, header};
use axum::response::{IntoResponse, Response};
use commands::Session;
use commands::wire::{ApiError, Code, Role, StaffCommand, TurnEvent, VisitorCommand, VisitorReply};
use serde::Serialize;
use tokio::sync::{mpsc, oneshot};
use tokio_stream::Stream;
use tokio_stream::wrappers::ReceiverStream;

use crate::Server;
use crate::guard::Caller;

/// Lines that may wait for a slow reader: more than an answer has, so that nobody who does not read
/// keeps a place at the model.
const LINES: usize = 2_048;

pub(crate) async fn visit(
    State(server): State<Server>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(caller): Extension<Caller>,
    body: Result<Json<VisitorCommand>, JsonRejection>,
) -> Response {
    let command = match body {
        Ok(Json(command)) => command,
        Err(rejection) => return unreadable(&rejection),
    };
    let session = session(caller, peer.ip());
    let VisitorCommand::Ask(ask) = command else {
        let done = blocking(move || server.core.visit(&session, command, &mut |_| {})).await;
        return reply(done);
    };
    server.callers.note_question(peer.ip(), caller.role());
    let (sender, lines) = mpsc::channel::<Result<String, Infallible>>(LINES);
    let (begun, beginning) = oneshot::channel::<Result<(), ApiError>>();
    let gone = Arc::new(AtomicBool::new(false));
    let leave = {
        let (gone, requests) = (gone.clone(), server.requests.clone());
        move || {
            gone.store(true, Ordering::Release);
            requests.note_left("/visit");
        }
    };
    let mut lines = Lines { lines: ReceiverStream::new(lines), on_leave: Some(Box::new(leave)) };
    tokio::task::spawn_blocking(move || {
        let mut begun = Some(begun);
        let result =
            server.core.visit_until(&session, VisitorCommand::Ask(ask), gone, &mut |event| {
                // Who is turned away before the first word gets a status instead of a stream.
                if begun.is_some() && is_turned_away(&event) {
                    return;
                }
                begin(&mut begun, Ok(()));
                if sender.blocking_send(Ok(line(&event))).is_err() {
                    tracing::debug!("the reader left");
                }
            });
        let last = match result {
            Ok(reply) => line(&Last::Reply(Box::new(reply))),
            Err(error) => {
                let outcome = if error.code == Code::Busy { Err(error.clone()) } else { Ok(()) };
                begin(&mut begun, outcome);
                line(&Last::Error(error))
            }
        };
        if sender.blocking_send(Ok(last)).is_err() {
            tracing::debug!("the reader left before the end");
        }
    });
    // A caller who leaves here takes the lines along, and with them the question.
    if let Ok(Err(busy)) = beginning.await {
        lines.on_leave = None;
        return refuse(status(busy.code), &busy);
    }
    let headers = [(header::CONTENT_TYPE, "application/x-ndjson"), (BUFFERING, "no")];
    (headers, Body::from_stream(lines)).into_response()
}

fn is_turned_away(event: &TurnEvent) -> bool {
    matches!(event, TurnEvent::Failed { error } if error.code == Code::Busy)
}

/// Says once how it begins.
fn begin(begun: &mut Option<oneshot::Sender<Result<(), ApiError>>>, how: Result<(), ApiError>) {
    if let Some(begun) = begun.take()
        && begun.send(how).is_err()
    {
        tracing::debug!("the reader left before the beginning");
    }
}

/// The lines of one answer. A reader who leaves before the last one stops the work, even while
/// the model is still silent.
struct Lines {
    lines: ReceiverStream<Result<String, Infallible>>,
    on_leave: Option<Box<dyn FnOnce() + Send>>,
}

impl Stream for Lines {
    type Item = Result<String, Infallible>;

    fn poll_next(mut self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Option<Self::Item>> {
        let next = Pin::new(&mut self.lines).poll_next(context);
        if let Poll::Ready(None) = next {
            self.on_leave = None;
        }
        next
    }
}

impl Drop for Lines {
    fn drop(&mut self) {
        if let Some(leave) = self.on_leave.take() {
            leave();
        }
    }
}

/// The last line of a stream.
#[derive(Serialize)]
#[serde(rename_all = "snake_case")]
enum Last {
    Reply(Box<VisitorReply>),
    Error(ApiError),
}

/// Tells a proxy to pass lines on as they come.
const BUFFERING: header::HeaderName = header::HeaderName::from_static("x-accel-buffering");

pub(crate) async fn manage(
    State(server): State<Server>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    Extension(caller): Extension<Caller>,
    body: Result<Json<StaffCommand>, JsonRejection>,
) -> Response {
    let session = session(caller, peer.ip());
    match body {
        Ok(Json(command)) => reply(blocking(move || server.core.manage(&session, command)).await),
        Err(rejection) => unreadable(&rejection),
    }
}

/// A visitor must not be able to stop an answer of a member of staff, or of somebody at another
/// computer.
fn session(caller: Caller, address: IpAddr) -> Session {
    match caller.role() {
        Role::Staff => Session::staff("http staff"),
        Role::Visitor => Session::visitor(&format!("http visitor {address}")),
    }
}

pub(crate) async fn blocking<T: Send + 'static>(
    work: impl FnOnce() -> Result<T, ApiError> + Send + 'static,
) -> Result<T, ApiError> {
    match tokio::task::spawn_blocking(work).await {
        Ok(done) => done,
        Err(error) => Err(ApiError {
            code: Code::Internal,
            message: format!("the request ended with a defect: {error}"),
            hint: None,
        }),
    }
}

fn reply<T: Serialize>(done: Result<T, ApiError>) -> Response {
    match done {
        Ok(reply) => Json(reply).into_response(),
        Err(error) => refuse(status(error.code), &error),
    }
}

pub(crate) fn refuse(status: StatusCode, error: &ApiError) -> Response {
    (status, Json(error)).into_response()
}

fn unreadable(rejection: &JsonRejection) -> Response {
    let error = ApiError {
        code: Code::Invalid,
        message: format!("the request cannot be read: {rejection}"),
        hint: None,
    };
    refuse(rejection.status(), &error)
}

fn line<T: Serialize>(value: &T) -> String {
    let mut line = serde_json::to_string(value).unwrap_or_default();
    line.push('\n');
    line
}

fn status(code: Code) -> StatusCode {
    match code {
        Code::Invalid => StatusCode::BAD_REQUEST,
        Code::Forbidden => StatusCode::FORBIDDEN,
        Code::NotFound => StatusCode::NOT_FOUND,
        Code::Unavailable => StatusCode::CONFLICT,
        Code::BadFile => StatusCode::UNPROCESSABLE_ENTITY,
        Code::DataFolder | Code::DataNewer | Code::ModelRefused | Code::EngineDown => {
            StatusCode::SERVICE_UNAVAILABLE
        }
        Code::Busy => StatusCode::TOO_MANY_REQUESTS,
        Code::Cancelled => StatusCode::CONFLICT,
        Code::Internal => StatusCode::INTERNAL_SERVER_ERROR,
    }
}
