//! Taking connections: how many there may be, how long a request may take to arrive, and how they
//! end.
//!
//! Somebody who opens connections and says nothing, or one letter a second, holds a connection for
//! ten seconds and nothing else.

use std::collections::HashMap;
use std::net::{IpAddr, SocketAddr};
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use axum::Router;
use axum::extract::{ConnectInfo, Extension};
use hyper::server::conn::http1;
use hyper_util::rt::{TokioIo, TokioTimer};
use hyper_util::service::TowerToHyperService;
use tokio::net::{TcpListener, TcpStream};
use tokio::sync::watch;

use crate::Options;
use crate::hosts::Ends;

/// Bytes of the first line and the headers together.
pub(crate) const LARGEST_HEAD: usize = 8 * 1024;

/// Headers of a request.
const MOST_HEADERS: usize = 64;

/// Connections at the same time: as many as may wait for the model, and some more.
const MOST: usize = 768;

/// Of these, from one address that is neither this computer's nor that of a trusted proxy.
const MOST_FROM_ONE: usize = 128;

/// After an error of the system, which may have no more files to give.
const PAUSE: Duration = Duration::from_millis(100);

/// Takes connections until `closing` says so; then each ends with the answer under way. Done when
/// all have ended.
pub(crate) async fn serve(
    listener: TcpListener,
    router: Router,
    options: &Options,
    mut closing: watch::Receiver<bool>,
) {
    let patience = options.patience;
    let open = Open::default();
    let (ended, mut all_ended) = tokio::sync::mpsc::channel::<()>(1);
    loop {
        let taken = tokio::select! {
            biased;
            () = closed(&mut closing) => break,
            taken = listener.accept() => taken,
        };
        let (stream, peer) = match taken {
            Ok(taken) => taken,
            Err(error) => {
                tracing::warn!(%error, "no connection could be taken");
                tokio::time::sleep(PAUSE).await;
                continue;
            }
        };
        let ip = peer.ip().to_canonical();
        let is_trusted = ip.is_loopback() || options.proxies.contains(&ip);
        let Some(place) = open.take(ip, is_trusted) else {
            tracing::debug!(%ip, "too many connections");
            continue;
        };
        let (router, closing, ended) = (router.clone(), closing.clone(), ended.clone());
        tokio::spawn(async move {
            talk(stream, peer, router, patience, closing).await;
            drop((place, ended));
        });
    }
    drop((listener, ended));
    // Nothing is ever sent: the channel closes when the last connection has gone.
    let _closed = all_ended.recv().await;
}

async fn talk(
    stream: TcpStream,
    peer: SocketAddr,
    router: Router,
    patience: Duration,
    mut closing: watch::Receiver<bool>,
) {
    // An answer is several small writes; without this each waits for the reader's thanks, 40 ms.
    if let Err(error) = stream.set_nodelay(true) {
        tracing::debug!(%error, "a connection keeps its delay");
    }
    let Ok(own) = stream.local_addr() else { return };
    let service = router.layer(Extension(Ends { own, peer })).layer(Extension(ConnectInfo(peer)));
    let connection = http1::Builder::new()
        .timer(TokioTimer::new())
        .header_read_timeout(patience)
        .max_header_size(LARGEST_HEAD)
        .max_headers(MOST_HEADERS)
        .serve_connection(TokioIo::new(stream), TowerToHyperService::new(service));
    let mut connection = std::pin::pin!(connection);
    let done = tokio::select! {
        done = connection.as_mut() => done,
        () = closed(&mut closing) => {
            connection.as_mut().graceful_shutdown();
            connection.await
        }
    };
    if let Err(error) = done {
        tracing::debug!(%error, "a connection ended early");
    }
}

/// Done once it says that the server closes, or nobody is left to say so.
async fn closed(closing: &mut watch::Receiver<bool>) {
    let _closed = closing.wait_for(|closing| *closing).await;
}

/// The connections that are open, by address.
#[derive(Clone, Default)]
struct Open(Arc<Mutex<HashMap<IpAddr, usize>>>);

/// One connection; it is counted until this is dropped.
struct Place {
    open: Open,
    ip: IpAddr,
}

impl Open {
    fn take(&self, ip: IpAddr, is_trusted: bool) -> Option<Place> {
        let mut open = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        let all: usize = open.values().sum();
        let own = open.get(&ip).copied().unwrap_or_default();
        if all >= MOST || (own >= MOST_FROM_ONE && !is_trusted) {
            return None;
        }
        open.insert(ip, own + 1);
        Some(Place { open: self.clone(), ip })
    }
}

impl Drop for Place {
    fn drop(&mut self) {
        let mut open = self.open.0.lock().unwrap_or_else(PoisonError::into_inner);
        if let Some(own) = open.get_mut(&self.ip) {
            *own -= 1;
            if *own == 0 {
                open.remove(&self.ip);
            }
        }
    }
}

#[cfg(test)]
mod tests;
