"""What a command prints: results on standard output, everything else on standard error."""

import io
import sys
from collections.abc import Iterable, Sequence
from typing import Any

import typer

from mssqa.apps.render import line, to_json, visible
from mssqa.errors import MssqaError

PIPED_COLUMNS = 160  # width of a table that goes to no terminal


def speak_utf8() -> None:
    """Both streams write UTF-8 whatever the locale; a letter that has none becomes `?`."""
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            stream.reconfigure(encoding="utf-8", errors="replace")


def say(text: str = "") -> None:
    """Print a result; control characters in it do nothing."""
    typer.echo(visible(text))


def say_json(value: Any) -> None:
    """Print a result as JSON on one line, at once."""
    typer.echo(to_json(value))


def say_table(headings: Sequence[str], rows: Iterable[Sequence[object]]) -> None:
    """Print a table; a cell is text and never markup, and is folded rather than cut."""
    from rich import box
    from rich.console import Console
    from rich.table import Table
    from rich.text import Text

    table = Table(box=box.SIMPLE, show_edge=False, pad_edge=False)
    for heading in headings:
        table.add_column(heading, overflow="fold")
    for row in rows:
        table.add_row(*(Text(line(str(cell))) for cell in row))
    width = None if sys.stdout.isatty() else PIPED_COLUMNS
    Console(file=sys.stdout, width=width, highlight=False).print(table)


def note(text: str) -> None:
    """Tell the person at the terminal something that is no result."""
    typer.echo(visible(text), err=True)


def complain(error: MssqaError, *, about: str = "") -> None:
    """One line for what went wrong and one for what to do next."""
    note(f"error: {about}{line(str(error))}")
    if error.hint:
        note(f"hint: {line(error.hint)}")
