//! A list of the header: read through, with only short lists of whole numbers kept.

use std::io::Read;

use crate::Refusal;
use crate::reader::Reader;
use crate::value::{Kind, Number, TEXT_LIMIT_BYTES, check_number, number};
use crate::vocabulary::{TOKEN_LIMIT, TOKENS_KEY, Tokens};

/// Elements of any list; the merges of the largest vocabularies are a quarter of it.
const ELEMENT_LIMIT: u64 = 2_000_000;

/// Lists with one number a layer are kept, and no model has more layers.
const KEPT: u64 = 512;

/// A list that was read.
#[derive(Debug)]
pub(crate) struct List {
    /// What its elements are.
    pub(crate) kind: Kind,
    /// How many there are.
    pub(crate) count: u64,
    /// The elements, of a list of whole numbers that has at most as many as a model has layers.
    pub(crate) wholes: Vec<i128>,
}

impl List {
    pub(crate) fn read(
        key: &str,
        reader: &mut Reader<impl Read>,
        tokens: &mut Tokens,
    ) -> Result<List, Refusal> {
        let kind = Kind::read(key, reader)?;
        let count = reader.u64()?;
        let limit = if key == TOKENS_KEY { TOKEN_LIMIT } else { ELEMENT_LIMIT };
        if count > limit {
            return Err(reader.too_many("elements", count, limit));
        }
        let mut list = List { kind, count, wholes: Vec::new() };
        match kind {
            Kind::List => return Err(Refusal::key(key, "is a list of lists")),
            Kind::Text => {
                let mut text = Vec::new();
                for index in 0..count {
                    reader.text(TEXT_LIMIT_BYTES, &mut text)?;
                    if key == TOKENS_KEY {
                        tokens.see(index as u32, &text);
                    }
                }
            }
            _ => {
                let wholes = &mut list.wholes;
                // Any whole number is fine in a list that is not kept.
                let is_read = count <= KEPT || matches!(kind, Kind::F32 | Kind::F64 | Kind::Bool);
                reader.elements(count, kind.bytes(), |group| {
                    let read = if is_read { group } else { &[] };
                    for bytes in read.chunks_exact(kind.bytes()) {
                        let Some(number) = number(kind, bytes) else { continue };
                        check_number(key, kind, number)?;
                        if let Number::Whole(whole) = number
                            && count <= KEPT
                        {
                            wholes.push(whole);
                        }
                    }
                    Ok(())
                })?;
            }
        }
        Ok(list)
    }
}
