"""Cutting pairs into windows, and reading spans out of scores; no weights."""

from functools import cache
from itertools import pairwise

import numpy as np
from hypothesis import given
from hypothesis import strategies as st
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer, models, pre_tokenizers, processors

from mssqa.models.windows import (
    HEADLINE_TOKENS,
    LONGEST,
    MAX_TOKENS,
    OVERLAP,
    QUESTION_TOKENS,
    SPANS,
    Found,
    Window,
    best_spans,
    found,
    windows,
)
from mssqa.types import Span


@cache
def tokenizer() -> Tokenizer:
    """Words are tokens; each is token 2, but [CLS] is 0 and [SEP] is 1."""
    made = Tokenizer(models.WordLevel({"[CLS]": 0, "[SEP]": 1, "word": 2}, unk_token="word"))
    made.pre_tokenizer = pre_tokenizers.Whitespace()
    made.post_processor = processors.BertProcessing(("[SEP]", 1), ("[CLS]", 0))
    return made


def pair(question: str, passage: str) -> Encoding:
    return tokenizer().encode(question, passage)


def test_a_short_pair_is_one_window() -> None:
    assert list(windows(pair("Who sailed ?", "Ola did"), passage=3)) == [
        Window(
            passage=3,
            ids=(0, 2, 2, 2, 1, 2, 2, 1),
            segments=(0, 0, 0, 0, 0, 1, 1, 1),
            begins=5,
            offsets=(Span(0, 3), Span(4, 7)),
        )
    ]


def test_of_a_long_question_the_end_is_kept() -> None:
    (window,) = windows(pair("once " * 400 + "who ?", "Ola"), passage=0)
    assert len(window.ids) == 1 + QUESTION_TOKENS + 1 + 1 + 1
    assert window.offsets == (Span(0, 3),)


@given(asked=st.integers(0, 600), said=st.integers(0, 1500))
def test_windows_cover_every_token_of_the_passage_and_overlap(asked: int, said: int) -> None:
    pieces = list(windows(pair("w " * asked, "w " * said), passage=0))
    assert all(len(piece.ids) <= MAX_TOKENS for piece in pieces)
    assert {span for piece in pieces for span in piece.offsets} == {
        Span(2 * n, 2 * n + 1) for n in range(said)
    }
    for piece, following in pairwise(pieces):
        assert len(set(piece.offsets) & set(following.offsets)) == OVERLAP


def test_a_margin_is_the_score_of_the_span_less_that_of_saying_nothing() -> None:
    (window,) = windows(pair("Who ?", "Ola did"), passage=0)
    scores = np.zeros((len(window.ids), 2), dtype=np.float32)
    scores[0] = 1, 2  # it does not say
    scores[4] = 5, 6  # "Ola"
    scores[5] = 0, 4  # "did"
    assert found(window, scores) == [Found(Span(0, 3), 8.0), Found(Span(4, 7), 1.0)]


def test_a_headline_stands_over_every_window_and_holds_no_answer() -> None:
    headline = "Two ports\n"
    pieces = list(windows(pair("Who ?", headline + "w " * 500), passage=0, headline=len(headline)))
    assert [piece.begins for piece in pieces] == [6, 6]  # [CLS] Who ? [SEP] Two ports
    assert all(len(piece.ids) == MAX_TOKENS for piece in pieces[:1])
    assert pieces[0].offsets[:2] == (Span(0, 1), Span(2, 3))
    assert pieces[-1].offsets[-1] == Span(998, 999)


def test_of_a_long_headline_the_beginning_is_kept() -> None:
    headline = "word " * 100 + "\n"
    (window,) = windows(pair("Who ?", headline + "Ola"), passage=0, headline=len(headline))
    assert len(window.ids) == 1 + 2 + 1 + HEADLINE_TOKENS + 1 + 1
    assert window.offsets == (Span(0, 3),)


def test_an_empty_passage_says_nothing() -> None:
    (window,) = windows(pair("Who ?", ""), passage=0)
    assert found(window, np.zeros((len(window.ids), 2), dtype=np.float32)) == []


@given(seed=st.integers(0, 1000), tokens=st.integers(1, 80))
def test_spans_are_those_of_the_plain_search(seed: int, tokens: int) -> None:
    scores = np.random.default_rng(seed).normal(size=(tokens, 2)).astype(np.float32)
    assert [span[:2] for span in best_spans(scores)] == plain(scores)


def plain(scores: NDArray[np.float32]) -> list[tuple[int, int]]:
    every = [
        (scores[first, 0] + scores[last, 1], first, last)
        for first in range(len(scores))
        for last in range(first, min(len(scores), first + LONGEST))
    ]
    kept: list[tuple[int, int]] = []
    for _, first, last in sorted(every, reverse=True):
        if all(last < a or b < first for a, b in kept):
            kept.append((first, last))
    return kept[:SPANS]
