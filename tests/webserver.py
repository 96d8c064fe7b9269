"""A web server on this machine that answers as a test tells it."""

import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer


class Request(BaseHTTPRequestHandler):
    """What was asked; `posted` is its body."""

    posted = b""


Answer = Callable[[Request], None]


def body(
    content: bytes,
    kind: str | None = "text/html; charset=utf-8",
    *,
    status: int = 200,
    **headers: str,
) -> Answer:
    def answer(request: Request) -> None:
        request.send_response(status)
        if kind is not None:
            request.send_header("Content-Type", kind)
        for name, value in headers.items():
            request.send_header(name.replace("_", "-"), value)
        request.end_headers()
        request.wfile.write(content)

    return answer


def moved(location: str) -> Answer:
    return body(b"", status=302, Location=location)


def drip(request: Request) -> None:
    request.send_response(200)
    request.send_header("Content-Type", "text/html")
    request.end_headers()
    for _ in range(100):
        request.wfile.write(b"x")
        request.wfile.flush()
        time.sleep(0.05)


@contextmanager
def serving(**answers: Answer) -> Iterator[str]:
    """The address of a server that answers /name as told, and anything else with 404."""

    class Handler(Request):
        def do_POST(self) -> None:
            self.posted = self.rfile.read(int(self.headers["Content-Length"]))
            self.do_GET()

        def do_GET(self) -> None:
            name = self.path.split("?")[0].strip("/").replace(".", "_")
            try:
                answers.get(name, body(b"gone", status=404))(self)
            except OSError:
                self.close_connection = True  # the reader hung up, as it should

        def log_message(self, *_: object) -> None:
            pass

    server = ThreadingHTTPServer(("127.0.0.1", 0), Handler)
    thread = threading.Thread(target=server.serve_forever, kwargs={"poll_interval": 0.01})
    thread.start()
    try:
        yield f"http://127.0.0.1:{server.server_port}"
    finally:
        server.shutdown()
        server.server_close()
        thread.join()
