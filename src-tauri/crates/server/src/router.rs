//! Which path leads where.

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};

use crate::{Doors, LARGEST_BODY, Server, guard, pages, stream};

pub(crate) fn router(server: Server) -> Router {
    let routes = match server.doors {
        Doors::Everybody => Router::new()
            .route("/visit", post(stream::visit))
            .route("/manage", post(stream::manage))
            .route("/health", get(stream::health))
            .fallback(get(pages::page)),
        Doors::Visitors => {
            Router::new().route("/visit", post(stream::visit)).fallback(get(pages::visitors_page))
        }
    };
    routes
        .layer(axum::middleware::from_fn_with_state(server.clone(), guard::guard))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(server)
}
