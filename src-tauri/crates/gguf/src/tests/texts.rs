//! The vocabulary and what belongs to it.

use super::writer::TOKENS;
use super::*;

const TOKENS_KEY: &str = "tokenizer.ggml.tokens";

fn with_tokens(model: &mut Model, tokens: &[&str]) {
    model.set(TOKENS_KEY, Value::texts(tokens));
    model.set("tokenizer.ggml.token_type", Value::wholes(&vec![1; tokens.len()]));
}

#[test]
fn tokens_are_told_apart() {
    let mut tokens = TOKENS;
    tokens[7] = "a";
    let equal = "has the same text for tokens";
    check_refused(|model| with_tokens(model, &tokens), equal);
    // llama.cpp stops reading at a zero byte, and names empty tokens by their number.
    tokens[7] = "a\0x";
    check_refused(|model| with_tokens(model, &tokens), equal);
    tokens[7] = "[EMPTY_8]";
    tokens[8] = "";
    check_refused(|model| with_tokens(model, &tokens), equal);
    tokens[7] = "";
    check_accepted(|model| with_tokens(model, &tokens));
}

#[test]
fn a_vocabulary_is_there_and_of_one_length() {
    check_refused(|model| model.remove(TOKENS_KEY), "the key `tokenizer.ggml.tokens` is missing");
    check_key_refused(TOKENS_KEY, Value::texts(&[]), "is empty");
    check_key_refused(
        TOKENS_KEY,
        Value::wholes(&[1, 2]),
        "is a list where each is a signed 32-bit",
    );
    check_key_refused(TOKENS_KEY, Value::text("abc"), "is text, it must be a list");
    check_key_refused(
        TOKENS_KEY,
        Value::list(8, 1_000_001, &[]),
        "has 1000001 elements, 1000000 at",
    );
    let kinds = "tokenizer.ggml.token_type";
    check_key_refused(kinds, Value::wholes(&[1; 11]), "has 11 elements for 12 tokens");
    check_key_refused(kinds, Value::texts(&["a"; 12]), "is a list where each is text");
    let scores = "tokenizer.ggml.scores";
    check_key_refused(scores, Value::list(6, 2, &[0; 8]), "has 2 elements for 12 tokens");
    check_key_refused(scores, Value::U32(1), "it must be a list");
    check_refused(|model| model.remove("tokenizer.ggml.merges"), "merges` is missing");
    check_key_refused("tokenizer.ggml.merges", Value::wholes(&[1]), "each must be text");
    check_key_refused("tokenizer.ggml.model", Value::text("none"), "is `none`, which this program");
    check_refused(|model| model.remove("tokenizer.ggml.model"), "model` is missing");
    check_key_refused("tokenizer.chat_template", Value::U32(1), "it must be text");
    check_key_refused("tokenizer.ggml.add_bos_token", Value::U32(1), "it must be yes or no");
    check_key_refused("tokenizer.ggml.token_type_count", Value::U32(0), "it must be 1 to 65536");
}

#[test]
fn special_tokens_exist() {
    let eos = "tokenizer.ggml.eos_token_id";
    check_key_refused(eos, Value::U32(12), "is 12, the last token is 11");
    check_key_refused(eos, Value::U32(u32::MAX - 1), "the last token is 11");
    check_key_refused(eos, Value::I32(-1), "is a signed 32-bit whole number");
    check_key_refused(eos, Value::text("</s>"), "is text");
    // This is how files say that there is none.
    check_accepted(|model| model.set("tokenizer.ggml.padding_token_id", Value::U32(u32::MAX)));
    check_accepted(|model| model.remove("tokenizer.ggml.bos_token_id"));
    check_accepted(|model| model.remove("tokenizer.ggml.add_bos_token"));
    let without_beginning = |model: &mut Model| {
        with_tokens(model, &TOKENS[..8]);
        model.remove("tokenizer.ggml.bos_token_id");
        model.set("tokenizer.ggml.add_bos_token", Value::Bool(1));
    };
    check_refused(without_beginning, "bos_token_id` is missing, and every text needs it");
    let of_pieces = |model: &mut Model| model.set("tokenizer.ggml.model", Value::text("bert"));
    check_refused(of_pieces, "seperator_token_id` is missing, and every text needs it");
    let without_end = |model: &mut Model| {
        model.set("tokenizer.ggml.model", Value::text("t5"));
        model.set("tokenizer.ggml.add_bos_token", Value::Bool(1));
        model.remove("tokenizer.ggml.bos_token_id");
    };
    check_refused(without_end, "bos_token_id` is missing, and every text needs it");
}

#[test]
fn every_byte_has_a_token() {
    let bytes: Vec<String> = (0..=255u8).map(|byte| format!("<0x{byte:02X}>")).collect();
    let mut tokens: Vec<&str> = bytes.iter().map(String::as_str).collect();
    let of_pieces = |tokens: &[&str]| {
        let mut model = Model::sound();
        model.set("tokenizer.ggml.model", Value::text("llama"));
        with_tokens(&mut model, tokens);
        said(&model)
    };
    assert_eq!(of_pieces(&tokens), "fine");
    tokens[65] = "A";
    assert_eq!(of_pieces(&tokens), "fine");
    tokens[0xef] = "<0xef>";
    assert!(
        of_pieces(&tokens).contains("has no token for the byte <0xEF>"),
        "{}",
        of_pieces(&tokens)
    );
}
