"""When two near-duplicate articles say the same, and when one is an update of the other."""

from collections.abc import Iterable, Sequence
from functools import lru_cache

from mssqa.index.limits import days, publisher_key, publisher_keys
from mssqa.text import words
from mssqa.types import Article, Query


def carried(sentences: Sequence[str], text: str) -> int:
    """How many of the sentences stand in a text, but for case, accents and punctuation.

    >>> carried(["Rice rose by 4%.", "Beans fell."], "RICE rose by 4%! Beans rose.")
    1
    """
    whole = _spaced(text)
    return sum(_spaced(sentence) in whole for sentence in sentences)


def allowed(articles: Iterable[Article], query: Query) -> tuple[Article, ...]:
    """Those of the articles that the query's limits let in."""
    when, publishers = days(query), publisher_keys(query)
    return tuple(
        article
        for article in articles
        if (not publishers or publisher_key(article.publisher or "") in publishers)
        and (not query.limits_dates or _published_within(article, when.first, when.last))
    )


def _published_within(article: Article, first: int, last: int) -> bool:
    return article.published is not None and first <= article.published.toordinal() <= last


@lru_cache(maxsize=256)  # the articles of a search are compared again and again
def _spaced(text: str) -> str:
    return f" {' '.join(words(text))} "
