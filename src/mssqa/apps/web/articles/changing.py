"""What the Articles tab does to the corpus and the index, told as it goes on."""

from collections.abc import Callable, Iterable, Iterator, Sequence
from dataclasses import dataclass, replace

from markupsafe import Markup

from mssqa import corpus
from mssqa.apps.render import line
from mssqa.apps.web.articles.adding import Added, Given, Outcome, add_address, add_files, add_typed
from mssqa.apps.web.articles.asked import Change
from mssqa.apps.web.articles.building import Step, build
from mssqa.apps.web.articles.outcome import note, outcomes, progress, report, trouble
from mssqa.apps.web.articles.view import NOTHING, button
from mssqa.apps.web.trouble import WordedError
from mssqa.apps.web.wording import Wording
from mssqa.config import Config
from mssqa.errors import ArticleError, CorpusError
from mssqa.index.store import open_any
from mssqa.ingest import ingest
from mssqa.ports import Embedder
from mssqa.report import BuildReport
from mssqa.types import Article


@dataclass(frozen=True, slots=True, kw_only=True)
class Stage:
    """How far a change is: HTML, and what the script needs beside it."""

    run: str
    number: int = 0  # of the stages so far: no two are alike, so that each reaches the browser
    going: Markup = NOTHING  # a bar while something is going on
    told: Markup = NOTHING  # what has become of it so far
    ended: bool = False
    added: str = ""  # the form all of which is in the corpus now
    gone: str = ""  # the article that was removed


class Changing:
    """The corpus and the index as somebody changes them. Threads may share it."""

    def __init__(self, config: Config, embedder: Callable[[], Embedder] | None) -> None:
        self._config = config
        self._folder = config.corpus.path
        self._embedder = embedder

    def change(self, change: Change, files: Sequence[Given], words: Wording) -> Iterator[Stage]:
        """Do what somebody wants done and tell how far it is. Nothing is raised: all is told."""
        stage = Stage(run=change.run)
        try:
            for number, told in enumerate(self._stages(change, files, words)):
                stage = replace(told, number=number)
                yield stage
        except Exception as error:  # noqa: BLE001 - told in words, and logged there
            yield _failed(stage, trouble(error, words))

    def _stages(self, change: Change, files: Sequence[Given], words: Wording) -> Iterator[Stage]:
        begun = Stage(run=change.run, going=progress(Step(), words))
        corpus_config = self._config.corpus
        match change.act:
            case "build":
                return self._build(begun, words, waits=False)
            case "remove":
                return self._remove(change.article, begun, words)
            case "restore":
                return self._restore(change.article, begun, words)
            case "files":
                return self._add(add_files(files, config=corpus_config), change, words)
            case "address":
                return self._add(add_address(change.url, config=corpus_config), change, words)
            case "typed":
                return self._add(add_typed(change.typed, config=corpus_config), change, words)

    def _add(self, given: Iterable[Outcome], change: Change, words: Wording) -> Iterator[Stage]:
        step = Step(name="fetch" if change.act == "address" else "add")
        stage = Stage(run=change.run, going=progress(step, words))
        yield stage
        told: list[Outcome] = []
        for outcome in given:
            told.append(outcome)
            yield replace(stage, told=outcomes(told, words))
        fine = [isinstance(each, Added) for each in told]
        stage = replace(stage, told=outcomes(told, words), added=change.act if all(fine) else "")
        if any(fine):
            yield from self._build(stage, words, waits=True)
        else:
            yield replace(stage, going=NOTHING, ended=True)

    def _remove(self, article_id: str, stage: Stage, words: Wording) -> Iterator[Stage]:
        article = self._known(article_id)
        corpus.remove(article, self._folder)
        undo = button("restore", words("articles.undo"), of=article.id, look="main")
        told = note(words("articles.removed", title=line(article.title)), then=undo)
        try:
            yield from self._build(replace(stage, told=told, gone=article.id), words, waits=True)
        except ArticleError:
            raise
        except CorpusError:
            corpus.restore(article.id, self._folder)
            yield _failed(stage, note(words("articles.last_one"), look="bad"))

    def _restore(self, article_id: str, stage: Stage, words: Wording) -> Iterator[Stage]:
        if article_id not in {each.article_id for each in corpus.trash(self._folder)}:
            raise WordedError("articles.not_in_trash")
        path = corpus.restore(article_id, self._folder)
        article = ingest(path, corpus=self._folder).article
        told = note(words("articles.restored", title=line(article.title)))
        yield from self._build(replace(stage, told=told), words, waits=True)

    def _known(self, article_id: str) -> Article:
        with open_any(self._config.index.path) as index:
            try:
                return index.article(article_id)
            except ArticleError as error:
                raise WordedError("articles.gone") from error

    def _build(self, stage: Stage, words: Wording, *, waits: bool) -> Iterator[Stage]:
        yield stage
        for step in build(self._config, self._embedder, waits=waits):
            if isinstance(step, BuildReport):
                told = stage.told + report(step, words)
                yield replace(stage, going=NOTHING, told=told, ended=True)
            else:
                yield replace(stage, going=progress(step, words))


def _failed(stage: Stage, why: Markup) -> Stage:
    return replace(stage, going=NOTHING, told=stage.told + why, ended=True)
