"""What the browser sends: a question with its limits and what was said before."""

from datetime import date
from typing import Annotated

from pydantic import BaseModel, ConfigDict, Field

from mssqa.apps.web.wording import ENGLISH
from mssqa.types import Turn

MOST_TURNS = 8  # of a conversation, told to the next question


class _Sent(BaseModel):
    model_config = ConfigDict(frozen=True, extra="forbid")


class Past(_Sent):
    """An earlier exchange of the conversation."""

    question: str = Field(max_length=10_000)
    text: str = Field(max_length=100_000)


class Asked(_Sent):
    """A question; the library says whether it is too long."""

    run: str = Field(max_length=64)  # by which the browser knows what belongs to it
    question: str = Field(max_length=10_000)
    as_of: date | None = None
    publishers: tuple[Annotated[str, Field(max_length=10_000)], ...] = Field((), max_length=100)
    past: tuple[Past, ...] = Field((), max_length=MOST_TURNS)
    language: str = Field(ENGLISH, max_length=16)

    @property
    def turns(self) -> tuple[Turn, ...]:
        """The earlier exchanges as the library is told them."""
        return tuple(Turn(question=each.question, answer=each.text) for each in self.past)
