//! Which path leads where.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::{LARGEST_BODY, Server, guard, pages, stream};

pub(crate) fn router(server: Server) -> Router {
    Router::new()
        .route("/visit", post(stream::visit))
        .route("/manage", post(stream::manage))
        .route("/health", get(stream::health))
        .fallback(get(pages::page))
        .layer(axum::middleware::from_fn_with_state(server.clone(), guard::guard))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(server)
}
