"""Question and passage as a span reader takes them, and what its scores say of the passage."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view
from numpy.typing import NDArray
from tokenizers import Encoding

from mssqa.types import Span

MAX_TOKENS = 384  # of a window
OVERLAP = 96  # tokens shared by neighbouring windows of a passage
QUESTION_TOKENS = 128  # of a longer question, which opens with earlier ones, the end is kept
HEADLINE_TOKENS = 48  # of a longer one, the beginning is kept
LONGEST = 30  # tokens of an answer
SPANS = 4  # taken from a window at most

Scores = NDArray[np.float32]  # (tokens, 2): logits of an answer's start and end


@dataclass(frozen=True, slots=True)
class Window:
    """A question, and a headline if any, with a run of tokens of one passage.

    Position 0 means "it does not say".
    """

    passage: int  # its place among the passages
    ids: tuple[int, ...]
    segments: tuple[int, ...]
    begins: int  # position of the first token of the passage
    offsets: tuple[Span, ...]  # of each token of the passage, in characters of it


@dataclass(frozen=True, slots=True)
class Found:
    """A span of a passage and its score less that of position 0."""

    span: Span
    margin: float


def windows(pair: Encoding, *, passage: int, headline: int = 0) -> Iterator[Window]:
    """The pair of a question and a passage, cut so that each piece has at most `MAX_TOKENS`.

    The first `headline` characters of the second text stand over the passage, in every piece.
    """
    question, second = _reach(pair, 0), _reach(pair, 1)
    text = _under(pair, second, headline)
    left_out = max(question.start, question.end - QUESTION_TOKENS)
    over = range(second.start, text.start)[:HEADLINE_TOKENS]
    before = [*range(question.start), *range(left_out, second.start), *over]
    after = range(text.end, len(pair))
    room = MAX_TOKENS - len(before) - len(after)
    for start in _starts(text.end - text.start, room=room):
        inside = range(text.start + start, min(text.start + start + room, text.end))
        kept = (*before, *inside, *after)
        yield Window(
            passage=passage,
            ids=tuple(pair.ids[place] for place in kept),
            segments=tuple(pair.type_ids[place] for place in kept),
            begins=len(before),
            offsets=tuple(_passed(pair.offsets[place], headline) for place in inside),
        )


def _under(pair: Encoding, second: Span, headline: int) -> Span:
    """The positions of the second text behind so many characters."""
    over = sum(pair.offsets[place][0] < headline for place in range(*second))
    return Span(second.start + over, second.end)


def _passed(offsets: tuple[int, int], headline: int) -> Span:
    start, end = offsets
    return Span(start - headline, end - headline)


def _reach(pair: Encoding, sequence: int) -> Span:
    """The positions of the question (0) or of the passage (1)."""
    places = [place for place, one in enumerate(pair.sequence_ids) if one == sequence]
    return Span(places[0], places[-1] + 1) if places else Span(0, 0)


def _starts(tokens: int, *, room: int) -> range:
    """Where windows of that room begin, so that they cover the tokens and overlap.

    >>> list(_starts(500, room=300))
    [0, 204]
    """
    return range(0, max(1, tokens - OVERLAP), room - OVERLAP)


def found(window: Window, scores: Scores) -> list[Found]:
    """The best spans of a window, best first, without overlap."""
    if not window.offsets:
        return []
    inside = scores[window.begins : window.begins + len(window.offsets)]
    silent = float(scores[0].sum())
    return [
        Found(Span(window.offsets[first].start, window.offsets[last].end), score - silent)
        for first, last, score in best_spans(inside)
    ]


def best_spans(scores: Scores) -> list[tuple[int, int, float]]:
    """(first token, last token, score) of up to `SPANS` spans, best first, without overlap.

    >>> best_spans(np.array([[1, 0], [5, 1], [0, 4]], dtype=np.float32))
    [(1, 2, 9.0), (0, 0, 1.0)]
    """
    start, end = scores[:, 0], np.pad(scores[:, 1], (0, LONGEST - 1), constant_values=-np.inf)
    sums = start[:, None] + sliding_window_view(end, LONGEST)
    firsts = np.arange(len(start))[:, None]
    lasts = firsts + np.arange(LONGEST)
    spans: list[tuple[int, int, float]] = []
    while len(spans) < SPANS and np.isfinite(best := sums.max()):
        first, length = divmod(int(sums.argmax()), LONGEST)
        spans.append((first, first + length, float(best)))
        sums = np.where((firsts <= first + length) & (lasts >= first), -np.inf, sums)
    return spans


def apart(found: Iterable[Found]) -> Sequence[Found]:
    """Best first, without those that overlap a better one: windows of a passage share tokens.

    >>> apart([Found(Span(0, 4), 1.0), Found(Span(2, 6), 3.0), Found(Span(7, 9), 2.0)])
    [Found(span=Span(start=2, end=6), margin=3.0), Found(span=Span(start=7, end=9), margin=2.0)]
    """
    kept: list[Found] = []
    for one in sorted(found, key=lambda one: -one.margin):
        if all(one.span.end <= k.span.start or k.span.end <= one.span.start for k in kept):
            kept.append(one)
    return kept
