"""Building the index: what is reported, what is read again, and that the past leaves no trace."""

import errno
import os
import tempfile
from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from doubles import FakeEmbedder
from hypothesis import given, settings
from hypothesis import strategies as st
from small_corpus import built, config_in, contents, opened, page, write_files

from mssqa.build import add_article, build_index, remove_article, restore_article, watch
from mssqa.config import Config
from mssqa.errors import ArticleError, CorpusError, IndexingError, IndexNotFoundError
from mssqa.index import generations
from mssqa.report import BuildReport, Skipped
from mssqa.types import Query

HARBOUR = page(
    "Harbour opens a basin",
    "The harbour opened its third basin on Monday, the minister said.\n\n"
    "Ships from four continents will dock there. Dockers asked for a safety report.",
    published="2025-03-03",
    publisher="The Gazette",
)
RICE = page(
    "Rice rises again",
    "Rice prices rose by a third in the capital.\n\nFarmers blame the flood of last autumn.",
    published="2025-03-05",
)
POLICE = page("Police arrive", "Four hundred police officers came by ship. They speak French.")


@pytest.fixture
def config(tmp_path: Path) -> Config:
    return config_in(tmp_path)


@pytest.fixture
def embedder() -> FakeEmbedder:
    return FakeEmbedder()


def report(generation: str, **parts: object) -> BuildReport:
    return BuildReport(generation=generation, seconds=0, **parts)  # type: ignore[arg-type]


def test_the_first_build_adds_every_file(config: Config, embedder: FakeEmbedder) -> None:
    write_files(config, {"a.md": HARBOUR, "sub/b.md": RICE})
    done = built(config, embedder)
    assert done == report(
        done.generation, added=("a.md", "sub/b.md"), articles=2, passages=2, embedded=2
    )
    assert done.generation.startswith("000001-")


def test_a_build_reports_what_was_added_changed_renamed_removed_and_skipped(
    config: Config, embedder: FakeEmbedder
) -> None:
    write_files(config, {"a.md": HARBOUR, "b.md": RICE, "c.md": POLICE, "d.md": "Day off. Yes."})
    built(config, embedder)
    changed = RICE.replace("a third", "a half")
    write_files(
        config,
        {"a.md": HARBOUR, "b.md": changed, "e.md": POLICE, "f.md": "New words.", "g.zip": "x"},
    )
    done = built(config, embedder)
    (skipped,) = done.skipped
    assert skipped.path == "g.zip"
    assert "suffix" in skipped.reason
    assert done == report(
        done.generation,
        added=("f.md",),
        changed=("b.md",),
        renamed=(("c.md", "e.md"),),
        removed=("d.md",),
        unchanged=("a.md",),
        skipped=(skipped,),
        articles=4,
        passages=4,
        embedded=2,
    )


def test_nothing_changed_means_no_new_generation(config: Config, embedder: FakeEmbedder) -> None:
    write_files(config, {"a.md": HARBOUR, "b.md": RICE})
    first = built(config, embedder)
    assert built(config, embedder) == report(
        first.generation, unchanged=("a.md", "b.md"), articles=2, passages=2, embedded=0
    )


def test_the_same_corpus_gets_the_same_generation_name(
    config: Config, embedder: FakeEmbedder, tmp_path: Path
) -> None:
    other = config_in(tmp_path / "other")
    for each in (config, other):
        write_files(each, {"a.md": HARBOUR, "b.md": RICE})
    assert built(config, embedder).generation == built(other, embedder).generation


def test_nothing_is_embedded_twice(config: Config, embedder: FakeEmbedder) -> None:
    write_files(config, {"a.md": HARBOUR})
    built(config, embedder)
    write_files(config, {"moved/a.md": HARBOUR, "b.md": RICE})
    built(config, embedder)
    assert len(embedder.encoded) == len(set(embedder.encoded)) == 2


def test_a_full_build_embeds_everything_again(config: Config, embedder: FakeEmbedder) -> None:
    write_files(config, {"a.md": HARBOUR, "b.md": RICE})
    built(config, embedder)
    done = built(config, embedder, full=True)
    assert (done.unchanged, done.embedded) == (("a.md", "b.md"), 2)


