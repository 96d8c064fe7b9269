"""Examples as token ids, and batches of like length that hold about so many tokens."""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import groupby
from pathlib import Path

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Encoding, Tokenizer

from training.examples import Example

Ids = NDArray[np.int32]
MARKS = 6  # answers kept for an example
POOL = 40  # batches whose examples are sorted by length together


@dataclass(frozen=True, slots=True, kw_only=True)
class Pair:
    """A question and a passage as the model reads them; position 0 means "it does not say"."""

    ids: Ids  # [CLS] question [SEP] headline passage [SEP]
    second_at: int  # position of the first token behind the question
    passage_at: int  # position of the passage's first token
    marks: tuple[tuple[int, int], ...]  # first and last token of each marked answer
    asking: str = ""  # pairs in a row that share it are weighed against each other


@dataclass(frozen=True, slots=True, kw_only=True)
class Batch:
    """Padded pairs: rows are pairs, columns tokens or marks."""

    ids: torch.Tensor
    segments: torch.Tensor  # 0 question, 1 passage
    attended: torch.Tensor  # 1 where a token stands
    allowed: torch.Tensor  # where an answer may start or end: the passage and position 0
    starts: torch.Tensor
    ends: torch.Tensor
    weights: torch.Tensor  # of the marks; a row sums to 1
    askings: torch.Tensor  # for each row, the place of its question among those of the batch


def load_tokenizer(folder: Path, *, max_tokens: int) -> Tokenizer:
    """The tokenizer of a model folder; it cuts the passage, never the question, without padding."""
    tokenizer = Tokenizer.from_file(str(folder / "tokenizer.json"))
    tokenizer.no_padding()
    tokenizer.enable_truncation(max_tokens, strategy="only_second")
    return tokenizer


def encode(examples: Sequence[Example], tokenizer: Tokenizer) -> tuple[Pair, ...]:
    """A pair for each example, in order, without those whose every answer was cut off."""
    found: list[Pair] = []
    for start in range(0, len(examples), 1000):
        some = examples[start : start + 1000]
        encodings = tokenizer.encode_batch(
            [(e.question[:300], _under(e) + e.passage) for e in some]
        )
        pairs = (_pair(e, encoding) for e, encoding in zip(some, encodings, strict=True))
        found += [pair for pair in pairs if pair.marks]
    return tuple(found)


def _under(example: Example) -> str:
    """What stands over the passage, with its line break."""
    return f"{example.headline}\n" if example.headline else ""


def _pair(example: Example, encoding: Encoding) -> Pair:
    shift = len(_under(example))
    marks = [_tokens(encoding, shift + start, shift + end) for start, end in example.answers]
    inside = tuple(mark for mark in marks[:MARKS] if mark[0] > 0)
    second = encoding.type_ids.index(1) if 1 in encoding.type_ids else len(encoding.ids)
    over = sum(start < shift for start, _ in encoding.offsets[second:-1])
    return Pair(
        ids=np.asarray(encoding.ids, dtype=np.int32),
        second_at=second,
        passage_at=second + over,
        marks=inside if example.answers else ((0, 0),),
        asking=example.asking,
    )


def _tokens(encoding: Encoding, start: int, end: int) -> tuple[int, int]:
    """First and last token of a stretch of the passage; (0, 0) where it was cut off."""
    first = encoding.char_to_token(start, sequence_index=1)
    last = encoding.char_to_token(end - 1, sequence_index=1)
    return (0, 0) if first is None or last is None else (first, last)


def together(pairs: Sequence[Pair]) -> tuple[tuple[int, ...], ...]:
    """The places of the pairs that are weighed against each other; most stand alone."""
    runs = groupby(enumerate(pairs), key=lambda one: one[1].asking or one[0])
    return tuple(tuple(place for place, _ in run) for _, run in runs)


def plan(
    groups: Sequence[Sequence[int]], lengths: Sequence[int], *, tokens: int, seed: int
) -> tuple[tuple[int, ...], ...]:
    """The groups, each whole, in batches of like length, shuffled by `seed`.

    A batch is padded to at most `tokens`, unless one group alone has more.

    >>> plan([(0,), (1,), (2,), (3, 4)], lengths=[3, 9, 3, 9, 2], tokens=27, seed=1)
    ((0, 2), (3, 4, 1))
    """
    rng = random.Random(seed)
    order = list(groups)
    rng.shuffle(order)
    typical = max(1, tokens * len(order) // max(1, sum(lengths)))
    pool = POOL * typical
    batches: list[tuple[int, ...]] = []
    for start in range(0, len(order), pool):
        some = sorted(order[start : start + pool], key=lambda group: _longest(group, lengths))
        batches += _cut(some, lengths, tokens=tokens)
    rng.shuffle(batches)
    return tuple(batches)


def _longest(group: Sequence[int], lengths: Sequence[int]) -> int:
    return max(lengths[n] for n in group)


def _cut(
    groups: Sequence[Sequence[int]], lengths: Sequence[int], *, tokens: int
) -> list[tuple[int, ...]]:
    batches: list[tuple[int, ...]] = []
    batch: list[int] = []
    for group in groups:  # from short to long, so the newest has the longest
        if batch and _longest(group, lengths) * (len(batch) + len(group)) > tokens:
            batches.append(tuple(batch))
            batch = []
        batch += group
    return [*batches, tuple(batch)]


def collate(pairs: Sequence[Pair]) -> Batch:
    """The pairs padded to the longest."""
    width = max(len(pair.ids) for pair in pairs)
    shape = (len(pairs), width)
    ids, segments, attended, allowed = (torch.zeros(shape, dtype=torch.long) for _ in range(4))
    for row, pair in enumerate(pairs):
        length = len(pair.ids)
        ids[row, :length] = torch.from_numpy(pair.ids)
        segments[row, pair.second_at : length] = 1
        attended[row, :length] = 1
        allowed[row, pair.passage_at : length - 1] = 1  # without the closing [SEP]
    allowed[:, 0] = 1
    return Batch(
        ids=ids,
        segments=segments,
        attended=attended,
        allowed=allowed.bool(),
        askings=torch.tensor([n for n, rows in enumerate(together(pairs)) for _ in rows]),
        **_marks(pairs),
    )


def _marks(pairs: Sequence[Pair]) -> dict[str, torch.Tensor]:
    starts, ends = (torch.zeros((len(pairs), MARKS), dtype=torch.long) for _ in range(2))
    weights = torch.zeros((len(pairs), MARKS))
    for row, pair in enumerate(pairs):
        for column, (start, end) in enumerate(pair.marks):
            starts[row, column], ends[row, column] = start, end
            weights[row, column] = 1 / len(pair.marks)
    return {"starts": starts, "ends": ends, "weights": weights}
