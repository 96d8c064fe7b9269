"""How likely it is that a sentence follows from its quotes, by their words and their grammar.

What is compared are content words by lemma: how many of the sentence's stand in the quotes, side
by side and hanging on one another; who does what; and what is denied. That a sentence follows if
each of its dependency arcs does is the idea of Goyal and Durrett (2020), "Evaluating Factuality in
Generation with Dependency-level Entailment"; here the arcs are matched, not judged by a model.
"""

import math
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import NamedTuple

from mssqa.grammar import Parse
from mssqa.text import FUNCTION_WORDS, fold

_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_LIGHT = FUNCTION_WORDS | {"say", "tell"}  # to report a thing neither adds to it nor takes away
_DENIALS = frozenset({"no", "not", "never", "without", "neither", "nor"})
_DOES, _UNDERGOES = frozenset({"nsubj", "agent"}), frozenset({"nsubjpass", "dobj", "attr"})

Pair = tuple[str, str]


class Comparison(NamedTuple):
    """A sentence against its quotes: shares from 0 to 1."""

    together: float  # of its content words, those that the likest quote has
    pairs: float  # of its neighbouring words, those near each other there too
    arcs: float  # of its words that hang on another, those that do so there
    roles: float  # of those who do or undergo something, those who do so there
    strangers: float  # and those in whose place the quotes have somebody else
    denied: float  # 1 if only one side denies something

    @property
    def likeness(self) -> float:
        """All of it as one number, -2 to 1: what speaks for it counts alike, so does the rest."""
        shared = (self.together + self.pairs + self.arcs + self.roles) / 4
        return shared - self.strangers - self.denied


# Fitted by `python -m training.support`: docs/decisions/checking.md
SCALE, SHIFT = 1.38, -0.40


def support(sentence: Parse, quotes: Sequence[Parse]) -> float:
    """How likely it is that the sentence follows from its quotes, 0 to 1."""
    likeness = compare(sentence, quotes).likeness
    return 1 / (1 + math.exp(-(SCALE * likeness + SHIFT)))


def compare(sentence: Parse, quotes: Sequence[Parse]) -> Comparison:
    """What a sentence and its quotes have in common."""
    said, given = _facts(sentence), [_facts(quote) for quote in quotes]
    words = frozenset[str]().union(*(one.words for one in given))
    near = frozenset[Pair]().union(*(one.near for one in given))
    arcs = frozenset[Pair]().union(*(one.arcs for one in given))
    parts = frozenset[tuple[str, str, str]]().union(*(one.parts for one in given))
    denied = frozenset[str]().union(*(one.denied for one in given))
    places = {part[:2] for part in parts}
    return Comparison(
        together=max((_share(w in one.words for w in said.words) for one in given), default=0.0),
        pairs=_share(pair in near for pair in said.pairs),
        arcs=_share(arc in arcs or arc[::-1] in arcs for arc in said.arcs),
        roles=_share(part in parts for part in said.parts),
        strangers=1 - _share(part in parts or part[:2] not in places for part in said.parts),
        denied=float(bool((said.denied ^ denied) & said.words & words)),
    )


@dataclass(frozen=True, slots=True, kw_only=True)
class _Facts:
    """What a sentence says, by lemma."""

    words: frozenset[str]
    pairs: frozenset[Pair]  # content words that follow each other
    near: frozenset[Pair]  # and those with one content word between
    arcs: frozenset[Pair]  # (content word, the nearest that hangs on it)
    parts: frozenset[tuple[str, str, str]]  # (verb, "does" or "undergoes", who)
    denied: frozenset[str]  # words that a denial hangs on


def _facts(parse: Parse) -> _Facts:
    lemmas = [fold(token.lemma) for token in parse.tokens]
    content = [
        n
        for n, token in enumerate(parse.tokens)
        if token.tag in _CONTENT and lemmas[n] not in _LIGHT
    ]
    words = [lemmas[n] for n in content]
    return _Facts(
        words=frozenset(words),
        pairs=frozenset(pairwise(words)),
        near=frozenset(pairwise(words)) | frozenset(zip(words, words[2:], strict=False)),
        arcs=frozenset((lemmas[a], lemmas[b]) for a, b in _arcs(parse, frozenset(content))),
        parts=frozenset((lemmas[a], part, lemmas[b]) for a, part, b in _parts(parse)),
        denied=frozenset(
            lemmas[token.head] for n, token in enumerate(parse.tokens) if lemmas[n] in _DENIALS
        ),
    )


def _arcs(parse: Parse, content: Collection[int]) -> Iterator[tuple[int, int]]:
    """Each content word with the nearest content word above it: function words are passed over."""
    for n in content:
        above, last = parse.tokens[n].head, n
        while above not in content and above != last:
            above, last = parse.tokens[above].head, above
        if above in content and above != n:
            yield above, n


def _parts(parse: Parse) -> Iterator[tuple[int, str, int]]:
    """Who does and who undergoes what: (verb, part, who)."""
    for n, token in enumerate(parse.tokens):
        if token.role in _UNDERGOES:
            yield token.head, "undergoes", n
        elif token.role in _DOES:
            yield token.head, "does", n
        elif token.role == "pobj" and parse.tokens[token.head].role == "agent":
            yield parse.tokens[token.head].head, "does", n


def _share(held: Iterable[bool]) -> float:
    """The share that holds; all of nothing."""
    found = list(held)
    return sum(found) / len(found) if found else 1.0
