"""A chat model behind any server that speaks as OpenAI's does: vLLM, Ollama, llama.cpp and others.

The `openai` library speaks, repeats what failed (with jitter, before anything was written) and
reads the stream. The time limits are kept here: only from outside can they cover all of it.
"""

import asyncio
import os
from collections.abc import AsyncIterator, Collection, Coroutine, Iterator, Sequence
from contextlib import contextmanager
from functools import cache
from math import inf
from threading import Lock, Thread
from time import monotonic
from typing import Any, TypeVar, cast

import httpx2
import openai
from openai.types.chat import ChatCompletionChunk, ChatCompletionMessageParam
from openai.types.chat.chat_completion_chunk import Choice, ChoiceDelta
from pydantic import SecretStr

from mssqa import config
from mssqa.errors import ModelError
from mssqa.models.refusals import explained
from mssqa.types import Message

MAX_BYTES = 5_000_000  # of what a server sends for one answer; a piece takes about 300

Chunks = openai.AsyncStream[ChatCompletionChunk]
T = TypeVar("T")
_END = object()
_STARTING = Lock()


class ServerModel:
    """A `ports.Generator`. Threads may share it."""

    def __init__(self, settings: config.Generator) -> None:
        self._settings = settings
        self._key = _key(settings.key_variable)
        self._client = openai.AsyncOpenAI(
            base_url=settings.base_url,
            api_key=self._key.get_secret_value() or "none",  # "none" is not sent
            max_retries=settings.retries,
            timeout=openai.Timeout(
                settings.timeout_seconds, connect=settings.connect_timeout_seconds
            ),
            http_client=openai.DefaultAsyncHttpxClient(
                limits=httpx2.Limits(max_keepalive_connections=0),  # so none is left open
                event_hooks={"response": [_bound]},
            ),
        )

    def write(
        self, messages: Sequence[Message], *, allowed_words: Collection[str]
    ) -> Iterator[str]:
        """The pieces of its text as they come. It cannot be held to `allowed_words`.

        Raises:
            ModelError: the server cannot be reached, refuses, is too slow, breaks off, or is none
                of the kind. Pieces may have come before.
        """
        del allowed_words
        until = monotonic() + self._settings.timeout_seconds
        with self._explaining():
            chunks = _wait(self._asked(messages), seconds=self._settings.timeout_seconds)
            try:
                yield from self._pieces(chunks, until)
            finally:
                asyncio.run_coroutine_threadsafe(chunks.close(), _loop())

    async def _asked(self, messages: Sequence[Message]) -> Chunks:
        """The answer, once it begins. An option that the server says it refuses is dropped."""
        told = [{"role": message.role, "content": message.content} for message in messages]
        options = {"temperature": 0, "max_tokens": self._settings.max_tokens}
        while True:
            try:
                return await self._client.chat.completions.create(
                    model=self._settings.model,
                    messages=cast("list[ChatCompletionMessageParam]", told),
                    stream=True,
                    extra_body=options,
                    extra_headers=None if self._key else {"Authorization": openai.omit},
                )
            except openai.BadRequestError as error:
                if options.pop(str(error.param), None) is None:
                    raise

    def _pieces(self, chunks: Chunks, until: float) -> Iterator[str]:
        silence, understood = inf, False
        while (
            chunk := _wait(_next(chunks), seconds=min(silence, until - monotonic()))
        ) is not _END:
            match chunk:
                case ChatCompletionChunk(choices=[Choice(delta=ChoiceDelta(content=text)), *_]):
                    understood = True
                    if text and isinstance(text, str):
                        yield text
                        silence = self._settings.piece_timeout_seconds
        if not understood:
            raise ValueError("nothing in it is a piece of an answer")

    @contextmanager
    def _explaining(self) -> Iterator[None]:
        try:
            yield
        except (openai.OpenAIError, TimeoutError, ValueError) as error:
            secret = self._key.get_secret_value()
            raise explained(error, self._settings, secret=secret) from None  # it may show the key


def _loop() -> asyncio.AbstractEventLoop:
    """Runs in a thread of its own: a caller may be of any thread, and have a loop or none."""
    with _STARTING:
        return _started()


@cache
def _started() -> asyncio.AbstractEventLoop:
    loop = asyncio.new_event_loop()
    Thread(target=loop.run_forever, name="mssqa-server", daemon=True).start()
    return loop


def _wait(coming: Coroutine[Any, Any, T], *, seconds: float) -> T:
    """What comes; after that many seconds it is no longer waited for, and TimeoutError raised."""
    future = asyncio.run_coroutine_threadsafe(coming, _loop())
    try:
        return future.result(seconds)
    finally:
        future.cancel()


async def _next(chunks: Chunks) -> object:
    return await anext(chunks, _END)


class _Bounded(httpx2.AsyncByteStream):
    """Bytes from the network, up to a number that no answer needs."""

    def __init__(self, stream: httpx2.AsyncByteStream) -> None:
        self._stream = stream

    async def __aiter__(self) -> AsyncIterator[bytes]:
        left = MAX_BYTES
        async for part in self._stream:
            left -= len(part)
            if left < 0:
                raise ValueError(f"it sent more than {MAX_BYTES:,} bytes")
            yield part

    async def aclose(self) -> None:
        await self._stream.aclose()


async def _bound(response: httpx2.Response) -> None:
    response.stream = _Bounded(cast("httpx2.AsyncByteStream", response.stream))


def _key(variable: str) -> SecretStr:
    """What the environment variable holds; nothing if no variable is named."""
    key = os.environ.get(variable, "").strip() if variable else ""
    if variable and not key:
        raise ModelError(
            f"the environment variable {variable!r}, which should hold the key, is not set",
            hint=f"run: export {variable}=KEY, or empty generator.key_variable",
        )
    if not (key.isascii() and key.isprintable()):
        raise ModelError(
            f"the environment variable {variable!r} holds something else than a key",
            hint=f"run: export {variable}=KEY",
        )
    return SecretStr(key)
