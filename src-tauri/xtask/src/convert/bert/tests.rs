//! Names, spelling and the rule for quantising.

use super::{is_quantised, rename, spell};

#[test]
fn names_of_tensors() {
    let check = |name: &str, expected: Option<&str>| assert_eq!(rename(name).as_deref(), expected);
    check("embeddings.word_embeddings.weight", Some("token_embd.weight"));
    check("embeddings.LayerNorm.bias", Some("token_embd_norm.bias"));
    check("encoder.layer.0.attention.self.query.weight", Some("blk.0.attn_q.weight"));
    check("encoder.layer.11.output.LayerNorm.bias", Some("blk.11.layer_output_norm.bias"));
    check("encoder.layer.x.output.dense.bias", None);
    check("encoder.layer.0.attention.self.distance.weight", None);
    check("cls.predictions.bias", None);
    check("weight", None);
}

#[test]
fn spelling_of_pieces() {
    let check = |piece: &str, expected: &str| assert_eq!(spell(piece), expected);
    check("shoe", "\u{2581}shoe");
    check("##s", "s");
    check("#", "\u{2581}#");
}

#[test]
fn only_matrices_that_are_multiplied_are_quantised() {
    let check = |name: &str, shape: &[u64], expected| {
        assert_eq!(is_quantised(name, shape), expected, "{name}");
    };
    check("token_embd.weight", &[384, 30522], true);
    check("blk.0.attn_q.weight", &[384, 384], true);
    check("blk.0.attn_q.weight", &[33, 384], false);
    check("blk.0.attn_q.bias", &[384], false);
    check("position_embd.weight", &[384, 512], false);
    check("token_types.weight", &[384, 2], false);
}
