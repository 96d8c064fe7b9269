"""Options that several commands share, as groups that a command takes whole."""

import inspect
import logging
import sys
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass
from datetime import date
from functools import wraps
from pathlib import Path
from typing import TYPE_CHECKING, Annotated, Any, TypedDict, get_type_hints

import typer

from mssqa.apps.render import visible
from mssqa.types import Interval

if TYPE_CHECKING:
    from mssqa.config import Config, Settings

PLACES = "Where things are"
LIMITS = "Which articles"

AsJson = Annotated[bool, typer.Option("--json", help="Print JSON on one line.")]


def parse_day(text: str) -> date:
    """A day written year-month-day.

    >>> parse_day("2025-01-31")
    datetime.date(2025, 1, 31)
    """
    day = date.fromisoformat(text)
    if day.isoformat() != text:
        raise ValueError(f"{text!r} is not a day like 2025-01-31")
    return day


def _day(text: str) -> date:
    try:
        return parse_day(text)
    except ValueError as error:
        raise typer.BadParameter(f"{text!r} is not a day like 2025-01-31") from error


def _day_option(*names: str, meaning: str) -> Any:
    return typer.Option(*names, parser=_day, metavar="DATE", help=meaning, rich_help_panel=LIMITS)


@dataclass(frozen=True, slots=True, kw_only=True)
class Places:
    """The corpus, the index and the settings that a command works on."""

    corpus: Annotated[
        Path | None,
        typer.Option("--corpus", metavar="DIR", help="The articles.", rich_help_panel=PLACES),
    ] = None
    index: Annotated[
        Path | None,
        typer.Option("--index", metavar="DIR", help="The index.", rich_help_panel=PLACES),
    ] = None
    config: Annotated[
        Path | None,
        typer.Option(
            "--config",
            metavar="FILE",
            help="Settings, instead of mssqa.toml.",
            rich_help_panel=PLACES,
        ),
    ] = None

    def settings(self, **overrides: Any) -> "Settings":
        """Every setting and where it came from; starts the log at the level that they say.

        Args:
            overrides: "section__key" → value; a value of None is passed over.

        Raises:
            ConfigError: a setting is unknown, mistyped or out of range.
        """
        from mssqa.config import read_settings

        named = {"corpus.path": self.corpus, "index.path": self.index, **overrides}
        settings = read_settings(self.config, overrides=named)
        start_log(settings.config.log.level)
        return settings

    def read(self, **overrides: Any) -> "Config":
        """The settings alone; see `settings`."""
        return self.settings(**overrides).config


class Scope(TypedDict):
    """The limits of a question."""

    as_of: date | None
    window: Interval | None
    publishers: tuple[str, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Limits:
    """The articles that may answer."""

    as_of: Annotated[
        date | None, _day_option("--as-of", meaning="Answer as on this day: nothing later.")
    ] = None
    since: Annotated[
        date | None, _day_option("--since", meaning="Only articles of this day or later.")
    ] = None
    until: Annotated[
        date | None, _day_option("--until", meaning="Only articles of this day or earlier.")
    ] = None
    publisher: Annotated[
        list[str] | None,
        typer.Option(
            "--publisher",
            metavar="NAME",
            help="Only this publisher; may be repeated.",
            rich_help_panel=LIMITS,
        ),
    ] = None

    @property
    def scope(self) -> Scope:
        """The limits as `mssqa.qa.QA` takes them."""
        if self.since and self.until and self.since > self.until:
            raise typer.BadParameter(f"--since {self.since} is later than --until {self.until}")
        window = Interval(start=self.since, end=self.until) if self.since or self.until else None
        return Scope(as_of=self.as_of, window=window, publishers=tuple(self.publisher or ()))


def grouped(function: Callable[..., None]) -> Callable[..., None]:
    """A command whose parameters that are groups (dataclasses) are taken as their fields' options.

    >>> @grouped
    ... def show(places: Places, article: str) -> None: ...
    >>> list(inspect.signature(show).parameters)
    ['article', 'corpus', 'index', 'config']
    """
    own = dict(inspect.signature(function, eval_str=True).parameters)
    groups = {name: own.pop(name).annotation for name in list(own) if _is_group(own[name])}

    @wraps(function)
    def command(**values: Any) -> None:
        made = {
            name: group(**{field.name: values.pop(field.name) for field in fields(group)})
            for name, group in groups.items()
        }
        function(**made, **values)

    parameters = [each.replace(kind=inspect.Parameter.KEYWORD_ONLY) for each in own.values()]
    parameters += [option for group in groups.values() for option in _options(group)]
    vars(command)["__signature__"] = inspect.Signature(parameters)
    return command


def _is_group(parameter: inspect.Parameter) -> bool:
    return is_dataclass(parameter.annotation)


def _options(group: type[Any]) -> list[inspect.Parameter]:
    hints = get_type_hints(group, include_extras=True)
    return [
        inspect.Parameter(
            field.name,
            inspect.Parameter.KEYWORD_ONLY,
            default=field.default,
            annotation=hints[field.name],
        )
        for field in fields(group)
    ]


class _Quiet(logging.Formatter):
    """What is logged may hold an article's text, which must not act on the terminal."""

    def format(self, record: logging.LogRecord) -> str:
        return visible(super().format(record))


def start_log(level: str) -> None:
    """Write our messages of that level and above to standard error; other libraries' warnings."""
    handler = logging.StreamHandler(sys.stderr)
    handler.setFormatter(_Quiet("%(levelname)s %(name)s: %(message)s"))
    logging.basicConfig(handlers=[handler], force=True)
    logging.getLogger("mssqa").setLevel(level.upper())
