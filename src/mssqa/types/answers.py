"""What is said: claims, the answer that they make, and how it arrives."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any

from mssqa.types.evidence import Evidence
from mssqa.types.questions import Query


class Status(StrEnum):
    """How far an answer goes."""

    SUPPORTED = "supported"
    PARTIAL = "partial"  # some part of the question is unanswered, and the text says which
    DECLINED = "declined"  # the articles do not say


class Relation(StrEnum):
    """How a claim stands to the other claims about the same thing."""

    SINGLE = "single"
    AGREES = "agrees"
    SUPERSEDED = "superseded"
    DISAGREES = "disagrees"
    DIFFERENT = "different"


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
