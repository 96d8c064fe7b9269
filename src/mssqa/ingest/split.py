"""From an article to passages: runs of whole sentences that fit the embedder, with some overlap.

Lengths are in embedder tokens. A passage shares its budget with the headline (title and date)
that stands in front of it when it is embedded. Pure: no file, no model, no clock.
"""

import re
from collections.abc import Callable, Iterator, Sequence
from itertools import accumulate

from mssqa.config import Passages
from mssqa.text import headline
from mssqa.types import Article, Passage, Span

CountTokens = Callable[[Sequence[str]], Sequence[int]]

Window = tuple[int, int]
"""The number of its first sentence, and of the one after its last."""

SPECIAL_TOKENS = 2  # what an encoder puts around its input
PIECE_CHARACTERS = 4_000  # what is longer is no sentence, and slow to tokenise again and again

_BLANK = re.compile(r"\s+")
_CLAUSE_END = re.compile(r"[;:,–—)]\s+|\s[–—(]")


def embedding_input(passage: Passage) -> str:
    r"""What the embedder sees of a passage: the headline, then its words.

    >>> article = Article(path="a.md", title="Rice", text="Prices rose.")
    >>> embedding_input(Passage(article=article, ordinal=0, start=0, end=12))
    'Rice\nPrices rose.'
    """
    return f"{headline(passage.article)}\n{passage.text}".lstrip()


def room(article: Article, count_tokens: CountTokens, *, config: Passages, max_tokens: int) -> int:
    """The tokens that are left for a passage's own words, at least half of all."""
    limit = min(config.max_tokens, max_tokens) - SPECIAL_TOKENS
    return max(limit - count_tokens([headline(article)])[0], limit // 2, 1)


def fit(
    text: str, sentences: Sequence[Span], count_tokens: CountTokens, *, limit: int
) -> tuple[Span, ...]:
    """The sentences, those of more than `limit` tokens cut in pieces, at clause ends if they can.

    What no longer is a sentence (a table, a list without full stops, a megabyte of letters) would
    otherwise be a passage of which the embedder sees only the beginning.

    >>> words = lambda texts: [len(text.split()) for text in texts]
    >>> fit("One two, three four five.", [Span(0, 25)], words, limit=3)
    (Span(start=0, end=8), Span(start=9, end=25))
    """
    pieces = [piece for span in sentences for piece in _bounded(text, span)]
    counts = count_tokens([text[start:end] for start, end in pieces])
    return tuple(
        part
        for piece, tokens in zip(pieces, counts, strict=True)
        for part in ((piece,) if tokens <= limit else _cut(text, piece, count_tokens, limit))
    )


def split(
    article: Article,
    sentences: Sequence[Span],
    count_tokens: CountTokens,
    *,
    config: Passages,
    max_tokens: int,
) -> tuple[Passage, ...]:
    """Windows of whole sentences, each beginning `overlap_sentences` before the last one's end.

    A sentence that is too long by itself is a passage of its own. The last two passages share
    their sentences evenly, so that no scrap is left at the end.
    """
    limit = room(article, count_tokens, config=config, max_tokens=max_tokens)
    counts = count_tokens([article.text[start:end] for start, end in sentences])
    totals = (0, *accumulate(counts))
    windows = list(_windows(totals, limit=limit, overlap=config.overlap_sentences))
    _even_out(windows, totals, limit=limit, overlap=config.overlap_sentences)
    return tuple(
        Passage(
            article=article,
            ordinal=ordinal,
            start=sentences[first].start,
            end=sentences[after - 1].end,
        )
        for ordinal, (first, after) in enumerate(windows)
    )


def _windows(totals: Sequence[int], *, limit: int, overlap: int) -> Iterator[Window]:
    """As many sentences as fit in each window, and at least one that is new."""
    count = len(totals) - 1
    first = after = 0
    while after < count:
        new = after  # the first sentence that no window has yet
        after = new + 1
        while first < new and totals[after] - totals[first] > limit:
            first += 1
        while after < count and totals[after + 1] - totals[first] <= limit:
            after += 1
        yield first, after
        first = max(first + 1, after - overlap)


def _even_out(windows: list[Window], totals: Sequence[int], *, limit: int, overlap: int) -> None:
    """Move the border between the last two windows so that the longer is as short as can be."""
    if len(windows) < 2:
        return
    *before, (first, after), (_, end) = windows
    said = before[-1][1] if before else first  # the first sentence that is new in these two

    def pair(cut: int) -> tuple[Window, Window]:
        return (first, cut), (min(max(cut - overlap, first + 1), cut), end)

    def longest(cut: int) -> int:
        return max(totals[stop] - totals[start] for start, stop in pair(cut))

    if cuts := [cut for cut in range(said + 1, after + 1) if longest(cut) <= limit]:
        windows[-2:] = pair(min(cuts, key=longest))


def _bounded(text: str, span: Span) -> Iterator[Span]:
    """The span in stretches of at most `PIECE_CHARACTERS`, cut at a blank where there is one."""
    start, end = span
    while end - start > PIECE_CHARACTERS:
        blank = text.rfind(" ", start + PIECE_CHARACTERS // 2, start + PIECE_CHARACTERS)
        cut = blank if blank > start else start + PIECE_CHARACTERS
        yield from _trimmed(text, start, cut)
        start = cut
    yield from _trimmed(text, start, end)


def _cut(text: str, span: Span, count_tokens: CountTokens, limit: int) -> Iterator[Span]:
    """Halves of halves until each fits; a single letter always stands."""
    start, end = span
    if end - start < 2 or count_tokens([text[start:end]])[0] <= limit:
        yield span
        return
    middle = _cutting_point(text, start, end)
    for half in (*_trimmed(text, start, middle), *_trimmed(text, middle, end)):
        yield from _cut(text, half, count_tokens, limit)


def _cutting_point(text: str, start: int, end: int) -> int:
    """The clause end nearest to the middle, else the blank nearest to it, else the middle."""
    middle = (start + end) // 2
    quarter = (end - start) // 4
    for pattern in (_CLAUSE_END, _BLANK):
        ends = [m.end() for m in pattern.finditer(text, start + quarter, end - quarter)]
        if cuts := [cut for cut in ends if start < cut < end]:
            return min(cuts, key=lambda cut: abs(cut - middle))
    return middle


def _trimmed(text: str, start: int, end: int) -> Iterator[Span]:
    words = text[start:end]
    if words.strip():
        yield Span(start + len(words) - len(words.lstrip()), start + len(words.rstrip()))
