"""Only the claims of a draft that hold come out, in their order."""

from doubles import FakeParser

from mssqa.compose.verify import check
from mssqa.compose.word import worded
from mssqa.types import Article, Claim, Draft, Evidence, Passage, Query, Span

QUERY = Query(question="?", text="?")


def piece(quote: str, *, number: int) -> Evidence:
    article = Article(path="a.md", title="A", text=quote)
    passage = Passage(article=article, ordinal=0, start=0, end=len(quote))
    return Evidence(number=number, passage=passage, sentence=Span(0, len(quote)), support=0.9)


def test_the_claims_that_hold_keep_their_order() -> None:
    berths, price = piece("Oslo has 12 berths.", number=1), piece("Each costs $5.", number=2)
    evidence = {1: berths, 2: price}
    first = Claim(text=price.quote, cites=(2,), support=0.4)
    false = Claim(text="Each costs $6.", cites=(2,), support=0.8)
    second = Claim(text=berths.quote, cites=(1,), support=0.6)
    draft = Draft(query=QUERY, claims=(first, false, second), evidence=(berths, price))
    claims = worded(
        draft,
        lambda claim: check(claim, evidence, FakeParser()),
        kind="quote",
        generator=None,
        parser=FakeParser(),
    )
    assert tuple(claims) == (first, second)
