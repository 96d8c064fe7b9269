"""Every word that the page shows, in each of its languages: one TOML file for each."""

import tomllib
from collections.abc import Mapping
from datetime import date
from functools import cache
from importlib.resources import files
from typing import Any

ENGLISH = "en"
_FOLDER = files(__package__)


class Wording:
    """The words of one language, by table and name; blanks are filled by name.

    >>> english = wording("en")
    >>> english("ask.send")
    'Ask'
    >>> english("ask.articles", count=2)
    '2 articles'
    >>> english.day(date(2025, 8, 24)), english.age(date(2025, 8, 24), today=date(2025, 8, 27))
    ('24 August 2025', '3 days ago')
    """

    def __init__(self, language: str, tables: Mapping[str, Mapping[str, Any]]) -> None:
        self.language = language
        self._tables = tables

    def __call__(self, name: str, **blanks: Any) -> str:
        """The words of that name, as in `ask.send`, with its blanks filled.

        A phrase with a plural has two forms, of which `count` chooses.

        Raises:
            KeyError: there is no such phrase, or a blank is left over.
        """
        phrase = self._phrase(name)
        if isinstance(phrase, Mapping):
            count = blanks["count"]
            phrase = phrase["one" if str(count) in self("language.singular").split() else "other"]
            blanks["count"] = self.number(count)
        return str(phrase).format_map(blanks)

    def has(self, name: str) -> bool:
        """Whether there is a phrase of that name."""
        table, _, key = name.partition(".")
        return key in self._tables.get(table, {})

    def table(self, name: str) -> dict[str, Any]:
        """All phrases of one table as they stand in the file, for the script of the page."""
        return dict(self._tables[name])

    def number(self, number: float, *, decimals: int = 0) -> str:
        """A number with the marks of the language.

        >>> wording("en").number(1234.56, decimals=1), wording("fr").number(2.5, decimals=1)
        ('1,234.6', '2,5')
        """
        marks = str.maketrans(",.", self("language.marks"))
        return f"{number:,.{decimals}f}".translate(marks)

    def day(self, day: date | None) -> str:
        """A day in full, or that it is unknown."""
        if day is None:
            return self("time.undated")
        months = self._phrase("time.months").split()
        number = str(day.day) if day.day > 1 else self("time.first")
        return self("time.day", day=number, month=months[day.month - 1], year=day.year)

    def age(self, day: date, *, today: date) -> str:
        """How long ago a day was; a day to come is told as a day."""
        days = (today - day).days
        if days < 0:
            return self.day(day)
        if days < 2:
            return self(("time.today", "time.yesterday")[days])
        for unit, length in (("years", 365), ("months", 30), ("weeks", 7), ("days", 1)):
            if days >= 2 * length:
                return self(f"time.{unit}_ago", count=days // length)
        raise AssertionError(days)

    def _phrase(self, name: str) -> Any:
        table, _, key = name.partition(".")
        return self._tables[table][key]


@cache
def wording(language: str) -> Wording:
    """The words of that language, English for one that is unknown."""
    known = language if language in languages() else ENGLISH
    return Wording(known, _read(known))


@cache
def languages() -> dict[str, str]:
    """The code and the own name of each language, English first.

    >>> languages()["en"]
    'English'
    """
    codes = sorted(each.name[:-5] for each in _FOLDER.iterdir() if each.name.endswith(".toml"))
    codes.sort(key=lambda code: code != ENGLISH)
    return {code: _read(code)["language"]["name"] for code in codes}


def _read(language: str) -> dict[str, Any]:
    return tomllib.loads((_FOLDER / f"{language}.toml").read_text("utf-8"))
