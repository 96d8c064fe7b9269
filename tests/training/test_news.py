"""Stories of our own: read, asked article by article, and made into training examples."""

from pathlib import Path

import pytest

from mssqa.types import Span
from training.news import MET, Story, examples, recipe, rounds, split, stories

BRIDGE = """
=== story: bridge
--- article
title: Bridge to reopen in May
published: 2024-03-12
publisher: Harbour Post

The bridge reopens in May, the mayor said.

Repairs cost
4 million.
--- article
title: Bridge late
published: 2024-04-20
publisher: Quay Times

The opening was put off until June because of rain.
--- article
title: Rain goes on
published: 2024-04-21
publisher: Quay Times

Nothing opens in May, a clerk said.
--- questions
Q: When can cars cross again?
P: end of bridge closure
P: From what month on will the bridge be open?
A1: reopens in [May], the mayor
A2: put off until [June] because
Q: What did the tunnel cost?
N: other
"""


def told(tmp_path: Path, text: str = BRIDGE) -> tuple[Story, ...]:
    file = tmp_path / "news.txt"
    file.write_text(text, "utf-8")
    return stories(file)


def test_a_story_has_its_articles_and_what_each_of_them_answers(tmp_path: Path) -> None:
    (story,) = told(tmp_path)
    assert story.name == "bridge"
    assert story.articles[0].text == (
        "The bridge reopens in May, the mayor said.\n\nRepairs cost 4 million."
    )
    assert story.articles[1].headline() == "Bridge late (20 April 2024)"
    assert story.articles[1].headline(dated=False) == "Bridge late"
    when, cost = story.questions
    assert when.others == ("end of bridge closure", "From what month on will the bridge be open?")
    assert when.answers == {0: (Span(22, 25),), 1: (Span(30, 34),)}
    assert (cost.answers, cost.near_miss) == ({}, "other")


@pytest.mark.parametrize(
    ("right", "wrong", "why"),
    [
        ("reopens in [May], the", "opens at [May], the", "0 times"),
        ("reopens in [May], the", "reopens in May, the", "no \\[mark\\]"),
        ("N: other", "N: strange", "wants answers"),
        ("N: other", "", "wants answers"),
        ("A2: put", "A7: put", "no answer"),
        ("publisher: Quay Times", "paper: Quay Times", "an article with"),
    ],
)
def test_what_is_written_wrongly_is_named(tmp_path: Path, right: str, wrong: str, why: str) -> None:
    with pytest.raises(ValueError, match=f"bridge.*{why}"):
        told(tmp_path, BRIDGE.replace(right, wrong, 1))


def test_a_question_meets_each_article_but_one_that_has_the_answers_words(tmp_path: Path) -> None:
    met = examples(told(tmp_path))
    assert [(one.headline[:8], one.answer_texts, one.kind) for one in met] == [
        ("Bridge t", ("May",), "given"),
        ("Bridge l", ("June",), "given"),
        ("Bridge t", (), "other"),
        ("Bridge l", (), "other"),
        ("Rain goe", (), "other"),
    ]


def test_a_recipe_has_each_question_once_with_what_it_meets(tmp_path: Path) -> None:
    story = told(tmp_path)
    made = list(recipe(story, seed=3))
    assert made == list(recipe(story, seed=3))
    assert [(one.asking, one.kind) for one in made] == [
        ("bridge 0 3", "given"),
        ("bridge 0 3", "given"),
        ("bridge 1 3", "other"),
        ("bridge 1 3", "other"),
        ("bridge 1 3", "other"),
    ]
    assert all(one.passage[span.start : span.end] for one in made for span in one.answers)


SAGA = BRIDGE.replace(
    "--- questions",
    "".join(
        f"--- article\ntitle: {day} May\npublished: 2024-05-{day}\npublisher: Bay News\n\nRain.\n"
        for day in range(10, 16)
    )
    + "--- questions",
)


def test_of_many_articles_a_question_meets_a_few_and_one_that_answers(tmp_path: Path) -> None:
    story = told(tmp_path, SAGA)
    for seed in range(20):
        made = list(recipe(story, seed=seed))
        when, cost = ([m for m in made if m.asking == f"bridge {n} {seed}"] for n in (0, 1))
        assert len(when) == len(cost) == MET
        assert any(one.answers for one in when)


def test_stories_of_many_articles_may_be_gone_through_more_often(tmp_path: Path) -> None:
    few, many = told(tmp_path), told(tmp_path, SAGA.replace("bridge", "saga"))
    askings = {one.asking for one in rounds((*few, *many), (1, 2), seed=5)}
    assert askings == {"bridge 0 5", "bridge 1 5", "saga 0 5", "saga 1 5", "saga 0 6", "saga 1 6"}


def test_the_stories_of_the_project_are_whole_and_one_in_five_is_held_out() -> None:
    to_train, held_out = split()
    names = [story.name for story in (*to_train, *held_out)]
    assert len(names) == len(set(names)) > 150
    assert 0.1 < len(held_out) / len(names) < 0.3
    assert all(len(story.articles) >= 2 for story in (*to_train, *held_out))
