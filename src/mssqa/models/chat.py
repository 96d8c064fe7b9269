"""Any chat model that transformers loads: a folder, a GGUF file or a Hugging Face name."""

import re
from collections.abc import Collection, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from pathlib import Path
from threading import Event, Lock
from typing import Any

import torch
from transformers import (
    AutoModelForCausalLM,
    AutoTokenizer,
    GenerationConfig,
    PreTrainedTokenizerBase,
    StoppingCriteria,
    TextIteratorStreamer,
)

from mssqa import config
from mssqa.errors import ModelError
from mssqa.models.embedder import readable
from mssqa.models.processor import chosen_precision
from mssqa.types import Message

_HINT = "set generator.model to a chat model: a folder, a .gguf file or a Hugging Face name"


class ChatModel:
    """A `ports.Generator`. Threads may share it; it writes for one at a time."""

    def __init__(
        self, tokenizer: PreTrainedTokenizerBase, model: Any, settings: config.Generator
    ) -> None:
        self._tokenizer = tokenizer
        self._model = model  # a PreTrainedModel, whose methods mypy cannot tell from its tensors
        self._settings = settings
        self._turn = Lock()
        self._encoding = Lock()  # whether special tokens are split is a state of the tokenizer

    def write(
        self, messages: Sequence[Message], *, allowed_words: Collection[str]
    ) -> Iterator[str]:
        """The pieces of its text as they come. It cannot be held to `allowed_words`.

        It breaks off after the settings' `max_tokens` and `timeout_seconds`, and where the model's
        context ends.

        Raises:
            ModelError: the messages leave no room in the model's context, or the model fails.
        """
        del allowed_words
        ids = self.tokens(messages)
        budget = min(self._settings.max_tokens, self._room(len(ids)))
        pieces = TextIteratorStreamer(self._tokenizer, skip_prompt=True, skip_special_tokens=True)
        unwanted = Event()
        with ThreadPoolExecutor(1, "mssqa-chat") as worker:
            writing = worker.submit(self._write, ids, budget, pieces, unwanted)
            writing.add_done_callback(lambda _: pieces.on_finalized_text("", stream_end=True))
            try:
                yield from filter(None, pieces)
            finally:
                unwanted.set()
            if (error := writing.exception()) is not None:
                raise ModelError(f"the model {self._settings.model!r} failed: {error}") from error

    def tokens(self, messages: Sequence[Message]) -> list[int]:
        """The messages as the model is given them: no words of theirs become a special token.

        Raises:
            ModelError: the model's chat template does not take them.
        """
        contents = {f"content-{place}-of-mssqa": one.content for place, one in enumerate(messages)}
        roles = [{"role": m.role, "content": c} for m, c in zip(messages, contents, strict=True)]
        try:
            text = self._tokenizer.apply_chat_template(
                roles, tokenize=False, add_generation_prompt=True, enable_thinking=False
            )
        except Exception as error:  # templates are programs
            raise ModelError(
                f"the model {self._settings.model!r} takes no chat: {error}", hint=_HINT
            ) from error
        parts = re.split(f"({'|'.join(contents)})", str(text))
        with self._encoding:
            return [token for part in parts for token in self._encode(part, contents.get(part))]

    def _encode(self, template: str, content: str | None) -> list[int]:
        ids: list[int] = self._tokenizer.encode(
            template if content is None else readable(content),
            add_special_tokens=False,
            split_special_tokens=content is not None,
        )
        return ids

    def _room(self, tokens: int) -> int:
        """How many tokens may still be written after that many."""
        longest = getattr(self._model.config.get_text_config(), "max_position_embeddings", None)
        if longest is None:
            return self._settings.max_tokens
        if tokens >= longest:
            raise ModelError(
                f"the quotes are too long for the model {self._settings.model!r}: "
                f"{tokens:,} tokens, and its context has {longest:,}",
                hint="lower reader.max_evidence, or set generator.model to one of longer context",
            )
        return int(longest) - tokens

    @torch.inference_mode()
    def _write(
        self, ids: Sequence[int], budget: int, pieces: TextIteratorStreamer, unwanted: Event
    ) -> None:
        prompt = torch.tensor([ids], device=self._model.device)
        with self._turn:
            self._model.generate(
                prompt,
                attention_mask=torch.ones_like(prompt),
                max_new_tokens=budget,
                max_time=self._settings.timeout_seconds,
                streamer=pieces,
                stopping_criteria=[_Unwanted(unwanted)],
            )


class _Unwanted(StoppingCriteria):
    """Stops a generation that nobody waits for any more."""

    def __init__(self, event: Event) -> None:
        self._event = event

    def __call__(self, input_ids: torch.Tensor, *_: object, **__: object) -> torch.Tensor:
        return torch.full((len(input_ids),), self._event.is_set(), device=input_ids.device)


def load_chat(settings: config.Generator) -> ChatModel:
    """The model that the settings name, on the accelerator if there is one.

    Raises:
        ModelError: it will not load, or is no chat model.
    """
    source, options = _source(settings.model)
    device = torch.accelerator.current_accelerator(check_available=True) or torch.device("cpu")
    packed = "gguf_file" in options  # such weights compute in float32 alone
    own = device.type != "cpu" and not packed
    dtype = "auto" if own else chosen_precision("float32" if packed else "auto")
    try:
        tokenizer = AutoTokenizer.from_pretrained(source, **options)
        model: Any = AutoModelForCausalLM.from_pretrained(source, dtype=dtype, **options)
        model.to(device).eval()
    except Exception as error:  # what foreign weights and their code raise, nobody lists
        raise ModelError(
            f"cannot load the language model {settings.model!r}: {error}", hint=_HINT
        ) from error
    if tokenizer.chat_template is None:
        raise ModelError(
            f"{settings.model!r} is no chat model: it has no chat template", hint=_HINT
        )
    model.generation_config = _likeliest(model.generation_config)
    return ChatModel(tokenizer, model, settings)


def _source(name: str) -> tuple[str, dict[str, Any]]:
    """The folder or name to load from, and how."""
    path = Path(name).expanduser()
    if path.is_file() and path.suffix.lower() == ".gguf":
        return str(path.parent), {"gguf_file": path.name, "local_files_only": True}
    return (str(path), {"local_files_only": True}) if path.is_dir() else (name, {})


def _likeliest(own: GenerationConfig) -> GenerationConfig:
    """The likeliest token always, so that the same question gets the same words."""
    ends = own.eos_token_id
    padding = own.pad_token_id if own.pad_token_id is not None else ends
    padding = padding[0] if isinstance(padding, list) else padding
    return GenerationConfig(  # type: ignore[no-untyped-call]
        do_sample=False, bos_token_id=own.bos_token_id, eos_token_id=ends, pad_token_id=padding
    )
