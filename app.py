"""The chat page: `python app.py`."""

import sys

from mssqa.apps.web import Opening, build_page, serve
from mssqa.config import load_config
from mssqa.errors import MssqaError

config = load_config()
opening = Opening.of(config)  # the index and the models, once the page is up
demo = build_page(config, opening)

if __name__ == "__main__":
    try:
        serve(demo, config.page, opening)
    except MssqaError as error:
        sys.exit(f"error: {error}\nhint: {error.hint}")
