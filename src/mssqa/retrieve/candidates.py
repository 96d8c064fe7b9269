"""The sentences that a reader points at: what may become evidence."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import islice

from mssqa.text import headline
from mssqa.types import Hit, Passage, Reading, Span

MOST = 8  # that are weighed
PER_PASSAGE = 2
FOUND = 1.0  # what the best rank adds to a margin: among equals, the better found counts


@dataclass(frozen=True, slots=True, kw_only=True)
class Candidate:
    """A sentence with the answer that a reader sees in it. Spans are of the article."""

    passage: Passage
    sentence: Span
    answer: Span
    before: Span  # the sentence before it in the passage; empty at its beginning
    after: Span  # the next one
    margin: float  # of the answer, as it stands in its passage
    found: float  # score of the hit, as a share of the best

    @property
    def text(self) -> str:
        """The sentence."""
        return self.slice(self.sentence)

    @property
    def value(self) -> str:
        """The answer."""
        return self.slice(self.answer)

    @property
    def near(self) -> str:
        """The headline, the sentence and its neighbours."""
        parts = (self.before, self.sentence, self.after)
        return "\n".join((headline(self.passage.article), *map(self.slice, parts)))

    def slice(self, span: Span) -> str:
        """That stretch of the article."""
        return self.passage.article.text[span.start : span.end]


Sentences = Callable[[Passage], tuple[Span, ...]]
"""The sentences of a passage, as spans of its article: `Store.sentences`."""


def candidates(
    hits: Sequence[Hit], readings: Sequence[Sequence[Reading]], sentences: Sentences
) -> tuple[Candidate, ...]:
    """The best `MOST` sentences that hold the start of a reading, best first.

    At most `PER_PASSAGE` of a hit, each once, with the best reading that starts there. Ties stay in
    the order of the hits.
    """
    pointed_at = [
        one
        for hit, of_hit in zip(hits, readings, strict=True)
        for one in islice(
            _of_passage(
                hit.passage,
                of_hit,
                sentences(hit.passage),
                found=hit.score / hits[0].score,
            ),
            PER_PASSAGE,
        )
    ]
    return tuple(sorted(pointed_at, key=lambda one: -one.margin - FOUND * one.found)[:MOST])


def _of_passage(
    passage: Passage, readings: Iterable[Reading], sentences: Sequence[Span], *, found: float
) -> Iterator[Candidate]:
    nowhere = Span(passage.start, passage.start)
    around = (nowhere, *sentences, nowhere)
    seen: set[Span] = set()
    for reading in readings:
        start, end = passage.start + reading.span.start, passage.start + reading.span.end
        for place, sentence in enumerate(sentences):
            if sentence.start <= start < sentence.end and sentence not in seen:
                seen.add(sentence)
                yield Candidate(
                    passage=passage,
                    sentence=sentence,
                    answer=Span(start, min(end, sentence.end)),
                    before=around[place],
                    after=around[place + 2],
                    margin=reading.margin,
                    found=found,
                )
