"""A language model server, well and ill: a real one on this machine, that answers as told."""

import asyncio
import json
import logging
import time
from collections.abc import Callable, Iterator
from concurrent.futures import ThreadPoolExecutor
from threading import Event

import pytest
from chatserver import DONE, PATH, piece, refusal, streamed
from webserver import Answer, Request, body, serving

from mssqa.config import Generator
from mssqa.errors import ModelError
from mssqa.models import load_generator
from mssqa.models.server import MAX_BYTES
from mssqa.types import Message

ASKED = (Message(role="system", content="Be short."), Message(role="user", content="Rice?"))
KEY = "sk-3141592653589793"


def in_turn(*answers: Answer) -> Answer:
    left = list(answers)

    def answer(request: Request) -> None:
        left.pop(0)(request)

    return answer


def settings(address: str, **more: object) -> Generator:
    limits = {"timeout_seconds": 60, "piece_timeout_seconds": 30, "retries": 0, **more}
    made = {"kind": "openai", "model": "small", "base_url": f"{address}/v1", **limits}
    return Generator.model_validate(made)


def pieces(address: str, **more: object) -> Iterator[str]:
    generator = load_generator(settings(address, **more))
    assert generator is not None
    return generator.write(ASKED, allowed_words=())


def written(answer: Answer, **more: object) -> list[str]:
    with serving(**{PATH: answer}) as address:
        return list(pieces(address, **more))


def failure(answer: Answer, **more: object) -> str:
    """The message, without the address, and the hint."""
    with serving(**{PATH: answer}) as address:
        with pytest.raises(ModelError) as raised:
            list(pieces(address, **more))
        assert raised.value.hint
        return f"{raised.value} -> {raised.value.hint}".replace(address, "URL")


def test_its_pieces_come_as_it_writes_them() -> None:
    more = Event()

    def answer(request: Request) -> None:
        streamed(piece("Rice "))(request)
        assert more.wait(5)
        request.wfile.write(piece("rose.") + DONE)

    with serving(**{PATH: answer}) as address:
        came = pieces(address)
        assert next(came) == "Rice "
        more.set()
        assert list(came) == ["rose."]


def test_it_is_told_the_messages_the_model_and_the_limits_and_no_key() -> None:
    asked: list[tuple[str | None, object]] = []

    def answer(request: Request) -> None:
        asked.append((request.headers["Authorization"], json.loads(request.posted)))
        streamed(piece("Yes."), DONE)(request)

    assert written(answer, max_tokens=77) == ["Yes."]
    messages = [{"role": one.role, "content": one.content} for one in ASKED]
    options = {"model": "small", "stream": True, "temperature": 0, "max_tokens": 77}
    assert asked == [(None, {"messages": messages, **options})]


