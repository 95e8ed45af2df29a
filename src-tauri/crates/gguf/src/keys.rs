//! All keys of a header, and questions about them that refuse a value of the wrong kind.
//!
//! llama.cpp takes a value only as the kind that it expects, and some of its calls end the process
//! on another one.

use std::collections::HashMap;
use std::io::Read;
use std::ops::RangeInclusive;

use crate::Refusal;
use crate::list::List;
use crate::reader::Reader;
use crate::value::{Kind, Number, Value};
use crate::vocabulary::Tokens;

/// Bytes of a key's name.
const NAME_LIMIT_BYTES: u64 = 64 << 10;

/// The keys of a file and their values.
pub(crate) struct Keys {
    values: HashMap<String, Value>,
    tokens: Tokens,
}

impl Keys {
    pub(crate) fn read(reader: &mut Reader<impl Read>, count: u64) -> Result<Keys, Refusal> {
        let mut keys = Keys { values: HashMap::new(), tokens: Tokens::default() };
        for index in 0..count {
            reader.enter(format!("the name of key {}", index + 1));
            let key = read_name(reader)?;
            reader.enter(format!("the key `{}`", crate::printable(key.as_bytes())));
            if keys.values.contains_key(&key) {
                return Err(Refusal::key(&key, "is there twice"));
            }
            let value = Value::read(&key, reader, &mut keys.tokens)?;
            keys.values.insert(key, value);
        }
        Ok(keys)
    }

    /// What was seen of the vocabulary's tokens.
    pub(crate) fn tokens(&self) -> &Tokens {
        &self.tokens
    }

    /// A short text.
    pub(crate) fn text(&self, key: &str) -> Result<Option<&str>, Refusal> {
        match self.values.get(key) {
            None => Ok(None),
            Some(Value::Text(text)) => Ok(Some(text)),
            Some(other) => Err(wrong_kind(key, other, Kind::Text.words())),
        }
    }

    /// A whole number as llama.cpp takes them, within bounds.
    pub(crate) fn whole(
        &self,
        key: &str,
        bounds: RangeInclusive<u32>,
    ) -> Result<Option<u32>, Refusal> {
        match self.values.get(key) {
            None => Ok(None),
            Some(&Value::Number(Kind::U32, Number::Whole(whole))) => {
                within(key, whole, &bounds).map(Some)
            }
            Some(other) => Err(wrong_kind(key, other, Kind::U32.words())),
        }
    }

    /// The same for a number that must be there.
    pub(crate) fn required(&self, key: &str, bounds: RangeInclusive<u32>) -> Result<u32, Refusal> {
        self.whole(key, bounds)?.ok_or_else(|| Refusal::key(key, "is missing"))
    }

    /// One whole number for all layers, or a list with one for each.
    pub(crate) fn layered(
        &self,
        key: &str,
        bounds: RangeInclusive<u32>,
        layers: u32,
    ) -> Result<Option<Vec<u32>>, Refusal> {
        let Some(Value::List(_)) = self.values.get(key) else {
            let whole = self.whole(key, bounds)?;
            return Ok(whole.map(|whole| vec![whole; layers as usize]));
        };
        let in_a_list = 0..=*bounds.end();
        self.wholes(key, &[Kind::U32, Kind::I32, Kind::Bool], in_a_list, u64::from(layers))
    }

    /// A list of exactly `count` whole numbers within bounds.
    pub(crate) fn wholes(
        &self,
        key: &str,
        kinds: &[Kind],
        bounds: RangeInclusive<u32>,
        count: u64,
    ) -> Result<Option<Vec<u32>>, Refusal> {
        let Some(list) = self.list(key, kinds)? else { return Ok(None) };
        if list.count != count {
            return Err(Refusal::key(
                key,
                format!("has {} elements, it must have {count}", list.count),
            ));
        }
        list.wholes
            .iter()
            .map(|&whole| within(key, whole, &bounds))
            .collect::<Result<_, _>>()
            .map(Some)
    }

    /// A list whose elements are of one of these kinds.
    pub(crate) fn list(&self, key: &str, kinds: &[Kind]) -> Result<Option<&List>, Refusal> {
        match self.values.get(key) {
            None => Ok(None),
            Some(Value::List(list)) if kinds.contains(&list.kind) => Ok(Some(list)),
            Some(Value::List(list)) => Err(Refusal::key(
                key,
                format!(
                    "is a list where each is {}, each must be {}",
                    list.kind.words(),
                    kinds[0].words()
                ),
            )),
            Some(other) => Err(wrong_kind(key, other, Kind::List.words())),
        }
    }

    /// The elements of a list; 0 for what is none.
    pub(crate) fn count(&self, key: &str) -> u32 {
        match self.values.get(key) {
            Some(Value::List(list)) => u32::try_from(list.count).unwrap_or(u32::MAX),
            Some(_) | None => 0,
        }
    }

    /// Whether the value is a list of any kind.
    pub(crate) fn is_list(&self, key: &str) -> bool {
        matches!(self.values.get(key), Some(Value::List(_)))
    }

    /// A fraction as llama.cpp takes them.
    pub(crate) fn fraction(&self, key: &str) -> Result<Option<f64>, Refusal> {
        match self.values.get(key) {
            None => Ok(None),
            Some(&Value::Number(Kind::F32, Number::Fraction(fraction))) => Ok(Some(fraction)),
            Some(other) => Err(wrong_kind(key, other, Kind::F32.words())),
        }
    }

    /// A yes or no.
    pub(crate) fn flag(&self, key: &str) -> Result<Option<bool>, Refusal> {
        match self.values.get(key) {
            None => Ok(None),
            Some(&Value::Number(Kind::Bool, Number::Whole(whole))) => Ok(Some(whole == 1)),
            Some(other) => Err(wrong_kind(key, other, Kind::Bool.words())),
        }
    }

    /// A 16-bit number: only the parts of a split model are counted so.
    pub(crate) fn part(&self, key: &str) -> Result<Option<i128>, Refusal> {
        match self.values.get(key) {
            None => Ok(None),
            Some(&Value::Number(Kind::U16, Number::Whole(whole))) => Ok(Some(whole)),
            Some(other) => Err(wrong_kind(key, other, Kind::U16.words())),
        }
    }
}

fn read_name(reader: &mut Reader<impl Read>) -> Result<String, Refusal> {
    let mut name = Vec::new();
    reader.text(NAME_LIMIT_BYTES, &mut name)?;
    let name = String::from_utf8(name)
        .map_err(|error| Refusal::key(&String::from_utf8_lossy(error.as_bytes()), "is no text"))?;
    if name.is_empty() {
        return Err(Refusal::key("", "is empty"));
    }
    if name.chars().any(char::is_control) {
        return Err(Refusal::key(&name, "has characters that cannot be printed"));
    }
    Ok(name)
}

fn within(key: &str, whole: i128, bounds: &RangeInclusive<u32>) -> Result<u32, Refusal> {
    let fits = u32::try_from(whole).ok().filter(|whole| bounds.contains(whole));
    fits.ok_or_else(|| {
        let (low, high) = (bounds.start(), bounds.end());
        Refusal::key(key, format!("is {whole}, it must be {low} to {high}"))
    })
}

fn wrong_kind(key: &str, is: &Value, must: &str) -> Refusal {
    Refusal::key(key, format!("is {}, it must be {must}", is.words()))
}
