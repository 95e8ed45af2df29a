//! The body of a request, read whole before anything is done with it, and in good time.

use std::error::Error;
use std::time::Duration;

use axum::Json;
use axum::body::{Body, to_bytes};
use axum::extract::Request;
use axum::http::{Method, StatusCode, header};
use axum::middleware::Next;
use axum::response::{IntoResponse, Response};
use commands::wire::{ApiError, Code};
use http_body_util::{BodyExt, LengthLimitError};

use crate::LARGEST_BODY;

/// How long a body may take.
const IN_GOOD_TIME: Duration = Duration::from_secs(15);

/// Bytes of a body that is too large which are still taken and thrown away: a program that is busy
/// sending would not see the answer.
const LARGEST_WASTE: usize = 16 << 20;

/// How long that may take.
const WASTED_TIME: Duration = Duration::from_secs(3);

pub(crate) async fn read_whole(request: Request, next: Next) -> Response {
    if request.method() == Method::GET || request.method() == Method::HEAD {
        return next.run(request).await;
    }
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length.and_then(|length| length.to_str().ok()?.parse::<usize>().ok());
    let (parts, body) = request.into_parts();
    if length.is_some_and(|length| length > LARGEST_BODY) {
        waste(body).await;
        // The guard refuses it by what it announces, once it has seen the key.
        let body = Body::empty();
        return next.run(Request::from_parts(parts, body)).await;
    }
    match tokio::time::timeout(IN_GOOD_TIME, to_bytes(body, LARGEST_BODY)).await {
        Ok(Ok(bytes)) => next.run(Request::from_parts(parts, Body::from(bytes))).await,
        Ok(Err(error)) if error.source().is_some_and(|source| source.is::<LengthLimitError>()) => {
            let message = format!("at most {LARGEST_BODY} bytes are taken");
            refuse(StatusCode::PAYLOAD_TOO_LARGE, message)
        }
        Ok(Err(_)) => refuse(StatusCode::BAD_REQUEST, "the request broke off".into()),
        Err(_) => refuse(StatusCode::REQUEST_TIMEOUT, "the request did not come in time".into()),
    }
}

/// Reads a body and keeps nothing of it.
async fn waste(mut body: Body) {
    let reading = async {
        let mut left = LARGEST_WASTE;
        while let Some(Ok(frame)) = body.frame().await {
            let bytes = frame.data_ref().map_or(0, |data| data.len());
            let Some(less) = left.checked_sub(bytes) else { return };
            left = less;
        }
    };
    if tokio::time::timeout(WASTED_TIME, reading).await.is_err() {
        tracing::debug!("a large request took too long to throw away");
    }
}

fn refuse(status: StatusCode, message: String) -> Response {
    let error = ApiError { code: Code::Invalid, message, hint: Some("Send it again.".into()) };
    (status, Json(error)).into_response()
}
