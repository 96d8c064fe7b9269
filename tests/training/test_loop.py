from dataclasses import replace
from pathlib import Path
from typing import SupportsIndex

import numpy as np
import pytest
import torch
from safetensors.torch import load_file
from transformers import BertConfig, BertForQuestionAnswering

from training.batches import Pair
from training.loop import Plan, train


class StoppedAfter(tuple[Pair, ...]):
    """Pairs of which only so many can be taken, as if the machine went down then."""

    __slots__ = ()
    taken = 0

    def __getitem__(self, place: SupportsIndex | slice) -> Pair:  # type: ignore[override]
        StoppedAfter.taken += 1
        if StoppedAfter.taken > 20:
            raise KeyboardInterrupt
        return tuple(self)[place]  # type: ignore[return-value]


def pairs() -> tuple[Pair, ...]:
    ids = [np.arange(1, 9, dtype=np.int32) + n % 5 for n in range(48)]
    return tuple(
        Pair(ids=row, second_at=3, passage_at=3, marks=((4, 5),) if n % 2 else ((0, 0),))
        for n, row in enumerate(ids)
    )


@pytest.fixture
def plan(tmp_path: Path) -> Plan:
    torch.manual_seed(0)
    small = BertConfig(
        vocab_size=20,
        hidden_size=8,
        num_hidden_layers=1,
        num_attention_heads=2,
        intermediate_size=8,
        max_position_embeddings=16,
    )
    BertForQuestionAnswering(small).save_pretrained(tmp_path / "start")
    return Plan(
        start=tmp_path / "start",
        folder=tmp_path / "whole",
        tokens=48,
        workers=1,
        save_every=2,
        peak=1e-2,
    )


@pytest.mark.filterwarnings("ignore::DeprecationWarning")
def test_an_interrupted_run_ends_as_one_that_was_not(plan: Plan) -> None:
    train(pairs(), plan)
    stopped = replace(plan, folder=plan.folder.with_name("stopped"))
    with pytest.raises(KeyboardInterrupt):
        train(StoppedAfter(pairs()), stopped)
    assert (stopped.folder / "state.safetensors").exists()
    train(pairs(), stopped)
    whole = load_file(plan.folder / "model" / "model.safetensors")
    resumed = load_file(stopped.folder / "model" / "model.safetensors")
    assert all(torch.equal(whole[name], resumed[name]) for name in whole)
