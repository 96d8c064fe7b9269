"""Who is asking, and what they may do: told by the server for every request that it lets in.

What serves the page writes a `Visitor` into each request; whoever handles the request reads it
here. A request that came another way bears none: whoever sent it is a stranger.
"""

from dataclasses import dataclass
from enum import IntEnum

import gradio as gr
from starlette.requests import Request

from mssqa.apps.listen import is_loopback

KEY = "visitor"  # where a request's state holds it


class Role(IntEnum):
    """What somebody may do, each including what the lower ones may.

    >>> Role.ADMIN > Role.READER > Role.STRANGER
    True
    """

    STRANGER = 0  # log in
    READER = 1  # ask, search, read
    ADMIN = 2  # add and remove articles, build


@dataclass(frozen=True, slots=True, kw_only=True)
class Visitor:
    """Somebody at the page."""

    role: Role
    name: str | None = None  # None: did not log in
    address: str = ""


STRANGER = Visitor(role=Role.STRANGER)


def visitor(request: gr.Request | Request | None) -> Visitor:
    """Who sent a request.

    >>> visitor(None)
    Visitor(role=<Role.STRANGER: 0>, name=None, address='')
    """
    found = getattr(getattr(request, "state", None), KEY, STRANGER)
    return found if isinstance(found, Visitor) else STRANGER


def is_admin(request: gr.Request | Request | None) -> bool:
    """Whether who sent a request may change the articles and build.

    Without users the page is for this computer alone, and everybody at it may.
    """
    return visitor(request).role is Role.ADMIN


def counted_as(request: gr.Request | Request | None) -> str:
    """By what the questions of who sent a request are counted; see `gate.Gate.question`.

    A name if there is one, else the address; on this computer each open page counts by itself.
    """
    found = visitor(request)
    session = getattr(request, "session_hash", None)
    return found.name or (session if session and is_loopback(found.address) else found.address)
