"""The embedders on the real weights; the network is cut for all tests."""

import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path

import numpy as np
import pytest
import torch
from hypothesis import given
from hypothesis import strategies as st

from mssqa import config
from mssqa.errors import ModelError
from mssqa.models import load_embedder
from mssqa.models.embedder import batches
from mssqa.models.processor import workers
from mssqa.models.weights import MINILM_WEIGHTS, packaged
from mssqa.ports import Embedder

pytestmark = pytest.mark.model

TEXTS = [
    "",
    "Kenya sent 400 police officers to Haiti.",
    "Who leads the mission?",
    "Port-au-Prince: la Première ministre a démissionné. 海地",
    "A ship waits in the harbour for the pilot. " * 60,
    *(f"In year {year} the river rose {year % 7} metres above the quay." for year in range(20)),
]
HOSTILE = ["\0", "a\0b", "lone \ud83d surrogate", "\u202e\ufffe", "x" * 1_000_000, " " * 1_000_000]


@pytest.fixture(scope="module")
def embedder() -> Embedder:
    return load_embedder(config.Embedder(precision="float32", threads=2))


@pytest.fixture(scope="module")
def configured() -> Embedder:
    folder = str(packaged(MINILM_WEIGHTS).parent)
    return load_embedder(config.Embedder(model=folder, precision="float32", threads=1))


def test_the_packaged_model_gives_the_vectors_of_sentence_transformers(
    embedder: Embedder, configured: Embedder
) -> None:
    np.testing.assert_allclose(embedder.encode(TEXTS), configured.encode(TEXTS), atol=1e-5)


def test_bfloat16_vectors_stay_near_the_float32_ones(embedder: Embedder) -> None:
    bfloat16 = load_embedder(config.Embedder(precision="bfloat16", threads=1))
    cosines = (bfloat16.encode(TEXTS) * embedder.encode(TEXTS)).sum(axis=1)
    assert cosines.min() > 0.999
    assert bfloat16.fingerprint == embedder.fingerprint


def test_both_embedders_count_the_same_tokens_and_cut_none(
    embedder: Embedder, configured: Embedder
) -> None:
    counts = embedder.count_tokens(TEXTS)
    assert counts == configured.count_tokens(TEXTS)
    assert counts[:3] == [0, 8, 5]
    assert counts[4] == 600  # ten for each of the sixty sentences


def test_both_embedders_read_as_far(embedder: Embedder, configured: Embedder) -> None:
    assert embedder.max_tokens == configured.max_tokens == 256


def test_no_text_gives_no_rows_of_the_same_width(embedder: Embedder, configured: Embedder) -> None:
    assert embedder.encode([]).shape == configured.encode([]).shape == (0, 384)
    assert embedder.count_tokens([]) == configured.count_tokens([]) == []


def test_vectors_are_float32_of_length_one(embedder: Embedder) -> None:
    vectors = embedder.encode(TEXTS)
    assert vectors.dtype == np.float32
    np.testing.assert_allclose(np.linalg.norm(vectors, axis=1), 1, atol=1e-6)


@pytest.mark.parametrize("precision", ["float32", "bfloat16"])
def test_a_text_has_the_same_vector_alone_and_among_others(precision: str) -> None:
    embedder = load_embedder(config.Embedder(precision=precision, threads=2))
    alone = np.concatenate([embedder.encode([text]) for text in TEXTS[:20]])
    np.testing.assert_allclose(embedder.encode(TEXTS)[:20], alone, atol=1e-3)


@pytest.mark.parametrize("which", ["embedder", "configured"])
def test_hostile_texts_are_embedded_like_any_other(
    which: str, request: pytest.FixtureRequest
) -> None:
    embedder = request.getfixturevalue(which)
    np.testing.assert_allclose(np.linalg.norm(embedder.encode(HOSTILE), axis=1), 1, atol=1e-6)
    assert embedder.count_tokens(HOSTILE[:3]) == [0, 1, 4]


def test_many_threads_may_use_one_embedder(embedder: Embedder) -> None:
    with ThreadPoolExecutor(4) as pool:
        vectors = list(pool.map(embedder.encode, [[text] for text in TEXTS]))
    np.testing.assert_allclose(np.concatenate(vectors), embedder.encode(TEXTS), atol=1e-5)


def test_a_model_that_is_nowhere_is_a_model_error() -> None:
    with pytest.raises(ModelError, match="cannot load the embedding model 'absent/folder/of/mine'"):
        load_embedder(config.Embedder(model="absent/folder/of/mine"))


def test_a_folder_without_a_model_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot load the embedding model"):
        load_embedder(config.Embedder(model=str(tmp_path)))


def test_workers_leave_the_threads_of_others_alone() -> None:
    before = torch.get_num_threads()
    with workers(2) as pool:
        assert list(pool.map(lambda _: torch.get_num_threads(), range(4))) == [1, 1, 1, 1]
    assert torch.get_num_threads() == before


def test_only_loading_imports_torch_and_packaged_weights_need_no_transformers() -> None:
    code = (
        "import sys, mssqa.models as models, mssqa.config as config\n"
        "early = 'torch' in sys.modules\n"
        "models.load_embedder(config.Embedder())\n"
        "print(early, 'torch' in sys.modules, 'transformers' in sys.modules)\n"
    )
    done = subprocess.run(
        [sys.executable, "-W", "error", "-c", code], capture_output=True, text=True, check=True
    )
    assert done.stdout == "False True False\n"


@given(lengths=st.lists(st.integers(2, 256), max_size=60), tokens=st.integers(1, 2048))
def test_batches_hold_every_row_once_and_no_more_padded_tokens_than_allowed(
    lengths: list[int], tokens: int
) -> None:
    groups = batches(lengths, tokens=tokens)
    assert sorted(row for group in groups for row in group) == list(range(len(lengths)))
    for group in groups:
        assert len(group) == 1 or len(group) * max(lengths[row] for row in group) <= tokens
