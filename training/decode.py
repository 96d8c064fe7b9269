"""A model's answer to an example, read by the very code that reads for the product."""

from pathlib import Path
from typing import NamedTuple

import torch
from tokenizers import Tokenizer

from mssqa.models.minilm import StartsAndEnds
from mssqa.models.reader import UNKNOWN, SpanReader
from mssqa.types import Span
from training.examples import Example

NOTHING = -30.0  # the margin where a passage has no token


class Reading(NamedTuple):
    """What the reader takes from a passage."""

    span: Span  # characters of the passage
    margin: float  # logits of the span less those of "it does not say"


class Reader:
    """A span reader of a model folder, in bfloat16."""

    def __init__(self, folder: Path, *, threads: int = 2) -> None:
        network = StartsAndEnds.read(folder / "model.safetensors", torch.bfloat16)
        tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
        self._reader = SpanReader(tokenizer, network, UNKNOWN, threads=threads)

    def read(self, one: Example) -> Reading:
        """The best reading of its passage, under its headline."""
        over = [one.headline] if one.headline else []
        (found,) = self._reader.read(one.question[:300], [one.passage], headlines=over)
        best = max(found, key=lambda each: each.margin, default=None)
        return Reading(best.span, best.margin) if best else Reading(Span(0, 0), NOTHING)
