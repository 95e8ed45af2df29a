//! A server that has its address and is about to serve.

use std::future::Future;
use std::net::SocketAddr;
use std::sync::Arc;

use commands::Core;
use tokio::net::TcpListener;

use crate::callers::Callers;
use crate::keys::Keys;
use crate::{GRACE, Options, Server, ServerError, connections, router};

/// A server that listens; nobody is answered before [`Bound::serve`].
pub struct Bound {
    listener: TcpListener,
    server: Server,
}

impl Bound {
    /// Takes the address. Needs a Tokio runtime.
    ///
    /// Fails when the address is taken or is not this computer's.
    pub async fn bind(core: Arc<Core>, keys: Keys, options: Options) -> Result<Self, ServerError> {
        let wanted = options.listen;
        let taken = |source| ServerError::Listen { address: wanted, source };
        let listener = TcpListener::bind(wanted).await.map_err(taken)?;
        let address = listener.local_addr().map_err(taken)?;
        let (keys, callers, ping) = (Arc::new(keys), Callers::default(), options.ping);
        let server = Server { core, keys, callers, address, ping };
        Ok(Self { listener, server })
    }

    /// Where it listens, with the port it was given.
    pub fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// The address of the staff window, with its key.
    pub fn staff_url(&self) -> String {
        format!("http://{}/#key={}", self.address(), self.server.keys.staff())
    }

    /// The address of the visitors' screen, with its key.
    pub fn visitor_url(&self) -> String {
        format!("http://{}/kiosk.html#key={}", self.address(), self.server.keys.visitor())
    }

    /// Who has been here; it goes on telling while the server serves.
    pub fn callers(&self) -> Callers {
        self.server.callers.clone()
    }

    /// Serves until `stop` is done, then gives answers under way [`GRACE`] to end.
    pub async fn serve(self, stop: impl Future<Output = ()> + Send) {
        let (asked, heard) = tokio::sync::oneshot::channel::<()>();
        let serving = connections::serve(self.listener, router::router(self.server), async move {
            stop.await;
            drop(asked);
        });
        // A browser keeps connections open that it never used; they would hold the end for ever.
        let grace_is_over = async move {
            let _dropped = heard.await;
            tokio::time::sleep(GRACE).await;
        };
        tokio::select! {
            () = serving => {}
            () = grace_is_over => {}
        }
    }
}
