"""The page as it is served on this computer, to programs that are no browser."""

import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import httpx
import page_with_doubles
import pytest
from doubles import FakeEmbedder
from small_corpus import config_in, page, write_files

from mssqa.apps.accounts import Accounts
from mssqa.build import build_index
from mssqa.config import Config

LOGIN = ("amina", "a long walk by the quay")
FILES = {
    "harbour.md": page(
        "Harbour opens a basin",
        "The harbour opened its third basin on Monday, the minister said.\n\n"
        "Ships from four continents will dock there, the minister said.",
        published="2025-03-03",
        publisher="The Gazette",
    ),
}


@pytest.fixture(scope="module")
def config(tmp_path_factory: pytest.TempPathFactory) -> Config:
    folder = tmp_path_factory.mktemp("page")
    made = config_in(folder, page__data=folder / "data", reader__min_support=0)
    write_files(made, FILES)
    build_index(made, embedder=FakeEmbedder())
    Accounts(made.page.data).add(*LOGIN)
    return made


@pytest.fixture(scope="module")
def url(config: Config) -> Iterator[str]:
    """The page, served by a process of its own, for Gradio leaves sockets and loops behind."""
    script = Path(page_with_doubles.__file__)
    command = [sys.executable, str(script), str(config.index.path.parent)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = next(filter(None, (re.search(r"http://[\d.:]+/", each) for each in process.stderr)))
        yield found.group()
        process.terminate()


@pytest.fixture
def visitor(url: str) -> Iterator[httpx.Client]:
    with httpx.Client() as client:
        name, password = LOGIN
        assert client.post(f"{url}login", data={"username": name, "password": password}).is_success
        yield client


def test_with_users_nobody_unknown_is_let_in(url: str) -> None:
    assert httpx.get(f"{url}config").status_code == 401
    assert httpx.post(f"{url}gradio_api/call/ask", json={"data": ["Who?"]}).status_code == 401
    wrong = {"username": "amina", "password": "a wrong one at that"}
    assert httpx.post(f"{url}login", data=wrong).status_code == 400


def test_the_page_is_whole_without_any_other_site(url: str, visitor: httpx.Client) -> None:
    loaded = visitor.get(url).text + visitor.get(f"{url}theme.css").text
    for outside in ("fonts.googleapis.com", "fonts.gstatic.com", "cdn", "huggingface.co/"):
        assert outside not in loaded
    assert visitor.get(f"{url}config").json()["analytics_enabled"] is False


def test_the_page_gives_no_file_away(url: str, visitor: httpx.Client, config: Config) -> None:
    for file in (config.corpus.path / "harbour.md", config.page.data / "users.sqlite"):
        assert visitor.get(f"{url}gradio_api/file={file}").status_code in {403, 404}
