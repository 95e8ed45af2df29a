//! Reading safetensors: a length, a JSON table of tensors, and their bytes.

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value;

use crate::bytes::Cursor;

/// One tensor; `shape` has the slowest dimension first.
#[derive(Debug, PartialEq)]
pub struct Tensor<'a> {
    pub name: String,
    pub shape: Vec<u64>,
    pub bytes: &'a [u8],
}

/// All tensors, sorted by name. Only F32 is understood.
///
/// Fails when the table is cut, lies about its length, or names bytes that are not there.
pub fn read_tensors(file: &[u8]) -> Result<Vec<Tensor<'_>>> {
    let mut at = Cursor::new(file);
    let table = at.long_text().context("the table of tensors is cut")?;
    let data = &file[at.position()..];
    let table: Value = serde_json::from_slice(table).context("the table of tensors")?;
    let table = table.as_object().context("the table of tensors is not an object")?;
    let mut tensors = table
        .iter()
        .filter(|(name, _)| *name != "__metadata__")
        .filter(|(_, about)| about["dtype"] != "I64")
        .map(|(name, about)| {
            read_tensor(name, about, data).with_context(|| format!("tensor {name}"))
        })
        .collect::<Result<Vec<_>>>()?;
    tensors.sort_by(|a, b| a.name.cmp(&b.name));
    Ok(tensors)
}

fn read_tensor<'a>(name: &str, about: &Value, data: &'a [u8]) -> Result<Tensor<'a>> {
    if about["dtype"] != "F32" {
        bail!("numbers of type {} are not understood", about["dtype"]);
    }
    let shape = numbers(&about["shape"]).context("shape")?;
    let [from, to] = numbers(&about["data_offsets"])?[..] else { bail!("two offsets expected") };
    let bytes = data.get(from as usize..to as usize).context("its bytes lie outside the file")?;
    let count = shape.iter().try_fold(4u64, |all, side| all.checked_mul(*side));
    ensure!(count == Some(bytes.len() as u64), "{} bytes for shape {shape:?}", bytes.len());
    Ok(Tensor { name: name.into(), shape, bytes })
}

fn numbers(value: &Value) -> Result<Vec<u64>> {
    let list = value.as_array().context("a list of numbers is missing")?;
    list.iter().map(|number| number.as_u64().context("not a whole number")).collect()
}

#[cfg(test)]
mod tests;
