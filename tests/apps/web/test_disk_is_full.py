"""A disk that is full, and files that may not be read: told in words, and nothing is lost."""

import re
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from argon2 import PasswordHasher
from argon2.profiles import CHEAPEST
from doubles import FakeEmbedder, fake_models
from small_corpus import config_in, page, write_files
from small_disk import Disk, nobody, small_disk
from starlette.applications import Starlette
from starlette.testclient import TestClient

from mssqa.apps.accounts import Accounts, Policy
from mssqa.apps.feedback import Feedback, Verdict
from mssqa.apps.web.articles.asked import Change, Look
from mssqa.apps.web.articles.changing import Changing
from mssqa.apps.web.articles.looking import Looking
from mssqa.apps.web.asking.asked import Asked
from mssqa.apps.web.asking.asking import Asking
from mssqa.apps.web.asking.stages import Stage
from mssqa.apps.web.asking.tab import functions
from mssqa.apps.web.front import FrontDoor
from mssqa.apps.web.login import Logins
from mssqa.apps.web.opening import Opening
from mssqa.apps.web.wording import wording
from mssqa.build import build_index
from mssqa.config import Config
from mssqa.qa import QA

WORDS = wording("en")
FULL = "The disk is full."
UNREADABLE = "The page cannot read or write its own files."
QUESTION = "Which basin did the harbour open?"
FILES = {
    "harbour.md": page("Harbour", "The harbour opened its third basin.", published="2025-03-03"),
    "rice.md": page("Rice", "A sack of rice costs 3,200 shillings."),
}
PASSWORD = "a long walk by the quay"


@pytest.fixture
def disk(tmp_path: Path) -> Iterator[Disk]:
    with small_disk(tmp_path / "disk", mib=2) as made:
        yield made


@pytest.fixture
def config(disk: Disk) -> Config:
    """Corpus, index and feedback, all on the small disk."""
    made = config_in(disk.folder, page__data=disk.folder / "data", reader__min_support=0)
    write_files(made, FILES)
    build_index(made, embedder=FakeEmbedder())
    return made


def asking(config: Config) -> Asking:
    opening = Opening(lambda: QA(config, fake_models()))
    opening.qa()
    return Asking(opening, Feedback(config.page.data))


def answered(tab: Asking) -> Stage:
    return list(tab.ask(Asked(run="r", question=QUESTION), who="somebody"))[-1]


def script(tab: Asking) -> dict[str, Callable[..., Any]]:
    """What the script of the Ask tab may call, by name."""
    return {each.__name__: each for each in functions(tab)}


def changed(config: Config, **sent: Any) -> str:
    """What is told at the end of a change."""
    *_, last = Changing(config, FakeEmbedder).change(Change(run="r", **sent), (), WORDS)
    assert last.ended
    assert last.added == ""
    return " ".join(re.sub(r"<[^>]+>", " ", last.told).split())


def titles(config: Config) -> list[str]:
    return re.findall(r'class="title"[^>]*>([^<]*)<', Looking(config).look(Look(), WORDS).list)


def test_questions_are_answered_on_a_full_disk(config: Config, disk: Disk) -> None:
    tab = asking(config)
    disk.fill()
    assert answered(tab).stage == "checked"
    assert answered(asking(config)).stage == "checked"  # opened on the full disk


@pytest.mark.parametrize("judgements", [0, 1])
def test_a_verdict_that_a_full_disk_cannot_keep_is_told_and_can_be_given_again(
    config: Config, disk: Disk, judgements: int
) -> None:
    tab = asking(config)
    for _ in range(judgements):
        tab.judge(str(answered(tab).token), Verdict.BAD)
    token = answered(tab).token
    disk.fill()
    sent = {"token": token, "verdict": "good", "language": "en"}
    told = script(tab)["judge"](sent)
    assert told["trouble"]["what"] == FULL
    disk.clear()
    assert script(tab)["judge"](sent) == {"value": True}
    assert Feedback(config.page.data).all()[-1].verdict is Verdict.GOOD


def test_an_article_that_finds_no_room_is_told_and_the_index_is_as_it_was(
    config: Config, disk: Disk
) -> None:
    disk.fill()
    told = changed(config, act="typed", title="Bridge", text="The old bridge was closed.")
    assert told.startswith(f"“Bridge” was not added. {FULL}")
    disk.clear()
    assert titles(config) == ["Harbour", "Rice"]
    assert sorted(each.name for each in config.corpus.path.iterdir()) == sorted(FILES)


def test_a_build_that_finds_no_room_is_told_and_the_index_is_as_it_was(
    config: Config, disk: Disk
) -> None:
    (config.corpus.path / "bridge.md").write_text(page("Bridge", "The old bridge was closed."))
    disk.fill()
    assert changed(config, act="build").startswith(FULL)
    assert titles(config) == ["Harbour", "Rice"]
    disk.clear()
    assert "1 added" in changed(config, act="build")


def test_who_cannot_be_let_in_for_want_of_room_is_told_why(disk: Disk) -> None:
    accounts = Accounts(disk.folder, PasswordHasher.from_parameters(CHEAPEST))
    accounts.add("amina", PASSWORD)
    door = FrontDoor(Starlette(), policy=Policy.USERS, logins=Logins(accounts))
    disk.fill()
    with TestClient(door, "http://127.0.0.1") as client:
        sent = {"username": "amina", "password": PASSWORD}
        refused = client.post("/login", data=sent)
        assert (refused.status_code, refused.text.splitlines()[0]) == (503, FULL)
        disk.clear()
        assert client.post("/login", data=sent).json() == {"success": True}


def test_files_that_may_not_be_read_are_told_in_words_and_the_log_says_which(
    tmp_path: Path, caplog: pytest.LogCaptureFixture
) -> None:
    config = config_in(tmp_path)
    write_files(config, FILES)
    build_index(config, embedder=FakeEmbedder())
    for folder in (tmp_path, *tmp_path.parents[:2]):
        folder.chmod(0o755)
    tab = asking(config)
    config.index.path.chmod(0)
    with nobody():
        told = [
            answered(tab).trouble,
            tab.greet(WORDS).trouble,
            tab.greet(wording("fr")).trouble,
        ]
        opened = script(tab)["read"]({"article": "x", "start": 0, "end": 1, "language": "en"})
        seen = changed(config, act="remove", article="x")
    config.index.path.chmod(0o755)
    assert [each and each.what for each in told] == [
        UNREADABLE,
        UNREADABLE,
        "La page ne parvient pas à lire ou à écrire ses propres fichiers.",
    ]
    assert opened["trouble"]["what"] == UNREADABLE
    assert seen.startswith(UNREADABLE)
    assert str(config.index.path) in caplog.text
    assert answered(tab).stage == "checked"
