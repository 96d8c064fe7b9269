"""Evidence becomes claims, and claims become text."""

from datetime import date

from mssqa.compose.claims import draft
from mssqa.compose.write import sentence, write
from mssqa.types import Article, Claim, Draft, Evidence, Passage, Query, Relation, Span

QUERY = Query(question="?", text="?")
AS_OF = Query(question="?", text="?", as_of=date(2025, 3, 4))


def piece(number: int, quote: str, *, support: float, published: date | None = None) -> Evidence:
    article = Article(path=f"{number}.md", title=str(number), text=quote, published=published)
    passage = Passage(article=article, ordinal=0, start=0, end=len(quote))
    sentence = Span(0, len(quote))
    return Evidence(number=number, passage=passage, sentence=sentence, support=support)


def test_each_sentence_becomes_a_claim_dated_by_its_article() -> None:
    first = piece(1, "Rice rose.", support=0.9, published=date(2024, 5, 6))
    second = piece(2, "Beans fell.", support=0.7)
    assert draft(QUERY, [first, second]) == Draft(
        query=QUERY,
        evidence=(first, second),
        claims=(
            Claim(text="Rice rose.", cites=(1,), support=0.9, as_of=date(2024, 5, 6)),
            Claim(text="Beans fell.", cites=(2,), support=0.7),
        ),
    )


def test_the_same_sentence_in_two_articles_is_one_claim_that_both_agree_on() -> None:
    old = piece(1, "Rice rose by 4%.", support=0.8, published=date(2024, 5, 6))
    other = piece(2, "Beans fell.", support=0.7)
    new = piece(3, "RICE rose by 4%", support=0.9, published=date(2024, 5, 8))
    assert draft(QUERY, [old, other, new]).claims == (
        Claim(
            text="Rice rose by 4%.",
            cites=(1, 3),
            support=0.9,
            as_of=date(2024, 5, 8),
            relation=Relation.AGREES,
            independent_articles=2,
        ),
        Claim(text="Beans fell.", cites=(2,), support=0.7),
    )


def test_an_answer_is_its_sentences_each_followed_by_its_markers() -> None:
    claims = draft(
        QUERY, [piece(1, "Rice rose.", support=0.9), piece(2, "Beans fell.", support=0.7)]
    )
    assert write(claims.claims, QUERY, undated=3) == "Rice rose. [1] Beans fell. [2]"


def test_under_a_date_limit_the_answer_counts_the_articles_of_unknown_date() -> None:
    claim = Claim(text="Rice rose.", cites=(1,), support=0.9)
    assert write([claim], AS_OF, undated=0) == "Rice rose. [1]"
    assert write([claim], AS_OF, undated=1) == (
        "Rice rose. [1] 1 article of unknown date was left out."
    )
    assert write([], AS_OF, undated=12) == (
        "The articles do not say. 12 articles of unknown date were left out."
    )


def test_without_a_claim_the_articles_do_not_say() -> None:
    assert write([], QUERY, undated=3) == "The articles do not say."


def test_a_quote_cannot_forge_a_marker() -> None:
    claim = Claim(text="Rice [2] rose [1, 3] by [sic] 4%.", cites=(5,), support=0.9)
    assert sentence(claim) == "Rice (2) rose (1, 3) by [sic] 4%. [5]"
