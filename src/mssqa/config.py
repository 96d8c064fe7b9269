"""Every setting, with its default, its unit and its range; read from TOML and the environment.

Precedence: defaults < `mssqa.toml` (or the file of `--config`) < environment < command line.
An environment variable is named `MSSQA_SECTION__KEY`, as in `MSSQA_PAGE__PORT=8000`.
"""

import os
import tomllib
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    ValidationError,
    model_validator,
)

from mssqa.errors import ConfigError

CONFIG_FILE = "mssqa.toml"
ENVIRONMENT_PREFIX = "MSSQA_"
FOLDERS = (("corpus", "path"), ("index", "path"), ("page", "data"))
_MEND = "correct it or take it out; docs/settings.md lists every setting"
NOT_SETTINGS = frozenset({"MSSQA_DATA"})  # read by the evaluation and the benchmarks


class Section(BaseModel):
    """A group of settings. It never changes once read, and knows no other keys than its own."""

    model_config = ConfigDict(frozen=True, extra="forbid")


def _named(folder: Any) -> Any:
    if folder == "":
        raise ValueError("the name of the folder is empty")
    return folder


Folder = Annotated[Path, BeforeValidator(_named)]
"""A folder; an empty name would mean the working folder, which nobody who types it means."""


def _of_a_server(address: str) -> str:
    parts = urlsplit(address)  # raises ValueError on half an IPv6 address
    if parts.scheme not in {"http", "https"} or not parts.hostname or not address.isprintable():
        raise ValueError("expected the address of a server, as in http://127.0.0.1:8000/v1")
    if "@" in parts.netloc or parts.query or parts.fragment:
        raise ValueError("put a key into an environment variable; see generator.key_variable")
    return address


ServerAddress = Annotated[str, AfterValidator(_of_a_server)]
"""An http address that holds no secret: it is printed in messages."""


class Corpus(Section):
    """Where the articles are, and how new ones are fetched."""

    path: Folder = Field(Path("corpus"), description="the folder of articles")
    fetch_timeout_seconds: float = Field(
        20.0, gt=0, le=300, description="time for one address, redirects included, in seconds"
    )
    fetch_max_bytes: int = Field(
        10_000_000, ge=1_000, le=1_000_000_000, description="size of one download, in bytes"
    )
    fetch_max_redirects: int = Field(5, ge=0, le=20, description="redirects followed")
    fetch_private: bool = Field(
        False, description="whether private, loopback and link-local addresses may be fetched"
    )
    near_duplicate_similarity: float = Field(
        0.7, ge=0.5, le=1, description="shared word runs from which two articles are one story"
    )


class Passages(Section):
    """How articles are cut for the index."""

    max_tokens: int = Field(
        256, ge=32, le=8192, description="a passage with its title and date, in embedder tokens"
    )
    overlap_sentences: int = Field(1, ge=0, le=5, description="sentences shared with the next")


class Embedder(Section):
    """The model that turns texts into vectors."""

    model: str = Field(
        "packaged", description="`packaged`, a folder, or a Hugging Face name of an embedder"
    )
    precision: Literal["auto", "float32", "bfloat16"] = Field(
        "auto", description="arithmetic; `auto` is bfloat16 where the processor multiplies it"
    )
    threads: int = Field(0, ge=0, le=256, description="processor threads; 0 means one per core")


class Index(Section):
    """Where the index is, and when exact vector search gives way to an approximate one."""

    path: Folder = Field(Path("index"), description="the folder of the index")
    exact_passages: int = Field(
        100_000, ge=1_000, description="passages up to which vectors are searched exactly"
    )
    recall: float = Field(
        0.98, ge=0.5, le=1, description="share of the exact top 10 that approximate search finds"
    )
    lock_timeout_seconds: float = Field(
        60.0, ge=0, le=86_400, description="wait for another build to end, in seconds"
    )


class Retrieval(Section):
    """How passages are found."""

    candidates: int = Field(100, ge=1, le=1000, description="passages taken from each ranking")
    hits: int = Field(24, ge=1, le=200, description="passages kept after both are fused")


