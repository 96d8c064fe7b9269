"""SmolLM2's weights as its network takes them: converted from the GGUF once, kept in a cache.

Converting takes transformers 15 seconds, reading the cached file a few tenths of one. The file
carries the tokenizer and a digest of its tensors; one that is damaged, or made from other weights,
is made anew. Where nothing can be written, each start converts.
"""

import json
import logging
import warnings
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager, redirect_stderr
from dataclasses import dataclass
from hashlib import sha256
from io import StringIO
from pathlib import Path
from tempfile import NamedTemporaryFile

import torch
from safetensors import SafetensorError, safe_open
from safetensors.torch import save_file
from torch import Tensor

from mssqa.errors import ModelError
from mssqa.models.llama import packed
from mssqa.models.weights import SMOLLM

FORMAT = 1  # of the cached file
log = logging.getLogger(__name__)


@dataclass(frozen=True, slots=True)
class Converted:
    """The weights by the names of `llama.packed`, in bfloat16, and the tokenizer's JSON.

    The tokenizer knows no special tokens: whatever a text says, it is read as a text.
    """

    weights: Mapping[str, Tensor]
    tokenizer: str


def converted(gguf: Path, cache: Path) -> Converted:
    """The weights of SmolLM2's GGUF, whose hash has been checked; kept in the cache folder.

    Raises:
        ModelError: transformers cannot read the file.
    """
    name = f"smollm2-135m-instruct-{FORMAT}-{SMOLLM.sha256[:16]}.safetensors"
    return kept(cache / name, make=lambda: _convert(gguf))


def kept(file: Path, *, make: Callable[[], Converted]) -> Converted:
    """What the file holds, if it is whole; else what is made now, and written there if it can be.

    Whoever reads, or writes at the same time, meets a whole file.
    """
    try:
        return _read(file)
    except FileNotFoundError:
        log.info("converting weights once, for %s", file)
    except (OSError, SafetensorError, KeyError, ValueError) as error:
        log.warning("%s is damaged and made anew: %s", file, error)
    fresh = make()
    try:
        _write(fresh, file)
    except (OSError, SafetensorError) as error:
        log.warning("each start takes longer: cannot write %s: %s", file, error)
    return fresh


def _read(file: Path) -> Converted:
    with safe_open(file, framework="pt") as stream:
        notes = stream.metadata() or {}
        weights = {name: stream.get_tensor(name) for name in stream.keys()}  # noqa: SIM118
    found = Converted(weights, notes["tokenizer"])
    if _digest(found) != notes["sha256"]:
        raise ValueError("it does not hold what was written")
    return found


def _write(fresh: Converted, file: Path) -> None:
    file.parent.mkdir(parents=True, exist_ok=True)
    with NamedTemporaryFile(dir=file.parent, suffix=".part", delete=False) as beside:
        part = Path(beside.name)
    try:
        notes = {"tokenizer": fresh.tokenizer, "sha256": _digest(fresh)}
        save_file(dict(fresh.weights), part, metadata=notes)
        part.replace(file)
    finally:
        part.unlink(missing_ok=True)


def _digest(one: Converted) -> str:
    digest = sha256(one.tokenizer.encode())
    for name, tensor in sorted(one.weights.items()):
        digest.update(f"{name} {tuple(tensor.shape)}".encode())
        digest.update(tensor.contiguous().flatten().view(torch.uint8).numpy().data)
    return digest.hexdigest()


def _convert(gguf: Path) -> Converted:
    from transformers import AutoModelForCausalLM, AutoTokenizer

    where = {"gguf_file": gguf.name, "local_files_only": True}
    try:
        with _quiet():
            tokenizer = AutoTokenizer.from_pretrained(gguf.parent, **where)
            model = AutoModelForCausalLM.from_pretrained(gguf.parent, dtype=torch.float32, **where)
        weights = {name: w.to(torch.bfloat16) for name, w in packed(model.state_dict()).items()}
        return Converted(weights, _without_special_tokens(tokenizer.backend_tokenizer.to_str()))
    except Exception as error:  # what transformers raises on a GGUF, nobody lists
        raise ModelError(f"cannot convert {str(gguf)!r}: {error}") from error


def _without_special_tokens(tokenizer: str) -> str:
    return json.dumps(json.loads(tokenizer) | {"added_tokens": []}, ensure_ascii=False)


@contextmanager
def _quiet() -> Iterator[None]:
    """Without the progress bars and the advice that transformers prints while it converts."""
    from transformers.utils import logging as chatter

    level = chatter.get_verbosity()
    chatter.set_verbosity(logging.ERROR)
    try:
        with warnings.catch_warnings(), redirect_stderr(StringIO()):
            warnings.simplefilter("ignore")
            yield
    finally:
        chatter.set_verbosity(level)
