"""What cleaning gives back, and the closed set of reasons for which a block is dropped."""

from dataclasses import dataclass
from enum import StrEnum


class Reason(StrEnum):
    """What a dropped block is."""

    ADVERTISEMENT = "advertisement"
    PROMOTION = "promotion"
    SUBSCRIPTION = "newsletter or subscription"
    SHARING = "sharing or following"
    COMMENTS = "comments"
    LINK = "link to another article"
    TEASER = "teaser of another article"
    NAVIGATION = "navigation"
    PLAYER = "audio or video player"
    CAPTION = "caption or credit"
    BYLINE = "byline or time stamp"
    LEGAL = "legal notice"
    HEADLINE = "headline, known as the title"
    REPEATED = "repeated"
    SEPARATOR = "separator"


@dataclass(frozen=True, slots=True, kw_only=True)
class Removed:
    """A block that is not part of the article."""

    text: str
    reason: Reason


@dataclass(frozen=True, slots=True, kw_only=True)
class Cleaned:
    """The article's own blocks, one line each, with one empty line between two."""

    text: str
    title: str | None
    removed: tuple[Removed, ...]  # in the order of the page
