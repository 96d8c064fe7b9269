"""YAML front matter: the few lines between two "---" at the top of a text file."""

from collections.abc import Mapping
from datetime import date, datetime
from typing import Any

import yaml
from frontmatter import Post, dumps
from frontmatter.default_handlers import YAMLHandler

from mssqa.errors import ArticleError
from mssqa.ingest.page import (
    Page,
    language_code,
    makeshift_title,
    one_line,
    publisher_name,
    web_address,
)
from mssqa.types import Article, DatedBy
from mssqa.when import find_dates

_MAX_CHARACTERS = 20_000  # a longer stretch between two rules is text
_MAX_LISTS = 200  # brackets; the time to parse them grows with their square
_YAML = YAMLHandler()


def parse(text: str) -> Page:
    r"""The page of a text with or without front matter.

    Known keys are `title`, `published` (or `date`), `publisher`, `url` and `language`. A text
    that merely begins with a rule, without keys below it, is text as it stands.

    Raises:
        ArticleError: the front matter is not YAML, or its date is none. The message names the
            line or the value, not the file.

    >>> parse("---\ntitle: The port\npublished: 2025-03-03\n---\nIt opened.").published
    datetime.date(2025, 3, 3)
    """
    fields, body = _split(text)
    published = _published(fields)
    return Page(
        text=body,
        title=one_line(_string(fields, "title")),
        published=published,
        dated_by=DatedBy.FRONT_MATTER if published else DatedBy.NONE,
        publisher=publisher_name(_string(fields, "publisher")),
        url=web_address(_string(fields, "url")),
        language=language_code(_string(fields, "language")),
    )


def compose(article: Article) -> str:
    """The article as Markdown with front matter that states what is known of it.

    Reading it back gives the same title, date, publisher, address, language and text. A title
    that was made of the first sentence is not stated: that sentence would pass for a headline.
    """
    is_makeshift = article.title == makeshift_title(article.text)
    fields = {
        "title": None if is_makeshift else article.title,
        "published": article.published,
        "publisher": article.publisher,
        "url": article.url,
        "language": article.language,
    }
    post = Post(article.text)
    post.metadata.update({key: value for key, value in fields.items() if value is not None})
    return dumps(post, sort_keys=False) + "\n"


def _split(text: str) -> tuple[Mapping[str, Any], str]:
    """The fields, and the text below them."""
    start = text.lstrip()
    if not _YAML.detect(start):
        return {}, text
    try:
        source, body = _YAML.split(start)
    except ValueError:  # there is no second rule
        return {}, text
    is_short = len(source) <= _MAX_CHARACTERS and source.count("[") + source.count("{") < _MAX_LISTS
    fields = _load(source) if is_short else None
    return (fields, body.strip()) if isinstance(fields, dict) else ({}, text)


def _load(source: str) -> Any:
    try:
        return _YAML.load(source, Loader=_Loader)
    except (yaml.YAMLError, RecursionError, ValueError) as error:
        if ":" not in source.lstrip().split("\n", 1)[0]:
            return None  # prose between two rules
        raise ArticleError(f"its front matter is not YAML: {_explain(error)}") from error


class _Loader(yaml.SafeLoader):
    """YAML of lists, mappings, and scalars that are the text that stands there, or null.

    Dates are read below, so that a wrong one is named; and `no` stays the code of Norwegian.
    """

    yaml_constructors = {  # noqa: RUF012 - as PyYAML declares it
        tag: construct
        for tag, construct in yaml.SafeLoader.yaml_constructors.items()
        if tag is None or tag.removeprefix("tag:yaml.org,2002:") in {"null", "str", "seq", "map"}
    }

    yaml_implicit_resolvers = {  # noqa: RUF012 - as PyYAML declares it
        first: [(tag, pattern) for tag, pattern in resolvers if tag == "tag:yaml.org,2002:null"]
        for first, resolvers in yaml.SafeLoader.yaml_implicit_resolvers.items()
    }


def _explain(error: Exception) -> str:
    mark = getattr(error, "problem_mark", None)
    problem = getattr(error, "problem", None) or "it cannot be parsed"
    return f"line {mark.line + 1}: {problem}" if mark else problem


def _string(fields: Mapping[str, Any], key: str) -> str | None:
    value = fields.get(key)
    return value if isinstance(value, str) else None


def _published(fields: Mapping[str, Any]) -> date | None:
    value = fields.get("published") or fields.get("date")
    if not value:
        return None
    day = _day(value.strip()) if isinstance(value, str) else None
    if day is None:
        raise ArticleError(f"its front matter has no date in published: {str(value)[:80]!r}")
    return day


def _day(value: str) -> date | None:
    """The day of an ISO date or moment, or of a date written out.

    >>> _day("2025-03-03T23:30:00-03:00"), _day("3 March 2025"), _day("soon")
    (datetime.date(2025, 3, 3), datetime.date(2025, 3, 3), None)
    """
    try:
        return datetime.fromisoformat(value).date()
    except ValueError:
        whole = [mention for mention in find_dates(value) if mention.span == (0, len(value))]
        return whole[0].exact if whole else None
