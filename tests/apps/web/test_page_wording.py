"""The words of the page: every language says everything, with the same blanks."""

import re
from collections.abc import Iterator, Mapping
from datetime import date, timedelta
from typing import Any

import pytest

from mssqa.apps.web.wording import ENGLISH, languages, wording
from mssqa.errors import MssqaError

TABLES = ("language", "page", "time", "ask", "errors", "doors", "articles")
TODAY = date(2025, 8, 24)
FOREIGN = tuple(code for code in languages() if code != ENGLISH)

SAME_AS_ENGLISH = {
    "fr": {
        *("page.articles", "ask.articles", "ask.article", "articles.articles", "articles.count"),
        *("ask.conversation", "ask.conversations", "ask.day", "articles.heading"),
        *("ask.sources", "ask.source_count", "ask.source_column"),
        *("articles.reason_promotion", "articles.reason_navigation"),
    },
    "ht": set(),
    "sw": set(),
}
"""The phrases that a language has in common with English; all others would be an oversight."""

SPACED_OUT = re.compile(r"[^\u00a0\u202f][:;?!»]|«[^\u00a0\u202f]")


def blanks(phrase: Any) -> Any:
    """The blanks of a phrase, or of each of its forms."""
    if isinstance(phrase, Mapping):
        return {form: blanks(words) for form, words in phrase.items()}
    return sorted(re.findall(r"{(\w+)}", phrase))


def phrases(language: str) -> Iterator[tuple[str, tuple[str, ...]]]:
    """Each phrase by name, as in `ask.send`, in all of its forms."""
    for table in TABLES:
        for key, phrase in wording(language).table(table).items():
            forms = phrase.values() if isinstance(phrase, Mapping) else (phrase,)
            yield f"{table}.{key}", tuple(forms)


def _bare(phrase: str) -> str:
    return re.sub(r"{\w+}", "", phrase)


@pytest.mark.parametrize("language", languages())
@pytest.mark.parametrize("table", TABLES)
def test_every_language_says_everything_with_the_same_blanks(language: str, table: str) -> None:
    def told(code: str) -> dict[str, Any]:
        return {name: blanks(phrase) for name, phrase in wording(code).table(table).items()}

    assert told(language) == told(ENGLISH)


@pytest.mark.parametrize("language", languages())
def test_a_plural_has_two_forms_and_a_year_twelve_months(language: str) -> None:
    tables = (wording(language).table(name) for name in TABLES)
    plurals = [each for table in tables for each in table.values() if isinstance(each, dict)]
    assert {tuple(sorted(each)) for each in plurals} == {("one", "other")}
    assert len(wording(language)("time.months").split()) == 12


@pytest.mark.parametrize("language", FOREIGN)
def test_nothing_is_left_in_english_by_oversight(language: str) -> None:
    english = dict(phrases(ENGLISH))
    same = {
        name
        for name, forms in phrases(language)
        if forms == english[name] and any(re.search(r"[a-z]", _bare(each)) for each in forms)
    }
    assert same == SAME_AS_ENGLISH[language]


@pytest.mark.parametrize("language", ["fr", "ht"])
def test_no_line_begins_with_a_colon_or_ends_with_an_opening_quotation_mark(language: str) -> None:
    assert [name for name, forms in phrases(language) if any(map(SPACED_OUT.search, forms))] == []


@pytest.mark.parametrize(
    ("language", "first", "age", "count"),
    [
        ("en", "1 August 2025", "3 weeks ago", "1,200 articles"),
        ("fr", "1er août 2025", "il y a 3 semaines", "1\u202f200 articles"),
        ("ht", "1ye out 2025", "sa gen 3 semèn", "1\u202f200 atik"),
        ("sw", "1 Agosti 2025", "wiki 3 zilizopita", "Makala 1,200"),
    ],
)
def test_days_and_numbers_are_told_as_the_language_has_them(
    language: str, first: str, age: str, count: str
) -> None:
    words = wording(language)
    day = date(2025, 8, 1)
    told = words.day(day), words.age(day, today=TODAY), words("ask.articles", count=1_200)
    assert told == (first, age, count)


def test_none_is_singular_in_french_and_plural_in_english() -> None:
    told = {code: wording(code)("ask.articles", count=0) for code in ("en", "fr")}
    assert told == {"en": "0 articles", "fr": "0 article"}


def test_an_unknown_language_is_english() -> None:
    assert wording("../../x") is not None
    assert wording("tlh").language == ENGLISH


def test_every_error_that_a_reader_is_told_of_has_a_hint() -> None:
    table = wording(ENGLISH).table("errors")
    kinds = {name for name in table if not name.endswith("_hint")}
    assert {f"{kind}_hint" for kind in kinds} == table.keys() - kinds
    known = {kind.__name__ for kind in _below(MssqaError)} | {
        "unforeseen",
        "disk_full",
        "unreadable",
    }
    assert kinds <= known


def _below(kind: type) -> set[type]:
    return {kind}.union(*map(_below, kind.__subclasses__()))


@pytest.mark.parametrize(
    ("days", "told"),
    [
        (-3, "27 August 2025"),
        (0, "today"),
        (1, "yesterday"),
        (2, "2 days ago"),
        (13, "13 days ago"),
        (14, "2 weeks ago"),
        (61, "2 months ago"),
        (365, "12 months ago"),
        (800, "2 years ago"),
        (400_000, "1,095 years ago"),
    ],
)
def test_an_age_is_told_in_the_largest_unit_that_fits_twice(days: int, told: str) -> None:
    assert wording(ENGLISH).age(TODAY - timedelta(days=days), today=TODAY) == told
