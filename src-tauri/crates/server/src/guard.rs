//! What every request must bring before a route sees it, and what every reply says.

use std::net::SocketAddr;

use axum::extract::{ConnectInfo, Extension, MatchedPath, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::Response;
use commands::wire::{ApiError, Code, Role};

use crate::hosts::{self, Ends, Strange};
use crate::openai::door;
use crate::stream::refuse;
use crate::{Doors, Server, Who, body, routes};

/// The pages' own policy: nothing from elsewhere, no inline script or style.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; object-src 'none'";

/// Asked by load balancers, some of which name no host. A browser always names one.
const PROBES: [&str; 2] = ["/health", "/ready"];

/// Who asks, for the routes behind the guard.
#[derive(Clone, Copy)]
pub(crate) struct Caller(Who);

impl Caller {
    /// Programs are visitors to the desk.
    pub(crate) fn role(self) -> Role {
        if self.0 == Who::Staff { Role::Staff } else { Role::Visitor }
    }

    /// Whether the models without the desk may be used.
    pub(crate) fn may_use_models(self) -> bool {
        self.0 >= Who::Program
    }
}

pub(crate) async fn guard(
    State(server): State<Server>,
    Extension(ends): Extension<Ends>,
    request: Request,
    next: Next,
) -> Response {
    let route = request.extensions().get::<MatchedPath>().map(|path| path.as_str().to_owned());
    let mut response = match let_in(&server, ends, route.as_deref(), request).await {
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
async fn let_in(
    server: &Server,
    ends: Ends,
    route: Option<&str>,
    mut request: Request,
) -> Result<Request, Response> {
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
    let asker = hosts::asker(headers, ends.peer.ip(), &server.options.proxies);
    let asker = SocketAddr::new(asker, ends.peer.port());
    let is_post = request.method() == Method::POST;
    let needed = needed(route, &request);
    let holder = key(headers).and_then(|key| server.keys.holder(key));
    let holder = holder.filter(|who| *who != Who::Staff || server.doors == Doors::Everybody);
    if needed > Who::Anyone {
        let holder = holder
            .ok_or_else(|| refuse(StatusCode::UNAUTHORIZED, &forbidden("a key is needed")))?;
        let caller = Caller(holder);
        if is_post {
            server.callers.note(asker.ip(), caller.role(), agent(headers));
        }
        if holder < needed {
            return Err(refuse(StatusCode::FORBIDDEN, &too_little(needed)));
        }
        request.extensions_mut().insert(caller);
    }
    if route.is_none() && door::is_ours(request.uri().path()) {
        return Err(refuse(StatusCode::NOT_FOUND, &forbidden("there is no such address here")));
    }
    if ![Method::GET, Method::HEAD, Method::POST].contains(request.method()) {
        let error = forbidden("only GET, HEAD and POST are taken");
        return Err(refuse(StatusCode::METHOD_NOT_ALLOWED, &error));
    }
    if is_post {
        if !is_json(request.headers()) {
            let error = forbidden("only application/json is taken");
            return Err(refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, &error));
        }
        request = body::read_whole(request, server.options.patience).await?;
    }
    request.extensions_mut().insert(ConnectInfo(asker));
    Ok(request)
}

/// Whose key a request needs: the table says it, and beside the table whatever is sent and whatever
/// a program asks for needs one at least.
fn needed(route: Option<&str>, request: &Request) -> Who {
    let by_table = route.and_then(routes::who).unwrap_or(Who::Anyone);
    let is_sent = request.method() == Method::POST;
    let is_a_programs = route.is_none() && door::is_ours(request.uri().path());
    if is_sent || is_a_programs { by_table.max(Who::Visitor) } else { by_table }
}

fn is_json(headers: &HeaderMap) -> bool {
    let kind = headers.get(header::CONTENT_TYPE).and_then(|kind| kind.to_str().ok());
    let kind = kind.and_then(|kind| kind.split(';').next()).unwrap_or_default();
    kind.trim().eq_ignore_ascii_case("application/json")
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

/// For a key that opens other addresses.
fn too_little(needed: Who) -> ApiError {
    let (message, hint) = match needed {
        Who::Staff => ("this needs a member of staff", None),
        Who::Anyone | Who::Visitor | Who::Program => (
            "this key asks the desk only",
            Some(
                "Staff find one for programs in the file `keys` in the desk's folder, in the line `program`.",
            ),
        ),
    };
    ApiError { code: Code::Forbidden, message: message.into(), hint: hint.map(str::to_owned) }
}
