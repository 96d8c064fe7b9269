"""The likeliest course through a page: which blocks are article, furniture or teasers."""

from collections.abc import Sequence
from enum import IntEnum


class State(IntEnum):
    """What a block belongs to."""

    ARTICLE = 0
    FURNITURE = 1  # single lines among and around the article
    TEASERS = 2  # a section about other articles, or of readers' comments


Evidence = tuple[float, float, float]
"""Log-odds of each state for one block; the article's are 0."""


def likeliest(evidence: Sequence[Evidence], entries: Sequence[bool]) -> list[State]:
    """The course with the most evidence, less the cost of every change (Viterbi, 1967).

    Args:
        evidence: for each block, by state.
        entries: whether a section of teasers may well begin at the block.

    >>> likeliest([(0, -2, -2), (0, 0.4, -2), (0, -2, -2)], [False] * 3)
    [<State.ARTICLE: 0>, <State.ARTICLE: 0>, <State.ARTICLE: 0>]
    """
    best = [0.0, 0.0, -2.0]
    origins: list[list[int]] = []
    for scores, entry in zip(evidence, entries, strict=True):
        reached = [_reach(best, state, entry=entry) for state in State]
        origins.append([origin for _, origin in reached])
        best = [total + own for (total, _), own in zip(reached, scores, strict=True)]
    state = max(State, key=lambda s: best[s])
    course = []
    for origin in reversed(origins):
        course.append(state)
        state = State(origin[state])
    return course[::-1]


_COST = (  # from row to column
    (0.0, 0.25, 4.0),
    (0.25, 0.0, 4.0),
    (4.0, 1.0, 0.0),
)
_MARKED_ENTRY = 0.5


def _reach(best: Sequence[float], state: State, *, entry: bool) -> tuple[float, int]:
    def total(origin: State) -> float:
        marked = entry and state is State.TEASERS and origin is not State.TEASERS
        return best[origin] - (_MARKED_ENTRY if marked else _COST[origin][state])

    origin = max(State, key=total)
    return total(origin), int(origin)
