//! Model files with one field changed, or cut short: the program says why it does not take them,
//! or takes them, and never dies of them.

use std::fs::{File, OpenOptions};
use std::io::{Read, Seek, SeekFrom, Write};
use std::path::{Path, PathBuf};
use std::time::Duration;

use engine::protocol::FromChild;

use crate::child::{CHAT_MODEL, Running, command, find_model};

/// Enough for everything in front of the weights.
const HEADER_BYTES: u64 = 4 << 20;

/// Longer than a load on a busy machine.
const PATIENCE: Duration = Duration::from_secs(60);

/// What the program must do with a file.
enum Expected {
    /// Refuse it with these words.
    Refused(&'static str),
    /// Whatever it likes, in good order.
    Anything,
}

/// One change to a file.
struct Edit {
    name: String,
    at: u64,
    bytes: Vec<u8>,
    expected: Expected,
}

/// Where things are in a sound model's header.
struct Header {
    bytes: Vec<u8>,
    /// Names, and where the value's kind is.
    keys: Vec<(String, usize)>,
    /// The first tensor's number of dimensions.
    dimensions: usize,
    /// The end of the first tensor's entry.
    entry_end: usize,
}

impl Header {
    fn read(path: &Path) -> Header {
        let mut bytes = Vec::new();
        File::open(path).unwrap().take(HEADER_BYTES).read_to_end(&mut bytes).unwrap();
        let mut header = Header { bytes, keys: Vec::new(), dimensions: 0, entry_end: 0 };
        let mut at = 24;
        for _ in 0..header.u64(16) {
            let name = header.text(at);
            at += 8 + name.len();
            header.keys.push((name, at));
            at = header.value_end(at);
        }
        header.dimensions = at + 8 + header.u64(at) as usize;
        let count = header.u32(header.dimensions) as usize;
        header.entry_end = header.dimensions + 4 + count * 8 + 4 + 8;
        header
    }

    fn u32(&self, at: usize) -> u32 {
        u32::from_le_bytes(self.bytes[at..at + 4].try_into().unwrap())
    }

    fn u64(&self, at: usize) -> u64 {
        u64::from_le_bytes(self.bytes[at..at + 8].try_into().unwrap())
    }

    fn text(&self, at: usize) -> String {
        let length = self.u64(at) as usize;
        String::from_utf8(self.bytes[at + 8..at + 8 + length].to_vec()).unwrap()
    }

    fn value_end(&self, kind_at: usize) -> usize {
        match self.u32(kind_at) {
            8 => kind_at + 12 + self.u64(kind_at + 4) as usize,
            9 => {
                let (kind, count) = (self.u32(kind_at + 4), self.u64(kind_at + 8) as usize);
                let start = kind_at + 16;
                match kind {
                    8 => (0..count).fold(start, |at, _| at + 8 + self.u64(at) as usize),
                    kind => start + count * element_bytes(kind),
                }
            }
            kind => kind_at + 4 + element_bytes(kind),
        }
    }

    /// Where the kind of a key's value is; the value is behind it.
    fn kind_of(&self, key: &str) -> usize {
        self.keys.iter().find(|(name, _)| name == key).unwrap().1
    }

