//! The layers of a model: which look at everything, which only at the last tokens, and which carry
//! a state.

use super::HEADS_KEY;
use crate::Refusal;
use crate::architecture::Architecture;
use crate::keys::Keys;
use crate::settings::{LAYERS_KEY, WIDTH_KEY};

/// Kinds of models that keep nothing of the tokens before: they read a text at once.
const WITHOUT_MEMORY: &[&str] = &[
    "bert",
    "eurobert",
    "gemma-embedding",
    "jina-bert-v2",
    "jina-bert-v3",
    "modern-bert",
    "neo-bert",
    "nomic-bert",
    "nomic-bert-moe",
];

/// Numbers of a state are kept as they are computed with.
const STATE_NUMBER_BYTES: u64 = 4;

/// Every so many layers llama.cpp expects one that looks at everything, where a file does not say.
fn window_pattern(architecture: &str, layers: u32) -> Option<u32> {
    match architecture {
        "gemma2" | "gpt-oss" => Some(2),
        "gemma3" => Some(6),
        "gemma3n" => Some(5),
        // The file always says.
        "gemma4" => Some(1),
        "cohere2" | "olmo2" => Some(4),
        "exaone4" if layers == 64 => Some(4),
        "lfm2" => Some(0),
        _ => None,
    }
}

/// The tokens that a layer with a window looks at, where a file does not say.
fn default_window(architecture: &str) -> u32 {
    match architecture {
        "gemma2" | "exaone4" => 4096,
        _ => 0,
    }
}

/// What one layer keeps.
#[derive(Clone, Copy, Debug, Default)]
struct Layer {
    heads: u32,
    kv_heads: u32,
    feed_forward: u32,
    looks_back: bool,
    has_window: bool,
    has_state: bool,
}

/// All layers.
#[derive(Debug)]
pub(super) struct Layers {
    layers: Vec<Layer>,
    head: [u32; 2],
    window_head: [u32; 2],
    state_numbers: u64,
    pub(super) window_tokens: u32,
    pub(super) experts_used: u32,
}

impl Layers {
    pub(super) fn read(keys: &Keys, architecture: &Architecture) -> Result<Layers, Refusal> {
        let whole = |name: &str| keys.whole(&architecture.key(name), 0..=u32::MAX);
        let count = keys.required(&architecture.key(LAYERS_KEY), 1..=512)?;
        let width = keys.required(&architecture.key(WIDTH_KEY), 1..=u32::MAX)?;
        let layered = |name: &str| keys.layered(&architecture.key(name), 0..=u32::MAX, count);

        let heads = layered(HEADS_KEY)?.unwrap_or_default();
        let kv_heads = layered("attention.head_count_kv")?.unwrap_or_else(|| heads.clone());
        let dense = layered("feed_forward_length")?.unwrap_or_default();
        let expert = layered("expert_feed_forward_length")?.unwrap_or_default();
        let used = layered("expert_used_count")?.unwrap_or_default();
        let at = |list: &[u32], layer: usize| list.get(layer).copied().unwrap_or(0);

        let trunk = count - whole("nextn_predict_layers")?.unwrap_or(0).min(count - 1);
        let with_own_kv = match architecture.name {
            "gemma3n" => 20,
            "gemma4" => count - whole("attention.shared_kv_layers")?.unwrap_or(0).min(count),
            _ => count,
        };
        let window_tokens =
            whole("attention.sliding_window")?.unwrap_or(default_window(architecture.name));
        let windows = windows(keys, architecture, count, window_tokens)?;
        let states = states(keys, architecture, count, &kv_heads)?;
        let keeps = !WITHOUT_MEMORY.contains(&architecture.name);

        let layers = (0..count as usize).map(|index| {
            let in_trunk = (index as u32) < trunk;
            let both = architecture.name == "falcon-h1";
            Layer {
                heads: at(&heads, index),
                kv_heads: at(&kv_heads, index),
                feed_forward: at(&dense, index)
                    .max(at(&expert, index).saturating_mul(at(&used, index))),
                looks_back: keeps
                    && in_trunk
                    && (index as u32) < with_own_kv
                    && (both || !states[index]),
                has_window: windows[index],
                has_state: in_trunk && states[index],
            }
        });
        let first = at(&heads, 0).max(1);
        let key = whole("attention.key_length")?.unwrap_or(width / first);
        let value = whole("attention.value_length")?.unwrap_or(width / first);
        Ok(Layers {
            layers: layers.collect(),
            head: [key, value],
            window_head: [
                whole("attention.key_length_swa")?.unwrap_or(key),
                whole("attention.value_length_swa")?.unwrap_or(value),
            ],
            state_numbers: state_numbers(keys, architecture, width)?,
            window_tokens,
            experts_used: used.into_iter().max().unwrap_or(0),
        })
    }

