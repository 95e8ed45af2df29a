//! The vocabulary: tokens that are told apart, lists that match them, and the special tokens that
//! a tokenizer takes for granted.

use std::hash::{BuildHasher, RandomState};

use crate::Refusal;
use crate::keys::Keys;
use crate::value::Kind;

/// The texts of the tokens.
pub(crate) const TOKENS_KEY: &str = "tokenizer.ggml.tokens";

/// Tokens of a vocabulary; the largest have a quarter of it.
pub(crate) const TOKEN_LIMIT: u64 = 1_000_000;

/// A special token that the file says it does not have.
const NONE: u32 = u32::MAX;

const BOS: &str = "tokenizer.ggml.bos_token_id";
const EOS: &str = "tokenizer.ggml.eos_token_id";
const SEPARATOR: &str = "tokenizer.ggml.seperator_token_id";
const MERGES: &str = "tokenizer.ggml.merges";

/// Keys that name a token.
const TOKEN_IDS: &[&str] = &[
    BOS,
    EOS,
    SEPARATOR,
    "tokenizer.ggml.cls_token_id",
    "tokenizer.ggml.eom_token_id",
    "tokenizer.ggml.eot_token_id",
    "tokenizer.ggml.fim_mid_token_id",
    "tokenizer.ggml.fim_pad_token_id",
    "tokenizer.ggml.fim_pre_token_id",
    "tokenizer.ggml.fim_rep_token_id",
    "tokenizer.ggml.fim_sep_token_id",
    "tokenizer.ggml.fim_suf_token_id",
    "tokenizer.ggml.mask_token_id",
    "tokenizer.ggml.middle_token_id",
    "tokenizer.ggml.padding_token_id",
    "tokenizer.ggml.prefix_token_id",
    "tokenizer.ggml.suffix_token_id",
    "tokenizer.ggml.unknown_token_id",
];

const FLAGS: &[&str] = &[
    "tokenizer.ggml.add_bos_token",
    "tokenizer.ggml.add_eos_token",
    "tokenizer.ggml.add_sep_token",
    "tokenizer.ggml.add_space_prefix",
    "tokenizer.ggml.normalizer.lowercase",
    "tokenizer.ggml.normalizer.strip_accents",
    "tokenizer.ggml.remove_extra_whitespaces",
];

const TEXTS: &[&str] = &[
    "general.name",
    "tokenizer.chat_template",
    "tokenizer.ggml.pre",
    "tokenizer.huggingface.json",
];

/// What a tokenizer puts around a text unless told otherwise, and with which token if the file
/// names none. Some insist on a beginning, whatever they are told.
struct Tokenizer {
    name: &'static str,
    begins: bool,
    insists: bool,
    bos: u32,
    ends: bool,
    eos: u32,
    separates: bool,
    has_merges: bool,
    has_bytes: bool,
}

/// The tokenizers of the architectures that are let through.
const TOKENIZERS: &[Tokenizer] = &[
    Tokenizer { begins: true, bos: 1, eos: 2, has_bytes: true, ..plain("llama") },
    Tokenizer { begins: true, bos: 11, eos: 11, has_merges: true, ..plain("gpt2") },
    Tokenizer { insists: true, bos: 101, separates: true, ..plain("bert") },
    Tokenizer { ends: true, eos: 1, ..plain("t5") },
    Tokenizer { insists: true, has_merges: true, ..plain("gemma4") },
];

const fn plain(name: &'static str) -> Tokenizer {
    Tokenizer {
        name,
        begins: false,
        insists: false,
        bos: NONE,
        ends: false,
        eos: NONE,
        separates: false,
        has_merges: false,
        has_bytes: false,
    }
}

/// What is remembered of the tokens while they are read: enough to find two that are equal, and
/// which bytes have one. The texts themselves are not kept.
#[derive(Default)]
pub(crate) struct Tokens {
    hasher: RandomState,
    hashes: Vec<u64>,
    bytes: ByteSet,
}

/// A yes or no for each byte.
struct ByteSet([bool; 256]);

impl Default for ByteSet {
    fn default() -> ByteSet {
        ByteSet([false; 256])
    }
}

impl Tokens {
    /// Takes note of a token. llama.cpp reads its text up to the first zero byte and gives a name
    /// to an empty one.
    pub(crate) fn see(&mut self, index: u32, text: &[u8]) {
        let text = text.split(|&byte| byte == 0).next().unwrap_or_default();
        let hash = if text.is_empty() {
            self.hasher.hash_one(format!("[EMPTY_{index}]").as_bytes())
        } else {
            self.hasher.hash_one(text)
        };
        self.hashes.push(hash);
        match text {
            &[byte] => self.bytes.0[usize::from(byte)] = true,
            [b'<', b'0', b'x', high, low, b'>'] => {
                if let (Some(high), Some(low)) = (hexadecimal(*high), hexadecimal(*low)) {
                    self.bytes.0[usize::from(high << 4 | low)] = true;
                }
            }
            _ => {}
        }
    }

