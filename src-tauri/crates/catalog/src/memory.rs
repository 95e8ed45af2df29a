//! How much memory a model needs, computed from its shape.
//!
//! Weights and the memory of texts are exact; the room for computing is a formula that was
//! compared with llama.cpp's own accounting. On a processor the weights count in full although
//! they come from a file: most kinds are laid out again for the processor's instructions, and
//! that copy cannot be given back under pressure.

use gguf::Shape;

/// llama.cpp keeps texts in groups of so many tokens.
const CELLS_TOGETHER: u64 = 256;

/// What llama.cpp computes with beside the layers, whatever the model.
const COMPUTE_BASE_BYTES: u64 = 8 << 20;

/// A process with llama.cpp in it, before it loads anything.
const PROCESS_BYTES: u64 = 40 << 20;

/// A token's text and its place in the tables of the tokenizer.
const TOKEN_BYTES: u64 = 320;

/// The formula for computing is right within this part, so the sum allows for it.
const COMPUTE_MARGIN_PERCENT: u64 = 110;

/// How the memory of texts is stored.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Kv {
    /// 16 bits a number.
    F16,
    /// 8 bits a number, and 16 bits for each 32 of them.
    Q8,
}

impl Kv {
    fn bytes(self, numbers: u64) -> u64 {
        match self {
            Kv::F16 => numbers.saturating_mul(2),
            Kv::Q8 => numbers.div_ceil(32).saturating_mul(34),
        }
    }
}

/// How a model is run.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Setting {
    /// Tokens that all texts under way hold together.
    pub context_tokens: u32,
    /// Texts that are held at once: those being written, and beginnings kept for the next.
    pub sequences: u32,
    /// How the memory of texts is stored.
    pub kv: Kv,
    /// Tokens that are computed at once.
    pub block_tokens: u32,
    /// Whether attention is computed piece by piece, without a table of all pairs.
    pub flash_attention: bool,
    /// Whether layers that look only at the last tokens keep all of them just the same, so that one
    /// can go back to any beginning.
    pub keeps_windows_whole: bool,
    /// Whether it writes: then each token of a block gets a score for every token there is.
    pub writes: bool,
}

impl Setting {
    /// How the engine runs a model that writes: 8 texts at once beside 8 beginnings.
    pub const fn chat() -> Setting {
        Setting {
            context_tokens: 4096,
            sequences: 16,
            kv: Kv::F16,
            block_tokens: 128,
            flash_attention: true,
            keeps_windows_whole: true,
            writes: true,
        }
    }

    /// How the engine runs a model that makes vectors.
    pub const fn embedding() -> Setting {
        Setting {
            context_tokens: 512,
            sequences: 16,
            kv: Kv::F16,
            block_tokens: 512,
            flash_attention: true,
            keeps_windows_whole: true,
            writes: false,
        }
    }
}

/// What a model needs, in bytes.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Estimate {
    /// The weights.
    pub weights_bytes: u64,
    /// What texts under way leave behind.
    pub kv_bytes: u64,
    /// What is computed with in between.
    pub compute_bytes: u64,
    /// The process and its tables, in the computer's memory wherever the model runs.
    pub host_bytes: u64,
    /// All of it on the processor.
    pub total_bytes: u64,
    /// What a graphics card holds when the whole model runs there.
    pub card_bytes: u64,
    /// What then stays in the computer's memory.
    pub beside_card_bytes: u64,
}

/// What a model of this shape needs when it is run like this.
pub fn estimate(shape: &Shape, setting: &Setting) -> Estimate {
    let kv_bytes = kv_bytes(shape, setting);
    let compute_bytes = compute_bytes(shape, setting);
    let with_margin = compute_bytes.saturating_mul(COMPUTE_MARGIN_PERCENT) / 100;
    let host_bytes = PROCESS_BYTES + u64::from(shape.vocabulary) * TOKEN_BYTES;
    let working = kv_bytes.saturating_add(with_margin);
    let moved_bytes = shape.weights_bytes.saturating_sub(shape.lookup_bytes);
    let on_card = moved_bytes.saturating_add(shape.tied_bytes);
    Estimate {
        weights_bytes: shape.weights_bytes,
        kv_bytes,
        compute_bytes,
        host_bytes,
        total_bytes: shape.weights_bytes.saturating_add(working).saturating_add(host_bytes),
        card_bytes: on_card.saturating_add(working),
        beside_card_bytes: shape.lookup_bytes.saturating_add(host_bytes),
    }
}

/// Cells that the layers share which look at everything.
fn cells(setting: &Setting) -> u64 {
    u64::from(setting.context_tokens).next_multiple_of(CELLS_TOGETHER)
}

/// Cells of the layers that look only at the last tokens of each text.
fn window_cells(shape: &Shape, setting: &Setting) -> u64 {
    if setting.keeps_windows_whole {
        return cells(setting);
    }
    let windows = u64::from(shape.window_tokens).saturating_mul(setting.sequences.into());
    let wanted = windows.saturating_add(setting.block_tokens.into());
    wanted.min(cells(setting)).next_multiple_of(CELLS_TOGETHER)
}

fn kv_bytes(shape: &Shape, setting: &Setting) -> u64 {
    let full = setting.kv.bytes(shape.kv_numbers).saturating_mul(cells(setting));
    let window = setting.kv.bytes(shape.window_kv_numbers);
    let window = window.saturating_mul(window_cells(shape, setting));
    let states = shape.state_bytes.saturating_mul(setting.sequences.max(1).into());
    full.saturating_add(window).saturating_add(states)
}

/// The largest of the three places where a step needs most: the scores of all tokens at the end,
/// the inner layer, and attention where it is computed at once.
fn compute_bytes(shape: &Shape, setting: &Setting) -> u64 {
    let product = |numbers: &[u64]| numbers.iter().fold(1u64, |all, n| all.saturating_mul(*n));
    let block = u64::from(setting.block_tokens.min(setting.context_tokens).max(1));
    let [vocabulary, width, inner] =
        [shape.vocabulary, shape.width, shape.feed_forward].map(u64::from);
    let [heads, head] = [shape.heads, shape.head_numbers].map(u64::from);
    let scored = if setting.writes { vocabulary } else { 0 };
    let scores = product(&[4, scored, block]).saturating_add(product(&[8, width, block]));
    let layer = product(&[4, block, inner.saturating_mul(3) + 4 * width]);
    let attention = if setting.flash_attention {
        0
    } else {
        let pairs = product(&[4, cells(setting), block, heads]);
        pairs.saturating_add(product(&[8, block, heads.saturating_mul(head) + width]))
    };
    let mask = product(&[2, cells(setting), block]);
    let between = product(&[4, block, width]);
    let most = scores.max(layer).max(attention);
    [most, mask, between, COMPUTE_BASE_BYTES].into_iter().fold(0, u64::saturating_add)
}

#[cfg(test)]
mod tests;
