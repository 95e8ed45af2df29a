//! "Share on this network": the visitors' page on every address that this computer has on local
//! networks, switched on and off by a program with a window.
//!
//! While it is off nothing listens and no thread waits. While it is on, addresses that come and go
//! are followed, so that a computer that starts before its network is shared all the same.

mod listen;

use std::net::IpAddr;
use std::path::Path;
use std::sync::mpsc::{self, RecvTimeoutError};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError, Weak};
use std::time::Duration;

use commands::wire::{ApiError, Code, Role};
use commands::{Core, Guest, ShareWish, Shared, Sharing};
use hardware::LocalAddress;

use crate::keys::Keys;
use crate::running::Running;
use listen::{keys_file, listen, wanted};

/// Between two looks at the addresses of this computer.
const PACE: Duration = Duration::from_secs(5);

/// The visitors' page asks for the desk's face every ten seconds; who is silent this long has gone.
const HERE: Duration = Duration::from_secs(60);

/// A door to the local network, closed until somebody opens it.
pub struct Share {
    inner: Arc<Inner>,
}

struct Inner {
    core: Mutex<Weak<Core>>,
    look: Box<dyn Fn() -> Vec<LocalAddress> + Send + Sync>,
    pace: Duration,
    open: Mutex<Option<Open>>,
}

/// What is there while it is on.
struct Open {
    wish: ShareWish,
    port: u16,
    running: Vec<(IpAddr, Running)>,
    /// Dropping it ends the thread that follows the addresses.
    _follows: mpsc::Sender<()>,
}

impl Share {
    /// A closed door; `look` tells this computer's addresses.
    pub fn new(look: impl Fn() -> Vec<LocalAddress> + Send + Sync + 'static) -> Self {
        Self::looking_every(PACE, look)
    }

    /// The same with another time between two looks.
    pub fn looking_every(
        pace: Duration,
        look: impl Fn() -> Vec<LocalAddress> + Send + Sync + 'static,
    ) -> Self {
        let (core, open) = (Mutex::new(Weak::new()), Mutex::default());
        Self { inner: Arc::new(Inner { core, look: Box::new(look), pace, open }) }
    }

    /// Tells it which desk is behind the door.
    pub fn put_before(&self, core: &Arc<Core>) {
        let mut known = self.inner.core.lock().unwrap_or_else(PoisonError::into_inner);
        *known = Arc::downgrade(core);
    }
}

impl Sharing for Share {
    fn begin(&self, wish: &ShareWish) -> Result<(), ApiError> {
        let core = self.inner.core()?;
        let mut open = self.inner.open();
        if let Some(before) = open.take() {
            before.close();
        }
        let addresses = wanted(&(self.inner.look)(), wish);
        let (port, running) = listen(&core, wish, &addresses)?;
        let (follows, until) = mpsc::channel();
        let (inner, pace) = (Arc::downgrade(&self.inner), self.inner.pace);
        std::thread::Builder::new()
            .name("share".into())
            .spawn(move || follow(&inner, pace, &until))
            .map_err(|error| unavailable(format!("nobody can watch the network: {error}")))?;
        *open = Some(Open { wish: wish.clone(), port, running, _follows: follows });
        tracing::info!(port, addresses = addresses.len(), "the visitors' page is shared");
        Ok(())
    }

    fn end(&self) {
        let open = self.inner.open().take();
        if let Some(open) = open {
            open.close();
            tracing::info!("the visitors' page is shared no more");
        }
    }

    fn change_key(&self, folder: &Path) -> Result<(), ApiError> {
        let wish = self.inner.open().as_ref().map(|open| open.wish.clone());
        let file = keys_file(folder);
        Keys::change_visitor(&file).map_err(|error| listen::unreadable(&file, &error))?;
        // A server keeps the key it was started with.
        wish.map_or(Ok(()), |wish| self.begin(&wish))
    }

    fn now(&self) -> Shared {
        let found = (self.inner.look)();
        let open = self.inner.open();
        let Some(open) = open.as_ref() else {
            return Shared { found, ..Shared::default() };
        };
        // In the order of the addresses found: the one to give first is the first.
        let running = found.iter().filter_map(|one| {
            let running = open.running.iter().find(|(address, _)| *address == one.address)?;
            Some((one.address, running.1.visitor_url().to_owned()))
        });
        Shared {
            on: true,
            port: open.port,
            pages: running.collect(),
            guests: guests(&open.running),
            found,
        }
    }
}

impl Inner {
    fn core(&self) -> Result<Arc<Core>, ApiError> {
        let core = self.core.lock().unwrap_or_else(PoisonError::into_inner).upgrade();
        core.ok_or_else(|| unavailable("the desk is not open yet".into()))
    }

    fn open(&self) -> MutexGuard<'_, Option<Open>> {
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Listens on addresses that came, and lets go of those that went.
    fn look_again(&self) {
        let Ok(core) = self.core() else { return };
        let mut open = self.open();
        let Some(now) = open.as_mut() else { return };
        let addresses = wanted(&(self.look)(), &now.wish);
        let kept = |(address, _): &(IpAddr, Running)| addresses.contains(address);
        let (kept, gone): (Vec<_>, Vec<_>) =
            std::mem::take(&mut now.running).into_iter().partition(kept);
        now.running = kept;
        let is_new = |one: &&IpAddr| !now.running.iter().any(|(address, _)| address == *one);
        let new: Vec<IpAddr> = addresses.iter().filter(is_new).copied().collect();
        // Devices that are connected know the port; without any it may be another one.
        let wish = match now.running.is_empty() {
            true => now.wish.clone(),
            false => ShareWish { port: now.port, ..now.wish.clone() },
        };
        match listen(&core, &wish, &new) {
            Ok((port, more)) if now.running.is_empty() || port == now.port => {
                now.port = port;
                now.running.extend(more);
            }
            Ok(_) => tracing::debug!("the port is taken on a new address"),
            Err(error) => tracing::debug!(message = error.message, "a new address is not shared"),
        }
        drop(open);
        drop(gone);
    }
}

impl Open {
    /// Closes every door at once, and waits for all of them together.
    fn close(self) {
        let closing: Vec<_> = self
            .running
            .into_iter()
            .map(|(_, running)| std::thread::spawn(move || running.stop()))
            .collect();
        for one in closing {
            if one.join().is_err() {
                tracing::error!("a server could not be stopped");
            }
        }
    }
}

impl Drop for Share {
    fn drop(&mut self) {
        self.end();
    }
}

fn follow(inner: &Weak<Inner>, pace: Duration, until: &mpsc::Receiver<()>) {
    while until.recv_timeout(pace) == Err(RecvTimeoutError::Timeout) {
        let Some(inner) = inner.upgrade() else { return };
        inner.look_again();
    }
}

fn guests(running: &[(IpAddr, Running)]) -> Vec<Guest> {
    let mut callers: Vec<_> =
        running.iter().flat_map(|(_, running)| running.callers().within(HERE)).collect();
    callers.sort_by_key(|caller| caller.silent);
    let visitors = callers.iter().filter(|caller| caller.role == Role::Visitor);
    visitors
        .map(|caller| Guest { address: caller.address, here: caller.here, asked: caller.asked })
        .collect()
}

fn unavailable(message: String) -> ApiError {
    let hint = Some("Wait a moment, then try again.".into());
    ApiError { code: Code::Unavailable, message, hint }
}
