"""Articles and feeds from the web, by addresses that may be hostile.

Only http and https. A host is resolved once for each hop, every address it resolves to must be
a public one, and the connection goes to the very address that was checked, so a name that
resolves to something else a moment later gains nothing. Any port will do: what is refused is
the machine, not the service. No proxy and no third party stands in between.
"""

import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from io import BytesIO
from pathlib import PurePosixPath
from time import monotonic
from urllib.parse import quote, urljoin, urlsplit, urlunsplit

import httpcore

from mssqa.config import Corpus
from mssqa.errors import ArticleError
from mssqa.ingest.guard import GuardedBackend
from mssqa.ingest.page import web_address
from mssqa.ingest.read import SUFFIXES

MAX_FEED_ENTRIES = 50

_SUFFIX_BY_TYPE = {
    "application/pdf": ".pdf",
    "application/vnd.openxmlformats-officedocument.wordprocessingml.document": ".docx",
    "application/xhtml+xml": ".html",
    "message/rfc822": ".mhtml",
    "multipart/related": ".mhtml",
    "text/html": ".html",
    "text/markdown": ".md",
    "text/plain": ".txt",
}
_UNSAID = {"", "application/octet-stream", "binary/octet-stream", "text/plain"}
_FEED_TYPES = {"application/atom+xml", "application/rdf+xml", "application/rss+xml"} | {
    "application/xml",
    "text/xml",
    "text/plain",
    "text/html",  # so many feeds are served as
}
_MOVED = {301, 302, 303, 307, 308}
_HEADERS: dict[bytes | str, bytes | str] = {
    "User-Agent": "mssqa (reads single articles for its user)",
    "Accept": "text/html, text/plain, text/markdown, application/pdf, application/xml, */*;q=0.5",
    "Accept-Encoding": "identity",
}
_HINT = "check the address, or save the page as a file and run: mssqa add FILE"
_PATH_LETTERS = "/%:@!$&'()*+,;=~-._?[]"


@dataclass(frozen=True, slots=True, kw_only=True)
class Fetched:
    """What was found at an address."""

    url: str  # after redirects
    content: bytes  # text is UTF-8 if its encoding was stated
    media_type: str  # in lower case, without parameters; "" if unsaid

    @property
    def suffix(self) -> str:
        """The file name suffix that says how to read it; "" if there is no reader.

        >>> Fetched(url="https://example.org/a.md", content=b"", media_type="text/plain").suffix
        '.md'
        """
        named = PurePosixPath(urlsplit(self.url).path).suffix.lower()
        if self.media_type in _UNSAID and named in SUFFIXES:
            return named
        return _SUFFIX_BY_TYPE.get(self.media_type, "")


def fetch(url: str, *, config: Corpus) -> Fetched:
    """The article at an address.

    Raises:
        ArticleError: the address is not of the web, is private, does not answer in time, answers
            with an error, with too much, or with something else than an article.
    """
    fetched = _get(url, config)
    if not fetched.suffix:
        kind = fetched.media_type or "an unknown kind"
        raise ArticleError(f"{url}: it is {kind}, which cannot be read", hint=_HINT)
    return fetched


def feed(url: str, *, config: Corpus) -> tuple[str, ...]:
    """The addresses of the articles in an RSS or Atom feed, in its order, at most 50.

    Raises:
        ArticleError: as for `fetch`, or it is no feed.
    """
    from feedparser import parse

    fetched = _get(url, config)
    if fetched.media_type not in _FEED_TYPES | _UNSAID:
        raise ArticleError(f"{url}: it is {fetched.media_type}, not a feed", hint=_HINT)
    # A stream, because feedparser would open a string as an address or a file.
    parsed = parse(BytesIO(fetched.content), sanitize_html=False)
    if not parsed.get("version"):
        raise ArticleError(f"{url}: it is not a feed", hint=_HINT)
    links = [urljoin(fetched.url, entry.link) for entry in parsed.entries if entry.get("link")]
    return tuple(dict.fromkeys(filter(web_address, links)))[:MAX_FEED_ENTRIES]


