"""What is measured of an answer, and of many. Pure: no file, no model, no clock."""

from collections.abc import Collection, Iterable, Mapping, Sequence

from pydantic import BaseModel, ConfigDict

from mssqa.evaluate.cases import Case
from mssqa.evaluate.shares import mean, share
from mssqa.evaluate.wording import stands
from mssqa.types import Answer, Evidence, Hit, Status


class Outcome(BaseModel):
    """How one question fared. Shares lie between 0 and 1."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    id: str
    type: str
    split: str
    written: str
    answerable: bool
    declined: bool
    correct: bool  # says what is expected; or declines where that is
    first_correct: bool | None  # the first sentence alone does; None unless one would do
    grounded: bool  # a citation stands, letter by letter, in an article that bears it out
    exact_quotes: float | None  # citations that stand in article and file; None without citations
    citation_precision: float | None  # citations from such an article; None without citations
    citation_recall: float | None  # such articles that are cited; None if it is to be declined
    rank: int | None  # 1-based, of the first such article among those found
    claims: int
    words: int  # of all claims
    text: str
    timings_ms: dict[str, float]  # by stage


class Summary(BaseModel):
    """Shares over many questions; None where there is none to take the share of."""

    model_config = ConfigDict(frozen=True, extra="forbid")

    questions: int
    correct: float | None
    correct_and_grounded: float | None  # of the answerable
    first_correct: float | None  # of the answerable that one sentence can answer
    false_declines: float | None  # of the answerable
    declined: float | None  # of those that are to be declined
    declining_precision: float | None  # of the declined, those that are to be
    citation_precision: float | None
    citation_recall: float | None
    exact_quotes: float | None  # of all citations, each question counting alike
    claims: float | None  # per answer that is not declined
    words: float | None
    hit_at_1: float | None  # of the answerable
    hit_at_5: float | None


def judge(case: Case, answer: Answer, hits: Sequence[Hit], *, files: Mapping[str, str]) -> Outcome:
    """How one question fared, from its answer, the passages found for it, and the corpus files.

    `files` gives the text of each file by its path, before cleaning.
    """
    declined = answer.status is Status.DECLINED
    gold = set(case.articles)
    good = [piece for piece in answer.citations if gold & _paths(piece)]
    cited = {path for piece in answer.citations for path in _paths(piece)}
    return Outcome(
        id=case.id,
        type=case.type,
        split=case.split,
        written=case.written,
        answerable=case.answerable,
        declined=declined,
        correct=not declined and says(answer.text, case) if case.answerable else declined,
        first_correct=_first_says(answer, case),
        grounded=any(piece.quote in piece.passage.article.text for piece in good),
        exact_quotes=mean(_is_exact(piece, files) for piece in answer.citations),
        citation_precision=share(len(good), len(answer.citations)),
        citation_recall=share(len(gold & cited), len(gold)) if case.answerable else None,
        rank=rank(hits, gold),
        claims=len(answer.claims),
        words=sum(len(claim.text.split()) for claim in answer.claims),
        text=answer.text,
        timings_ms={stage: round(ms, 2) for stage, ms in answer.timings_ms.items()},
    )


def says(text: str, case: Case) -> bool:
    """Whether a text has all that is expected of it."""
    one = not case.answers or any(stands(answer, text) for answer in case.answers)
    return one and all(stands(answer, text) for answer in case.answers_all)


def _first_says(answer: Answer, case: Case) -> bool | None:
    if not case.answerable or case.answers_all:
        return None
    return bool(answer.claims) and says(answer.claims[0].text, case)


def _is_exact(piece: Evidence, files: Mapping[str, str]) -> bool:
    """Whether a quote stands in the article, and, but for line breaks, in the file."""
    article = piece.passage.article
    return piece.quote in article.text and _folded(piece.quote) in _folded(
        files.get(article.path, "")
    )


def _folded(text: str) -> str:
    return " ".join(text.split())


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
    answered = [outcome for outcome in outcomes if not outcome.declined]
    return Summary(
        questions=len(outcomes),
        correct=mean(outcome.correct for outcome in outcomes),
        correct_and_grounded=mean(outcome.correct and outcome.grounded for outcome in answerable),
        first_correct=mean(outcome.first_correct for outcome in answerable),
        false_declines=mean(outcome.declined for outcome in answerable),
        declined=mean(outcome.declined for outcome in outcomes if not outcome.answerable),
        declining_precision=mean(not outcome.answerable for outcome in declined),
        citation_precision=mean(outcome.citation_precision for outcome in answerable),
        citation_recall=mean(outcome.citation_recall for outcome in answerable),
        exact_quotes=mean(outcome.exact_quotes for outcome in outcomes),
        claims=mean(outcome.claims for outcome in answered),
        words=mean(outcome.words for outcome in answered),
        hit_at_1=mean(within(outcome.rank, 1) for outcome in answerable),
        hit_at_5=mean(within(outcome.rank, 5) for outcome in answerable),
    )


def within(rank: int | None, k: int) -> bool:
    """Whether a rank is among the first `k`."""
    return rank is not None and rank <= k


def _paths(piece: Evidence) -> set[str]:
    return {article.path for article in (piece.passage.article, *piece.copies)}
