//! What every request must bring before a route sees it.

use axum::extract::{ConnectInfo, Request, State};
use axum::http::{HeaderMap, HeaderValue, Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use commands::wire::{ApiError, Code, Role};
use std::net::SocketAddr;

use crate::stream::refuse;
use crate::{Doors, LARGEST_BODY, Server};

/// The pages' own policy: nothing from elsewhere, no inline script or style.
const CONTENT_POLICY: &str = "default-src 'none'; script-src 'self'; style-src 'self'; \
    img-src 'self'; font-src 'self'; connect-src 'self'; base-uri 'none'; form-action 'none'; \
    frame-ancestors 'none'; object-src 'none'";

/// Who asks, for the routes behind the guard.
#[derive(Clone, Copy)]
pub(crate) struct Caller(pub(crate) Role);

pub(crate) async fn guard(
    State(server): State<Server>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    mut request: Request,
    next: Next,
) -> Response {
    if !is_own_host(request.headers(), server.address) {
        return refuse(StatusCode::MISDIRECTED_REQUEST, &forbidden("this host is not served here"));
    }
    if request.method() == Method::POST {
        let role = key(request.headers()).and_then(|key| server.keys.role(key));
        match role.filter(|role| *role == Role::Visitor || server.doors == Doors::Everybody) {
            Some(role) => {
                server.callers.note(peer.ip(), role, agent(request.headers()));
                request.extensions_mut().insert(Caller(role));
            }
            None => return refuse(StatusCode::UNAUTHORIZED, &forbidden("a key is needed")),
        }
        let is_json = request
            .headers()
            .get(header::CONTENT_TYPE)
            .is_some_and(|kind| kind.as_bytes().starts_with(b"application/json"));
        if !is_json {
            let error = forbidden("only application/json is taken");
            return refuse(StatusCode::UNSUPPORTED_MEDIA_TYPE, &error);
        }
        if announced_bytes(request.headers()) > LARGEST_BODY {
            let error = forbidden(&format!("at most {LARGEST_BODY} bytes are taken"));
            return refuse(StatusCode::PAYLOAD_TOO_LARGE, &error);
        }
    }
    let mut response = next.run(request).await.into_response();
    let headers = response.headers_mut();
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

/// The Host must be this server's; an Origin, where a browser sends one, too.
fn is_own_host(headers: &HeaderMap, address: SocketAddr) -> bool {
    let own = [format!("{address}"), format!("localhost:{}", address.port())];
    let host = headers.get(header::HOST).and_then(|host| host.to_str().ok());
    let origin = headers.get(header::ORIGIN).map(|origin| origin.to_str().unwrap_or_default());
    let host_fits = host.is_some_and(|host| own.iter().any(|own| own == host));
    let origin_fits =
        origin.is_none_or(|origin| own.iter().any(|own| format!("http://{own}") == origin));
    host_fits && origin_fits
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

#[cfg(test)]
mod tests {
    use super::*;

    fn check(host: &str, origin: Option<&str>, own: bool) {
        let mut headers = HeaderMap::new();
        headers.insert(header::HOST, host.parse().unwrap());
        if let Some(origin) = origin {
            headers.insert(header::ORIGIN, origin.parse().unwrap());
        }
        let address = "127.0.0.1:8317".parse().unwrap();
        assert_eq!(is_own_host(&headers, address), own, "{host} {origin:?}");
    }

    #[test]
    fn only_this_server_is_served() {
        check("127.0.0.1:8317", None, true);
        check("localhost:8317", Some("http://localhost:8317"), true);
        check("127.0.0.1:8317", Some("https://example.com"), false);
        check("127.0.0.1:8317", Some("null"), false);
        check("rebound.example.com:8317", None, false);
        check("127.0.0.1:80", None, false);
    }
}
