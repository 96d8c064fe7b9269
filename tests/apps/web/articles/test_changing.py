"""Whole changes over a real index, told stage by stage."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any, Literal

import pytest
from doubles import FakeEmbedder
from small_corpus import config_in, page, write_files

from mssqa.apps.web.articles.asked import Change, Look
from mssqa.apps.web.articles.changing import Changing, Stage
from mssqa.apps.web.articles.looking import Looking
from mssqa.apps.web.wording import wording
from mssqa.build import build_index
from mssqa.config import Config
from mssqa.index import generations

WORDS = wording("en")
FILES = {
    "harbour.md": page("Harbour", "The harbour opened its third basin.", published="2025-03-03"),
    "rice.md": page("Rice", "A sack of rice costs 3,200 shillings."),
}
Act = Literal["build", "files", "address", "typed", "remove", "restore"]


@pytest.fixture
def config(tmp_path: Path) -> Config:
    made = config_in(tmp_path, index__lock_timeout_seconds=0)
    write_files(made, FILES)
    build_index(made, embedder=FakeEmbedder())
    return made


def stages(config: Config, act: Act, **sent: Any) -> list[Stage]:
    changing = Changing(config, FakeEmbedder)
    return list(changing.change(Change(run="r", act=act, **sent), (), WORDS))


def last(config: Config, act: Act, **sent: Any) -> Stage:
    return stages(config, act, **sent)[-1]


def plain(stage: Stage) -> str:
    return " ".join(re.sub(r"<[^>]+>", " ", stage.told).split())


def titles(config: Config) -> list[str]:
    shown = Looking(config).look(Look(), WORDS).list
    return re.findall(r'class="title"[^>]*>([^<]*)<', shown)


def id_of(config: Config, title: str) -> str:
    shown = Looking(config).look(Look(), WORDS).list
    found = re.search(rf'data-id="(\w+)">{title}<', shown)
    assert found
    return found[1]


def test_a_build_tells_how_far_it_is_and_then_what_it_did(config: Config) -> None:
    (config.corpus.path / "rice.md").unlink()
    (config.corpus.path / "note<b>.txt").write_text("")
    *going, done = stages(config, "build")
    assert all(re.search(r'<progress [^>]*value="\d+">', each.going) for each in going)
    assert (done.going, done.ended) == ("", True)
    assert plain(done).startswith("The index is up to date: 1 removed, 1 file left out. 1 article")
    assert "note&lt;b&gt;.txt: it holds no article text" in done.told


def test_a_build_that_changes_nothing_says_so(config: Config) -> None:
    assert "nothing had changed. 2 articles" in plain(last(config, "build"))


def test_who_builds_while_somebody_builds_is_told_and_nothing_breaks(config: Config) -> None:
    with generations.building(config.index.path, timeout_seconds=0):
        done = last(config, "build")
    assert plain(done).startswith("Somebody is building the index.")
    assert titles(config) == ["Harbour", "Rice"]


def test_what_is_added_while_somebody_builds_is_saved_and_it_is_told_why_it_is_not_indexed(
    config: Config,
) -> None:
    with generations.building(config.index.path, timeout_seconds=0):
        done = last(config, "typed", title="Bridge", text="The old bridge was closed to lorries.")
    assert plain(done).startswith("“Bridge” is saved as bridge.md. Somebody is building the index.")
    assert done.added == "typed"
    last(config, "build")
    assert titles(config) == ["Harbour", "Bridge", "Rice"]


def test_a_typed_article_is_in_the_index_at_once(config: Config) -> None:
    done = last(config, "typed", title="Bridge", text="The old bridge was closed to lorries.")
    assert (done.added, done.ended) == ("typed", True)
    assert titles(config) == ["Harbour", "Bridge", "Rice"]


def test_what_is_refused_changes_nothing_and_is_not_called_added(config: Config) -> None:
    done = last(config, "typed", title="<i>Empty</i>")
    assert (done.added, done.ended) == ("", True)
    assert "“&lt;i&gt;Empty&lt;/i&gt;” was not added." in done.told
    assert plain(done).endswith("It holds no article text.")


def test_why_something_is_refused_is_told_in_the_words_of_the_page_or_marked_as_english(
    config: Config,
) -> None:
    def told(**sent: Any) -> str:
        change = Change(run="r", act="typed", title="Pont", **sent)
        return list(Changing(config, None).change(change, (), wording("fr")))[-1].told

    assert (
        "« Pont » n’a pas été ajouté.".replace(" »", "\u00a0»").replace("« ", "«\u00a0") in told()
    )
    assert '<span lang="en">It holds no article text.</span>' in told()
    assert "Écrivez-la sous la forme 2025-03-31" in told(text="Le pont.", published="hier")


def test_the_hint_of_a_fetch_names_no_command(config: Config) -> None:
    done = last(config, "address", url="http://127.0.0.1:1/x")
    assert plain(done) == (
        "“http://127.0.0.1:1/x” was not added. 127.0.0.1 is at the private address 127.0.0.1."
    )


def test_a_removed_article_can_be_brought_back_from_where_it_is_told(config: Config) -> None:
    rice = id_of(config, "Rice")
    gone = last(config, "remove", article=rice)
    assert gone.gone == rice
    assert f'data-act="restore" data-id="{rice}">Undo</button>' in gone.told
    assert titles(config) == ["Harbour"]
    assert "rice.md" in Looking(config).look(Look(), WORDS).trash
    back = last(config, "restore", article=rice)
    assert plain(back).startswith("“Rice” is back. The index is up to date: 1 added.")
    assert titles(config) == ["Harbour", "Rice"]


def test_an_article_that_was_removed_twice_is_in_the_trash_once(config: Config) -> None:
    rice = id_of(config, "Rice")
    for _ in range(2):
        last(config, "remove", article=rice)
        (config.corpus.path / "rice.md").write_text(FILES["rice.md"])
        last(config, "build")
    assert Looking(config).look(Look(), WORDS).trash.count("<li>") == 1


def test_the_only_article_stays(config: Config) -> None:
    last(config, "remove", article=id_of(config, "Rice"))
    done = last(config, "remove", article=id_of(config, "Harbour"))
    assert plain(done) == "It was not removed: it is the only article, and an index needs one."
    assert (done.gone, titles(config)) == ("", ["Harbour"])
    assert [each.name for each in config.corpus.path.glob("*.md")] == ["harbour.md"]


@pytest.mark.parametrize(
    ("act", "why"),
    [
        ("remove", "That article is no longer among the articles."),
        ("restore", "That article is no longer among the removed ones."),
    ],
)
def test_an_article_that_nobody_knows_is_told_in_words(config: Config, act: Act, why: str) -> None:
    done = last(config, act, article="../../etc")
    assert (plain(done), done.ended) == (why, True)


def test_what_nobody_foresaw_is_told_without_its_secrets(
    config: Config, caplog: pytest.LogCaptureFixture
) -> None:
    def broken() -> Iterator[FakeEmbedder]:
        raise RuntimeError("a secret path")

    *_, done = Changing(config, broken).change(Change(run="r", act="build"), (), WORDS)  # type: ignore[arg-type]
    assert plain(done).startswith("Something went wrong here. The log of the page says what.")
    assert "a secret path" in caplog.text


def test_a_damaged_index_is_told_and_a_build_mends_it(config: Config) -> None:
    (config.index.path / "CURRENT").write_text("nonsense")
    done = last(config, "remove", article="x")
    assert plain(done).startswith("The index is damaged.")
    last(config, "build")
    assert titles(config) == ["Harbour", "Rice"]
