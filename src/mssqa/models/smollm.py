"""The packaged generator: SmolLM2-135M-Instruct, which writes one sentence of allowed words.

The likeliest token always, so that the same question gets the same words.
"""

import time
from collections.abc import Collection, Iterator, Sequence
from pathlib import Path
from threading import Lock

from platformdirs import user_cache_path
from tokenizers import Tokenizer

from mssqa import config
from mssqa.errors import ModelError
from mssqa.models.converted import converted
from mssqa.models.embedder import readable
from mssqa.models.llama import MAX_TOKENS, Llama, Memory
from mssqa.models.processor import chosen_precision, workers
from mssqa.models.weights import SMOLLM, packaged
from mssqa.models.wording import Place, Wording
from mssqa.types import Message

OPEN, CLOSE = 1, 2  # the ids of <|im_start|> and <|im_end|>, which no text can spell
SENTENCE_TOKENS = 48  # of a sentence of allowed words at most
GUESSES = 6  # tokens read ahead
UNFINISHED = "\ufffd"  # what the first bytes of a letter decode to


class SmolLM:
    """A `ports.Generator`. Threads may share it; what they compute, they compute in turn."""

    def __init__(self, network: Llama, tokenizer: Tokenizer, settings: config.Generator) -> None:
        self._network = network
        self._tokenizer = tokenizer
        self._settings = settings
        self._worker = workers(1)
        self._openings: dict[tuple[int, ...], Memory] = {}  # at most one: the latest
        self._turn = Lock()

    def write(
        self, messages: Sequence[Message], *, allowed_words: Collection[str]
    ) -> Iterator[str]:
        """The pieces of its text as they come: with `allowed_words`, of one sentence.

        It breaks off at 48 tokens of a sentence, at the settings' `max_tokens` of another text,
        and when `timeout_seconds` are over. All messages but the last are read once and
        remembered until others come.

        Raises:
            ModelError: the messages are longer than the model can read.
        """
        ids: list[int] = []
        said = ""
        for token in self._tokens(messages, allowed_words):
            ids.append(token)
            text = self._tokenizer.decode(ids, skip_special_tokens=False)
            if not text.endswith(UNFINISHED):
                yield text[len(said) :]
                said = text

    def _tokens(self, messages: Sequence[Message], allowed_words: Collection[str]) -> Iterator[int]:
        late = time.monotonic() + self._settings.timeout_seconds
        words = [word for word in map(readable, allowed_words) if word.strip()]
        place = Wording(words, self._encode, end=CLOSE).start if allowed_words else ()
        if allowed_words and not Wording.choices(place):
            return
        budget = SENTENCE_TOKENS if allowed_words else self._settings.max_tokens
        memory, unread = self._opened(messages, budget=budget + GUESSES)
        seen = list(unread)
        while budget > 0 and time.monotonic() < late:
            guess = guessed(place, seen)
            found = self._worker.submit(self._after, memory, unread, guess, place).result()
            for token in found[:budget]:
                if token == CLOSE:
                    return
                yield token
                place = Wording.step(place, token)
            budget, seen, unread = budget - len(found), [*seen, *found], found[-1:]
            if Wording.choices(place) == [CLOSE]:
                return

    def _after(
        self, memory: Memory, unread: Sequence[int], guess: Sequence[int], place: Place
    ) -> list[int]:
        """The next tokens: the guessed ones as far as they are right, and one that was not."""
        states = self._network.read([*unread, *guess], memory)[-len(guess) - 1 :]
        found: list[int] = []
        for state, expected in zip(states, [*guess, None], strict=True):
            token = self._network.best(state, Wording.choices(place))
            found.append(token)
            if token != expected:
                break
            place = Wording.step(place, token)
        memory.length -= len(guess) + 1 - len(found)
        return found

    def _opened(self, messages: Sequence[Message], *, budget: int) -> tuple[Memory, list[int]]:
        """A memory of all messages but the last, and the ids of that one, still to be read."""
        *before, last = (self._framed(message) for message in messages)
        opening = tuple(token for ids in before for token in ids)
        rest = [*last, OPEN, *self._encode(["assistant\n"])[0]]
        if len(opening) + len(rest) + budget > MAX_TOKENS:
            raise ModelError(
                f"{len(opening) + len(rest)} tokens of messages: the model reads at most "
                f"{MAX_TOKENS - budget}",
                hint="set generator.kind to `quote`",
            )
        with self._turn:
            if opening not in self._openings:
                memory = self._network.memory(len(opening))
                if opening:
                    self._worker.submit(self._network.read, opening, memory).result()
                self._openings = {opening: memory}
            return self._openings[opening].grown(len(rest) + budget), rest

    def _framed(self, message: Message) -> list[int]:
        text, newline = self._encode([f"{message.role}\n{message.content}", "\n"])
        return [OPEN, *text, CLOSE, *newline]

    def _encode(self, texts: Sequence[str]) -> list[list[int]]:
        readable_texts = [readable(text) for text in texts]
        encodings = self._tokenizer.encode_batch_fast(readable_texts, add_special_tokens=False)
        return [encoding.ids for encoding in encodings]


def guessed(place: Place, seen: Sequence[int]) -> list[int]:
    """A few tokens that are likely next: one that must come, else one that came after its likes.

    Reading them at once takes hardly longer than reading one, and what is wrong is not written.
    """
    guess: list[int] = []
    while len(guess) < GUESSES:
        choices = Wording.choices(place)
        token = choices[0] if len(choices) == 1 else _copied([*seen, *guess])
        if token is None or (choices and token not in choices):
            break
        guess.append(token)
        place = Wording.step(place, token)
    return guess


def _copied(seen: Sequence[int]) -> int | None:
    """What came after the last two tokens when they were last seen, or after the last one."""
    for length in (2, 1):
        for start in range(len(seen) - length - 1, -1, -1):
            if seen[start : start + length] == seen[-length:]:
                return seen[start + length]
    return None


def load_smollm(settings: config.Generator, *, cache: Path | None = None) -> SmolLM:
    """The packaged model; the first time it is converted, into the user's cache folder.

    Raises:
        ModelError: the weights are missing, are not the expected ones, or will not load.
    """
    found = converted(packaged(SMOLLM), cache or user_cache_path("mssqa"))
    try:
        network = Llama.of(found.weights, chosen_precision("auto"))
        return SmolLM(network, Tokenizer.from_str(found.tokenizer), settings)
    except Exception as error:  # tokenizers raises bare Exceptions
        raise ModelError(f"cannot load SmolLM2: {error}") from error
