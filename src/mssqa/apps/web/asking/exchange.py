"""What the page knows of a question and its answer: plain values, kept by the reader's browser.

They come back from there whenever a conversation is opened again, so they are checked like any
other input: nothing in them is believed, only shown.
"""

from datetime import date
from typing import Annotated, Any, Self

from pydantic import BaseModel, ConfigDict, Field, TypeAdapter

from mssqa.compose.write import write
from mssqa.types import Answer, Evidence, Kind, Query, Relation, Status

MOST_EXCHANGES = 50  # of one conversation, sent at once

Line = Annotated[str, Field(max_length=10_000)]
Prose = Annotated[str, Field(max_length=1_000_000)]
Place = Annotated[int, Field(ge=0, le=100_000_000)]  # characters


class _Value(BaseModel):
    model_config = ConfigDict(frozen=True, extra="ignore")  # a newer page may have kept more


class Named(_Value):
    """An article by name, as `Article.to_dict` gives it."""

    id: Line
    path: Line
    title: Line
    publisher: Line | None = None
    published: date | None = None
    url: Line | None = None
    language: Line | None = None  # ISO 639-1; None if it was kept by an older page


class Source(_Value):
    """A quoted sentence and its article, as `Evidence.to_dict` gives them."""

    number: int = Field(ge=1, le=1_000)
    quote: Prose
    start: Place
    end: Place
    article: Named
    copies: tuple[Named, ...] = Field((), max_length=10_000)

    @classmethod
    def of(cls, evidence: Evidence) -> Self:
        """What the page knows of a piece of evidence."""
        told = evidence.to_dict()
        told["article"]["language"] = evidence.passage.article.language
        return cls.model_validate(told)


class Told(_Value):
    """One claim, as `Claim.to_dict` gives it."""

    text: Prose
    cites: tuple[int, ...] = Field(max_length=100)
    value: Line | None = None
    as_of: date | None = None
    relation: Relation = Relation.SINGLE
    independent_articles: int = Field(1, ge=1)


class Exchange(_Value):
    """A question, the limits it was asked within, and its answer as `Answer.to_dict` gives it."""

    id: Line
    question: Line
    status: Status
    text: Prose
    generation: Line
    claims: tuple[Told, ...] = Field((), max_length=100)
    citations: tuple[Source, ...] = Field((), max_length=100)
    nearest: tuple[Source, ...] = Field((), max_length=100)
    kind: Kind = Kind.FACT
    as_of: date | None = None
    publishers: tuple[Line, ...] = Field((), max_length=100)
    lacking: Prose = ""  # what the text says beside the claims: which part is unanswered, and why
    stands_alone: Prose  # the question with what it left to the conversation
    asked: date  # the day of the question

    @classmethod
    def of(cls, answer: Answer, *, asked: date) -> Self:
        """What the page keeps of an answer."""
        query = answer.query
        beside = {
            "kind": query.kind,
            "as_of": query.as_of,
            "publishers": query.publishers,
            "lacking": _lacking(answer),
            "stands_alone": query.text,
            "asked": asked,
            "citations": tuple(map(Source.of, answer.citations)),
            "nearest": tuple(map(Source.of, answer.nearest)),
        }
        return cls.model_validate(answer.to_dict() | beside)


_EXCHANGES = TypeAdapter(Annotated[tuple[Exchange, ...], Field(max_length=MOST_EXCHANGES)])


def exchanges(kept: Any) -> tuple[Exchange, ...]:
    """The exchanges that a browser kept.

    Raises:
        ValueError: they are not what a page keeps, or too many.
    """
    return _EXCHANGES.validate_python(kept)


def _lacking(answer: Answer) -> str:
    """The end of the text, behind the claims."""
    if not answer.claims:
        return answer.text
    unlimited = Query(question=answer.query.question, text=answer.query.text)
    told = write(answer.claims, unlimited, undated=0)
    return answer.text.removeprefix(told).strip()
