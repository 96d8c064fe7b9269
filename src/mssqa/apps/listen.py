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


def free_port(config: Page) -> int:
    """The port to listen on, seen to be free; a free one for 0.

    Raises:
        MssqaError: the address is not of this computer, or the port is taken.
    """
    family = socket.AF_INET6 if ":" in config.host else socket.AF_INET
    try:
        with socket.socket(family) as listener:
            listener.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            listener.bind((config.host, config.port))
            return int(listener.getsockname()[1])
    except OSError as error:
        raise MssqaError(
            f"cannot listen on {config.host} port {config.port}: {error.strerror}",
            hint="run: mssqa serve --port 0",
        ) from error
