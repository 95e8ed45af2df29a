//! The orders of one desk: where they come from, and who may see one.

mod activate;
mod check;
mod verify;

use std::sync::{Arc, PoisonError, RwLock};
use std::time::Duration;

use store::{OrderLimits, OrderSourceRow, Store};

use crate::OrdersError;
use crate::clock::Clock;
use crate::mapping::Mapping;
use crate::mask::Masks;
use crate::number::OrderKey;
use crate::place::Place;
use crate::seal::{Hash, Seal};
use crate::sentences::read_own;

pub use activate::{Activate, Activated};
pub use verify::{Attempt, Outcome, Shown};

/// How often may be tried, and how long every answer takes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Rules {
    /// Wrong tries that are let through.
    pub limits: OrderLimits,
    /// Every answer comes at a multiple of this after the question, so that the time it took to
    /// find nothing and the time it took to compare are the same.
    pub pace: Duration,
}

impl Default for Rules {
    /// Of ten thousand postcodes, thirty tries in all find one order in three hundred and thirty.
    fn default() -> Self {
        Self {
            limits: OrderLimits {
                per_session: 5,
                per_device: 20,
                per_order: 10,
                order_lock_seconds: 24 * 3600,
                per_order_ever: 30,
                everybody: 300,
            },
            pace: Duration::from_millis(300),
        }
    }
}

/// The orders of one desk.
pub struct Orders {
    store: Store,
    rules: Rules,
    clock: Clock,
    wall: fn() -> i64,
    live: RwLock<Arc<Live>>,
}

/// What is live now.
struct Live {
    seal: Seal,
    sources: Vec<Source>,
    masks: Arc<Masks>,
}

/// One live source.
struct Source {
    id: i64,
    place: Place,
    mapping: Mapping,
    own_sentences: Vec<(String, String)>,
    masks: Masks,
    orders: i64,
    max_age_hours: i64,
    as_of: i64,
}

/// One source as staff see it, without a password.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SourceSummary {
    /// Its number.
    pub id: i64,
    /// Where the orders come from.
    pub place: String,
    /// `file`, `sqlite`, `postgres` or `mysql`.
    pub kind: &'static str,
    /// Which column holds what, as `column=field`.
    pub mapping: Vec<String>,
    /// Imported orders; 0 where they are read when asked.
    pub orders: i64,
    /// When the desk learned them, Unix seconds.
    pub as_of: i64,
    /// Hours after which they are too old to be shown; 0 for never.
    pub max_age_hours: i64,
    /// Whether they are too old now.
    pub is_stale: bool,
}

impl Orders {
    /// The orders of a desk; `wall` gives Unix seconds.
    ///
    /// Fails when the store fails, or when a new desk can make no key.
    pub fn open(store: Store, rules: Rules, wall: fn() -> i64) -> Result<Self, OrdersError> {
        let clock = Clock::starting(wall(), store.order_clock()?);
        let live = RwLock::new(Arc::new(Live::of(&store)?));
        Ok(Self { store, rules, clock, wall, live })
    }

    /// What the shop's order numbers look like; `None` while there are no orders.
    pub fn masks(&self) -> Option<Arc<Masks>> {
        let live = self.live();
        (!live.sources.is_empty()).then(|| live.masks.clone())
    }

    /// Every source, oldest first.
    pub fn sources(&self) -> Vec<SourceSummary> {
        let now = (self.wall)();
        let summary = |source: &Source| SourceSummary {
            id: source.id,
            place: source.place.to_string(),
            kind: source.place.kind(),
            mapping: source.mapping.to_pairs(),
            orders: source.orders,
            as_of: source.as_of,
            max_age_hours: source.max_age_hours,
            is_stale: source.is_stale(now),
        };
        self.live().sources.iter().map(summary).collect()
    }

    /// Reads everything from the store again, the key too: after orders came from another desk, or all was replaced.
    pub fn reload(&self) -> Result<(), OrdersError> {
        self.refresh()
    }

    /// Forgets a source and its orders; false when there is no such source.
    pub fn remove(&self, id: i64) -> Result<bool, OrdersError> {
        let removed = self.store.remove_order_source(id)?;
        self.refresh()?;
        Ok(removed)
    }

    /// Forgets the wrong tries of an order; false when there were none.
    pub fn unlock(&self, number: &str) -> Result<bool, OrdersError> {
        Ok(self.store.unlock_order(&self.lock_of(number))?)
    }

    fn live(&self) -> Arc<Live> {
        self.live.read().unwrap_or_else(PoisonError::into_inner).clone()
    }

    fn refresh(&self) -> Result<(), OrdersError> {
        let fresh = Arc::new(Live::of(&self.store)?);
        *self.live.write().unwrap_or_else(PoisonError::into_inner) = fresh;
        Ok(())
    }

    /// What the lock of an order goes by: its shortest spelling, or whatever was typed instead.
    fn lock_of(&self, number: &str) -> Hash {
        match OrderKey::read(number) {
            Some(key) => self.live().seal.hash("order lock", &[key.short()]),
            None => self.live().seal.hash("order lock", &["", number]),
        }
    }
}

impl Live {
    fn of(store: &Store) -> Result<Self, OrdersError> {
        let mut sources = Vec::new();
        for row in store.order_sources()? {
            let place = row.place.clone();
            match Source::of(row) {
                Ok(source) => sources.push(source),
                Err(error) => tracing::warn!(%place, %error, "a source of orders is left out"),
            }
        }
        let masks = sources
            .iter()
            .fold(Masks::default(), |all, source: &Source| all.and(source.masks.clone()));
        Ok(Self { seal: Seal::of(store)?, sources, masks: Arc::new(masks) })
    }
}

impl Source {
    fn of(row: OrderSourceRow) -> Result<Self, OrdersError> {
        let pairs: Vec<String> = row.map.lines().map(String::from).collect();
        Ok(Self {
            id: row.id,
            place: match row.kind.as_str() {
                "file" => Place::File(row.connection.into()),
                _ => Place::read(&row.connection)?,
            },
            mapping: Mapping::read(&pairs)?,
            own_sentences: read_own(&row.sentences),
            masks: Masks::from_text(&row.masks),
            orders: row.orders,
            max_age_hours: row.max_age_hours,
            as_of: row.as_of,
        })
    }

    /// What is read when asked is never old.
    fn is_stale(&self, now: i64) -> bool {
        !self.place.is_read_when_asked()
            && self.max_age_hours > 0
            && now - self.as_of > self.max_age_hours * 3600
    }
}
