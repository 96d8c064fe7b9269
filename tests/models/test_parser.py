import pytest

from mssqa.grammar import Parse
from mssqa.models import load_parser
from mssqa.ports import Parser

pytestmark = pytest.mark.model


@pytest.fixture(scope="module")
def parser() -> Parser:
    return load_parser()


def parsed(parser: Parser, text: str) -> Parse:
    (parse,) = parser.parse([text])
    return parse


def test_the_words_of_a_sentence_have_lemma_part_of_speech_and_role(parser: Parser) -> None:
    parse = parsed(parser, "Norway sent 300 nurses.")
    assert [(parse.word(n), *token[2:]) for n, token in enumerate(parse.tokens)] == [
        ("Norway", "norway", "PROPN", "nsubj", 1),
        ("sent", "send", "VERB", "ROOT", 1),
        ("300", "300", "NUM", "nummod", 3),
        ("nurses", "nurse", "NOUN", "dobj", 1),
        (".", ".", "PUNCT", "punct", 1),
    ]


def test_names_carry_their_place_and_kind(parser: Parser) -> None:
    parse = parsed(parser, "Angela Merkel visited Oslo in May 2019.")
    assert [(parse.text[slice(*name.span)], name.label) for name in parse.names] == [
        ("Angela Merkel", "PERSON"),
        ("Oslo", "GPE"),
        ("May 2019", "DATE"),
    ]


@pytest.mark.parametrize("text", ["", "  ", "\n", "💧" * 50, "a" * 20_000, "ـ¿\x07¡", "\ud800"])
def test_any_text_is_parsed_and_kept_letter_by_letter(parser: Parser, text: str) -> None:
    assert parsed(parser, text).text == text


def test_texts_keep_their_order(parser: Parser) -> None:
    texts = ["Two men left.", "", "Rain fell."]
    assert [parse.text for parse in parser.parse(texts)] == texts
