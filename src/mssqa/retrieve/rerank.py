"""Hits in a better order: a reader has looked at each whether it answers."""

import math
from collections.abc import Sequence
from dataclasses import replace

from mssqa.ports import Reader
from mssqa.retrieve.readings import readings
from mssqa.types import Hit, Query, Reading

# Chosen on questions of our own: docs/decisions/retrieval.md
WEIGHT = 0.5  # of what the reader says, where the score of the best hit is 1
SURE = 5.0  # a margin beyond it, up or down, says little more


def rerank(query: Query, hits: Sequence[Hit], reader: Reader) -> tuple[Hit, ...]:
    """The hits by their score and the reader's margin, best first, with scores to match.

    Ties stay in the order of the hits.
    """
    scored = [
        replace(hit, score=hit.score / hits[0].score + WEIGHT * _said(of_hit))
        for hit, of_hit in zip(hits, readings(query, hits, reader), strict=True)
    ]
    return tuple(sorted(scored, key=lambda hit: -hit.score))


def _said(of_hit: Sequence[Reading]) -> float:
    """The best margin, squeezed to between -1 and 1; -1 where nothing was read."""
    best = max((reading.margin for reading in of_hit), default=-math.inf)
    return math.tanh(best / SURE)
