"""One ranking out of several."""

from collections import defaultdict
from collections.abc import Hashable, Sequence
from typing import TypeVar

Item = TypeVar("Item", bound=Hashable)


def fuse(
    rankings: Sequence[Sequence[Item]], *, weights: Sequence[float], k: int = 60
) -> tuple[tuple[Item, float], ...]:
    """Reciprocal rank fusion: the sum of weight / (k + rank) over the rankings, best first.

    Cormack et al., SIGIR 2009, with a weight for each ranking. Ties stay in the order in which
    the items first appear.

    >>> fuse([["a", "b"], ["b"]], weights=[1, 1], k=1)
    (('b', 0.8333333333333333), ('a', 0.5))
    """
    scores: dict[Item, float] = defaultdict(float)
    for ranking, weight in zip(rankings, weights, strict=True):
        for rank, item in enumerate(ranking, start=1):
            scores[item] += weight / (k + rank)
    return tuple(sorted(scores.items(), key=lambda scored: -scored[1]))
