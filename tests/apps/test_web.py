"""The page as it is served on this computer, to programs that are no browser."""

import asyncio
import json
import os
import re
import shutil
import signal
import subprocess
import sys
from collections.abc import Awaitable, Callable, Iterator
from datetime import date
from pathlib import Path
from typing import Any, TypeVar

import httpx
import page_with_doubles
import pytest
from doubles import FakeEmbedder, fake_models
from fastapi import FastAPI
from gradio_client import Client  # type: ignore[import-untyped]
from mcp import ClientSession
from mcp.client.streamable_http import streamable_http_client
from mcp.types import CallToolResult, ListToolsResult, TextContent
from small_corpus import config_in, page, write_files
from starlette.routing import Mount, Route

from mssqa.apps.accounts import Accounts
from mssqa.apps.web import Opening, build_page
from mssqa.apps.web.serve import behind
from mssqa.build import build_index
from mssqa.config import Config
from mssqa.qa import QA

T = TypeVar("T")

READER = ("amina", "a long walk by the quay")
ADMIN = ("zoe", "a short walk to the quay")
ADDRESS = "http://127.0.0.1:7860/"
DOCS = Path(__file__).parents[2] / "docs" / "http.md"
QUESTION = "Which basin did the harbour open?"
ANSWER = "The harbour opened its third basin on Monday, the minister said. [1] (3 March 2025)"
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
    Accounts(made.page.data).add(*READER)
    Accounts(made.page.data).add(*ADMIN, admin=True)
    return made


@pytest.fixture(scope="module")
def url(config: Config, secret: str) -> Iterator[str]:
    """The page, served by a process of its own, for Gradio leaves sockets and loops behind."""
    script = Path(page_with_doubles.__file__)
    command = [sys.executable, str(script), str(config.index.path.parent)]
    bearer = {"Authorization": f"Bearer {secret}"}
    with subprocess.Popen(command, stderr=subprocess.PIPE, text=True) as process:
        assert process.stderr is not None
        found = next(filter(None, (re.search(r"http://[\d.:]+/", each) for each in process.stderr)))
        yield found.group()
        with httpx.stream("GET", f"{found.group()}gradio_api/heartbeat/x", headers=bearer):
            process.send_signal(signal.SIGINT)  # though a page is open
            assert process.wait(timeout=20) == 0
        assert process.stderr.read() == ""


@pytest.fixture(scope="module")
def secret(config: Config) -> str:
    return Accounts(config.page.data).log_in(READER[0])


@pytest.fixture
def visitor(url: str, secret: str) -> Iterator[httpx.Client]:
    bearer = {"Authorization": f"Bearer {secret}"}
    with httpx.Client(base_url=url, headers=bearer) as client:
        yield client


def opened(url: str, login: tuple[str, str]) -> Any:
    return Client(url, auth=login, verbose=False)


def listed(routes: Any, before: str = "") -> Iterator[tuple[str, str]]:
    """The method and the address of everything that an app has, its parameters filled."""
    for route in routes:
        if router := getattr(route, "original_router", None):  # one that FastAPI has included
            yield from listed(router.routes, before)
        elif isinstance(route, Mount):
            yield from listed(route.routes, before + route.path)
        elif isinstance(route, Route):
            address = re.sub(r"\{[^}]*\}", "x", before + route.path)
            yield from ((method, address) for method in route.methods or {"GET"})


@pytest.fixture(scope="module")
def addresses(config: Config) -> list[tuple[str, str]]:
    opening = Opening(lambda: QA(config, fake_models()))

    async def made() -> FastAPI:
        """Within an event loop, for Gradio makes one where there is none, and leaves it behind."""
        return behind(build_page(config, opening), opening)

    return sorted(set(listed(asyncio.run(made()).routes)))


def test_whatever_the_app_lists_strangers_are_told_to_log_in(
    url: str, addresses: list[tuple[str, str]]
) -> None:
    assert len(addresses) > 50
    assert {("POST", "/gradio_api/queue/join"), ("GET", "/gradio_api/file=x")} <= set(addresses)
    with httpx.Client(base_url=url) as stranger:
        got = {each: stranger.request(*each).status_code for each in addresses}
        mcp = [stranger.request(method, "/gradio_api/mcp") for method in ("GET", "POST", "DELETE")]
    assert {address for (_, address), status in got.items() if status != 401} <= {"/login"}
    assert [reply.status_code for reply in mcp] == [401, 401, 401]


