"""A question, alone or after earlier turns, as the query that the index is asked."""

import unicodedata
from collections.abc import Sequence
from datetime import date

from mssqa.errors import QuestionError
from mssqa.text import FUNCTION_WORDS, words
from mssqa.types import Interval, Query, Turn

MAX_CHARACTERS = 2_000

# Words that point back to something said before, or carry on from it.
_POINTS_BACK = frozenset(
    {"he", "him", "his", "she", "her", "hers", "it", "its", "they", "them", "their", "theirs"}
    | {"this", "that", "these", "those", "one", "ones", "there", "then", "former", "latter"}
)
_CARRIES_ON = frozenset({"and", "but", "or", "so", "also", "else", "then", "instead"})


def understand(
    question: str,
    *,
    history: Sequence[Turn] = (),
    as_of: date | None = None,
    publishers: Sequence[str] = (),
    window: Interval | None = None,
) -> Query:
    """The query for a question of 1 to 2,000 characters in any language.

    A question that leans on the last turn gets that turn's question in front of it.

    Raises:
        QuestionError: the question is empty, too long, binary, or holds neither letter nor digit.

    >>> turn = Turn(question="Who signed the accord?", answer="Two ministers.")
    >>> understand("When did they  sign it?", history=[turn]).text
    'Who signed the accord? When did they sign it?'
    """
    _check(question)
    text = " ".join(question.split())
    if history and _leans_back(text):
        text = f"{' '.join(history[-1].question[:MAX_CHARACTERS].split())} {text}".strip()
    return Query(
        question=question,
        text=text,
        window=window,
        as_of=as_of,
        publishers=tuple(publishers),
    )


def _check(question: str) -> None:
    if not question.strip():
        raise QuestionError("the question is empty")
    if len(question) > MAX_CHARACTERS:
        raise QuestionError(f"the question has {len(question):,} characters")
    if any(_is_binary(letter) for letter in question):
        raise QuestionError("the question holds control characters: it is not plain text")
    if not any(letter.isalnum() for letter in question):
        raise QuestionError("the question holds no word")


def _is_binary(letter: str) -> bool:
    """Whether it is half of a surrogate pair, or a control character that is not a blank."""
    return unicodedata.category(letter) in {"Cc", "Cs"} and letter not in "\t\n\r"


def _leans_back(text: str) -> bool:
    own = words(text)
    return (
        not _CARRIES_ON.isdisjoint(own[:1])
        or not _POINTS_BACK.isdisjoint(own)
        or FUNCTION_WORDS.issuperset(own)
    )
