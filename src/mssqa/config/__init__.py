"""Every setting, with its default, its unit and its range; read from TOML and the environment.

Precedence: defaults < `mssqa.toml` (or the file of `--config`) < environment < command line.
An environment variable is named `MSSQA_SECTION__KEY`, as in `MSSQA_PAGE__PORT=8000`.
"""

from mssqa.config.layers import (
    Settings,
    load_config,
    read_settings,
)
from mssqa.config.sections import (
    Config,
    Corpus,
    Embedder,
    Generator,
    GeneratorKind,
    Index,
    Page,
    Passages,
    Reader,
    Retrieval,
    each,
    settings_table,
)

__all__ = [
    "Config",
    "Corpus",
    "Embedder",
    "Generator",
    "GeneratorKind",
    "Index",
    "Page",
    "Passages",
    "Reader",
    "Retrieval",
    "Settings",
    "each",
    "load_config",
    "read_settings",
    "settings_table",
]
