"""A question, alone or after earlier turns, as the query that the index is asked."""

import unicodedata
from collections.abc import Callable, Sequence
from datetime import date

from mssqa.ask.follow_up import stand_alone
from mssqa.ask.parsing import parsed
from mssqa.ask.wants import kind, wants
from mssqa.errors import QuestionError
from mssqa.ports import Parser
from mssqa.types import Interval, Kind, Query, Turn
from mssqa.when import asked_time

MAX_CHARACTERS = 2_000

Rewrite = Callable[[str, Sequence[Turn]], str | None]
"""A question after earlier turns as one that stands alone; None where it cannot tell."""


def understand(
    question: str,
    *,
    history: Sequence[Turn] = (),
    as_of: date | None = None,
    publishers: Sequence[str] = (),
    window: Interval | None = None,
    today: date,
    parser: Parser,
    rewrite: Rewrite | None = None,
) -> Query:
    """The query for a question of 1 to 2,000 characters in any language.

    What it takes from earlier turns is written out, by `rewrite` where that gives a question: its
    text stands alone. The days and the date
    that it names itself are read as seen from `today`; nothing later than `as_of` is ever allowed.

    Raises:
        QuestionError: the question is empty, too long, binary, or holds neither letter nor digit.
    """
    _check(question)
    bare = " ".join(question.split())
    written = rewrite(bare, history) if rewrite and history else None
    text = written or stand_alone(bare, history, parser)
    (parse,) = parsed(parser, [text])
    asked = asked_time(text, today=as_of or today)
    return Query(
        question=question,
        text=text,
        kind=Kind.CHANGE if asked.change else kind(parse, asked.order),
        wants=wants(parse),
        about=asked.about,
        window=window,
        order=asked.order,
        as_of=min(filter(None, (as_of, asked.as_of)), default=None),
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
