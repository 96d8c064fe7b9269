"""What stands in one file, before cleaning: its text and what it says of itself."""

import re
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlsplit

from mssqa.ingest.decode import printable
from mssqa.text import sentence_spans
from mssqa.types import DatedBy

TITLE_CHARACTERS = 300
"""A title is cut to so many characters."""

_MAKESHIFT_CHARACTERS = 120
_PUBLISHER_CHARACTERS = 120
_URL_CHARACTERS = 2_000


@dataclass(frozen=True, slots=True, kw_only=True)
class Page:
    """The raw text of a file and its metadata; what the file does not state is None."""

    text: str
    title: str | None = None  # one line
    published: date | None = None
    dated_by: DatedBy = DatedBy.NONE
    publisher: str | None = None  # one line
    url: str | None = None  # http or https
    language: str | None = None  # ISO 639-1, or 639-3 where there is no shorter


def one_line(text: str | None, *, limit: int = TITLE_CHARACTERS) -> str | None:
    r"""The text with its blanks folded, cut between words; None if nothing is left.

    >>> one_line(" A port\n opens ", limit=8)
    'A port…'
    """
    line = " ".join(printable(text or "").split())
    if len(line) > limit:
        line = line[: limit - 1].rsplit(" ", 1)[0] + "…"
    return line or None


def makeshift_title(text: str) -> str:
    """The title of an article that has none: its first sentence, shortened.

    >>> makeshift_title("The port opened. Ships came.")
    'The port opened.'
    """
    start, end = next(iter(sentence_spans(text.partition("\n")[0])), (0, 0))
    return one_line(text[start:end], limit=_MAKESHIFT_CHARACTERS) or ""


def publisher_name(text: str | None) -> str | None:
    """The name of an outlet as one short line."""
    return one_line(text, limit=_PUBLISHER_CHARACTERS)


def web_address(text: str | None) -> str | None:
    """The address if it is one of the web, else None: `javascript:` and the like are dropped.

    >>> web_address("https://example.org/a"), web_address("javascript:alert(1)")
    ('https://example.org/a', None)
    """
    address = (text or "").strip()
    if len(address) > _URL_CHARACTERS or re.search(r"[\s\x00-\x1f<>\"\ud800-\udfff]", address):
        return None
    try:
        parts = urlsplit(address)
    except ValueError:
        return None
    return address if parts.scheme in {"http", "https"} and parts.hostname else None


def language_code(text: str | None) -> str | None:
    """The language of a tag such as "en-US", in lower case.

    >>> language_code("fr_CA"), language_code("klingon")
    ('fr', None)
    """
    match = re.match(r"([a-zA-Z]{2,3})(?![a-zA-Z])", (text or "").strip())
    return match[1].lower() if match else None
