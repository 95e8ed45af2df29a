//! Shapes of models whose measures are published, and of kinds that decide by default.

use crate::sparse::plans::{PLANS, plan};
use crate::sparse::{Sparse, Value};
use crate::{Shape, inspect};

fn inspected(file: &Sparse) -> Shape {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.gguf");
    file.write(&path).unwrap();
    inspect(&path).unwrap().shape
}

fn shape(id: &str) -> Shape {
    inspected(&plan(id).unwrap().file())
}

#[test]
fn every_plan_is_let_through_and_takes_little_room() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.gguf");
    for plan in PLANS {
        let file = plan.file();
        let size_bytes = file.write(&path).unwrap();
        assert_eq!(std::fs::metadata(&path).unwrap().len(), size_bytes);
        let shape = match inspect(&path) {
            Ok(inspected) => inspected.shape,
            Err(refusal) => panic!("{}: {refusal}", plan.id),
        };
        assert_eq!(shape.weights_bytes, file.weights_bytes(), "{}", plan.id);
        assert!(shape.active_parameters <= shape.parameters, "{}", plan.id);
    }
}

#[test]
fn weights_are_summed_to_the_byte() {
    // As published, and as llama.cpp counts them.
    assert_eq!(shape("llama-3.1-8b").weights_bytes, 4_912_898_048);
    assert_eq!(shape("llama-3.1-8b").parameters, 8_030_261_248);
    assert_eq!(shape("gemma-4-12b").parameters, 11_907_350_576);
    assert_eq!(shape("gemma-4-26b-a4b").parameters, 25_233_138_206);
}

#[test]
fn experts_that_are_not_asked_are_not_active() {
    let shape = shape("gpt-oss-20b");
    assert_eq!(shape.parameters, 20_914_757_184);
    let billions = shape.active_parameters as f64 / 1e9;
    assert!((3.4..3.8).contains(&billions), "{billions}");
    assert_eq!(shape.feed_forward, 4 * 2880);
}

#[test]
fn the_output_counts_once_whether_tied_or_not() {
    let tied = shape("qwen3-4b");
    assert_eq!((tied.tied_bytes, tied.lookup_bytes), (tied.lookup_bytes, 319_065_600));
    assert_eq!(tied.active_bytes, tied.weights_bytes);
    let own = shape("qwen3-8b");
    assert_eq!(own.tied_bytes, 0);
    assert_eq!(own.active_bytes, own.weights_bytes - own.lookup_bytes);
}

#[track_caller]
fn check_kept(id: &str, kv: u64, window_kv: u64, window_tokens: u32, state_bytes: u64) {
    let shape = shape(id);
    assert_eq!(shape.kv_numbers, kv, "{id}");
    assert_eq!(shape.window_kv_numbers, window_kv, "{id}");
    assert_eq!(shape.window_tokens, window_tokens, "{id}");
    assert_eq!(shape.state_bytes, state_bytes, "{id}");
    assert_eq!(shape.can_forget_an_end(), state_bytes == 0, "{id}");
}

#[test]
fn layers_keep_what_their_kind_keeps() {
    check_kept("qwen3-4b", 36 * 8 * 256, 0, 0, 0);
    check_kept("smollm2-1.7b-instruct", 24 * 32 * 128, 0, 0, 0);
    // Every second layer looks at the last 128 tokens only.
    check_kept("gpt-oss-20b", 12 * 8 * 128, 12 * 8 * 128, 128, 0);
    // Of 48 layers, 8 look at everything, with one head of 512 numbers.
    check_kept("gemma-4-12b", 8 * 1024, 40 * 8 * 512, 1024, 0);
    // The last 20 of 35 layers keep nothing of their own: 3 are left that look at everything.
    check_kept("gemma-4-e2b", 3 * 1024, 12 * 512, 512, 0);
    // 24 of 32 layers have a state, of 32 heads of 128 by 128 numbers and three past tokens.
    let state = 24 * 4 * (32 * 128 * 128 + 3 * (4096 + 2 * 16 * 128));
    check_kept("qwen3.5-4b", 8 * 4 * 512, 0, 0, state);
    let state = 36 * 4 * (3072 * 128 + 3 * (3072 + 2 * 128));
    check_kept("granite-4.0-h-tiny", 4 * 4 * 256, 0, 0, state);
}

/// A plain model of eight layers that says to be of another kind.
fn small(architecture: &str) -> Sparse {
    let mut file = Sparse::new(architecture);
    file.own("block_count", Value::Whole(8));
    file.own("context_length", Value::Whole(4096));
    file.own("embedding_length", Value::Whole(64));
    file.own("feed_forward_length", Value::Whole(256));
    file.own("attention.head_count", Value::Whole(4));
    file.own("attention.head_count_kv", Value::Whole(2));
    file.own("rope.dimension_count", Value::Whole(16));
    file.vocabulary(300);
    file.tensor("token_embd.weight", &[64, 300], "Q8_0");
    file
}

