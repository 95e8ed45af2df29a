//! Each setting of an architecture on its own: its kind and its bounds.
//!
//! The bounds leave room above every published model and end far below where a product of two of
//! them no longer fits its type. A key that is not listed is not read by the architectures that
//! are let through.

use crate::Refusal;
use crate::architecture::Architecture;
use crate::keys::Keys;
use crate::value::Kind;

/// The same limit as llama.cpp's tables of layers.
pub(crate) const LAYERS_KEY: &str = "block_count";

/// Numbers in a token's vector.
pub(crate) const WIDTH_KEY: &str = "embedding_length";

/// Heads of attention.
pub(crate) const HEADS_KEY: &str = "attention.head_count";

/// Settings that every architecture needs, and their bounds.
const REQUIRED: &[(&str, u32, u32)] =
    &[(LAYERS_KEY, 1, 512), ("context_length", 1, 1 << 27), (WIDTH_KEY, 1, 1 << 17)];

/// Whole numbers and their bounds.
const WHOLES: &[(&str, u32, u32)] = &[
    ("attention.group_norm_groups", 1, 1 << 16),
    ("attention.key_length", 1, 1 << 13),
    ("attention.key_length_swa", 1, 1 << 13),
    ("attention.relative_buckets_count", 4, 256),
    ("attention.shared_kv_layers", 0, 512),
    ("attention.sliding_window", 0, 1 << 24),
    ("attention.temperature_length", 1, 1 << 27),
    ("attention.value_length", 1, 1 << 13),
    ("attention.value_length_swa", 1, 1 << 13),
    ("classifier.pooling_type", 0, 4),
    ("decision.block_count", 0, 512),
    ("decision.head_count", 0, 1 << 12),
    ("decision.routing_block_count", 0, 512),
    ("decoder_block_count", 0, 512),
    ("dense_2_feat_in", 0, 1 << 17),
    ("dense_2_feat_out", 0, 1 << 17),
    ("dense_3_feat_in", 0, 1 << 17),
    ("dense_3_feat_out", 0, 1 << 17),
    ("embedding_length_out", 0, 1 << 17),
    ("embedding_length_per_layer_input", 0, 1 << 17),
    ("expert_chunk_feed_forward_length", 0, 1 << 20),
    ("expert_count", 0, 1024),
    ("expert_gating_func", 1, 4),
    ("expert_group_count", 0, 1024),
    ("expert_group_used_count", 0, 1024),
    ("expert_shared_count", 0, 1024),
    ("expert_shared_feed_forward_length", 0, 1 << 20),
    ("experts_per_group", 0, 1024),
    ("full_attention_interval", 1, 512),
    ("interleave_moe_layer_step", 1, 512),
    ("leading_dense_block_count", 0, 512),
    ("moe_every_n_layers", 0, 512),
    ("nextn_predict_layers", 0, 511),
    ("pooling_type", 0, 4),
    ("rope.dimension_count", 2, 1 << 13),
    ("rope.dimension_count_swa", 2, 1 << 13),
    ("rope.scaling.original_context_length", 1, 1 << 27),
    ("shortconv.l_cache", 2, 1 << 10),
    ("ssm.conv_kernel", 1, 1 << 10),
    ("ssm.group_count", 1, 1 << 12),
    ("ssm.inner_size", 1, 1 << 18),
    ("ssm.state_size", 1, 1 << 13),
    ("ssm.time_step_rank", 1, 1 << 13),
    ("vocab_size", 1, 1_000_000),
];

/// Whole numbers that may also be a list with one for each layer. A layer may have none.
const LAYERED: &[(&str, u32, u32)] = &[
    (HEADS_KEY, 1, 1 << 12),
    ("attention.head_count_kv", 1, 1 << 12),
    ("attention.recurrent_layers", 0, 1),
    ("expert_feed_forward_length", 0, 1 << 20),
    ("expert_used_count", 0, 1024),
    ("feed_forward_length", 0, 1 << 20),
];

/// Fractions, what they must be, and the same in words.
type Fraction = (&'static str, fn(f64) -> bool, &'static str);

