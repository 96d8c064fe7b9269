"""The headline of a page, and its copies."""

from collections import Counter
from collections.abc import Sequence
from collections.abc import Set as AbstractSet

from mssqa.ingest.clean.lexicon import CREDITS
from mssqa.ingest.clean.look import Look, Shape

_FEWEST = 4  # words of a headline
_MOST = 30
_BYLINE = 3  # blocks below a headline among which its byline stands
_STEM = 5  # letters by which two forms of a word are taken for one


def infer(looks: Sequence[Look]) -> int | None:
    """The position of the headline: above the first prose, what stands oftenest, signed, first."""
    top = _above(looks)
    if not top:
        return None
    body = _body(looks)
    standing = Counter(block.words for block in looks)

    def likeness(at: int) -> tuple[int, bool, int]:
        signed = any(block.signed for block in looks[at + 1 : at + 1 + _BYLINE])
        sure = signed and len(_stems(looks[at]) & body) > 1
        return standing[looks[at].words], sure, -at

    return max(top, key=likeness)


def copies(looks: Sequence[Look], title: Sequence[str]) -> tuple[int, ...]:
    """The positions of the blocks that repeat a title, cut short or with a path run into it."""
    return tuple(
        at
        for at, block in enumerate(looks)
        if block.shape is not Shape.SEPARATOR and _names(block.words, title)
    )


def variants(looks: Sequence[Look], title: Sequence[str]) -> tuple[int, ...]:
    """The copies of a title, and the other headlines above the last of them that is above prose."""
    same = copies(looks, title)
    last = max((at for at in same if at < _first_prose(looks)), default=-1)
    return tuple(sorted({*same, *(at for at in _above(looks) if at < last)}))


def _first_prose(looks: Sequence[Look]) -> int:
    return next((at for at, block in enumerate(looks) if block.prose), len(looks))


def _above(looks: Sequence[Look]) -> list[int]:
    """Where what is shaped like a headline stands above the first prose, on its subject."""
    body = _body(looks)
    top = [at for at, block in enumerate(looks[: _first_prose(looks)]) if _shaped(block)]
    return [at for at in top if _on_subject(looks[at], body)] if body else top[:1]


def _body(looks: Sequence[Look]) -> frozenset[str]:
    return frozenset(stem for block in looks if block.prose for stem in _stems(block))


def _on_subject(block: Look, body: AbstractSet[str]) -> bool:
    """Whether it shares a word with the prose; two if it may be no more than names."""
    return len(_stems(block) & body) >= 1 + block.names


def _shaped(block: Look) -> bool:
    line = block.shape in (Shape.LINE, Shape.HEADING) and block.text[-1] not in "—–-:"
    named = [word for word in block.words if word.isalpha()]
    byline = (
        block.credit
        or block.signed
        or block.bar
        or (block.names and not CREDITS.isdisjoint(block.words))
    )
    aside = byline or block.caption or block.marker or block.clip or block.furniture >= -1
    return line and not aside and _FEWEST <= len(named) <= _MOST


def _stems(block: Look) -> frozenset[str]:
    return frozenset(word[:_STEM] for word in block.content if len(word) > 3)


def _names(found: Sequence[str], title: Sequence[str]) -> bool:
    """Whether a block is the title, the title cut short, or the title with a path run into it."""
    if len(title) <= 3:
        return tuple(found) == tuple(title)
    if not 3 <= len(found) <= len(title) + 6:
        return False
    shared = len(set(found) & set(title))
    return shared >= 0.8 * max(len(set(found)), len(set(title)) - 1)
