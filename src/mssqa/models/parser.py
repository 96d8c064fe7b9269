"""The parser: spaCy with its small English model, from a wheel that carries nothing else."""

from collections.abc import Sequence
from functools import lru_cache
from threading import Lock
from typing import TYPE_CHECKING

from mssqa.errors import ModelError
from mssqa.grammar import Name, Parse, Token
from mssqa.models.weights import GRAMMAR, packaged
from mssqa.types import Span

if TYPE_CHECKING:
    from spacy.tokens import Doc

MAX_CHARACTERS = 5_000  # of one text; what follows is not parsed
REMEMBERED = 128  # texts: those of a few answers


class SpacyParser:
    """A `ports.Parser`. About 5 ms a sentence on one core; threads take turns."""

    def __init__(self) -> None:
        import spacy

        folder = packaged(GRAMMAR)
        try:
            self._pipeline = spacy.load(folder, exclude=["senter"])
        except (OSError, ValueError) as error:
            raise ModelError(f"cannot load the parser {str(folder)!r}: {error}") from error
        self._turn = Lock()
        self._known = lru_cache(REMEMBERED)(self._read)  # stages ask for the same texts again

    def parse(self, texts: Sequence[str]) -> tuple[Parse, ...]:
        """The grammar of each text, in order; the part beyond `MAX_CHARACTERS` has no tokens."""
        return tuple(map(self._known, texts))

    def _read(self, text: str) -> Parse:
        with self._turn, self._pipeline.memory_zone():  # words that it meets are let go again
            return _parse(self._pipeline(_encodable(text[:MAX_CHARACTERS])), text)


def _encodable(text: str) -> str:
    """The text with a question mark for each half of a surrogate pair: as many characters."""
    return text.encode("utf-8", "replace").decode()


def _parse(doc: "Doc", text: str) -> Parse:
    return Parse(
        text=text,
        tokens=tuple(
            Token(
                start=token.idx,
                end=token.idx + len(token),
                lemma=token.lemma_.lower(),
                tag=token.pos_,
                role=token.dep_,
                head=token.head.i,
            )
            for token in doc
        ),
        names=tuple(Name(Span(name.start_char, name.end_char), name.label_) for name in doc.ents),
    )
