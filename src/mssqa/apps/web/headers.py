"""What browsers are told to forbid the page, whatever should get into it."""

import base64
import re
import secrets
from collections.abc import Iterable
from hashlib import sha256
from typing import Any

from starlette.types import Message, Scope, Send

_ALWAYS = {
    "X-Content-Type-Options": "nosniff",
    "X-Frame-Options": "DENY",
    "Referrer-Policy": "same-origin",
    "Cross-Origin-Opener-Policy": "same-origin",
    "Cross-Origin-Resource-Policy": "same-origin",
    "Permissions-Policy": "camera=(), microphone=(), geolocation=()",
}
_SCRIPT = re.compile(r"<script>(.*?)</script>", re.DOTALL)
_OPENS = re.compile(rb"<script(?=[ >\n\t])")


def allowed_scripts(head: str) -> tuple[str, ...]:
    """How a policy names the scripts that stand in a piece of HTML of our own.

    >>> allowed_scripts("<script>1</script>")
    ("'sha256-a4ayc/80/OGda4BO/1o/V0etpOqiLx1JwB5S3beHW0s='",)
    """
    digests = (sha256(script.encode()).digest() for script in _SCRIPT.findall(head))
    return tuple(f"'sha256-{base64.b64encode(digest).decode()}'" for digest in digests)


def security_headers(scripts: Iterable[str], nonce: str) -> dict[str, str]:
    """The headers of a reply.

    Args:
        scripts: those that the page adds by itself, from `allowed_scripts`.
        nonce: what marks those that stand in the page as it is sent.
    """
    inline = " ".join((f"'nonce-{nonce}'", *scripts))
    policy = (
        "default-src 'self'",
        f"script-src 'self' 'unsafe-eval' {inline}",  # eval: Gradio's own templates
        "style-src 'self' 'unsafe-inline'",
        "img-src 'self' data: blob:",
        "font-src 'self' data:",
        "media-src 'self' blob:",
        "worker-src 'self' blob:",
        "object-src 'none'",
        "base-uri 'self'",
        "form-action 'self'",
        "frame-ancestors 'none'",
    )
    return _ALWAYS | {"Content-Security-Policy": "; ".join(policy)}


def with_nonce(page: bytes, nonce: str) -> bytes:
    """The page with its scripts marked as its own. Gradio escapes `<` in all else it puts there.

    >>> with_nonce(b"<script>1</script>", "x")
    b'<script nonce="x">1</script>'
    """
    return _OPENS.sub(f'<script nonce="{nonce}"'.encode(), page)


class Reply:
    """Sends a reply with our headers.

    Args:
        send: where it goes.
        scripts: those that the page adds by itself, from `allowed_scripts`.
    """

    def __init__(self, send: Send, scripts: Iterable[str]) -> None:
        self._send = send
        self._nonce = secrets.token_urlsafe(16)  # marks the scripts of this one reply
        self._headers = security_headers(scripts, self._nonce)
        self._page: bytearray | None = None
        self._start: Message = {}

    def mark(self, scope: Scope) -> None:
        """Mark the scripts of the page that is sent, which must come whole and not compressed.

        It says who is logged in, so that no browser may show it again by itself.
        """
        kept = [each for each in scope["headers"] if each[0] != b"accept-encoding"]
        scope["headers"] = kept
        self._page = bytearray()
        self._headers["Cache-Control"] = "no-store"

    async def send(self, message: Message) -> None:
        """Send on a part of the reply."""
        if message["type"] == "http.response.start":
            message["headers"] = self._with_ours(message["headers"])
            self._start = message
        if self._page is None:
            await self._send(message)
        elif message["type"] == "http.response.body":
            self._page += message.get("body", b"")
            if not message.get("more_body"):
                await self._send_page(bytes(self._page))

    async def _send_page(self, page: bytes) -> None:
        marked = with_nonce(page, self._nonce)
        length = (b"content-length", str(len(marked)).encode())
        kept = [each for each in self._start["headers"] if each[0] != length[0]]
        await self._send({**self._start, "headers": [*kept, length]})
        await self._send({"type": "http.response.body", "body": marked})

    def _with_ours(self, sent: Any) -> list[tuple[bytes, bytes]]:
        ours = {name.lower().encode(): text.encode() for name, text in self._headers.items()}
        return [*(each for each in sent if each[0] not in ours), *ours.items()]
