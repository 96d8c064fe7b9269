from mssqa.grammar import Parse, Token
from mssqa.types import Span

#         0    1   2     3   4     5
WORDS = ("She sold red and blue boats", (1, 1, 5, 2, 2, 1))


def parse() -> Parse:
    text, heads = WORDS
    tokens, start = [], 0
    for word, head in zip(text.split(), heads, strict=True):
        tokens.append(Token(start, start + len(word), word.lower(), "X", "dep", head))
        start += len(word) + 1
    return Parse(text=text, tokens=tuple(tokens))


def test_a_word_is_a_slice_of_the_text() -> None:
    assert parse().word(4) == "blue"


def test_children_hang_directly_on_a_token() -> None:
    assert parse().children(1) == (0, 5)


def test_a_subtree_is_a_token_and_all_that_hangs_on_it() -> None:
    assert parse().subtree(5) == (2, 3, 4, 5)


def test_the_head_of_a_span_is_the_token_its_others_hang_on() -> None:
    assert parse().head_of(Span(9, 27)) == 5
    assert parse().head_of(Span(0, 8)) == 1


def test_a_span_without_tokens_has_no_head() -> None:
    assert parse().head_of(Span(3, 4)) is None
