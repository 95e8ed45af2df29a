//! The value of one key: its kind as the file states it, and what later checks need of it.

use std::io::Read;

use crate::Refusal;
use crate::list::List;
use crate::reader::Reader;
use crate::vocabulary::Tokens;

/// Bytes of any text in a file; a chat template has some ten thousand.
pub(crate) const TEXT_LIMIT_BYTES: u64 = 16 << 20;

/// Texts are kept so far; the ones that are compared are short.
const TEXT_KEPT_BYTES: usize = 128;

/// What a value is stored as.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kind {
    U8,
    I8,
    U16,
    I16,
    U32,
    I32,
    F32,
    Bool,
    Text,
    List,
    U64,
    I64,
    F64,
}

impl Kind {
    /// Reads a kind's number. The refusal names the key.
    pub(crate) fn read(key: &str, reader: &mut Reader<impl Read>) -> Result<Kind, Refusal> {
        Ok(match reader.u32()? {
            0 => Kind::U8,
            1 => Kind::I8,
            2 => Kind::U16,
            3 => Kind::I16,
            4 => Kind::U32,
            5 => Kind::I32,
            6 => Kind::F32,
            7 => Kind::Bool,
            8 => Kind::Text,
            9 => Kind::List,
            10 => Kind::U64,
            11 => Kind::I64,
            12 => Kind::F64,
            number => {
                return Err(Refusal::key(key, format!("has kind {number}, which is not known")));
            }
        })
    }

    /// Bytes of one element; 0 where they differ.
    pub(crate) fn bytes(self) -> usize {
        match self {
            Kind::U8 | Kind::I8 | Kind::Bool => 1,
            Kind::U16 | Kind::I16 => 2,
            Kind::U32 | Kind::I32 | Kind::F32 => 4,
            Kind::U64 | Kind::I64 | Kind::F64 => 8,
            Kind::Text | Kind::List => 0,
        }
    }

    /// What it is called in a sentence.
    pub(crate) fn words(self) -> &'static str {
        match self {
            Kind::U8 => "an 8-bit number",
            Kind::I8 => "a signed 8-bit number",
            Kind::U16 => "a 16-bit number",
            Kind::I16 => "a signed 16-bit number",
            Kind::U32 => "a 32-bit whole number",
            Kind::I32 => "a signed 32-bit whole number",
            Kind::F32 => "a 32-bit fraction",
            Kind::Bool => "yes or no",
            Kind::Text => "text",
            Kind::List => "a list",
            Kind::U64 => "a 64-bit whole number",
            Kind::I64 => "a signed 64-bit whole number",
            Kind::F64 => "a 64-bit fraction",
        }
    }
}

/// A number as its bytes say it.
#[derive(Clone, Copy, Debug, PartialEq)]
pub(crate) enum Number {
    Whole(i128),
    Fraction(f64),
}

/// One element of a list, or a value of its own. `None` for kinds that are no numbers.
pub(crate) fn number(kind: Kind, bytes: &[u8]) -> Option<Number> {
    let mut wide = [0; 8];
    wide[..bytes.len()].copy_from_slice(bytes);
    let unsigned = u64::from_le_bytes(wide);
    Some(match kind {
        Kind::U8 | Kind::U16 | Kind::U32 | Kind::U64 | Kind::Bool => Number::Whole(unsigned.into()),
        Kind::I8 => Number::Whole((unsigned as i8).into()),
        Kind::I16 => Number::Whole((unsigned as i16).into()),
        Kind::I32 => Number::Whole((unsigned as i32).into()),
        Kind::I64 => Number::Whole((unsigned as i64).into()),
        Kind::F32 => Number::Fraction(f32::from_bits(unsigned as u32).into()),
        Kind::F64 => Number::Fraction(f64::from_bits(unsigned)),
        Kind::Text | Kind::List => return None,
    })
}

/// Fails on numbers that no model has: what is not finite, and a yes-or-no that is neither.
pub(crate) fn check_number(key: &str, kind: Kind, number: Number) -> Result<(), Refusal> {
    match number {
        Number::Fraction(fraction) if !fraction.is_finite() => {
            Err(Refusal::key(key, format!("is {fraction}, which is not a finite number")))
        }
        Number::Whole(whole) if kind == Kind::Bool && whole > 1 => {
            Err(Refusal::key(key, format!("is {whole}, it must be 0 for no or 1 for yes")))
        }
        Number::Whole(_) | Number::Fraction(_) => Ok(()),
    }
}

/// A key's value, as far as it is needed.
#[derive(Debug)]
pub(crate) enum Value {
    Number(Kind, Number),
    /// The beginning of a text.
    Text(String),
    List(List),
}

impl Value {
    /// Reads a value and, where it is the vocabulary, shows each token to `tokens`.
    pub(crate) fn read(
        key: &str,
        reader: &mut Reader<impl Read>,
        tokens: &mut Tokens,
    ) -> Result<Value, Refusal> {
        let kind = Kind::read(key, reader)?;
        match kind {
            Kind::Text => {
                let mut text = Vec::new();
                reader.text(TEXT_LIMIT_BYTES, &mut text)?;
                text.truncate(TEXT_KEPT_BYTES);
                Ok(Value::Text(String::from_utf8_lossy(&text).into_owned()))
            }
            Kind::List => List::read(key, reader, tokens).map(Value::List),
            _ => {
                let wide: [u8; 8] = match kind.bytes() {
                    1 => widen(reader.bytes::<1>()?),
                    2 => widen(reader.bytes::<2>()?),
                    4 => widen(reader.bytes::<4>()?),
                    _ => reader.bytes()?,
                };
                let number = number(kind, &wide[..kind.bytes()]).expect("texts and lists are done");
                check_number(key, kind, number)?;
                Ok(Value::Number(kind, number))
            }
        }
    }

    /// What it is called in a sentence.
    pub(crate) fn words(&self) -> &'static str {
        match self {
            Value::Number(kind, _) => kind.words(),
            Value::Text(_) => Kind::Text.words(),
            Value::List(_) => Kind::List.words(),
        }
    }
}

fn widen<const COUNT: usize>(bytes: [u8; COUNT]) -> [u8; 8] {
    let mut wide = [0; 8];
    wide[..COUNT].copy_from_slice(&bytes);
    wide
}