def _get(url: str, config: Corpus) -> Fetched:
    """Follow redirects to the end; the time limit holds for all of them together."""
    backend = GuardedBackend(
        deadline=monotonic() + config.fetch_timeout_seconds, private=config.fetch_private
    )
    address = url
    try:
        with httpcore.ConnectionPool(network_backend=backend) as pool:
            for _ in range(config.fetch_max_redirects + 1):
                target = _checked(address)
                with pool.stream("GET", target, headers=_HEADERS) as answer:
                    location = _header(answer, "location")
                    if answer.status not in _MOVED or not location:
                        return _fetched(target, answer, config.fetch_max_bytes)
                address = urljoin(target, location)
    except httpcore.TimeoutException as error:
        limit = f"{config.fetch_timeout_seconds:g} seconds"
        raise ArticleError(f"{url}: no whole answer within {limit}", hint=_HINT) from error
    except (httpcore.ProtocolError, httpcore.NetworkError, OSError, zlib.error) as error:
        raise ArticleError(f"{url}: it cannot be fetched: {error}", hint=_HINT) from error
    except ArticleError as error:
        raise ArticleError(f"{url}: {error}", hint=error.hint or _HINT) from error
    raise ArticleError(f"{url}: more than {config.fetch_max_redirects} redirects", hint=_HINT)


def _checked(url: str) -> str:
    """The address in ASCII, if it is one of the web and carries no password.

    >>> _checked("https://exämple.org/a b")
    'https://xn--exmple-cua.org/a%20b'
    """
    try:
        parts = urlsplit(url.strip())
        host = (parts.hostname or "").encode("idna").decode("ascii")
        port = parts.port
    except ValueError as error:
        raise ArticleError(f"it is no address: {error}") from error
    if parts.scheme not in {"http", "https"}:
        raise ArticleError(f"only http and https are fetched, not {parts.scheme or 'a name'!r}")
    if not host or parts.username is not None or parts.password is not None:
        raise ArticleError("it must name a host, and no user or password")
    name = f"[{host}]" if ":" in host else host
    place = name if port is None else f"{name}:{port}"
    path = quote(parts.path, safe=_PATH_LETTERS)
    query = quote(parts.query, safe=_PATH_LETTERS)
    return urlunsplit((parts.scheme, place, path, query, ""))


def _fetched(url: str, answer: httpcore.Response, max_bytes: int) -> Fetched:
    if answer.status != 200:
        raise ArticleError(f"the server answers with status {answer.status}")
    media_type, _, parameters = _header(answer, "content-type").partition(";")
    content = b"".join(_unpacked(answer, max_bytes))
    return Fetched(
        url=url,
        content=_as_utf8(content, parameters),
        media_type=media_type.strip().lower(),
    )


def _header(answer: httpcore.Response, name: str) -> str:
    values = [value for key, value in answer.headers if key.lower() == name.encode()]
    return values[0].decode("latin-1") if values else ""


def _unpacked(answer: httpcore.Response, max_bytes: int) -> Iterator[bytes]:
    """The pieces of the body, counted as they come and again when unpacked."""
    encoding = _header(answer, "content-encoding").strip().lower() or "identity"
    if encoding not in {"identity", "gzip", "x-gzip", "deflate"}:
        raise ArticleError(f"it is packed as {encoding!r}, which was not asked for")
    unpacker = zlib.decompressobj(wbits=47) if encoding != "identity" else None
    received = unpacked = 0
    for piece in answer.iter_stream():
        received += len(piece)
        plain = unpacker.decompress(piece, max_bytes + 1) if unpacker else piece
        unpacked += len(plain)
        if max(received, unpacked) > max_bytes:
            raise ArticleError(f"it is larger than {max_bytes:,} bytes")
        yield plain


def _as_utf8(content: bytes, parameters: str) -> bytes:
    """Text whose encoding the server states is handed on as UTF-8, which is tried first."""
    _, _, charset = parameters.lower().partition("charset=")
    try:
        return content.decode(charset.strip(" \"';").split(";")[0]).encode() if charset else content
    except (LookupError, UnicodeError):
        return content