def test_other_settings_split_anew_but_embed_only_what_differs(
    config: Config, embedder: FakeEmbedder, tmp_path: Path
) -> None:
    write_files(config, {"a.md": HARBOUR, "b.md": RICE})
    built(config, embedder)
    other = config_in(tmp_path, passages__max_tokens=32)
    assert built(other, embedder).embedded == 2  # the harbour in two passages; rice as it was
    assert contents(other, embedder)["passages"][0].article.published == date(2025, 3, 3)


def test_another_embedder_embeds_everything(config: Config, embedder: FakeEmbedder) -> None:
    write_files(config, {"a.md": HARBOUR, "b.md": RICE})
    built(config, embedder)
    assert built(config, FakeEmbedder("fake-2")).embedded == 2


def test_the_same_text_in_two_files_is_indexed_once(config: Config, embedder: FakeEmbedder) -> None:
    write_files(config, {"a.md": HARBOUR, "b.md": HARBOUR})
    first = built(config, embedder)
    assert first.added == ("a.md",)
    assert first.skipped == (Skipped(path="b.md", reason="same text as a.md"),)
    write_files(config, {"b.md": HARBOUR})
    second = built(config, embedder)
    with opened(config, embedder) as index:
        assert [article.path for article in index.articles()] == ["b.md"]
    assert (second.renamed, second.skipped) == ((("a.md", "b.md"),), ())


def test_an_unreadable_file_is_reported_and_the_others_are_indexed(
    config: Config, embedder: FakeEmbedder
) -> None:
    write_files(config, {"a.md": HARBOUR, "broken.pdf": "no pdf", "empty.txt": ""})
    done = built(config, embedder)
    assert done.added == ("a.md",)
    assert [skipped.path for skipped in done.skipped] == ["broken.pdf", "empty.txt"]


def test_a_file_name_that_is_not_text_is_reported(config: Config, embedder: FakeEmbedder) -> None:
    write_files(config, {"a.md": HARBOUR})
    (config.corpus.path / os.fsdecode(b"\xff.md")).write_text(RICE)
    (skipped,) = built(config, embedder).skipped
    assert skipped.path == "?.md"


@pytest.mark.parametrize("files", [{}, {"a.pdf": "no pdf", "b.xyz": "?"}])
def test_a_corpus_without_an_article_leaves_the_old_index_alone(
    config: Config, embedder: FakeEmbedder, files: dict[str, str]
) -> None:
    write_files(config, {"a.md": HARBOUR})
    built(config, embedder)
    before = contents(config, embedder)
    write_files(config, files)
    with pytest.raises(CorpusError, match="a.pdf" if files else "empty"):
        build_index(config, embedder=embedder)
    assert contents(config, embedder) == before


def test_a_missing_corpus_is_an_error(config: Config, embedder: FakeEmbedder) -> None:
    with pytest.raises(CorpusError, match="no corpus folder"):
        build_index(config, embedder=embedder)


@pytest.mark.parametrize("index", ["corpus", "corpus/index", "."])
def test_corpus_and_index_within_each_other_are_refused(
    tmp_path: Path, embedder: FakeEmbedder, index: str
) -> None:
    config = config_in(tmp_path, index__path=tmp_path / index)
    write_files(config, {"a.md": HARBOUR})
    with pytest.raises(IndexingError, match="within each other"):
        build_index(config, embedder=embedder)
    assert sorted(path.name for path in config.corpus.path.iterdir()) == ["a.md"]


def test_a_damaged_index_is_built_anew(config: Config, embedder: FakeEmbedder) -> None:
    write_files(config, {"a.md": HARBOUR, "b.md": RICE})
    whole = built(config, embedder)
    before = contents(config, embedder)
    file = config.index.path / whole.generation / "catalog.sqlite"
    file.write_bytes(file.read_bytes()[:-1] + b"!")
    assert built(config, embedder).embedded == 2
    assert contents(config, embedder) == before


STEPS = ("scan", "read", "split", "catalog", "embed", "vectors", "words", "check", "switch")


