"""CANARD: follow-up questions of a conversation. The answer sought is this turn's among all."""

from collections.abc import Callable, Iterable, Sequence
from datetime import UTC, datetime
from pathlib import Path
from tempfile import TemporaryDirectory
from typing import NamedTuple

import numpy as np
from numpy.typing import NDArray

from mssqa.ask.understand import understand
from mssqa.evaluate.figures import Figure
from mssqa.evaluate.metrics import within
from mssqa.evaluate.sets.rows import Row, sample
from mssqa.evaluate.sets.tools import Tools
from mssqa.evaluate.shares import mean
from mssqa.index import lexical
from mssqa.retrieve.fuse import fuse
from mssqa.retrieve.search import WEIGHTS, K
from mssqa.types import Article, Passage, Query, Turn

LIMIT = 100  # of each ranking
NO_ANSWER = "I don't know."  # given where the text did not say; nobody can find it by asking
WITHIN = 5


class FollowUp(NamedTuple):
    """A question within a conversation."""

    topic: Turn  # what the conversation is about
    history: tuple[Turn, ...]
    question: str
    rewrite: str  # by a person, standing alone
    answer: int  # which of all answers is this question's


def measure(rows: Iterable[Row], tools: Tools, *, most: int) -> tuple[Figure, ...]:
    """hit@5 over all answers: the question as asked, as resolved, as a person rewrote it."""
    answers, asked = conversations(list(rows), most)
    forms = {
        "as the product resolves it": [
            _resolved(one, tools) for one in tools.follow("canard", asked)
        ],
        "as asked": [one.question for one in asked],
        "as a person rewrote it": [one.rewrite for one in asked],
    }
    with TemporaryDirectory() as folder:
        find = _finder(answers, tools, Path(folder))
        return tuple(
            Figure(
                what=f"hit@{WITHIN}, {form}",
                value=mean(
                    within(_rank(place, one.answer), WITHIN)
                    for place, one in zip(find(texts), asked, strict=True)
                ),
                questions=len(asked),
            )
            for form, texts in forms.items()
        )


def conversations(rows: Sequence[Row], most: int) -> tuple[list[str], list[FollowUp]]:
    """All answers, and at most so many follow-ups whose own answer is among them; 0 means all.

    An answer stands in the history of the next turn, so the last turn of each has none. Nor has
    one that was answered by "I don't know.".
    """
    told = {
        _turn(row, back=1): row["History"][-1]
        for row in rows
        if len(row["History"]) > 2 and row["History"][-1] != NO_ANSWER
    }
    answers = list(dict.fromkeys(told.values()))
    places = {answer: place for place, answer in enumerate(answers)}
    asked = [row for row in rows if row["Question_no"] > 1 and _turn(row) in told]
    return answers, [_follow_up(row, places[told[_turn(row)]]) for row in sample(asked, most)]


def _turn(row: Row, *, back: int = 0) -> tuple[str, int]:
    return row["QuAC_dialog_id"], row["Question_no"] - back


def _resolved(one: FollowUp, tools: Tools) -> str:
    history = (one.topic, *one.history)
    today = datetime.now(UTC).date()
    query = understand(one.question, history=history, today=today, parser=tools.models.parser)
    return query.text


def _follow_up(row: Row, answer: int) -> FollowUp:
    title, section, *said = row["History"]
    turns = zip(said[::2], said[1::2], strict=False)
    return FollowUp(
        topic=Turn(question=title, answer=section),
        history=tuple(Turn(question=question, answer=reply) for question, reply in turns),
        question=row["Question"],
        rewrite=row["Rewrite"],
        answer=answer,
    )


def _finder(
    answers: Sequence[str], tools: Tools, folder: Path
) -> Callable[[Sequence[str]], list[list[int]]]:
    """Ranks the answers as `retrieve.search` ranks passages: by words and by meaning, fused."""
    lexical.write(folder, enumerate(map(_passage, answers)))
    by_words, vectors = lexical.Lexical(folder), tools.models.embedder.encode(answers)

    def one(text: str, vector: NDArray[np.float32]) -> list[int]:
        query = Query(question=text, text=text)
        words = [key for key, _ in by_words.search(query, limit=LIMIT)]
        meaning = np.argsort(-(vectors @ vector), kind="stable")[:LIMIT].tolist()
        return [key for key, _ in fuse([words, meaning], weights=WEIGHTS, k=K)]

    def all_of(texts: Sequence[str]) -> list[list[int]]:
        encoded = tools.models.embedder.encode(texts)
        return [one(text, vector) for text, vector in zip(texts, encoded, strict=True)]

    return all_of


def _passage(text: str) -> Passage:
    article = Article(path="answers.txt", title="", text=text)
    return Passage(article=article, ordinal=0, start=0, end=len(text))


def _rank(ranking: Sequence[int], sought: int) -> int | None:
    return ranking.index(sought) + 1 if sought in ranking else None
