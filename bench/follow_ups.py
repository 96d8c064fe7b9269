"""Follow-up questions of CANARD: how often the answer is found, and how often too much is changed.

    MSSQA_DATA=... python bench/follow_ups.py [--questions 600]

Ranked are all answers that later turns tell of, by words and by meaning, fused as passages are.
The topic of a conversation (the title and section of the page it is about) counts as its first
turn; "without topic" leaves it out. The questions that people rewrote need nothing from earlier
turns: the share of them that is changed all the same is printed too.
"""

import argparse
import gzip
import json
import os
import statistics
import sys
import time
from collections.abc import Callable, Iterable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import numpy as np

from mssqa.ask.follow_up import stand_alone
from mssqa.config import load_config
from mssqa.evaluate.sets.canard import FollowUp, conversations
from mssqa.index import lexical
from mssqa.models import load_embedder, load_parser
from mssqa.ports import Embedder, Parser
from mssqa.retrieve.fuse import fuse
from mssqa.retrieve.search import WEIGHTS, K
from mssqa.types import Article, Passage, Query, Turn

LIMIT = 100  # of each ranking
NO_ANSWER = "I don't know."

Rank = Callable[[Sequence[str]], list[list[int]]]


def main() -> None:
    """Resolve, search, print."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--questions", type=int, default=600, help="a steady sample; 0: all")
    most = parser.parse_args().questions
    path = Path(os.environ["MSSQA_DATA"], "bench", "canard_dev.jsonl.gz")
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        answers, asked = conversations([json.loads(line) for line in lines], most)
    asked = [one for one in asked if answers[one.answer] != NO_ANSWER]
    sys.stdout.write(json.dumps(measure(answers, asked), indent=2) + "\n")


def measure(answers: Sequence[str], asked: Sequence[FollowUp]) -> dict[str, object]:
    """hit@1, hit@5 and hit@10 of each form of the questions; shares changed; milliseconds."""
    parser = load_parser()
    resolved, taken = _timed(asked, parser)
    again = [stand_alone(one.rewrite, [one.topic, *one.history], parser) for one in asked]
    forms = {
        "as asked": [one.question for one in asked],
        "the last question in front": [_with_last(one) for one in asked],
        "resolved": resolved,
        "resolved without topic": [stand_alone(o.question, o.history, parser) for o in asked],
        "rewritten by a person": [one.rewrite for one in asked],
    }
    with TemporaryDirectory() as folder:
        rank = _ranking(answers, load_embedder(load_config().embedder), Path(folder))
        sought = [one.answer for one in asked]
        found = {form: shares(rank(texts), sought) for form, texts in forms.items()}
    return {
        "questions": len(asked),
        "answers": len(answers),
        **found,
        "rewritten by a person and changed": share(
            text != one.rewrite for text, one in zip(again, asked, strict=True)
        ),
        "ms": {"median": round(statistics.median(taken), 1), "p95": round(_p95(taken), 1)},
    }


def shares(rankings: Sequence[Sequence[int]], sought: Sequence[int]) -> dict[str, float]:
    """How often what is sought is among the first."""
    pairs = list(zip(rankings, sought, strict=True))
    return {
        f"hit@{k}": share(answer in ranking[:k] for ranking, answer in pairs) for k in (1, 5, 10)
    }


def share(facts: Iterable[bool]) -> float:
    """How many of them hold, 0 to 1."""
    return round(float(np.mean(list(facts))), 3)


def _with_last(one: FollowUp) -> str:
    turns: list[Turn] = [one.topic, *one.history]
    return f"{turns[-1].question} {one.question}"


def _timed(asked: Sequence[FollowUp], parser: Parser) -> tuple[list[str], list[float]]:
    texts, taken = [], []
    for one in asked:
        began = time.perf_counter()
        texts.append(stand_alone(one.question, [one.topic, *one.history], parser))
        taken.append(1000 * (time.perf_counter() - began))
    return texts, taken


def _p95(taken: Sequence[float]) -> float:
    return statistics.quantiles(taken, n=20)[-1]


def _ranking(answers: Sequence[str], embedder: Embedder, folder: Path) -> Rank:
    lexical.write(folder, enumerate(map(_passage, answers)))
    by_words, vectors = lexical.Lexical(folder), embedder.encode(answers)

    def rank(texts: Sequence[str]) -> list[list[int]]:
        rankings = []
        for text, vector in zip(texts, embedder.encode(texts), strict=True):
            query = Query(question=text, text=text)
            words = [key for key, _ in by_words.search(query, limit=LIMIT)]
            meaning = np.argsort(-(vectors @ vector), kind="stable")[:LIMIT].tolist()
            rankings.append([key for key, _ in fuse([words, meaning], weights=WEIGHTS, k=K)])
        return rankings

    return rank


def _passage(text: str) -> Passage:
    article = Article(path="answers.txt", title="", text=text)
    return Passage(article=article, ordinal=0, start=0, end=len(text))


if __name__ == "__main__":
    main()
