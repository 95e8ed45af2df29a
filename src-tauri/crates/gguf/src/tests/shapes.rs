//! Settings of an architecture, alone and together.

use super::*;

#[test]
fn every_setting_that_ends_the_process_is_refused() {
    for count in [0, 513, 1 << 31, u32::MAX] {
        let expected = format!("is {count}, it must be 1 to 512");
        check_key_refused("llama.block_count", Value::U32(count), &expected);
    }
    let key = "llama.attention.layer_norm_rms_epsilon";
    check_key_refused(key, Value::F32(f32::NAN), "is NaN, which is not a finite number");
    for epsilon in [0.0, -1e-5, 1.0] {
        check_key_refused(key, Value::F32(epsilon), "");
    }
    check_key_refused(key, Value::F32(2.0), "is 2, it must be above 0 and below 1");
}

#[test]
fn settings_are_there_and_of_the_kind_that_llama_reads() {
    for name in ["block_count", "context_length", "embedding_length", "attention.head_count"] {
        let key = format!("llama.{name}");
        check_refused(|model| model.remove(&key), &format!("the key `{key}` is missing"));
        check_key_refused(&key, Value::U32(0), "is 0");
        check_key_refused(&key, Value::U32(u32::MAX), "is 4294967295, it must be 1 to");
        check_key_refused(&key, Value::text("many"), "is text, it must be a 32-bit whole number");
        check_key_refused(&key, Value::I32(2), "is a signed 32-bit whole number, it must be");
        check_key_refused(&key, Value::F32(2.0), "is a 32-bit fraction, it must be");
    }
    check_key_refused("llama.rope.freq_base", Value::F64(1e4), "it must be a 32-bit fraction");
    check_key_refused("llama.rope.freq_base", Value::F32(0.0), "is 0, it must be above 0");
    check_key_refused("llama.rope.freq_base", Value::F32(-1.0), "is -1, it must be above 0");
    check_key_refused("llama.rope.scaling.factor", Value::F32(1e9), "it must be 0 to a million");
    check_key_refused("llama.rope.scaling.type", Value::text("spiral"), "is `spiral`, it must be");
    check_key_refused("llama.attention.causal", Value::U32(1), "it must be yes or no");
    check_key_refused("llama.pooling_type", Value::U32(5), "is 5, it must be 0 to 4");
    check_key_refused("llama.vocab_size", Value::U32(2_000_000), "it must be 1 to 1000000");
    check_key_refused("llama.expert_gating_func", Value::U32(9), "it must be 1 to 4");
    check_key_refused("llama.full_attention_interval", Value::U32(0), "it must be 1 to 512");
    check_accepted(|model| model.set("llama.rope.scaling.type", Value::text("yarn")));
}

#[test]
fn lists_have_one_number_a_layer() {
    let key = "llama.feed_forward_length";
    check_accepted(|model| model.set(key, Value::wholes(&[128, 256])));
    check_accepted(|model| model.set(key, Value::wholes(&[128, 0])));
    check_key_refused(key, Value::wholes(&[0, 0]), "is 0, and there are no experts");
    check_key_refused(key, Value::U32(0), "is 0, and there are no experts");
    check_key_refused(key, Value::wholes(&[128]), "has 1 elements, it must have 2");
    check_key_refused(key, Value::wholes(&[128, -1]), "is -1, it must be 0 to 1048576");
    check_key_refused(key, Value::texts(&["a", "b"]), "is a list where each is text, each must be");
    let pattern = "llama.attention.sliding_window_pattern";
    check_accepted(|model| model.set(pattern, Value::list(7, 2, &[1, 0])));
    check_accepted(|model| model.set(pattern, Value::U32(6)));
    check_key_refused(pattern, Value::list(7, 3, &[1, 0, 1]), "has 3 elements");
}

