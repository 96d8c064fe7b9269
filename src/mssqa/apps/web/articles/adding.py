"""Articles into the corpus: from files, from a web address, from text that was typed.

What comes is hostile: its name is only shown, its size is looked at before it is read, and it is
saved under a name made of its own title.
"""

from collections.abc import Callable, Iterator, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from datetime import date
from functools import partial
from pathlib import Path

from mssqa import corpus
from mssqa.apps.web.trouble import WordedError
from mssqa.config import Corpus
from mssqa.errors import MssqaError
from mssqa.ingest import ingest, ingest_bytes
from mssqa.ingest.decode import printable
from mssqa.ingest.front_matter import compose
from mssqa.ingest.page import one_line, publisher_name, web_address
from mssqa.types import Article

MOST_FILES = 50  # at once
MOST_BYTES = 20_000_000  # of one file
MOST_CHARACTERS = 500_000  # of a text that is typed


@dataclass(frozen=True, slots=True, kw_only=True)
class Added:
    """An article that is in the corpus now."""

    name: str  # of what was given: a file, an address, a title
    article: Article
    is_new: bool  # not: it was in the corpus before


@dataclass(frozen=True, slots=True, kw_only=True)
class Refused:
    """What was given and is no article, and why."""

    name: str
    error: MssqaError


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """A file that somebody uploaded."""

    name: str  # as they call it
    bytes: int
    file: Path | None  # None: it was too large to be sent, or was not


@dataclass(frozen=True, slots=True, kw_only=True)
class Typed:
    """An article as somebody typed it; what is left empty is unknown."""

    title: str = ""
    published: str = ""  # as in 2025-03-31
    publisher: str = ""
    url: str = ""
    text: str = ""


Outcome = Added | Refused


def add_files(files: Sequence[Given], *, config: Corpus) -> Iterator[Outcome]:
    """Save the article of each file; a bad one is refused, and the others go on.

    The files are somebody's uploads, each in a folder of its own: removed once it is read.
    """
    for given in files[:MOST_FILES]:
        yield _outcome(given.name, partial(_from_file, given, config))
    for given in files[MOST_FILES:]:
        _drop(given)
        yield Refused(
            name=given.name, error=WordedError("articles.not_taken_too_many", most=MOST_FILES)
        )


def add_address(url: str, *, config: Corpus) -> Iterator[Outcome]:
    """Save the article at a web address."""
    address = url.strip()
    yield _outcome(address, partial(_from_address, address, config))


def add_typed(typed: Typed, *, config: Corpus) -> Iterator[Outcome]:
    """Save an article that was typed or pasted."""
    yield _outcome(one_line(typed.title) or "", partial(_from_typed, typed, config))


def _outcome(name: str, add: Callable[[], tuple[Article, bool]]) -> Outcome:
    try:
        article, is_new = add()
    except MssqaError as error:
        return Refused(name=name, error=error)
    return Added(name=name, article=article, is_new=is_new)


def _from_file(given: Given, config: Corpus) -> tuple[Article, bool]:
    return _saved(ingest_bytes(_taken(given), path=given.name).article, config)


def _taken(given: Given) -> bytes:
    """The bytes of an upload, which is removed."""
    if given.file is None and given.bytes <= MOST_BYTES:
        raise WordedError("articles.not_taken_not_arrived")
    try:
        if given.file is None or given.file.stat().st_size > MOST_BYTES:
            raise WordedError("articles.not_taken_too_large", size=MOST_BYTES // 1_000_000)
        return given.file.read_bytes()
    except OSError as error:
        raise WordedError("articles.not_taken_not_arrived") from error
    finally:
        _drop(given)


def _drop(given: Given) -> None:
    """Remove an upload, and its folder unless that holds another."""
    with suppress(OSError):
        if given.file is not None:
            given.file.unlink()
            given.file.parent.rmdir()


def _from_address(address: str, config: Corpus) -> tuple[Article, bool]:
    if web_address(address) is None:
        raise WordedError("articles.not_taken_no_address")
    saved = corpus.add(address, config=config)
    return ingest(saved.path, corpus=config.path).article, saved.is_new


def _from_typed(typed: Typed, config: Corpus) -> tuple[Article, bool]:
    if len(typed.text) > MOST_CHARACTERS:
        raise WordedError("articles.not_taken_too_long", count=MOST_CHARACTERS)
    if typed.url.strip() and web_address(typed.url) is None:
        raise WordedError("articles.not_taken_no_address")
    named = Article(
        path="",
        title=one_line(typed.title) or "",
        text=printable(typed.text),
        published=_day(typed.published),
        publisher=publisher_name(typed.publisher),
        url=web_address(typed.url),
    )
    return _saved(ingest_bytes(compose(named).encode(), path="typed.md").article, config)


def _saved(article: Article, config: Corpus) -> tuple[Article, bool]:
    saved = corpus.save(article, config.path)
    path = saved.path.relative_to(config.path).as_posix()
    return replace(article, path=path), saved.is_new


def _day(typed: str) -> date | None:
    """The day that somebody typed.

    >>> _day(" 2025-03-31 "), _day("")
    (datetime.date(2025, 3, 31), None)
    """
    try:
        return date.fromisoformat(typed.strip()) if typed.strip() else None
    except ValueError as error:
        raise WordedError("articles.not_taken_no_day", typed=typed.strip()[:40]) from error
