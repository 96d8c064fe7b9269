"""What is missing, in one line, where the articles do not answer a question.

It asserts nothing about the subject of the question, which may rest on a false premise: what it
says is that the articles lack a word, that there are none, or that they do not answer what was
asked, in the asker's own words.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import replace
from datetime import date

from mssqa.grammar import Name, Parse
from mssqa.ports import Parser, Store
from mssqa.text import FUNCTION_WORDS, fold, words
from mssqa.types import Evidence, Interval, Query

LONGEST_ECHO = 200  # letters of a question that is repeated
MOST_NAMES = 3  # that are told to be missing

_NAMED = frozenset({"PERSON", "NORP", "FAC", "ORG", "GPE", "LOC", "PRODUCT", "EVENT"})
_YEAR = re.compile(r"\b(?:1[5-9]|20)\d\d\b")
_BRACKETS = str.maketrans("[]", "()")  # "[1]" would look like a citation


def missing(query: Query, nearest: Iterable[Evidence], store: Store, parser: Parser) -> str:
    """Why a question is declined: no article within its limits, a name that none has, or no answer.

    `nearest` is what was found that does not answer; without any, nothing stands within the limits.
    """
    articles = f"The articles{_limits(query)}"
    if not list(nearest):
        return f"{articles} do not say: none was found that bears on the question."
    (parse,) = parser.parse([query.text])
    known = {str(day.year) for day in _days(query, store)}
    absent = [
        word
        for word in _sought(parse)
        if word not in known and not _is_mentioned(word, query, store)
    ]
    if absent:
        return f"{articles} do not say: they do not mention {_listed(absent[:MOST_NAMES])}."
    asked = " ".join(query.text.split()).translate(_BRACKETS)
    if not asked.endswith("?") or len(asked) > LONGEST_ECHO:
        return f"{articles} do not say."
    return f"{articles} do not answer “{asked}”"


def _limits(query: Query) -> str:
    """The limits of a query as they follow "the articles".

    >>> _limits(Query(question="?", text="?", publishers=("Mail",), as_of=date(2024, 5, 1)))
    ' of Mail up to 1 May 2024'
    """
    by = f" of {_listed(query.publishers)}" if query.publishers else ""
    window = query.window or Interval()
    ends = [day for day in (query.as_of, window.end) if day is not None]
    since = f" from {_day(window.start)}" if window.start else ""
    until = f" up to {_day(min(ends))}" if ends else ""
    return f"{by}{since}{until}"


def _day(day: date) -> str:
    return f"{day.day} {day:%B %Y}"


def _listed(names: Iterable[str]) -> str:
    """The names, with "or" before the last.

    >>> _listed(["Oslo", "Rome", "Bonn"])
    'Oslo, Rome or Bonn'
    """
    *first, last = names
    return f"{', '.join(first)} or {last}" if first else last


def _sought(parse: Parse) -> Iterator[str]:
    """The names and years of a question, each once, as typed."""
    names = (_without_article(parse, name) for name in parse.names if name.label in _NAMED)
    yield from dict.fromkeys(name for name in names if name and name[0].isupper())
    yield from dict.fromkeys(_YEAR.findall(parse.text))


def _without_article(parse: Parse, name: Name) -> str:
    text = re.sub(r"['’]s?$", "", parse.text[slice(*name.span)])
    first, _, rest = text.partition(" ")
    return rest if first.lower() in {"a", "an", "the"} else text


def _days(query: Query, store: Store) -> Iterator[date]:
    """The day as of which is asked, and those on which articles appeared."""
    days = (query.as_of, *(article.published for article in store.articles()))
    yield from (day for day in days if day is not None)


def _is_mentioned(name: str, query: Query, store: Store) -> bool:
    """Whether each of its words stands in some article within the query's limits.

    A name counts as missing only if one of its words is missing altogether: its words may be
    spread over a text that has the name in another form.
    """
    return all(
        store.lexical(replace(query, text=word), limit=1)
        for word in words(name)
        if word not in FUNCTION_WORDS and len(fold(word)) > 1
    )
