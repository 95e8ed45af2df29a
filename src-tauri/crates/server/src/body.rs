//! The body of a request, read whole before a route sees it, and in good time.

use std::time::Duration;

use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderMap, StatusCode, header};
use axum::response::Response;
use commands::wire::{ApiError, Code};
use http_body_util::BodyExt;

use crate::LARGEST_BODY;
use crate::stream::refuse;

/// Bytes of a body that is too large which are still taken and thrown away: a program that is busy
/// sending would not see the answer.
const LARGEST_WASTE: usize = 16 << 20;

/// How long that may take.
const WASTED_TIME: Duration = Duration::from_secs(3);

/// After such a silence nothing more is on its way.
const SILENCE: Duration = Duration::from_millis(300);

/// The request with its whole body, or the reply that refuses it.
pub(crate) async fn read_whole(request: Request, patience: Duration) -> Result<Request, Response> {
    let headers = request.headers();
    let is_too_large = announced_bytes(headers) > LARGEST_BODY;
    let waits_for_leave = headers.contains_key(header::EXPECT);
    let (head, mut body) = request.into_parts();
    if is_too_large {
        if !waits_for_leave {
            waste(&mut body).await;
        }
        return Err(too_large());
    }
    match tokio::time::timeout(patience, gather(&mut body)).await {
        Ok(Ok(bytes)) => Ok(Request::from_parts(head, Body::from(bytes))),
        Ok(Err(Trouble::TooLarge)) => {
            waste(&mut body).await;
            Err(too_large())
        }
        Ok(Err(Trouble::BrokeOff)) => {
            Err(refused(StatusCode::BAD_REQUEST, "the request ended too early".into()))
        }
        Err(_) => {
            let message = "the request took too long to arrive".into();
            Err(refused(StatusCode::REQUEST_TIMEOUT, message))
        }
    }
}

enum Trouble {
    TooLarge,
    BrokeOff,
}

async fn gather(body: &mut Body) -> Result<Vec<u8>, Trouble> {
    let mut bytes = Vec::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|_| Trouble::BrokeOff)?;
        let Some(data) = frame.data_ref() else { continue };
        if bytes.len() + data.len() > LARGEST_BODY {
            return Err(Trouble::TooLarge);
        }
        bytes.extend_from_slice(data);
    }
    Ok(bytes)
}

/// Reads on and keeps nothing of it, until the sender is done or falls silent.
async fn waste(body: &mut Body) {
    let reading = async {
        let mut left = LARGEST_WASTE;
        while let Ok(Some(Ok(frame))) = tokio::time::timeout(SILENCE, body.frame()).await {
            let bytes = frame.data_ref().map_or(0, |data| data.len());
            let Some(less) = left.checked_sub(bytes) else { return };
            left = less;
        }
    };
    if tokio::time::timeout(WASTED_TIME, reading).await.is_err() {
        tracing::debug!("a large request took too long to throw away");
    }
}

/// What the request says of its own length; one that says nothing is counted while it is read.
fn announced_bytes(headers: &HeaderMap) -> usize {
    let length = headers.get(header::CONTENT_LENGTH).and_then(|length| length.to_str().ok());
    length.map_or(0, |length| length.parse().unwrap_or(usize::MAX))
}

fn too_large() -> Response {
    let message = format!("at most {LARGEST_BODY} bytes are taken");
    refused(StatusCode::PAYLOAD_TOO_LARGE, message)
}

fn refused(status: StatusCode, message: String) -> Response {
    let hint = Some("Send it again, and less of it at a time.".into());
    refuse(status, &ApiError { code: Code::Invalid, message, hint })
}
