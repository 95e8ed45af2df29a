//! The built pages, which are part of the program.

use axum::http::{StatusCode, Uri, header};
use axum::response::{IntoResponse, Response};

include!(concat!(env!("OUT_DIR"), "/pages.rs"));

pub(crate) async fn page(uri: Uri) -> Response {
    match uri.path().trim_start_matches('/') {
        "" => file("index.html"),
        path => file(path),
    }
}

/// The same for a server that is for visitors alone: the page of the staff is not there.
pub(crate) async fn visitors_page(uri: Uri) -> Response {
    match uri.path().trim_start_matches('/') {
        "" => file("kiosk.html"),
        "index.html" => missing(),
        path => file(path),
    }
}

fn file(path: &str) -> Response {
    match FILES.iter().find(|(name, _)| *name == path) {
        Some((name, bytes)) => ([(header::CONTENT_TYPE, kind(name))], *bytes).into_response(),
        None => missing(),
    }
}

fn missing() -> Response {
    (StatusCode::NOT_FOUND, "There is no such page.").into_response()
}

fn kind(name: &str) -> &'static str {
    match name.rsplit('.').next().unwrap_or_default() {
        "html" => "text/html; charset=utf-8",
        "js" => "text/javascript; charset=utf-8",
        "css" => "text/css; charset=utf-8",
        "svg" => "image/svg+xml",
        "png" => "image/png",
        "ico" => "image/x-icon",
        "woff2" => "font/woff2",
        "json" => "application/json",
        _ => "application/octet-stream",
    }
}