def test_the_page_is_whole_without_any_other_site(visitor: httpx.Client) -> None:
    loaded = visitor.get("/").text + visitor.get("theme.css").text
    for outside in ("fonts.googleapis.com", "fonts.gstatic.com", "cdn", "huggingface.co/"):
        assert outside not in loaded
    assert visitor.get("config").json()["analytics_enabled"] is False


def test_the_page_gives_no_file_away(visitor: httpx.Client, config: Config) -> None:
    for file in (config.corpus.path / "harbour.md", config.page.data / "users.sqlite"):
        assert visitor.get(f"gradio_api/file={file}").status_code in {403, 404}


def test_exactly_four_doors_are_named_and_nothing_else_is_public(visitor: httpx.Client) -> None:
    named = visitor.get("gradio_api/info").json()
    assert sorted(named["named_endpoints"]) == ["/articles", "/ask", "/build", "/search"]
    assert named["unnamed_endpoints"] == {}
    given = [each["parameter_name"] for each in named["named_endpoints"]["/ask"]["parameters"]]
    assert given == ["question", "history", "as_of", "publishers"]


def test_a_program_gets_the_answer_of_the_command_line(url: str, config: Config) -> None:
    got = opened(url, READER).predict(QUESTION, as_of="2025-12-31", api_name="/ask")
    with QA(config, fake_models()) as qa:
        wanted = qa.ask(QUESTION, as_of=date(2025, 12, 31)).to_dict()
    assert got.pop("timings_ms").keys() == wanted.pop("timings_ms").keys()
    assert got == wanted
    assert got["text"] == ANSWER


def test_a_follow_up_is_asked_with_what_was_said_before(url: str) -> None:
    client = opened(url, READER)
    history = [{"question": QUESTION, "answer": ANSWER}]
    assert client.predict("Who said so?", history, api_name="/ask")["question"] == "Who said so?"
    nobody = client.predict(QUESTION, publishers=["Nobody"], api_name="/ask")
    assert (nobody["status"], nobody["citations"]) == ("declined", [])


def test_programs_search_and_list(url: str, config: Config) -> None:
    client = opened(url, READER)
    with QA(config, fake_models()) as qa:
        hits = [hit.to_dict() for hit in qa.search("basin")]
        articles = [article.to_dict() for article in qa.articles()]
    assert client.predict("basin", api_name="/search") == {"query": "basin", "hits": hits}
    assert client.predict(api_name="/articles") == {"articles": articles}


@pytest.mark.parametrize(
    ("sent", "message"),
    [
        ({"question": ""}, "the question is empty"),
        ({"question": "x" * 2_001}, "the question has 2,001 characters"),
        ({"question": 7}, "question: Input should be a valid string"),
        ({"question": "Who?", "as_of": "2025-13-01"}, "as_of: Input should be a valid date"),
        ({"question": "Who?", "history": [{"question": "a"}]}, "history.0.answer: Field required"),
        ({"question": "Who?", "publishers": "The Gazette"}, "publishers: Input should be a valid"),
    ],
)
def test_what_goes_wrong_is_told_as_in_a_batch(
    visitor: httpx.Client, sent: dict[str, Any], message: str
) -> None:
    got = called(visitor, "ask", sent)
    assert got["error"]["kind"] == "QuestionError"
    assert got["error"]["message"].startswith(message)
    assert got["error"]["hint"]


def called(client: httpx.Client, door: str, sent: dict[str, Any]) -> Any:
    """What a door gives, as `curl` gets it."""
    event = client.post(f"gradio_api/call/v2/{door}", json=sent).json()["event_id"]
    told = client.get(f"gradio_api/call/v2/{door}/{event}").text
    return json.loads(told.split("event: complete\ndata: ")[1])[0]


def test_only_administrators_build(url: str, visitor: httpx.Client, config: Config) -> None:
    assert opened(url, READER).predict(api_name="/build")["error"]["kind"] == "NotAllowedError"
    assert visitor.post("gradio_api/call/v2/build", json={}).status_code == 403
    assert visitor.post("gradio_api/upload", files={"files": b"x"}).status_code == 403
    closed = page("A bridge is closed", "The bridge was closed in May.", published="2025-05-02")
    write_files(config, FILES | {"bridge.md": closed})
    built = opened(url, ADMIN).predict(api_name="/build")
    assert (built["added"], built["unchanged"]) == (["bridge.md"], ["harbour.md"])
    assert len(opened(url, READER).predict(api_name="/articles")["articles"]) == 2