class Reader(Section):
    """How evidence is chosen from the passages, and when the answer is declined."""

    model: str = Field(
        "packaged", description="`packaged`, a folder, or a Hugging Face name of a span reader"
    )
    precision: Literal["auto", "float32", "bfloat16"] = Field(
        "auto", description="arithmetic; `auto` is bfloat16 where the processor multiplies it"
    )
    threads: int = Field(0, ge=0, le=256, description="processor threads; 0 means one per core")
    passages: int = Field(8, ge=1, le=100, description="passages read for a question")
    max_evidence: int = Field(
        8, ge=1, le=20, description="sentences at most from which the answer is made"
    )
    min_support: float = Field(
        0.13, ge=0, le=1, description="support of the best sentence under which it declines"
    )


GeneratorKind = Literal["quote", "phrase", "transformers", "openai"]


class Generator(Section):
    """How an answer is worded: by quotes alone, or by a language model whose sentences are checked.

    The settings from `base_url` on are of the kind `openai`.
    """

    kind: GeneratorKind = Field(
        "phrase",
        description="`quote`: the articles' own sentences; `phrase`: by the packaged model; "
        "`transformers`: by a chat model on this machine; `openai`: by a server that speaks as "
        "OpenAI's does",
    )
    model: str = Field(
        "",
        description="`transformers`: a folder, a `.gguf` file or a Hugging Face name; `openai`: "
        "the server's name of a model",
    )
    max_tokens: int = Field(
        300, ge=16, le=8192, description="written for one answer at most, in the model's tokens"
    )
    timeout_seconds: float = Field(
        120.0, gt=0, le=3600, description="time for one answer of a language model, in seconds"
    )
    base_url: ServerAddress = Field(
        "http://127.0.0.1:8000/v1", description="address of the server, mostly ending in `/v1`"
    )
    key_variable: str = Field(
        "",
        pattern=r"^([A-Za-z_][A-Za-z0-9_]*)?$",
        description="name of the environment variable that holds the key; empty sends none",
    )
    connect_timeout_seconds: float = Field(
        5.0, gt=0, le=60, description="time for one attempt to connect, in seconds"
    )
    piece_timeout_seconds: float = Field(
        30.0, gt=0, le=600, description="longest silence once it has begun to write, in seconds"
    )
    retries: int = Field(
        2, ge=0, le=10, description="attempts after one that failed before anything was written"
    )

    @model_validator(mode="after")
    def _names_a_model(self) -> Self:
        if self.kind in {"transformers", "openai"} and not self.model.strip():
            raise ValueError(f"generator.model must name a model where the kind is {self.kind!r}")
        return self


class Page(Section):
    """The chat page."""

    host: str = Field("127.0.0.1", description="address to listen on")
    port: int = Field(7860, ge=0, le=65535, description="port to listen on; 0 takes a free one")
    names: str = Field(
        "",
        description="names that the page goes by besides its address, as behind a proxy, "
        "with commas between",
    )
    data: Folder = Field(Path("data"), description="the folder of accounts and feedback")
    questions_per_minute: int = Field(
        60, ge=1, le=100_000, description="questions of one visitor in a minute"
    )


class Log(Section):
    """What is written to standard error."""

    level: Literal["debug", "info", "warning", "error"] = Field(
        "warning", description="the least serious message shown"
    )


class Config(Section):
    """All settings."""

    corpus: Corpus = Corpus()
    passages: Passages = Passages()
    embedder: Embedder = Embedder()
    index: Index = Index()
    retrieval: Retrieval = Retrieval()
    reader: Reader = Reader()
    generator: Generator = Generator()
    page: Page = Page()
    log: Log = Log()


@dataclass(frozen=True, slots=True, kw_only=True)
class Settings:
    """The settings, and for each that is not a default, what set it."""

    config: Config
    origins: Mapping[str, str]  # "section.key" → file or variable

    def rows(self) -> tuple[tuple[str, Any, str], ...]:
        """(name, value, origin) of every setting, in the order of the sections."""
        return tuple(
            (name, value, self.origins.get(name, "default")) for name, value in each(self.config)
        )


def each(config: Config) -> tuple[tuple[str, Any], ...]:
    """(name, value) of every setting.

    >>> dict(each(Config()))["page.port"]
    7860
    """
    return tuple(
        (f"{section}.{key}", getattr(getattr(config, section), key))
        for section in Config.model_fields
        for key in type(getattr(config, section)).model_fields
    )


def load_config(path: Path | None = None, **overrides: Any) -> Config:
    """The configuration; see `read_settings`."""
    return read_settings(path, overrides=overrides).config


