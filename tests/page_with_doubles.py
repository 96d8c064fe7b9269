"""Serves the chat page of a folder as `config_in` lays it out, with doubles of the models.

python tests/page_with_doubles.py FOLDER [PORT]
"""

import os
import sys
from pathlib import Path

from doubles import fake_models
from small_corpus import config_in

from mssqa.apps.web import Opening, build_page, serve
from mssqa.qa import QA


def serve_folder(folder: Path, port: int) -> None:
    """Serve it until it is ended; port 0 is any that is free."""
    settings = {"page__port": port, "page__data": folder / "data", "reader__min_support": 0}
    config = config_in(folder, **settings)
    models = fake_models()
    opening = Opening(
        lambda: QA(config, models), embedder=lambda: models.embedder, models=lambda: models
    )
    serve(build_page(config, opening), config.page, opening)


def serve_forked(folder: Path, port: int, log: Path) -> None:
    """The same in a process that was forked, which writes into a file."""
    with log.open("wb") as written:
        os.dup2(written.fileno(), sys.stdout.fileno())
        os.dup2(written.fileno(), sys.stderr.fileno())
    os.environ["GRADIO_TEMP_DIR"] = str(folder / "uploads")
    serve_folder(folder, port)


if __name__ == "__main__":
    serve_folder(Path(sys.argv[1]), int(sys.argv[2]) if len(sys.argv) > 2 else 0)
