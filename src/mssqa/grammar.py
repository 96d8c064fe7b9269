"""The grammar of a sentence as a parser reads it. Pure values; the parser is a port."""

from dataclasses import dataclass
from typing import NamedTuple

from mssqa.types import Span


class Token(NamedTuple):
    """A word or mark of a text."""

    start: int  # in characters of the text
    end: int
    lemma: str  # as in a dictionary: "sent" → "send"
    tag: str  # Universal part of speech: NOUN, PROPN, VERB, AUX, NUM, ADJ, ...
    role: str  # how it hangs on its head, in ClearNLP's labels: nsubj, dobj, nummod, conj, ...
    head: int  # index of the token it hangs on; a root's is its own


class Name(NamedTuple):
    """A stretch of a text that names something."""

    span: Span  # in characters of the text
    label: str  # OntoNotes: PERSON, NORP, ORG, GPE, LOC, DATE, MONEY, QUANTITY, CARDINAL, ...


@dataclass(frozen=True, slots=True, kw_only=True)
class Parse:
    """A text with its words and names. A parser errs on odd texts: never the only judge."""

    text: str
    tokens: tuple[Token, ...] = ()
    names: tuple[Name, ...] = ()

    def word(self, index: int) -> str:
        """The token of that index, letter by letter."""
        token = self.tokens[index]
        return self.text[token.start : token.end]

    def children(self, index: int) -> tuple[int, ...]:
        """The tokens that hang on a token, in the order of the text."""
        return tuple(n for n, token in enumerate(self.tokens) if token.head == index and n != index)

    def subtree(self, index: int) -> tuple[int, ...]:
        """A token and all that hangs on it, near and far, in the order of the text."""
        found, fresh = {index}, [index]
        while fresh:
            below = set(self.children(fresh.pop())) - found
            found |= below
            fresh.extend(below)
        return tuple(sorted(found))

    def within(self, span: Span) -> tuple[int, ...]:
        """The tokens that begin within a span of the text, in order."""
        return tuple(
            n for n, token in enumerate(self.tokens) if span.start <= token.start < span.end
        )

    def head_of(self, span: Span) -> int | None:
        """The token of a span on which its others hang; None if the span holds no token."""
        inside = self.within(span)
        return next((n for n in inside if self.tokens[n].head not in set(inside) - {n}), None)
