"""The corpus folder: what is in it, what is put in, and a trash from which all comes back.

    corpus/2025-03-03-port-opens.md             an article
    corpus/.trash/<article id>.<n>/a/b.md       was corpus/a/b.md

A file is written beside its place and then moved into it, and never takes the place of another
file. What is hidden (a name with a dot in front) is not part of the corpus.
"""

import os
import re
from collections.abc import Iterator
from contextlib import suppress
from dataclasses import dataclass, replace
from itertools import chain, count
from pathlib import Path
from uuid import uuid4

from mssqa.config import Corpus
from mssqa.errors import ArticleError, CorpusError
from mssqa.ingest import ingest, ingest_bytes
from mssqa.ingest.fetch import fetch
from mssqa.ingest.front_matter import compose
from mssqa.text import fold
from mssqa.types import Article

TRASH = ".trash"

_SLUG_CHARACTERS = 60
_FRONT_MATTER_BYTES = 5_000  # more than any that is written here
_ADDRESS = re.compile(r"[a-z][a-z0-9+.-]*://", re.IGNORECASE)
_ENTRY = re.compile(r"(?P<article_id>[0-9a-f]{16})\.(?P<number>\d{1,9})")


@dataclass(frozen=True, slots=True, kw_only=True)
class Saved:
    """Where an article stands in the corpus folder, and whether it was put there just now."""

    path: Path
    is_new: bool


@dataclass(frozen=True, slots=True, kw_only=True)
class Trashed:
    """An article in the trash."""

    article_id: str
    path: str  # where it was, relative to the corpus folder, with forward slashes
    file: Path  # where it is


def files(folder: Path) -> tuple[Path, ...]:
    """The files of the corpus, sorted; neither hidden ones nor links that lead out of it.

    Raises:
        CorpusError: the folder is missing, no file is in it, or part of it cannot be read.
    """
    if not folder.is_dir():
        raise CorpusError(f"there is no corpus folder {str(folder)!r}")
    try:
        found = tuple(sorted(_walk(folder)))
    except OSError as error:  # part of the corpus must not pass for the whole of it
        raise CorpusError(f"the corpus folder {str(folder)!r} cannot be read: {error}") from error
    if not found:
        raise CorpusError(f"the corpus folder {str(folder)!r} is empty")
    return found


def add(source: str | Path, *, config: Corpus) -> Saved:
    """Save the article of a file or a web address into the corpus folder, cleaned, as Markdown.

    A file that lies in the folder already stays as it is.

    Raises:
        ArticleError: it cannot be fetched, read or saved, or holds no article.
    """
    if isinstance(source, str) and _ADDRESS.match(source):
        return save(_from_web(source, config), config.path)
    path = Path(source)
    if path.is_file() and path.resolve().is_relative_to(config.path.resolve()):
        return Saved(path=path, is_new=False)
    return save(ingest(path, corpus=path.parent).article, config.path)


def save(article: Article, folder: Path) -> Saved:
    """Write an article into the folder as Markdown with front matter, under a name of its own.

    If its text is that of a Markdown or text file in the folder, that file is named instead.

    Raises:
        ArticleError: the folder cannot be written to.
    """
    try:
        folder.mkdir(parents=True, exist_ok=True)
        if (same := _with_text(article.text, folder)) is not None:
            return Saved(path=same, is_new=False)
        part = folder / f".{uuid4().hex}.part"
        try:
            _write(part, compose(article).encode())
            return Saved(path=_place(part, folder / f"{_name(article)}.md"), is_new=True)
        finally:
            part.unlink(missing_ok=True)
    except OSError as error:
        raise ArticleError(f"cannot save {article.title!r}: {error}") from error


def remove(article: Article, folder: Path) -> Trashed:
    """Move the file of an article to the trash.

    Raises:
        ArticleError: there is no such file in the corpus, or it cannot be moved.
    """
    file = folder / article.path
    try:
        if file not in _walk(folder):
            raise ArticleError(f"there is no file {article.path!r} in the corpus {str(folder)!r}")
        target = _new_entry(folder / TRASH, article.id) / article.path
        target.parent.mkdir(parents=True, exist_ok=True)
        return Trashed(article_id=article.id, path=article.path, file=file.rename(target))
    except OSError as error:
        raise ArticleError(f"cannot move {article.path!r} to the trash: {error}") from error


