"""Suggested questions over a real index and the real parser: only what is answered."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date
from pathlib import Path

import pytest
from doubles import FakeEmbedder, fake_models
from small_corpus import config_in, page, write_files

from mssqa.apps.feedback import Feedback
from mssqa.apps.web.asking.asking import Asking
from mssqa.apps.web.asking.exchange import Exchange
from mssqa.apps.web.asking.suggestions import Suggestions
from mssqa.apps.web.opening import Opening
from mssqa.build import build_index
from mssqa.config import Config
from mssqa.models import load_parser
from mssqa.qa import QA

FILES = {
    "ferries.md": page(
        "Ferries",
        "Forty ferries sail from Calder each day, the harbour office said.\n\n"
        "Ninety sailors were hired for the summer season in Calder.",
        published="2025-03-03",
    ),
    "mayor.md": page("Mayor", "Maria Ortiz, the mayor of Calder, opened the market hall."),
}


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    made = config_in(tmp_path_factory.mktemp("suggestions"), reader__min_support=0)
    write_files(made, FILES)
    build_index(made, embedder=FakeEmbedder())
    return made


@pytest.fixture(scope="module")
def suggestions(config: Config) -> Suggestions:
    return suggesting(config, lambda: True)


def suggesting(config: Config, is_quiet: Callable[[], bool]) -> Suggestions:
    models = replace(fake_models(), parser=load_parser())
    return Suggestions(config, models, is_quiet=is_quiet)


@pytest.mark.model
def test_examples_are_of_different_articles_the_newest_first(suggestions: Suggestions) -> None:
    first, second, *_ = suggestions.examples()
    assert first == "How many ferries sail from Calder each day?"
    assert second == "Who is Maria Ortiz?"


@pytest.mark.model
def test_a_follow_up_is_neither_of_the_quote_nor_asked_before(
    suggestions: Suggestions, config: Config
) -> None:
    question = "How many ferries sail from Calder each day?"
    answer = QA(config, replace(fake_models(), parser=load_parser())).ask(question)
    exchange = Exchange.of(answer, asked=date(2025, 3, 10))
    hired = "How many sailors were hired for the summer season in Calder?"
    assert hired in suggestions.follow_ups(exchange, asked=[question])
    assert hired not in suggestions.follow_ups(exchange, asked=[question, hired])
    assert question not in suggestions.follow_ups(exchange, asked=[])


@pytest.mark.model
def test_while_somebody_asks_nothing_is_tried_and_that_is_not_remembered(config: Config) -> None:
    quiet = [False]
    made = suggesting(config, lambda: quiet[0])
    assert made.examples() == ()
    quiet[0] = True
    assert len(made.examples()) > 1


def test_without_models_nothing_is_suggested(config: Config, tmp_path: Path) -> None:
    asking = Asking(Opening(lambda: QA(config, fake_models())), Feedback(tmp_path))
    assert asking.examples() == ()
    assert asking.follow_ups([]) == ()
