//! The tensors: what each is called, its shape, and where in the file its numbers are.

use std::collections::HashSet;
use std::io::Read;
use std::ops::RangeInclusive;

use crate::keys::Keys;
use crate::reader::Reader;
use crate::weight::Weight;
use crate::{Refusal, printable};

/// ggml keeps a name in 64 bytes with a zero at the end.
const NAME_LIMIT_BYTES: u64 = 63;

/// Dimensions of a tensor.
const DIMENSIONS: RangeInclusive<u32> = 1..=4;

/// Numbers in one dimension.
const DIMENSION_LIMIT: u64 = 1 << 31;

/// Where the numbers of tensors begin, unless the file says otherwise.
const ALIGNMENT: u32 = 32;

/// Ends of the names of small tensors that are only computed with as 32-bit fractions.
const NEVER_PACKED: &[&str] = &[
    "_norm.weight",
    ".bias",
    ".shortconv.conv.weight",
    ".ssm_a",
    ".ssm_conv1d.weight",
    ".ssm_d",
    "token_types.weight",
];

/// At multiples of how many bytes tensors begin. Fails on files that are no whole model, too.
pub(crate) fn alignment(keys: &Keys) -> Result<u64, Refusal> {
    const KEY: &str = "general.alignment";
    check_is_whole_model(keys)?;
    let alignment = keys.whole(KEY, 8..=1 << 16)?.unwrap_or(ALIGNMENT);
    if alignment.is_power_of_two() {
        Ok(alignment.into())
    } else {
        Err(Refusal::key(KEY, format!("is {alignment}, it must be a power of two")))
    }
}

fn check_is_whole_model(keys: &Keys) -> Result<(), Refusal> {
    match keys.text("general.type")? {
        None | Some("model") => {}
        Some(other) => {
            let problem = format!("is `{}`, it must be `model`", printable(other.as_bytes()));
            return Err(Refusal::key("general.type", problem));
        }
    }
    keys.whole("general.file_type", 0..=u32::MAX)?;
    keys.whole("general.quantization_version", 0..=u32::MAX)?;
    // llama.cpp would open the other parts, which nobody has looked at.
    keys.part("split.no")?;
    match keys.part("split.count")? {
        None | Some(0 | 1) => Ok(()),
        Some(parts) => {
            let problem = format!("is {parts}: the file is one part of a model, join them first");
            Err(Refusal::key("split.count", problem))
        }
    }
}

/// A tensor's entry in the header.
pub(crate) struct Tensor {
    /// Its name.
    pub(crate) name: String,
    /// How its numbers are stored.
    weight: &'static Weight,
    /// Numbers in it.
    pub(crate) numbers: u64,
    /// Bytes they take.
    pub(crate) bytes: u64,
    offset: u64,
}

/// Reads all entries and fails unless the numbers of each follow those of the one before, within
/// the file.
pub(crate) fn check(
    reader: &mut Reader<impl Read>,
    count: u64,
    alignment: u64,
) -> Result<Vec<Tensor>, Refusal> {
    if count == 0 {
        return Err(Refusal::NoTensors);
    }
    let mut names = HashSet::new();
    let mut tensors = Vec::new();
    for index in 0..count {
        reader.enter(format!("the entry of tensor {}", index + 1));
        let tensor = read_entry(reader)?;
        if !names.insert(tensor.name.clone()) {
            return Err(Refusal::tensor(&tensor.name, "is there twice"));
        }
        tensors.push(tensor);
    }
    let start = reader.position().next_multiple_of(alignment);
    check_places(&tensors, start, reader.file_bytes(), alignment)?;
    Ok(tensors)
}

fn read_entry(reader: &mut Reader<impl Read>) -> Result<Tensor, Refusal> {
    let name = read_name(reader)?;
    reader.enter(format!("the entry of tensor `{name}`"));
    let dimensions = reader.u32()?;
    if !DIMENSIONS.contains(&dimensions) {
        let problem = format!("has {dimensions} dimensions, it must have 1 to 4");
        return Err(Refusal::tensor(&name, problem));
    }
    let mut row = 1;
    let mut rows = 1u64;
    for dimension in 0..dimensions {
        let length = reader.u64()?;
        if !(1..=DIMENSION_LIMIT).contains(&length) {
            let problem = format!("has {length} numbers in a dimension, it must have 1 to 2^31");
            return Err(Refusal::tensor(&name, problem));
        }
        if dimension == 0 {
            row = length;
        } else {
            rows = rows.checked_mul(length).ok_or_else(|| too_large(&name))?;
        }
    }
    let number = reader.u32()?;
    let Some(weight) = Weight::find(number) else {
        let problem = format!("is stored in way {number}, which weights are not");
        return Err(Refusal::tensor(&name, problem));
    };
    if row % weight.block != 0 {
        let problem =
            format!("has rows of {row} numbers, {} stores {} together", weight.name, weight.block);
        return Err(Refusal::tensor(&name, problem));
    }
    let is_small = dimensions == 1 || NEVER_PACKED.iter().any(|end| name.ends_with(end));
    if is_small && !weight.is_f32() {
        let problem = format!("is stored as {}, it must be F32", weight.name);
        return Err(Refusal::tensor(&name, problem));
    }
    let row_bytes = row / weight.block * weight.block_bytes;
    let bytes = row_bytes.checked_mul(rows).filter(|&bytes| bytes <= i64::MAX as u64);
    let bytes = bytes.ok_or_else(|| too_large(&name))?;
    // No more numbers than a few to each byte.
    let numbers = row.saturating_mul(rows);
    Ok(Tensor { name, weight, numbers, bytes, offset: reader.u64()? })
}

fn read_name(reader: &mut Reader<impl Read>) -> Result<String, Refusal> {
    let mut name = Vec::new();
    reader.text(NAME_LIMIT_BYTES, &mut name)?;
    match String::from_utf8(name) {
        Ok(name) if !name.is_empty() && !name.chars().any(char::is_control) => Ok(name),
        Ok(name) => Err(Refusal::tensor(&name, "has no name that can be printed")),
        Err(error) => {
            let name = String::from_utf8_lossy(error.as_bytes()).into_owned();
            Err(Refusal::tensor(&name, "has no name that can be printed"))
        }
    }
}

fn too_large(name: &str) -> Refusal {
    Refusal::tensor(name, "is larger than any file")
}

/// llama.cpp takes only files without gaps, so no two tensors can share bytes either.
fn check_places(
    tensors: &[Tensor],
    start: u64,
    file_bytes: u64,
    alignment: u64,
) -> Result<(), Refusal> {
    let mut expected = 0u64;
    for tensor in tensors {
        let Tensor { name, weight, bytes, offset, .. } = tensor;
        if offset % alignment != 0 {
            let problem = format!("begins at byte {offset}, which is no multiple of {alignment}");
            return Err(Refusal::tensor(name, problem));
        }
        if *offset != expected {
            let problem = format!("begins at byte {offset}, the one before it ends at {expected}");
            return Err(Refusal::tensor(name, problem));
        }
        let end = start.checked_add(*offset).and_then(|from| from.checked_add(*bytes));
        if end.is_none_or(|end| end > file_bytes) {
            let place = format!("the {} weights of tensor `{name}`", weight.name);
            return Err(Refusal::Ends { place });
        }
        // What ends within a file is far from the largest number.
        expected = (offset + bytes).next_multiple_of(alignment);
    }
    Ok(())
}
