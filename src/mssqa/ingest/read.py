"""One file to its raw text and what it says of itself, by the kind of file."""

import logging
import warnings
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

from mssqa.errors import ArticleError
from mssqa.ingest import front_matter, markup, office
from mssqa.ingest.decode import decode
from mssqa.ingest.page import Page, one_line

MAX_FILE_BYTES = 50_000_000
MAX_CHARACTERS = 2_000_000  # of an article; War and Peace has 3.2 million
_ERROR_CHARACTERS = 200  # of what a library says about a damaged file
_NOISY = ("trafilatura", "htmldate", "pypdf")  # they log the faults of the files that they read


def _from_text(raw: bytes) -> Page:
    return front_matter.parse(decode(raw))


_READERS: dict[str, Callable[[bytes], Page]] = {
    ".docx": office.from_docx,
    ".htm": markup.from_html,
    ".html": markup.from_html,
    ".md": _from_text,
    ".mhtml": markup.from_mhtml,
    ".pdf": office.from_pdf,
    ".txt": _from_text,
}

SUFFIXES = tuple(sorted(_READERS))
"""The file name suffixes that can be read, in lower case."""


def read(path: Path) -> Page:
    """The raw text of a file and what it says of itself.

    Raises:
        ArticleError: the kind of file is unknown, or the file cannot be read. The message is the
            reason alone, without the name of the file.
    """
    return parse(_bytes(path), suffix=path.suffix)


def parse(raw: bytes, *, suffix: str) -> Page:
    """The page of a file's bytes.

    Raises:
        ArticleError: the suffix is unknown, or the bytes cannot be read as what it promises.

    >>> parse(b"The port opened.", suffix=".txt").text
    'The port opened.'
    """
    _known(suffix)
    with _quiet():
        page = _page(raw, suffix.lower())
    if len(page.text) > MAX_CHARACTERS:
        raise ArticleError(f"it is longer than {MAX_CHARACTERS:,} characters")
    return page


def _page(raw: bytes, suffix: str) -> Page:
    try:
        return _READERS[suffix](raw)
    except ArticleError:
        raise
    except Exception as error:  # on damaged files the libraries raise all sorts
        what = one_line(str(error), limit=_ERROR_CHARACTERS) or type(error).__name__
        raise ArticleError(f"it is no readable {suffix} file: {what}") from error


def _known(suffix: str) -> None:
    if suffix.lower() not in _READERS:
        raise ArticleError(f"unknown suffix {suffix!r} (known: {', '.join(SUFFIXES)})")


def _bytes(path: Path) -> bytes:
    _known(path.suffix)
    try:
        if not path.is_file():
            raise ArticleError("there is no such file")
        if path.stat().st_size > MAX_FILE_BYTES:
            raise ArticleError(f"it is larger than {MAX_FILE_BYTES:,} bytes")
        return path.read_bytes()
    except OSError as error:
        raise ArticleError(f"it cannot be opened: {error.strerror}") from error


@contextmanager
def _quiet() -> Iterator[None]:
    for name in _NOISY:
        logging.getLogger(name).setLevel(logging.CRITICAL)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")
        yield
