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
    FILES,
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
from small_corpus import config_in

from mssqa.apps.accounts import Accounts
from mssqa.build import build_index

STARTER = Path(__file__).parents[2] / "corpus"
VISITORS = Visitors()


def pytest_collection_modifyitems(items: list[pytest.Item]) -> None:
    """Every test here runs a browser; without one it is skipped, unless it is required."""
    here = [item for item in items if Path(__file__).parent in item.path.parents]
    for item in here:
        item.add_marker(pytest.mark.browser)
        if CHROMIUM is None and os.environ.get("BROWSER") != "required":
            item.add_marker(pytest.mark.skip(reason=INSTALL))


@pytest.hookimpl(trylast=True)  # after the fixtures
def pytest_runtest_teardown(item: pytest.Item, nextitem: pytest.Item | None) -> None:
    """Close the browser behind the last test that has one."""
    del item
    if nextitem is None or nextitem.get_closest_marker("browser") is None:
        VISITORS.leave()


@pytest.fixture(scope="session")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """The page over the articles of `browsing`, with doubles of the models, for all modules."""
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
def come(request: pytest.FixtureRequest) -> Iterator[Come]:
    """Makes visitors of the module's page: `come()`, `come("phone")`, `come(served=other)`."""
    if CHROMIUM is None:
        pytest.fail(INSTALL)
    with ExitStack() as stack:

        def visitor(look: Look = "desktop", *, served: Served | None = None) -> Visitor:
            page: Served = served or request.getfixturevalue("served")
            return stack.enter_context(VISITORS.visiting(page, look))

        yield visitor
