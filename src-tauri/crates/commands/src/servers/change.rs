//! What staff change about servers, try out and let sit its exam.

use std::sync::{Arc, MutexGuard, PoisonError};

use assistant::exam;
use engine_remote::keys::KeptIn;
use engine_remote::{Address, Key, Place, Remote, RemoteError, try_out};
use settings::{Server, ServerKey};

use super::Servers;
use super::look::{from_milli, server_place};
use super::made::{Made, config, place, saved_place};
use crate::core::Core;
use crate::errors;
use crate::wire::{ApiError, Code, EngineChange, EngineTestView, ExamView, LocalPlace};

/// Questions at once of a server about which nobody said anything.
const AT_ONCE: u32 = 8;
/// Letters of the part of an id that comes from the name.
const LONGEST_STEM: usize = 30;

impl Core {
    pub(super) fn save_server(&self, change: &EngineChange) -> Result<(), ApiError> {
        let _one_at_a_time = self.servers.change();
        let rows = self.settings().engines.servers;
        let before = rows.iter().find(|row| row.id == change.id);
        let row = match before {
            Some(row) => changed(row.clone(), change)?,
            None if change.id.is_empty() => added(change, &rows)?,
            None => return Err(no_server(&change.id)),
        };
        // A row that cannot be asked is not saved at all.
        config(&row)?;
        if !row.fits() {
            return Err(unfit());
        }
        self.save_row(row)
    }

    pub(super) fn remove_server(&self, id: &str) -> Result<(), ApiError> {
        let _one_at_a_time = self.servers.change();
        let made = self.find_server(id)?;
        self.servers.forget_key(&made.row)?;
        self.save_servers(|rows| rows.retain(|row| row.id != id))
    }

    pub(super) fn set_server_key(&self, id: &str, key: &str) -> Result<(), ApiError> {
        let _one_at_a_time = self.servers.change();
        let made = self.find_server(id)?;
        let key = if key.trim().is_empty() { None } else { Some(Key::read(key)?) };
        let kept = match &key {
            None => {
                self.servers.forget_key(&made.row)?;
                ServerKey::None
            }
            Some(key) => match self.servers.keys.keep(id, key)? {
                KeptIn::Keychain => ServerKey::Keychain,
                KeptIn::File => ServerKey::File,
            },
        };
        self.save_row(Server { key: kept, ..made.row })?;
        if let Ok(remote) = self.find_server(id)?.remote {
            remote.set_key(key);
        }
        Ok(())
    }

    pub(super) fn set_local_place(&self, place: LocalPlace) -> Result<(), ApiError> {
        self.change_settings(|settings| settings.engines.local_last = place == LocalPlace::Last)?;
        self.let_speak();
        Ok(())
    }

    pub(super) fn test_server(&self, id: &str) -> Result<EngineTestView, ApiError> {
        let made = self.find_server(id)?;
        let trial = try_out(&*self.ready(&made)?)?;
        let model = trial.writer.rsplit_once('@').map_or("", |(model, _)| model);
        self.note_model(&made.row, model)?;
        Ok(EngineTestView {
            models: trial.models,
            model: model.into(),
            server: trial.product.name().into(),
            said: trial.said,
            first_word_ms: trial.first_word.as_secs_f64() * 1_000.0,
            tokens_per_second: trial.tokens_per_second,
            tokens_read: trial.read_tokens,
            tokens_written: trial.written_tokens,
        })
    }

    /// Lets the model of a server sit its exam and saves the mark; `on_progress` hears done and
    /// total.
    pub fn examine_server(
        &self,
        id: &str,
        on_progress: &mut dyn FnMut(usize, usize),
    ) -> Result<ExamView, ApiError> {
        // The mark belongs to one model, so it has to be known which one it is.
        if self.find_server(id)?.row.model.is_empty() {
            self.test_server(id)?;
        }
        let made = self.find_server(id)?;
        let remote = self.ready(&made)?;
        let result = exam::sit(&*remote, &self.knowledge, &|| false, on_progress)?;
        let view = self.save_exam(&made.exam_key(), &made.row.model, &result)?;
        self.let_speak();
        Ok(view)
    }

    /// The server with its key, also where it is switched off.
    fn ready(&self, made: &Made) -> Result<Arc<Remote>, ApiError> {
        made.fetch_key(&self.servers.keys);
        Ok(made.remote.clone()?)
    }

    /// Writes down which model answered where any would do: marks belong to models, and another one
    /// must not inherit them.
    fn note_model(&self, row: &Server, model: &str) -> Result<(), ApiError> {
        if !row.model.is_empty() || model.is_empty() {
            return Ok(());
        }
        let _one_at_a_time = self.servers.change();
        let row = self.find_server(&row.id)?.row;
        let row = Server { model: model.into(), ..row };
        if row.fits() { self.save_row(row) } else { Ok(()) }
    }

    fn find_server(&self, id: &str) -> Result<Made, ApiError> {
        let made = self.servers.made().into_iter().find(|made| made.row.id == id);
        made.ok_or_else(|| no_server(id))
    }

    fn save_row(&self, row: Server) -> Result<(), ApiError> {
        let id = row.id.clone();
        self.save_servers(|rows| match rows.iter_mut().find(|known| known.id == row.id) {
            Some(known) => *known = row,
            None => rows.push(row),
        })?;
        // An engine made anew has no key of a keychain yet.
        if let Ok(made) = self.find_server(&id)
            && made.row.key == ServerKey::Keychain
        {
            made.fetch_key(&self.servers.keys);
        }
        Ok(())
    }