def read_settings(
    path: Path | None = None,
    *,
    environ: Mapping[str, str] | None = None,
    overrides: Mapping[str, Any] | None = None,
) -> Settings:
    """Defaults, then the file, then the environment, then what the caller sets by hand.

    Args:
        path: a TOML file; without one, `mssqa.toml` in the working folder if it is there.
        environ: variables to read; `os.environ` if None.
        overrides: "section.key" (or "section__key") → value; a value of None is passed over.

    Raises:
        ConfigError: the file cannot be read, or a setting is unknown, mistyped or out of range.
    """
    file = path or Path(CONFIG_FILE)
    layers = (
        (str(file), _from_file(file, required=path is not None)),
        ("environment", _from_environment(os.environ if environ is None else environ)),
        ("command line", _from_overrides(overrides or {})),
    )
    merged: dict[str, dict[str, Any]] = {}
    origins: dict[str, str] = {}
    for origin, sections in layers:
        for section, values in sections.items():
            merged.setdefault(section, {}).update(values)
            origins.update({f"{section}.{key}": origin for key in values})
    try:
        return Settings(config=Config.model_validate(merged), origins=origins)
    except ValidationError as error:
        raise ConfigError(_explain(error, origins), hint=_MEND) from error


def settings_table() -> str:
    """Every setting as a Markdown table: name, default, meaning."""
    lines = ["| setting | default | meaning |", "|---|---|---|"]
    for section, section_field in Config.model_fields.items():
        model = section_field.annotation
        assert isinstance(model, type)
        assert issubclass(model, Section)
        lines += [
            f"| `{section}.{key}` | {_shown(field.default)} | {field.description} |"
            for key, field in model.model_fields.items()
        ]
    return "\n".join(lines)


def _shown(default: Any) -> str:
    return "(empty)" if default == "" else f"`{default}`"


def _from_file(path: Path, *, required: bool) -> dict[str, dict[str, Any]]:
    if not path.is_file():
        if required:
            raise ConfigError(f"there is no configuration file {str(path)!r}")
        return {}
    try:
        sections = tomllib.loads(path.read_text("utf-8"))
    except (OSError, ValueError) as error:
        raise ConfigError(f"cannot read {str(path)!r}: {error}") from error
    loose = [name for name, values in sections.items() if not isinstance(values, dict)]
    if loose:
        raise ConfigError(f"{str(path)!r}: {loose[0]!r} stands outside a [section]")
    for section, key in FOLDERS:
        if value := sections.get(section, {}).get(key):
            sections[section][key] = _beside(path, value)
    return sections


def _beside(file: Path, value: Any) -> Any:
    """A folder named in a file is relative to that file; what is no name is left to the model."""
    if not isinstance(value, str):
        return value
    try:
        return file.parent / Path(value).expanduser()
    except RuntimeError as error:
        raise ConfigError(f"{str(file)!r}: there is no home folder for {value!r}") from error


def _from_environment(environ: Mapping[str, str]) -> dict[str, dict[str, Any]]:
    sections: dict[str, dict[str, Any]] = {}
    for name in sorted(environ):
        if not name.startswith(ENVIRONMENT_PREFIX) or name in NOT_SETTINGS:
            continue
        section, separator, key = name.removeprefix(ENVIRONMENT_PREFIX).lower().partition("__")
        if not separator:
            raise ConfigError(f"unknown variable {name}: expected MSSQA_SECTION__KEY", hint=_MEND)
        sections.setdefault(section, {})[key] = environ[name]
    return sections


def _from_overrides(overrides: Mapping[str, Any]) -> dict[str, dict[str, Any]]:
    sections: dict[str, dict[str, Any]] = {}
    for name, value in overrides.items():
        section, _, key = name.replace("__", ".", 1).partition(".")
        if value is not None:
            sections.setdefault(section, {})[key] = value
    return sections


def _explain(error: ValidationError, origins: Mapping[str, str]) -> str:
    def line(problem: Mapping[str, Any]) -> str:
        name = ".".join(str(part) for part in problem["loc"])
        unknown = problem["type"] == "extra_forbidden"
        what = "unknown setting" if unknown else problem["msg"].removeprefix("Value error, ")
        setters = (o for key, o in origins.items() if key == name or key.startswith(f"{name}."))
        origin = next(setters, "the configuration file")  # an empty [section] sets nothing
        return f"{name}: {what} (set by {origin})"

    return "; ".join(line(problem) for problem in error.errors(include_url=False))
