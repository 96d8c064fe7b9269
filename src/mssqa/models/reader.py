"""The readers: the packaged one, made by `training/`, and whatever else transformers can load."""

import math
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import NamedTuple

import numpy as np
import torch
from numpy.typing import NDArray
from tokenizers import Tokenizer

from mssqa import config
from mssqa.errors import ModelError
from mssqa.models.embedder import batches, readable
from mssqa.models.minilm import StartsAndEnds, padded
from mssqa.models.processor import chosen_precision, cores, workers
from mssqa.models.weights import MINILM_TOKENIZER, packaged, reader_weights
from mssqa.models.windows import Window, apart, found, windows
from mssqa.types import Reading

BATCH_TOKENS = 768  # of one batch, padding included: a question's passages keep every core busy

Rows = Sequence[Sequence[int]]
Network = Callable[[Rows, Rows], NDArray[np.float32]]
"""Token ids and segments in; (rows, tokens, 2) logits of an answer's start and end out."""


class Calibration(NamedTuple):
    """support = 1 / (1 + exp(-(scale × margin + shift)))."""

    scale: float
    shift: float

    def support(self, margin: float) -> float:
        """How likely a passage with that margin answers the question, 0 to 1.

        >>> Calibration(scale=2.0, shift=-4.0).support(2.0)
        0.5
        """
        return 0.5 * (1 + math.tanh((self.scale * margin + self.shift) / 2))


PACKAGED = Calibration(scale=0.462, shift=0.201)  # by `training.among`
UNKNOWN = Calibration(scale=1.0, shift=0.0)  # of a configured model: what its training aimed at


class SpanReader:
    """Reads all passages of a question at once. Threads may share it."""

    def __init__(
        self, tokenizer: Tokenizer, network: Network, calibration: Calibration, *, threads: int
    ) -> None:
        tokenizer.no_truncation()
        tokenizer.no_padding()
        self._tokenizer = tokenizer
        self._network = network
        self._calibration = calibration
        self._workers = workers(threads or cores())

    def read(
        self, question: str, passages: Sequence[str], *, headlines: Sequence[str] = ()
    ) -> tuple[tuple[Reading, ...], ...]:
        """For each passage, in order: what it may say, best first, no two spans overlapping."""
        over = [f"{readable(headline)}\n" for headline in headlines] or [""] * len(passages)
        texts = [f"{top}{readable(text)}" for top, text in zip(over, passages, strict=True)]
        encodings = self._tokenizer.encode_batch([(readable(question), text) for text in texts])
        pieces = [
            window
            for number, (pair, top) in enumerate(zip(encodings, over, strict=True))
            for window in windows(pair, passage=number, headline=len(top))
        ]
        scored = zip(pieces, self._scores(pieces), strict=True)
        spans = [
            (window.passage, one) for window, scores in scored for one in found(window, scores)
        ]
        return tuple(
            tuple(
                Reading(
                    span=one.span,
                    margin=one.margin,
                    support=self._calibration.support(one.margin),
                )
                for one in apart(one for owner, one in spans if owner == passage)
            )
            for passage in range(len(passages))
        )

    def _scores(self, pieces: Sequence[Window]) -> list[NDArray[np.float32]]:
        scores: list[NDArray[np.float32]] = [np.empty((0, 2), np.float32)] * len(pieces)
        groups = batches([len(piece.ids) for piece in pieces], tokens=BATCH_TOKENS)
        ids = [[pieces[place].ids for place in group] for group in groups]
        segments = [[pieces[place].segments for place in group] for group in groups]
        for group, rows in zip(
            groups, self._workers.map(self._network, ids, segments), strict=True
        ):
            for place, row in zip(group, rows, strict=True):
                scores[place] = row
        return scores


def packaged_reader(settings: config.Reader) -> SpanReader:
    """The reader that comes with mssqa; its tokenizer is that of the packaged embedder."""
    network = StartsAndEnds.read(reader_weights(), chosen_precision(settings.precision))
    tokenizer = Tokenizer.from_file(str(packaged(MINILM_TOKENIZER)))
    return SpanReader(tokenizer, network, PACKAGED, threads=settings.threads)


def configured_reader(settings: config.Reader) -> SpanReader:
    """Any extractive model whose first token stands for "it does not say", as in SQuAD 2.0."""
    from transformers import AutoModelForQuestionAnswering, AutoTokenizer

    local = Path(settings.model).is_dir()
    try:
        tokenizer = AutoTokenizer.from_pretrained(settings.model, local_files_only=local)
        model = AutoModelForQuestionAnswering.from_pretrained(
            settings.model, local_files_only=local, dtype=torch.float32
        )
        backend = tokenizer.backend_tokenizer
    except Exception as error:  # what foreign weights and their code raise, nobody lists
        raise ModelError(
            f"cannot load the reader {settings.model!r}: {error}",
            hint="set reader.model to `packaged`, a folder, or a Hugging Face name",
        ) from error
    model.eval()
    takes_segments = "token_type_ids" in tokenizer.model_input_names
    bfloat16 = chosen_precision(settings.precision) is torch.bfloat16

    @torch.inference_mode()
    def network(rows: Rows, segments: Rows) -> NDArray[np.float32]:
        ids, real = padded(rows)
        more = {"token_type_ids": padded(segments)[0]} if takes_segments else {}
        with torch.autocast("cpu", dtype=torch.bfloat16, enabled=bfloat16):
            output = model(input_ids=ids, attention_mask=real.long(), **more)
        scores: NDArray[np.float32] = (
            torch.stack([output.start_logits, output.end_logits], dim=-1).float().numpy()
        )
        return scores

    return SpanReader(backend, network, UNKNOWN, threads=settings.threads)
