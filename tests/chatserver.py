"""What a language model server may answer; see `webserver`."""

import json

from webserver import Answer, body

DONE = b"data: [DONE]\n\n"
PATH = "v1/chat/completions"


def piece(text: object) -> bytes:
    """One event of a stream."""
    chunk = {
        "id": "1",
        "object": "chat.completion.chunk",
        "created": 1,
        "model": "small",
        "choices": [{"index": 0, "delta": {"content": text}, "finish_reason": None}],
    }
    return b"data: " + json.dumps(chunk).encode() + b"\n\n"


def streamed(*parts: bytes) -> Answer:
    return body(b"".join(parts), "text/event-stream")


def refusal(status: int, message: str, **more: str) -> Answer:
    error = json.dumps({"error": {"message": message, **more}}).encode()
    return body(error, "application/json", status=status)
