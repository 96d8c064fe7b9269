"""What a visitor is told who may not, not now, or not so much.

RefusedError             status: of the HTTP reply
├── LoginError           who it is must be known first
├── NotAllowedError      that is for administrators, or came from another site
├── NotServedError       there is nothing at that address
├── TooLargeError        the request is larger than any that the page sends
└── TooManyError         wait a little, then ask again
"""

from mssqa.errors import MssqaError


class RefusedError(MssqaError):
    """A request that is not served, and what to do instead."""

    status = 400


class LoginError(RefusedError):
    """Who it is must be known first."""

    status = 401
    default_hint = "log in with a name that `mssqa user add` has let in"


class NotAllowedError(RefusedError):
    """That is for administrators, or came from another site."""

    status = 403


class NotServedError(RefusedError):
    """There is nothing at that address."""

    status = 404
    default_hint = "the page is at /, its doors are described in docs/http.md"


class TooLargeError(RefusedError):
    """The request is larger than any that the page sends."""

    status = 413


class TooManyError(RefusedError):
    """Wait a little, then ask again.

    >>> TooManyError("60 questions in a minute", wait_seconds=4.2).hint
    'wait 5 seconds'
    """

    status = 429

    def __init__(self, message: str, *, wait_seconds: float) -> None:
        self.wait_seconds = int(wait_seconds) + 1
        plural = "" if self.wait_seconds == 1 else "s"
        super().__init__(message, hint=f"wait {self.wait_seconds} second{plural}")
