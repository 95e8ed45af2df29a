//! What a server offers: its list of models. Pure.

use serde_json::Value;

use crate::{Product, RemoteError};

/// Models that are read of a list.
const MOST_MODELS: usize = 1_000;
/// Models that an error names.
const MOST_NAMED: usize = 5;
/// Characters of a model's name.
const LONGEST_NAME: usize = 200;
/// The bare model of another node of this product.
const BARE: &str = "frontdesk-raw";

/// A list of models.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Offered {
    pub(crate) models: Vec<String>,
    pub(crate) product: Product,
}

/// Reads a list of models; `None` when it is none.
pub(crate) fn read(body: &[u8], host: &str) -> Option<Offered> {
    let value: Value = serde_json::from_slice(body).ok()?;
    let list = value["data"].as_array().or_else(|| value.as_array())?;
    let owner = list.first().and_then(|first| first["owned_by"].as_str()).unwrap_or_default();
    let names = list.iter().filter_map(|model| model["id"].as_str());
    // Google puts a folder before each name, in the list and nowhere else.
    let names = names.map(|name| name.strip_prefix("models/").unwrap_or(name));
    let fits = |name: &&str| {
        !name.is_empty() && name.len() <= LONGEST_NAME && !name.chars().any(char::is_control)
    };
    let models = names.filter(fits).take(MOST_MODELS).map(String::from).collect();
    Some(Offered { models, product: Product::of(owner, host) })
}

impl Offered {
    /// The model to ask: the wanted one, or the first where any will do.
    pub(crate) fn choose(&self, wanted: &str, host: &str) -> Result<String, RemoteError> {
        let has = |name: &str| self.models.iter().any(|model| model == name);
        if wanted.is_empty() && self.product == Product::Frontdesk && has(BARE) {
            return Ok(BARE.into());
        }
        let found =
            if wanted.is_empty() { self.models.first().map(String::as_str) } else { Some(wanted) };
        match found {
            // A list may be cut, or leave out what the server knows under a second name; whether
            // it has the model, the server itself says best.
            Some(model) => Ok(model.to_owned()),
            None => Err(self.no_model(wanted, host)),
        }
    }

    /// Says that the model is not there, and what is.
    pub(crate) fn no_model(&self, model: &str, host: &str) -> RemoteError {
        let mut named = self.models.iter().take(MOST_NAMED).cloned().collect::<Vec<_>>().join(", ");
        if named.is_empty() {
            named = "none that it tells".into();
        } else if self.models.len() > MOST_NAMED {
            named.push_str(" and others");
        }
        RemoteError::NoModel { host: host.into(), model: model.into(), offered: named }
    }
}

#[cfg(test)]
mod tests;
