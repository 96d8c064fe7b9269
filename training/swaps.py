"""Questions and passages with one fact changed, so that they no longer fit together.

The changed fact is a name, a year, a number, a word against its opposite, or a negation. What is
put in its place comes from the same passage where possible: the words then all look right, and
only reading tells that the passage does not say.
"""

import random
import re
from collections import Counter
from collections.abc import Callable, Iterable, Sequence
from collections.abc import Set as AbstractSet
from dataclasses import replace
from pathlib import Path

from mssqa.types import Span
from training.examples import Example

_NAME = re.compile(r"\b[A-Z][\w’'-]+(?:\s(?:(?:of|the|to|de|for|von|van|al)\s){0,2}[A-Z][\w’'-]+)*")
_PLACED = re.compile(rf"\b(?:in|at|near|from) ({_NAME.pattern})")
PLACED_SHARE = 0.35  # of a place's mentions, those behind such a word
_ENDS_SENTENCE = (".", "!", "?", ":", ";", "\n", '"', "“", "‘", "`", "(")
YEAR = re.compile(r"\b(?:1[0-9]|20)\d\d\b")
_NUMBER = re.compile(r"(?<![\w.,])\d{1,3}(?:[.,]\d+)*(?![\w.,]*\d)")
_OPENERS = frozenset(
    {
        "a",
        "after",
        "although",
        "an",
        "and",
        "as",
        "at",
        "before",
        "but",
        "by",
        "during",
        "for",
        "from",
        "he",
        "her",
        "his",
        "how",
        "however",
        "i",
        "if",
        "in",
        "it",
        "its",
        "many",
        "most",
        "my",
        "no",
        "of",
        "on",
        "one",
        "our",
        "she",
        "some",
        "that",
        "the",
        "their",
        "there",
        "these",
        "they",
        "this",
        "those",
        "to",
        "under",
        "we",
        "what",
        "when",
        "where",
        "which",
        "while",
        "who",
        "whom",
        "whose",
        "why",
        "with",
        "you",
        "your",
    }
)
_NEGATED = {
    "is": "isn't", "are": "aren't", "was": "wasn't", "were": "weren't", "did": "didn't",
    "does": "doesn't", "do": "don't", "has": "hasn't", "have": "haven't", "had": "hadn't",
    "can": "cannot", "could": "couldn't", "will": "won't", "would": "wouldn't",
    "should": "shouldn't",
}  # fmt: skip
OPPOSITES_FILE = Path(__file__).with_name("opposites.txt")  # families of words, one a line
NEGATION = 0.4  # chance to negate a question in which nothing else can be changed


def _opposites() -> dict[str, tuple[str, ...]]:
    table: dict[str, set[str]] = {}
    for line in OPPOSITES_FILE.read_text("utf-8").splitlines():
        family = line.split("/")
        for word in family:
            table.setdefault(word, set()).update(set(family) - {word})
    return {word: tuple(sorted(others)) for word, others in table.items()}


OPPOSITES = _opposites()


def names(text: str) -> tuple[str, ...]:
    """Runs of capitalised words, each once; a single word that opens a sentence does not count.

    >>> names("Almost in March, the President of Kenya met Ruth Moyo. Talks with Kenya failed.")
    ('March', 'President of Kenya', 'Ruth Moyo', 'Kenya')
    """
    found: dict[str, None] = {}
    for match in _NAME.finditer(text):
        first, _, rest = match.group().partition(" ")
        name = (rest if first.lower() in _OPENERS else match.group()).strip("-'’ ")
        opens = " " not in name and _opens_sentence(text[: match.start()])
        if name and name[0].isupper() and name.lower() not in _OPENERS and not opens:
            found[name] = None
    return tuple(found)


def _opens_sentence(before: str) -> bool:
    return not before.strip() or before.rstrip(" ").endswith(_ENDS_SENTENCE)


def place_names(texts: Iterable[str]) -> frozenset[str]:
    """Names that stand behind "in", "at", "near" or "from" at least thrice and often.

    >>> sorted(place_names(3 * ["She met Ann in Oslo.", "It rains near Oslo."]))
    ['Oslo']
    """
    told: Counter[str] = Counter()
    stood: Counter[str] = Counter()
    for text in texts:
        told.update(match.group() for match in _NAME.finditer(text))
        stood.update(match.group(1) for match in _PLACED.finditer(text))
    return frozenset(
        name for name, times in stood.items() if times >= 3 and times >= PLACED_SHARE * told[name]
    )


def _bounded(phrase: str) -> re.Pattern[str]:
    return re.compile(rf"(?<!\w){re.escape(phrase)}(?!\w)", re.IGNORECASE)


def _as_cased(new: str, old: str) -> str:
    if old.islower():
        return new.lower()
    return new[:1].upper() + new[1:] if old[:1].isupper() else new


Change = tuple[str, str]  # (what stands there, what is put in its place)


