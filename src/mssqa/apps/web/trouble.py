"""What went wrong, in the words of the page: what it is, and what the reader can do."""

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass

from mssqa.apps.render import line
from mssqa.apps.web.wording import ENGLISH, Wording, wording
from mssqa.errors import ArticleError, MssqaError

log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that went wrong."""

    kind: str  # as in the JSON of an error
    what: str
    hint: str
    build: bool = False  # whether building the index mends it


class WordedError(ArticleError):
    """Something wrong with an article that the page has a phrase for, as in `articles.gone`."""

    def __init__(self, phrase: str, **blanks: object) -> None:
        super().__init__(wording(ENGLISH)(phrase, **blanks))
        self.phrase = phrase
        self.blanks = blanks


_MENDED_BY_BUILDING = frozenset({"IndexNotFoundError", "IndexMismatchError", "IndexCorruptError"})
_FULL = ("No space left", "quota exceeded", "is full")  # as the system and SQLite say it
_OF_FILES = (OSError, sqlite3.Error)
_NONSENSE = (KeyError, TypeError, ValueError)
_LOGGED = frozenset({"disk_full", "unreadable", "unforeseen"})


def in_words(error: Exception, words: Wording) -> Trouble:
    """An error as readers are told it. Of those they can meet the page has words of its own.

    What is the fault of the page's computer is told in general words: the log has the rest.

    >>> from mssqa.apps.web.wording import wording
    >>> from mssqa.errors import IndexNotFoundError
    >>> in_words(IndexNotFoundError("there is no index in 'index'"), wording("en")).what
    'There is no index of the articles yet.'
    """
    if isinstance(error, WordedError):
        return Trouble(kind="ArticleError", what=words(error.phrase, **error.blanks), hint="")
    kind = _kind(error, words)
    if kind in _LOGGED:
        log.error("%s: %s", kind, error, exc_info=error)
    if words.has(f"errors.{kind}"):
        return _known(kind, words, **vars(error))
    return Trouble(kind=kind, what=line(str(error)), hint=line(getattr(error, "hint", "")))


def of_request(error: Exception, words: Wording) -> Trouble:
    """The same of a script's request: what no page of ours sends is not worth a log."""
    if isinstance(error, _NONSENSE) and not isinstance(error, MssqaError):
        return _known("unforeseen", words)
    return in_words(error, words)


def is_full(error: BaseException) -> bool:
    """Whether it comes from there being no room left on the disk.

    >>> is_full(sqlite3.OperationalError("database or disk is full"))
    True
    """
    return any(sign in str(each) for each in _of_files(error) for sign in _FULL)


def _known(kind: str, words: Wording, **blanks: object) -> Trouble:
    what, hint = words(f"errors.{kind}"), words(f"errors.{kind}_hint", **blanks)
    return Trouble(kind=kind, what=what, hint=hint, build=kind in _MENDED_BY_BUILDING)


def _kind(error: Exception, words: Wording) -> str:
    """By what the page knows an error: as in the JSON, or the table `errors` of the words."""
    if is_full(error):
        return "disk_full"
    of_files = _of_files(error)
    known = isinstance(error, MssqaError) and words.has(f"errors.{error.kind}")
    if any(isinstance(each, PermissionError) for each in of_files) or (of_files and not known):
        return "unreadable"
    return error.kind if isinstance(error, MssqaError) else "unforeseen"


def _of_files(error: BaseException | None) -> Sequence[BaseException]:
    """The error and what it comes from, as far as that is trouble with files."""
    found = []
    while error is not None:
        if isinstance(error, _OF_FILES):
            found.append(error)
        error = error.__cause__
    return found
