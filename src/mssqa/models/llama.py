"""SmolLM2's network, a small Llama, in plain torch: one sequence, tokens appended as they come.

transformers spends longer between the products of a single token than on them; this spends a
tenth of that. A test holds it equal to transformers' `LlamaForCausalLM` on the same weights. The
residual stream and the norms stay in float32; products take the precision of the weights.
"""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Self

import torch
from torch import Tensor
from torch.nn import functional as F  # noqa: N812 - its name everywhere

LAYERS = 30
HEADS = 9  # of the queries
SHARED_HEADS = 3  # of the keys and the values
WIDTH = 64  # of a head
EPSILON = 1e-5  # of every norm
ROTATION_BASE = 100_000.0
MAX_TOKENS = 2048  # of a sequence; the model was made for 8,192


@dataclass(frozen=True, slots=True)
class Layer:
    """One block of the transformer."""

    norm: Tensor
    attend: Tensor  # query, key and value, stacked
    attended: Tensor
    second_norm: Tensor
    widen: Tensor  # gate and value, stacked
    narrow: Tensor


class Memory:
    """What the network keeps of the tokens that it has read: their keys and values."""

    def __init__(self, tokens: int, precision: torch.dtype) -> None:
        self.keys = torch.empty(LAYERS, SHARED_HEADS, tokens, WIDTH, dtype=precision)
        self.values = torch.empty_like(self.keys)
        self.length = 0

    def grown(self, tokens: int) -> "Memory":
        """A copy with room for so many more."""
        copy = Memory(self.length + tokens, self.keys.dtype)
        copy.keys[:, :, : self.length] = self.keys[:, :, : self.length]
        copy.values[:, :, : self.length] = self.values[:, :, : self.length]
        copy.length = self.length
        return copy


@dataclass(frozen=True, slots=True)
class Llama:
    """Token ids in, what comes next out. Safe to call from any thread, each with its memory."""

    tokens: Tensor  # (vocabulary, dimensions), which also weigh what comes next
    norm: Tensor
    layers: tuple[Layer, ...]
    turns: tuple[Tensor, Tensor]  # cosines and sines of every position

    @classmethod
    def of(cls, weights: Mapping[str, Tensor], precision: torch.dtype) -> Self:
        """The network of weights as `packed` lays them out."""
        layers = tuple(_layer(weights, number, precision) for number in range(LAYERS))
        tokens = weights["tokens"].to(precision)
        return cls(tokens=tokens, norm=weights["norm"].float(), layers=layers, turns=_turns())

    def memory(self, tokens: int) -> Memory:
        """An empty one with room for so many tokens."""
        return Memory(tokens, self.tokens.dtype)

    @torch.inference_mode()
    def read(self, ids: Sequence[int], memory: Memory) -> Tensor:
        """The states after each of the ids, which are appended to the memory."""
        before, after = memory.length, memory.length + len(ids)
        x = F.embedding(torch.tensor(ids), self.tokens).float()
        turns = self.turns[0][before:after], self.turns[1][before:after]
        mask = torch.ones(len(ids), after, dtype=torch.bool).tril(before)
        for number, layer in enumerate(self.layers):
            x = x + _attention(layer, x, number, memory, turns, mask)
            x = x + _gated(layer, x)
        memory.length = after
        return x

    @torch.inference_mode()
    def best(self, state: Tensor, among: Sequence[int]) -> int:
        """The likeliest next token among those; among all where there are none."""
        chosen = torch.tensor(among, dtype=torch.long)
        rows = self.tokens[chosen] if among else self.tokens
        place = int((rows @ _norm(state, self.norm).to(rows.dtype)).float().argmax())
        return among[place] if among else place


def packed(weights: Mapping[str, Tensor]) -> dict[str, Tensor]:
    """The weights of transformers' Llama under our names, what is multiplied at once stacked."""

    def layer(number: int) -> dict[str, Tensor]:
        of = f"model.layers.{number}."
        attention = [weights[f"{of}self_attn.{part}_proj.weight"] for part in "qkv"]
        widening = [weights[f"{of}mlp.{part}_proj.weight"] for part in ("gate", "up")]
        return {
            f"{number}.norm": weights[f"{of}input_layernorm.weight"],
            f"{number}.attend": torch.cat(attention),
            f"{number}.attended": weights[f"{of}self_attn.o_proj.weight"],
            f"{number}.second_norm": weights[f"{of}post_attention_layernorm.weight"],
            f"{number}.widen": torch.cat(widening),
            f"{number}.narrow": weights[f"{of}mlp.down_proj.weight"],
        }

    ends = {"tokens": weights["model.embed_tokens.weight"], "norm": weights["model.norm.weight"]}
    return ends | {name: w for number in range(LAYERS) for name, w in layer(number).items()}


def _layer(weights: Mapping[str, Tensor], number: int, precision: torch.dtype) -> Layer:
    return Layer(
        norm=weights[f"{number}.norm"].float(),
        attend=weights[f"{number}.attend"].to(precision),
        attended=weights[f"{number}.attended"].to(precision),
        second_norm=weights[f"{number}.second_norm"].float(),
        widen=weights[f"{number}.widen"].to(precision),
        narrow=weights[f"{number}.narrow"].to(precision),
    )


def _turns() -> tuple[Tensor, Tensor]:
    """Cosines and sines of rotary positions, each of shape (MAX_TOKENS, 1, WIDTH)."""
    speeds = ROTATION_BASE ** -(torch.arange(0, WIDTH, 2) / WIDTH)
    angles = torch.outer(torch.arange(MAX_TOKENS).float(), speeds).repeat(1, 2)[:, None]
    return angles.cos(), angles.sin()


def _attention(
    layer: Layer,
    x: Tensor,
    number: int,
    memory: Memory,
    turns: tuple[Tensor, Tensor],
    mask: Tensor,
) -> Tensor:
    before, after = memory.length, memory.length + len(x)
    heads = _product(_norm(x, layer.norm), layer.attend).view(len(x), -1, WIDTH)
    turned = _turned(heads[:, : HEADS + SHARED_HEADS].float(), turns).to(heads.dtype)
    memory.keys[number, :, before:after] = turned[:, HEADS:].transpose(0, 1)
    memory.values[number, :, before:after] = heads[:, HEADS + SHARED_HEADS :].transpose(0, 1)
    attention = F.scaled_dot_product_attention(
        turned[None, :, :HEADS].transpose(1, 2),
        memory.keys[None, number, :, :after],
        memory.values[None, number, :, :after],
        attn_mask=mask,
        enable_gqa=True,
    )
    return _product(attention[0].transpose(0, 1).flatten(1), layer.attended).float()


def _turned(heads: Tensor, turns: tuple[Tensor, Tensor]) -> Tensor:
    first, second = heads.chunk(2, dim=-1)
    cosines, sines = turns
    return heads * cosines + torch.cat([-second, first], dim=-1) * sines


def _gated(layer: Layer, x: Tensor) -> Tensor:
    gate, value = _product(_norm(x, layer.second_norm), layer.widen).chunk(2, dim=-1)
    return _product(F.silu(gate) * value, layer.narrow).float()


def _product(x: Tensor, weight: Tensor) -> Tensor:
    return F.linear(x.to(weight.dtype), weight)


def _norm(x: Tensor, weight: Tensor) -> Tensor:
    return F.rms_norm(x, weight.shape, weight, EPSILON)
