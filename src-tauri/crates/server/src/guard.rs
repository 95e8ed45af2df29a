//! What every request must bring before a route sees it, and what every reply says.

use std::net::SocketAddr;
use std::time::Duration;

use axum::body::{Body, to_bytes};
use axum::extract::{ConnectInfo, Extension, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use commands::wire::{ApiError, Code, Role};

use crate::hosts::{self, Ends, Strange};
use crate::stream::refuse;
use crate::{Doors, LARGEST_BODY, Server};

/// The pages' own policy: nothing from elsewhere, no inline script or style.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; object-src 'none'";

/// Asked by load balancers, some of which name no host. A browser always names one.
const PROBES: [&str; 2] = ["/health", "/ready"];

/// What is counted for everybody and shown to programs and staff alone.
pub(crate) const METRICS: &str = "/metrics";

/// Who asks, for the routes behind the guard.
#[derive(Clone, Copy)]
pub(crate) struct Caller(pub(crate) Role);

pub(crate) async fn guard(
    State(server): State<Server>,
    Extension(ends): Extension<Ends>,
    request: Request,
    next: Next,
) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let mut response = match let_in(&server, ends, request).await {
        Ok(request) => next.run(request).await,
        Err(refusal) => refusal,
    };
    server.requests.note(route.as_deref().unwrap_or("page"), response.status());
    let is_full = response.status() == StatusCode::TOO_MANY_REQUESTS;
    let headers = response.headers_mut();
    if is_full && !headers.contains_key(header::RETRY_AFTER) {
        headers.insert(header::RETRY_AFTER, HeaderValue::from(server.core.retry_seconds()));
    }
    for (name, value) in [
        (header::CONTENT_SECURITY_POLICY, CONTENT_POLICY),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
        (header::REFERRER_POLICY, "no-referrer"),
        (header::CACHE_CONTROL, "no-store"),
    ] {
        headers.insert(name, HeaderValue::from_static(value));
    }
    response
}

/// The request with its asker and its whole body, or the reply that refuses it.
async fn let_in(server: &Server, ends: Ends, mut request: Request) -> Result<Request, Response> {
    let headers = request.headers();
    let is_probe = PROBES.contains(&request.uri().path()) && !headers.contains_key(header::HOST);
    match hosts::check(headers, request.uri(), ends.own, &server.options.hosts) {
        Err(Strange::Host) if !is_probe => {
            let error = forbidden("this host is not served here");
            return Err(refuse(StatusCode::MISDIRECTED_REQUEST, &error));
        }
        Err(Strange::Origin) => {
            let error = forbidden("a page from elsewhere may not ask here");
            return Err(refuse(StatusCode::FORBIDDEN, &error));
        }
        Ok(()) | Err(Strange::Host) => {}
    }
    if ![Method::GET, Method::HEAD, Method::POST].contains(request.method()) {
        let error = forbidden("only GET, HEAD and POST are taken");
        return Err(refuse(StatusCode::METHOD_NOT_ALLOWED, &error));
    }
    let asker = hosts::asker(headers, ends.peer.ip(), &server.options.proxies);
    let asker = SocketAddr::new(asker, ends.peer.port());
    if request.uri().path() == METRICS && !may_see_metrics(server, headers) {
        let error = forbidden("the key for programs is needed");
        return Err(refuse(StatusCode::UNAUTHORIZED, &error));
    }
    if request.method() == Method::POST {
        let role = key(headers).and_then(|key| server.keys.role(key));
        let role = role
            .filter(|role| *role == Role::Visitor || server.doors == Doors::Everybody)
            .ok_or_else(|| refuse(StatusCode::UNAUTHORIZED, &forbidden("a key is needed")))?;
        server.callers.note(asker.ip(), role, agent(headers));
        if !is_json(headers) {
            let error = forbidden("only application/json is taken");
            return Err(refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, &error));
        }
        request.extensions_mut().insert(Caller(role));
        request = with_body(request, server.options.patience).await?;
    }
    request.extensions_mut().insert(ConnectInfo(asker));
    Ok(request)
}

/// Reads the whole body, so that no route waits for a slow one.
async fn with_body(request: Request, patience: Duration) -> Result<Request, Response> {
    let too_large = || {
        let error = forbidden(&format!("at most {LARGEST_BODY} bytes are taken"));
        refuse(StatusCode::PAYLOAD_TOO_LARGE, &error)
    };
    if announced_bytes(request.headers()) > LARGEST_BODY {
        return Err(too_large());
    }
    let (head, body) = request.into_parts();
    match tokio::time::timeout(patience, to_bytes(body, LARGEST_BODY)).await {
        Ok(Ok(bytes)) => Ok(Request::from_parts(head, Body::from(bytes))),
        Ok(Err(error)) if error.to_string().contains("length limit") => Err(too_large()),
        Ok(Err(_)) => {
            let error = forbidden("the request ended too early");
            Err(refuse(StatusCode::BAD_REQUEST, &error))
        }
        Err(_) => {
            let error = forbidden("the request took too long to arrive");
            Err(refuse(StatusCode::REQUEST_TIMEOUT, &error))
        }
    }
}

/// Whoever looks after the desk, and programs. Not everybody on this computer: behind a proxy,
/// everybody comes from this computer.
fn may_see_metrics(server: &Server, headers: &HeaderMap) -> bool {
    let role = key(headers).and_then(|key| server.keys.role(key));
    role == Some(Role::Staff) && server.doors == Doors::Everybody
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
}

/// What the request says of its own length; one that says nothing is counted while it is read.
fn announced_bytes(headers: &HeaderMap) -> usize {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    length.map_or(0, |length| length.parse().unwrap_or(usize::MAX))
}

fn key(headers: &HeaderMap) -> Option<&str> {
    headers.get(header::AUTHORIZATION)?.to_str().ok()?.strip_prefix("Bearer ")
}

/// What the caller's browser or program calls itself.
fn agent(headers: &HeaderMap) -> &str {
    headers.get(header::USER_AGENT).and_then(|agent| agent.to_str().ok()).unwrap_or_default()
}

fn forbidden(message: &str) -> ApiError {
    ApiError {
        code: Code::Forbidden,
        message: message.into(),
        hint: Some("Open the address that the program printed when it started.".into()),
    }
}
