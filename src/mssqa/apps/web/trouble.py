"""What went wrong, in the words of the page: what it is, and what the reader can do."""

from dataclasses import dataclass

from mssqa.apps.render import line
from mssqa.apps.web.wording import Wording
from mssqa.errors import MssqaError


@dataclass(frozen=True, slots=True, kw_only=True)
class Trouble:
    """Something that went wrong."""

    kind: str  # as in the JSON of an error
    what: str
    hint: str
    build: bool = False  # whether building the index mends it


_MENDED_BY_BUILDING = frozenset({"IndexNotFoundError", "IndexMismatchError", "IndexCorruptError"})


def in_words(error: Exception, words: Wording) -> Trouble:
    """An error as readers are told it. Of those they can meet the page has words of its own.

    >>> from mssqa.apps.web.wording import wording
    >>> from mssqa.errors import IndexNotFoundError
    >>> in_words(IndexNotFoundError("there is no index in 'index'"), wording("en")).what
    'There is no index of the articles yet.'
    """
    if not isinstance(error, MssqaError):
        return unforeseen(words)
    what, hint = line(str(error)), line(error.hint)
    if words.has(f"errors.{error.kind}"):
        what, hint = words(f"errors.{error.kind}"), words(f"errors.{error.kind}_hint")
    return Trouble(kind=error.kind, what=what, hint=hint, build=error.kind in _MENDED_BY_BUILDING)


def unforeseen(words: Wording) -> Trouble:
    """What nobody thought of; the log has more."""
    what, hint = words("errors.unforeseen"), words("errors.unforeseen_hint")
    return Trouble(kind="Error", what=what, hint=hint)
