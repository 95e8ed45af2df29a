"""Writes reference vectors as the fixture that `engine-llama/tests` compares with."""

import json
import pathlib
import sys


def write(model, prefix, vector):
    """`vector` turns a text into its number of tokens and its unit vector."""
    texts = json.loads((pathlib.Path(__file__).parent / "texts.json").read_text())
    texts = [prefix + text for text in texts]
    tokens, vectors = zip(*map(vector, texts))
    json.dump({"model": model, "texts": texts, "tokens": tokens,
               "vectors": [[round(float(number), 6) for number in one] for one in vectors]},
              sys.stdout, ensure_ascii=False)
    print()
