//! Connections: taken one by one, each with little time and room for its first words, so that
//! slow and silent callers cost little.

use std::convert::Infallible;
use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use axum::Router;
use axum::body::Body;
use axum::extract::ConnectInfo;
use axum::http::Request;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::service::{Service, service_fn};
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::{OwnedSemaphorePermit, Semaphore, watch};

/// How long a caller may take for the head of a request, and may be silent between two.
const HEAD_IN_TIME: Duration = Duration::from_secs(15);

/// Bytes of the largest head.
const LARGEST_HEAD: usize = 16 << 10;

/// Headers of a request.
const MOST_HEADERS: usize = 64;

/// Connections at one time; others wait in the system's queue.
const MOST_CONNECTIONS: usize = 1_024;

/// A pause after the system refused a connection, such as for want of files.
const AFTER_TROUBLE: Duration = Duration::from_millis(100);

/// Serves until `stop` is done, then waits for the answers under way.
pub(crate) async fn serve(listener: TcpListener, router: Router, stop: impl Future<Output = ()>) {
    let (ending, ended) = watch::channel(());
    let places = Arc::new(Semaphore::new(MOST_CONNECTIONS));
    let take = async {
        loop {
            let Ok(place) = places.clone().acquire_owned().await else { return };
            match listener.accept().await {
                Ok((stream, peer)) => {
                    tokio::spawn(connection(stream, peer, router.clone(), ended.clone(), place));
                }
                Err(error) => {
                    tracing::debug!(%error, "a connection was not taken");
                    tokio::time::sleep(AFTER_TROUBLE).await;
                }
            }
        }
    };
    tokio::select! {
        () = take => {}
        () = stop => {}
    }
    drop(listener);
    drop(ended);
    // Nobody listens any more when there is no connection left.
    let _nobody = ending.send(()).is_err();
    ending.closed().await;
}

async fn connection(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    mut ended: watch::Receiver<()>,
    _place: OwnedSemaphorePermit,
) {
    // An answer is several small writes; without this each waits for the reader's thanks, 40 ms.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
    let service = TowerToHyperService::new(router);
    let service = service_fn(move |request: Request<Incoming>| {
        let mut request = request.map(Body::new);
        request.extensions_mut().insert(ConnectInfo(peer));
        let answer = service.call(request);
        async move { Ok::<_, Infallible>(answer.await.unwrap_or_else(|never| match never {})) }
    });
    let mut builder = http1::Builder::new();
    builder
        .timer(TokioTimer::new())
        .header_read_timeout(HEAD_IN_TIME)
        .max_buf_size(LARGEST_HEAD)
        .max_headers(MOST_HEADERS);
    let mut connection = std::pin::pin!(builder.serve_connection(TokioIo::new(stream), service));
    let served = tokio::select! {
        served = connection.as_mut() => served,
        _ = ended.changed() => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = served {
        tracing::debug!(%error, "a connection ended");
    }
}
