"""Bytes to text: encodings detected, characters that no reader should meet taken out."""

import codecs
import re

from mssqa.errors import ArticleError

_MARKS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),  # before UTF-16: its mark begins with the same two bytes
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)
_HTML_CHARSET = re.compile(
    rb"<meta[^>]{0,200}charset\s*=\s*[\"']?\s*([\w.:-]{2,40})", re.IGNORECASE
)
_HEAD_BYTES = 4096  # where a page may declare its encoding; browsers look at 1024
_NEW_LINES = re.compile("\r\n?|[\v\f\x85\u2028\u2029]")
_UNPRINTABLE = re.compile(
    "[\x00-\x08\x0e-\x1f\x7f-\x9f\ufeff\ufffe\uffff\u202a-\u202e\u2066-\u2069\ud800-\udfff]"
)
_MAX_UNPRINTABLE = 0.02  # share of characters from which it is no text


def decode(raw: bytes, *, html: bool = False) -> str:
    r"""The text of a file: by its byte order mark, as UTF-8, as its HTML declares, or detected.

    Raises:
        ArticleError: the bytes are not text. The message does not name the file.

    >>> decode("Ndèye".encode("utf-16")), decode(b"a\r\nb")
    ('Ndèye', 'a\nb')
    """
    text = _by_mark(raw) or _as(raw, "utf-8")
    if text is None and html and (charset := _HTML_CHARSET.search(raw[:_HEAD_BYTES])):
        text = _as(raw, charset[1].decode("ascii"))
    if text is None:
        text = _detected(raw)
    unprintable = len(_UNPRINTABLE.findall(text))
    if unprintable > _MAX_UNPRINTABLE * len(text) + 1:
        raise ArticleError("it is not text")
    return printable(text)


def printable(text: str) -> str:
    r"""The text with "\n" as its only line end and without control characters.

    Surrogates and marks that turn the writing direction go too: they can make a page show
    other words than are quoted.

    >>> printable("one\x00\r\ntwo\u202e")
    'one\ntwo'
    """
    return _UNPRINTABLE.sub("", _NEW_LINES.sub("\n", text))


def _by_mark(raw: bytes) -> str | None:
    encodings = [encoding for mark, encoding in _MARKS if raw.startswith(mark)]
    return _as(raw, encodings[0]) if encodings else None


def _as(raw: bytes, encoding: str) -> str | None:
    try:
        return raw.decode(encoding)
    except (UnicodeError, LookupError):
        return None


def _detected(raw: bytes) -> str:
    """The likeliest reading; among the equally likely, that of Western Europe.

    The detector cannot tell short texts in one-byte encodings of Latin letters apart.
    """
    from charset_normalizer import from_bytes

    matches = from_bytes(raw)
    best = matches.best()
    if best is None:
        raise ArticleError("its encoding is unknown")
    western = [match for match in matches if match.encoding == "cp1252"]
    return str(next((match for match in western if match.chaos <= best.chaos), best))
