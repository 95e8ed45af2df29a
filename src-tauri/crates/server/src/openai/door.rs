//! Which addresses are of this API, and the shape of every refusal there, from wherever in the
//! server it comes.

use axum::body::to_bytes;
use axum::extract::Request;
use axum::http::{StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use commands::wire::ApiError;

use super::error::{Refusal, Shaped, code};

/// Bytes of a refusal that is put into another shape.
const LARGEST_REFUSAL: usize = 64 * 1024;

/// Whether a path belongs to this API.
pub(crate) fn is_ours(path: &str) -> bool {
    path == "/models" || path == "/v1" || path.starts_with("/v1/")
}

/// Puts refusals of the layers around the routes into the shape of this API.
pub(crate) async fn shape_refusals(request: Request, next: Next) -> Response {
    let ours = is_ours(request.uri().path());
    let response = next.run(request).await;
    let status = response.status();
    let is_shaped = response.extensions().get::<Shaped>().is_some();
    if !ours || is_shaped || !(status.is_client_error() || status.is_server_error()) {
        return response;
    }
    let (parts, body) = response.into_parts();
    let bytes = to_bytes(body, LARGEST_REFUSAL).await.unwrap_or_default();
    let told = match status {
        // What these say is of this moment; the others say the same each time.
        StatusCode::FORBIDDEN | StatusCode::TOO_MANY_REQUESTS | StatusCode::SERVICE_UNAVAILABLE => {
            serde_json::from_slice::<ApiError>(&bytes).ok()
        }
        _ => None,
    };
    let message = match told {
        Some(error) => Refusal::from(error).failed.message,
        None => said(status).to_owned(),
    };
    let mut shaped = Refusal::new(status, code(status), message).into_response();
    for (name, value) in &parts.headers {
        if ![header::CONTENT_TYPE, header::CONTENT_LENGTH].contains(name) {
            shaped.headers_mut().insert(name, value.clone());
        }
    }
    shaped
}

/// What a program's author reads.
fn said(status: StatusCode) -> &'static str {
    match status {
        StatusCode::UNAUTHORIZED => {
            "A key of this desk is needed: send it as `Authorization: Bearer KEY`. Staff find it in \
             the file `keys` in the desk's folder, in the line `program`."
        }
        StatusCode::FORBIDDEN => "This key, or the page that asks, may not do this.",
        StatusCode::NOT_FOUND => "There is no such address here; /openapi.json lists them all.",
        StatusCode::METHOD_NOT_ALLOWED => {
            "This address is asked with another method; /openapi.json lists them all."
        }
        StatusCode::REQUEST_TIMEOUT => "The request did not come in time; send it again.",
        StatusCode::PAYLOAD_TOO_LARGE => {
            "The request is too large: at most 262144 bytes are taken. Send less of it at a time."
        }
        StatusCode::UNSUPPORTED_MEDIA_TYPE => "Send `Content-Type: application/json`.",
        StatusCode::MISDIRECTED_REQUEST => {
            "This host name is not served here; use the address that the program printed."
        }
        StatusCode::TOO_MANY_REQUESTS => "The desk is busy; try again in a moment.",
        StatusCode::SERVICE_UNAVAILABLE => "The desk is being loaded; try again in a moment.",
        status if status.is_server_error() => {
            "The desk cannot answer just now; its own log says why."
        }
        _ => "The request cannot be understood.",
    }
}
