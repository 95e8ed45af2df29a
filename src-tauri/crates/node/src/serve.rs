//! `serve`: the pages and both surfaces over HTTP, on this computer only.
//!
//! Every request needs a key, whatever address it comes from; the key decides the role. Host and
//! Origin must be this server's own, so that a page on the internet cannot talk to it through a
//! visitor's browser.

mod guard;
mod keys;
mod pages;
mod stop;
mod stream;

use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::routing::{get, post};
use axum::serve::ListenerExt;
use commands::Core;
use serde_json::json;

use crate::arguments::Serve;
use crate::exit::Failure;
use crate::open::Place;
use crate::output::Output;
use keys::Keys;
pub(crate) use stop::Stop;

/// Bytes of the largest request.
const LARGEST_BODY: usize = 256 * 1024;

/// Time for answers under way once the server is asked to end.
const GRACE: Duration = Duration::from_secs(3);

/// What every route can reach.
#[derive(Clone)]
pub(crate) struct Server {
    pub(crate) core: Arc<Core>,
    pub(crate) keys: Arc<Keys>,
    pub(crate) address: SocketAddr,
}

pub(crate) fn run(place: &Place, command: &Serve, output: &Output) -> Result<(), Failure> {
    if !command.listen.ip().is_loopback() {
        return Err(Failure::usage(
            format!("{} is not an address of this computer alone", command.listen),
            "Use 127.0.0.1 or [::1].",
        ));
    }
    let core = place.open_to_answer(output)?;
    let file = command.key_file.clone().unwrap_or_else(|| place.data.join("keys"));
    let keys = Keys::read_or_make(&file).map_err(|error| Failure::file(&file, &error))?;
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|error| Failure::usage(error.to_string(), "Close other programs."))?;
    let ended = runtime.block_on(listen(core, keys, command.listen, output));
    runtime.shutdown_timeout(GRACE);
    ended
}

async fn listen(
    core: Arc<Core>,
    keys: Keys,
    wanted: SocketAddr,
    output: &Output,
) -> Result<(), Failure> {
    let taken = |error: std::io::Error| {
        Failure::usage(
            format!("{wanted} cannot be listened on: {error}"),
            "Choose another port with --listen.",
        )
    };
    let stop = Stop::listen().map_err(taken)?;
    let listener = tokio::net::TcpListener::bind(wanted).await.map_err(taken)?;
    let address = listener.local_addr().map_err(taken)?;
    output.document(&json!({
        "listening": format!("http://{address}"),
        "staff_url": format!("http://{address}/#key={}", keys.staff()),
        "visitor_url": format!("http://{address}/kiosk.html#key={}", keys.visitor()),
    }));
    let server = Server { core, keys: Arc::new(keys), address };
    let (asked, heard) = tokio::sync::oneshot::channel::<()>();
    // An answer is several small writes; without this each waits for the reader's thanks, 40 ms.
    let listener = listener.tap_io(|connection| {
        if let Err(error) = connection.set_nodelay(true) {
            tracing::debug!(%error, "a connection keeps its delay");
        }
    });
    let serving = axum::serve(listener, router(server)).with_graceful_shutdown(async move {
        stop.asked().await;
        drop(asked);
    });
    // A browser keeps connections open that it never used; they would hold the end for ever.
    let grace_is_over = async move {
        let _dropped = heard.await;
        tokio::time::sleep(GRACE).await;
    };
    tokio::select! {
        ended = async { serving.await } => ended.map_err(taken),
        () = grace_is_over => Ok(()),
    }
}

fn router(server: Server) -> Router {
    Router::new()
        .route("/visit", post(stream::visit))
        .route("/manage", post(stream::manage))
        .route("/health", get(stream::health))
        .fallback(get(pages::page))
        .layer(axum::middleware::from_fn_with_state(server.clone(), guard::guard))
        .layer(DefaultBodyLimit::max(LARGEST_BODY))
        .with_state(server)
}
