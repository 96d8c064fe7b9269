"""SQuAD 2.0 and NewsQA: the reader alone, on the passage that each question belongs to."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mssqa.evaluate.figures import Figure
from mssqa.evaluate.sets.rows import Row, sample
from mssqa.evaluate.sets.tools import Tools
from mssqa.evaluate.shares import mean
from mssqa.evaluate.wording import f1, normal
from mssqa.ports import Reader

EVEN = 0.5  # the support at which answering and declining are equally likely to be right


@dataclass(frozen=True, slots=True, kw_only=True)
class Read:
    """A question's best reading, beside what people marked. Shares lie between 0 and 1."""

    support: float
    f1: float  # of the span; 0 where people marked nothing
    exact: bool
    answerable: bool

    def credit(self, threshold: float) -> float:
        """F1 where a support under the threshold declines."""
        if self.support < threshold:
            return float(not self.answerable)
        return self.f1


def squad2(rows: Iterable[Row], tools: Tools, *, most: int) -> tuple[Figure, ...]:
    """Forced and declining, on answerable and unanswerable questions alike."""
    read = _read_all("squad2", sample(rows, most), tools)
    threshold = tools.config.reader.min_support
    return (
        *_forced(read, target="≥ .80"),
        Figure(
            what="F1, declining under the product's least support",
            value=mean(one.credit(threshold) for one in read),
            questions=len(read),
            target="≥ .66",
        ),
        Figure(
            what="F1, declining at even odds",
            value=mean(one.credit(EVEN) for one in read),
            questions=len(read),
        ),
        Figure(
            what="F1 if all were declined",
            value=mean(not one.answerable for one in read),
            questions=len(read),
        ),
    )


def newsqa(rows: Iterable[Row], tools: Tools, *, most: int) -> tuple[Figure, ...]:
    """Forced: every question has an answer."""
    return _forced(_read_all("newsqa", sample(rows, most), tools), target="≥ .53")


def judged(row: Row, reader: Reader) -> Read:
    """The reader's best span in the row's passage, against any of the marked answers."""
    title = row.get("title", "").replace("_", " ")
    over = [] if row["context"].startswith(title) else [title]  # NewsQA's are how texts begin
    (readings,) = reader.read(row["question"], [row["context"]], headlines=over)
    text = row["context"][slice(*readings[0].span)] if readings else ""
    marked = [answer["text"] for answer in row["answers"]]
    return Read(
        support=readings[0].support if readings else 0.0,
        f1=max((f1(text, one) for one in marked), default=0.0),
        exact=any(normal(text) == normal(one) for one in marked),
        answerable=bool(marked),
    )


def _read_all(name: str, rows: Sequence[Row], tools: Tools) -> list[Read]:
    return [judged(row, tools.models.reader) for row in tools.follow(name, rows)]


def _forced(read: Sequence[Read], *, target: str) -> tuple[Figure, ...]:
    answerable = [one for one in read if one.answerable]
    count = len(answerable)
    return (
        Figure(
            what="F1, answerable, forced",
            value=mean(one.f1 for one in answerable),
            questions=count,
            target=target,
        ),
        Figure(
            what="exact match, answerable, forced",
            value=mean(one.exact for one in answerable),
            questions=count,
        ),
    )
