"""What may be written with a few words, over tokens that are single letters."""

from collections.abc import Collection, Sequence

from mssqa.models.wording import Wording

END = 0


def _letters(texts: Sequence[str]) -> list[list[int]]:
    return [[ord(letter) for letter in text] for text in texts]


def _can_write(text: str, words: Collection[str]) -> bool:
    """Whether a text may be written letter by letter, and end there."""
    place = Wording(words, _letters, end=END).start
    for token in (*map(ord, text), END):
        if token not in Wording.choices(place):
            return False
        place = Wording.step(place, token)
    return True


def test_a_sentence_of_allowed_words_can_be_written() -> None:
    assert _can_write("Rice rose, they say.", ["rice", "rose", "they", "say"])
    assert _can_write("The U.S. rice rose.", ["the", "U.S.", "rice", "rose"])
    assert _can_write("Haiti's rice; 1,000 bags: more.", ["Haiti", "rice", "1,000", "bags", "more"])


def test_parts_of_words_cannot_be_joined() -> None:
    assert not _can_write("Rise.", ["rice", "rose", "se"])
    assert not _can_write("Rice ro.", ["rice", "rose"])
    assert not _can_write("Ricerose.", ["rice", "rose"])
    assert not _can_write("Rice 1,00.", ["rice", "1,000"])


def test_only_the_first_word_gets_a_capital() -> None:
    assert not _can_write("Rice Rose.", ["rice", "rose"])
    assert not _can_write("rice rose.", ["rice", "rose"])


def test_a_sentence_ends_with_a_full_stop_and_nothing_follows() -> None:
    assert not _can_write("Rice", ["rice"])
    assert not _can_write("Rice. Rice.", ["rice"])
    assert not _can_write("Rice..", ["rice"])
    assert not _can_write(".", ["rice"])


def test_the_stop_of_an_abbreviation_may_end_the_sentence() -> None:
    assert _can_write("The U.S.", ["the", "U.S", "U.S."])
    assert _can_write("The U.S. rose.", ["the", "U.S", "U.S.", "rose"])