const FRACTIONS: &[Fraction] = &[
    ("attention.clamp_kqv", is_amount, AMOUNT),
    ("attention.group_norm_epsilon", is_epsilon, EPSILON),
    ("attention.layer_norm_epsilon", is_epsilon, EPSILON),
    ("attention.layer_norm_rms_epsilon", is_epsilon, EPSILON),
    ("attention.max_alibi_bias", is_amount, AMOUNT),
    ("attention.output_scale", is_moderate, MODERATE),
    ("attention.scale", is_moderate, MODERATE),
    ("attention.temperature_scale", is_moderate, MODERATE),
    ("attention.value_scale", is_moderate, MODERATE),
    ("attn_logit_softcapping", is_amount, AMOUNT),
    ("embedding_scale", is_moderate, MODERATE),
    ("expert_group_scale", is_moderate, MODERATE),
    ("expert_weights_scale", is_moderate, MODERATE),
    ("final_logit_softcapping", is_amount, AMOUNT),
    ("logit_scale", is_moderate, MODERATE),
    ("residual_scale", is_moderate, MODERATE),
    ("rope.freq_base", is_base, BASE),
    ("rope.freq_base_swa", is_base, BASE),
    ("rope.scale_linear", is_amount, AMOUNT),
    ("rope.scaling.alpha", is_amount, AMOUNT),
    ("rope.scaling.attn_factor", is_moderate, MODERATE),
    ("rope.scaling.factor", is_amount, AMOUNT),
    ("rope.scaling.yarn_attn_factor", is_moderate, MODERATE),
    ("rope.scaling.yarn_beta_fast", is_moderate, MODERATE),
    ("rope.scaling.yarn_beta_slow", is_moderate, MODERATE),
    ("rope.scaling.yarn_ext_factor", is_moderate, MODERATE),
    ("rope.scaling.yarn_log_multiplier", is_moderate, MODERATE),
    ("router_logit_softcapping", is_amount, AMOUNT),
];

const FLAGS: &[&str] = &[
    "attention.causal",
    "expert_weights_norm",
    "rope.scaling.finetuned",
    "ssm.dt_b_c_rms",
    "use_parallel_residual",
];

/// Ways to stretch positions. llama.cpp ends the process on another one.
const STRETCHES: &[&str] = &["none", "linear", "yarn", "longrope"];

const EPSILON: &str = "above 0 and below 1";
const BASE: &str = "above 0 and at most a trillion";
const AMOUNT: &str = "0 to a million";
const MODERATE: &str = "between minus and plus a million";

fn is_epsilon(fraction: f64) -> bool {
    fraction > 0.0 && fraction < 1.0
}

fn is_base(fraction: f64) -> bool {
    fraction > 0.0 && fraction <= 1e12
}

fn is_amount(fraction: f64) -> bool {
    (0.0..=1e6).contains(&fraction)
}

fn is_moderate(fraction: f64) -> bool {
    (-1e6..=1e6).contains(&fraction)
}

/// Fails on the first setting that llama.cpp could not bear.
pub(crate) fn check(keys: &Keys, architecture: &Architecture) -> Result<(), Refusal> {
    for &(name, low, high) in REQUIRED {
        keys.required(&architecture.key(name), low..=high)?;
    }
    for &(name, low, high) in WHOLES {
        keys.whole(&architecture.key(name), low..=high)?;
    }
    let layers = keys.required(&architecture.key(LAYERS_KEY), 1..=512)?;
    for &(name, low, high) in LAYERED {
        keys.layered(&architecture.key(name), low..=high, layers)?;
    }
    for &(name, fits, words) in FRACTIONS {
        let key = architecture.key(name);
        if let Some(fraction) = keys.fraction(&key)?
            && !fits(fraction)
        {
            return Err(Refusal::key(&key, format!("is {fraction}, it must be {words}")));
        }
    }
    for name in FLAGS {
        keys.flag(&architecture.key(name))?;
    }
    check_window_pattern(keys, architecture)?;
    check_stretch(keys, architecture)?;
    keys.text(&architecture.key("hidden_activation"))?;
    keys.list(&architecture.key("classifier.output_labels"), &[Kind::Text])?;
    Ok(())
}

/// Either every how many layers one looks at everything, or a yes or no for each layer.
fn check_window_pattern(keys: &Keys, architecture: &Architecture) -> Result<(), Refusal> {
    let key = architecture.key("attention.sliding_window_pattern");
    let layers = keys.required(&architecture.key(LAYERS_KEY), 1..=512)?;
    let high = if keys.is_list(&key) { 1 } else { 512 };
    keys.layered(&key, 0..=high, layers).map(drop)
}

fn check_stretch(keys: &Keys, architecture: &Architecture) -> Result<(), Refusal> {
    let key = architecture.key("rope.scaling.type");
    match keys.text(&key)? {
        Some(stretch) if !STRETCHES.contains(&stretch) => {
            let stretch = crate::printable(stretch.as_bytes());
            let problem = format!("is `{stretch}`, it must be one of {}", STRETCHES.join(", "));
            Err(Refusal::key(&key, problem))
        }
        Some(_) | None => Ok(()),
    }
}
