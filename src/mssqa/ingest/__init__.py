"""A file of the corpus to an article: read, dated, cleaned."""

from dataclasses import dataclass, replace
from pathlib import Path, PurePosixPath

from mssqa.errors import ArticleError
from mssqa.ingest.clean import Removed, clean
from mssqa.ingest.date import date_of
from mssqa.ingest.page import Page, makeshift_title, one_line
from mssqa.ingest.read import parse, read
from mssqa.types import Article, DatedBy

__all__ = ["Ingested", "ingest", "ingest_bytes"]


@dataclass(frozen=True, slots=True, kw_only=True)
class Ingested:
    """An article, and the blocks of its page that are not part of it."""

    article: Article
    removed: tuple[Removed, ...]


def ingest(path: Path, *, corpus: Path) -> Ingested:
    """The article of one file in the corpus folder.

    Raises:
        ArticleError: the file cannot be read, or holds no article. The message names the file;
            the message of its cause is the reason alone.
    """
    name = path.relative_to(corpus).as_posix()
    if not _is_utf8(name):
        raise ArticleError(f"{name!r}: its name is not UTF-8", hint="give the file another name")
    try:
        return _article(read(path), path=name)
    except ArticleError as error:
        raise ArticleError(f"{path}: {error}", hint=error.hint) from error


def ingest_bytes(raw: bytes, *, path: str) -> Ingested:
    """The article of a file that is not in the corpus folder yet; `path` is where it would be.

    Raises:
        ArticleError: the suffix is unknown, or the bytes hold no article.

    >>> ingest_bytes(b"LAGOS, 3 March 2025 - The port opened.", path="port.txt").article.published
    datetime.date(2025, 3, 3)
    """
    return _article(parse(raw, suffix=PurePosixPath(path).suffix), path=path)


def _article(raw: Page, *, path: str) -> Ingested:
    page = _dated(raw)
    cleaned = clean(page.text, title=page.title)
    if not cleaned.text:
        raise ArticleError("it holds no article text")
    article = Article(
        path=path,
        title=one_line(cleaned.title) or makeshift_title(cleaned.text) or PurePosixPath(path).stem,
        text=cleaned.text,
        published=page.published,
        dated_by=page.dated_by,
        publisher=page.publisher,
        url=page.url,
        language=page.language or "en",
    )
    return Ingested(article=article, removed=cleaned.removed)


def _is_utf8(name: str) -> bool:
    try:
        name.encode()
    except UnicodeEncodeError:
        return False
    return True


def _dated(page: Page) -> Page:
    """The page with the date that its text shows, unless front matter or markup states one."""
    if page.published is None and (published := date_of(page.text)):
        return replace(page, published=published, dated_by=DatedBy.TEXT)
    return page
