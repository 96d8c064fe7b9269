"""Evidence becomes claims, and claims become text."""

from datetime import date

from doubles import FakeParser
from hypothesis import given
from hypothesis import strategies as st

from mssqa.compose.claims import draft, short_of
from mssqa.compose.write import sentence, write
from mssqa.types import (
    Article,
    Claim,
    Draft,
    Evidence,
    Kind,
    Order,
    Passage,
    Query,
    Relation,
    Span,
    Wants,
)

QUERY = Query(question="?", text="?")
AS_OF = Query(question="?", text="?", as_of=date(2025, 3, 4))
RICE = Query(question="?", text="How many sacks are there?", wants=Wants.NUMBER)
PARSER = FakeParser()


def piece(
    number: int,
    quote: str,
    *,
    support: float = 0.9,
    value: str | None = None,
    published: date | None = None,
    rest: str = "",
) -> Evidence:
    text = quote + rest
    article = Article(path=f"{number}.md", title=str(number), text=text, published=published)
    start = quote.index(value) if value else 0
    return Evidence(
        number=number,
        passage=Passage(article=article, ordinal=0, start=0, end=len(text)),
        sentence=Span(0, len(quote)),
        answer=Span(start, start + len(value)) if value else None,
        support=support,
    )


def test_a_question_of_fact_gets_the_best_sentence_alone() -> None:
    best = piece(1, "Rice rose.", support=0.9, published=date(2024, 5, 6))
    other = piece(2, "Beans fell.", support=0.7)
    assert draft(QUERY, [best, other], PARSER) == Draft(
        query=QUERY,
        evidence=(best,),
        claims=(Claim(text="Rice rose.", cites=(1,), support=0.9, as_of=date(2024, 5, 6)),),
    )


def test_without_evidence_there_is_no_claim() -> None:
    assert draft(QUERY, [], PARSER) == Draft(query=QUERY, claims=(), evidence=())


def test_the_same_sentence_in_two_articles_is_one_claim_that_both_agree_on() -> None:
    old = piece(1, "Rice rose by 4%.", support=0.8, published=date(2024, 5, 6))
    other = piece(2, "Beans fell.", support=0.7)
    new = piece(3, "RICE rose by 4%", support=0.9, published=date(2024, 5, 8))
    (claim,) = draft(QUERY, [old, other, new], PARSER).claims
    assert claim == Claim(
        text="RICE rose by 4%",
        cites=(1, 2),
        support=0.9,
        as_of=date(2024, 5, 8),
        relation=Relation.AGREES,
        independent_articles=2,
    )


def test_the_same_amount_in_other_words_agrees() -> None:
    first = piece(1, "There are more than 400 sacks.", value="400")
    second = piece(2, "About 400 sacks are there.", value="400", support=0.8)
    (claim,) = draft(RICE, [first, second], PARSER).claims
    assert (claim.relation, claim.cites, claim.independent_articles) == (
        Relation.AGREES,
        (1, 2),
        2,
    )


def test_of_two_days_the_newer_figure_comes_first_and_the_older_is_superseded() -> None:
    old = piece(1, "There are 400 sacks.", value="400", published=date(2024, 5, 6))
    new = piece(2, "There are 650 sacks.", value="650", support=0.7, published=date(2024, 8, 6))
    made = draft(RICE, [old, new], PARSER)
    assert [(c.text, c.relation, c.cites) for c in made.claims] == [
        ("There are 650 sacks.", Relation.SINGLE, (1,)),
        ("There are 400 sacks.", Relation.SUPERSEDED, (2,)),
    ]
    assert write(made.claims, RICE, undated=0) == (
        "There are 650 sacks. [1] (6 August 2024) "
        "Earlier, as of 6 May 2024: There are 400 sacks. [2]"
    )


def test_if_the_earliest_is_asked_for_it_is_told_alone() -> None:
    first = Query(question="?", text=RICE.text, wants=Wants.NUMBER, order=Order.EARLIEST)
    old = piece(1, "There are 400 sacks.", value="400", published=date(2024, 5, 6))
    new = piece(2, "There are 650 sacks.", value="650", published=date(2024, 8, 6))
    assert [c.text for c in draft(first, [old, new], PARSER).claims] == ["There are 400 sacks."]


def test_of_one_day_two_figures_disagree_and_both_are_shown() -> None:
    one = piece(1, "There are 400 sacks.", value="400")
    two = piece(2, "There are 650 sacks.", value="650", support=0.8)
    claims = draft(RICE, [one, two], PARSER).claims
    assert [claim.relation for claim in claims] == [Relation.DISAGREES] * 2
    assert write(claims, RICE, undated=0) == (
        "Accounts differ: There are 400 sacks. [1] There are 650 sacks. [2]"
    )


def test_one_article_against_three_is_not_shown() -> None:
    alike = [
        piece(n, f"There are 400 sacks in town {n}.", value="400", support=0.8) for n in (1, 2, 3)
    ]
    lone = piece(4, "There are 650 sacks.", value="650", support=0.8)
    (claim,) = draft(RICE, [lone, *alike], PARSER).claims
    assert (claim.value, claim.independent_articles) == ("400", 3)


def test_an_altered_copy_of_one_of_two_that_agree_is_not_shown() -> None:
    first = piece(1, "The big mill of the old town holds 400 sacks.", value="400")
    second = piece(2, "There are about 400 sacks in it.", value="400", support=0.8)
    copy = piece(3, "The big mill of the old town holds 650 sacks.", value="650", support=0.8)
    (claim,) = draft(RICE, [first, second, copy], PARSER).claims
    assert (claim.value, claim.independent_articles) == ("400", 2)


