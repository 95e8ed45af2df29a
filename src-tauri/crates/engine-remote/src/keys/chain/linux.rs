//! The Secret Service of a Linux desktop (GNOME Keyring, KWallet, KeePassXC), by its own few calls.
//!
//! Secrets go over the bus of this user as they are: it is a socket that nobody else can open.

use std::collections::HashMap;
use std::time::Duration;

use zbus::blocking::connection::Builder;
use zbus::blocking::{Connection, Proxy};
use zbus::zvariant::{ObjectPath, OwnedObjectPath, OwnedValue, Value};

use crate::keys::Keychain;

const NAME: &str = "org.freedesktop.secrets";
const ROOT: &str = "/org/freedesktop/secrets";
const SERVICE: &str = "org.freedesktop.Secret.Service";
const COLLECTION: &str = "org.freedesktop.Secret.Collection";
const ITEM: &str = "org.freedesktop.Secret.Item";
/// A service that does not answer by then waits for a person.
const PATIENCE: Duration = Duration::from_secs(5);
/// Stands for nothing in this interface.
const NOTHING: &str = "/";

/// A secret on the bus: session, parameters, bytes, kind.
type Secret<'a> = (ObjectPath<'a>, Vec<u8>, Vec<u8>, &'a str);
type OwnedSecret = (OwnedObjectPath, Vec<u8>, Vec<u8>, String);

/// The Secret Service, with its default collection open.
pub(super) struct SecretService {
    bus: Connection,
}

impl SecretService {
    /// Finds the service; fails where there is none, or it is locked.
    pub(super) fn find() -> Result<Self, String> {
        let bus = Builder::session().and_then(|builder| builder.method_timeout(PATIENCE).build());
        let service = Self { bus: bus.map_err(words)? };
        service.collection()?;
        Ok(service)
    }

    fn proxy<'a>(&self, path: ObjectPath<'a>, interface: &'a str) -> Result<Proxy<'a>, String> {
        Proxy::new(&self.bus, NAME, path, interface).map_err(words)
    }

    fn service(&self) -> Result<Proxy<'static>, String> {
        self.proxy(ObjectPath::from_static_str_unchecked(ROOT), SERVICE)
    }

    fn session(&self) -> Result<OwnedObjectPath, String> {
        let opened: (OwnedValue, OwnedObjectPath) =
            self.service()?.call("OpenSession", &("plain", Value::from(""))).map_err(words)?;
        Ok(opened.1)
    }

    /// The default collection, which must be open: opening it would show a question.
    fn collection(&self) -> Result<OwnedObjectPath, String> {
        let path: OwnedObjectPath =
            self.service()?.call("ReadAlias", &("default",)).map_err(words)?;
        if path.as_str() == NOTHING {
            return Err("it holds no collection yet".into());
        }
        let proxy = self.proxy(path.clone().into_inner(), COLLECTION)?;
        let is_locked: bool = proxy.get_property("Locked").map_err(words)?;
        if is_locked { Err("it is locked".into()) } else { Ok(path) }
    }

    fn items(&self, name: &str) -> Result<Vec<OwnedObjectPath>, String> {
        let found: (Vec<OwnedObjectPath>, Vec<OwnedObjectPath>) =
            self.service()?.call("SearchItems", &(attributes(name),)).map_err(words)?;
        match found {
            (open, locked) if open.is_empty() && !locked.is_empty() => Err("it is locked".into()),
            (open, _) => Ok(open),
        }
    }
}

impl Keychain for SecretService {
    fn keep(&self, name: &str, secret: &str) -> Result<(), String> {
        let collection = self.proxy(self.collection()?.into_inner(), COLLECTION)?;
        let session = self.session()?;
        let label = format!("Frontdesk: key of {name}");
        let properties = HashMap::from([
            ("org.freedesktop.Secret.Item.Label", Value::from(label)),
            ("org.freedesktop.Secret.Item.Attributes", Value::from(attributes(name))),
        ]);
        let secret: Secret<'_> =
            (session.into_inner(), Vec::new(), secret.as_bytes().to_vec(), "text/plain");
        let made: (OwnedObjectPath, OwnedObjectPath) =
            collection.call("CreateItem", &(properties, secret, true)).map_err(words)?;
        if made.0.as_str() == NOTHING {
            Err("it wants to ask a person first".into())
        } else {
            Ok(())
        }
    }

    fn find(&self, name: &str) -> Result<Option<String>, String> {
        let Some(item) = self.items(name)?.into_iter().next() else { return Ok(None) };
        let session = self.session()?;
        let item = self.proxy(item.into_inner(), ITEM)?;
        let secret: (OwnedSecret,) =
            item.call("GetSecret", &(session.into_inner(),)).map_err(words)?;
        String::from_utf8(secret.0.2).map(Some).map_err(|error| error.to_string())
    }

    fn forget(&self, name: &str) -> Result<(), String> {
        for item in self.items(name)? {
            let item = self.proxy(item.into_inner(), ITEM)?;
            let prompt: OwnedObjectPath = item.call("Delete", &()).map_err(words)?;
            if prompt.as_str() != NOTHING {
                return Err("it wants to ask a person first".into());
            }
        }
        Ok(())
    }
}

/// By what an item is found again.
fn attributes(name: &str) -> HashMap<&'static str, String> {
    HashMap::from([
        ("xdg:schema", "org.freedesktop.Secret.Generic".to_owned()),
        ("application", "io.frontdesk.app".to_owned()),
        ("server", name.to_owned()),
    ])
}

fn words(error: zbus::Error) -> String {
    error.to_string()
}
