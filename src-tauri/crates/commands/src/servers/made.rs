//! One server as it is saved, and the engine that was made of it.

use std::sync::Arc;

use engine_remote::keys::{KeptIn, Keys};
use engine_remote::{
    Address, Allowance, Key, Ledger, Limits, Mask, Place, Prices, Remote, RemoteError, ServerConfig,
};
use settings::{Server, ServerKey, ServerPlace};

/// One server.
#[derive(Clone)]
pub(super) struct Made {
    pub(super) row: Server,
    /// The engine; an error where the row makes no sense any more.
    pub(super) remote: Result<Arc<Remote>, RemoteError>,
}

impl Made {
    pub(super) fn of(row: &Server, keys: &Keys, ledger: &Arc<dyn Ledger>) -> Self {
        let remote = config(row).and_then(|config| {
            // A key in a keychain is fetched once the desk stands.
            let key = match row.key {
                ServerKey::File => keys.find(&row.id, KeptIn::File)?,
                ServerKey::None | ServerKey::Keychain => None,
            };
            Ok(Arc::new(Remote::new(config, key, Some(mask()), ledger.clone())))
        });
        Self { row: row.clone(), remote }
    }

    /// Fetches its key, where it has one; says in the log where it cannot be had.
    pub(super) fn fetch_key(&self, keys: &Keys) {
        let Ok(remote) = &self.remote else { return };
        match key_of(&self.row, keys) {
            Ok(Some(key)) => remote.set_key(Some(key)),
            Ok(None) => {}
            Err(error) => tracing::warn!(server = self.row.id, %error, "a key cannot be had"),
        }
    }

    /// The key of its exam: the mark belongs to this model at this address.
    pub(super) fn exam_key(&self) -> String {
        match &self.remote {
            Ok(remote) => exam_key(remote),
            Err(_) => format!("server:{}", self.row.id),
        }
    }
}

/// The key of a server's exam.
pub(super) fn exam_key(remote: &Remote) -> String {
    let config = remote.config();
    format!("server:{}:{}", config.address.base(), config.model)
}

/// What could name a person is told to whoever asks, as everywhere else on the desk.
pub(super) fn mask() -> Arc<Mask> {
    Arc::new(|text: &str, instead: &mut dyn FnMut(&str, &str) -> String| {
        knowledge::mask_lines_with(text, instead)
    })
}

/// The key of a server, from where it was put.
fn key_of(row: &Server, keys: &Keys) -> Result<Option<Key>, RemoteError> {
    match row.key {
        ServerKey::None => Ok(None),
        ServerKey::Keychain => keys.find(&row.id, KeptIn::Keychain),
        ServerKey::File => keys.find(&row.id, KeptIn::File),
    }
}

/// What an engine is made of.
pub(super) fn config(row: &Server) -> Result<ServerConfig, RemoteError> {
    Ok(ServerConfig {
        id: row.id.clone(),
        address: Address::read(&row.address, place(row.place))?,
        model: row.model.clone(),
        allowance: Allowance {
            per_minute: row.per_minute,
            at_once: row.at_once,
            prices: Prices {
                read_milli: row.price_read_milli,
                written_milli: row.price_written_milli,
            },
            month_limit_milli: row.month_limit_milli,
        },
        limits: Limits::default(),
    })
}

pub(super) fn place(place: ServerPlace) -> Place {
    match place {
        ServerPlace::Computer => Place::Computer,
        ServerPlace::Network => Place::Network,
        ServerPlace::Private => Place::Private,
        ServerPlace::Cloud => Place::Cloud,
    }
}

pub(super) fn saved_place(place: Place) -> ServerPlace {
    match place {
        Place::Computer => ServerPlace::Computer,
        Place::Network => ServerPlace::Network,
        Place::Private => ServerPlace::Private,
        Place::Cloud => ServerPlace::Cloud,
    }
}
