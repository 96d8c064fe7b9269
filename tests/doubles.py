"""Stand-ins for our own ports, simple enough to compute by hand."""

import re
from collections.abc import Callable, Collection, Iterator, Sequence
from zlib import crc32

import numpy as np

from mssqa.errors import ArticleError
from mssqa.grammar import Name, Parse, Token
from mssqa.ports import Models, Ranking, Vectors
from mssqa.retrieve.copies import allowed
from mssqa.text import sentence_spans, words
from mssqa.types import Article, Message, Passage, Query, Reading, Span


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
        unit: Vectors = vectors / np.maximum(np.linalg.norm(vectors, axis=1, keepdims=True), 1e-9)
        return unit


class FakeReader:
    """One reading for each sentence: its first number, or else the whole sentence.

    Its margin is how many words of the question the sentence has, its support their share.
    """

    def read(
        self, question: str, passages: Sequence[str], *, headlines: Sequence[str] = ()
    ) -> tuple[tuple[Reading, ...], ...]:
        assert len(headlines) in {0, len(passages)}
        asked = set(words(question))
        return tuple(
            tuple(sorted(_readings(asked, passage), key=lambda reading: -reading.margin))
            for passage in passages
        )


def _readings(asked: Collection[str], passage: str) -> list[Reading]:
    found = []
    for start, end in sentence_spans(passage):
        shared = len(set(words(passage[start:end])).intersection(asked))
        number = re.compile(r"\d+").search(passage, start, end)
        span = Span(*number.span()) if number else Span(start, end)
        found.append(Reading(span=span, margin=shared, support=shared / max(1, len(asked))))
    return found


class FakeParser:
    """Every word hangs on the first; capitals and figures are names; lemmas are lower case.

    >>> parse, = FakeParser().parse(["In Oslo 3 men met."])
    >>> [parse.text[slice(*name.span)] for name in parse.names]
    ['In Oslo', '3']
    """

    def parse(self, texts: Sequence[str]) -> tuple[Parse, ...]:
        return tuple(_parse(text) for text in texts)


def _parse(text: str) -> Parse:
    tokens = [
        Token(m.start(), m.end(), m.group().lower(), _tag(m.group()), "dep" if n else "ROOT", 0)
        for n, m in enumerate(re.finditer(r"\w+|[^\w\s]", text))
    ]
    names = [
        *(Name(Span(*m.span()), "ORG") for m in re.finditer(r"[A-Z]\w*(?: [A-Z]\w*)*", text)),
        *(Name(Span(*m.span()), "CARDINAL") for m in re.finditer(r"\b\d[\d,]*", text)),
    ]
    return Parse(text=text, tokens=tuple(tokens), names=tuple(sorted(names)))


def _tag(word: str) -> str:
    if word[0].isdigit():
        return "NUM"
    if not word[0].isalpha():
        return "PUNCT"
    return "PROPN" if word[0].isupper() else "NOUN"


class FakeGenerator:
    """Writes the pieces that it was made with, whatever it is told; then fails, if told how."""

    def __init__(self, *pieces: str, error: Exception | None = None) -> None:
        self._pieces = pieces
        self._error = error
        self.told: list[tuple[Message, ...]] = []  # all that it was ever told
        self.written = 0  # pieces that somebody took

    def write(
        self, messages: Sequence[Message], *, allowed_words: Collection[str]
    ) -> Iterator[str]:
        del allowed_words
        self.told.append(tuple(messages))
        for piece in self._pieces:
            self.written += 1
            yield piece
        if self._error is not None:
            raise self._error


class MemoryStore:
    """An index of one passage per article; its key is the article's position.

    Word rank: how many words of the query a passage has. Meaning rank: the dot product.
    """

    generation = "000001-memory"

    def __init__(
        self, articles: Sequence[Article], *, alike: Sequence[Collection[str]] = ()
    ) -> None:
        self._articles = tuple(articles)
        self._alike = alike  # groups of paths whose articles are near-duplicates
        self._embedder = FakeEmbedder()

    def articles(self) -> tuple[Article, ...]:
        return self._articles

    def article(self, article_id: str) -> Article:
        found = [article for article in self._articles if article.id == article_id]
        if not found:
            raise ArticleError(f"no article {article_id!r}")
        return found[0]

    def copies(self, article_id: str) -> tuple[Article, ...]:
        path = self.article(article_id).path
        near = {other for group in self._alike if path in group for other in group} - {path}
        return tuple(article for article in self._articles if article.path in near)

    def passages(self, keys: Sequence[int]) -> tuple[Passage, ...]:
        whole = (self._articles[key] for key in keys)
        return tuple(
            Passage(article=article, ordinal=0, start=0, end=len(article.text)) for article in whole
        )

    def sentences(self, passage: Passage) -> tuple[Span, ...]:
        return sentence_spans(passage.text)

    def lexical(self, query: Query, *, limit: int) -> Ranking:
        sought = set(words(query.text))
        return self._ranking(query, lambda text: len(sought.intersection(words(text))), limit)

    def spelt_like(self, word: str, *, limit: int) -> tuple[int, ...]:
        """Those with a word that begins with the same four letters."""
        said = [set(words(article.text)) for article in self._articles]
        near = [key for key, them in enumerate(said) if word[:4] in {other[:4] for other in them}]
        return () if any(word in them for them in said) else tuple(near[:limit])

    def dense(self, query: Query, vector: Vectors, *, limit: int) -> Ranking:
        def similarity(text: str) -> float:
            return float(self._embedder.encode([text])[0] @ vector)

        return self._ranking(query, similarity, limit)

    def _ranking(self, query: Query, score: Callable[[str], float], limit: int) -> Ranking:
        let_in = allowed(self._articles, query)
        scored = [
            (key, float(score(article.text)))
            for key, article in enumerate(self._articles)
            if article in let_in
        ]
        found = [pair for pair in scored if pair[1] > 0]
        return tuple(sorted(found, key=lambda pair: -pair[1])[:limit])


def fake_models() -> Models:
    """All of them doubles, and no generator."""
    return Models(embedder=FakeEmbedder(), reader=FakeReader(), parser=FakeParser())
