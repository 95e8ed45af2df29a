//! Which path leads where.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::{Doors, LARGEST_BODY, Server, guard, metrics, pages, ready, stream};

pub(crate) fn router(server: Server) -> Router {
    let routes = match server.doors {
        Doors::Everybody => Router::new()
            .route("/visit", post(stream::visit))
            .route("/manage", post(stream::manage))
            .fallback(get(pages::page)),
        Doors::Visitors => {
            Router::new().route("/visit", post(stream::visit)).fallback(get(pages::visitors_page))
        }
    };
    routes
        .route("/health", get(ready::health))
        .route("/ready", get(ready::ready))
        .route(guard::METRICS, get(metrics::metrics))
        .layer(axum::middleware::from_fn_with_state(server.clone(), guard::guard))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(server)
}
