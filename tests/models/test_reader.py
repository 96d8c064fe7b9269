"""The reader on the real weights; the network is cut for all tests."""

from collections.abc import Sequence
from concurrent.futures import ThreadPoolExecutor
from itertools import pairwise
from pathlib import Path
from shutil import copy

import pytest
import torch
from safetensors.torch import load_file
from transformers import BertConfig, BertForQuestionAnswering, BertTokenizer

from mssqa import config
from mssqa.errors import ModelError
from mssqa.models import load_reader
from mssqa.models.weights import MINILM_TOKENIZER, checked, packaged, reader_weights
from mssqa.ports import Reader
from mssqa.types import Reading

pytestmark = pytest.mark.model

QUESTION = "How many officers did Norway send to Oslo harbour?"
PASSAGES = [
    "The harbour closed on Monday. Norway sent 430 officers to Oslo harbour, the mayor said.",
    "Rice rose by 4% in Lima. Beans cost as much as before.",
    "",
    "Beans and rice grow there. " * 120 + "Norway sent 430 officers to Oslo harbour.",
]
HOSTILE = [
    "\0",
    "lone \ud83d surrogate",
    "\u202e\ufffe",
    "x" * 100_000,
    " " * 100_000,
    "海地 " * 500,
]


@pytest.fixture(scope="module")
def reader() -> Reader:
    return load_reader(config.Reader(precision="float32", threads=2))


@pytest.fixture(scope="module")
def folder(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The packaged reader as transformers saves a model."""
    made = tmp_path_factory.mktemp("reader")
    copy(packaged(MINILM_TOKENIZER), made)
    tokenizer = BertTokenizer(tokenizer_file=str(made / "tokenizer.json"))
    tokenizer.save_pretrained(made)
    shape = BertConfig(
        hidden_size=384, num_hidden_layers=6, num_attention_heads=12, intermediate_size=1536
    )
    model = BertForQuestionAnswering(shape)
    weights = {name: weight.float() for name, weight in load_file(reader_weights()).items()}
    model.load_state_dict(weights)
    model.save_pretrained(made)
    return made


def answers(passages: Sequence[str], readings: Sequence[Sequence[Reading]]) -> list[str]:
    best = [each[0] if each else None for each in readings]
    return [
        passage[one.span.start : one.span.end] if one else ""
        for passage, one in zip(passages, best, strict=True)
    ]


def test_the_answer_is_found_and_what_does_not_say_has_less_support(reader: Reader) -> None:
    readings = reader.read(QUESTION, PASSAGES)
    said, other, empty, late = readings
    assert answers(PASSAGES, readings)[0] in {"430", "430 officers"}
    assert answers(PASSAGES, readings)[3] in {"430", "430 officers"}
    assert empty == ()
    assert min(said[0].support, late[0].support) > 0.5 > other[0].support


def test_readings_are_sorted_and_their_spans_do_not_overlap(reader: Reader) -> None:
    for readings in reader.read(QUESTION, PASSAGES):
        margins = [one.margin for one in readings]
        assert margins == sorted(margins, reverse=True)
        spans = sorted(one.span for one in readings)
        assert all(a.end <= b.start for a, b in pairwise(spans))


def test_a_folder_of_the_same_weights_reads_the_same(reader: Reader, folder: Path) -> None:
    configured = load_reader(config.Reader(model=str(folder), precision="float32", threads=1))
    ours, theirs = reader.read(QUESTION, PASSAGES), configured.read(QUESTION, PASSAGES)
    assert [[one.span for one in each] for each in ours] == [
        [one.span for one in each] for each in theirs
    ]
    for one, other in zip(sum(ours, ()), sum(theirs, ()), strict=True):
        assert one.margin == pytest.approx(other.margin, abs=1e-3)


def test_bfloat16_finds_the_same_answers(reader: Reader) -> None:
    fast = load_reader(config.Reader(precision="bfloat16", threads=1))
    ours, theirs = reader.read(QUESTION, PASSAGES), fast.read(QUESTION, PASSAGES)
    assert answers(PASSAGES, theirs)[0] == answers(PASSAGES, ours)[0]
    assert theirs[0][0].margin == pytest.approx(ours[0][0].margin, abs=0.3)


def test_a_passage_reads_the_same_alone_and_among_others(reader: Reader) -> None:
    alone = [reader.read(QUESTION, [passage])[0] for passage in PASSAGES]
    for one, other in zip(alone, reader.read(QUESTION, PASSAGES), strict=True):
        assert [each.span for each in one] == [each.span for each in other]


def test_no_passages_give_no_readings(reader: Reader) -> None:
    assert reader.read(QUESTION, []) == ()


@pytest.mark.parametrize("question", [QUESTION, "", "\ud83d\0", "한국 " * 600])
def test_hostile_texts_are_read_like_any_other(reader: Reader, question: str) -> None:
    for text, readings in zip(HOSTILE, reader.read(question, HOSTILE), strict=True):
        assert all(0 <= a.span.start < a.span.end <= len(text) for a in readings)


def test_many_threads_may_use_one_reader(reader: Reader) -> None:
    with ThreadPoolExecutor(4) as pool:
        several = list(pool.map(lambda passage: reader.read(QUESTION, [passage])[0], PASSAGES))
    together = reader.read(QUESTION, PASSAGES)
    assert answers(PASSAGES, several) == answers(PASSAGES, together)


def test_a_reader_that_is_nowhere_is_a_model_error() -> None:
    with pytest.raises(ModelError, match="cannot load the reader 'absent/folder/of/mine'"):
        load_reader(config.Reader(model="absent/folder/of/mine"))


def test_a_folder_without_a_reader_is_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot load the reader"):
        load_reader(config.Reader(model=str(tmp_path)))


def test_weights_with_another_hash_are_refused() -> None:
    with pytest.raises(ModelError, match="is not the file that mssqa was made for") as caught:
        checked(reader_weights(), "0" * 64, missing="a", other="b")
    assert caught.value.hint == "b"


def test_missing_weights_are_a_model_error(tmp_path: Path) -> None:
    with pytest.raises(ModelError, match="cannot read the weights") as caught:
        checked(tmp_path / "absent", "0" * 64, missing="a", other="b")
    assert caught.value.hint == "a"


def test_shipped_weights_are_float16() -> None:
    assert {weight.dtype for weight in load_file(reader_weights()).values()} == {torch.float16}
