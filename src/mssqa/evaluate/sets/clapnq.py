"""CLAPnq: one passage for each question; half of them do not say."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from mssqa.evaluate.figures import Figure
from mssqa.evaluate.sets.rows import Row, sample
from mssqa.evaluate.sets.tools import Page, Tools, asked
from mssqa.evaluate.shares import mean
from mssqa.evaluate.wording import normal
from mssqa.types import Status


@dataclass(frozen=True, slots=True, kw_only=True)
class Heard:
    """An answer, beside what people did with the passage."""

    answerable: bool
    declined: bool
    overlap: float  # F1 of the cited sentences against those of one person, the best, 0 to 1


def measure(rows: Iterable[Row], tools: Tools, *, most: int) -> tuple[Figure, ...]:
    """Declining, and which sentences are cited; a question that is declined cites none."""
    heard = [_heard(row, tools) for row in tools.follow("clapnq", sample(rows, most))]
    declined = [one for one in heard if one.declined]
    silent = [one for one in heard if not one.answerable]
    answerable = [one for one in heard if one.answerable]
    answered = [one for one in answerable if not one.declined]
    return (
        Figure(
            what="declining precision",
            value=mean(not one.answerable for one in declined),
            questions=len(declined),
            target="≥ .75",
        ),
        Figure(
            what="declining recall",
            value=mean(one.declined for one in silent),
            questions=len(silent),
            target="≥ .75",
        ),
        Figure(
            what="cited-sentence F1, answerable",
            value=mean(one.overlap for one in answerable),
            questions=len(answerable),
        ),
        Figure(
            what="cited-sentence F1, answered",
            value=mean(one.overlap for one in answered),
            questions=len(answered),
        ),
    )


def _heard(row: Row, tools: Tools) -> Heard:
    (passage,) = row["passages"]
    page = Page(text=passage["text"], title=passage["title"])
    answer, _ = asked(row["input"], [page], tools)
    quotes = [piece.quote for piece in answer.citations]
    return Heard(
        answerable=any(marked["answer"] for marked in row["output"]),
        declined=answer.status is Status.DECLINED,
        overlap=max(
            overlap(passage["sentences"], quotes, marked["selected_sentences"])
            for marked in row["output"]
        ),
    )


def overlap(sentences: Sequence[str], quotes: Iterable[str], selected: Iterable[str]) -> float:
    """F1 of the sentences that the quotes touch against those that people selected.

    >>> overlap(["Rice rose .", "Beans fell ."], ["Rice rose. Beans fell."], ["Rice rose ."])
    0.6666666666666666
    """
    ours, theirs = _touched(sentences, quotes), _touched(sentences, selected)
    return 2 * len(ours & theirs) / (len(ours) + len(theirs)) if ours or theirs else 0.0


def _touched(sentences: Sequence[str], pieces: Iterable[str]) -> set[int]:
    """The sentences that hold a piece, or most of which a piece holds."""
    return {
        number
        for piece in pieces
        for number, sentence in enumerate(sentences)
        if _touches(normal(piece), normal(sentence))
    }


def _touches(piece: Sequence[str], sentence: Sequence[str]) -> bool:
    held = f" {' '.join(piece)} "
    whole = f" {' '.join(sentence)} "
    return bool(piece) and bool(sentence) and (whole in held or held in whole)
