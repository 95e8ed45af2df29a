//! What of a model decides how much memory it needs, as sums over its layers.
//!
//! Each kind of models lays out its layers in its own way: some look at everything that was said,
//! some only at the last words, some carry a state of fixed size instead. llama.cpp decides that
//! from a few keys and from what it knows of the architecture; this file knows the same.

mod layers;

use serde::{Deserialize, Serialize};

use crate::Refusal;
use crate::architecture::Architecture;
use crate::keys::Keys;
use crate::settings::{HEADS_KEY, LAYERS_KEY, WIDTH_KEY};
use crate::tensors::Tensor;
use crate::vocabulary::TOKENS_KEY;
use layers::Layers;

/// The figures of a model from which its memory follows, whatever its architecture.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Shape {
    /// Bytes of all weights.
    pub weights_bytes: u64,
    /// Of them, bytes of tables in which a token's row is looked up. They stay in the computer's
    /// memory when the rest is on a graphics card.
    pub lookup_bytes: u64,
    /// Bytes of the table of tokens where it serves at the end as well: a graphics card then has a
    /// copy of it.
    #[serde(default)]
    pub tied_bytes: u64,
    /// Numbers in all weights.
    pub parameters: u64,
    /// Of them, those that each token is computed with.
    pub active_parameters: u64,
    /// Bytes of these.
    pub active_bytes: u64,
    /// Layers.
    pub layers: u32,
    /// Numbers that a token leaves behind in the layers that look at everything.
    pub kv_numbers: u64,
    /// The same in layers that look only at the last tokens.
    #[serde(default)]
    pub window_kv_numbers: u64,
    /// How many tokens those look at; 0 where there are none.
    #[serde(default)]
    pub window_tokens: u32,
    /// Bytes of the state that a text under way carries, however long it is.
    #[serde(default)]
    pub state_bytes: u64,
    /// Entries of the vocabulary.
    pub vocabulary: u32,
    /// Numbers in a token's vector.
    pub width: u32,
    /// The widest inner layer that one token passes, its experts added up.
    pub feed_forward: u32,
    /// Heads of attention in the layer that has most of them.
    pub heads: u32,
    /// Numbers in the widest head.
    pub head_numbers: u32,
    /// Tokens of the longest text it was made for.
    pub context_tokens: u32,
}

impl Shape {
    /// Whether it can forget only the end of a text. Where it cannot, a conversation is read again
    /// from its beginning each time.
    pub fn can_forget_an_end(&self) -> bool {
        self.state_bytes == 0
    }
}

/// The shape of a model whose keys have been checked.
pub(crate) fn of(
    keys: &Keys,
    architecture: &Architecture,
    tensors: &[Tensor],
) -> Result<Shape, Refusal> {
    let whole = |name: &str| keys.whole(&architecture.key(name), 0..=u32::MAX);
    let layers = Layers::read(keys, architecture)?;
    let experts = whole("expert_count")?.unwrap_or(0);
    let weights = Weights::sum(tensors, experts, layers.experts_used, architecture.makes_vectors);
    let (kv_numbers, window_kv_numbers) = layers.kv_numbers();
    let (heads, head_numbers) = layers.heads();
    Ok(Shape {
        weights_bytes: weights.bytes,
        lookup_bytes: weights.lookup_bytes,
        tied_bytes: weights.tied_bytes,
        parameters: weights.numbers,
        active_parameters: weights.active_numbers,
        active_bytes: weights.active_bytes,
        layers: keys.required(&architecture.key(LAYERS_KEY), 1..=512)?,
        kv_numbers,
        window_kv_numbers,
        window_tokens: if window_kv_numbers > 0 { layers.window_tokens } else { 0 },
        state_bytes: layers.state_bytes(),
        vocabulary: keys.count(TOKENS_KEY),
        width: keys.required(&architecture.key(WIDTH_KEY), 1..=u32::MAX)?,
        feed_forward: layers.feed_forward(whole("expert_shared_feed_forward_length")?),
        heads,
        head_numbers,
        context_tokens: keys.required(&architecture.key("context_length"), 1..=u32::MAX)?,
    })
}

/// Sums over the tensors.
#[derive(Default)]
struct Weights {
    bytes: u64,
    numbers: u64,
    lookup_bytes: u64,
    active_bytes: u64,
    active_numbers: u64,
    tied_bytes: u64,
}

impl Weights {
    fn sum(tensors: &[Tensor], experts: u32, used: u32, makes_vectors: bool) -> Weights {
        let has_output = tensors.iter().any(|tensor| tensor.name == "output.weight");
        let ties_output = !has_output && !makes_vectors;
        let mut sum = Weights::default();
        for Tensor { name, numbers, bytes, .. } in tensors {
            sum.bytes = sum.bytes.saturating_add(*bytes);
            sum.numbers = sum.numbers.saturating_add(*numbers);
            let is_tokens = name == "token_embd.weight";
            let is_lookup = is_tokens || name == "per_layer_token_embd.weight";
            if is_lookup {
                sum.lookup_bytes = sum.lookup_bytes.saturating_add(*bytes);
            }
            if is_tokens && ties_output {
                sum.tied_bytes = *bytes;
            }
            // A table is only looked up in, unless it is the output layer as well.
            let (active, of) = match experts {
                _ if is_lookup && !(is_tokens && ties_output) => (0, 1),
                0 => (1, 1),
                _ if name.contains("_exps.") => (used.into(), experts.into()),
                _ => (1, 1),
            };
            sum.active_bytes = sum.active_bytes.saturating_add(part(*bytes, active, of));
            sum.active_numbers = sum.active_numbers.saturating_add(part(*numbers, active, of));
        }
        sum
    }
}

/// `active` of `of` equal parts.
fn part(whole: u64, active: u64, of: u64) -> u64 {
    (u128::from(whole) * u128::from(active) / u128::from(of.max(1))) as u64
}

#[cfg(test)]
mod tests;
