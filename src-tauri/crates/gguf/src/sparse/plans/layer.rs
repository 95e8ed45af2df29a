//! The tensors of one layer, named as llama.cpp names them.

use super::Plan;
use crate::sparse::Sparse;

/// Writes the tensors of one layer.
pub(super) struct Layer<'a> {
    plan: &'a Plan,
    file: &'a mut Sparse,
    index: u32,
}

impl<'a> Layer<'a> {
    pub(super) fn new(plan: &'a Plan, file: &'a mut Sparse, index: u32) -> Layer<'a> {
        Layer { plan, file, index }
    }

    /// Its number.
    pub(super) fn index(&self) -> u32 {
        self.index
    }

    /// A matrix that the quantizer stores as it likes.
    pub(super) fn matrix(&mut self, name: &str, row: u32, rows: u32) {
        self.packed(name, &[row, rows]);
    }

    /// A tensor of 32-bit fractions.
    pub(super) fn plain(&mut self, name: &str, lengths: &[u32]) {
        self.add(name, lengths, "F32");
    }

    /// Norms of the width of the model.
    pub(super) fn norms(&mut self, names: &[&str]) {
        for name in names {
            self.plain(&format!("{name}.weight"), &[self.plan.width]);
        }
    }

    /// The four matrices of attention.
    pub(super) fn attention(&mut self, head: u32, kv_heads: u32) {
        let Plan { width, heads, .. } = *self.plan;
        self.matrix("attn_q.weight", width, head * heads);
        self.matrix("attn_k.weight", width, head * kv_heads);
        self.matrix("attn_v.weight", width, head * kv_heads);
        self.matrix("attn_output.weight", head * heads, width);
    }

    /// The norms of queries and keys.
    pub(super) fn head_norms(&mut self, head: u32) {
        self.plain("attn_q_norm.weight", &[head]);
        self.plain("attn_k_norm.weight", &[head]);
    }

    /// The three matrices of the inner layer.
    pub(super) fn inner(&mut self, feed_forward: u32) {
        let width = self.plan.width;
        self.matrix("ffn_gate.weight", width, feed_forward);
        self.matrix("ffn_up.weight", width, feed_forward);
        self.matrix("ffn_down.weight", feed_forward, width);
    }

    /// The inner layers of all experts, and what chooses among them.
    pub(super) fn experts(&mut self, count: u32, feed_forward: u32) {
        let width = self.plan.width;
        self.plain("ffn_gate_inp.weight", &[width, count]);
        self.packed("ffn_gate_exps.weight", &[width, feed_forward, count]);
        self.packed("ffn_up_exps.weight", &[width, feed_forward, count]);
        self.packed("ffn_down_exps.weight", &[feed_forward, width, count]);
    }

    /// What is added to each result of attention and of the experts.
    pub(super) fn offsets(&mut self, experts: u32) {
        let Plan { width, heads, kv_heads, head, feed_forward, .. } = *self.plan;
        self.plain("attn_sinks.weight", &[heads]);
        self.plain("attn_q.bias", &[heads * head]);
        self.plain("attn_k.bias", &[kv_heads * head]);
        self.plain("attn_v.bias", &[kv_heads * head]);
        self.plain("attn_output.bias", &[width]);
        self.plain("ffn_gate_inp.bias", &[experts]);
        self.plain("ffn_gate_exps.bias", &[feed_forward, experts]);
        self.plain("ffn_up_exps.bias", &[feed_forward, experts]);
        self.plain("ffn_down_exps.bias", &[width, experts]);
    }

    fn packed(&mut self, name: &str, lengths: &[u32]) {
        let Plan { mix, layers, .. } = *self.plan;
        let layer = self.index.min(layers - 1);
        self.add(name, lengths, mix.matrix(name, layer, layers, lengths[0].into()));
    }

    fn add(&mut self, name: &str, lengths: &[u32], stored: &str) {
        let lengths: Vec<u64> = lengths.iter().map(|&length| length.into()).collect();
        self.file.tensor(&format!("blk.{}.{name}", self.index), &lengths, stored);
    }
}
