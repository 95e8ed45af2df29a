//! The routes of the table, and the layers around them.

use axum::Router;
use axum::middleware::{from_fn, from_fn_with_state};
use axum::routing::get;

use crate::openai::door;
use crate::routes::ROUTES;
use crate::{Doors, Server, guard, pages};

/// Whatever the table has for these doors, behind the guard; refusals get the shape that their
/// address promises. What is left is a page, or nothing.
pub(crate) fn router(server: Server) -> Router {
    let pages = match server.doors {
        Doors::Everybody => get(pages::page),
        Doors::Visitors | Doors::Page => get(pages::visitors_page),
    };
    ROUTES
        .iter()
        .filter(|route| server.doors.have(route))
        .fold(Router::new(), |router, route| router.route(route.path, (route.handler)()))
        .fallback(pages)
        .layer(from_fn_with_state(server.clone(), guard::guard))
        .layer(from_fn(door::shape_refusals))
        .with_state(server)
}
