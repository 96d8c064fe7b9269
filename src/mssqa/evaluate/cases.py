"""Test questions: one JSON object a line, with what the answer must say and where it stands."""

import json
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Literal

from pydantic import BaseModel, ConfigDict, Field, ValidationError

from mssqa.errors import ConfigError
from mssqa.types import Turn

FIELDS = "the fields of a question are listed in tests/data/README.md"


class Case(BaseModel):
    """A question and what is expected. Without expected wordings it is to be declined."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str = Field(min_length=1)
    question: str
    type: str = Field(min_length=1)
    answers: tuple[str, ...] = ()  # one of these must stand in the answer
    answers_all: tuple[str, ...] = ()  # and all of these
    articles: tuple[str, ...] = ()  # paths in the corpus that bear it out
    history: tuple[Turn, ...] = ()
    as_of: date | None = None
    publishers: tuple[str, ...] = ()  # only these are used; empty means all
    split: Literal["dev", "held"]
    written: Literal["before", "after"]  # any system had been run on it

    @property
    def answerable(self) -> bool:
        """Whether the articles say."""
        return bool(self.answers or self.answers_all)


def load_cases(path: Path) -> tuple[Case, ...]:
    """The questions of a JSON Lines file, in order.

    Raises:
        ConfigError: the file cannot be read, a line is no question, or two have the same id.
    """
    try:
        lines = path.read_text("utf-8").splitlines()
    except (OSError, ValueError) as error:
        raise ConfigError(f"cannot read {str(path)!r}: {error}", hint=FIELDS) from error
    cases = tuple(_cases(lines, path))
    ids = [case.id for case in cases]
    twice = sorted({name for name in ids if ids.count(name) > 1})
    if twice:
        raise ConfigError(f"{path}: more than one question has the id {twice[0]!r}", hint=FIELDS)
    return cases


def _cases(lines: list[str], path: Path) -> Iterator[Case]:
    for number, line in enumerate(lines, start=1):
        if not line.strip():
            continue
        try:
            yield Case.model_validate(json.loads(line))
        except ValidationError as error:
            first = error.errors(include_url=False)[0]
            where = ".".join(map(str, first["loc"]))
            message = f"{path}, line {number}: {where}: {first['msg']}"
            raise ConfigError(message, hint=FIELDS) from error
        except ValueError as error:
            raise ConfigError(f"{path}, line {number}: {error}", hint=FIELDS) from error
