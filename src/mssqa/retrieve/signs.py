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
from mssqa.types import Interval, Query, Wants
from mssqa.when import Fit, days_of, fit

_NAMED = frozenset({"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "EVENT", "WORK_OF_ART", "LAW"})


class Signs(NamedTuple):
    """What is seen of one sentence. Shares lie between 0 and 1."""

    margin: float  # the reader's, where the sentence stands
    behind: float  # margin less that of the best sentence; 0 for that one
    alone: float  # the reader's margin for the same sentence without its neighbours
    likeness: float  # cosine of the question and the sentence under its headline
    echo: float  # share of the answer's words that the question has
    sort_wanted: float  # 1 where the answer is a name, figure or date as is asked for
    other_sort: float  # 1 where it is one of another sort
    names_lacking: float  # share of the question's names that the article lacks
    days_asked: float  # 1 where it tells of days that the question asks about
    other_days: float  # 1 where it tells of others only, or was written before
    numbers_lacking: float  # share of its numbers that sentence, neighbours and title lack


_SORTS = {  # the labels that an answer may bear
    Wants.PERSON: frozenset({"PERSON"}),
    Wants.PLACE: frozenset({"GPE", "LOC", "FAC"}),
    Wants.ORGANISATION: frozenset({"ORG", "NORP"}),
    Wants.DATE: frozenset({"DATE", "TIME"}),
    Wants.DURATION: frozenset({"DATE", "TIME"}),
    Wants.NUMBER: frozenset({"CARDINAL", "QUANTITY", "ORDINAL"}),
    Wants.MONEY: frozenset({"MONEY"}),
    Wants.PERCENT: frozenset({"PERCENT"}),
}


@dataclass(frozen=True, slots=True)
class Particulars:
    """What a question names: its stems, those of its names, its numbers and its days."""

    stems: frozenset[str]
    names: frozenset[str]
    numbers: frozenset[str]
    about: Interval | None  # the days that it asks about
    wants: Wants

    @classmethod
    def of(cls, parse: Parse, query: Query) -> Self:
        """Those of a question with its grammar."""
        named = {n for name in parse.names if name.label in _NAMED for n in parse.within(name.span)}
        named |= {n for n, token in enumerate(parse.tokens) if token.tag == "PROPN"}
        names = {stem for n in named for stem in stems(parse.word(n))}
        said = frozenset(stems(parse.text))
        numbers = frozenset(stem for stem in said if stem.isdigit())
        return cls(said, frozenset(names - numbers), numbers, query.about, query.wants)


def signs(
    asked: Particulars,
    one: Candidate,
    parse: Parse,
    *,
    best: float,
    alone: float,
    likeness: float,
) -> Signs:
    """The signs of a candidate, given the best margin of all and its own without neighbours."""
    article = words_of(f"{one.passage.article.title}\n{one.passage.article.text}")
    near = words_of(one.near)
    days = _days(asked.about, one)
    sorts, wanted = _labels(one, parse), _SORTS.get(asked.wants, frozenset())
    return Signs(
        margin=one.margin,
        behind=one.margin - best,
        alone=alone,
        likeness=likeness,
        echo=_share(stem in asked.stems for stem in stems(one.value)),
        names_lacking=_share(not article.name(stem) for stem in asked.names),
        sort_wanted=float(not wanted.isdisjoint(sorts)),
        other_sort=float(bool(wanted and sorts) and wanted.isdisjoint(sorts)),
        days_asked=float(days is Fit.INSIDE),
        other_days=float(days is Fit.OUTSIDE),
        numbers_lacking=_share(stem not in near.stems for stem in asked.numbers),
    )


def _days(about: Interval | None, one: Candidate) -> Fit:
    """How the days of a sentence stand to those asked about; it knows none behind its article."""
    if about is None:
        return Fit.SILENT
    published = one.passage.article.published
    found = fit(about, days_of(one.text, published=published))
    if found is Fit.SILENT and published and about.start and published < about.start:
        return Fit.OUTSIDE
    return found


def _labels(one: Candidate, parse: Parse) -> set[str]:
    """What the names, figures and dates are that the answer holds or stands in."""
    start, end = (place - one.sentence.start for place in one.answer)
    return {name.label for name in parse.names if name.span.start < end and start < name.span.end}


def _share(said: Iterable[bool]) -> float:
    """How many are true, as a share; 0 of none."""
    each = list(said)
    return sum(each) / max(1, len(each))
