"""Articles cut into passages."""

from collections.abc import Sequence
from datetime import date
from itertools import pairwise

from hypothesis import given
from hypothesis import strategies as st

from mssqa.config import Passages
from mssqa.ingest.split import embedding_input, fit, room, split
from mssqa.text import TITLE_CHARACTERS, headline, sentence_spans
from mssqa.types import Article, Passage, Span


def count_words(texts: Sequence[str]) -> list[int]:
    return [len(text.split()) for text in texts]


def article_of(*lengths: int, title: str = "") -> tuple[Article, tuple[Span, ...]]:
    """An article whose sentences have so many words; they are told apart by their first word."""
    sentences = [" ".join([f"S{n}", *["x"] * (length - 1)]) for n, length in enumerate(lengths)]
    spans, start = [], 0
    for sentence in sentences:
        spans.append(Span(start, start + len(sentence)))
        start += len(sentence) + 1
    return Article(path="a.md", title=title, text=" ".join(sentences)), tuple(spans)


def cut(*lengths: int, limit: int, overlap: int = 1) -> list[str]:
    """The first words of the sentences of each passage."""
    article, spans = article_of(*lengths)
    config = Passages(max_tokens=32, overlap_sentences=overlap)
    passages = split(article, spans, count_words, config=config, max_tokens=limit + 2)
    return [" ".join(w for w in p.text.split() if w.startswith("S")) for p in passages]


def test_an_article_that_fits_is_one_passage() -> None:
    assert cut(3, 3, 3, limit=9) == ["S0 S1 S2"]


def test_passages_share_one_sentence() -> None:
    assert cut(3, 3, 3, 3, 3, limit=9) == ["S0 S1 S2", "S2 S3 S4"]


def test_passages_share_no_sentence_if_none_is_wanted() -> None:
    assert cut(3, 3, 3, 3, limit=6, overlap=0) == ["S0 S1", "S2 S3"]


def test_no_passage_repeats_only_what_the_one_before_it_says() -> None:
    assert cut(3, 3, 9, 3, limit=9) == ["S0 S1", "S2", "S3"]


def test_a_sentence_that_is_too_long_is_a_passage_of_its_own() -> None:
    assert cut(3, 30, 3, limit=9) == ["S0", "S1", "S2"]


def test_the_last_two_passages_are_about_equally_long() -> None:
    assert cut(2, 2, 2, 2, 2, 2, limit=10, overlap=0) == ["S0 S1 S2", "S3 S4 S5"]


def test_an_article_without_a_sentence_has_no_passage() -> None:
    assert cut(limit=9) == []


@given(st.lists(st.integers(1, 20), max_size=40), st.integers(4, 30), st.integers(0, 5))
def test_every_sentence_is_in_a_passage_and_every_passage_says_something_new(
    lengths: list[int], limit: int, overlap: int
) -> None:
    article, spans = article_of(*lengths)
    config = Passages(max_tokens=32, overlap_sentences=overlap)
    passages = split(article, spans, count_words, config=config, max_tokens=limit + 2)
    within = [
        [n for n, span in enumerate(spans) if p.start <= span.start and span.end <= p.end]
        for p in passages
    ]
    assert sorted({n for numbers in within for n in numbers}) == list(range(len(spans)))
    assert [p.ordinal for p in passages] == list(range(len(passages)))
    assert all(max(one) < max(two) and min(one) < min(two) for one, two in pairwise(within))
    assert all(max(one) - min(two) < overlap for one, two in pairwise(within))
    assert all(len(numbers) == 1 or sum(lengths[n] for n in numbers) <= limit for numbers in within)
    assert all(
        (p.start, p.end) == (spans[w[0]].start, spans[w[-1]].end)
        for p, w in zip(passages, within, strict=True)
    )


def test_the_title_takes_its_share_of_the_room() -> None:
    article, _ = article_of(3, title="four words of title")
    assert room(article, count_words, config=Passages(max_tokens=40), max_tokens=512) == 34


def test_a_title_leaves_at_least_half_of_the_room() -> None:
    article, _ = article_of(3, title="word " * 30)
    assert room(article, count_words, config=Passages(max_tokens=32), max_tokens=512) == 15


def test_the_embedder_sees_title_and_date_in_front() -> None:
    article = Article(
        path="a.md", title="Rice  up", text="Prices rose.", published=date(2024, 6, 5)
    )
    passage = Passage(article=article, ordinal=0, start=0, end=12)
    assert embedding_input(passage) == "Rice up (5 June 2024)\nPrices rose."


def test_an_endless_title_is_cut_at_a_word() -> None:
    article = Article(path="a.md", title="word " * 1000, text="x")
    assert headline(article) == ("word " * 1000)[: TITLE_CHARACTERS - 1]


def test_an_endless_word_in_the_title_is_cut_too() -> None:
    article = Article(path="a.md", title="x" * 100_000, text="x")
    assert headline(article) == "x" * TITLE_CHARACTERS


def test_a_long_sentence_is_cut_at_the_clause_end_nearest_to_its_middle() -> None:
    text = "The port opened, the ships came in, the dockers sang and the minister spoke."
    pieces = fit(text, [Span(0, len(text))], count_words, limit=9)
    assert [text[start:end] for start, end in pieces] == [
        "The port opened, the ships came in,",
        "the dockers sang and the minister spoke.",
    ]


def test_sentences_that_fit_stay_whole() -> None:
    text = "One two three. Four five."
    spans = sentence_spans(text)
    assert fit(text, spans, count_words, limit=3) == spans


@given(st.text(alphabet="ab ,;—\n", max_size=200), st.integers(1, 20))
def test_cutting_loses_no_letter_and_leaves_nothing_too_long(text: str, limit: int) -> None:
    pieces = fit(text, [Span(0, len(text))], lambda texts: [len(t) for t in texts], limit=limit)
    assert "".join("".join(text[s:e] for s, e in pieces).split()) == "".join(text.split())
    assert all(0 < end - start <= max(limit, 1) for start, end in pieces)


def test_a_megabyte_without_a_blank_is_cut_in_good_time() -> None:
    text = "x" * 1_000_000
    calls: list[int] = []

    def count(texts: Sequence[str]) -> list[int]:
        calls.append(sum(map(len, texts)))
        return [len(text) // 4 for text in texts]

    pieces = fit(text, [Span(0, len(text))], count, limit=250)
    assert "".join(text[start:end] for start, end in pieces) == text
    assert sum(calls) < 10 * len(text)
