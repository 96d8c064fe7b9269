"""What speaks for and against a sentence as the answer to a question: numbers to be weighed.

A reader's margin says whether an answer could stand there; it is easily taken in by the right words
around a wrong fact. The other signs look at what it overlooks: names and numbers of the question
that the sentence or its article lacks, and better places for the answer.
"""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import NamedTuple, Self

from mssqa.grammar import Parse
from mssqa.index.lexical import stems
from mssqa.retrieve.alike import words_of
from mssqa.retrieve.candidates import Candidate

_NAMED = frozenset({"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "EVENT", "WORK_OF_ART", "LAW"})


class Signs(NamedTuple):
    """What is seen of one sentence. Shares lie between 0 and 1."""

    margin: float  # the reader's, where the sentence stands
    behind: float  # margin less that of the best sentence; 0 for that one
    names_lacking: float  # share of the question's names that the article lacks
    numbers_lacking: float  # share of its numbers that sentence, neighbours and headline lack


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a question names: the stems of its names, and its numbers."""

    names: frozenset[str]
    numbers: frozenset[str]

    @classmethod
    def of(cls, parse: Parse) -> Self:
        """Those of a question with its grammar."""
        named = {n for name in parse.names if name.label in _NAMED for n in parse.within(name.span)}
        named |= {n for n, token in enumerate(parse.tokens) if token.tag == "PROPN"}
        names = {stem for n in named for stem in stems(parse.word(n))}
        numbers = {stem for stem in stems(parse.text) if stem.isdigit()}
        return cls(frozenset(names - numbers), frozenset(numbers))


def signs(asked: Particulars, one: Candidate, *, best: float) -> Signs:
    """The signs of a candidate, given the best margin of all."""
    article = words_of(f"{one.passage.article.title}\n{one.passage.article.text}")
    near = words_of(one.near)
    return Signs(
        margin=one.margin,
        behind=one.margin - best,
        names_lacking=_share(not article.name(stem) for stem in asked.names),
        numbers_lacking=_share(stem not in near.stems for stem in asked.numbers),
    )


def _share(said: Iterable[bool]) -> float:
    """How many are true, as a share; 0 of none."""
    each = list(said)
    return sum(each) / max(1, len(each))