    /// Two tokens with the same text.
    fn find_equal(&self) -> Option<(usize, usize)> {
        let mut sorted = self.hashes.clone();
        sorted.sort_unstable();
        let equal = sorted.windows(2).find(|pair| pair[0] == pair[1])?[0];
        let mut places = (0..self.hashes.len()).filter(|&at| self.hashes[at] == equal);
        places.next().zip(places.next())
    }

    /// A byte that no token stands for.
    fn find_missing_byte(&self) -> Option<u8> {
        // Texts have no zero byte.
        (1..=u8::MAX).find(|&byte| !self.bytes.0[usize::from(byte)])
    }
}

/// llama.cpp looks for capital letters only.
fn hexadecimal(digit: u8) -> Option<u8> {
    match digit {
        b'0'..=b'9' => Some(digit - b'0'),
        b'A'..=b'F' => Some(digit - b'A' + 10),
        _ => None,
    }
}

/// Fails on a vocabulary that llama.cpp could not load, or with which it could not read every text.
pub(crate) fn check(keys: &Keys) -> Result<(), Refusal> {
    for key in TEXTS {
        keys.text(key)?;
    }
    for key in FLAGS {
        keys.flag(key)?;
    }
    let tokenizer = find_tokenizer(keys)?;
    let count = check_tokens(keys)?;
    check_lists(keys, count)?;
    for key in TOKEN_IDS {
        special(keys, key, NONE, count)?;
    }
    keys.whole("tokenizer.ggml.token_type_count", 1..=1 << 16)?;
    check_frame(keys, tokenizer, count)?;
    if tokenizer.has_merges && keys.list(MERGES, &[Kind::Text])?.is_none() {
        return Err(Refusal::key(MERGES, "is missing"));
    }
    // An unknown character is written as its bytes, and llama.cpp counts on a token for each.
    if tokenizer.has_bytes
        && let Some(byte) = keys.tokens().find_missing_byte()
    {
        return Err(Refusal::key(TOKENS_KEY, format!("has no token for the byte <0x{byte:02X}>")));
    }
    Ok(())
}

fn find_tokenizer(keys: &Keys) -> Result<&'static Tokenizer, Refusal> {
    const KEY: &str = "tokenizer.ggml.model";
    let Some(name) = keys.text(KEY)? else { return Err(Refusal::key(KEY, "is missing")) };
    TOKENIZERS.iter().find(|known| known.name == name).ok_or_else(|| {
        let name = crate::printable(name.as_bytes());
        Refusal::key(KEY, format!("is `{name}`, which this program does not run"))
    })
}

fn check_tokens(keys: &Keys) -> Result<u32, Refusal> {
    let Some(list) = keys.list(TOKENS_KEY, &[Kind::Text])? else {
        return Err(Refusal::key(TOKENS_KEY, "is missing"));
    };
    if list.count == 0 {
        return Err(Refusal::key(TOKENS_KEY, "is empty"));
    }
    match keys.tokens().find_equal() {
        Some((one, other)) => {
            Err(Refusal::key(TOKENS_KEY, format!("has the same text for tokens {one} and {other}")))
        }
        None => Ok(list.count as u32),
    }
}

fn check_lists(keys: &Keys, count: u32) -> Result<(), Refusal> {
    for (key, kinds) in [
        ("tokenizer.ggml.scores", &[Kind::F32, Kind::I32][..]),
        ("tokenizer.ggml.token_type", &[Kind::I32]),
    ] {
        if let Some(list) = keys.list(key, kinds)?
            && list.count != u64::from(count)
        {
            let problem = format!("has {} elements for {count} tokens", list.count);
            return Err(Refusal::key(key, problem));
        }
    }
    keys.list(MERGES, &[Kind::Text])?;
    keys.list("tokenizer.ggml.suppress_tokens", &[Kind::I32])?;
    keys.list("tokenizer.ggml.precompiled_charsmap", &[Kind::I8, Kind::U8])?;
    Ok(())
}

/// A special token: the one that the file names, else the default, if there is such a token.
fn special(keys: &Keys, key: &str, default: u32, count: u32) -> Result<Option<u32>, Refusal> {
    match keys.whole(key, 0..=u32::MAX)? {
        None | Some(NONE) => Ok((default < count).then_some(default)),
        Some(id) if id < count => Ok(Some(id)),
        Some(id) => {
            let last = count - 1;
            Err(Refusal::key(key, format!("is {id}, the last token is {last}")))
        }
    }
}

/// What goes around every text must exist. llama.cpp asks at the first text and ends the process.
fn check_frame(keys: &Keys, tokenizer: &Tokenizer, count: u32) -> Result<(), Refusal> {
    let begins = keys.flag("tokenizer.ggml.add_bos_token")?.unwrap_or(tokenizer.begins);
    let ends = keys.flag("tokenizer.ggml.add_eos_token")?.unwrap_or(tokenizer.ends);
    for (needed, key, default) in [
        (begins || tokenizer.insists, BOS, tokenizer.bos),
        (ends, EOS, tokenizer.eos),
        (tokenizer.separates, SEPARATOR, 102),
    ] {
        if needed && special(keys, key, default, count)?.is_none() {
            return Err(Refusal::key(key, "is missing, and every text needs it"));
        }
    }
    Ok(())
}
