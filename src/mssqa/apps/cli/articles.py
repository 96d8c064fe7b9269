"""Which article somebody means: an id, a path in the corpus, or any file."""

from pathlib import Path

from mssqa.config import Config
from mssqa.errors import ArticleError
from mssqa.index.store import open_any
from mssqa.ingest import Ingested, ingest
from mssqa.types import Article


def look_up(which: str, config: Config) -> Ingested:
    """The article of a file, or of the corpus file whose article has that id, read just now.

    Raises:
        ArticleError: there is neither, or the file holds no article.
        IndexNotFoundError: it is no file, and there is no index to look for an id in.
    """
    for file in (Path(which), config.corpus.path / which):
        if file.is_file():
            return ingest(file, corpus=file.parent)
    article = _by_id(which, config)
    return ingest(config.corpus.path / article.path, corpus=config.corpus.path)


def indexed(which: str, config: Config) -> Article:
    """The article of a file of the corpus, or the indexed one that has that id.

    Raises:
        ArticleError: there is neither, or the file holds no article.
        IndexNotFoundError: it is no file of the corpus, and there is no index.
    """
    folder = config.corpus.path
    for file in (folder / which, Path(which)):
        if file.is_file() and file.resolve().is_relative_to(folder.resolve()):
            inside = folder / file.resolve().relative_to(folder.resolve())
            return ingest(inside, corpus=folder).article
    return _by_id(which, config)


def _by_id(which: str, config: Config) -> Article:
    with open_any(config.index.path) as index:
        try:
            return index.article(which)
        except ArticleError as error:
            raise ArticleError(
                f"there is no file and no article {which!r}", hint="run: mssqa search WORDS"
            ) from error
