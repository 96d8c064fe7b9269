"""Which phrases the page asks for: each of them is there, and none stands there unused."""

import ast
import re
from collections.abc import Iterable, Iterator
from pathlib import Path

import pytest

import mssqa.apps.web
from mssqa.apps.web.articles.building import Step
from mssqa.apps.web.look import ASKING, static
from mssqa.apps.web.wording import ENGLISH, wording
from mssqa.ingest.clean import Reason
from mssqa.types import DatedBy, Relation, Status

PACKAGE = Path(mssqa.apps.web.__path__[0])
TABLES = ("page", "time", "ask", "errors", "doors", "articles")

STEPS = (
    *(Step().name, "add", "fetch", "scan", "read", "split", "catalog"),
    *("embed", "vectors", "words", "check", "switch"),
)
CHANGES = ("added", "changed", "renamed", "removed", "skipped")
ERRORS = (
    *("IndexNotFoundError", "IndexMismatchError", "IndexCorruptError", "IndexBusyError"),
    *("ModelError", "QuestionError", "ArticleError"),
    *("TooManyError", "CorpusError"),
    *("disk_full", "unreadable", "unforeseen"),
)
CHOSEN: dict[str, Iterable[str]] = {
    "time.{}_ago": ("days", "weeks", "months", "years"),
    "ask.{}": (*Status, "sources", "nearest", "day", "figure", "standing", "source_column"),
    "ask.is_{}": Relation,
    "errors.{}": ERRORS,
    "errors.{}_hint": ERRORS,
    "doors.{}": ("LoginError", "TooManyError"),
    "articles.{}": ("period", "publisher", "articles"),
    "articles.step_{}": STEPS,
    "articles.built_{}": CHANGES,
    "articles.file_{}": CHANGES,
    "articles.dated_{}": [each.name.lower() for each in DatedBy],
    "articles.reason_{}": [each.name.lower() for each in Reason],
}
"""What fills the blank of a name that is put together while the page runs."""

SCRIPTS = {
    "page": ("masthead.html", "page.js"),
    "ask": ("asking.html", *ASKING),
    "articles": ("articles.html", "articles.js"),
    "doors": ("login.html",),
}
"""What is handed a whole table."""

ASKED = re.compile(r'data-word(?:-label|-placeholder)?="(\w+)"|\$(\w+)')
NAME = re.compile(rf"({'|'.join(TABLES)})\.(?!css|html|js)\w+")
NAME_WITH_BLANK = re.compile(rf"({'|'.join(TABLES)})\.\w*{{}}\w*")
TEXT = re.compile(r'"(\w+(?: \w+)*)"')


def names() -> Iterator[str]:
    """The phrases of the page, as in `ask.send`."""
    for table in TABLES:
        yield from (f"{table}.{key}" for key in wording(ENGLISH).table(table))


def in_python() -> set[str]:
    """The texts of the package's modules; those with a blank have it as `{}`."""
    return {text for file in PACKAGE.rglob("*.py") for text in _texts(ast.parse(file.read_bytes()))}


def _texts(node: ast.AST) -> Iterator[str]:
    within = list(ast.iter_child_nodes(node))
    match node:
        case ast.Constant(value=str(text)):
            yield text
        case ast.JoinedStr():
            fixed = [each for each in within if isinstance(each, ast.Constant)]
            yield "".join(str(each.value) if each in fixed else "{}" for each in node.values)
            within = [each for each in within if each not in fixed]
    for each in within:
        yield from _texts(each)


def in_scripts(table: str) -> set[str]:
    """The words in quotes, and those asked for by an attribute, in what is handed that table."""
    found = set()
    for name in SCRIPTS.get(table, ()):
        asked = ASKED if name.endswith(".html") else TEXT
        for groups in asked.finditer(static(name)):
            found |= {word.replace(" ", "_") for word in groups.groups() if word}
    return {f"{table}.{word}" for word in found}


def asked_for() -> set[str]:
    """Every name that the page may ask for; of scripts, also words that are none."""
    texts = in_python()
    chosen = {
        template.format(each) for template in CHOSEN.keys() & texts for each in CHOSEN[template]
    }
    return texts.union(chosen, *map(in_scripts, TABLES))


def test_every_phrase_is_used() -> None:
    assert set(names()) - asked_for() == set()


def test_every_phrase_that_is_asked_for_is_there() -> None:
    written = {text for text in in_python() if NAME.fullmatch(text)}
    chosen = {template.format(each) for template, of in CHOSEN.items() for each in of}
    assert (written | chosen) - set(names()) == set()


@pytest.mark.parametrize("table", SCRIPTS)
def test_every_phrase_that_an_element_asks_for_is_there(table: str) -> None:
    pages = [static(name) for name in SCRIPTS[table] if name.endswith(".html")]
    asked = {word or key for page in pages for word, key in ASKED.findall(page)}
    beside = {"language", "problem", "query"} if table == "doors" else set()
    assert {f"{table}.{key}" for key in asked - beside} <= set(names())


def test_every_name_that_is_put_together_is_known_here() -> None:
    assert {text for text in in_python() if NAME_WITH_BLANK.fullmatch(text)} == CHOSEN.keys()
