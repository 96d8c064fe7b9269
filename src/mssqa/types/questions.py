"""What is asked, and what a chat model is told."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from typing import Literal

from mssqa.types.articles import Interval


class Kind(StrEnum):
    """What sort of answer a question asks for."""

    FACT = "fact"
    LIST = "list"
    CHANGE = "change"  # stages in the order of time; also accounts, parts, a summary
    REASON = "reason"


class Order(StrEnum):
    """Which end of the story a question asks for."""

    LATEST = "latest"
    EARLIEST = "earliest"
    NONE = "none"


class Wants(StrEnum):
    """What sort of thing the answer to a question is."""

    PERSON = "person"
    PLACE = "place"
    ORGANISATION = "organisation"
    DATE = "date"
    DURATION = "duration"
    NUMBER = "number"
    MONEY = "money"
    PERCENT = "percent"
    REASON = "reason"
    YES_NO = "yes or no"
    ANY = "any"  # something else, or it cannot be told


@dataclass(frozen=True, slots=True, kw_only=True)
class Turn:
    """One earlier exchange of a conversation."""

    question: str
    answer: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Query:
    """A question as the index is asked it."""

    question: str  # as typed
    text: str  # stands alone
    kind: Kind = Kind.FACT
    wants: Wants = Wants.ANY
    about: Interval | None = None  # the days that the question asks about, whenever published
    window: Interval | None = None  # only articles published within it
    order: Order = Order.NONE
    as_of: date | None = None  # nothing published later is used, nor anything undated
    publishers: tuple[str, ...] = ()  # only these; empty means all

    @property
    def limits_dates(self) -> bool:
        """Whether articles of unknown date are left out."""
        return self.window is not None or self.as_of is not None


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to a chat model."""

    role: Literal["system", "user", "assistant"]
    content: str
