"""How likely it is that a sentence answers a question: its signs, weighed and calibrated.

The weights are fitted by `python -m training.weigh`, which writes `weights.json` beside this
module; what each sign is worth stands in docs/decisions/declining.md.
"""

import json
import math
from collections.abc import Mapping, Sequence
from functools import cache
from importlib.resources import files

from mssqa.ports import Models
from mssqa.retrieve.candidates import Candidate
from mssqa.retrieve.signs import Particulars, Signs, signs
from mssqa.types import Query

WEIGHTS = "weights.json"


def supports(query: Query, found: Sequence[Candidate], models: Models) -> tuple[float, ...]:
    """The chance of each candidate to answer the question, 0 to 1, in order."""
    return tuple(support(one, weights()) for one in seen(query, found, models))


def seen(query: Query, found: Sequence[Candidate], models: Models) -> tuple[Signs, ...]:
    """The signs of each candidate, in order."""
    if not found:
        return ()
    (parse,) = models.parser.parse([query.text])
    asked = Particulars.of(parse)
    best = max(one.margin for one in found)
    return tuple(signs(asked, one, best=best) for one in found)


def support(of_one: Signs, weights: Mapping[str, float]) -> float:
    """The logistic curve of the weighted sum of signs.

    >>> zero = Signs(*[0.0] * len(Signs._fields))
    >>> support(zero._replace(margin=2.0), {"margin": 1.0, "bias": -2.0})
    0.5
    """
    known = {**of_one._asdict(), "bias": 1.0}
    total = sum(weight * known[name] for name, weight in weights.items())
    return 0.5 * (1 + math.tanh(total / 2))


@cache
def weights() -> Mapping[str, float]:
    """The weight of each sign that counts, and of `bias`, as fitted."""
    fitted = json.loads(files(__package__).joinpath(WEIGHTS).read_text("utf-8"))
    found: dict[str, float] = fitted["weights"]
    return found