    /// Numbers that a token leaves in layers that look at everything, and in those with a window.
    pub(super) fn kv_numbers(&self) -> (u64, u64) {
        let sum = |has_window: bool, head: [u32; 2]| -> u64 {
            let numbers = u64::from(head[0]) + u64::from(head[1]);
            let layers = self.layers.iter();
            let kept = layers.filter(|layer| layer.looks_back && layer.has_window == has_window);
            kept.map(|layer| u64::from(layer.kv_heads) * numbers).sum()
        };
        (sum(false, self.head), sum(true, self.window_head))
    }

    /// Bytes of the state of one text.
    pub(super) fn state_bytes(&self) -> u64 {
        let layers = self.layers.iter().filter(|layer| layer.has_state).count() as u64;
        layers * self.state_numbers * STATE_NUMBER_BYTES
    }

    /// The most heads of a layer, and numbers in the widest.
    pub(super) fn heads(&self) -> (u32, u32) {
        let heads = self.layers.iter().map(|layer| layer.heads).max().unwrap_or(0);
        (heads, self.head[0].max(self.window_head[0]))
    }

    /// The widest inner layer, with the experts that every token passes.
    pub(super) fn feed_forward(&self, shared: Option<u32>) -> u32 {
        let widest = self.layers.iter().map(|layer| layer.feed_forward).max().unwrap_or(0);
        widest.saturating_add(shared.unwrap_or(0))
    }
}

/// Which layers look only at the last tokens.
fn windows(
    keys: &Keys,
    architecture: &Architecture,
    count: u32,
    window_tokens: u32,
) -> Result<Vec<bool>, Refusal> {
    let none = vec![false; count as usize];
    let Some(default) = window_pattern(architecture.name, count) else { return Ok(none) };
    if window_tokens == 0 {
        return Ok(none);
    }
    let key = architecture.key("attention.sliding_window_pattern");
    if keys.is_list(&key) {
        let list = keys.layered(&key, 0..=1, count)?.unwrap_or_default();
        return Ok(list.into_iter().map(|has| has == 1).collect());
    }
    let every = keys.whole(&key, 0..=u32::MAX)?.unwrap_or(default);
    Ok((0..count).map(|layer| every == 0 || layer % every < every - 1).collect())
}

/// Which layers carry a state.
fn states(
    keys: &Keys,
    architecture: &Architecture,
    count: u32,
    kv_heads: &[u32],
) -> Result<Vec<bool>, Refusal> {
    let states = match architecture.name {
        "granitehybrid" | "lfm2" | "lfm2moe" => kv_heads.iter().map(|&kv| kv == 0).collect(),
        "falcon-h1" => vec![true; count as usize],
        "qwen35" | "qwen35moe" | "qwen3next" => {
            let key = architecture.key("attention.recurrent_layers");
            match keys.layered(&key, 0..=1, count)? {
                Some(list) => list.into_iter().map(|is| is == 1).collect(),
                None => {
                    let key = architecture.key("full_attention_interval");
                    let every = keys.whole(&key, 1..=512)?.unwrap_or(4);
                    (1..=count).map(|layer| layer % every != 0).collect()
                }
            }
        }
        _ => vec![false; count as usize],
    };
    Ok(states)
}

/// Numbers of the state in one layer that has one.
fn state_numbers(keys: &Keys, architecture: &Architecture, width: u32) -> Result<u64, Refusal> {
    let whole = |name: &str| -> Result<u64, Refusal> {
        Ok(keys.whole(&architecture.key(name), 0..=u32::MAX)?.unwrap_or(0).into())
    };
    let state = whole("ssm.state_size")?;
    let inner = whole("ssm.inner_size")?;
    let last = match whole("shortconv.l_cache")? {
        0 => {
            let kernel = whole("ssm.conv_kernel")?;
            kernel.saturating_sub(1) * (inner + 2 * whole("ssm.group_count")? * state)
        }
        tokens => u64::from(width) * (tokens - 1),
    };
    Ok(last + state * inner)
}
