"""Write docs/settings.md, the table of all settings: `make docs`."""

from pathlib import Path

from mssqa.config import settings_table

PAGE = Path(__file__).with_name("settings.md")
ABOUT = """\
# Settings

Defaults, then `mssqa.toml` (or `--config FILE`), then the environment (`MSSQA_PAGE__PORT=8000` sets
`page.port`), then `--corpus` and `--index`; what comes later wins. `mssqa config` shows every
setting, its value and what set it. This page is written by `make docs`.
"""

if __name__ == "__main__":
    PAGE.write_text(f"{ABOUT}\n{settings_table()}\n", "utf-8")
