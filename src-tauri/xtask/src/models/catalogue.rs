//! What xtask needs from `models/catalog.json`. The program's own reader, with all its checks, is
//! the crate `catalog`; xtask depends on none of ours, so that it compiles in seconds.

use std::fs;
use std::path::Path;

use anyhow::{Context, Result};
use serde_json::Value;

/// One model.
#[derive(Clone, Debug)]
pub struct Entry {
    pub id: String,
    pub name: String,
    pub licence: String,
    pub file: String,
    pub sha256: String,
    pub converted: bool,
    pub conversion: Option<Conversion>,
    pub package: String,
    pub version: String,
    pub wheel_sha256: String,
    pub member: String,
}

/// How llama.cpp's quantizer makes the model's file from the package's, which is GGUF already.
#[derive(Clone, Debug)]
pub struct Conversion {
    pub member_sha256: String,
    pub kind: String,
    pub search: bool,
    /// Parts of tensors' names, each with the type of these tensors.
    pub tensors: Vec<(String, String)>,
}

/// Every model of the catalogue that a package carries; the others are downloaded when staff ask.
pub fn read(root: &Path) -> Result<Vec<Entry>> {
    let path = root.join("models/catalog.json");
    let text = fs::read_to_string(&path).with_context(|| path.display().to_string())?;
    let document: Value = serde_json::from_str(&text).context("models/catalog.json")?;
    let models = document["models"].as_array().context("models/catalog.json has no models")?;
    models.iter().filter(|model| model.get("from").is_some()).map(read_entry).collect()
}

fn read_entry(model: &Value) -> Result<Entry> {
    let id = model["id"].as_str().context("a model without an id")?;
    let text = |pointer: &str| -> Result<String> {
        let value = model.pointer(pointer).and_then(Value::as_str);
        Ok(value.with_context(|| format!("model {id}: no {pointer}"))?.to_string())
    };
    Ok(Entry {
        id: id.into(),
        name: text("/name")?,
        licence: text("/licence")?,
        file: text("/file")?,
        sha256: text("/sha256")?,
        converted: model["converted"] == true,
        conversion: model.get("conversion").map(read_conversion).transpose()?,
        package: text("/from/package")?,
        version: text("/from/version")?,
        wheel_sha256: text("/from/wheel_sha256")?,
        member: text("/from/member")?,
    })
}

fn read_conversion(value: &Value) -> Result<Conversion> {
    let text = |key: &str| -> Result<String> {
        Ok(value[key].as_str().with_context(|| format!("conversion: no {key}"))?.to_string())
    };
    let tensors = value["tensors"].as_object().context("conversion: no tensors")?;
    let tensors = tensors.iter().map(|(name, kind)| {
        let kind = kind.as_str().with_context(|| format!("conversion: the type of {name}"))?;
        Ok((name.clone(), kind.to_string()))
    });
    Ok(Conversion {
        member_sha256: text("member_sha256")?,
        kind: text("type")?,
        search: value["search"] == true,
        tensors: tensors.collect::<Result<_>>()?,
    })
}
