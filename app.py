"""The chat page: `python app.py`."""

from mssqa.apps.web import Opening, build_page, serve
from mssqa.config import load_config

config = load_config()
opening = Opening.of(config)  # the index and the models, once the page is up
demo = build_page(config, opening)

if __name__ == "__main__":
    serve(demo, config.page, opening)
