"""Write the table of settings into README.md, between its two markers: `make docs`."""

import re
from pathlib import Path

from mssqa.config import settings_table

README = Path(__file__).parent.parent / "README.md"
MARKED = re.compile(r"(<!-- settings -->\n).*?(<!-- /settings -->)", re.DOTALL)

if __name__ == "__main__":
    text = README.read_text("utf-8")
    README.write_text(MARKED.sub(lambda m: f"{m[1]}{settings_table()}\n{m[2]}", text), "utf-8")
