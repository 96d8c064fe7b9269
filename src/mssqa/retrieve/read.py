"""The sentences among the hits that hold an answer, each with how likely it is to be one."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from mssqa.config import Reader as Settings
from mssqa.ports import Reader, Store
from mssqa.retrieve.copies import allowed, carried
from mssqa.text import words
from mssqa.types import Article, Evidence, Hit, Passage, Query, Reading, Span

# Chosen on questions of our own: docs/decisions/reader.md
FOUND = 1.0  # what the best rank adds to a margin: among equals, the better found counts
NEAR = 3.0  # by how much a margin may be less than the best and its sentence still be quoted
PER_PASSAGE = 2  # sentences


@dataclass(frozen=True, slots=True)
class _Scored:
    passage: Passage
    sentence: Span
    answer: Span
    support: float
    merit: float  # margin, and a little for how well the passage was found

    @property
    def text(self) -> str:
        return self.passage.article.text[self.sentence.start : self.sentence.end]


def read(
    query: Query, hits: Sequence[Hit], store: Store, reader: Reader, settings: Settings
) -> tuple[Evidence, ...]:
    """The best sentences of the first `settings.passages` hits, best first, numbered from 1.

    At most `settings.max_evidence`, none much less sure than the best. Near-duplicate articles
    that carry the same sentence are its copies; distinct ones are evidence of their own.
    """
    best = _scored(query, hits[: settings.passages], store, reader)
    near = [one for one in best if one.merit >= best[0].merit - NEAR]
    chosen = islice(_distinct(near, store), settings.max_evidence)
    return tuple(
        Evidence(
            number=number,
            passage=one.passage,
            sentence=one.sentence,
            answer=one.answer,
            support=one.support,
            copies=_copies(one, query, store),
        )
        for number, one in enumerate(chosen, start=1)
    )


def _scored(query: Query, hits: Sequence[Hit], store: Store, reader: Reader) -> list[_Scored]:
    """The sentences that hold a reading, best first; ties stay in the order of the hits."""
    readings = reader.read(query.text, [hit.passage.text for hit in hits])
    scored = [
        one
        for hit, of_passage in zip(hits, readings, strict=True)
        for one in islice(
            _sentences(hit.passage, of_passage, store, extra=FOUND * hit.score / hits[0].score),
            PER_PASSAGE,
        )
    ]
    return sorted(scored, key=lambda one: -one.merit)


def _sentences(
    passage: Passage, readings: Iterable[Reading], store: Store, *, extra: float
) -> Iterator[_Scored]:
    """Each sentence that holds the start of a reading, once, with the best that starts there."""
    seen: set[Span] = set()
    spans = store.sentences(passage)
    for reading in readings:
        start, end = passage.start + reading.span.start, passage.start + reading.span.end
        sentence = next((one for one in spans if one.start <= start < one.end), None)
        if sentence is not None and sentence not in seen:
            seen.add(sentence)
            yield _Scored(
                passage=passage,
                sentence=sentence,
                answer=Span(start, min(end, sentence.end)),
                support=reading.support,
                merit=reading.margin + extra,
            )


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
