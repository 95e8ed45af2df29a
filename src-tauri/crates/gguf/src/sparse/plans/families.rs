//! The keys and layers by which kinds of models differ.

use super::Plan;
use super::layer::Layer;
use crate::sparse::{Sparse, Value};

/// A kind of model.
#[derive(Clone, Copy, Debug)]
pub(super) enum Family {
    /// Attention and an inner layer, nothing else.
    Plain,
    /// The same with norms of keys and queries.
    Normed,
    /// With norms, and experts in place of the inner layer.
    Experts { count: u32, used: u32, feed_forward: u32 },
    /// Every second layer with a window, experts with offsets.
    Sinks { experts: u32, used: u32 },
    /// Windows between layers that look at everything; the last ones may share what they keep.
    Windows { global_kv: u32, every: u32, window: u32, shared: u32, table: u32, doubles: bool },
    /// The same with experts beside the inner layer.
    WindowsAndExperts { global_kv: u32, count: u32, used: u32, feed_forward: u32 },
    /// Three layers with a state between two with attention, and one layer that guesses ahead.
    Delta { value_heads: u32, key_heads: u32 },
    /// Layers with a state, and a few with attention.
    States { inner: u32, state: u32, state_heads: u32 },
}

/// Numbers of a head in layers with a window, where others have 512.
const WINDOW_HEAD: u32 = 256;

/// Numbers of one head's state.
const DELTA_STATE: u32 = 128;

/// Layers with attention among those with a state.
const HYBRID_ATTENTION: [u32; 4] = [5, 15, 25, 35];

impl Family {
    /// Layers behind the others that only guess the next but one token.
    pub(super) fn guessing_layers(self) -> u32 {
        u32::from(matches!(self, Family::Delta { .. }))
    }

    /// The keys that only this kind has.
    pub(super) fn keys(self, plan: &Plan, file: &mut Sparse) {
        let rope = |file: &mut Sparse, turned: u32| {
            file.own("rope.dimension_count", Value::Whole(turned));
        };
        match self {
            Family::Plain | Family::Normed => rope(file, plan.head),
            Family::Experts { count, used, feed_forward } => {
                rope(file, plan.head);
                expert_keys(file, count, used, feed_forward);
            }
            Family::Sinks { experts, used } => {
                rope(file, plan.head);
                expert_keys(file, experts, used, plan.feed_forward);
                file.own("attention.sliding_window", Value::Whole(128));
            }
            Family::Windows { global_kv, every, window, shared, table, .. } => {
                window_keys(plan, file, global_kv, every, window);
                file.own("attention.shared_kv_layers", Value::Whole(shared));
                file.own("embedding_length_per_layer_input", Value::Whole(table));
                let lengths = (0..plan.layers).map(|layer| self.inner(plan, layer) as i32);
                file.own("feed_forward_length", Value::Wholes(lengths.collect()));
            }
            Family::WindowsAndExperts { global_kv, count, used, feed_forward } => {
                window_keys(plan, file, global_kv, 6, 1024);
                expert_keys(file, count, used, feed_forward);
            }
            Family::Delta { value_heads, key_heads } => {
                rope(file, 64);
                file.own("nextn_predict_layers", Value::Whole(1));
                file.own("full_attention_interval", Value::Whole(4));
                file.own("rope.dimension_sections", Value::Wholes(vec![11, 11, 10, 0]));
                state_keys(file, value_heads * DELTA_STATE, DELTA_STATE, value_heads, key_heads);
            }
            Family::States { inner, state, state_heads } => {
                rope(file, plan.head);
                let kv = |layer| if has_attention(layer) { plan.kv_heads as i32 } else { 0 };
                let kv = (0..plan.layers).map(kv).collect();
                file.own("attention.head_count_kv", Value::Wholes(kv));
                state_keys(file, inner, state, state_heads, 1);
            }
        }
    }

