"""Connections to public addresses only, within a deadline."""

import socket
import ssl
from collections.abc import Iterable, Sequence
from contextlib import suppress
from dataclasses import dataclass
from ipaddress import IPv4Address, IPv6Address, IPv6Network, ip_address
from queue import Empty, Queue
from threading import Thread
from time import monotonic
from typing import Any

import httpcore

from mssqa.errors import ArticleError

_NAT64 = IPv6Network("64:ff9b::/96")
_IPV4_COMPATIBLE = IPv6Network("::/96")
_SITE_LOCAL = IPv6Network("fec0::/10")  # private once, given up, still not public


def is_public(address: str) -> bool:
    """Whether an IP address is one of the open internet, also where it wraps another one.

    >>> is_public("93.184.215.14"), is_public("127.0.0.1"), is_public("::ffff:10.0.0.1")
    (True, False, False)
    """
    ip = _unwrapped(ip_address(address))
    return ip.is_global and not (ip.is_multicast or ip.is_reserved or ip in _SITE_LOCAL)


def _unwrapped(ip: IPv4Address | IPv6Address) -> IPv4Address | IPv6Address:
    """The IPv4 address within an IPv6 one (mapped, 6to4, Teredo, NAT64), else the address."""
    if isinstance(ip, IPv4Address):
        return ip
    if ip in _NAT64 or ip in _IPV4_COMPATIBLE:
        return IPv4Address(int(ip) & 0xFFFF_FFFF)
    return ip.ipv4_mapped or ip.sixtofour or (ip.teredo[1] if ip.teredo else ip)


@dataclass(frozen=True, slots=True, kw_only=True)
class GuardedBackend(httpcore.NetworkBackend):
    """Resolves, checks and connects; every wait ends at the deadline."""

    deadline: float  # seconds of the monotonic clock
    private: bool  # whether private addresses are let through

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,  # noqa: ARG002 - the deadline is what counts
        local_address: str | None = None,
        socket_options: Iterable[httpcore.SOCKET_OPTION] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the addresses of the host, all of which were checked.

        Raises:
            ArticleError: the host is unknown, or one of its addresses is private.
        """
        addresses = _resolve(host, port, seconds=_left(self.deadline))
        refused = [address for address in addresses if not (self.private or is_public(address))]
        if refused:
            raise ArticleError(f"{host} is at the private address {refused[0]}")
        return _Stream(self._connect(addresses, port, local_address, socket_options), self.deadline)

    def _connect(self, addresses: Sequence[str], port: int, *how: Any) -> httpcore.NetworkStream:
        """A connection to the first address that takes one; each gets its share of the time."""
        for position, address in enumerate(addresses[:-1]):
            share = _left(self.deadline) / (len(addresses) - position)
            with suppress(httpcore.ConnectError, httpcore.ConnectTimeout):
                return httpcore.SyncBackend().connect_tcp(address, port, share, *how)
        return httpcore.SyncBackend().connect_tcp(addresses[-1], port, _left(self.deadline), *how)


@dataclass(frozen=True, slots=True)
class _Stream(httpcore.NetworkStream):
    """A connection of which every read and write ends at the deadline."""

    inner: httpcore.NetworkStream
    deadline: float

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:  # noqa: ARG002
        return self.inner.read(max_bytes, _left(self.deadline))

    def write(self, buffer: bytes, timeout: float | None = None) -> None:  # noqa: ARG002
        self.inner.write(buffer, _left(self.deadline))

    def close(self) -> None:
        self.inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,  # noqa: ARG002
    ) -> httpcore.NetworkStream:
        secure = self.inner.start_tls(ssl_context, server_hostname, _left(self.deadline))
        return _Stream(secure, self.deadline)

    def get_extra_info(self, info: str) -> Any:
        return self.inner.get_extra_info(info)


def _left(deadline: float) -> float:
    seconds = deadline - monotonic()
    if seconds <= 0:
        raise httpcore.TimeoutException("the time is up")
    return seconds


def _resolve(host: str, port: int, *, seconds: float) -> tuple[str, ...]:
    """The addresses of a host. The system's look-up knows no limit of time: it gets a thread."""
    answers: Queue[list[Any] | OSError] = Queue()

    def look_up() -> None:
        try:
            answers.put(socket.getaddrinfo(host, port, type=socket.SOCK_STREAM))
        except (OSError, UnicodeError) as error:
            answers.put(OSError(str(error)))

    Thread(target=look_up, daemon=True).start()
    try:
        answer = answers.get(timeout=seconds)
    except Empty as error:
        raise httpcore.TimeoutException("the name was not resolved in time") from error
    if isinstance(answer, OSError):
        raise ArticleError(f"there is no host {host!r}: {answer}")
    return tuple(dict.fromkeys(str(entry[4][0]) for entry in answer))
