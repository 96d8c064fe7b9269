"""Every address that is served, to whom, and how much may be sent there.

Gradio has many more than the page needs: some fetch from other sites, write files, or start
programs. What is not listed here is not there.
"""

import re
from typing import NamedTuple

from mssqa.apps.web.articles.adding import MOST_BYTES
from mssqa.apps.web.guard import Role
from mssqa.apps.web.refused import NotServedError

KIB, MIB = 1024, 1024 * 1024
MAX_UPLOAD = MOST_BYTES + MIB  # a file, and what is said about it

LOGIN, LOGOUT = "/login", "/logout"

_API = "/gradio_api"
_READ, _SEND = ("GET", "HEAD"), ("POST",)


class Way(NamedTuple):
    """Addresses of one kind."""

    methods: tuple[str, ...]
    path: str  # a pattern of the whole path
    role: Role = Role.READER  # the least that one must be
    most_bytes: int = 0  # that may be sent


WAYS = (
    Way((*_READ, "POST"), LOGIN, Role.STRANGER, 8 * KIB),
    Way(_SEND, LOGOUT, most_bytes=8 * KIB),
    # the page
    Way(_READ, "/"),
    Way(_READ, r"/(assets|static|svelte)/.+"),
    Way(_READ, r"/(theme\.css|favicon\.ico|manifest\.json|robots\.txt)"),
    Way(_READ, f"(/config|{_API}/(info|openapi.json|app_id))/?"),
    # what its parts do
    Way(_SEND, f"{_API}/(queue/join|run/predict|component_server)/?", most_bytes=4 * MIB),
    Way(_SEND, f"{_API}/(cancel|reset)/?", most_bytes=64 * KIB),
    Way(_READ, f"{_API}/(queue/(data|status)|heartbeat/[^/]+)"),
    Way(_READ, rf"{_API}/file=(?!\w+:).+"),
    Way(_SEND, f"{_API}/upload/?", Role.ADMIN, MAX_UPLOAD),
    Way(_READ, f"{_API}/upload_progress", Role.ADMIN),
    # the doors for programs
    Way(_SEND, f"{_API}/call(/v2)?/(ask|search|articles)/?", most_bytes=MIB),
    Way(_READ, f"{_API}/call(/v2)?/(ask|search|articles)/[^/]+"),
    Way(_SEND, f"{_API}/call(/v2)?/build/?", Role.ADMIN, 64 * KIB),
    Way(_READ, f"{_API}/call(/v2)?/build/[^/]+", Role.ADMIN),
    Way(("GET", "POST", "DELETE"), f"{_API}/mcp/?", most_bytes=MIB),
)


def way(method: str, path: str) -> Way:
    """What is known of an address.

    >>> way("POST", "/gradio_api/upload").role
    <Role.ADMIN: 2>
    >>> way("GET", "/gradio_api/file=https://elsewhere.example/")
    Traceback (most recent call last):
    mssqa.apps.web.refused.NotServedError: there is nothing at that address

    Raises:
        NotServedError: it is none of ours.
    """
    for each in WAYS:
        if method in each.methods and re.fullmatch(each.path, path):
            return each
    raise NotServedError("there is nothing at that address")