    /// Where the text of a one-letter token is.
    fn letter(&self, nth: usize) -> usize {
        let start = self.kind_of("tokenizer.ggml.tokens") + 16;
        let texts = std::iter::successors(Some(start), |&at| Some(at + 8 + self.u64(at) as usize));
        texts.filter(|&at| self.u64(at) == 1).nth(nth).unwrap() + 8
    }
}

fn element_bytes(kind: u32) -> usize {
    match kind {
        0 | 1 | 7 => 1,
        2 | 3 => 2,
        4..=6 => 4,
        _ => 8,
    }
}

fn edit(name: impl Into<String>, at: usize, bytes: &[u8], expected: Expected) -> Edit {
    Edit { name: name.into(), at: at as u64, bytes: bytes.to_vec(), expected }
}

/// Changes to the settings of the model.
fn edits_of_settings(header: &Header) -> Vec<Edit> {
    let mut edits = Vec::new();
    for (key, words) in [
        ("llama.block_count", "the key `llama.block_count` is"),
        ("llama.context_length", "the key `llama.context_length` is"),
        ("llama.embedding_length", "the key `llama.embedding_length` is"),
        ("llama.feed_forward_length", "the key `llama.feed_forward_length` is"),
        ("llama.attention.head_count", "the key `llama.attention.head_count` is"),
        ("llama.attention.head_count_kv", "the key `llama.attention.head_count_kv` is"),
        ("llama.rope.dimension_count", "the key `llama.rope.dimension_count` is"),
        ("llama.vocab_size", "the key `llama.vocab_size` is"),
    ] {
        let at = header.kind_of(key);
        for number in [0, 1 << 31, u32::MAX] {
            let name = format!("{key} = {number}");
            edits.push(edit(name, at + 4, &number.to_le_bytes(), Expected::Refused(words)));
        }
        let more = header.u32(at + 4) + 1;
        let name = format!("{key} = {more}");
        edits.push(edit(name, at + 4, &more.to_le_bytes(), Expected::Anything));
        edits.push(edit(format!("no {key}"), at - 1, b"~", Expected::Anything));
    }
    for (key, words) in [
        (
            "llama.attention.layer_norm_rms_epsilon",
            "the key `llama.attention.layer_norm_rms_epsilon`",
        ),
        ("llama.rope.freq_base", "the key `llama.rope.freq_base` is"),
    ] {
        let at = header.kind_of(key);
        for number in [f32::NAN, f32::INFINITY, -1.0] {
            let name = format!("{key} = {number}");
            edits.push(edit(name, at + 4, &number.to_le_bytes(), Expected::Refused(words)));
        }
        edits.push(edit(format!("{key} as whole"), at, &[4], Expected::Refused(words)));
    }
    edits
}

/// Changes to the vocabulary.
fn edits_of_tokens(header: &Header) -> Vec<Edit> {
    let mut edits = Vec::new();
    let count = header.u64(header.kind_of("tokenizer.ggml.tokens") + 8) as u32;
    for name in ["bos", "eos", "unknown", "padding"] {
        let at = header.kind_of(&format!("tokenizer.ggml.{name}_token_id"));
        let words = Expected::Refused("the last token is");
        edits.push(edit(format!("{name} = {count}"), at + 4, &count.to_le_bytes(), words));
    }
    let letter = header.bytes[header.letter(0)];
    let words = Expected::Refused("has the same text for tokens");
    edits.push(edit("two equal tokens", header.letter(1), &[letter], words));
    for key in ["tokenizer.ggml.model", "tokenizer.ggml.tokens", "tokenizer.ggml.merges"] {
        let at = header.kind_of(key);
        edits.push(edit(format!("no {key}"), at - 1, b"~", Expected::Refused("is missing")));
    }
    let at = header.kind_of("tokenizer.ggml.add_bos_token");
    edits.push(edit("a vague flag", at + 4, &[2], Expected::Refused("0 for no or 1 for yes")));
    let at = header.kind_of("tokenizer.ggml.token_type");
    let fewer = u64::from(count - 1).to_le_bytes();
    edits.push(edit("one type too few", at + 8, &fewer, Expected::Refused("")));
    edits
}

/// Changes to the frame and to the first tensor.
fn edits_of_places(header: &Header) -> Vec<Edit> {
    let refused = Expected::Refused;
    let architecture = header.kind_of("general.architecture");
    let (dimensions, end) = (header.dimensions, header.entry_end);
    vec![
        edit("other magic", 3, b"L", refused("is not a GGUF model")),
        edit("version 1", 4, &[1], refused("version 1")),
        edit("big-endian", 4, &[0, 0, 0, 3], refused("big-endian")),
        edit("many tensors", 8, &u64::MAX.to_le_bytes(), refused("tensors, 4096 at most")),
        edit("many keys", 16, &(1u64 << 63).to_le_bytes(), refused("keys, 512 at most")),
        edit("a key more", 16, &(header.u64(16) + 1).to_le_bytes(), refused("")),
        edit("no architecture", architecture - 1, b"~", refused("is missing")),
        edit("other architecture", architecture + 12, b"r", refused("does not run")),
        edit("no dimension", dimensions, &[0], refused("has 0 dimensions")),
        edit("an empty dimension", dimensions + 4, &[0; 8], refused("has 0 numbers")),
        edit("a long dimension", dimensions + 4, &[0x7f; 8], refused("numbers in a dimension")),
        edit("weights of whole numbers", end - 12, &[24], refused("is stored in way 24")),
        edit("weights of no kind", end - 12, &[0xff; 4], refused("is stored in way")),
        edit("weights elsewhere", end - 8, &[32], refused("begins at byte 32")),
        edit("weights far away", end - 1, &[0x40], refused("begins at byte")),
    ]
}

/// The words with which the program refuses a file, or `None` if it takes it.
fn start(model: &Path) -> Option<String> {
    let mut running = Running::start(command(model, "chat", &[]));
    let refusal = match running.receive() {
        FromChild::Rejected { reason } => Some(reason),
        FromChild::Hello(_) => None,
        other => panic!("instead of a hello or a refusal: {other:?}"),
    };
    drop(running.stdin.take());
    let code = running.wait(PATIENCE).code();
    assert_eq!(code, Some(if refusal.is_some() { 5 } else { 0 }));
    refusal
}

/// Says which file was the one, if the test stops in the middle of it.
struct Trying(String);

impl Drop for Trying {
    fn drop(&mut self) {
        if std::thread::panicking() {
            let line = format!("while trying: {}\n", self.0);
            std::io::stderr().write_all(line.as_bytes()).unwrap();
        }
    }
}

fn check_start(model: &Path, name: &str, expected: &Expected) {
    let trying = Trying(name.to_owned());
    let refusal = start(model);
    if let Expected::Refused(words) = expected {
        let reason = refusal.unwrap_or_else(|| panic!("{name} is taken"));
        assert!(reason.contains(words), "{name}: {reason}");
    }
    drop(trying);
}

/// A copy of the chat model that may be changed.
fn copy_of_model(folder: &Path) -> Option<PathBuf> {
    let path = folder.join("model.gguf");
    std::fs::copy(find_model(CHAT_MODEL)?, &path).unwrap();
    Some(path)
}

#[test]
fn a_changed_model_never_ends_the_program_by_a_signal() {
    let folder = tempfile::tempdir().unwrap();
    let Some(path) = copy_of_model(folder.path()) else { return };
    let header = Header::read(&path);
    let mut file = OpenOptions::new().write(true).open(&path).unwrap();
    let mut write = |at: u64, bytes: &[u8]| {
        file.seek(SeekFrom::Start(at)).unwrap();
        file.write_all(bytes).unwrap();
    };
    let edits = edits_of_settings(&header).into_iter();
    for edit in edits.chain(edits_of_tokens(&header)).chain(edits_of_places(&header)) {
        write(edit.at, &edit.bytes);
        check_start(&path, &edit.name, &edit.expected);
        let at = edit.at as usize;
        write(edit.at, &header.bytes[at..at + edit.bytes.len()]);
    }
    let unchanged = start(&path);
    assert!(unchanged.is_none(), "{unchanged:?}");
}

#[test]
fn a_model_that_was_cut_short_never_ends_the_program_by_a_signal() {
    let folder = tempfile::tempdir().unwrap();
    let Some(path) = copy_of_model(folder.path()) else { return };
    let header = Header::read(&path);
    let file = OpenOptions::new().write(true).open(&path).unwrap();
    let whole = file.metadata().unwrap().len();
    let first_entry_end = header.entry_end as u64;
    let tokens = header.kind_of("tokenizer.ggml.tokens") as u64;
    // From long to short, as each cut leaves less.
    for length in [
        whole - 1,
        whole - 4096,
        whole / 2,
        HEADER_BYTES,
        first_entry_end,
        first_entry_end - 1,
        tokens + 100_000,
        tokens + 4,
        100,
        24,
        8,
    ] {
        file.set_len(length).unwrap();
        let words = Expected::Refused("corrupted or incomplete");
        check_start(&path, &format!("{length} bytes"), &words);
    }
    for length in [7, 4, 0] {
        file.set_len(length).unwrap();
        let words = Expected::Refused("is not a GGUF model");
        check_start(&path, &format!("{length} bytes"), &words);
    }
}
