"""A model's answers: passages in windows, the best span of each, and its lead over "no answer"."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np
import torch
from tokenizers import Encoding, Tokenizer
from torch import nn

from mssqa.types import Span
from training.batches import Pair, collate, load_tokenizer
from training.loop import load_model, logits

LONGEST = 30  # tokens of an answer


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What the reader takes from a passage."""

    span: Span  # characters of the passage
    margin: float  # logits of the span less those of "it does not say"
    score: float  # logits of the span


@dataclass(frozen=True, slots=True, kw_only=True)
class Windows:
    """How long passages are read."""

    max_tokens: int = 384
    stride: int = 96  # tokens shared by neighbouring windows
    batch_tokens: int = 8192


class Reader:
    """A span reader of a model folder."""

    def __init__(self, folder: Path, windows: Windows) -> None:
        self._windows = windows
        self._model: nn.Module = load_model(folder, dtype=torch.bfloat16)
        self._model.train(mode=False)
        self._tokenizer = load_tokenizer(folder, max_tokens=windows.max_tokens)
        self._tokenizer.enable_truncation(
            windows.max_tokens, stride=windows.stride, strategy="only_second"
        )

    def read(self, asked: Sequence[tuple[str, str]]) -> tuple[Reading, ...]:
        """The best reading of each (question, passage), in order."""
        owners, encodings = _windows(asked, self._tokenizer)
        found: dict[int, Reading] = {}
        for n, reading in self._read_windows(encodings):
            owner = owners[n]
            if owner not in found or reading.margin > found[owner].margin:
                found[owner] = reading
        return tuple(found[n] for n in range(len(asked)))

    @torch.inference_mode()
    def _read_windows(self, encodings: Sequence[Encoding]) -> Iterator[tuple[int, Reading]]:
        order = sorted(range(len(encodings)), key=lambda n: len(encodings[n].ids), reverse=True)
        while order:
            width = len(encodings[order[0]].ids)
            many = max(1, self._windows.batch_tokens // width)
            some, order = order[:many], order[many:]
            start, end = logits(self._model, collate([_bare(encodings[n]) for n in some]))
            spans, scores = best_spans(start, end)
            nulls = start[:, 0] + end[:, 0]
            for row, n in enumerate(some):
                first, last = spans[row].tolist()
                yield (
                    n,
                    Reading(
                        span=_characters(encodings[n], first, last),
                        margin=float(scores[row] - nulls[row]),
                        score=float(scores[row]),
                    ),
                )


def _windows(
    asked: Sequence[tuple[str, str]], tokenizer: Tokenizer
) -> tuple[list[int], list[Encoding]]:
    owners: list[int] = []
    encodings: list[Encoding] = []
    for n, encoding in enumerate(tokenizer.encode_batch([(q[:300], p) for q, p in asked])):
        parts = [encoding, *encoding.overflowing]
        owners += [n] * len(parts)
        encodings += parts
    return owners, encodings


def _bare(encoding: Encoding) -> Pair:
    return Pair(
        ids=np.asarray(encoding.ids, dtype=np.int32),
        passage_at=encoding.type_ids.index(1) if 1 in encoding.type_ids else len(encoding.ids),
        marks=((0, 0),),
    )


def best_spans(start: torch.Tensor, end: torch.Tensor) -> tuple[torch.Tensor, torch.Tensor]:
    """(first and last token, score) of the best span of each row; position 0 is none.

    >>> start, end = torch.tensor([[9.0, 1.0, 3.0]]), torch.tensor([[9.0, 4.0, 2.0]])
    >>> best_spans(start, end)
    (tensor([[1, 1]]), tensor([5.]))
    """
    width = start.shape[1]
    sums = start[:, :, None] + end[:, None, :]
    fitting = torch.ones(width, width, dtype=torch.bool).triu().tril(LONGEST - 1)
    fitting[0] = False
    scores, places = sums.masked_fill(~fitting, -torch.inf).flatten(1).max(1)
    return torch.stack([places // width, places % width], dim=1), scores


def _characters(encoding: Encoding, first: int, last: int) -> Span:
    return Span(encoding.offsets[first][0], encoding.offsets[last][1])
