"""The embedder: sentence-transformers over weights on this machine."""

from collections.abc import Sequence
from hashlib import sha256
from pathlib import Path

import numpy as np
import torch
from sentence_transformers import SentenceTransformer

from mssqa import config
from mssqa.errors import ModelError
from mssqa.models.weights import MINILM_TOKENIZER, MINILM_WEIGHTS, packaged
from mssqa.ports import Vectors

CHARACTERS_PER_TOKEN = 64  # what lies further in than this, no model of that many tokens reads


class SentenceEmbedder:
    """`ports.Embedder` over a loaded SentenceTransformer."""

    def __init__(self, model: SentenceTransformer) -> None:
        self._model = model
        self.max_tokens = int(model.max_seq_length or 512)
        self.fingerprint = fingerprint(model)

    def count_tokens(self, texts: Sequence[str]) -> list[int]:
        """The tokens of each text, without special tokens, nothing cut off."""
        tokenizer = self._model.tokenizer.backend_tokenizer
        tokenizer.no_truncation()
        tokenizer.no_padding()
        encodings = tokenizer.encode_batch_fast(
            [readable(text) for text in texts], add_special_tokens=False
        )
        return [len(encoding) for encoding in encodings]

    def encode(self, texts: Sequence[str]) -> Vectors:
        """One unit-length row for each text, in order."""
        if not texts:
            dimensions = self._model.get_embedding_dimension()
            return np.zeros((0, dimensions or 0), dtype=np.float32)
        limit = self.max_tokens * CHARACTERS_PER_TOKEN
        vectors = self._model.encode(
            [readable(text[:limit]) for text in texts],
            convert_to_tensor=True,
            show_progress_bar=False,
        )
        return torch.nn.functional.normalize(vectors.float(), dim=1).numpy()


def load(settings: config.Embedder) -> SentenceEmbedder:
    """The embedder that the settings name, ready to encode.

    Raises:
        ModelError: the weights are missing, are not the expected ones, or will not load.
    """
    if settings.model == "packaged":
        packaged(MINILM_TOKENIZER)
        folder = str(packaged(MINILM_WEIGHTS).parent)
    else:
        folder = settings.model
    try:
        model = SentenceTransformer(folder, device="cpu", local_files_only=Path(folder).is_dir())
    except (OSError, ValueError) as error:
        raise ModelError(f"cannot load the embedding model {folder!r}: {error}") from error
    return SentenceEmbedder(model)


def fingerprint(model: SentenceTransformer) -> str:
    """16 hexadecimal digits over the weights, the tokenizer and the modules."""
    digest = sha256(repr((str(model), model.max_seq_length)).encode())
    digest.update(model.tokenizer.backend_tokenizer.to_str().encode())
    for name, tensor in sorted(model.state_dict().items()):
        digest.update(name.encode())
        digest.update(tensor.numpy().data)
    return digest.hexdigest()[:16]


def readable(text: str) -> str:
    r"""The text with every lone surrogate, which no tokenizer takes, turned into "?".

    >>> readable("Haiti\ud83d")
    'Haiti?'
    """
    return text.encode("utf-8", "replace").decode()
