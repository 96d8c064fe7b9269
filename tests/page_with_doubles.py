"""Serves the chat page of a folder as `config_in` lays it out, with doubles of the models.

python tests/page_with_doubles.py FOLDER [PORT]
"""

import sys
from pathlib import Path

from doubles import fake_models
from small_corpus import config_in

from mssqa.apps.web import Opening, build_page, serve
from mssqa.qa import QA

if __name__ == "__main__":
    folder = Path(sys.argv[1])
    port = int(sys.argv[2]) if len(sys.argv) > 2 else 0
    settings = {"page__port": port, "page__data": folder / "data", "reader__min_support": 0}
    config = config_in(folder, **settings)
    models = fake_models()
    opening = Opening(
        lambda: QA(config, models), embedder=lambda: models.embedder, models=lambda: models
    )
    serve(build_page(config, opening), config.page, opening)
