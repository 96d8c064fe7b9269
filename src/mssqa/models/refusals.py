"""What went wrong with a language model server, in words, and what to type next."""

import re
from collections.abc import Mapping

import httpx2
import openai

from mssqa import config
from mssqa.errors import ModelError

SAID = 300  # characters shown of what a server says

_TOO_LONG = re.compile(r"(?is)context|too long|longer than|too large|maximum.{0,40}tokens")
_NEVER_CAME = (httpx2.ConnectError, httpx2.ConnectTimeout)
_WITHOUT = "or set generator.kind to `quote`"


def explained(error: Exception, settings: config.Generator, *, secret: str) -> ModelError:
    """The error for whoever asked. It holds nothing of the secret."""
    message, hint = _said_and_hint(error, settings)
    if secret:
        message = message.replace(secret, "…")
    return ModelError(message, hint=hint)


def _said_and_hint(error: Exception, settings: config.Generator) -> tuple[str, str]:
    server = f"the language model server at {settings.base_url}"
    match error:
        case openai.APIStatusError():
            return _of_status(error, server, settings)
        case openai.APIConnectionError(__cause__=cause) if isinstance(cause, _NEVER_CAME):
            return (
                f"cannot reach {server}: {_said(str(cause))}",
                f"start it, correct generator.base_url, {_WITHOUT}",
            )
        case TimeoutError() | openai.APITimeoutError():
            whole, silence = settings.timeout_seconds, settings.piece_timeout_seconds
            return (
                f"{server} is too slow: not done in {whole:g} seconds, or silent for {silence:g}",
                f"raise generator.timeout_seconds or piece_timeout_seconds, {_WITHOUT}",
            )
        case openai.APIConnectionError(__cause__=cause):
            return f"{server} broke off: {_said(str(cause))}", f"ask again, {_WITHOUT}"
        case openai.APIError():
            return f"{server} failed: {_said(error.message)}", f"look into its log, {_WITHOUT}"
    return (
        f"{server} does not answer as OpenAI's servers do: {_said(str(error))}",
        "correct generator.base_url; it mostly ends in /v1",
    )


def _of_status(
    error: openai.APIStatusError, server: str, settings: config.Generator
) -> tuple[str, str]:
    said = _words_of(error)
    match error.status_code:
        case 401 | 403:
            key = settings.key_variable or "LLM_KEY"
            return (
                f"{server} refuses the key ({error.status_code}): {said}",
                f"run: export {key}=KEY, and set generator.key_variable to `{key}`",
            )
        case 404:
            return (
                f"{server} has no model {settings.model!r}, or the address is wrong (404): {said}",
                f"see {settings.base_url.rstrip('/')}/models; set generator.model",
            )
        case 429:
            return f"{server} is too busy (429): {said}", f"ask again later, {_WITHOUT}"
        case code if code < 500 and _TOO_LONG.search(said):
            return (
                f"the quotes are too long for the model {settings.model!r} ({code}): {said}",
                "lower reader.max_evidence or generator.max_tokens, or give it a longer context",
            )
        case code if code < 500:
            return f"{server} refuses the question ({code}): {said}", "correct the settings"
        case code:
            return f"{server} failed ({code}): {said}", f"look into its log, {_WITHOUT}"


def _words_of(error: openai.APIStatusError) -> str:
    told = error.body if isinstance(error.body, Mapping) else {}
    said = told.get("message", told.get("detail"))
    return _said(said if isinstance(said, str) else error.message)


def _said(words: str) -> str:
    """On one line, and not all of it, for it comes from a stranger."""
    line = " ".join("".join(filter(str.isprintable, " ".join(words.split()))).split())
    return line if len(line) <= SAID else f"{line[:SAID]}…"
