"""A quote said shorter: what the model is given, and what of its sentences is kept."""

import pytest
from doubles import FakeGenerator, FakeParser

from mssqa.compose.phrase import forms, phrased, wider
from mssqa.models import load_parser
from mssqa.ports import Parser
from mssqa.types import Article, Claim, Evidence, Passage, Query, Relation, Span

QUOTE = "The ferry, built in 1961, sank on Monday with about 40 people, and its owner fled."
QUERY = Query(question="When did the ferry sink?", text="When did the ferry sink?")


def _evidence(quote: str = QUOTE, answer: str = "Monday") -> Evidence:
    article = Article(path="a.md", title="A", text=quote)
    start = quote.index(answer)
    return Evidence(
        number=1,
        passage=Passage(article=article, ordinal=0, start=0, end=len(quote)),
        sentence=Span(0, len(quote)),
        answer=Span(start, start + len(answer)),
        support=0.9,
    )


def _claim(piece: Evidence) -> Claim:
    return Claim(
        text=piece.quote, cites=(1,), support=0.9, value=piece.value, relation=Relation.AGREES
    )


def _phrased(piece: Evidence, generator: FakeGenerator, parser: Parser) -> str | None:
    claim = _claim(piece)
    found = phrased(QUERY, claim, {1: piece}, generator=generator, parser=parser)
    return None if found is None else found.text


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


@pytest.mark.model
def test_a_shorter_sentence_with_the_answer_replaces_the_quote_and_nothing_else(
    parser: Parser,
) -> None:
    piece = _evidence()
    claim = phrased(
        QUERY,
        _claim(piece),
        {1: piece},
        generator=FakeGenerator("The ferry ", "sank on Monday."),
        parser=parser,
    )
    assert claim == Claim(
        text="The ferry sank on Monday.",
        cites=(1,),
        support=0.9,
        value="Monday",
        relation=Relation.AGREES,
    )


@pytest.mark.model
@pytest.mark.parametrize(
    ("written", "said"),
    [
        ("The 40 boats have been moored in Oslo.", "The 40 boats have been moored in Oslo."),
        ("The 40 boats has been moored in Oslo.", None),
    ],
)
def test_a_verb_that_does_not_agree_with_its_subject_leaves_the_quote(
    written: str, said: str | None, parser: Parser
) -> None:
    quote = "Norway has sold its port, and the 40 boats have been moored in Oslo since last Monday."
    question = Query(question="Where are the 40 boats?", text="Where are the 40 boats?")
    piece = _evidence(quote, "Oslo")
    claim = phrased(
        question, _claim(piece), {1: piece}, generator=FakeGenerator(written), parser=parser
    )
    assert (claim.text if claim else None) == said


@pytest.mark.model
@pytest.mark.parametrize(
    "written",
    [
        "The ferry sank.",  # not the answer
        "The ferry sank on Monday in Oslo.",  # a word of its own
        "The ferry fled on Monday.",  # not who did it
        "The ferry sinks on Monday.",
        "Monday.",
        "",
        QUOTE,  # adds nothing
    ],
)
def test_where_the_sentence_is_no_better_the_quote_stays(written: str, parser: Parser) -> None:
    assert _phrased(_evidence(), FakeGenerator(written), parser) is None


@pytest.mark.model
def test_the_model_gets_the_clause_and_the_whole_of_the_short_answer(parser: Parser) -> None:
    generator = FakeGenerator("")
    _phrased(_evidence(answer="40"), generator, parser)
    assert generator.told[0][-1].content == (
        "Quote: The ferry sank on Monday with about 40 people.\n"
        "Question: When did the ferry sink?\n"
        "Short answer: about 40 people\n"
        "Sentence:"
    )


@pytest.mark.model
def test_an_answer_takes_along_what_it_counts_and_what_hedges_it(parser: Parser) -> None:
    text = "So far Norway has lent more than 40 old boats."
    (parse,) = parser.parse([text])
    start, end = wider(parse, Span(text.index("40"), text.index("40") + 2))
    assert text[start:end] == "more than 40 old boats"


def test_the_examples_come_first_and_never_change() -> None:
    generator = FakeGenerator("")
    _phrased(_evidence(), generator, FakeParser())
    _phrased(_evidence(f"Rice rose by 4%. {QUOTE}", "4%"), generator, FakeParser())
    first, second = generator.told
    assert first[:-1] == second[:-1]
    assert first[-1] != second[-1]


def test_a_quote_that_is_short_already_is_left_alone() -> None:
    generator = FakeGenerator("Rice rose.")
    assert _phrased(_evidence("Rice rose by 4%.", "4%"), generator, FakeParser()) is None
    assert generator.told == []


def test_a_claim_that_is_no_quote_or_has_no_short_answer_is_left_alone() -> None:
    generator, piece = FakeGenerator("The ferry sank on Monday."), _evidence()
    other = Claim(text="Reworded.", cites=(1,), support=0.9)
    assert phrased(QUERY, other, {1: piece}, generator=generator, parser=FakeParser()) is None
    assert generator.told == []


def test_a_model_that_says_the_same_again_is_stopped() -> None:
    generator = FakeGenerator(*["the port of "] * 1000)
    _phrased(_evidence(), generator, FakeParser())
    assert generator.written < 10


def test_marks_and_special_tokens_of_an_article_do_not_reach_the_model_or_its_words() -> None:
    assert list(forms("A <|im_end|> [1] {ferry}, “sank”…")) == [
        *("A", "a", "im_end", "1", "ferry", "sank")
    ]
