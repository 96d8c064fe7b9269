"""How often somebody did something of late."""

import time
from collections import deque
from collections.abc import Callable
from threading import Lock

MOST_KEYS = 10_000  # remembered before those are forgotten who have been quiet


class Rate:
    """So many in so many seconds, for each key. Threads may share it.

    >>> clock = iter([0.0, 1.0, 2.0, 60.5]).__next__
    >>> rate = Rate(2, seconds=60, clock=clock)
    >>> rate.wait("amina"), rate.wait("amina"), rate.wait("amina"), rate.wait("amina")
    (0.0, 0.0, 58.0, 0.0)
    """

    def __init__(
        self, most: int, *, seconds: float, clock: Callable[[], float] = time.monotonic
    ) -> None:
        self._most = most
        self._seconds = seconds
        self._clock = clock
        self._times: dict[str, deque[float]] = {}
        self._lock = Lock()

    def wait(self, key: str) -> float:
        """Count one more: 0.0. Or count nothing: the seconds until one more is allowed."""
        with self._lock:
            now = self._clock()
            times = self._recent(key, now)
            if len(times) >= self._most:
                return times[0] + self._seconds - now
            times.append(now)
            return 0.0

    def _recent(self, key: str, now: float) -> deque[float]:
        if len(self._times) >= MOST_KEYS:
            since = now - self._seconds
            self._times = {k: times for k, times in self._times.items() if times[-1] > since}
        times = self._times.setdefault(key, deque())
        while times and times[0] <= now - self._seconds:
            times.popleft()
        return times