    /// The tensors of all layers.
    pub(super) fn tensors(self, plan: &Plan, file: &mut Sparse) {
        if let Family::Windows { table: table @ 1.., .. } = self {
            let [all, width] = [table * plan.layers, plan.width].map(u64::from);
            let tokens = u64::from(plan.vocabulary);
            file.tensor("per_layer_token_embd.weight", &[all, tokens], "Q6_K");
            file.tensor("per_layer_model_proj.weight", &[width, all], "Q4_0");
            file.tensor("per_layer_proj_norm.weight", &[table.into()], "F32");
        }
        if matches!(self, Family::Windows { .. } | Family::WindowsAndExperts { .. }) {
            file.tensor("rope_freqs.weight", &[u64::from(plan.head / 2)], "F32");
        }
        for index in 0..plan.blocks() {
            self.layer(plan, &mut Layer::new(plan, file, index));
        }
    }

    fn layer(self, plan: &Plan, layer: &mut Layer<'_>) {
        layer.norms(&["attn_norm"]);
        match self {
            Family::Plain | Family::Normed => {
                layer.norms(&["ffn_norm"]);
                layer.attention(plan.head, plan.kv_heads);
                if matches!(self, Family::Normed) {
                    layer.head_norms(plan.head);
                }
                layer.inner(plan.feed_forward);
            }
            Family::Experts { count, feed_forward, .. } => {
                layer.norms(&["ffn_norm"]);
                layer.attention(plan.head, plan.kv_heads);
                layer.head_norms(plan.head);
                layer.experts(count, feed_forward);
            }
            Family::Sinks { experts, .. } => {
                layer.norms(&["post_attention_norm"]);
                layer.attention(plan.head, plan.kv_heads);
                layer.experts(experts, plan.feed_forward);
                layer.offsets(experts);
            }
            Family::Windows { global_kv, every, table, .. } => {
                windowed(plan, layer, global_kv, every);
                layer.inner(self.inner(plan, layer.index()));
                if table > 0 {
                    layer.matrix("inp_gate.weight", plan.width, table);
                    layer.matrix("proj.weight", table, plan.width);
                    layer.norms(&["post_norm"]);
                }
            }
            Family::WindowsAndExperts { global_kv, count, feed_forward, .. } => {
                windowed(plan, layer, global_kv, 6);
                layer.inner(plan.feed_forward);
                layer.norms(&["pre_ffw_norm_2", "post_ffw_norm_1", "post_ffw_norm_2"]);
                layer.plain("ffn_gate_inp.scale", &[plan.width]);
                layer.experts(count, feed_forward);
            }
            Family::Delta { value_heads, key_heads } => {
                layer.norms(&["post_attention_norm"]);
                delta(plan, layer, value_heads, key_heads);
                layer.inner(plan.feed_forward);
            }
            Family::States { inner, state, state_heads } => {
                layer.norms(&["ffn_norm"]);
                if has_attention(layer.index()) {
                    layer.attention(plan.head, plan.kv_heads);
                } else {
                    let through = inner + 2 * state;
                    layer.matrix("ssm_in.weight", plan.width, inner + through + state_heads);
                    layer.plain("ssm_conv1d.weight", &[4, through]);
                    layer.plain("ssm_conv1d.bias", &[through]);
                    layer.plain("ssm_dt.bias", &[state_heads]);
                    layer.plain("ssm_a", &[1, state_heads]);
                    layer.plain("ssm_d", &[1, state_heads]);
                    layer.plain("ssm_norm.weight", &[inner, 1]);
                    layer.matrix("ssm_out.weight", inner, plan.width);
                }
                layer.inner(plan.feed_forward);
            }
        }
    }

    /// The width of a layer's inner layer: twice as much where it keeps nothing of its own.
    fn inner(self, plan: &Plan, layer: u32) -> u32 {
        match self {
            Family::Windows { shared, doubles: true, .. } if layer >= plan.layers - shared => {
                2 * plan.feed_forward
            }
            _ => plan.feed_forward,
        }
    }
}

fn has_attention(layer: u32) -> bool {
    HYBRID_ATTENTION.contains(&layer)
}

