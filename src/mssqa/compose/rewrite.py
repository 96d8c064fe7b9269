"""A follow-up question as a language model writes it anew, if it keeps to the conversation."""

import re
from collections.abc import Iterator, Sequence

from mssqa.compose.numbers import find_numbers
from mssqa.compose.prompt import rewrite_prompt, visible
from mssqa.ports import Generator
from mssqa.text import FUNCTION_WORDS, fold, words
from mssqa.types import Turn

MAX_CHARACTERS = 400  # of a rewritten question

_POSSESSIVE = re.compile(r"['’]s?\b")
_THOUGHTS = re.compile(r"^\s*<think>.*?</think>", re.DOTALL)
_LABEL = re.compile(r"^(?:(?:re)?written |stand-?alone |new )?question\s*:\s*", re.IGNORECASE)
_READ = 20_000  # characters read of what a model writes, thoughts included


def rewrite(question: str, history: Sequence[Turn], generator: Generator) -> str | None:
    """The question so that it stands alone; None if what the generator wrote cannot be trusted.

    It can if it is one short line that has each name and number of the question, and no other than
    the question and the conversation have. Names are told by their capitals; of a question that is
    typed without any, each word that tells something must be kept.

    Raises:
        ModelError: the generator failed.
    """
    if not history:
        return None
    line = _first_line(generator.write(rewrite_prompt(question, history), allowed_words=()))
    said = "\n".join((question, *(f"{turn.question}\n{turn.answer}" for turn in history)))
    return line if line and _keeps(question, line) and _adds_nothing(line, said) else None


def _first_line(pieces: Iterator[str]) -> str:
    """The first line that is written, if it is short; else nothing."""
    text = ""
    for piece in pieces:
        text += piece
        if len(text) > _READ:
            return ""
    lines = (line.strip(" \"'“”*`") for line in _THOUGHTS.sub("", text).splitlines())
    first = next((line for line in lines if line), "")
    line = _LABEL.sub("", "".join(filter(visible, first)))
    return line if len(line) <= MAX_CHARACTERS else ""


def _keeps(question: str, line: str) -> bool:
    telling = _names(question) if question != question.lower() else _bare_words(question)
    numbers = find_numbers(line)
    return set(telling) - FUNCTION_WORDS <= set(_bare_words(line)) and all(
        number.is_borne_by(numbers) for number in find_numbers(question)
    )


def _adds_nothing(line: str, said: str) -> bool:
    numbers = find_numbers(said)
    return set(_names(line)) - FUNCTION_WORDS <= set(_bare_words(said)) and all(
        number.is_borne_by(numbers) for number in find_numbers(line)
    )


def _names(text: str) -> Iterator[str]:
    """The words with a capital, the first one too: it may be a name."""
    for word in re.findall(r"[^\W\d_]+(?:[.’'-][^\W\d_]+)*", text):
        if word != word.lower():
            yield from _bare_words(word)


def _bare_words(text: str) -> tuple[str, ...]:
    """The words, folded, without points or possessives.

    >>> _bare_words("Haiti's U.S. envoy")
    ('haiti', 'us', 'envoy')
    """
    parts = _POSSESSIVE.sub("", fold(text)).replace("-", " ")
    return tuple(word.replace(".", "") for word in words(parts))
