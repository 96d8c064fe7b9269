"""The answers that were given lately, so that a reader can judge them."""

from collections import OrderedDict
from dataclasses import dataclass
from secrets import token_urlsafe
from threading import Lock

from mssqa.types import Answer, Turn


@dataclass(frozen=True, slots=True, kw_only=True)
class Given:
    """An answer and what was said before it."""

    answer: Answer
    history: tuple[Turn, ...]


class Answered:
    """The last answers by token, which nobody can guess. Threads may share it.

    >>> Answered(most=1).get("no such token") is None
    True
    """

    def __init__(self, *, most: int = 500) -> None:
        self._most = most
        self._given: OrderedDict[str, Given] = OrderedDict()
        self._lock = Lock()

    def add(self, answer: Answer, history: tuple[Turn, ...]) -> str:
        """Keep an answer, and let the oldest go if there are too many. Its token."""
        token = token_urlsafe(12)
        with self._lock:
            self._given[token] = Given(answer=answer, history=history)
            if len(self._given) > self._most:
                self._given.popitem(last=False)
        return token

    def get(self, token: str) -> Given | None:
        """The answer of that token, if it is still kept."""
        with self._lock:
            return self._given.get(token)
