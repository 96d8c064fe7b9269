"""The same question in other words: a reader must not take shared words for an answer.

Rephrased are questions with and without an answer alike, so that the wording gives nothing away.
"""

import random
import re
from collections.abc import Callable
from pathlib import Path

from mssqa.text import FUNCTION_WORDS

SYNONYMS_FILE = Path(__file__).with_name("synonyms.txt")  # families of words, one a line
EXCHANGED = 0.6  # chance of each word that has a synonym
OPENINGS = (  # what a question opens with, and what it may open with instead
    (r"(?:in|during) (?:what|which) year\b", ("when", "what year", "in which year")),
    (r"what year\b", ("when", "in what year", "which year")),
    (r"(?:what|which) (?:type|kind|sort) of\b", ("what type of", "which kind of", "what sort of")),
    (r"where\b", ("in what place", "at which place", "whereabouts")),
    (r"who (?=\w+ed\b)", ("which person ", "what is the name of the person who ")),
    (r"how many\b", ("what number of", "how large a number of")),
    (r"why\b", ("for what reason", "how come", "what is the reason that")),
    (r"what (?=\w+ (?:is|are|was|were|do|does|did|has|have|had)\b)", ("which ",)),
    (r"which\b", ("what",)),
    (r"when (?=(?:did|was|were)\b)", ("at what time ", "what was the date when ")),
)
ASKING = re.compile(
    r"(?:how|what|when|where|whereabouts|which|who|whom|whose|why)\b", re.IGNORECASE
)
FRAMES = (
    "according to the article, {}",
    "do you know {}",
    "tell me {}",
    "can you tell me {}",
    "{} according to the text",
    "please, {}",
)


def _synonyms() -> dict[str, tuple[str, ...]]:
    table: dict[str, tuple[str, ...]] = {}
    for line in SYNONYMS_FILE.read_text("utf-8").splitlines():
        first, *others = line.split("/")
        table[first] = (*table.get(first, ()), *others)
    return table


SYNONYMS = _synonyms()


def rephrased(question: str, rng: random.Random) -> str:
    """The question in other words, shortened, framed, or with a slip of the keyboard.

    >>> rephrased("When did the police stop the protest?", random.Random(4))
    'When did the officers halt the demontsration?'
    """
    ways: tuple[tuple[Callable[[str, random.Random], str], float], ...] = (
        (in_synonyms, 0.75),
        (opened_otherwise, 0.4),
        (shortened, 0.2),
        (framed, 0.1),
        (mistyped, 0.12),
    )
    for way, chance in ways:
        if rng.random() < chance:
            question = way(question, rng)
    return question


def in_synonyms(question: str, rng: random.Random) -> str:
    """Some words against others of the same meaning; names stay."""

    def other(match: re.Match[str]) -> str:
        word = match.group()
        if word in SYNONYMS and rng.random() < EXCHANGED:
            return rng.choice(SYNONYMS[word])
        return word

    return re.sub(r"[\w'-]+", other, question)


def opened_otherwise(question: str, rng: random.Random) -> str:
    """Another way to open the question: "in what year" for "when", and the like."""
    for pattern, openings in OPENINGS:
        if match := re.match(pattern, question, flags=re.IGNORECASE):
            opening = rng.choice(openings)
            cased = opening if question[0].islower() else opening[0].upper() + opening[1:]
            return cased + question[match.end() :]
    return question


def shortened(question: str, rng: random.Random) -> str:
    """As typed into a search box: few function words, often in small letters."""
    first, *rest = question.rstrip(" ?").split() or [""]
    kept = [word for word in rest if word.lower() not in FUNCTION_WORDS or rng.random() < 0.3]
    text = " ".join([first, *kept])
    return text.lower() if rng.random() < 0.5 else text


def framed(question: str, rng: random.Random) -> str:
    """The question inside a polite or roundabout sentence."""
    if ASKING.match(question):
        question = question[0].lower() + question[1:]
    return rng.choice(FRAMES).format(question)


def mistyped(question: str, rng: random.Random) -> str:
    """One long word without a capital has two letters exchanged, one lost or one doubled."""
    words = list(re.finditer(r"[a-z]{5,}", question))
    if not words:
        return question
    word = rng.choice(words)
    at = rng.randrange(word.start() + 1, word.end() - 1)
    here, behind = question[at], question[at + 1]
    slip = rng.choice((behind + here, behind, here + here + behind))
    return question[:at] + slip + question[at + 2 :]
