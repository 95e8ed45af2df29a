//! One server as an engine: its limits, how it has done lately, and a thread that asks.

pub(crate) mod begin;

use std::sync::atomic::{AtomicU32, AtomicU64};
use std::sync::{Arc, Mutex, MutexGuard, OnceLock, PoisonError};
use std::time::{Duration, Instant};

use engine::{Engine, EngineError, GenerateRequest, Health, Reply};
use tokio::runtime::{Builder, Runtime};

use crate::allowance::LastMinute;
use crate::breaker::Breaker;
use crate::client::Client;
use crate::dialect::Dialect;
use crate::offered::Offered;
use crate::{Address, Allowance, Key, Ledger, Mask, Product, RemoteError};

/// How long things may take.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Limits {
    /// Until a connection stands.
    pub connect: Duration,
    /// From asking to the first piece of an answer.
    pub first_byte: Duration,
    /// Between two pieces.
    pub idle: Duration,
    /// The whole answer.
    pub total: Duration,
    /// Before the second try, where the server names no other wait.
    pub retry_wait: Duration,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            connect: Duration::from_secs(5),
            first_byte: Duration::from_secs(30),
            idle: Duration::from_secs(60),
            total: Duration::from_secs(180),
            retry_wait: Duration::from_millis(250),
        }
    }
}

/// What is known of a server before it is asked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ServerConfig {
    /// Under which its spending is kept.
    pub id: String,
    /// Where it is.
    pub address: Address,
    /// The model, as it calls it; empty takes the first one it offers.
    pub model: String,
    /// What it may be asked and may cost.
    pub allowance: Allowance,
    /// How long things may take.
    pub limits: Limits,
}

/// Whether a server would be asked now.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Standing {
    /// It would.
    Ready,
    /// It is left alone, for this reason.
    Resting(String),
    /// What it may cost in a month is spent.
    Spent(String),
}

/// One server, as an engine. Clones are the same server.
#[derive(Clone)]
pub struct Remote {
    pub(crate) inner: Arc<Inner>,
}

pub(crate) struct Inner {
    pub(crate) config: ServerConfig,
    model_id: String,
    key: Mutex<Option<Key>>,
    mask: Option<Arc<Mask>>,
    ledger: Arc<dyn Ledger>,
    client: OnceLock<Result<Client, RemoteError>>,
    known: Mutex<Known>,
    breaker: Mutex<Breaker>,
    minute: Mutex<LastMinute>,
    under_way: AtomicU32,
    /// What the questions under way may cost at most, and what could not be written down.
    reserved_nano: AtomicU64,
}

/// What the server has told of itself.
#[derive(Default)]
struct Known {
    models: Option<Offered>,
    dialect: Option<Dialect>,
}

impl Remote {
    /// A server that nobody has asked yet; no connection is made here.
    ///
    /// `mask` finds what could name a person. It is only used, and needed, for what leaves the
    /// house.
    pub fn new(
        config: ServerConfig,
        key: Option<Key>,
        mask: Option<Arc<Mask>>,
        ledger: Arc<dyn Ledger>,
    ) -> Self {
        let host = config.address.host();
        let model_id = match config.model.as_str() {
            "" => host,
            model => format!("{model}@{host}"),
        };
        let mask = mask.filter(|_| config.address.leaves_the_house());
        Self {
            inner: Arc::new(Inner {
                config,
                model_id,
                key: Mutex::new(key),
                mask,
                ledger,
                client: OnceLock::new(),
                known: Mutex::default(),
                breaker: Mutex::default(),
                minute: Mutex::default(),
                under_way: AtomicU32::new(0),
                reserved_nano: AtomicU64::new(0),
            }),
        }
    }

    /// What is known of it.
    pub fn config(&self) -> &ServerConfig {
        &self.inner.config
    }

    /// Uses another key from the next question on.
    pub fn set_key(&self, key: Option<Key>) {
        *lock(&self.inner.key) = key;
        lock(&self.inner.breaker).succeeded();
        self.inner.forget_models();
    }

    /// Whether it would be asked now.
    pub fn standing(&self) -> Standing {
        if let Err(error) = self.inner.affords(0) {
            return Standing::Spent(error.to_string());
        }
        match lock(&self.inner.breaker).rests(Instant::now()) {
            Some((_, why)) => Standing::Resting(why.to_owned()),
            None => Standing::Ready,
        }
    }

    /// What went wrong last, in a sentence; empty where all is well.
    pub fn last_failure(&self) -> String {
        lock(&self.inner.breaker).last_failure().to_owned()
    }
}

impl Engine for Remote {
    fn generate(&self, request: GenerateRequest) -> Result<Reply, EngineError> {
        Ok(begin::begin(&self.inner, request, None)?)
    }

    fn health(&self) -> Health {
        if let Some((_, why)) = lock(&self.inner.breaker).rests(Instant::now()) {
            return Health::Failed { reason: why.to_owned() };
        }
        let under_way = self.inner.count_under_way() as usize;
        // The last of them is the one that is not waited for.
        if under_way >= self.slots() {
            Health::Busy { waiting: under_way - 1 }
        } else {
            Health::Ready
        }
    }

    fn model_id(&self) -> &str {
        &self.inner.model_id
    }

    fn slots(&self) -> usize {
        self.inner.config.allowance.at_once.max(1) as usize
    }
}

impl Inner {
    pub(crate) fn host(&self) -> String {
        self.config.address.host()
    }

    pub(crate) fn key(&self) -> Option<Key> {
        lock(&self.key).clone()
    }

    pub(crate) fn mask(&self) -> Option<&Mask> {
        self.mask.as_deref()
    }

    /// Made with the first question, so that a server that is never asked costs nothing.
    pub(crate) fn client(&self) -> Result<&Client, RemoteError> {
        let made = self
            .client
            .get_or_init(|| Client::new(&self.config.address, self.config.limits.connect));
        made.as_ref().map_err(Clone::clone)
    }

    pub(crate) fn known_models(&self) -> Option<Offered> {
        lock(&self.known).models.clone()
    }

    pub(crate) fn know_models(&self, offered: Offered) {
        lock(&self.known).models = Some(offered);
    }

    pub(crate) fn forget_models(&self) {
        *lock(&self.known) = Known::default();
    }

    pub(crate) fn dialect(&self, product: Product) -> Dialect {
        lock(&self.known).dialect.unwrap_or_else(|| Dialect::of(product))
    }

    pub(crate) fn set_dialect(&self, dialect: Dialect) {
        lock(&self.known).dialect = Some(dialect);
    }
}

/// Everything asks on one thread: it waits more than it works. Nothing starts it but a question.
pub(crate) fn runtime(host: &str) -> Result<&'static Runtime, RemoteError> {
    static RUNTIME: OnceLock<Result<Runtime, String>> = OnceLock::new();
    let made = RUNTIME.get_or_init(|| {
        let mut builder = Builder::new_multi_thread();
        let builder = builder.worker_threads(1).max_blocking_threads(4).thread_name("servers");
        builder.enable_all().build().map_err(|error| error.to_string())
    });
    made.as_ref().map_err(|reason| RemoteError::Here { host: host.into(), reason: reason.clone() })
}

pub(crate) fn lock<T>(mutex: &Mutex<T>) -> MutexGuard<'_, T> {
    mutex.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests;