def name_changes(
    example: Example, others: Sequence[str], places: AbstractSet[str] = frozenset()
) -> tuple[Change, ...]:
    """Names of the question, each against names that share no word with it.

    Names of the same passage come first, then `others` (of the same title, say). A place is only
    changed for a place.
    """
    answer = " ".join(example.answer_texts).lower()
    asked = example.question.lower()
    here = names(example.passage)
    pool = tuple(dict.fromkeys(here + tuple(others)))
    return tuple(
        (old, new)
        for old in dict.fromkeys(names(example.question) + here)
        if _bounded(old).search(example.question) and old.lower() not in answer
        for new in pool
        if (old in places) == (new in places)
        if _is_other_name(old, new, asked=asked)
    )


def _is_other_name(old: str, new: str, *, asked: str) -> bool:
    ours, theirs = set(old.lower().split()), set(new.lower().split())
    near_in_length = abs(len(ours) - len(theirs)) <= 1
    return near_in_length and not ours & theirs and not any(word in asked for word in theirs)


def year_changes(example: Example, rng: random.Random) -> tuple[Change, ...]:
    """Years and numbers of the question, each against another of the passage or one near it."""
    changes: list[Change] = []
    for pattern in (YEAR, _NUMBER):
        there = pattern.findall(example.passage)
        for old in pattern.findall(example.question):
            new = [value for value in there if value != old]
            if old.isdigit():
                new.append(str(max(1, int(old) + rng.choice((-10, -3, -2, -1, 1, 2, 3, 10)))))
            changes += [(old, value) for value in new if value not in example.question]
    return tuple(changes)


def opposite_changes(question: str) -> tuple[Change, ...]:
    """Words of the question, each against its opposites or its like.

    >>> opposite_changes("Who won?")
    (('won', 'lost'),)
    """
    words = re.findall(r"[\w-]+", question)
    return tuple(
        (word, new)
        for word in words
        for new in OPPOSITES.get(word.lower(), ())
        if new not in question.lower()
    )


def negated(question: str) -> str:
    """The question with its first auxiliary negated; unchanged without one.

    >>> negated("What did Ruth say?")
    "What didn't Ruth say?"
    """
    for match in re.finditer(r"\w+(?:n['’]t)?", question):
        if match.group().lower() in _NEGATED:
            new = _as_cased(_NEGATED[match.group().lower()], match.group())
            return question[: match.start()] + new + question[match.end() :]
    return question


def asked_otherwise(
    example: Example,
    others: Sequence[str],
    rng: random.Random,
    places: AbstractSet[str] = frozenset(),
) -> Example:
    """The question with one fact changed and no answer; itself if nothing can be changed."""
    ways: list[Callable[[], Sequence[Change]]] = [
        lambda: name_changes(example, others, places),
        lambda: year_changes(example, rng),
        lambda: opposite_changes(example.question),
    ]
    rng.shuffle(ways)
    for way in ways:
        if changes := way():
            question = _changed(example.question, rng.choice(changes))
            return replace(example, question=question, answers=(), kind="question swapped")
    question = negated(example.question) if rng.random() < NEGATION else example.question
    if question == example.question:
        return example
    return replace(example, question=question, answers=(), kind="negated")


def _changed(question: str, change: Change) -> str:
    old, new = change
    return _bounded(old).sub(lambda match: _as_cased(new, match.group()), question)


def told_otherwise(example: Example, change: Change) -> Example:
    """The passage with one name changed wherever it stands; the answers move along.

    A name of several words is also changed where only its last word stands. Answers that hold
    the name are dropped.

    >>> example = Example(source="s", title="t", question="Who left Oslo?",
    ...                   passage="Ann left Oslo.", answers=(Span(0, 3),))
    >>> told_otherwise(example, ("Oslo", "Bergen")).passage
    'Ann left Bergen.'
    """
    old, new = change
    passage, answers = substitute(example.passage, example.answers, old, new)
    if " " in old:
        passage, answers = substitute(passage, answers, old.split()[-1], new.split()[-1])
    return replace(example, passage=passage, answers=answers)


def substitute(
    text: str, spans: Sequence[Span], old: str, new: str
) -> tuple[str, tuple[Span, ...]]:
    """The text with `old` replaced everywhere, and the spans where they now stand.

    Spans that overlap a replaced place are left out.

    >>> substitute("Oslo and Rome", [Span(0, 4), Span(9, 13)], "Oslo", "Bergen")
    ('Bergen and Rome', (Span(start=11, end=15),))
    """
    places = [Span(*match.span()) for match in _bounded(old).finditer(text)]
    grown = len(new) - len(old)

    def moved(span: Span) -> Span:
        shift = grown * sum(place.end <= span.start for place in places)
        return Span(span.start + shift, span.end + shift)

    clear = (s for s in spans if all(p.end <= s.start or s.end <= p.start for p in places))
    return _bounded(old).sub(lambda _: new, text), tuple(moved(span) for span in clear)
