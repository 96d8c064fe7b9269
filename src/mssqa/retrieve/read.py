"""The sentences among the hits that bear on the question, each with how likely it is to answer.

This is reading without a reader: sentences are compared with the question, not understood.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice, takewhile

from mssqa.config import Reader
from mssqa.ports import Embedder, Store
from mssqa.retrieve.copies import allowed, carried
from mssqa.retrieve.support import asked, features, support, under_title
from mssqa.text import words
from mssqa.types import Article, Evidence, Hit, Passage, Query, Span

MAX_SENTENCES = 100  # compared with one question; eight passages of news have about 70
NEAR = 0.5  # of the best sentence's support, that another needs to stand beside it


@dataclass(frozen=True, slots=True)
class _Scored:
    passage: Passage
    sentence: Span
    support: float

    @property
    def text(self) -> str:
        return self.passage.article.text[self.sentence.start : self.sentence.end]


def read(
    query: Query, hits: Sequence[Hit], store: Store, embedder: Embedder, config: Reader
) -> tuple[Evidence, ...]:
    """The best sentences of the first `config.passages` hits, best first, numbered from 1.

    At most `config.max_evidence`, none with much less support than the best. Near-duplicate
    articles that carry the same sentence are its copies; distinct ones are evidence of their own.
    """
    best = _scored(query, hits[: config.passages], store, embedder)
    near = takewhile(lambda one: one.support >= NEAR * best[0].support, _distinct(best, store))
    chosen = islice(near, config.max_evidence)
    return tuple(
        Evidence(
            number=number,
            passage=one.passage,
            sentence=one.sentence,
            support=one.support,
            copies=_copies(one, query, store),
        )
        for number, one in enumerate(chosen, start=1)
    )


def _scored(query: Query, hits: Iterable[Hit], store: Store, embedder: Embedder) -> list[_Scored]:
    """Every sentence of the hits once, best first; ties stay in the order of the hits."""
    groups = list(_groups(hits, store))
    texts = [passage.article.text[a:b] for passage, spans in groups for a, b in spans]
    if not texts:
        return []
    titles = (passage.article.title for passage, spans in groups for _ in spans)
    vectors = embedder.encode([query.text, *map(under_title, titles, texts)])
    similarities = [float(cosine) for cosine in vectors[1:] @ vectors[0]]
    sought = asked(query.text, texts)
    scored: list[_Scored] = []
    for passage, spans in groups:
        done = slice(len(scored), len(scored) + len(spans))
        rows = features(
            sought,
            surroundings=f"{passage.article.title} {passage.text}",
            sentences=texts[done],
            similarities=similarities[done],
        )
        scored += [
            _Scored(passage, span, support(row)) for span, row in zip(spans, rows, strict=True)
        ]
    return sorted(scored, key=lambda one: -one.support)


def _groups(hits: Iterable[Hit], store: Store) -> Iterator[tuple[Passage, tuple[Span, ...]]]:
    """The passages, each with those of its sentences that no better passage has."""
    seen: set[tuple[str, Span]] = set()
    for hit in hits:
        article_id = hit.passage.article.id
        spans = [span for span in store.sentences(hit.passage) if (article_id, span) not in seen]
        spans = spans[: MAX_SENTENCES - len(seen)]
        seen.update((article_id, span) for span in spans)
        if spans:
            yield hit.passage, tuple(spans)


def _distinct(scored: Iterable[_Scored], store: Store) -> Iterator[_Scored]:
    """Without the sentences that a better one's near-duplicate article carries word for word."""
    taken: set[tuple[tuple[str, ...], str]] = set()
    for one in scored:
        said, article_id = words(one.text), one.passage.article.id
        alike = {article_id, *(copy.id for copy in store.copies(article_id))}
        if taken.isdisjoint((said, other) for other in alike):
            taken.add((said, article_id))
            yield one


def _copies(one: _Scored, query: Query, store: Store) -> tuple[Article, ...]:
    near = allowed(store.copies(one.passage.article.id), query)
    return tuple(article for article in near if carried([one.text], article.text))
