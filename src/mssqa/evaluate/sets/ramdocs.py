"""RAMDocs: texts that are right, wrong or beside the point, several answers right at once."""

from collections.abc import Iterable
from dataclasses import dataclass

from mssqa.evaluate.figures import Figure
from mssqa.evaluate.sets.rows import Row, sample
from mssqa.evaluate.sets.tools import Page, Tools, asked
from mssqa.evaluate.shares import mean
from mssqa.evaluate.wording import contains, normal
from mssqa.types import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """What the sentences of an answer hold."""

    all_right: bool
    some_wrong: bool
    declined: bool


def measure(rows: Iterable[Row], tools: Tools, *, most: int) -> tuple[Figure, ...]:
    """All right answers and no wrong one, as in Wang et al. (2025), and each half of it."""
    heard = [_heard(row, tools) for row in tools.follow("ramdocs", sample(rows, most))]
    shares = {
        "all right answers and no wrong one": [o.all_right and not o.some_wrong for o in heard],
        "all right answers": [one.all_right for one in heard],
        "a wrong answer": [one.some_wrong for one in heard],
        "declined": [one.declined for one in heard],
    }
    return tuple(
        Figure(
            what=what,
            value=mean(values),
            questions=len(values),
            target="≥ .20" if place == 0 else "",
        )
        for place, (what, values) in enumerate(shares.items())
    )


def _heard(row: Row, tools: Tools) -> Heard:
    answer, _ = asked(row["question"], [Page(text=one["text"]) for one in row["documents"]], tools)
    text = " ".join(claim.text for claim in answer.claims)
    right, wrong = row["gold_answers"], row["wrong_answers"]
    return Heard(
        all_right=all(contains(text, one) for one in right),
        some_wrong=any(contains(without(text, right), one) for one in wrong),
        declined=answer.status is Status.DECLINED,
    )


def without(text: str, answers: Iterable[str]) -> str:
    """The words of a text but for those answers: a wrong answer may be part of a right one.

    >>> without("He plays American football.", ["American football"])
    'he plays'
    """
    words = f" {' '.join(normal(text))} "
    for answer in sorted(answers, key=len, reverse=True):
        if normal(answer):
            words = words.replace(f" {' '.join(normal(answer))} ", " ")
    return words.strip()
