"""Stand-ins for our own ports, simple enough to compute by hand."""

from collections.abc import Sequence
from zlib import crc32

import numpy as np

from mssqa.ports import Vectors
from mssqa.text import words


class FakeEmbedder:
    """One dimension for each word (its CRC-32 modulo 64); a text is the sum of its words."""

    max_tokens = 64
    dimensions = 64

    def __init__(self, fingerprint: str = "fake-1") -> None:
        self.fingerprint = fingerprint
        self.encoded: list[str] = []  # every text it was ever given, for counting

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [len(words(text)) for text in texts]

    def encode(self, texts: Sequence[str]) -> Vectors:
        self.encoded += texts
        vectors = np.zeros((len(texts), self.dimensions), dtype=np.float32)
        for row, text in enumerate(texts):
            for word in words(text):
                vectors[row, crc32(word.encode()) % self.dimensions] += 1
        return vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
