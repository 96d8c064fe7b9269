"""Questions with something put in or exchanged that only reading the passage can judge.

A year or a place from elsewhere, a modifier that the passage does not give, two names with their
roles exchanged: no answer is left. A year or a place that the answering sentence itself gives is
the counterpart with an answer, so that what was put in does not give the negative away.
"""

import random
import re
from dataclasses import replace

from training.examples import Example
from training.swaps import YEAR, names

_PLACE = re.compile(r"\bin ((?:the )?[A-Z][a-z]+(?: [A-Z][a-z]+)*)")
_ASKS_WHEN = re.compile(
    r"\b(?:when|year|date|day|month|century|decade|how long|how old)\b", re.IGNORECASE
)
_ASKS_WHERE = re.compile(
    r"\b(?:where|place|country|city|town|state|location|region|area)\b", re.IGNORECASE
)
_BRACKETS = re.compile(r"\([^()]*\)")  # often the years of a life
_SPELL = re.compile(r"\b[A-Z][a-z]{2,8} \d{4}\b")
_NOUN = re.compile(r"\bthe (?=[a-z]{4,}\b)")
_ORDERED = re.compile(r"\b(?:first|last|second|third|only|most|\w+est)\b", re.IGNORECASE)
MODIFIERS = (
    "second", "third", "fourth", "youngest", "oldest", "smallest", "female", "unofficial",
    "foreign", "cheapest", "shortest", "previous", "final", "rejected", "imaginary",
)  # fmt: skip
PLACES = (
    "Brazil", "Canada", "Egypt", "France", "Germany", "Ghana", "India", "Japan", "London", "Mexico",
    "Nigeria", "Paris", "Russia", "Texas",
)  # fmt: skip
STRANGE = 0.2  # chance of such a place where the passage names no other
# Names with one of these between them have one role.
_ALIKE = re.compile(r"\b(?:and|or|between|with|both)\b", re.IGNORECASE)


def roles_exchanged(example: Example, rng: random.Random) -> Example:
    """Two names of the question in each other's place; itself where their roles may be alike."""
    question = example.question
    if _SPELL.search(question):  # "from May 2014 to June 2016": months are no roles
        return example
    found = [name for name in names(f"- {question}") if question.count(name) == 1]
    pairs = [
        (a, b)
        for n, a in enumerate(found)
        for b in found[n + 1 :]
        if a not in b and b not in a and not _ALIKE.search(_between(question, a, b))
    ]
    if not pairs:
        return example
    a, b = rng.choice(pairs)
    exchanged = re.sub(
        f"{re.escape(a)}|{re.escape(b)}", lambda m: b if m.group() == a else a, question
    )
    return replace(example, question=exchanged, answers=(), kind="roles exchanged")


def _between(question: str, a: str, b: str) -> str:
    first, last = sorted((question.index(a), question.index(b)))
    return question[first:last]


def modified(example: Example, rng: random.Random) -> Example:
    """A modifier put before a noun of the question; itself where one stands already."""
    question = example.question
    places = [match.end() for match in _NOUN.finditer(question)]
    if not places or _ORDERED.search(question):
        return example
    fitting = [word for word in MODIFIERS if word not in example.passage]
    at = rng.choice(places)
    changed = f"{question[:at]}{rng.choice(fitting)} {question[at:]}" if fitting else question
    return replace(example, question=changed, answers=(), kind="modified") if fitting else example


def restricted(example: Example, sentence: str, *, rightly: bool, rng: random.Random) -> Example:
    """The question asked of a certain year or place: of the answering `sentence` or not of it.

    >>> from mssqa.types import Span
    >>> example = Example(source="s", title="t", question="Who won?", answers=(Span(0, 3),),
    ...                   passage="Ann won in Oslo in 1999. Bo ran in 2003.")
    >>> restricted(example, "Ann won in Oslo in 1999.", rightly=True,
    ...            rng=random.Random(1)).question
    'Who won in 1999?'
    """
    question = example.question.rstrip(" ?")
    told = " ".join(example.answer_texts)
    choices = []
    if not _ASKS_WHEN.search(question) and not YEAR.search(question):
        choices += _years(example.passage, sentence, rightly=rightly, rng=rng)
    if not _ASKS_WHERE.search(question):
        choices += _places(example.passage, sentence, rightly=rightly, rng=rng)
    choices = [c for c in choices if c not in told and c not in question and told not in c]
    if not choices:
        return example
    asked = f"{question} in {rng.choice(choices)}{'?' * example.question.endswith('?')}"
    if rightly:
        return replace(example, question=asked, kind="rightly restricted")
    return replace(example, question=asked, answers=(), kind="wrongly restricted")


def _years(passage: str, sentence: str, *, rightly: bool, rng: random.Random) -> list[str]:
    here = YEAR.findall(_BRACKETS.sub("", sentence))
    if rightly:
        return here if len(here) == 1 else []
    near = [str(int(year) + rng.choice((-8, -3, -1, 1, 2, 5))) for year in here[:1]]
    elsewhere = [year for year in YEAR.findall(passage) if year not in here]
    return elsewhere + near


def _places(passage: str, sentence: str, *, rightly: bool, rng: random.Random) -> list[str]:
    here = _PLACE.findall(sentence)
    if rightly:
        return here if len(here) == 1 else []
    elsewhere = [place for place in _PLACE.findall(passage) if place not in sentence]
    return elsewhere or [rng.choice(PLACES)] * (rng.random() < STRANGE)
