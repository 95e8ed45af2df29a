"""A BERT encoder in numpy, float32, straight from its definition: the reference for our engine's
vectors. It shares no code with llama.cpp, with our converter or with the package's own library."""

import math

import numpy as np


def gelu(x):
    erf = np.vectorize(math.erf, otypes=[np.float64])
    return (0.5 * x * (1.0 + erf(x / math.sqrt(2.0)))).astype(np.float32)


def layer_norm(x, weight, bias, epsilon):
    mean = x.mean(axis=-1, keepdims=True)
    variance = ((x - mean) ** 2).mean(axis=-1, keepdims=True)
    return (x - mean) / np.sqrt(variance + epsilon) * weight + bias


def softmax(x):
    x = np.exp(x - x.max(axis=-1, keepdims=True))
    return x / x.sum(axis=-1, keepdims=True)


def encode(ids, heads, epsilon, embeddings, layers):
    """The unit vector of one text: the average of its token vectors.

    `embeddings` has word, position, type, and norm (weight, bias); each layer has q, k, v, out,
    up, down as (matrix, bias), and norm_attention, norm_output as (weight, bias)."""
    count = len(ids)
    x = embeddings["word"][ids] + embeddings["position"][:count] + embeddings["type"][0]
    x = layer_norm(x, *embeddings["norm"], epsilon)
    for layer in layers:
        def linear(name, values):
            matrix, bias = layer[name]
            return values @ matrix.T + bias

        def split(values):
            return values.reshape(count, heads, -1).transpose(1, 0, 2)

        q, k, v = (split(linear(name, x)) for name in ("q", "k", "v"))
        weights = softmax(q @ k.transpose(0, 2, 1) / math.sqrt(q.shape[-1]))
        mixed = (weights @ v).transpose(1, 0, 2).reshape(count, -1)
        x = layer_norm(x + linear("out", mixed), *layer["norm_attention"], epsilon)
        inner = gelu(linear("up", x))
        x = layer_norm(x + linear("down", inner), *layer["norm_output"], epsilon)
    mean = x.mean(axis=0)
    return mean / np.linalg.norm(mean)
