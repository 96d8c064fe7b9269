"""Which misspelt words are put right after the articles."""

from collections.abc import Sequence

import pytest
from doubles import FakeEmbedder, MemoryStore

from mssqa.ask.spelling import nearest, put_right
from mssqa.types import Article

TALK = Article(
    path="a.md",
    title="Ferry",
    text="The second ferry of the harbour police sailed to Port Calder; Gambia protested.",
)


class KnowsNoWords(FakeEmbedder):
    """Every word but the given ones has two tokens."""

    def __init__(self, *known: str) -> None:
        super().__init__()
        self.known = known

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        return [1 if text in self.known else 2 for text in texts]


@pytest.mark.parametrize(
    ("typed", "right"),
    [
        ("when did the seconnd ferry sail", "when did the second ferry sail"),
        ("wen did the harborr polise sail", "when did the harbour police sail"),
        ("who is gambiaa", "who is gambia"),
        ("who is Gambiaa", "who is Gambiaa"),
        ("what does zambia say", "what does zambia say"),
        ("fer", "fer"),
        ("", ""),
    ],
)
def test_a_word_in_small_letters_is_put_right(typed: str, right: str) -> None:
    assert put_right(typed, MemoryStore([TALK]), KnowsNoWords("sail")) == right


def test_a_word_that_the_embedder_knows_is_left_alone() -> None:
    text = "who is gambiaa"
    assert put_right(text, MemoryStore([TALK]), KnowsNoWords("gambiaa")) == text


@pytest.mark.parametrize(
    ("word", "others", "best"),
    [
        ("secnd", ["second", "seconds"], "second"),
        ("polise", ["polite", "police", "police", "police"], "police"),
        ("marin", ["marina", "marine"], "marin"),
        ("childen", ["children"], "children"),
        ("zambia", ["gambia"], "zambia"),
        ("signatories", ["signatures"], "signatories"),
        ("raodmap", ["roadmap"], "roadmap"),
        ("griot", ["riot"], "griot"),
        ("mony", [], "mony"),
    ],
)
def test_the_nearest_word_must_be_clearly_nearest(word: str, others: list[str], best: str) -> None:
    assert nearest(word, others) == best
