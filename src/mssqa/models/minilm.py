"""all-MiniLM-L6-v2 in plain torch: what sentence-transformers computes, sooner and faster.

Importing sentence-transformers takes longer than answering a question; this needs torch alone.
The residual stream, attention and pooling stay in float32; only the products with the weights
take the chosen precision. See docs/decisions/embedding.md.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Self

import torch
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
class MiniLM:
    """The network: rows of token ids in, unit-length vectors out. Safe to call from any thread."""

    tokens: Tensor  # (vocabulary, dimensions)
    positions: Tensor  # (longest input, dimensions)
    norm: Affine
    layers: tuple[Layer, ...]

    @classmethod
    def read(cls, path: Path, precision: torch.dtype) -> Self:
        """The network of a `model.safetensors`, its products taken in the precision."""
        weights = load_file(path)
        segment = weights["embeddings.token_type_embeddings.weight"][0]  # all text is segment 0
        return cls(
            tokens=weights["embeddings.word_embeddings.weight"],
            positions=weights["embeddings.position_embeddings.weight"] + segment,
            norm=_affine(weights, "embeddings.LayerNorm"),
            layers=tuple(
                _layer(weights, f"encoder.layer.{number}.", precision) for number in range(LAYERS)
            ),
        )

    @torch.inference_mode()
    def __call__(self, rows: Sequence[Sequence[int]]) -> Vectors:
        """The mean over each row's tokens, of length 1: shape (rows, dimensions)."""
        lengths = torch.tensor([len(row) for row in rows])
        ids = pad_sequence([torch.tensor(row) for row in rows], batch_first=True)
        real = torch.arange(ids.shape[1]) < lengths[:, None]
        x = _norm(F.embedding(ids, self.tokens) + self.positions[: ids.shape[1]], self.norm)
        for layer in self.layers:
            x = layer(x, real[:, None, None, :])
        return F.normalize((x * real[..., None]).sum(1), dim=1).numpy()


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
    return weights[f"{name}.weight"], weights[f"{name}.bias"]


def _cast(affine: Affine, precision: torch.dtype) -> Affine:
    return affine[0].to(precision), affine[1].to(precision)
