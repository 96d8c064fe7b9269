"""Shares, means, quantiles and areas. Pure; None where there is nothing to take them of."""

from collections.abc import Iterable, Sequence


def share(part: int, whole: int) -> float | None:
    """A part of a whole, 0 to 1.

    >>> share(1, 4), share(0, 0)
    (0.25, None)
    """
    return part / whole if whole else None


def mean(values: Iterable[float | None]) -> float | None:
    """The mean of those that are known.

    >>> mean([1, None, 0])
    0.5
    """
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None


def quantile(values: Sequence[float], part: float) -> float | None:
    """The least value that at least this part of the values does not exceed.

    >>> quantile([4, 1, 3, 2], 0.5), quantile([4, 1, 3, 2], 0.95), quantile([], 0.5)
    (2, 4, None)
    """
    if not values:
        return None
    place = -int(-part * len(values) // 1) - 1
    return sorted(values)[max(0, place)]


def roc_auc(positive: Sequence[float], negative: Sequence[float]) -> float | None:
    """How often a score of the first kind exceeds one of the second; a tie counts half.

    >>> roc_auc([0.9, 0.5], [0.5, 0.1])
    0.875
    """
    wins = sum((p > n) + (p == n) / 2 for p in positive for n in negative)
    return wins / (len(positive) * len(negative)) if positive and negative else None
