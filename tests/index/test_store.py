"""An open index: what it answers, and the error for every way in which it can be unusable."""

import shutil
from concurrent.futures import ThreadPoolExecutor
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from doubles import FakeEmbedder
from small_corpus import built, config_in, opened, page, write_files

from mssqa.config import Config
from mssqa.errors import (
    ArticleError,
    IndexCorruptError,
    IndexingError,
    IndexMismatchError,
    IndexNotFoundError,
)
from mssqa.index.manifest import FORMAT
from mssqa.index.store import Index, current_generation, open_any, verify
from mssqa.types import Interval, Query, Span

WIRE = (
    "The harbour opened its third basin on Monday, the minister said, a year later than planned. "
    "Divers had found cracks in the northern wall, whose repair cost 41 million dollars.\n\n"
    "Dockers asked for the written safety report. Two shipping lines have not yet come back."
)
FILES = {
    "a.md": page("Basin opens", WIRE, published="2025-03-03", publisher="The Gazette"),
    "b.md": page("At last, a basin", f"{WIRE} More soon.", publisher="Le Phare"),
    "c.md": page("Rice", "Rice prices rose by a third.", published="2025-03-05"),
}
EMBEDDER = FakeEmbedder()


@pytest.fixture
def config(tmp_path: Path) -> Config:
    config = config_in(tmp_path, passages__max_tokens=48)
    write_files(config, FILES)
    built(config, EMBEDDER)
    return config


def generation(config: Config) -> Path:
    return config.index.path / current_generation(config.index.path)


def found(config: Config, **limits: object) -> tuple[set[str], set[str]]:
    """The paths found by words and by vectors."""
    query = Query(question="?", text="minister rice harbour", **limits)  # type: ignore[arg-type]
    with opened(config, EMBEDDER) as index:
        rankings = (
            index.lexical(query, limit=50),
            index.dense(query, EMBEDDER.encode([query.text])[0], limit=50),
        )
        by_words, by_meaning = (
            {p.article.path for p in index.passages([key for key, _ in ranking])}
            for ranking in rankings
        )
    return by_words, by_meaning


def test_articles_stand_newest_first_and_undated_last(config: Config) -> None:
    with opened(config, EMBEDDER) as index:
        assert [article.path for article in index.articles()] == ["c.md", "a.md", "b.md"]


def test_an_article_is_found_by_its_id_and_no_other(config: Config) -> None:
    with opened(config, EMBEDDER) as index:
        for article in index.articles():
            assert index.article(article.id) == article
        with pytest.raises(ArticleError, match="nonsense"):
            index.article("nonsense")


def test_the_same_story_under_two_titles_is_a_copy(config: Config) -> None:
    with opened(config, EMBEDDER) as index:
        rice, one, other = index.articles()
        assert (index.copies(rice.id), index.copies(one.id), index.copies(other.id)) == (
            (),
            (other,),
            (one,),
        )
        assert index.copies("nonsense") == ()


def test_passages_come_in_the_order_of_their_keys_and_are_exact(config: Config) -> None:
    with opened(config, EMBEDDER) as index:
        keys = index.catalog.keys().tolist()
        passages = index.passages(keys)
        assert index.passages(keys[::-1]) == passages[::-1]
        assert all(p.text == p.article.text[p.start : p.end] for p in passages)
        assert index.passages([]) == ()


def test_the_sentences_of_a_passage_are_spans_of_its_article(config: Config) -> None:
    with opened(config, EMBEDDER) as index:
        (passage,) = [p for p in index.passages(index.catalog.keys().tolist()) if p.start == 0][:1]
        spans = index.sentences(passage)
        assert spans[0].start == passage.start
        assert spans[-1].end == passage.end
        assert all(isinstance(span, Span) for span in spans)


@pytest.mark.parametrize(
    ("limits", "paths"),
    [
        ({}, {"a.md", "b.md", "c.md"}),
        ({"as_of": date(2025, 3, 4)}, {"a.md"}),
        ({"window": Interval(start=date(2025, 3, 3), end=date(2025, 3, 5))}, {"a.md", "c.md"}),
        ({"window": Interval()}, {"a.md", "c.md"}),
        ({"publishers": ("le PHARE", "THE GAZETTE")}, {"a.md", "b.md"}),
        ({"publishers": ("le phare",), "as_of": date(2025, 3, 9)}, set()),
        ({"as_of": date(2020, 1, 1)}, set()),
    ],
)
def test_words_and_vectors_keep_within_the_same_limits(
    config: Config, limits: dict[str, object], paths: set[str]
) -> None:
    assert found(config, **limits) == (paths, paths)


