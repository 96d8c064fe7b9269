"""Rankings that do not depend on how an index happens to be laid out on disk."""

from collections.abc import Callable, Iterable

from mssqa.ports import Ranking

SPARE = 16  # asked for beyond the limit, so that a tie at the limit is usually seen at once

Fetch = Callable[[int], Iterable[tuple[int, float]]]
"""At most so many (passage key, score) pairs, the best of all, best first."""


def settle(fetch: Fetch, *, limit: int, digits: int) -> Ranking:
    """The best `limit` passages; equal scores go by passage key, also across the limit.

    The order in which an engine adds up 32-bit numbers, and which of equal passages it keeps,
    depends on the layout of its files. Scores are therefore rounded to `digits` decimals, and
    more are fetched while a tie reaches over the edge.

    >>> settle(lambda count: [(9, 1.0), (7, 0.50001), (3, 0.49999)][:count], limit=2, digits=3)
    ((9, 1.0), (3, 0.5))
    """
    count = limit + SPARE
    found = _rounded(fetch(count), digits)
    while len(found) >= count and found[-1][1] == found[limit - 1][1]:
        count *= 4
        found = _rounded(fetch(count), digits)
    return tuple(sorted(found, key=lambda pair: (-pair[1], pair[0]))[:limit])


def _rounded(pairs: Iterable[tuple[int, float]], digits: int) -> Ranking:
    return tuple((key, round(score, digits)) for key, score in pairs)
