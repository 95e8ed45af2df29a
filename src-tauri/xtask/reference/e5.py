"""Reference vectors of multilingual-e5-small from its 4-bit weights, dequantised to float32:
python e5.py e5-small-q4.bin > FILE. The tokeniser (unigram, best path) is written here as well."""

import struct
import sys
import unicodedata

import numpy as np

import fixture
from bert import encode

data = open(sys.argv[1], "rb").read()
position = 0


def take(layout):
    global position
    values = struct.unpack_from("<" + layout, data, position)
    position += struct.calcsize("<" + layout)
    return values if len(values) > 1 else values[0]


assert take("4s") == b"E5S1"
take("I")
width, layer_count, heads, inner, vocabulary, positions, types = take("7i")
epsilon, block = take("fi")
count, begin, end, pad, unknown = take("5i")
text_bytes = take("Q")
offsets = np.frombuffer(data, "<u4", count + 1, position)
position += 4 * (count + 1)
scores = np.frombuffer(data, "<f4", count, position)
position += 4 * count
text = data[position:position + text_bytes]
position += text_bytes
take("i")
skipped = take("I")
position += skipped
tensors = {}
for _ in range(take("i")):
    name_bytes = take("H")
    name = take(f"{name_bytes}s").decode()
    take("BI")
    tensors[name], _ = take("QQ")

pieces = {}
for number in range(count):
    if number not in (begin, end, pad, unknown):
        pieces.setdefault(text[offsets[number]:offsets[number + 1]].decode(), number)
longest = max(map(len, pieces))
unknown_score = float(scores.min()) - 10.0


def tokenise(words):
    words = " ".join(unicodedata.normalize("NFKC", words).split())
    words = "\u2581" + words.replace(" ", "\u2581")
    best = [(0.0, 0, None)] + [(-1e30, 0, None)] * len(words)
    for start in range(len(words)):
        so_far = best[start][0]
        for stop in range(start + 1, min(len(words), start + longest) + 1):
            piece = pieces.get(words[start:stop])
            if piece is not None and so_far + scores[piece] > best[stop][0]:
                best[stop] = (so_far + float(scores[piece]), start, piece)
        if so_far + unknown_score > best[start + 1][0]:
            best[start + 1] = (so_far + unknown_score, start, unknown)
    path, at = [], len(words)
    while at > 0:
        _, at, piece = best[at]
        path.append(piece)
    return [begin] + path[::-1] + [end]


def floats(name, *shape):
    return np.frombuffer(data, "<f4", int(np.prod(shape)), tensors[name]).reshape(shape)


def matrix(name, rows, columns):
    """Q4_0: an f16 scale, then 16 bytes with numbers 0-15 in the low and 16-31 in the high half."""
    blocks = np.frombuffer(data, np.uint8, rows * columns // 32 * 18, tensors[name]).reshape(-1, 18)
    scale = blocks[:, :2].copy().view("<f2").astype(np.float32)
    halves = np.concatenate([blocks[:, 2:] & 15, blocks[:, 2:] >> 4], axis=1)
    return ((halves.astype(np.float32) - 8.0) * scale).reshape(rows, columns)


assert block == 32
embeddings = {
    "word": matrix("emb.word", vocabulary, width),
    "position": floats("emb.pos", positions, width),
    "type": floats("emb.type", types, width),
    "norm": (floats("emb.ln.w", width), floats("emb.ln.b", width)),
}
layers = []
for number in range(layer_count):
    layer = {}
    for ours, theirs, rows, columns in (
        ("q", "q", width, width), ("k", "k", width, width), ("v", "v", width, width),
        ("out", "ao", width, width), ("up", "fi", inner, width), ("down", "fo", width, inner),
    ):
        at = f"l{number}.{theirs}"
        layer[ours] = matrix(at + ".w", rows, columns), floats(at + ".b", rows)
    for ours, theirs in (("norm_attention", "aln"), ("norm_output", "oln")):
        at = f"l{number}.{theirs}"
        layer[ours] = floats(at + ".w", width), floats(at + ".b", width)
    layers.append(layer)


def vector(words):
    ids = tokenise(words)
    return len(ids), encode(ids, heads, epsilon, embeddings, layers)


fixture.write("multilingual-e5-small", "query: ", vector)