def restore(article_id: str, folder: Path) -> Path:
    """Bring the file of an article back to where it was; of several, the last one removed.

    Where another file stands in its place, it goes beside that one under a numbered name.

    Raises:
        ArticleError: the trash holds no such article, or it cannot be moved.
    """
    trashed = [entry for entry in trash(folder) if entry.article_id == article_id]
    if not trashed:
        raise ArticleError(f"the trash holds no article {article_id!r}")
    latest = trashed[-1]
    try:
        home = folder / latest.path
        home.parent.mkdir(parents=True, exist_ok=True)
        path = _place(latest.file, home)
    except OSError as error:
        raise ArticleError(f"cannot restore {latest.path!r}: {error}") from error
    with suppress(OSError):  # a folder that is not empty stays
        for emptied in latest.file.parents:
            emptied.rmdir()
    return path


def trash(folder: Path) -> tuple[Trashed, ...]:
    """What is in the trash, by article, the last removed last."""
    if not (folder / TRASH).is_dir():
        return ()
    entries = [
        (match["article_id"], int(match["number"]), entry)
        for entry in (folder / TRASH).iterdir()
        if (match := _ENTRY.fullmatch(entry.name)) and entry.is_dir()
    ]
    return tuple(
        Trashed(article_id=article_id, path=file.relative_to(entry).as_posix(), file=file)
        for article_id, _, entry in sorted(entries)
        for file in sorted(_walk(entry))
    )


def _walk(folder: Path) -> Iterator[Path]:
    """The files that are not hidden and whose real place is within the folder."""
    home = folder.resolve()
    pending = [str(folder)]
    while pending:
        with os.scandir(pending.pop()) as entries:
            for entry in (entry for entry in entries if not entry.name.startswith(".")):
                if entry.is_dir(follow_symlinks=False):
                    pending.append(entry.path)
                elif entry.is_file() and _is_inside(entry, home):
                    yield Path(entry.path)


def _is_inside(entry: os.DirEntry[str], home: Path) -> bool:
    return not entry.is_symlink() or Path(entry.path).resolve().is_relative_to(home)


def _from_web(url: str, config: Corpus) -> Article:
    fetched = fetch(url, config=config)
    try:
        article = ingest_bytes(fetched.content, path=f"page{fetched.suffix}").article
    except ArticleError as error:
        raise ArticleError(f"{url}: {error}", hint=error.hint) from error
    return replace(article, url=fetched.url)


def _with_text(text: str, folder: Path) -> Path | None:
    """The Markdown or text file whose article has this very text."""
    sought = text.encode()
    for path in sorted(_walk(folder)):
        size = path.stat().st_size
        if path.suffix.lower() not in {".md", ".txt"}:
            continue
        if not len(sought) <= size <= len(sought) + _FRONT_MATTER_BYTES:
            continue
        if sought in path.read_bytes() and _holds(path, text):
            return path
    return None


def _holds(path: Path, text: str) -> bool:
    try:
        return ingest(path, corpus=path.parent).article.text == text
    except ArticleError:
        return False


def _name(article: Article) -> str:
    """The name of an article's file: its date and the words of its title, in ASCII.

    >>> _name(Article(path="", title="L’État, c’est… ?", text="Oui."))
    'l-etat-c-est'
    """
    slug = re.sub(r"[^a-z0-9]+", "-", fold(article.title)).strip("-")
    if len(slug) > _SLUG_CHARACTERS:
        slug = slug[: _SLUG_CHARACTERS + 1].rpartition("-")[0] or slug[:_SLUG_CHARACTERS]
    parts = (article.published.isoformat() if article.published else "", slug or article.id)
    return "-".join(filter(None, parts))


def _write(path: Path, content: bytes) -> None:
    with path.open("xb") as file:
        file.write(content)
        file.flush()
        os.fsync(file.fileno())


def _place(file: Path, wanted: Path) -> Path:
    """Move a file to the name wanted, or to a numbered one if that is taken, and say which.

    A hard link never overwrites, which a rename does; where there are no hard links, a name is
    looked at before it is taken.
    """
    others = (wanted.with_stem(f"{wanted.stem}-{number}") for number in count(2))
    for path in chain((wanted,), others):
        try:
            os.link(file, path)
        except FileExistsError:
            continue
        except OSError:
            if os.path.lexists(path):
                continue
            return file.rename(path)
        file.unlink()
        return path
    raise AssertionError("names do not run out")


def _new_entry(trash_folder: Path, article_id: str) -> Path:
    for number in count(1):
        entry = trash_folder / f"{article_id}.{number}"
        with suppress(FileExistsError):
            entry.mkdir(parents=True)
            return entry
    raise AssertionError("numbers do not run out")
