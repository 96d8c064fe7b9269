"""Many questions in, one line of JSON each out."""

from collections.abc import Callable, Iterator
from datetime import date
from typing import Any, BinaryIO

from pydantic import BaseModel, ConfigDict, TypeAdapter, ValidationError

from mssqa.errors import MssqaError, QuestionError
from mssqa.types import Answer, Turn

MAX_LINE_BYTES = 1_000_000
BYTE_ORDER_MARK = b"\xef\xbb\xbf"
HINT = 'write one JSON object a line: {"id", "question", "history", "as_of"}'


class Asked(BaseModel):
    """One line of a batch. Other keys are passed over, so that a file of test cases will do."""

    model_config = ConfigDict(strict=True, frozen=True, extra="ignore")

    id: str | int | None = None
    question: str
    history: tuple[Turn, ...] | None = None
    as_of: date | None = None


_OBJECT = TypeAdapter(dict[str, Any])

Ask = Callable[[Asked], Answer]


def answer_lines(lines: BinaryIO, ask: Ask) -> Iterator[dict[str, Any]]:
    """What to print for each line that is not blank, in order; a bad one gets an `error`.

    Args:
        lines: JSON Lines in UTF-8. One longer than `MAX_LINE_BYTES` is bad and never held whole.
        ask: answers one question, or raises MssqaError.
    """
    for number, line in _numbered(lines):
        if line.strip():
            yield _reply(line, number, ask)


def _reply(line: bytes, number: int, ask: Ask) -> dict[str, Any]:
    name: str | int = number
    try:
        values = _values(line)
        name = _name(values, number)
        return ask(_asked(line)).to_dict() | {"id": name}
    except MssqaError as error:
        return {"id": name, "error": error.to_dict()}


def _values(line: bytes) -> dict[str, Any]:
    if len(line) > MAX_LINE_BYTES:
        raise QuestionError(f"the line is longer than {MAX_LINE_BYTES:,} bytes", hint=HINT)
    try:
        return _OBJECT.validate_json(line)
    except ValidationError as error:
        what = error.errors()[0]["msg"]
        raise QuestionError(f"the line is not a JSON object: {what}", hint=HINT) from error


def _name(values: dict[str, Any], number: int) -> str | int:
    name = values.get("id")
    return name if isinstance(name, str | int) and not isinstance(name, bool) else number


def _asked(line: bytes) -> Asked:
    try:
        return Asked.model_validate_json(line)
    except ValidationError as error:
        problems = (
            f"{'.'.join(map(str, problem['loc']))}: {problem['msg']}" for problem in error.errors()
        )
        raise QuestionError("; ".join(problems), hint=HINT) from error


def _numbered(lines: BinaryIO) -> Iterator[tuple[int, bytes]]:
    number = 0
    while piece := lines.readline(MAX_LINE_BYTES + 1):
        number += 1
        yield number, piece.removeprefix(BYTE_ORDER_MARK) if number == 1 else piece
        while piece and not piece.endswith(b"\n"):  # the rest of a line that is too long
            piece = lines.readline(MAX_LINE_BYTES)
