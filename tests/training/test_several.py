"""Fitting which questions take several sentences."""

from pathlib import Path

from training.news import stories
from training.several import Labelled, fit, labelled, measured

BRIDGE = """=== story: bridge
--- article
title: Bridge to reopen in May
published: 2024-03-12
publisher: Harbour Post

The bridge reopens in May, the mayor said. Repairs cost 4 million.
--- article
title: Bridge late
published: 2024-04-20
publisher: Quay Times

The opening was put off until June because of rain.
--- questions
Q: What does it cost, and when does it open?
P: price and opening?
A1: reopens in [May], the mayor
A1: cost [4 million]
Q: When does it open?
A1: reopens in [May], the mayor
Q: When will cars cross?
A1: reopens in [May], the mayor
A2: put off until [June] because
Q: Who paid, and why?
N: missing
"""


def test_a_question_with_several_marks_in_an_article_takes_several_sentences(
    tmp_path: Path,
) -> None:
    file = tmp_path / "news.txt"
    file.write_text(BRIDGE, "utf-8")
    found = {one.question: one.several for one in labelled(stories(file))}
    assert found == {
        "What does it cost, and when does it open?": True,
        "price and opening?": True,
        "When does it open?": False,
    }


def test_what_several_questions_share_gets_weight() -> None:
    asked = [
        Labelled(
            question=f"{'What and how' if several else 'What'} did {name} pay?", several=several
        )
        for name in ("Ann", "Bob", "Cem", "Dag", "Eve", "Fay")
        for several in (True, False)
    ]
    known = fit(asked, least=2)
    strongest = max(known.runs, key=lambda run: known.runs[run])
    assert {"and", "how"} & set(strongest.split())
    assert measured(asked, known) == {
        "questions": 12, "several": 6, "ranking": 1.0, "precision": 1.0, "recall": 1.0,
    }  # fmt: skip
