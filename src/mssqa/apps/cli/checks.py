"""What `mssqa doctor` looks at. Each look says what it found, or raises the error that it found."""

import os
import platform
import shutil
import sys
from collections.abc import Callable, Iterator
from dataclasses import dataclass
from importlib.metadata import PackageNotFoundError, requires, version
from pathlib import Path

from packaging.requirements import Requirement

from mssqa import corpus
from mssqa.apps.render import line
from mssqa.config import Config
from mssqa.errors import CorpusError, IndexingError, ModelError, MssqaError
from mssqa.index.store import open_index
from mssqa.models import load_embedder, load_generator, load_parser
from mssqa.models.weights import PACKAGED, packaged, reader_weights
from mssqa.types import Message

LEAST_PYTHON = (3, 11)
LEAST_FREE = 1 << 30  # bytes
INSTALL = "run: make install"


@dataclass(frozen=True, slots=True, kw_only=True)
class Check:
    """One thing looked at."""

    subject: str
    ok: bool
    found: str
    hint: str = ""  # what to type, if it is not ok

    def __str__(self) -> str:
        told = f"{'ok' if self.ok else 'problem':<8} {self.subject}: {line(self.found)}"
        return f"{told}\n         {line(self.hint)}" if self.hint else told


def checks(config: Config) -> Iterator[Check]:
    """Everything that `mssqa` needs, one after the other."""
    looks: tuple[tuple[str, Callable[[Config], str]], ...] = (
        ("Python", _python),
        ("packages", _packages),
        ("weights", _weights),
        ("corpus", _corpus),
        ("index", _index),
        ("parser", _parser),
        ("language model", _language_model),
        ("disk", _disk),
        ("folders", _folders),
    )
    for subject, look in looks:
        try:
            yield Check(subject=subject, ok=True, found=look(config))
        except MssqaError as error:
            yield Check(subject=subject, ok=False, found=str(error), hint=error.hint)


def _python(_: Config) -> str:
    if sys.version_info < LEAST_PYTHON:
        raise MssqaError(platform.python_version(), hint="install Python 3.11 or newer")
    return f"{platform.python_version()} on {platform.system()} {platform.machine()}"


def _packages(_: Config) -> str:
    required = [Requirement(each) for each in requires("mssqa") or ()]
    wanted = [each for each in required if each.marker is None or each.marker.evaluate()]
    wrong = [f"{each.name} {found}" for each in wanted if (found := _wrong(each))]
    if wrong:
        raise MssqaError("; ".join(wrong), hint=INSTALL)
    return f"{len(wanted)} installed"


def _wrong(wanted: Requirement) -> str:
    try:
        installed = version(wanted.name)
    except PackageNotFoundError:
        return "is not installed"
    fits = wanted.specifier.contains(installed, prereleases=True)
    return "" if fits else f"is {installed}, not {wanted.specifier}"


def _weights(_: Config) -> str:
    for weight in PACKAGED:
        packaged(weight)
    reader_weights()
    return f"{len(PACKAGED) + 1} files, their SHA-256 as expected"


def _corpus(config: Config) -> str:
    folder = config.corpus.path
    files = corpus.files(folder)
    if not files:
        raise CorpusError(f"{str(folder)!r} holds no articles")
    return f"{len(files):,} files in {str(folder)!r}"


def _index(config: Config) -> str:
    embedder = load_embedder(config.embedder)
    with open_index(config, embedder=embedder.fingerprint) as index:
        return (
            f"generation {index.generation}, {len(index.articles()):,} articles, every file whole"
        )


def _parser(_: Config) -> str:
    (parse,) = load_parser().parse(["Ships wait outside the harbour."])
    return f"read a sentence of {len(parse.tokens)} tokens"


def _language_model(config: Config) -> str:
    settings = config.generator
    generator = load_generator(settings)
    if generator is None:
        return "none is used: answers are quotes (generator.kind is `quote`)"
    hello = Message(role="user", content="Say hello.")
    named = settings.model or "the packaged one"
    if not next(generator.write([hello], allowed_words=()), ""):
        raise ModelError(f"{named} writes nothing", hint="set generator.kind to `quote`")
    where = f" at {settings.base_url}" if settings.kind == "openai" else ""
    return f"{named}{where} writes (generator.kind is `{settings.kind}`)"


def _disk(config: Config) -> str:
    folder = _existing(config.index.path)
    free = shutil.disk_usage(folder).free
    found = f"{free / (1 << 30):.1f} GiB free under {str(folder)!r}"
    if free < LEAST_FREE:
        raise IndexingError(f"only {found}", hint="make room, or choose another --index")
    return found


def _folders(config: Config) -> str:
    folders = (config.corpus.path, config.index.path, config.page.data)
    locked = [str(each) for each in folders if not os.access(_existing(each), os.W_OK | os.X_OK)]
    if locked:
        raise MssqaError(
            f"cannot write in {', '.join(map(repr, locked))}",
            hint=f"run: chmod u+wx {' '.join(locked)}",
        )
    return "corpus, index and data can be written"


def _existing(path: Path) -> Path:
    return next(each for each in (path.absolute(), *path.absolute().parents) if each.exists())
