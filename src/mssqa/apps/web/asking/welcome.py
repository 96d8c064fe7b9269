"""The empty page: whether it can answer yet, what from, how fresh that is, and what to ask."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from typing import Literal

from mssqa.apps.render import line
from mssqa.apps.web.opening import Opening
from mssqa.apps.web.trouble import Trouble, in_words
from mssqa.apps.web.wording import Wording
from mssqa.types import Article

MOST_PUBLISHERS = 100  # to choose from


@dataclass(frozen=True, slots=True, kw_only=True)
class Welcome:
    """How things stand when somebody comes."""

    state: Literal["opening", "open", "trouble"]
    told: str  # in a line
    publishers: tuple[str, ...] = ()
    newest: str | None = None  # the day of the newest article, as in 2025-08-24
    trouble: Trouble | None = None


def welcome(opening: Opening, words: Wording, *, today: date) -> Welcome:
    """How things stand. If it is not open, it is being opened."""
    if not opening.is_open:
        return _not_open(opening, words)
    try:
        articles = opening.qa().articles()
    except Exception as error:  # noqa: BLE001 - told in words, and logged there
        return _in_trouble(in_words(error, words))
    newest = max((each.published for each in articles if each.published), default=None)
    return Welcome(
        state="open",
        told=freshness(articles, words, today=today),
        publishers=_publishers(articles),
        newest=newest.isoformat() if newest else None,
    )


def freshness(articles: Sequence[Article], words: Wording, *, today: date) -> str:
    """How many articles there are, and the day of the newest.

    >>> from mssqa.apps.web.wording import wording
    >>> articles = [Article(path="a.md", title="Ports reopen", text="...")]
    >>> freshness(articles, wording("en"), today=date(2025, 8, 24))
    '1 article, undated'
    """
    count = words("ask.articles", count=len(articles))
    days = [article.published for article in articles if article.published]
    if not days:
        return words("ask.all_undated", articles=count)
    newest, age = words.day(max(days)), words.age(max(days), today=today)
    return words("ask.freshness", articles=count, newest=newest, age=age)


def _not_open(opening: Opening, words: Wording) -> Welcome:
    error = opening.error
    opening.start()
    if error is None:
        return Welcome(state="opening", told=words("ask.opening"))
    return _in_trouble(in_words(error, words))


def _in_trouble(trouble: Trouble) -> Welcome:
    return Welcome(state="trouble", told=trouble.what, trouble=trouble)


def _publishers(articles: Sequence[Article]) -> tuple[str, ...]:
    named = {line(article.publisher) for article in articles if article.publisher}
    return tuple(sorted(named, key=str.casefold)[:MOST_PUBLISHERS])
