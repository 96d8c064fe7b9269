"""What is found: passages, and the sentences in them that bear on a question."""

from dataclasses import dataclass
from typing import Any

from mssqa.types.articles import Article, Passage, Span


@dataclass(frozen=True, slots=True, kw_only=True)
class Hit:
    """A passage that a search found."""

    passage: Passage
    score: float  # higher is better; comparable within one search only
    lexical_rank: int | None = None  # 1-based
    dense_rank: int | None = None  # 1-based
    copies: tuple[Article, ...] = ()  # other articles that carry the same passage

    def __post_init__(self) -> None:
        if self.lexical_rank is None and self.dense_rank is None:
            raise ValueError("a hit has at least one rank")

    def to_dict(self) -> dict[str, Any]:
        """The shape of one entry of `hits`."""
        return {
            "score": round(self.score, 6),
            "lexical_rank": self.lexical_rank,
            "dense_rank": self.dense_rank,
            "text": self.passage.text,
            "start": self.passage.start,
            "end": self.passage.end,
            "copies": [copy.to_dict() for copy in self.copies],
            "article": self.passage.article.to_dict(),
        }


@dataclass(frozen=True, slots=True, kw_only=True)
class Reading:
    """What a passage may say to a question."""

    span: Span  # the answer, in characters of the passage's text
    margin: float  # score of the span less that of "the passage does not say"
    support: float  # 0 to 1: how likely it is that the passage answers the question


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """A sentence of a passage that bears on the question. A citation is evidence that is cited."""

    number: int  # 1-based
    passage: Passage
    sentence: Span
    answer: Span | None = None
    support: float  # 0 to 1
    copies: tuple[Article, ...] = ()

    @property
    def quote(self) -> str:
        """The sentence, letter by letter."""
        return self.passage.article.text[self.sentence.start : self.sentence.end]

    @property
    def value(self) -> str | None:
        """The answer within the sentence, letter by letter, if it is known."""
        return self.answer and self.passage.article.text[self.answer.start : self.answer.end]

    def to_dict(self) -> dict[str, Any]:
        """The shape of one entry of `citations` and `nearest`."""
        return {
            "number": self.number,
            "quote": self.quote,
            "start": self.sentence.start,
            "end": self.sentence.end,
            "copies": [copy.to_dict() for copy in self.copies],
            "article": self.passage.article.to_dict(),
        }
