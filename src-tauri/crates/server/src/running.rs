//! A server beside a window: started and ended by the program, with threads of its own.

use std::net::SocketAddr;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread::JoinHandle;

use commands::Core;
use tokio::sync::oneshot;

use crate::bound::Bound;
use crate::callers::Callers;
use crate::keys::Keys;
use crate::{GRACE, Options, ServerError};

/// A server that serves until it is stopped or dropped.
///
/// It may be started from any thread, one of a runtime included: its own threads do the work.
pub struct Running {
    address: SocketAddr,
    staff_url: String,
    visitor_url: String,
    callers: Callers,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Running {
    /// Listens and serves from now on.
    ///
    /// Fails when the address is taken or is not this computer's; nothing runs then.
    pub fn start(core: Arc<Core>, keys: Keys, options: Options) -> Result<Self, ServerError> {
        let (stop, stopped) = oneshot::channel::<()>();
        let (tell, told) = mpsc::channel();
        let thread = std::thread::Builder::new()
            .name("server".into())
            .spawn(move || serve(core, keys, options, stopped, &tell))
            .map_err(ServerError::Start)?;
        let ended = || ServerError::Start(std::io::Error::other("its thread ended"));
        let (address, staff_url, visitor_url, callers) = told.recv().map_err(|_| ended())??;
        let (stop, thread) = (Some(stop), Some(thread));
        Ok(Self { address, staff_url, visitor_url, callers, stop, thread })
    }

    /// Where it listens.
    pub fn address(&self) -> SocketAddr {
        self.address
    }

    /// The address of the staff window, with its key.
    pub fn staff_url(&self) -> &str {
        &self.staff_url
    }

    /// The address of the visitors' screen, with its key.
    pub fn visitor_url(&self) -> &str {
        &self.visitor_url
    }

    /// Who has been here.
    pub fn callers(&self) -> &Callers {
        &self.callers
    }

    /// Listens no more at once, and waits at most [`GRACE`] for answers under way.
    pub fn stop(self) {
        drop(self);
    }
}

impl Drop for Running {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take()
            && thread.join().is_err()
        {
            tracing::error!("the server ended with a panic");
        }
    }
}

/// What a started server tells of itself.
type Started = Result<(SocketAddr, String, String, Callers), ServerError>;

fn serve(
    core: Arc<Core>,
    keys: Keys,
    options: Options,
    stopped: oneshot::Receiver<()>,
    tell: &mpsc::Sender<Started>,
) {
    // Nobody listens any more when the program that started it has gone.
    let say = |started: Started| tell.send(started).is_ok();
    let runtime = match tokio::runtime::Builder::new_multi_thread().enable_all().build() {
        Ok(runtime) => runtime,
        Err(error) => {
            say(Err(ServerError::Start(error)));
            return;
        }
    };
    runtime.block_on(async {
        let bound = match Bound::bind(core, keys, options).await {
            Ok(bound) => bound,
            Err(error) => {
                say(Err(error));
                return;
            }
        };
        let urls = (bound.address(), bound.staff_url(), bound.visitor_url(), bound.callers());
        if !say(Ok(urls)) {
            return;
        }
        let stop = async {
            let _dropped = stopped.await;
        };
        bound.serve(stop).await;
    });
    runtime.shutdown_timeout(GRACE);
}
