"""The address that the page listens on."""

import socket
from ipaddress import ip_address

from mssqa.config import Page
from mssqa.errors import MssqaError


def is_loopback(host: str) -> bool:
    """Whether only this computer reaches the address.

    >>> is_loopback("127.0.0.1"), is_loopback("localhost"), is_loopback("0.0.0.0")
    (True, True, False)
    """
    if host == "localhost":
        return True
    try:
        return ip_address(host).is_loopback
    except ValueError:
        return False


def listener(config: Page) -> socket.socket:
    """What listens at the address from now on; at a free port for 0.

    Raises:
        MssqaError: the address is not of this computer, or the port is taken.
    """
    try:
        family, kind, _, _, address = socket.getaddrinfo(
            config.host, config.port, type=socket.SOCK_STREAM, flags=socket.AI_PASSIVE
        )[0]
        listening = socket.socket(family, kind)
        try:
            listening.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listening.bind(address)
            listening.listen()
        except OSError:
            listening.close()
            raise
    except OSError as error:
        raise MssqaError(
            f"cannot listen on {config.host} port {config.port}: {error.strerror}",
            hint="run: mssqa serve --port 0",
        ) from error
    return listening


def address(listening: socket.socket) -> str:
    """Where a browser of this computer finds it."""
    host, port = listening.getsockname()[:2]
    if ip_address(host).is_unspecified:
        host = "localhost"
    return f"http://{f'[{host}]' if ':' in host else host}:{port}/"