def test_threads_share_an_index(config: Config) -> None:
    questions = ("minister of the harbour", "rice prices")

    def ask(index: Index, text: str) -> tuple[Any, ...]:
        query = Query(question="?", text=text)
        ranking = index.lexical(query, limit=3)
        nearest = index.dense(query, EMBEDDER.encode([text])[0], limit=3)
        return ranking, nearest, index.passages([key for key, _ in ranking]), index.articles()

    with opened(config, EMBEDDER) as index, ThreadPoolExecutor(2) as pool:
        alone = [ask(index, text) for text in questions]
        together = list(pool.map(ask, [index] * 60, questions * 30))
    assert together == alone * 30


def test_a_missing_index_is_told_from_a_damaged_one(tmp_path: Path) -> None:
    with pytest.raises(IndexNotFoundError) as caught:
        opened(config_in(tmp_path), EMBEDDER)
    assert caught.value.hint == "run: mssqa build"


def files_of(config: Config) -> list[str]:
    folder = generation(config)
    names = sorted(path.relative_to(folder).as_posix() for path in folder.rglob("*"))
    return [name for name in names if (folder / name).is_file() and "lock" not in name]


def test_one_flipped_byte_anywhere_is_noticed(config: Config) -> None:
    for name in files_of(config):
        file = generation(config) / name
        whole = file.read_bytes()
        for place in {0, len(whole) // 2, len(whole) - 1} if whole else ():
            file.write_bytes(whole[:place] + bytes([whole[place] ^ 1]) + whole[place + 1 :])
            with pytest.raises((IndexCorruptError, IndexMismatchError)):
                opened(config, EMBEDDER)
            file.write_bytes(whole)
    verify(config.index.path)


def test_a_missing_file_is_named(config: Config) -> None:
    for name in files_of(config):
        if name in {"held", "manifest.json"}:
            continue
        shutil.copytree(generation(config), generation(config).with_name("kept"))
        (generation(config) / name).unlink()
        with pytest.raises(IndexCorruptError, match=name):
            opened(config, EMBEDDER)
        shutil.rmtree(generation(config))
        generation(config).with_name("kept").rename(generation(config))


@pytest.mark.parametrize("name", ["held", "manifest.json"])
def test_a_generation_that_lost_its_manifest_or_lock_is_corrupt(config: Config, name: str) -> None:
    (generation(config) / name).unlink()
    with pytest.raises(IndexCorruptError):
        opened(config, EMBEDDER)


def test_another_format_is_a_mismatch(config: Config) -> None:
    manifest = generation(config) / "manifest.json"
    manifest.write_text(manifest.read_text().replace(f'"format": {FORMAT}', '"format": 999'))
    with pytest.raises(IndexMismatchError, match="format 999"):
        opened(config, EMBEDDER)
    assert built(config, EMBEDDER).articles == 3


def test_another_embedder_is_a_mismatch(config: Config) -> None:
    with pytest.raises(IndexMismatchError, match="'fake-1', not 'fake-2'") as caught:
        opened(config, FakeEmbedder("fake-2"))
    assert caught.value.hint == "run: mssqa build"


@pytest.mark.usefixtures("config")
def test_other_settings_are_a_mismatch_that_names_the_setting(tmp_path: Path) -> None:
    with pytest.raises(IndexMismatchError, match=r"passages\.max_tokens = 48, not 100"):
        opened(config_in(tmp_path, passages__max_tokens=100), EMBEDDER)


@pytest.mark.usefixtures("config")
def test_settings_that_change_no_index_are_no_mismatch(tmp_path: Path) -> None:
    other = config_in(tmp_path, passages__max_tokens=48, retrieval__hits=3)
    opened(other, EMBEDDER).close()


def test_any_settings_will_do_to_look_at_an_index(config: Config) -> None:
    with open_any(config.index.path) as index:
        assert index.manifest.embedder == "fake-1"


def test_all_errors_say_which_command_mends_them(config: Config) -> None:
    (config.index.path / "CURRENT").write_text("?")
    with pytest.raises(IndexingError) as caught:
        opened(config, EMBEDDER)
    assert caught.value.hint.startswith("run: mssqa build")
    assert built(config, EMBEDDER).articles == 3
