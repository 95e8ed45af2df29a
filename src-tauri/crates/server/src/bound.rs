//! A server that has its address and is about to serve.

use std::future::Future;
use std::net::{IpAddr, Ipv4Addr, SocketAddr};
use std::sync::Arc;
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use commands::Core;
use tokio::net::TcpListener;
use tokio::sync::{Semaphore, watch};

use crate::callers::Callers;
use crate::keys::Keys;
use crate::{Doors, Options, Server, ServerError, connections, router};

/// Between two looks whether answers are still under way.
const LOOK: Duration = Duration::from_millis(20);

/// After the last answer: a browser keeps connections open that it never used, and they would hold
/// the end for ever.
const LAST_BYTES: Duration = Duration::from_millis(500);

/// A server that listens; nobody is answered before [`Bound::serve`].
pub struct Bound {
    listener: TcpListener,
    server: Server,
}

impl Bound {
    /// Takes the address. Needs a Tokio runtime, such as [`crate::runtime`] makes.
    ///
    /// Fails when the address is taken or is not this computer's, and when staff would be let in
    /// from other computers.
    pub async fn bind(core: Arc<Core>, keys: Keys, options: Options) -> Result<Self, ServerError> {
        let (wanted, doors) = (options.listen, options.doors);
        if doors == Doors::Everybody && !wanted.ip().to_canonical().is_loopback() {
            return Err(ServerError::StaffOnNetwork { address: wanted });
        }
        let taken = |source| ServerError::Listen { address: wanted, source };
        let listener = TcpListener::bind(wanted).await.map_err(taken)?;
        let address = listener.local_addr().map_err(taken)?;
        let server = Server {
            core,
            keys: Arc::new(keys),
            callers: Callers::default(),
            address,
            doors,
            options: Arc::new(options),
            requests: Arc::default(),
            draining: Arc::new(AtomicBool::new(false)),
            vectors: Arc::new(Semaphore::new(1)),
        };
        Ok(Self { listener, server })
    }

    /// Where it listens, with the port it was given.
    pub fn address(&self) -> SocketAddr {
        self.server.address
    }

    /// The address of the staff window, with its key.
    pub fn staff_url(&self) -> String {
        format!("http://{}/#key={}", self.name(), self.server.keys.staff())
    }

    /// The address of the visitors' screen, with its key.
    pub fn visitor_url(&self) -> String {
        format!("http://{}/kiosk.html#key={}", self.name(), self.server.keys.visitor())
    }

    /// What somebody types to get here: on all addresses at once no address is the right one for
    /// everybody, so the first name, or this computer's own.
    fn name(&self) -> String {
        let address = self.address();
        match self.server.options.hosts.first() {
            Some(name) => name.clone(),
            None if address.ip().is_unspecified() => {
                SocketAddr::new(IpAddr::V4(Ipv4Addr::LOCALHOST), address.port()).to_string()
            }
            None => address.to_string(),
        }
    }

    /// Who has been here; it goes on telling while the server serves.
    pub fn callers(&self) -> Callers {
        self.server.callers.clone()
    }

    /// Serves until `stop` is done.
    ///
    /// Then `/ready` says no while questions are still taken for [`Options::drain`], after which
    /// nobody is let in any more and answers under way have [`Options::grace`] to end.
    pub async fn serve(
        self,
        stop: impl Future<Output = ()> + Send + 'static,
    ) -> Result<(), ServerError> {
        let Self { listener, server } = self;
        if server.doors == Doors::Everybody {
            server.core.note_served_at(server.address);
        }
        let (close, closing) = watch::channel(false);
        let router = router::router(server.clone());
        let serving = connections::serve(listener, router, &server.options, closing);
        let ending = async {
            stop.await;
            server.draining.store(true, Ordering::Release);
            tokio::time::sleep(server.options.drain).await;
            // The receivers live as long as the serving.
            let _told = close.send(true);
            let began = Instant::now();
            while server.core.is_answering() && began.elapsed() < server.options.grace {
                tokio::time::sleep(LOOK).await;
            }
            tokio::time::sleep(LAST_BYTES).await;
        };
        tokio::select! {
            () = serving => {}
            () = ending => {}
        }
        Ok(())
    }
}
