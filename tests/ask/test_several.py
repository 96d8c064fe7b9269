"""Which questions take several sentences to answer; none of these is one that was fitted on."""

import pytest

from mssqa.ask.several import BEGIN, END, FIGURE, Weights, asks_for_several, chance, runs


@pytest.mark.parametrize(
    "question",
    [
        "What did the senators fear, and what did they want instead?",
        "40 or 55 wounded: whose count is which?",
        "Do the ministry and the union agree on how many jobs are lost?",
        "How did the price of rice move between spring and autumn?",
        "Who has led the mission since it began, and why did each of them go?",
        "Trace the way of the bill through both houses.",
    ],
)
def test_several_sentences_are_gathered(question: str) -> None:
    assert asks_for_several(question)


@pytest.mark.parametrize(
    "question",
    [
        "Who signed the agreement in Geneva?",
        "How many police officers arrived in June?",
        "Why did the court stop the deployment?",
        "port reopening date",
        "Did the president meet the opposition?",
        "Qui commande la force ?",
        "",
    ],
)
def test_one_sentence_is_enough(question: str) -> None:
    assert not asks_for_several(question)


def test_runs_are_folded_words_and_marks_with_figures_alike() -> None:
    assert runs("Élu 1,000?") == runs("elu 12 ?")
    assert {"elu", FIGURE, f"{BEGIN} elu {FIGURE}", f"? {END}"} <= runs("Élu 1,000?")


def test_a_run_counts_once() -> None:
    known = Weights(bias=-1.0, runs={"why": 1.0})
    assert chance("Why, why?", known) == chance("Why?", known) == 0.5