def blocks(language: str) -> list[str]:
    return re.findall(rf"```{language}\n(.*?)```", DOCS.read_text("utf-8"), re.DOTALL)


def test_the_python_of_the_documentation_runs(url: str, capsys: pytest.CaptureFixture[str]) -> None:
    (code,) = blocks("python")
    code = code.replace(f'"{ADDRESS}"', f'"{url}", auth={READER}')
    exec(compile(code, str(DOCS), "exec"), {})
    assert capsys.readouterr().out.splitlines()[0] == f"supported {ANSWER}"


@pytest.mark.skipif(shutil.which("curl") is None, reason="there is no curl")
def test_the_commands_of_the_documentation_run(url: str, secret: str) -> None:
    ask, show = blocks("sh")
    logged_in = 'curl() { command curl -H "Authorization: Bearer $SECRET" "$@"; }\n'
    environment = os.environ | {"SECRET": secret}

    def printed(script: str) -> Any:
        command = ["bash", "-euc", script.replace(ADDRESS, url)]
        return json.loads(subprocess.check_output(command, env=environment))

    assert printed(logged_in + ask)["text"] == ANSWER
    assert sorted(printed(show)["named_endpoints"]) == ["/articles", "/ask", "/build", "/search"]


def with_tools(url: str, secret: str, use: Callable[[ClientSession], Awaitable[T]]) -> T:
    """What comes of using the tools, as a real client of the protocol does."""

    async def run() -> T:
        headers = {"Authorization": f"Bearer {secret}"}
        async with (
            httpx.AsyncClient(headers=headers) as http,
            streamable_http_client(f"{url}gradio_api/mcp", http_client=http) as (read, write, _),
            ClientSession(read, write) as session,
        ):
            await session.initialize()
            return await use(session)

    return asyncio.run(run())


def test_a_language_model_finds_three_tools_that_say_what_they_do(url: str, secret: str) -> None:
    found: ListToolsResult = with_tools(url, secret, lambda session: session.list_tools())
    assert [tool.name for tool in found.tools] == ["ask", "search", "read_article"]
    ask, search, read = (tool.inputSchema for tool in found.tools)
    assert (ask["required"], read["required"]) == (["question"], ["article_id"])
    assert set(ask["properties"]) == set(search["properties"])
    assert set(ask["properties"]) == {"question", "as_of", "publishers"}
    assert all(each["description"] for each in ask["properties"].values())
    assert all("article" in str(tool.description) for tool in found.tools)
    assert all(tool.annotations and tool.annotations.readOnlyHint for tool in found.tools)


def test_a_language_model_asks_searches_and_reads(url: str, secret: str) -> None:
    async def use(session: ClientSession) -> list[CallToolResult]:
        asked = await session.call_tool("ask", {"question": QUESTION, "as_of": "2025-12-31"})
        assert asked.structuredContent is not None
        article = asked.structuredContent["citations"][0]["article"]["id"]
        return [
            asked,
            await session.call_tool("search", {"question": "basin"}),
            await session.call_tool("read_article", {"article_id": article}),
        ]

    asked, found, article = (each.structuredContent or {} for each in with_tools(url, secret, use))
    assert asked["text"] == ANSWER
    assert found["hits"][0]["article"]["path"] == "harbour.md"
    assert article["text"].startswith("The harbour opened its third basin on Monday")


@pytest.mark.parametrize(
    ("tool", "sent", "message"),
    [
        ("ask", {"question": " "}, "the question is empty. ask in words"),
        ("ask", {"question": "Who?", "as_of": "soon"}, "valid date"),
        ("read_article", {"article_id": "../users.sqlite"}, "no article"),
        ("build", {}, "Unknown tool"),
    ],
)
def test_a_language_model_is_told_what_went_wrong(
    url: str, secret: str, tool: str, sent: dict[str, Any], message: str
) -> None:
    got: CallToolResult = with_tools(url, secret, lambda session: session.call_tool(tool, sent))
    assert got.isError
    assert isinstance(got.content[0], TextContent)
    assert message in got.content[0].text


def test_strangers_find_no_tools(url: str) -> None:
    with pytest.raises(ExceptionGroup) as refused:
        with_tools(url, "a wrong one", lambda session: session.list_tools())
    assert refused.group_contains(httpx.HTTPStatusError, match="401")
