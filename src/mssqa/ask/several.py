"""Whether the answer to a question takes several sentences: stages, accounts, parts, members.

The question's runs of one to three words are weighed. The weights are fitted by `python -m
training.several`, which writes `several.json` beside this module, on questions whose answers were
marked; they know English alone.
"""

import json
import math
import re
from collections.abc import Mapping
from dataclasses import dataclass
from functools import cache
from importlib.resources import files

from mssqa.text import fold

WEIGHTS = "several.json"
LONGEST = 3  # words of a run
ENOUGH = 0.5  # chance from which several sentences are gathered
BEGIN, END, FIGURE = "<", ">", "#"

_WORD = re.compile(r"\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’][^\W\d_]+)*|[^\w\s]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Weights:
    """What each run of words adds to the logarithm of the odds."""

    bias: float
    runs: Mapping[str, float]


def asks_for_several(question: str) -> bool:
    """Whether several sentences are likelier than one.

    >>> asks_for_several("Which figure is whose, and how did it change over the years?")
    True
    >>> asks_for_several("Who signed the agreement?")
    False
    """
    return chance(question, weights()) >= ENOUGH


def chance(question: str, known: Weights) -> float:
    """How likely it is that the answer takes several sentences, 0 to 1."""
    total = known.bias + math.fsum(known.runs.get(run, 0.0) for run in runs(question))
    return 0.5 * (1 + math.tanh(total / 2))


def runs(question: str) -> frozenset[str]:
    """Its runs of up to `LONGEST` words and marks, folded, each figure as `FIGURE`.

    >>> sorted(runs("Whose 97?"))
    ['#', '# ?', '# ? >', '< whose', '< whose #', '?', '? >', 'whose', 'whose #', 'whose # ?']
    """
    said = _WORD.findall(fold(question))
    line = [BEGIN, *(FIGURE if word[0].isdigit() else word for word in said), END]
    alone = {*line} - {BEGIN, END}
    longer = {
        " ".join(line[start : start + length])
        for length in range(2, LONGEST + 1)
        for start in range(len(line) - length + 1)
    }
    return frozenset(alone | longer)


@cache
def weights() -> Weights:
    """As fitted."""
    fitted = json.loads(files(__package__).joinpath(WEIGHTS).read_text("utf-8"))
    return Weights(bias=fitted["bias"], runs=fitted["runs"])
