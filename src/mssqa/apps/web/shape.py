"""What a request must look like, whoever sent it: pure checks of its lines and headers."""

from collections.abc import Collection
from ipaddress import ip_address
from urllib.parse import urlsplit

from starlette.requests import Request

from mssqa.apps.web.refused import NotAllowedError, RefusedError, TooLargeError
from mssqa.apps.web.ways import Way

MAX_ADDRESS = 24_000  # bytes: a question of 2,000 characters with each of its bytes as %XX
MAX_HEADERS = 64


class LengthError(RefusedError):
    """It does not say how long it is."""

    status = 411


def check_lines(request: Request) -> None:
    """The address and the headers.

    Raises:
        TooLargeError: the address is too long, or there are too many headers.
    """
    if len(request.scope["raw_path"]) + len(request.scope["query_string"]) > MAX_ADDRESS:
        raise TooLargeError(f"an address has at most {MAX_ADDRESS:,} bytes")
    if len(request.scope["headers"]) > MAX_HEADERS:
        raise TooLargeError(f"a request has at most {MAX_HEADERS} headers")


def check_body(request: Request, way: Way) -> None:
    """What is sent; the server sees to it that nobody sends more than announced.

    Raises:
        TooLargeError: it is longer than that address takes.
        LengthError: it does not say how long it is.
    """
    if "transfer-encoding" in request.headers:
        raise LengthError("a request must say its length", hint="send a Content-Length header")
    length = request.headers.get("content-length", "0")
    if not length.isascii() or not length.isdigit() or int(length) > way.most_bytes:
        raise TooLargeError(f"at most {way.most_bytes:,} bytes may be sent there")


def check_host(host: str, *, names: Collection[str]) -> None:
    """By which name the page was called.

    A page of another site can make its own name mean this computer, and would then be the same
    site as ours (DNS rebinding). It cannot do so with an address in figures.

    >>> check_host("127.0.0.1:7860", names=[])
    >>> check_host("[::1]:7860", names=[])
    >>> check_host("Quay.example", names=["quay.example"])
    >>> check_host("evil.example:7860", names=["quay.example"])
    Traceback (most recent call last):
    mssqa.apps.web.refused.NotAllowedError: the page does not go by the name of 'evil.example'

    Raises:
        NotAllowedError: it is none of the names, nor an address in figures.
    """
    name = _name(host)
    if name not in {"localhost", *names} and not _is_figures(name):
        raise NotAllowedError(
            f"the page does not go by the name of {name!r}",
            hint="name it in the setting page.names, or use the address in figures",
        )


def check_origin(origin: str | None, host: str) -> None:
    """Which site's page sent the request; programs and followed links do not say.

    >>> check_origin(None, "127.0.0.1:7860")
    >>> check_origin("http://127.0.0.1:7860", "127.0.0.1:7860")
    >>> check_origin("https://evil.example", "127.0.0.1:7860")
    Traceback (most recent call last):
    mssqa.apps.web.refused.NotAllowedError: that was sent by the page of another site

    Raises:
        NotAllowedError: it was not our own.
    """
    if origin is not None and origin.lower().partition("://")[2] != host.lower():
        raise NotAllowedError("that was sent by the page of another site", hint="open the page")


def _name(host: str) -> str:
    try:
        return (urlsplit(f"//{host}").hostname or "").rstrip(".")
    except ValueError:
        return ""


def _is_figures(name: str) -> bool:
    try:
        ip_address(name)
    except ValueError:
        return False
    return True
