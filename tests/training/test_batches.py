import math
from dataclasses import replace
from types import SimpleNamespace

import pytest
import torch
from tokenizers import Tokenizer, models, pre_tokenizers, processors
from torch import nn

from mssqa.types import Span
from training.batches import Batch, collate, encode, plan, together
from training.examples import Example
from training.loop import learning_rate, loss_of

WORDS = ["[PAD]", "[CLS]", "[SEP]", "[UNK]", "who", "came", "ann", "left", "late"]


def word_tokenizer(*, longest: int = 7) -> Tokenizer:
    tokenizer = Tokenizer(
        models.WordLevel({word: n for n, word in enumerate(WORDS)}, unk_token="[UNK]")
    )
    tokenizer.pre_tokenizer = pre_tokenizers.Whitespace()
    tokenizer.post_processor = processors.TemplateProcessing(
        single="[CLS] $A [SEP]",
        pair="[CLS] $A [SEP] $B:1 [SEP]:1",
        special_tokens=[("[CLS]", 1), ("[SEP]", 2)],
    )
    tokenizer.enable_truncation(longest, strategy="only_second")
    return tokenizer


def example(passage: str, *answers: Span) -> Example:
    return Example(source="s", title="t", question="who came", passage=passage, answers=answers)


def test_marks_become_tokens_of_the_pair() -> None:
    (pair,) = encode([example("late ann", Span(5, 8))], word_tokenizer())
    assert pair.ids.tolist() == [1, 4, 5, 2, 8, 6, 2]
    assert pair.passage_at == 4
    assert pair.marks == ((5, 5),)


def test_a_headline_is_read_and_holds_no_answer() -> None:
    under = replace(example("late ann", Span(5, 8)), headline="ann")
    (pair,) = encode([under], word_tokenizer(longest=8))
    assert pair.ids.tolist() == [1, 4, 5, 2, 6, 8, 6, 2]
    assert pair.marks == ((6, 6),)
    batch = collate([pair])
    assert batch.segments.tolist() == [[0, 0, 0, 0, 1, 1, 1, 1]]
    assert batch.allowed.nonzero()[:, 1].tolist() == [0, 5, 6]


def test_no_answer_is_marked_at_position_0() -> None:
    (pair,) = encode([example("late ann")], word_tokenizer())
    assert pair.marks == ((0, 0),)


def test_a_pair_whose_answer_was_cut_off_is_left_out() -> None:
    assert encode([example("late late late ann", Span(15, 18))], word_tokenizer()) == ()


def test_answers_are_allowed_in_the_passage_and_at_position_0_only() -> None:
    pairs = encode([example("late ann", Span(5, 8)), example("late")], word_tokenizer())
    batch = collate(pairs)
    assert batch.allowed.tolist() == [
        [True, False, False, False, True, True, False],
        [True, False, False, False, True, False, False],
    ]
    assert batch.weights.sum(1).tolist() == [1.0, 1.0]


def test_a_plan_holds_every_index_once_within_the_tokens() -> None:
    lengths = [5 + n % 40 for n in range(500)]
    groups = [(n, n + 1) for n in range(0, 500, 2)]
    batches = plan(groups, lengths, tokens=200, seed=4)
    assert sorted(n for batch in batches for n in batch) == list(range(500))
    assert max(max(lengths[n] for n in batch) * len(batch) for batch in batches) <= 200
    assert all((n in batch) == (n + 1 in batch) for n in range(0, 500, 2) for batch in batches)


def test_the_learning_rate_ends_near_0() -> None:
    rates = [learning_rate(n, 100, peak=1e-4, warm_up=0.05) for n in range(100)]
    assert max(rates) == 1e-4
    assert rates[-1] < 2e-6


class Answering(nn.Module):
    """Gives every pair the same scores for starts and ends."""

    def __init__(self, scores: list[float]) -> None:
        super().__init__()
        self.scores = torch.tensor([scores])

    def forward(self, **_: torch.Tensor) -> SimpleNamespace:
        return SimpleNamespace(start_logits=self.scores, end_logits=self.scores)


def test_the_margin_adds_to_the_loss_what_it_misses() -> None:
    (pair,) = encode([example("late ann", Span(5, 8))], word_tokenizer())
    batch = collate([pair])
    sure, unsure = Answering([0, 0, 0, 0, 0, 9.0, 0]), Answering([9.0, 0, 0, 0, 0, 0, 0])

    def added(model: nn.Module) -> float:
        return float(loss_of(model, batch, margin_weight=1.0) - loss_of(model, batch))

    assert added(sure) == pytest.approx(0.0001, abs=1e-4)
    assert added(unsure) == pytest.approx(9.0, abs=1e-3)  # margin -18, halved


def test_the_passages_of_one_asking_stay_together() -> None:
    asked = [replace(example("late ann", Span(5, 8)), asking=asking) for asking in "aab"]
    pairs = encode([*asked, example("late"), example("late")], word_tokenizer())
    assert together(pairs) == ((0, 1), (2,), (3,), (4,))
    assert collate(pairs).askings.tolist() == [0, 0, 1, 2, 3]


def test_a_look_alike_in_another_passage_of_the_question_costs() -> None:
    met = [replace(example("late ann", *spans), asking="a") for spans in ([Span(5, 8)], [])]
    beside, apart = (
        collate(encode(met, word_tokenizer())),
        collate(encode([replace(one, asking="") for one in met], word_tokenizer())),
    )
    alike = Answering([0, 0, 0, 0, 0, 4.0, 0])  # the same score for "ann" in both

    def added(batch: Batch) -> float:
        return float(loss_of(alike, batch, together_weight=1.0) - loss_of(alike, batch))

    one = math.exp(4)
    assert added(beside) == pytest.approx(math.log(2 * one + 4) - 4, abs=0.02)
    assert added(apart) == pytest.approx((math.log(one + 2) - 4 + math.log(one + 2)) / 2, abs=0.02)