fn expert_keys(file: &mut Sparse, count: u32, used: u32, feed_forward: u32) {
    file.own("expert_count", Value::Whole(count));
    file.own("expert_used_count", Value::Whole(used));
    file.own("expert_feed_forward_length", Value::Whole(feed_forward));
}

fn window_keys(plan: &Plan, file: &mut Sparse, global_kv: u32, every: u32, window: u32) {
    let windows: Vec<bool> = (1..=plan.layers).map(|layer| layer % every != 0).collect();
    let kv = windows.iter().map(|&has| if has { plan.kv_heads } else { global_kv } as i32);
    file.own("attention.head_count_kv", Value::Wholes(kv.collect()));
    file.own("attention.sliding_window", Value::Whole(window));
    file.own("attention.sliding_window_pattern", Value::Flags(windows));
    file.own("attention.key_length_swa", Value::Whole(WINDOW_HEAD));
    file.own("attention.value_length_swa", Value::Whole(WINDOW_HEAD));
    file.own("rope.dimension_count", Value::Whole(plan.head));
    file.own("rope.dimension_count_swa", Value::Whole(WINDOW_HEAD));
}

fn state_keys(file: &mut Sparse, inner: u32, state: u32, heads: u32, groups: u32) {
    file.own("ssm.conv_kernel", Value::Whole(4));
    file.own("ssm.inner_size", Value::Whole(inner));
    file.own("ssm.state_size", Value::Whole(state));
    file.own("ssm.time_step_rank", Value::Whole(heads));
    file.own("ssm.group_count", Value::Whole(groups));
}

/// Attention of a layer that may have a window. The larger models use keys as values in others.
fn windowed(plan: &Plan, layer: &mut Layer<'_>, global_kv: u32, every: u32) {
    let has_window = !(layer.index() + 1).is_multiple_of(every);
    let (head, kv) = match has_window {
        true => (WINDOW_HEAD, plan.kv_heads),
        false => (plan.head, global_kv),
    };
    layer.norms(&["post_attention_norm", "ffn_norm", "post_ffw_norm"]);
    layer.head_norms(head);
    layer.plain("layer_output_scale.weight", &[1]);
    layer.matrix("attn_q.weight", plan.width, head * plan.heads);
    layer.matrix("attn_k.weight", plan.width, head * kv);
    if has_window || plan.kv_heads == global_kv {
        layer.matrix("attn_v.weight", plan.width, head * kv);
    }
    layer.matrix("attn_output.weight", head * plan.heads, plan.width);
}

/// A layer with a state, with attention, or the one behind all that guesses ahead.
fn delta(plan: &Plan, layer: &mut Layer<'_>, value_heads: u32, key_heads: u32) {
    let guesses = layer.index() >= plan.layers;
    if guesses || (layer.index() + 1).is_multiple_of(4) {
        layer.matrix("attn_q.weight", plan.width, 2 * plan.head * plan.heads);
        layer.matrix("attn_k.weight", plan.width, plan.head * plan.kv_heads);
        layer.matrix("attn_v.weight", plan.width, plan.head * plan.kv_heads);
        layer.matrix("attn_output.weight", plan.head * plan.heads, plan.width);
        layer.head_norms(plan.head);
    } else {
        let [keys, values] = [key_heads, value_heads].map(|heads| heads * DELTA_STATE);
        layer.matrix("attn_qkv.weight", plan.width, 2 * keys + values);
        layer.matrix("attn_gate.weight", plan.width, values);
        layer.plain("ssm_conv1d.weight", &[4, 2 * keys + values]);
        layer.plain("ssm_dt.bias", &[value_heads]);
        layer.plain("ssm_a", &[value_heads]);
        layer.matrix("ssm_beta.weight", plan.width, value_heads);
        layer.matrix("ssm_alpha.weight", plan.width, value_heads);
        layer.plain("ssm_norm.weight", &[DELTA_STATE]);
        layer.matrix("ssm_out.weight", values, plan.width);
    }
    if guesses {
        layer.matrix("nextn.eh_proj.weight", 2 * plan.width, plan.width);
        layer.norms(&["nextn.enorm", "nextn.hnorm", "nextn.shared_head_norm"]);
    }
}
