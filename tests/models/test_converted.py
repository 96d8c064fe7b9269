"""Converted weights in a cache folder: whole or made anew, on two small tensors."""

from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import pytest
import torch

from mssqa.models.converted import Converted, kept

WEIGHTS = {"a": torch.arange(6, dtype=torch.bfloat16).view(2, 3), "b": torch.ones(4)}


class Maker:
    """Makes the same weights each time, and counts how often."""

    def __init__(self) -> None:
        self.made = 0

    def __call__(self) -> Converted:
        self.made += 1
        return Converted(WEIGHTS, '{"a": "tokenizer"}')


def _is_whole(found: Converted) -> bool:
    return found.tokenizer == '{"a": "tokenizer"}' and all(
        torch.equal(found.weights[name], tensor) for name, tensor in WEIGHTS.items()
    )


def test_they_are_made_once_and_read_afterwards(tmp_path: Path) -> None:
    file, make = tmp_path / "new" / "weights.safetensors", Maker()
    assert _is_whole(kept(file, make=make))
    assert _is_whole(kept(file, make=make))
    assert make.made == 1
    assert [path.name for path in file.parent.iterdir()] == ["weights.safetensors"]


@pytest.mark.parametrize(
    "damage",
    [
        lambda whole: whole[:0],
        lambda whole: whole[:-1],
        lambda whole: whole[:-1] + bytes([whole[-1] ^ 1]),
        lambda whole: whole.replace(b"tokenizer", b"tokeniser", 1),
        lambda whole: b"\xff" * len(whole),
    ],
    ids=["empty", "cut", "bit", "tokenizer", "rubbish"],
)
def test_a_damaged_file_is_made_anew(
    damage: object, tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    file, make = tmp_path / "weights.safetensors", Maker()
    kept(file, make=make)
    whole = file.read_bytes()
    assert callable(damage)
    file.write_bytes(damage(whole))
    assert _is_whole(kept(file, make=make))
    assert "damaged" in caplog.text
    assert (make.made, _is_whole(kept(file, make=make)), make.made) == (2, True, 2)


def test_where_nothing_can_be_written_they_are_made_each_time(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    (tmp_path / "file").write_text("no folder")
    make = Maker()
    for _ in range(2):
        assert _is_whole(kept(tmp_path / "file" / "weights.safetensors", make=make))
    assert make.made == 2
    assert "cannot write" in caplog.text


def test_two_at_once_both_get_whole_weights(tmp_path: Path) -> None:
    file = tmp_path / "weights.safetensors"
    with ThreadPoolExecutor(4) as pool:
        found = list(pool.map(lambda _: kept(file, make=Maker()), range(16)))
    assert all(_is_whole(one) for one in found)
    assert [path.name for path in tmp_path.iterdir()] == ["weights.safetensors"]