def test_the_key_is_read_from_the_variable_that_is_named(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWS_KEY", f" {KEY}\n")

    def answer(request: Request) -> None:
        streamed(piece(request.headers["Authorization"]))(request)

    assert written(answer, key_variable="NEWS_KEY") == [f"Bearer {KEY}"]


@pytest.mark.parametrize("key", ["", "  ", "sk-é", "sk-1\n2"])
def test_a_variable_without_a_key_is_told_before_anything_is_asked(
    monkeypatch: pytest.MonkeyPatch, key: str
) -> None:
    monkeypatch.setenv("NEWS_KEY", key)
    with pytest.raises(ModelError, match="'NEWS_KEY'") as raised:
        load_generator(settings("http://127.0.0.1:1", key_variable="NEWS_KEY"))
    assert raised.value.hint.startswith("run: export NEWS_KEY=KEY")


def test_the_key_is_never_shown(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setenv("NEWS_KEY", KEY)
    caplog.set_level(logging.DEBUG)
    wrong = refusal(401, f"Incorrect API key provided: {KEY}")
    told = failure(wrong, key_variable="NEWS_KEY")
    assert told == (
        "the language model server at URL/v1 refuses the key (401): "
        "Incorrect API key provided: … -> "
        "run: export NEWS_KEY=KEY, and set generator.key_variable to `NEWS_KEY`"
    )
    assert KEY not in caplog.text
    generator = load_generator(settings("http://127.0.0.1:1", key_variable="NEWS_KEY"))
    assert KEY not in repr(vars(generator))


@pytest.mark.parametrize("option", ["temperature", "max_tokens"])
def test_an_option_that_the_server_refuses_is_left_out(option: str) -> None:
    def answer(request: Request) -> None:
        if option in json.loads(request.posted):
            refusal(400, "unsupported", param=option)(request)
        else:
            streamed(piece("Yes."), DONE)(request)

    assert written(answer) == ["Yes."]


@pytest.mark.parametrize("status", [429, 500, 503])
def test_what_may_pass_is_tried_again(status: int) -> None:
    assert written(in_turn(body(b"", status=status), streamed(piece("Yes."))), retries=1) == [
        "Yes."
    ]


def test_what_broke_off_is_not_tried_again() -> None:
    def breaks_off(request: Request) -> None:
        request.protocol_version = "HTTP/1.1"
        body(b"", "text/event-stream", Transfer_Encoding="chunked")(request)
        part = piece("Rice ")
        request.wfile.write(b"%x\r\n%s\r\n" % (len(part), part))
        request.close_connection = True

    with serving(**{PATH: in_turn(breaks_off)}) as address:
        came = pieces(address, retries=3)
        assert next(came) == "Rice "
        with pytest.raises(ModelError, match="broke off"):
            next(came)


@pytest.mark.parametrize(
    ("answer", "told"),
    [
        (refusal(403, "no"), "refuses the key (403): no -> run: export LLM_KEY=KEY, and set"),
        (refusal(404, "unknown"), "has no model 'small', or the address is wrong (404): unknown"),
        (
            body(b'{"detail": "pinned to x"}', "application/json", status=400),
            "refuses the question (400): pinned to x -> correct the settings",
        ),
        (body(b"<html>", status=404), "(404): Error code: 404 -> see URL/v1/models; set generator"),
        (refusal(429, "quota"), "is too busy (429): quota -> ask again later, or set generator"),
        (refusal(500, "oom"), "failed (500): oom -> look into its log, or set generator.kind to"),
        (
            refusal(400, "This model's maximum context length is 512 tokens."),
            "the quotes are too long for the model 'small' (400): This model's maximum context",
        ),
        (
            refusal(400, "the request exceeds the available context size", type="exceed_context"),
            "-> lower reader.max_evidence or generator.max_tokens, or give it a longer context",
        ),
        (refusal(422, "bad\n\x1b[31m field " + "x" * 9999), "refuses the question (422): bad [31m"),
        (streamed(b'data: {"error": {"message": "oom"}}\n\n'), "failed: oom -> look into its log"),
        (lambda request: request.connection.close(), "broke off: "),
    ],
)
def test_a_refusal_says_what_why_and_what_to_type(answer: Answer, told: str) -> None:
    message = failure(answer)
    assert told in message
    assert len(message) < 600
    assert message.isprintable()


@pytest.mark.parametrize(
    "answer",
    [
        body(b"<html>\n<p>note: nothing here</p>\n</html>"),
        body(json.dumps({"choices": [{"message": {"content": "x"}}]}).encode(), "application/json"),
        body(b""),
        streamed(b"data: {nope\n\n"),
        streamed(b"data: \xff\xfe\n\n"),
        streamed(
            b'data: "hello"\n\n', b"data: null\n\n", b"data: [1]\n\n", b'data: {"choices":[1]}\n\n'
        ),
    ],
    ids=["html", "no stream", "empty", "no json", "no utf-8", "other json"],
)
def test_what_is_no_language_model_server_is_told(answer: Answer) -> None:
    told = failure(answer)
    assert "does not answer as OpenAI's servers do" in told
    assert told.endswith("correct generator.base_url; it mostly ends in /v1")


def test_an_empty_answer_is_no_error() -> None:
    assert written(streamed(piece(""), piece(None), piece(5), DONE)) == []


def test_a_server_that_is_down_is_told() -> None:
    with serving() as address:
        pass
    with pytest.raises(ModelError, match="cannot reach the language model server at") as raised:
        list(pieces(address))
    assert raised.value.hint.startswith("start it, correct generator.base_url, or set")


def silent(_: Request, over: Event) -> None:
    over.wait(9)


def drips(request: Request, over: Event) -> None:
    while not over.wait(0.05):
        request.wfile.write(b"H")


def keeps_alive(request: Request, over: Event) -> None:
    body(b"", "text/event-stream")(request)
    while not over.wait(0.05):
        request.wfile.write(b": wait\n\n")


def writes_on(request: Request, over: Event) -> None:
    body(b"", "text/event-stream")(request)
    while not over.wait(0.05):
        request.wfile.write(piece("x"))


def falls_silent(request: Request, over: Event) -> None:
    body(piece("x"), "text/event-stream")(request)
    over.wait(9)


def refuses(request: Request, _: Event) -> None:
    refusal(503, "busy")(request)


@pytest.mark.parametrize("slow", [silent, drips, keeps_alive, writes_on, falls_silent, refuses])
def test_a_server_that_is_too_slow_is_not_waited_for(
    slow: Callable[[Request, Event], None],
) -> None:
    limit = "piece_timeout_seconds" if slow is falls_silent else "timeout_seconds"
    over = Event()
    with serving(**{PATH: lambda request: slow(request, over)}) as address:
        began = time.monotonic()
        with pytest.raises(ModelError, match="too slow") as raised:
            list(pieces(address, retries=9, **{"timeout_seconds": 60, limit: 0.3}))
        assert time.monotonic() - began < 5
        over.set()
    assert raised.value.hint.startswith("raise generator.timeout_seconds or")


def test_a_server_that_sends_without_end_is_cut_off() -> None:
    def endless(request: Request) -> None:
        body(b"", "text/event-stream")(request)
        while True:
            request.wfile.write(b"x" * 1_000_000)

    assert f"it sent more than {MAX_BYTES:,} bytes" in failure(endless)


def test_who_stops_listening_ends_the_connection() -> None:
    hung_up = Event()

    def answer(request: Request) -> None:
        body(b"", "text/event-stream")(request)
        try:
            while True:
                request.wfile.write(piece("x"))
                time.sleep(0.01)
        except OSError:
            hung_up.set()

    with serving(**{PATH: answer}) as address:
        came = pieces(address)
        assert next(came) == "x"
        came.close()  # type: ignore[attr-defined]
        assert hung_up.wait(5)


def anywhere(ask: Callable[[], list[str]]) -> Iterator[list[str]]:
    """Within a running loop, in another thread, and here."""

    async def within() -> list[str]:
        return ask()

    with ThreadPoolExecutor(max_workers=1) as threads:  # here, a browser's loop may be running
        yield threads.submit(lambda: asyncio.run(within())).result()
        yield threads.submit(ask).result()
    yield ask()


def test_it_may_be_asked_from_any_thread_and_within_a_loop() -> None:
    with serving(**{PATH: streamed(piece("Yes."), DONE)}) as address:
        generator = load_generator(settings(address))
        assert generator is not None
        asked = anywhere(lambda: list(generator.write(ASKED, allowed_words=())))
        assert list(asked) == [["Yes."]] * 3