    fn save_servers(&self, change: impl FnOnce(&mut Vec<Server>)) -> Result<(), ApiError> {
        let mut engines = self.settings().engines;
        change(&mut engines.servers);
        let mut trial = settings::Settings::default();
        trial.engines = engines.clone();
        for (key, value) in trial.differences() {
            settings::Settings::default().set(key, &value).map_err(|_| too_many())?;
        }
        let saved = self.change_settings(|settings| settings.engines = engines)?;
        self.servers.make(&saved.engines);
        self.let_speak();
        Ok(())
    }
}

impl Servers {
    fn change(&self) -> MutexGuard<'_, ()> {
        self.changing.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn forget_key(&self, row: &Server) -> Result<(), RemoteError> {
        match row.key {
            ServerKey::None => Ok(()),
            ServerKey::Keychain => self.keys.forget(&row.id, KeptIn::Keychain),
            ServerKey::File => self.keys.forget(&row.id, KeptIn::File),
        }
    }
}

/// A new row.
fn added(change: &EngineChange, rows: &[Server]) -> Result<Server, ApiError> {
    let Some(address) = &change.address else {
        return Err(ApiError {
            code: Code::Invalid,
            message: "a server needs an address".into(),
            hint: Some(
                "Write it as its maker gives it, such as http://192.168.1.20:8080/v1.".into(),
            ),
        });
    };
    let likely = match change.place {
        Some(place) => server_place(place),
        None => saved_place(Address::likely_place(address)?),
    };
    let host = Address::read(address, place(likely))?.host();
    let row = Server {
        id: new_id(change.name.as_deref().unwrap_or(&host), rows),
        name: host,
        address: address.clone(),
        place: likely,
        model: String::new(),
        // Somebody else's computer is asked once somebody has said so, and not before.
        on: place(likely) != Place::Cloud,
        key: ServerKey::None,
        per_minute: 0,
        at_once: AT_ONCE,
        price_read_milli: 0,
        price_written_milli: 0,
        month_limit_milli: 0,
    };
    changed(row, change)
}

/// A row with what is named.
fn changed(mut row: Server, change: &EngineChange) -> Result<Server, ApiError> {
    let line = |text: &String| text.trim().to_owned();
    if let Some(name) = change.name.as_ref().map(line).filter(|name| !name.is_empty()) {
        row.name = name;
    }
    if let Some(address) = &change.address {
        row.address = line(address);
    }
    if let Some(place) = change.place {
        let place = server_place(place);
        // What was switched on in the house is not thereby switched on in a cloud.
        if place != row.place && super::made::place(place) == Place::Cloud {
            row.on = false;
        }
        row.place = place;
    }
    row.model = change.model.as_ref().map_or(row.model, line);
    row.on = change.on.unwrap_or(row.on);
    row.per_minute = change.requests_per_minute.unwrap_or(row.per_minute);
    row.at_once = change.at_once.unwrap_or(row.at_once);
    let sum = |wanted: Option<f64>, before: u64| match wanted {
        None => Ok(before),
        Some(units) => from_milli::read(units).ok_or_else(unfit),
    };
    row.price_read_milli = sum(change.price_read, row.price_read_milli)?;
    row.price_written_milli = sum(change.price_written, row.price_written_milli)?;
    row.month_limit_milli = sum(change.month_limit, row.month_limit_milli)?;
    Ok(row)
}

/// A name for the row, its key and what it costs: told apart from every other, also from those that
/// were removed.
fn new_id(name: &str, rows: &[Server]) -> String {
    let lower = name.to_lowercase();
    let parts = lower.split(|c: char| !c.is_ascii_alphanumeric()).filter(|part| !part.is_empty());
    let stem: String = parts.collect::<Vec<_>>().join("-").chars().take(LONGEST_STEM).collect();
    let stem = if stem.is_empty() { "server".to_owned() } else { stem };
    loop {
        let end = crate::visit::new_conversation();
        let id = format!("{stem}-{}", &end[..6]);
        if rows.iter().all(|row| row.id != id) {
            return id;
        }
    }
}

fn no_server(id: &str) -> ApiError {
    ApiError {
        code: Code::NotFound,
        message: format!("there is no server {id:?}"),
        hint: Some("It may have been removed in the meantime; open the list again.".into()),
    }
}

fn unfit() -> ApiError {
    ApiError {
        code: Code::Invalid,
        message: "a name, a number or a price of this server makes no sense".into(),
        hint: Some(
            "Prices and sums begin at 0; questions at once go from 1 to 512, names are one line."
                .into(),
        ),
    }
}

fn too_many() -> ApiError {
    ApiError {
        code: Code::Invalid,
        message: "a desk can have twenty servers".into(),
        hint: Some("Remove one that is no longer used.".into()),
    }
}

impl From<RemoteError> for ApiError {
    fn from(source: RemoteError) -> Self {
        let code = match &source {
            RemoteError::BadAddress { .. } | RemoteError::NotAllowed { .. } => Code::Invalid,
            RemoteError::Full { .. }
            | RemoteError::TooOften { .. }
            | RemoteError::TooMany { .. } => Code::Busy,
            RemoteError::Here { .. } | RemoteError::NoLedger { .. } => Code::Internal,
            RemoteError::KeyPlace { .. } => Code::Unavailable,
            _ => Code::EngineDown,
        };
        errors::with_hint(code, &source, source.hint())
    }
}
