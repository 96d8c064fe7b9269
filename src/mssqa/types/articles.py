"""What is read: articles, their passages, stretches of text and of days."""

from dataclasses import dataclass
from datetime import date
from enum import StrEnum
from hashlib import sha256
from typing import Any, NamedTuple


class DatedBy(StrEnum):
    """Where the publication date of an article was read."""

    FRONT_MATTER = "front matter"
    MARKUP = "markup"
    TEXT = "text"
    NONE = "none"


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
