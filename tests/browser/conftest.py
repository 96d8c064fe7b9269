"""A served page and visitors with a real Chromium, for every test in this folder.

    def test_...(served: Served, come: Come) -> None:
        page = come("phone").open()          # or come("dark"), come("still"), come()
        assert barriers(page) == []          # axe-core: nothing serious or critical

`served` is the page over a small corpus, with doubles of the models, which no test changes;
`served_for_real` over the starter articles with the real weights. A test fails if a page asks
anything of another site, or if its console shows an error that is not in `visitor.expected`.
"""

import os
import shutil
from collections.abc import Iterator
from contextlib import ExitStack
from pathlib import Path

import pytest
from browsing import (
    CHROMIUM,
    FLAGS,
    INSTALL,
    PASSWORD,
    Come,
    Look,
    Served,
    Visitor,
    Visitors,
    serving,
    serving_doubles,
)
from playwright.sync_api import sync_playwright
from small_corpus import config_in, page

from mssqa.apps.accounts import Accounts
from mssqa.build import build_index

STARTER = Path(__file__).parents[2] / "corpus"
FILES = {
    "harbour.md": page(
        "Harbour opens a third basin",
        "The harbour opened its third basin on Monday, the minister said.\n\n"
        "Ships from four continents will dock there, the minister said.",
        published="2025-03-03",
        publisher="The Gazette",
    ),
    "ferries.md": page(
        "More ferries sail",
        "Forty ferries sail at dawn, the harbour office reported.\n\n"
        "Last year twelve ferries sailed at dawn.",
        published="2025-04-10",
        publisher="Quay News",
    ),
    "rice.md": page(
        "Rice grows dearer",
        "A sack of rice costs 3,200 shillings, traders at the market said.",
        published="2025-04-21",
        publisher="The Gazette",
    ),
    "bridge.md": page("A bridge is closed", "The old bridge was closed to lorries in spring."),
}


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here runs a browser; without one it is skipped, unless it is required."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None and os.environ.get("BROWSER") != "required":
            item.add_marker(pytest.mark.skip(reason=INSTALL))


@pytest.fixture(scope="module")
def visitors() -> Iterator[Visitors]:
    """A browser for each module: while it runs, so does an event loop, which other tests start."""
    if CHROMIUM is None:
        pytest.fail(INSTALL)
    with sync_playwright() as playwright:
        launched = playwright.chromium.launch(executable_path=CHROMIUM, args=list(FLAGS))
        yield Visitors(launched)
        launched.close()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page over four small articles, with doubles of the models. All modules share it."""
    folder = tmp_path_factory.mktemp("served")
    with serving_doubles(FILES, folder) as up:
        yield up


@pytest.fixture(scope="session")
def with_users(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The same, asking for a login: `ruth` is an administrator, `amina` is not."""
    folder = tmp_path_factory.mktemp("users")
    for name in ("amina", "ruth"):
        Accounts(folder / "data").add(name, PASSWORD, admin=name == "ruth")
    with serving_doubles(FILES, folder) as up:
        yield up


@pytest.fixture(scope="module")
def served_for_real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page over the starter articles, with the real weights (mark the test `model`)."""
    folder = tmp_path_factory.mktemp("real")
    shutil.copytree(STARTER, folder / "corpus", ignore=shutil.ignore_patterns(".*"))
    config = config_in(folder, page__data=folder / "data", generator__kind="quote")
    build_index(config)
    settings = folder / "mssqa.toml"
    settings.write_text('[page]\nport = 0\ndata = "data"\n[generator]\nkind = "quote"\n')
    places = ["--corpus", str(config.corpus.path), "--index", str(config.index.path)]
    command = ["-m", "mssqa", "serve", *places, "--config", str(settings)]
    with serving(command, folder) as up:
        yield up


@pytest.fixture
def come(visitors: Visitors, request: pytest.FixtureRequest) -> Iterator[Come]:
    """Makes visitors of the module's page: `come()`, `come("phone")`, `come(served=other)`."""
    with ExitStack() as stack:

        def visitor(look: Look = "desktop", *, served: Served | None = None) -> Visitor:
            page: Served = served or request.getfixturevalue("served")
            return stack.enter_context(visitors.visiting(page, look))

        yield visitor