#[test]
fn heads_divide_the_width() {
    let three_heads = |model: &mut Model| {
        model.set("llama.attention.head_count", Value::U32(3));
        model.remove("llama.attention.head_count_kv");
    };
    check_refused(three_heads, "is 3, which does not divide the width of 64");
    check_key_refused("llama.attention.head_count", Value::wholes(&[0, 4]), "is 0 for the first");
    check_key_refused("llama.attention.head_count_kv", Value::U32(3), "does not divide 4 heads");
    check_key_refused("llama.attention.head_count_kv", Value::U32(8), "does not divide 4 heads");
    check_key_refused("llama.attention.value_length", Value::U32(32), "but heads have 16 numbers");
    check_key_refused("llama.rope.dimension_count", Value::U32(8), "heads of 16 numbers");
    for turned in [8, 16] {
        let change = |model: &mut Model| {
            model.become_architecture("phi3");
            model.set("phi3.rope.dimension_count", Value::U32(turned));
        };
        check_accepted(change);
    }
    for turned in [7, 18] {
        let change = |model: &mut Model| {
            model.become_architecture("phi3");
            model.set("phi3.rope.dimension_count", Value::U32(turned));
        };
        check_refused(change, "the key `phi3.rope.dimension_count` is");
    }
    let sections = "llama.rope.dimension_sections";
    check_accepted(|model| model.set(sections, Value::wholes(&[4, 2, 2, 0])));
    check_key_refused(sections, Value::wholes(&[0, 0, 0, 4]), "are [0, 0, 0, 4]");
    check_key_refused(sections, Value::wholes(&[4, 2]), "has 2 elements, it must have 4");
    check_key_refused(sections, Value::wholes(&[16, 16, 16, 16]), "heads of 16 numbers");
}

fn check_experts(values: [u32; 4], expected: &str) {
    let names =
        ["expert_count", "expert_used_count", "expert_group_count", "expert_group_used_count"];
    let mut model = Model::sound();
    for (name, value) in names.iter().zip(values) {
        model.set(&format!("llama.{name}"), Value::U32(value));
    }
    let said = said(&model);
    assert!(said.contains(expected), "{values:?}: {said}");
}

#[test]
fn experts_in_use_are_among_those_there() {
    check_experts([8, 2, 0, 0], "fine");
    check_experts([8, 2, 4, 2], "fine");
    check_experts([8, 9, 0, 0], "`llama.expert_used_count` is 9 of 8 experts");
    check_experts([8, 0, 0, 0], "`llama.expert_used_count` is 0 of 8 experts");
    check_experts([0, 2, 0, 0], "`llama.expert_used_count` is 2 of 0 experts");
    check_experts([0, 0, 2, 1], "`llama.expert_group_count` is 2");
    check_experts([8, 2, 3, 1], "`llama.expert_group_count` is 3");
    check_experts([8, 2, 8, 1], "`llama.expert_group_count` is 8");
    check_experts([8, 2, 4, 0], "`llama.expert_group_used_count` is 0 of 4");
    check_experts([8, 2, 4, 4], "`llama.expert_group_used_count` is 4 of 4");
    check_experts([1025, 2, 0, 0], "it must be 0 to 1024");
    let needed = "the key `qwen3moe.expert_count` is 0 or missing";
    check_refused(|model| model.become_architecture("qwen3moe"), needed);
}

#[test]
fn layers_are_counted_once() {
    check_key_refused("llama.nextn_predict_layers", Value::U32(2), "too many of 2 layers");
    check_key_refused("llama.attention.shared_kv_layers", Value::U32(1), "too many of 2 layers");
    check_key_refused("llama.leading_dense_block_count", Value::U32(3), "too many of 2 layers");
    check_accepted(|model| model.set("llama.leading_dense_block_count", Value::U32(2)));
}

#[test]
fn states_divide_into_heads() {
    let with_states = |heads: u32, groups: u32, inner: u32| {
        move |model: &mut Model| {
            model.become_architecture("qwen35");
            model.set("qwen35.ssm.time_step_rank", Value::U32(heads));
            model.set("qwen35.ssm.group_count", Value::U32(groups));
            model.set("qwen35.ssm.inner_size", Value::U32(inner));
        }
    };
    check_accepted(with_states(8, 4, 128));
    check_refused(with_states(0, 4, 128), "`qwen35.ssm.time_step_rank` is 0, it must be 1 to");
    check_refused(with_states(8, 3, 128), "`qwen35.ssm.time_step_rank` is 8, beside 3 groups");
    check_refused(with_states(7, 1, 128), "`qwen35.ssm.time_step_rank` is 7");
}
