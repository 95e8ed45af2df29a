//! A server that is named when the program starts, and kept nowhere.

use std::sync::Arc;

use engine_remote::{
    Address, Allowance, Key, Limits, NoLedger, Place, Remote, RemoteError, ServerConfig,
};

use super::made::{exam_key, mask};
use crate::engines::Chat;
use crate::wire::ApiError;

/// A server that phrases every answer of a desk.
#[derive(Clone)]
pub struct GivenServer(Arc<Remote>);

impl GivenServer {
    /// Reads its address and its key. An empty `model` takes the first one that it offers.
    ///
    /// Whoever starts the program vouches for the server: it is asked wherever it stands. What
    /// leaves the house is masked all the same.
    pub fn read(address: &str, model: &str, key: Option<&str>) -> Result<Self, ApiError> {
        let key = key.map(Key::read).transpose()?;
        let config = ServerConfig {
            id: "given".into(),
            address: place_it(address)?,
            model: model.into(),
            allowance: Allowance { at_once: MOST_AT_ONCE, ..Allowance::default() },
            limits: Limits::default(),
        };
        Ok(Self(Arc::new(Remote::new(config, key, Some(mask()), Arc::new(NoLedger)))))
    }

    pub(crate) fn chat(self) -> Chat {
        let exam_key = exam_key(&self.0);
        Chat { exam_key, ..Chat::given(self.0) }
    }
}

/// As many as a desk answers at once.
const MOST_AT_ONCE: u32 = 128;

/// A server that may be the shop's own is believed to be: its name may lead anywhere.
fn place_it(address: &str) -> Result<Address, RemoteError> {
    match Address::likely_place(address)? {
        Place::Cloud => {
            Address::read(address, Place::Private).or_else(|_| Address::read(address, Place::Cloud))
        }
        place => Address::read(address, place),
    }
}
