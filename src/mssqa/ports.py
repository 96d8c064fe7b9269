"""The boundaries of mssqa: what a stage needs of the world, in as few methods as will do."""

from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
from numpy.typing import NDArray

from mssqa.grammar import Parse
from mssqa.types import Article, Message, Passage, Query, Reading, Span

Vectors = NDArray[np.float32]
"""Unit-length rows: shape (texts, dimensions)."""

Ranking = tuple[tuple[int, float], ...]
"""(passage key, score) pairs, best first, ties by key."""


class Embedder(Protocol):
    """Turns texts into vectors whose dot product says how near their meanings are."""

    @property
    def max_tokens(self) -> int:
        """The longest input in tokens, special tokens included; what exceeds it is cut off."""

    @property
    def fingerprint(self) -> str:
        """Names the weights and everything else that changes a vector."""

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text, without special tokens."""

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit-length row for each text, in order."""


class Reader(Protocol):
    """Finds where passages answer a question, and how sure it is that they do."""

    def read(
        self, question: str, passages: Sequence[str], *, headlines: Sequence[str] = ()
    ) -> tuple[tuple[Reading, ...], ...]:
        """For each passage, in order: what it may say, best first, no two spans overlapping.

        `headlines`, if any, are one for each passage: read above it, and never an answer.
        """


class Parser(Protocol):
    """Reads the grammar of sentences."""

    def parse(self, texts: Sequence[str]) -> tuple[Parse, ...]:
        """The grammar of each text, in order."""


class Generator(Protocol):
    """A language model that writes what it is told to."""

    def write(
        self, messages: Sequence[Message], *, allowed_words: Collection[str]
    ) -> Iterator[str]:
        """The pieces of its text as they come.

        With `allowed_words` it can write no others; an empty collection leaves it free.
        """


@dataclass(frozen=True, slots=True, kw_only=True)
class Models:
    """What answers are made with."""

    embedder: Embedder
    reader: Reader
    parser: Parser
    generator: Generator | None = None  # without one, quotes are not reworded


class Store(Protocol):
    """One generation of the index, open for reading."""

    @property
    def generation(self) -> str:
        """Its name."""

    def articles(self) -> tuple[Article, ...]:
        """All of them, newest first, undated last, then by path."""

    def article(self, article_id: str) -> Article:
        """The article of that id, or ArticleError."""

    def copies(self, article_id: str) -> tuple[Article, ...]:
        """The other articles that are near-duplicates of it, by path."""

    def passages(self, keys: Sequence[int]) -> tuple[Passage, ...]:
        """The passages of those keys, in their order."""

    def sentences(self, passage: Passage) -> tuple[Span, ...]:
        """The sentences of a passage as spans of its article."""

    def lexical(self, query: Query, *, limit: int) -> Ranking:
        """The passages that share words with `query.text`, within the query's limits."""

    def spelt_like(self, word: str, *, limit: int) -> tuple[int, ...]:
        """The passages with words spelt nearly as one that stands in none; else nothing."""

    def dense(self, query: Query, vector: Vectors, *, limit: int) -> Ranking:
        """The passages nearest to a vector of shape (dimensions,), within the query's limits."""