def test_a_value_that_is_part_of_one_that_is_told_is_not_told_again() -> None:
    query = Query(question="?", text="Where did Bell study?")
    pieces = [
        piece(1, "Bell did study at Aberdeen University.", value="Aberdeen University"),
        piece(2, "Bell did study in Aberdeen.", value="Aberdeen", support=0.8),
    ]
    assert len(draft(query, pieces, PARSER).claims) == 1


def test_if_a_number_is_asked_for_a_figure_comes_before_what_is_none() -> None:
    torn = piece(1, "The date of the sacks is 25,2024.", value="25,2024")
    figure = piece(2, "There are 650 sacks.", value="650", support=0.6)
    (claim,) = draft(RICE, [torn, figure], PARSER).claims
    assert claim.value == "650"


def test_a_much_weaker_rival_is_not_shown() -> None:
    one = piece(1, "There are 400 sacks.", value="400")
    two = piece(2, "There are 650 sacks.", value="650", support=0.2)
    assert [claim.text for claim in draft(RICE, [one, two], PARSER).claims] == [
        "There are 400 sacks."
    ]


def test_a_change_is_told_in_the_order_of_time() -> None:
    change = Query(question="?", text="How did it change?", kind=Kind.CHANGE)
    undated = piece(1, "Rice rose again.", support=0.9)
    late = piece(2, "On 5 June 2024 rice rose.", support=0.6)
    early = piece(3, "Rice fell.", support=0.5, published=date(2024, 1, 5))
    weak = piece(4, "Beans fell.", support=0.1, published=date(2024, 1, 4))
    made = draft(change, [undated, late, early, weak], PARSER)
    assert [(claim.text, claim.cites) for claim in made.claims] == [
        ("Rice fell.", (1,)),
        ("On 5 June 2024 rice rose.", (2,)),
        ("Rice rose again.", (3,)),
    ]
    assert [piece.number for piece in made.evidence] == [1, 2, 3]


LIST = Query(question="?", text="Name the three aims of the plan.", kind=Kind.LIST)


def test_a_list_that_the_next_sentence_carries_on_is_told_with_it() -> None:
    opening = piece(
        1,
        "The plan has three aims.",
        rest=" The first is rice; the second is beans; the third is peace. Rain fell.",
    )
    (claim,) = draft(LIST, [opening], PARSER).claims
    assert claim.text == (
        "The plan has three aims. The first is rice; the second is beans; the third is peace."
    )
    assert short_of(LIST, [claim], PARSER) is None


def test_a_sentence_that_announces_as_many_as_are_asked_for_is_found_beside_the_evidence() -> None:
    other = piece(
        1,
        "The plan is new.",
        rest=" It has three aims. The first is rice; the second is beans; the third is peace.",
    )
    (claim,) = draft(LIST, [other], PARSER).claims
    assert claim.text.startswith("It has three aims. The first is rice;")


def test_a_list_that_is_not_whole_says_so() -> None:
    claim = Claim(text="One aim is rice.", cites=(1,), support=0.9, value="rice")
    assert short_of(LIST, [claim], PARSER) == "The question asks for 3 aims; this is 1."
    assert short_of(QUERY, [claim], PARSER) is None
    assert short_of(LIST, [], PARSER) is None


def test_members_from_several_sentences_are_gathered_each_once() -> None:
    query = Query(question="?", text="Which towns have rice?", kind=Kind.LIST, wants=Wants.PLACE)
    pieces = [
        piece(1, "They have rice in Oslo.", value="Oslo"),
        piece(2, "There is rice in Bergen.", value="Bergen", support=0.8),
        piece(3, "Oslo has rice.", value="Oslo", support=0.7),
    ]
    assert [claim.value for claim in draft(query, pieces, PARSER).claims] == ["Oslo", "Bergen"]


def test_an_answer_is_its_sentences_each_followed_by_its_markers_and_its_day() -> None:
    claims = [
        Claim(text="Rice rose.", cites=(1, 3), support=0.9, independent_articles=2),
        Claim(text="Beans fell.", cites=(2,), support=0.9, as_of=date(2025, 8, 24)),
    ]
    assert write(claims, QUERY, undated=3) == (
        "Rice rose. [1][3] Two articles say so. Beans fell. [2] (24 August 2025)"
    )


def test_what_is_lacking_is_told_after_the_claims_or_alone() -> None:
    claim = Claim(text="Rice rose.", cites=(1,), support=0.9)
    assert write([claim], QUERY, lacking=["No more."], undated=0) == "Rice rose. [1] No more."
    assert write([], QUERY, lacking=["No more."], undated=0) == "No more."


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


@given(st.lists(st.text(min_size=1, max_size=80), min_size=1, max_size=5), st.text(max_size=60))
def test_whatever_the_texts_are_the_claims_quote_and_cite_what_exists(
    quotes: list[str], question: str
) -> None:
    pieces = [piece(n, quote) for n, quote in enumerate(quotes, start=1)]
    for kind in Kind:
        made = draft(Query(question=question, text=question, kind=kind), pieces, PARSER)
        said = {one.number: one.quote for one in made.evidence}
        assert all(claim.text in {said[n] for n in claim.cites} for claim in made.claims)
        assert sorted({n for claim in made.claims for n in claim.cites}) == sorted(said)
