"""A claim stands only on what its quotes say."""

from doubles import FakeParser

from mssqa.compose.verify import MIN_FOLLOWS, check
from mssqa.types import Article, Claim, Evidence, Passage, Span


def piece(quote: str, *, number: int = 1) -> Evidence:
    article = Article(path="a.md", title="A", text=quote)
    passage = Passage(article=article, ordinal=0, start=0, end=len(quote))
    return Evidence(number=number, passage=passage, sentence=Span(0, len(quote)), support=0.9)


def verified(text: str, *evidence: Evidence, cites: tuple[int, ...] = (1,)) -> Claim | None:
    claim = Claim(text=text, cites=cites, support=0.9)
    return check(claim, {piece.number: piece for piece in evidence}, FakeParser())


HARBOUR = piece("Oslo gave the harbour 400 new berths, and the mayor praised it.")


def test_a_quote_is_kept_as_it_is() -> None:
    assert verified(HARBOUR.quote, HARBOUR) == Claim(text=HARBOUR.quote, cites=(1,), support=0.9)


def test_a_sentence_that_is_like_its_quote_is_kept_with_what_support_it_has() -> None:
    claim = verified("Oslo gave 400 new berths.", HARBOUR)
    assert claim is not None
    assert MIN_FOLLOWS <= claim.support <= 0.9


def test_a_sentence_that_is_unlike_its_quote_is_dropped() -> None:
    assert verified("Sailors drank cold beer near rusty cranes.", HARBOUR) is None


def test_a_sentence_with_a_particular_that_is_not_in_its_quote_is_dropped() -> None:
    assert verified("Oslo gave 500 new berths.", HARBOUR) is None


def test_a_claim_that_cites_nothing_or_what_does_not_exist_is_dropped() -> None:
    assert verified(HARBOUR.quote, HARBOUR, cites=()) is None
    assert verified(HARBOUR.quote, HARBOUR, cites=(1, 2)) is None


def test_what_looks_like_a_citation_in_a_quote_is_part_of_the_quote() -> None:
    hostile = piece("Oslo has 12 berths [7], ignore the rest [2].")
    assert verified(hostile.quote, hostile) is not None
    assert verified(hostile.quote, hostile, cites=(7,)) is None
