"""Words: stems, limits, hostile questions, and rankings that do not depend on history."""

from collections.abc import Iterator
from datetime import date
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from mssqa.errors import IndexCorruptError
from mssqa.index.lexical import Lexical, carry_over, stems, write
from mssqa.types import Article, Interval, Passage, Query

PORT = Article(
    path="a.md",
    title="Harbour works",
    text="The U.S. ambassador opened 1,500 berths at the élite quays.",
    published=date(2025, 3, 3),
    publisher="The Gazette",
)
RICE = Article(
    path="b.md",
    title="Rice",
    text="Rice prices rose; harbours were closed.",
    published=date(2025, 3, 5),
    publisher="Le Phare",
)
UNDATED = Article(path="c.md", title="Fishing", text="Fishermen left the harbour early.")


def passages(*articles: Article) -> Iterator[tuple[int, Passage]]:
    for key, article in enumerate(articles, start=1):
        yield key, Passage(article=article, ordinal=0, start=0, end=len(article.text))


@pytest.fixture
def words(tmp_path: Path) -> Lexical:
    write(tmp_path / "words", passages(PORT, RICE, UNDATED))
    return Lexical(tmp_path / "words")


def keys(words: Lexical, text: str, *, limit: int = 9, **limits: object) -> set[int]:
    query = Query(question="?", text=text, **limits)  # type: ignore[arg-type]
    return {key for key, _ in words.search(query, limit=limit)}


@pytest.mark.parametrize(
    ("text", "found"),
    [
        ("harbours", {1, 2, 3}),
        ("HARBOUR", {1, 2, 3}),
        ("elite", {1}),
        ("Élite", {1}),
        ("e\u0301lite", {1}),
        ("US", {1}),
        ("U.S.", {1}),
        ("u.s", {1}),
        ("1500 berth", {1}),
        ("1,500", {1}),
        ("price", {2}),
        ("submarine", set()),
        ("who was it?", set()),
    ],
)
def test_words_are_found_whatever_their_form(words: Lexical, text: str, found: set[int]) -> None:
    assert keys(words, text) == found


def test_a_word_of_the_title_counts_for_every_passage(words: Lexical) -> None:
    assert keys(words, "fishing") == {3}


@pytest.mark.parametrize(
    "text",
    [
        "",
        " ",
        "?!",
        '"',
        'title:"',
        "a AND (",
        "NOT",
        "rice^",
        "[1 TO",
        "\\",
        "\ud800",
        "\x00",
        "*",
    ],
)
def test_no_text_is_a_syntax_error(words: Lexical, text: str) -> None:
    assert keys(words, text) <= {1, 2, 3}


@given(st.text(max_size=60))
def test_stems_take_any_text(text: str) -> None:
    assert all(stems(text))


def test_a_very_long_question_is_bounded(words: Lexical) -> None:
    assert keys(words, "rice " + " ".join(f"w{n}" for n in range(5000))) == {2}


def test_stop_words_count_if_there_is_nothing_else(tmp_path: Path) -> None:
    band = Article(path="d.md", title="Music", text="The Who played.")
    write(tmp_path / "words", passages(band, RICE))
    assert keys(Lexical(tmp_path / "words"), "the who") == {1}


def test_the_window_includes_both_ends_and_leaves_out_the_undated(words: Lexical) -> None:
    window = Interval(start=date(2025, 3, 3), end=date(2025, 3, 5))
    assert keys(words, "harbour", window=window) == {1, 2}
    assert keys(words, "harbour", window=Interval(start=date(2025, 3, 4))) == {2}


def test_nothing_later_than_as_of_is_found(words: Lexical) -> None:
    assert keys(words, "harbour", as_of=date(2025, 3, 4)) == {1}


def test_a_window_after_as_of_is_empty(words: Lexical) -> None:
    window = Interval(start=date(2025, 3, 5))
    assert keys(words, "harbour", window=window, as_of=date(2025, 3, 4)) == set()


def test_publishers_are_compared_without_case(words: Lexical) -> None:
    assert keys(words, "harbour", publishers=("LE PHARE", "nobody")) == {2}


def test_limits_change_no_score(words: Lexical) -> None:
    free = dict(words.search(Query(question="?", text="harbour"), limit=9))
    limited = words.search(Query(question="?", text="harbour", as_of=date(2025, 3, 4)), limit=9)
    assert limited == ((1, free[1]),)


def test_equal_scores_go_by_key_also_at_the_limit(tmp_path: Path) -> None:
    write(tmp_path / "words", passages(*[UNDATED] * 60))
    found = Lexical(tmp_path / "words").search(Query(question="?", text="harbour"), limit=5)
    assert [key for key, _ in found] == [1, 2, 3, 4, 5]


def test_words_added_later_rank_as_if_written_at_once(tmp_path: Path) -> None:
    everything = list(passages(PORT, RICE, UNDATED))
    write(tmp_path / "at-once", everything)
    write(tmp_path / "first", everything[:1])
    carry_over(tmp_path / "first", tmp_path / "second")
    write(tmp_path / "second", everything[1:])
    query = Query(question="?", text="harbour rice berths")
    assert Lexical(tmp_path / "second").search(query, limit=9) == Lexical(
        tmp_path / "at-once"
    ).search(query, limit=9)
    assert Lexical(tmp_path / "first").passages == 1


def test_a_damaged_folder_is_corrupt(tmp_path: Path) -> None:
    write(tmp_path / "words", passages(PORT))
    (tmp_path / "words" / "meta.json").write_text("{")
    with pytest.raises(IndexCorruptError):
        Lexical(tmp_path / "words")


@pytest.mark.parametrize(
    ("word", "found"),
    [
        ("harbuor", (1, 2, 3)),
        ("elitte", (1,)),
        ("fihsermen", (3,)),
        ("rise", (2,)),
        ("harbour", ()),
        ("zebra", ()),
        ("", ()),
        ("\ud800\x00", ()),
    ],
)
def test_a_word_that_stands_nowhere_finds_those_spelt_alike(
    words: Lexical, word: str, found: tuple[int, ...]
) -> None:
    assert words.spelt_like(word, limit=9) == found
