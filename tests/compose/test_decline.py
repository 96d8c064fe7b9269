"""What is said where the articles do not answer."""

from datetime import date

from doubles import FakeParser, MemoryStore

from mssqa.compose.decline import missing
from mssqa.types import Article, Evidence, Interval, Query, Span

STORY = "Some 400 ships wait outside Oslo harbour. Mayor Ola Nordmann said that nobody was hurt."
HARBOUR = Article(path="harbour.md", title="Harbour", text=STORY, published=date(2024, 5, 6))
STORE = MemoryStore([HARBOUR])
(PASSAGE,) = STORE.passages([0])
NEAR = Evidence(number=1, passage=PASSAGE, sentence=Span(0, 41), support=0.1)


def told(question: str, **limits: object) -> str:
    query = Query(question=question, text=question, **limits)  # type: ignore[arg-type]
    return missing(query, [NEAR], STORE, FakeParser())


def test_a_question_that_is_not_answered_is_repeated_as_asked() -> None:
    assert told("Why did  Nordmann resign?") == (
        "The articles do not answer “Why did Nordmann resign?”"
    )


def test_what_looks_like_a_citation_in_a_question_is_none_when_repeated() -> None:
    assert told("Who is [1]?") == "The articles do not answer “Who is (1)?”"


def test_what_is_no_sentence_or_too_long_is_not_repeated() -> None:
    assert told("ships of Oslo") == "The articles do not say."
    assert told(f"Who owns {'very ' * 50}old ships?") == "The articles do not say."


def test_a_name_that_no_article_has_is_told() -> None:
    assert told("What did Nordmann tell Macron?") == (
        "The articles do not say: they do not mention Macron."
    )


def test_names_and_years_that_are_missing_are_listed() -> None:
    assert told("How many ships left Rome for Bonn in 2019?") == (
        "The articles do not say: they do not mention Rome, Bonn or 2019."
    )


def test_a_year_in_which_an_article_appeared_or_as_of_which_is_asked_is_not_missing() -> None:
    assert told("Who led Oslo in 2024, as of May 2026?", as_of=date(2026, 5, 31)) == (
        "The articles up to 31 May 2026 do not answer “Who led Oslo in 2024, as of May 2026?”"
    )


def test_a_name_counts_as_missing_only_where_it_lies_within_the_limits() -> None:
    assert told("Who leads Oslo?", as_of=date(2024, 5, 6)) == (
        "The articles up to 6 May 2024 do not answer “Who leads Oslo?”"
    )
    assert told("Who leads Oslo?", as_of=date(2024, 5, 5)) == (
        "The articles up to 5 May 2024 do not say: they do not mention Oslo."
    )


def test_all_limits_are_named() -> None:
    window = Interval(start=date(2024, 5, 1), end=date(2024, 5, 31))
    assert told("Who leads?", window=window, publishers=("Mail", "Post")) == (
        "The articles of Mail or Post from 1 May 2024 up to 31 May 2024 do not answer “Who leads?”"
    )


def test_where_nothing_was_found_that_is_said() -> None:
    query = Query(question="Who leads Oslo?", text="Who leads Oslo?", as_of=date(2020, 1, 1))
    assert missing(query, [], STORE, FakeParser()) == (
        "The articles up to 1 January 2020 do not say: none was found that bears on the question."
    )