#[test]
fn a_kind_that_does_not_say_its_windows_has_the_usual_ones() {
    let check = |architecture: &str, window: Option<u32>, kv: u64, window_kv: u64| {
        let mut file = small(architecture);
        if let Some(window) = window {
            file.own("attention.sliding_window", Value::Whole(window));
        }
        let shape = inspected(&file);
        let layer = 2 * 32;
        let found = (shape.kv_numbers / layer, shape.window_kv_numbers / layer);
        assert_eq!(found, (kv, window_kv), "{architecture}");
    };
    check("llama", Some(128), 8, 0);
    check("gemma2", None, 4, 4);
    check("gemma3", Some(512), 1, 7);
    check("gemma3", None, 8, 0);
    check("gemma3", Some(0), 8, 0);
    check("cohere2", Some(4096), 2, 6);
    check("olmo2", None, 8, 0);
    // llama.cpp does not use the windows of these.
    check("phi3", Some(2048), 8, 0);
    // A model that reads a text at once keeps nothing.
    check("modern-bert", Some(128), 0, 0);
    check("bert", None, 0, 0);
}

#[test]
fn a_pattern_of_windows_is_a_number_or_a_list() {
    let window_layers = |pattern: Value| {
        let mut file = small("gemma3");
        file.own("attention.sliding_window", Value::Whole(512));
        file.own("attention.sliding_window_pattern", pattern);
        inspected(&file).window_kv_numbers / (2 * 32)
    };
    assert_eq!(window_layers(Value::Whole(4)), 6);
    assert_eq!(window_layers(Value::Whole(1)), 0);
    assert_eq!(window_layers(Value::Whole(0)), 8);
    let list = [true, false, true, false, false, false, false, true];
    assert_eq!(window_layers(Value::Flags(list.to_vec())), 3);
}

#[test]
fn layers_with_a_state_are_a_rhythm_or_a_list() {
    let states = |change: fn(&mut Sparse)| {
        let mut file = small("qwen35");
        file.own("ssm.conv_kernel", Value::Whole(4));
        file.own("ssm.inner_size", Value::Whole(64));
        file.own("ssm.state_size", Value::Whole(16));
        file.own("ssm.time_step_rank", Value::Whole(4));
        file.own("ssm.group_count", Value::Whole(2));
        change(&mut file);
        let one = 4 * (64 * 16 + 3 * (64 + 2 * 2 * 16));
        let shape = inspected(&file);
        (shape.state_bytes / one, shape.kv_numbers / 64)
    };
    assert_eq!(states(|_| {}), (6, 2));
    let every_second = |file: &mut Sparse| {
        file.own("full_attention_interval", Value::Whole(2));
    };
    assert_eq!(states(every_second), (4, 4));
    let list = |file: &mut Sparse| {
        file.own("attention.recurrent_layers", Value::Wholes(vec![1, 1, 0, 0, 0, 0, 0, 0]));
    };
    assert_eq!(states(list), (2, 6));
    // The layers that guess ahead keep nothing while the others write.
    let guesses = |file: &mut Sparse| {
        file.own("nextn_predict_layers", Value::Whole(4));
    };
    assert_eq!(states(guesses), (3, 1));
}

#[test]
fn what_a_file_says_of_itself_is_told() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("model.gguf");
    let mut file = small("llama");
    file.key("general.name", Value::Text("A\nmodel".into()));
    file.key("general.license", Value::Text("apache-2.0".into()));
    file.key("general.file_type", Value::Whole(15));
    file.key("tokenizer.chat_template", Value::Text("{{ messages }}".into()));
    file.write(&path).unwrap();
    let said = inspect(&path).unwrap();
    assert_eq!(said.architecture, "llama");
    assert_eq!(said.name.as_deref(), Some("A\u{fffd}model"));
    assert_eq!(said.licence.as_deref(), Some("apache-2.0"));
    assert_eq!((said.file_type, said.context_tokens), (Some(15), 4096));
    assert!(said.has_chat_template && !said.makes_vectors);
    small("bert").write(&path).unwrap();
    let said = inspect(&path).unwrap();
    assert!(said.makes_vectors && !said.has_chat_template);
    assert_eq!((said.name, said.licence), (None, None));
    assert_eq!(said.shape.tied_bytes, 0, "a model that makes vectors has no output layer");
}
