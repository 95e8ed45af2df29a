//! The routes of the table, and the layers around them.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;

use crate::openai::door;
use crate::routes::ROUTES;
use crate::{Server, body, guard, pages};

/// The layers, from the outside in: refusals get the shape that the address promises, the body is
/// read in good time, then host and key are looked at.
pub(crate) fn router(server: Server) -> Router {
    ROUTES
        .iter()
        .fold(Router::new(), |router, route| router.route(route.path, (route.handler)()))
        .fallback(get(pages::page))
        .layer(from_fn_with_state(server.clone(), door::ask_for_key))
        .layer(from_fn_with_state(server.clone(), guard::guard))
        .layer(from_fn(body::read_whole))
        .layer(from_fn(door::shape_refusals))
        .with_state(server)
}
