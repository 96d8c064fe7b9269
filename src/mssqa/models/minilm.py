"""The six layers of MiniLM in plain torch, which the embedder and the reader share.

Importing sentence-transformers takes longer than answering a question; this needs torch alone.
The residual stream, attention and pooling stay in float32; only the products with the weights
take the chosen precision. See docs/decisions/embedding.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import numpy as np
import torch
from numpy.typing import NDArray
from safetensors.torch import load_file
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - its name everywhere
from torch.nn.utils.rnn import pad_sequence

from mssqa.ports import Vectors

DIMENSIONS = 384
HEADS = 12
LAYERS = 6
EPSILON = 1e-12  # of every layer norm

Affine = tuple[Tensor, Tensor]  # weight, bias


@dataclass(frozen=True, slots=True)
class Layer:
    """One block of the transformer."""

    attend: Affine  # query, key and value, stacked
    attended: Affine
    attention_norm: Affine
    widen: Affine
    narrow: Affine
    norm: Affine

    def __call__(self, x: Tensor, mask: Tensor) -> Tensor:
        """The block applied to (texts, tokens, dimensions); the mask is False at padding."""
        heads = _product(x, self.attend).float().view(*x.shape[:2], 3, HEADS, -1)
        query, key, value = heads.permute(2, 0, 3, 1, 4)
        attention = F.scaled_dot_product_attention(query, key, value, attn_mask=mask)
        x = _norm(
            x + _product(attention.transpose(1, 2).flatten(2), self.attended), self.attention_norm
        )
        return _norm(x + _product(F.gelu(_product(x, self.widen)), self.narrow), self.norm)


@dataclass(frozen=True, slots=True)
class Encoder:
    """Token ids in, one vector for each token out. Safe to call from any thread."""

    tokens: Tensor  # (vocabulary, dimensions)
    positions: Tensor  # (longest input, dimensions)
    segments: Tensor  # (2, dimensions)
    norm: Affine
    layers: tuple[Layer, ...]

    @classmethod
    def of(cls, weights: Mapping[str, Tensor], precision: torch.dtype) -> Self:
        """The encoder of BERT's weights by name, its products taken in the precision."""
        return cls(
            tokens=weights["embeddings.word_embeddings.weight"].float(),
            positions=weights["embeddings.position_embeddings.weight"].float(),
            segments=weights["embeddings.token_type_embeddings.weight"].float(),
            norm=_affine(weights, "embeddings.LayerNorm"),
            layers=tuple(
                _layer(weights, f"encoder.layer.{number}.", precision) for number in range(LAYERS)
            ),
        )

    def __call__(self, ids: Tensor, segments: Tensor, real: Tensor) -> Tensor:
        """Shape (texts, tokens, dimensions) from three of (texts, tokens); `real` is no padding."""
        x = F.embedding(ids, self.tokens) + F.embedding(segments, self.segments)
        x = _norm(x + self.positions[: ids.shape[1]], self.norm)
        for layer in self.layers:
            x = layer(x, real[:, None, None, :])
        return x


@dataclass(frozen=True, slots=True)
class MeanOfTokens:
    """The embedder's network: rows of token ids in, unit-length vectors out."""

    encoder: Encoder

    @classmethod
    def read(cls, path: Path, precision: torch.dtype) -> Self:
        """The network of a `model.safetensors`."""
        return cls(Encoder.of(load_file(path), precision))

    @torch.inference_mode()
    def __call__(self, rows: Sequence[Sequence[int]]) -> Vectors:
        """The mean over each row's tokens, of length 1: shape (rows, dimensions)."""
        ids, real = padded(rows)
        x = self.encoder(ids, torch.zeros_like(ids), real)  # all text is segment 0
        return F.normalize((x * real[..., None]).sum(1), dim=1).numpy()


@dataclass(frozen=True, slots=True)
class StartsAndEnds:
    """The reader's network: how well an answer would start and end at each token."""

    encoder: Encoder
    head: Affine

    @classmethod
    def read(cls, path: Path, precision: torch.dtype) -> Self:
        """The network of a `model.safetensors` of transformers' BertForQuestionAnswering."""
        weights = load_file(path)
        named = {name.removeprefix("bert."): weight for name, weight in weights.items()}
        return cls(Encoder.of(named, precision), _affine(named, "qa_outputs"))

    @torch.inference_mode()
    def __call__(
        self, rows: Sequence[Sequence[int]], segments: Sequence[Sequence[int]]
    ) -> NDArray[np.float32]:
        """Logits of shape (rows, tokens, 2)."""
        ids, real = padded(rows)
        scores: NDArray[np.float32] = F.linear(
            self.encoder(ids, padded(segments)[0], real), *self.head
        ).numpy()
        return scores


def padded(rows: Sequence[Sequence[int]]) -> tuple[Tensor, Tensor]:
    """The rows with zeros behind, and where they have none: both (rows, longest).

    >>> padded([[7, 8], [9]])[0].tolist()
    [[7, 8], [9, 0]]
    """
    lengths = torch.tensor([len(row) for row in rows])
    ids = pad_sequence([torch.tensor(row) for row in rows], batch_first=True)
    return ids, torch.arange(ids.shape[1]) < lengths[:, None]


def _norm(x: Tensor, affine: Affine) -> Tensor:
    return F.layer_norm(x, (DIMENSIONS,), *affine, EPSILON)


def _product(x: Tensor, affine: Affine) -> Tensor:
    return F.linear(x.to(affine[0].dtype), *affine)


def _layer(weights: Mapping[str, Tensor], name: str, precision: torch.dtype) -> Layer:
    inputs = [
        _affine(weights, f"{name}attention.self.{part}") for part in ("query", "key", "value")
    ]
    stacked = torch.cat([weight for weight, _ in inputs]), torch.cat([bias for _, bias in inputs])
    return Layer(
        attend=_cast(stacked, precision),
        attended=_cast(_affine(weights, f"{name}attention.output.dense"), precision),
        attention_norm=_affine(weights, f"{name}attention.output.LayerNorm"),
        widen=_cast(_affine(weights, f"{name}intermediate.dense"), precision),
        narrow=_cast(_affine(weights, f"{name}output.dense"), precision),
        norm=_affine(weights, f"{name}output.LayerNorm"),
    )


def _affine(weights: Mapping[str, Tensor], name: str) -> Affine:
    return weights[f"{name}.weight"].float(), weights[f"{name}.bias"].float()


def _cast(affine: Affine, precision: torch.dtype) -> Affine:
    return affine[0].to(precision), affine[1].to(precision)
