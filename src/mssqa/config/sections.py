"""Every setting, with its default, its unit and its range."""

from pathlib import Path
from typing import Annotated, Any, Literal, Self
from urllib.parse import urlsplit

from pydantic import (
    AfterValidator,
    BaseModel,
    BeforeValidator,
    ConfigDict,
    Field,
    model_validator,
)


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
        0.11, ge=0, le=1, description="support of the best sentence under which it declines"
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
