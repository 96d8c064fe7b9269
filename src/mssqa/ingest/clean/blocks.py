"""From a page to its blocks: one line each, blanks folded, hard-wrapped lines joined."""

import re
from collections.abc import Iterator, Sequence
from itertools import pairwise
from statistics import quantiles

from mssqa.ingest.clean.forms import running

_BREAK = re.compile(r"\r\n?|[\v\f\x1c-\x1e\x85\u2028\u2029]")
_BLANK = re.compile(r"(?:[^\S\n]|[\x00-\x08\x0e-\x1b\x7f-\x84\x86-\x9f\ufeff\ud800-\udfff])+")
_ITEM = re.compile(r"\s*(?:[-*+•·–—#|]|\d{1,3}[.)])\s")
_QUOTED = re.compile(r"^\s*>\s?")
_WIDEST = 120  # characters; wrapped text is narrower
_RAGGED = 0.85  # share of the width from which a line counts as full


def blocks(page: str) -> tuple[str, ...]:
    r"""The blocks of a page in order: no line breaks within, no blanks at the ends or in a row.

    A line is a block of its own, unless the page's lines were broken to fit a width.

    >>> blocks("One paragraph.\nAnother  one.\n\n\nA third.\u00a0")
    ('One paragraph.', 'Another one.', 'A third.')
    """
    lines = _BREAK.sub("\n", page).split("\n")
    width = _wrapped_at(lines)
    return tuple(
        block
        for paragraph in _paragraphs(lines)
        for joined in (_unwrapped(paragraph, width) if width else paragraph)
        if (block := _BLANK.sub(" ", joined).strip())
    )


def _paragraphs(lines: Sequence[str]) -> Iterator[list[str]]:
    paragraph: list[str] = []
    alone = running(lines)
    for at, line in enumerate(lines):
        if at in alone:
            yield from ([paragraph, [line]] if paragraph else [[line]])
            paragraph = []
        elif line.strip():
            paragraph.append(line)
        elif paragraph:
            yield paragraph
            paragraph = []
    if paragraph:
        yield paragraph


def _wrapped_at(lines: Sequence[str]) -> int:
    """The width in characters at which the page was wrapped; 0 if it was not.

    Lines were wrapped if, at nearly every break, the next word would not have fitted, and most
    breaks fall within a sentence.
    """
    lengths = [len(line.rstrip()) for line in lines if line.strip()]
    pairs = [
        (above, below)
        for run in _paragraphs(lines)
        for above, below in pairwise(run)
        if not _ITEM.match(below)
    ]
    if len(pairs) < 2:
        return 0
    width = round(quantiles(lengths, n=20)[-1]) if len(lengths) > 20 else max(lengths)
    if not 30 <= width <= _WIDEST:
        return 0
    full = sum(_full(above, below, width) for above, below in pairs)
    within = sum(_within(above, below) for above, below in pairs)
    return width if full >= 0.6 * len(pairs) and within >= 0.5 * len(pairs) else 0


def _full(above: str, below: str, width: int) -> bool:
    next_word = below.split(maxsplit=1)[0]
    return len(above.rstrip()) + 1 + len(next_word) > _RAGGED * width


def _within(above: str, below: str) -> bool:
    return above.rstrip()[-1] not in '.!?:"”»' or below.lstrip()[0].islower()


def _unwrapped(paragraph: Sequence[str], width: int) -> Iterator[str]:
    joined = paragraph[0]
    for above, below in pairwise(paragraph):
        if _goes_on(above, below, width):
            joined = f"{joined} {_QUOTED.sub('', below)}"
        else:
            yield joined
            joined = below
    yield joined


def _goes_on(above: str, below: str, width: int) -> bool:
    indented = _indent(below) > _indent(above) + 1 and above.rstrip()[-1] in '.!?”"'
    if _ITEM.match(below) or indented:
        return False
    return _full(above, below, width) or _QUOTED.sub("", below).lstrip()[:1].islower()


def _indent(line: str) -> int:
    return len(line) - len(line.lstrip())
