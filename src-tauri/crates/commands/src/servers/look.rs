//! The servers as staff see them.

use std::sync::Arc;

use engine_remote::{Address, Standing};
use settings::{Generation, Server, ServerKey, ServerPlace};

use super::made::{Made, place};
use crate::core::Core;
use crate::wire::{EnginePlace, EngineStanding, EngineView, EnginesView, KeyPlace, LocalPlace};

impl Core {
    pub(super) fn servers_view(&self) -> EnginesView {
        let settings = self.settings();
        let made = self.servers.made();
        let next = self.first_asked().and_then(|first| {
            let is_first = |made: &&Made| {
                let engine = made.remote.as_ref().map(Arc::as_ptr);
                engine.is_ok_and(|engine| std::ptr::addr_eq(engine, Arc::as_ptr(&first)))
            };
            made.iter().find(is_first).map(|made| made.row.id.clone())
        });
        EnginesView {
            engines: made.iter().map(|made| self.server_view(made, settings.generation)).collect(),
            local: if settings.engines.local_last { LocalPlace::Last } else { LocalPlace::First },
            local_may_speak: self.local_may_speak(),
            has_keychain: self.servers.keys.has_keychain(),
            next,
        }
    }

    fn server_view(&self, made: &Made, generation: Generation) -> EngineView {
        let row = &made.row;
        let exam = self.exam_by_key(&made.exam_key());
        let passed = exam.is_some_and(|(_, passed)| passed);
        let is_proven = passed || generation == Generation::Always;
        let (standing, note) = match &made.remote {
            Err(error) => (EngineStanding::Unusable, error.to_string()),
            Ok(remote) => match remote.standing() {
                _ if !row.on => (EngineStanding::Off, remote.last_failure()),
                Standing::Spent(why) => (EngineStanding::Spent, why),
                Standing::Resting(why) => (EngineStanding::Resting, why),
                Standing::Ready if is_proven => (EngineStanding::Ready, remote.last_failure()),
                Standing::Ready => (EngineStanding::Unproven, remote.last_failure()),
            },
        };
        let spent = self.servers.ledger.spent(&row.id).unwrap_or_default();
        let address = Address::read(&row.address, place(row.place));
        EngineView {
            id: row.id.clone(),
            name: row.name.clone(),
            address: row.address.clone(),
            host: address.as_ref().map(Address::host).unwrap_or_default(),
            place: place_view(row.place),
            model: row.model.clone(),
            on: row.on,
            redacts: address.as_ref().is_ok_and(Address::leaves_the_house),
            key: key_view(row),
            requests_per_minute: row.per_minute,
            at_once: row.at_once,
            price_read: from_milli::told(row.price_read_milli),
            price_written: from_milli::told(row.price_written_milli),
            month_limit: from_milli::told(row.month_limit_milli),
            spent: spent.nano as f64 / 1e9,
            asked: u32::try_from(spent.asked).unwrap_or(u32::MAX),
            standing,
            note,
            mark: exam.map(|(mark, _)| mark),
            passed,
        }
    }
}

fn key_view(row: &Server) -> KeyPlace {
    match row.key {
        ServerKey::None => KeyPlace::None,
        ServerKey::Keychain => KeyPlace::Keychain,
        ServerKey::File => KeyPlace::File,
    }
}

fn place_view(place: ServerPlace) -> EnginePlace {
    match place {
        ServerPlace::Computer => EnginePlace::Computer,
        ServerPlace::Network => EnginePlace::Network,
        ServerPlace::Private => EnginePlace::Private,
        ServerPlace::Cloud => EnginePlace::Cloud,
    }
}

/// The place as it is saved.
pub(super) fn server_place(place: EnginePlace) -> ServerPlace {
    match place {
        EnginePlace::Computer => ServerPlace::Computer,
        EnginePlace::Network => ServerPlace::Network,
        EnginePlace::Private => ServerPlace::Private,
        EnginePlace::Cloud => ServerPlace::Cloud,
    }
}

/// Prices as people type them, and as they are saved: in thousandths.
pub(super) mod from_milli {
    /// What was typed; `None` where it is no price.
    pub(in crate::servers) fn read(units: f64) -> Option<u64> {
        let milli = (units * 1_000.0).round();
        (units.is_finite() && (0.0..1e12).contains(&milli)).then_some(milli as u64)
    }

    pub(in crate::servers) fn told(milli: u64) -> f64 {
        milli as f64 / 1_000.0
    }
}
