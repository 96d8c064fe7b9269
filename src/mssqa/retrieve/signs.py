"""What speaks for and against a sentence as the answer to a question: numbers to be weighed.

A reader's margin says whether an answer could stand there; it is easily taken in by the right words
around a wrong fact. The other signs look at what it overlooks: words, names, numbers and days of
the question that the sentence lacks, and answers of the wrong sort.
"""

import math
from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import NamedTuple

from mssqa.grammar import Parse
from mssqa.index.lexical import stems
from mssqa.retrieve.alike import Words, words_of
from mssqa.retrieve.candidates import Candidate
from mssqa.retrieve.sorts import fits
from mssqa.text import fold
from mssqa.types import Query
from mssqa.when import Fit, days_of, fit

WIDEST = 6.0  # a lead beyond it says no more
NOTHING = -10.0  # the margin of a sentence in which a reader sees nothing

_NAMED = frozenset({"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "EVENT", "WORK_OF_ART", "LAW"})
_CONTENT = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "ADV", "NUM", "X"})
_ASKING = frozenset(
    stems(
        "many much long far date day month year time amount number name kind type sort country"
        " place person people"
    )
)  # what a question says of its answer, and an answer need not repeat


class Signs(NamedTuple):
    """What is seen of one sentence. Shares lie between 0 and 1."""

    margin: float  # the reader's, where the sentence stands
    lead: float  # how far it is above the best margin of another answer, -6 to 6
    alone: float  # the reader's margin for the same words without their neighbours
    words: float  # share of the question's words that the sentence has, the rarer the more
    words_near: float  # that the title or the neighbours have as well
    words_article: float  # that the article has
    action: float  # share of the question's verbs that the sentence or a neighbour has
    names_lacking: float  # share of the question's names that the sentence lacks
    names_lacking_near: float  # that the title and the neighbours lack too
    names_lacking_article: float  # that the whole article lacks
    numbers_lacking: float  # share of the question's numbers that passage and title lack
    other_days: float  # 1 if the sentence tells of other days than are asked about
    sort: float  # 1 if the answer is of the wanted sort, -1 if it is of another
    echo: float  # share of the answer's words that the question has
    length: float  # of the answer, as the logarithm of its words
    found: float  # how well the passage was found, as a share of the best


@dataclass(frozen=True, slots=True)
class Asked:
    """The words of a question."""

    rarity: Mapping[str, float]  # of each stem that an answer may repeat
    names: frozenset[str]  # stems of its names
    numbers: frozenset[str]
    verbs: frozenset[str]


def asked(parse: Parse, passages: Collection[str]) -> Asked:
    """The words of a question; one counts the more, the fewer of the passages have it."""
    named = {n for name in parse.names if name.label in _NAMED for n in parse.within(name.span)}
    content = [n for n, token in enumerate(parse.tokens) if token.tag in _CONTENT]
    by_token = {n: stems(parse.word(n)) for n in sorted({*content, *named})}
    names = {
        stem
        for n, found in by_token.items()
        if n in named or parse.tokens[n].tag == "PROPN"
        for stem in found
        if not stem.isdigit()
    }
    told = {stem for found in by_token.values() for stem in found}
    return Asked(
        rarity=_rarity((told - _ASKING) | names, passages),
        names=frozenset(names),
        numbers=frozenset(stem for stem in told if stem.isdigit()),
        verbs=frozenset(
            stem for n in content if parse.tokens[n].tag == "VERB" for stem in by_token[n]
        ),
    )


def _rarity(told: Collection[str], passages: Collection[str]) -> dict[str, float]:
    """log((passages + 1) / (passages that have it + 1/2)) of each stem."""
    all_words = [words_of(passage).stems for passage in passages]
    return {
        stem: math.log((len(all_words) + 1) / (sum(stem in one for one in all_words) + 0.5))
        for stem in sorted(told)
    }


def signs(
    query: Query,
    question: Asked,
    found: Sequence[Candidate],
    parses: Sequence[Parse],
    alone: Sequence[float],
) -> tuple[Signs, ...]:
    """The signs of each candidate, given the grammar of its sentence and its margin alone."""
    return tuple(
        _signs(query, question, one, parse, alone=margin, rivals=found)
        for one, parse, margin in zip(found, parses, alone, strict=True)
    )


def _signs(  # one line for each sign
    query: Query,
    question: Asked,
    one: Candidate,
    parse: Parse,
    *,
    alone: float,
    rivals: Sequence[Candidate],
) -> Signs:
    sentence, near = words_of(one.text), words_of(one.near)
    article = words_of(f"{one.passage.article.title}\n{one.passage.article.text}")
    answer = stems(one.value)
    return Signs(
        margin=one.margin,
        lead=_lead(one, rivals),
        alone=alone,
        words=_told(question, sentence),
        words_near=_told(question, near),
        words_article=_told(question, article),
        action=_share(stem in near.stems for stem in question.verbs),
        names_lacking=_share(not sentence.name(stem) for stem in question.names),
        names_lacking_near=_share(not near.name(stem) for stem in question.names),
        names_lacking_article=_share(not article.name(stem) for stem in question.names),
        numbers_lacking=_share(stem not in near.stems for stem in question.numbers),
        other_days=float(_tells_of_other_days(query, one)),
        sort=fits(query.wants, one.answer_in_text, parse),
        echo=_share(stem in question.rarity for stem in answer),
        length=math.log(1 + len(one.value.split())),
        found=one.found,
    )


def _lead(one: Candidate, rivals: Sequence[Candidate]) -> float:
    others = [other.margin for other in rivals if fold(other.value) != fold(one.value)]
    return max(-WIDEST, min(WIDEST, one.margin - max(others, default=one.margin - WIDEST / 2)))


def _told(question: Asked, words: Words) -> float:
    whole = sum(question.rarity.values())
    told = sum(
        rarity
        for stem, rarity in question.rarity.items()
        if stem in words.stems or (stem in question.names and words.name(stem))
    )
    return told / whole if whole else 0.0


def _share(said: Iterable[bool]) -> float:
    """How many are true, as a share; 0 of none."""
    each = list(said)
    return sum(each) / max(1, len(each))


def _tells_of_other_days(query: Query, one: Candidate) -> bool:
    if query.about is None:
        return False
    days = days_of(one.text, published=one.passage.article.published)
    return fit(query.about, days) is Fit.OUTSIDE
