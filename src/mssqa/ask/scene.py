"""What a conversation has spoken of so far: its mentions, the later and more prominent in front."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass, replace
from typing import Self

from mssqa.ask.mentions import Mention
from mssqa.ask.nouns import Sort
from mssqa.text import words

_FADE = 0.8  # what a mention loses with each turn
_BEHIND = 0.3  # what an answer's mention stands behind the question's
_FOCUS = 0.7  # what it gains instead if it is what was asked for
_NAME = 0.2  # a name's lead where the topic is sought
_AGAIN = 0.2  # gained by being mentioned again
DETERMINERS = frozenset(
    {"the", "a", "an", "this", "that", "these", "those"}
    | {"any", "some", "no", "every", "each", "another", "all", "both"}
)


@dataclass(frozen=True, slots=True, kw_only=True)
class Scene:
    """The mentions so far, weighed."""

    mentions: tuple[Mention, ...] = ()

    def then(self, fresh: Sequence[Mention], *, weight: float = 0.0) -> Self:
        """The scene with more mentions in it, their weights raised."""
        raised = [replace(m, weight=m.weight + weight) for m in fresh]
        return replace(self, mentions=_merged([*self.mentions, *raised]))

    def answered(self, answer: Sequence[Mention], *, focus: bool) -> Self:
        """The scene with an answer's mentions; `focus`: the first of them was asked for."""
        first = [m for m in answer[:1] if focus]
        rest = answer[len(first) :]
        return self.then(first, weight=_FOCUS).then(rest, weight=-_BEHIND)

    def faded(self) -> Self:
        """The scene one turn later."""
        return replace(
            self, mentions=tuple(replace(m, weight=m.weight - _FADE) for m in self.mentions)
        )

    def best(self, fit: Callable[[Mention], float | None]) -> Mention | None:
        """The mention with the most weight and fit; a fit of None says that it cannot be meant."""
        merits = [
            (m.weight + fits, n)
            for n, m in enumerate(self.mentions)
            if (fits := fit(m)) is not None
        ]
        return self.mentions[max(merits)[1]] if merits else None

    def prominent(self, most: int, fit: Callable[[Mention], bool]) -> tuple[Mention, ...]:
        """Those that stand out most among the fitting, names first, no two of the same words."""
        ranked = sorted(filter(fit, self.mentions), key=lambda m: m.weight + _NAME * m.named)
        kept: list[Mention] = []
        for mention in reversed(ranked):
            if not any(set(bare(mention.text)) & set(bare(m.text)) for m in kept):
                kept.append(mention)
        return tuple(kept[:most])


def bare(text: str) -> tuple[str, ...]:
    """The words of a phrase without its article.

    >>> bare("the Supreme Court")
    ('supreme', 'court')
    """
    said = words(text)
    return said[1:] if said[:1] and said[0] in DETERMINERS else said


def _merged(mentions: Sequence[Mention]) -> tuple[Mention, ...]:
    """One mention for what is named twice: under its longer name, as prominent as it ever was."""
    kept: list[Mention] = []
    for mention in mentions:
        place = next((n for n, other in enumerate(kept) if _same(other, mention)), None)
        if place is None:
            kept.append(mention)
        else:
            kept.append(_one(kept.pop(place), mention))
    return tuple(kept)


def _same(one: Mention, other: Mention) -> bool:
    short, long = sorted((bare(one.text), bare(other.text)), key=len)
    if not short or one.plural != other.plural:
        return False
    surname = one.named and other.named and len(short) == 1 and long[-1:] == short
    return short == long or (surname and Sort.PLACE not in {one.sort, other.sort})


def _one(older: Mention, newer: Mention) -> Mention:
    longest = max(older, newer, key=lambda m: len(m.text))
    surest = older if older.sure and not newer.sure else newer
    return replace(
        longest,
        sort=surest.sort,
        sure=surest.sure,
        weight=max(older.weight, newer.weight) + _AGAIN,
        gender=newer.gender or older.gender,
    )