@pytest.mark.parametrize("step", STEPS)
def test_a_full_disk_leaves_the_old_index_and_no_leftovers(
    config: Config, embedder: FakeEmbedder, step: str
) -> None:
    write_files(config, {"a.md": HARBOUR})
    old = built(config, embedder)
    before = contents(config, embedder)
    write_files(config, {"a.md": RICE})

    def fail(now: str, done: int, total: int) -> None:
        if now == step and done < total:
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises((IndexingError, OSError), match="No space left"):
        build_index(config, embedder=embedder, progress=fail)
    assert contents(config, embedder) == before
    assert sorted(path.name for path in config.index.path.iterdir()) == sorted(
        [old.generation, "CURRENT", "build.lock"]
    )


def test_a_full_disk_is_explained(config: Config, embedder: FakeEmbedder) -> None:
    write_files(config, {"a.md": HARBOUR})

    def fail(step: str, *_: int) -> None:
        if step == "vectors":
            raise OSError(errno.ENOSPC, "No space left on device")

    with pytest.raises(IndexingError) as caught:
        build_index(config, embedder=embedder, progress=fail)
    assert caught.value.hint == "free some space on the disk, then run: mssqa build"


def test_readers_keep_their_generation_until_they_let_go(
    config: Config, embedder: FakeEmbedder
) -> None:
    write_files(config, {"a.md": HARBOUR})
    first = built(config, embedder)
    with opened(config, embedder) as reader:
        write_files(config, {"a.md": RICE})
        second = build_index(config, embedder=embedder)
        assert reader.generation == first.generation
        assert [hit.title for hit in reader.articles()] == ["Harbour opens a basin"]
        assert reader.lexical(Query(question="?", text="harbour"), limit=1)
        assert generations.current(config.index.path) == second.generation
    write_files(config, {"a.md": POLICE})
    built(config, embedder)  # nothing but the third generation is left


def test_an_article_is_added_removed_and_restored(
    config: Config, embedder: FakeEmbedder, tmp_path: Path
) -> None:
    write_files(config, {"a.md": HARBOUR})
    (tmp_path / "rice.md").write_text(RICE)
    added = add_article(tmp_path / "rice.md", config, embedder=embedder)
    with opened(config, embedder) as index:
        assert index.article(added.id) == added
    assert remove_article(added.id, config, embedder=embedder) == added
    with opened(config, embedder) as index, pytest.raises(ArticleError):
        index.article(added.id)
    assert restore_article(added.id, config, embedder=embedder) == added
    with opened(config, embedder) as index:
        assert {article.id for article in index.articles()} >= {added.id}


def test_removing_needs_an_index(config: Config, embedder: FakeEmbedder) -> None:
    with pytest.raises(IndexNotFoundError):
        remove_article("0123456789abcdef", config, embedder=embedder)


def test_watching_builds_when_a_file_changes_and_survives_an_error(
    config: Config, embedder: FakeEmbedder
) -> None:
    write_files(config, {"a.md": HARBOUR})
    built(config, embedder)
    reports: Iterator[BuildReport] = watch(config, embedder=embedder, debounce_ms=50)
    assert next(reports).unchanged == ("a.md",)
    write_files(config, {"a.md": HARBOUR, "b.md": RICE})
    assert next(reports).added == ("b.md",)


BODIES = (
    HARBOUR,
    RICE,
    POLICE,
    HARBOUR.replace("Monday", "Tuesday"),
    RICE.replace("third", "half"),
)
PATHS = ("a.md", "b.txt", "c/d.md", "z.md")
corpora = st.dictionaries(st.sampled_from(PATHS), st.sampled_from(BODIES), min_size=1)


@settings(max_examples=12)
@given(st.lists(corpora, min_size=2, max_size=4))
def test_an_index_updated_step_by_step_equals_one_built_at_once(
    steps: list[dict[str, str]],
) -> None:
    embedder = FakeEmbedder()
    with tempfile.TemporaryDirectory() as folder:
        config, fresh = config_in(Path(folder)), config_in(Path(folder, "fresh"))
        for files in steps:
            write_files(config, files)
            updated = built(config, embedder)
        write_files(fresh, steps[-1])
        at_once = built(fresh, embedder)
        assert contents(config, embedder) == contents(fresh, embedder)
    assert (updated.articles, updated.passages) == (at_once.articles, at_once.passages)
    assert updated.skipped == at_once.skipped
    assert len(embedder.encoded) >= at_once.embedded
