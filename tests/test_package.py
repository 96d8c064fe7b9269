"""The public surface: what is there, and what importing it costs."""

import ast
import subprocess
import sys
from pathlib import Path

import pytest

import mssqa

PUBLIC = """
    Answer Article ArticleError BuildReport Checked Claim Config ConfigError CorpusError Evidence
    Found Hit IndexBusyError IndexCorruptError IndexMismatchError IndexNotFoundError IndexingError
    Interval ModelError MssqaError QA Query QuestionError Status Turn Wrote add_article answer
    build_index load_config open_qa remove_article restore_article
"""


def run(code: str) -> str:
    finished = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert finished.returncode == 0, finished.stderr
    return finished.stdout.strip()


def test_the_public_names_are_these() -> None:
    assert sorted(mssqa.__all__) == sorted(PUBLIC.split())
    assert all(getattr(mssqa, name).__name__ == name for name in mssqa.__all__)
    assert set(mssqa.__all__) <= set(dir(mssqa))


def test_type_checkers_see_the_same_names() -> None:
    tree = ast.parse(Path(mssqa.__file__).read_text("utf-8"))
    (guarded,) = (node for node in tree.body if isinstance(node, ast.If))
    imported = (node for node in guarded.body if isinstance(node, ast.ImportFrom))
    assert sorted(name.asname or "" for node in imported for name in node.names) == sorted(
        mssqa.__all__
    )


def test_an_unknown_name_is_an_attribute_error() -> None:
    with pytest.raises(AttributeError, match="has no attribute 'question'"):
        _ = mssqa.question


def test_importing_the_package_loads_no_heavy_library() -> None:
    heavy = {"torch", "transformers", "faiss", "pydantic", "numpy", "tantivy", "gradio"}
    assert run(f"import sys, mssqa; print(sorted({heavy!r} & set(sys.modules)))") == "[]"


def test_no_submodule_takes_the_name_of_a_public_function() -> None:
    code = """
import importlib, pkgutil, mssqa
for module in pkgutil.walk_packages(mssqa.__path__, "mssqa."):
    importlib.import_module(module.name)
try:
    mssqa.answer("???")
except mssqa.MssqaError as error:
    print(error.kind)
"""
    assert run(f"import os; os.chdir('/')\n{code}") == "IndexNotFoundError"
