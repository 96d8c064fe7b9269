"""What is measured of an answer, and of many. Pure: no file, no model, no clock."""

from collections.abc import Collection, Iterable, Sequence

from pydantic import BaseModel, ConfigDict

from mssqa.evaluate.cases import Case
from mssqa.types import Answer, Evidence, Hit, Status


class Outcome(BaseModel):
    """How one question fared. Shares lie between 0 and 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    type: str
    split: str
    answerable: bool
    declined: bool
    correct: bool  # says what is expected; or declines where that is
    grounded: bool  # a citation stands, letter by letter, in an article that bears it out
    citation_precision: float | None  # citations from such an article; None without citations
    citation_recall: float | None  # such articles that are cited; None if it is to be declined
    rank: int | None  # 1-based, of the first such article among those found
    text: str


class Summary(BaseModel):
    """Shares over many questions; None where there is none to take the share of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    questions: int
    correct: float | None
    correct_answerable: float | None
    grounded: float | None  # of the answerable
    citation_precision: float | None
    citation_recall: float | None
    declining_precision: float | None  # of the declined, those that are to be
    declining_recall: float | None  # of those that are to be declined, the declined
    hit_at_1: float | None  # of the answerable
    hit_at_5: float | None


def judge(case: Case, answer: Answer, hits: Sequence[Hit]) -> Outcome:
    """How one question fared, from its answer and the passages found for it."""
    declined = answer.status is Status.DECLINED
    gold = set(case.articles)
    good = [piece for piece in answer.citations if gold & _paths(piece)]
    cited = {path for piece in answer.citations for path in _paths(piece)}
    return Outcome(
        id=case.id,
        type=case.type,
        split=case.split,
        answerable=case.answerable,
        declined=declined,
        correct=not declined and says(answer.text, case) if case.answerable else declined,
        grounded=any(piece.quote in piece.passage.article.text for piece in good),
        citation_precision=_share(len(good), len(answer.citations)),
        citation_recall=_share(len(gold & cited), len(gold)) if case.answerable else None,
        rank=rank(hits, gold),
        text=answer.text,
    )


def says(text: str, case: Case) -> bool:
    """Whether an answer's text, case folded, has all that is expected of it."""
    folded = text.casefold()
    one = not case.answers or any(answer.casefold() in folded for answer in case.answers)
    return one and all(answer.casefold() in folded for answer in case.answers_all)


def rank(hits: Iterable[Hit], gold: Collection[str]) -> int | None:
    """The rank of the first article with a path of `gold`; an article ranks by its best passage.

    An article that was folded into another as its copy has that one's rank.
    """
    ranks: dict[str, int] = {}
    for hit in hits:
        article = hit.passage.article
        place = ranks.setdefault(article.path, len(ranks) + 1)
        if any(one.path in gold for one in (article, *hit.copies)):
            return place
    return None


def summarise(outcomes: Sequence[Outcome]) -> Summary:
    """The shares over these questions."""
    answerable = [outcome for outcome in outcomes if outcome.answerable]
    declined = [outcome for outcome in outcomes if outcome.declined]
    unanswerable = [outcome for outcome in outcomes if not outcome.answerable]
    return Summary(
        questions=len(outcomes),
        correct=_mean(outcome.correct for outcome in outcomes),
        correct_answerable=_mean(outcome.correct for outcome in answerable),
        grounded=_mean(outcome.grounded for outcome in answerable),
        citation_precision=_mean(outcome.citation_precision for outcome in answerable),
        citation_recall=_mean(outcome.citation_recall for outcome in answerable),
        declining_precision=_mean(not outcome.answerable for outcome in declined),
        declining_recall=_mean(outcome.declined for outcome in unanswerable),
        hit_at_1=_mean(_within(outcome, 1) for outcome in answerable),
        hit_at_5=_mean(_within(outcome, 5) for outcome in answerable),
    )


def _within(outcome: Outcome, k: int) -> bool:
    return outcome.rank is not None and outcome.rank <= k


def _paths(piece: Evidence) -> set[str]:
    return {article.path for article in (piece.passage.article, *piece.copies)}


def _share(part: int, whole: int) -> float | None:
    return part / whole if whole else None


def _mean(values: Iterable[float | None]) -> float | None:
    known = [value for value in values if value is not None]
    return sum(known) / len(known) if known else None
