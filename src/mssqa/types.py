"""The nouns of mssqa: what flows from a file or a question to an answer. No input or output here.

    corpus file → Article → Passage → (index) → Hit → Evidence → Claim → Draft → Answer

Every record is frozen and compares by value; sequences are tuples; offsets count Python
characters of `Article.text`; dates are calendar days.
"""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any, Literal, NamedTuple


class Status(StrEnum):
    """How far an answer goes."""

    SUPPORTED = "supported"
    PARTIAL = "partial"  # some part of the question is unanswered, and the text says which
    DECLINED = "declined"  # the articles do not say


class DatedBy(StrEnum):
    """Where the publication date of an article was read."""

    FRONT_MATTER = "front matter"
    MARKUP = "markup"
    TEXT = "text"
    NONE = "none"


class Kind(StrEnum):
    """What sort of answer a question asks for."""

    FACT = "fact"
    LIST = "list"
    CHANGE = "change"  # its stages in the order of time; a summary too
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


class Relation(StrEnum):
    """How a claim stands to the other claims about the same thing."""

    SINGLE = "single"
    AGREES = "agrees"
    SUPERSEDED = "superseded"
    DISAGREES = "disagrees"
    DIFFERENT = "different"


class Span(NamedTuple):
    """A stretch of characters, `start` included, `end` not."""

    start: int
    end: int


@dataclass(frozen=True, slots=True, kw_only=True)
class Interval:
    """A stretch of days, both ends included; an open end is None.

    >>> date(2024, 6, 25) in Interval(start=date(2024, 6, 1), end=date(2024, 6, 30))
    True
    """

    start: date | None = None
    end: date | None = None

    def __post_init__(self) -> None:
        if self.start is not None and self.end is not None and self.start > self.end:
            raise ValueError(f"an interval ends before it starts: {self.start} to {self.end}")

    def __contains__(self, day: date) -> bool:
        return (self.start is None or self.start <= day) and (self.end is None or day <= self.end)


