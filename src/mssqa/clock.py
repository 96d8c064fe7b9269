"""How long each stage of an answer takes."""

import time
from collections.abc import Iterator
from contextlib import contextmanager
from typing import TypeVar

T = TypeVar("T")


class Clock:
    """Milliseconds by stage. What a stage spends in another one is counted to that one alone.

    >>> clock = Clock()
    >>> with clock("outer"), clock("inner"):
    ...     time.sleep(0.02)
    >>> taken = clock.stopped()
    >>> list(taken), taken["inner"] >= 20 > taken["outer"]
    (['inner', 'outer', 'total'], True)
    """

    def __init__(self) -> None:
        self._began = time.perf_counter()
        self._stages: dict[str, float] = {}
        self._within: list[float] = []  # of each stage that runs: what the stages in it took

    @contextmanager
    def __call__(self, stage: str) -> Iterator[None]:
        """Count what is done within to a stage."""
        began = time.perf_counter()
        self._within.append(0.0)
        yield
        taken = 1000 * (time.perf_counter() - began)
        own = taken - self._within.pop()
        self._stages[stage] = self._stages.get(stage, 0.0) + own
        if self._within:
            self._within[-1] += taken

    def each(self, stage: str, things: Iterator[T]) -> Iterator[T]:
        """The things; the making of each counts to a stage, what is done with it does not."""
        while True:
            with self(stage):
                made = next(things, None)
            if made is None:
                return
            yield made

    def stopped(self) -> dict[str, float]:
        """The stages in the order in which they first ended, and "total", from the beginning."""
        return {**self._stages, "total": 1000 * (time.perf_counter() - self._began)}
