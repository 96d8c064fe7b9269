"""How many questions are let in: in a minute, of one visitor, and in all."""

from collections import Counter, deque
from collections.abc import Iterator
from contextlib import contextmanager
from threading import Condition

from mssqa.apps.web.rate import Rate
from mssqa.apps.web.refused import TooManyError

AT_ONCE = 2  # questions answered side by side; each uses all the cores that it gets
MOST_OF_ONE = 24  # questions of one visitor that wait or are answered; a newsroom may share one
MOST_WAITING = 64  # of all visitors
PER_MINUTE = 60
MINUTE = 60  # seconds


class Gate:
    """Where every question passes, whichever door it came by; who comes first is answered first.

    Threads may share it.

    >>> gate = Gate(per_minute=1)
    >>> with gate.question("amina"):
    ...     pass
    >>> with gate.question("amina"):
    ...     pass
    Traceback (most recent call last):
    mssqa.apps.web.refused.TooManyError: you have asked as much as one may in a minute
    """

    def __init__(
        self,
        *,
        per_minute: int = PER_MINUTE,
        most_of_one: int = MOST_OF_ONE,
        most_waiting: int = MOST_WAITING,
        at_once: int = AT_ONCE,
    ) -> None:
        self._rate = Rate(per_minute, seconds=MINUTE)
        self._most_of_one = most_of_one
        self._most = most_waiting + at_once
        self._free = at_once  # turns that nobody has
        self._inside: Counter[str] = Counter()  # questions of each visitor
        self._line: deque[object] = deque()  # of those who wait
        self._moved = Condition()

    @contextmanager
    def question(self, key: str) -> Iterator[None]:
        """Wait for the turn of a visitor's question, which lasts until the end of the block.

        Raises:
            TooManyError: that visitor asks too much, or everybody together.
        """
        self._enter(key)
        try:
            self._wait()
            try:
                yield
            finally:
                self._move(1)
        finally:
            self._leave(key)

    def is_quiet(self, *, within_seconds: float) -> bool:
        """Wait until nobody asks, at most so long; whether it came to that.

        >>> Gate().is_quiet(within_seconds=0)
        True
        """
        with self._moved:
            return self._moved.wait_for(lambda: not self._inside, within_seconds)

    def _wait(self) -> None:
        """Stand in line, and take a turn."""
        place = object()
        with self._moved:
            self._line.append(place)
            self._moved.wait_for(lambda: self._free and self._line[0] is place)
            self._line.popleft()
            self._move(-1)

    def _move(self, freed: int) -> None:
        with self._moved:
            self._free += freed
            self._moved.notify_all()

    def _enter(self, key: str) -> None:
        with self._moved:
            if self._inside[key] >= self._most_of_one:
                many = f"{self._most_of_one} of your questions are still waiting for their answers"
                raise TooManyError(many, wait_seconds=5)
            if self._inside.total() >= self._most:
                raise TooManyError("very many people are asking just now", wait_seconds=10)
            if seconds := self._rate.wait(key):
                asked = "you have asked as much as one may in a minute"
                raise TooManyError(asked, wait_seconds=seconds)
            self._inside[key] += 1

    def _leave(self, key: str) -> None:
        with self._moved:
            self._inside[key] -= 1
            if not self._inside[key]:
                del self._inside[key]
            self._moved.notify_all()