@dataclass(frozen=True, slots=True, kw_only=True)
class Article:
    """One article as it is indexed and quoted: cleaned, dated if a date could be found."""

    path: str  # relative to the corpus folder, with forward slashes
    title: str
    text: str  # blocks separated by one empty line
    published: date | None = None
    dated_by: DatedBy = DatedBy.NONE
    publisher: str | None = None
    url: str | None = None
    language: str = "en"  # ISO 639-1

    @property
    def id(self) -> str:
        """The first 16 hexadecimal digits of the SHA-256 of the text."""
        return sha256(self.text.encode()).hexdigest()[:16]

    def to_dict(self) -> dict[str, Any]:
        """The shape of `article` and of one entry of `copies`."""
        return {
            "id": self.id,
            "path": self.path,
            "title": self.title,
            "publisher": self.publisher,
            "published": self.published.isoformat() if self.published else None,
            "url": self.url,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Passage:
    """A run of whole sentences of one article."""

    article: Article
    ordinal: int  # 0-based position among the passages of its article
    start: int
    end: int

    @property
    def text(self) -> str:
        """The passage's words: a slice of the article, so that a quotation is exact."""
        return self.article.text[self.start : self.end]


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
class Hit:
    """A passage that a search found."""

    passage: Passage
    score: float  # higher is better; comparable within one search only
    lexical_rank: int | None = None  # 1-based
    dense_rank: int | None = None  # 1-based
    copies: tuple[Article, ...] = ()  # other articles that carry the same passage

    def __post_init__(self) -> None:
        if self.lexical_rank is None and self.dense_rank is None:
            raise ValueError("a hit has at least one rank")

    def to_dict(self) -> dict[str, Any]:
        """The shape of one entry of `hits`."""
        return {
            "score": round(self.score, 6),
            "lexical_rank": self.lexical_rank,
            "dense_rank": self.dense_rank,
            "text": self.passage.text,
            "start": self.passage.start,
            "end": self.passage.end,
            "copies": [copy.to_dict() for copy in self.copies],
            "article": self.passage.article.to_dict(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a passage may say to a question."""

    span: Span  # the answer, in characters of the passage's text
    margin: float  # score of the span less that of "the passage does not say"
    support: float  # 0 to 1: how likely it is that the passage answers the question


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence of a passage that bears on the question. A citation is evidence that is cited."""

    number: int  # 1-based
    passage: Passage
    sentence: Span
    answer: Span | None = None
    support: float  # 0 to 1
    copies: tuple[Article, ...] = ()

    @property
    def quote(self) -> str:
        """The sentence, letter by letter."""
        return self.passage.article.text[self.sentence.start : self.sentence.end]

    @property
    def value(self) -> str | None:
        """The answer within the sentence, letter by letter, if it is known."""
        return self.answer and self.passage.article.text[self.answer.start : self.answer.end]

    def to_dict(self) -> dict[str, Any]:
        """The shape of one entry of `citations` and `nearest`."""
        return {
            "number": self.number,
            "quote": self.quote,
            "start": self.sentence.start,
            "end": self.sentence.end,
            "copies": [copy.to_dict() for copy in self.copies],
            "article": self.passage.article.to_dict(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Claim:
    """One sentence of an answer and the numbers of the evidence it rests on."""

    text: str
    cites: tuple[int, ...]
    support: float  # 0 to 1
    value: str | None = None  # the short answer within the sentence
    as_of: date | None = None
    relation: Relation = Relation.SINGLE
    independent_articles: int = 1  # near-duplicates of one article count once

    def to_dict(self) -> dict[str, Any]:
        """The shape of one entry of `claims`."""
        return {
            "text": self.text,
            "cites": list(self.cites),
            "support": round(self.support, 4),
            "value": self.value,
            "as_of": self.as_of.isoformat() if self.as_of else None,
            "relation": str(self.relation),
            "independent_articles": self.independent_articles,
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Message:
    """One message to a chat model."""

    role: Literal["system", "user", "assistant"]
    content: str


@dataclass(frozen=True, slots=True, kw_only=True)
class Draft:
    """Claims that nobody has checked yet. It never reaches a caller."""

    query: Query
    claims: tuple[Claim, ...]
    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Answer:
    """What the articles say, every sentence checked against its quote; or that they do not say."""

    query: Query
    status: Status
    text: str
    claims: tuple[Claim, ...] = ()
    evidence: tuple[Evidence, ...] = ()
    nearest: tuple[Evidence, ...] = ()  # what stands closest when the articles do not say
    generation: str  # of the index
    timings_ms: Mapping[str, float] = field(default_factory=dict, compare=False)

    def __post_init__(self) -> None:
        if self.status is Status.DECLINED and self.claims:
            raise ValueError("a declined answer makes no claims")
        missing = {n for c in self.claims for n in c.cites} - {e.number for e in self.evidence}
        if missing:
            raise ValueError(f"cited evidence does not exist: {sorted(missing)}")

    @property
    def citations(self) -> tuple[Evidence, ...]:
        """The evidence that a claim cites, by number."""
        cited = {number for claim in self.claims for number in claim.cites}
        return tuple(e for e in self.evidence if e.number in cited)

    @property
    def id(self) -> str:
        """16 hexadecimal digits that name this question, its limits and the index generation."""
        asked = (self.query, self.generation)
        return sha256(repr(asked).encode()).hexdigest()[:16]

    def to_dict(self) -> dict[str, Any]:
        """The answer as plain values, ready for JSON."""
        return {
            "id": self.id,
            "question": self.query.question,
            "status": str(self.status),
            "text": self.text,
            "generation": self.generation,
            "claims": [claim.to_dict() for claim in self.claims],
            "citations": [evidence.to_dict() for evidence in self.citations],
            "nearest": [evidence.to_dict() for evidence in self.nearest],
            "timings_ms": {stage: round(ms, 1) for stage, ms in self.timings_ms.items()},
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Found:
    """The evidence is chosen; sentences follow."""

    evidence: tuple[Evidence, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Wrote:
    """One sentence of the answer, checked."""

    sentence: str
    checked: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Checked:
    """The whole answer. A stream ends with it."""

    answer: Answer


Event = Found | Wrote | Checked
