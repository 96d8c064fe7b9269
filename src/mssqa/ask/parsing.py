"""The grammar of questions, with slips mended that a parser trained on statements often makes."""

from collections.abc import Sequence

from mssqa.ask.nouns import NOUNS
from mssqa.grammar import Name, Parse, Token
from mssqa.ports import Parser
from mssqa.types import Span


def parsed(parser: Parser, texts: Sequence[str]) -> tuple[Parse, ...]:
    """The grammar of each text, in order, verbs and nouns mended."""
    return tuple(mended(parse) for parse in parser.parse(texts))


def mended(parse: Parse) -> Parse:
    """A noun that an auxiliary hangs on is a verb; an adjective that has an owner is a noun.

    So in "what did the council vote?" and "and the men's final?".

    >>> did = Token(0, 3, "do", "AUX", "aux", 2)
    >>> they = Token(4, 8, "they", "PRON", "nsubj", 2)
    >>> vote = Token(9, 13, "vote", "NOUN", "ROOT", 2)
    >>> mended(Parse(text="Did they vote", tokens=(did, they, vote))).tokens[2].tag
    'VERB'
    """
    verbs = {
        token.head for token in parse.tokens if token.role == "aux" and _is_noun(parse, token.head)
    }
    owned = {token.head for token in parse.tokens if token.role == "poss"}
    tokens = tuple(_mended(n, token, verbs, owned) for n, token in enumerate(parse.tokens))
    return Parse(text=parse.text, tokens=tokens, names=parse.names)


def from_token(parse: Parse, index: int) -> Parse:
    """The grammar of a text from a token on; what hung on an earlier word hangs on itself."""
    first = parse.tokens[index].start
    return Parse(
        text=parse.text[first:],
        tokens=tuple(
            token._replace(
                start=token.start - first,
                end=token.end - first,
                head=token.head - index if token.head >= index else n,
            )
            for n, token in enumerate(parse.tokens[index:])
        ),
        names=tuple(
            Name(Span(name.span.start - first, name.span.end - first), name.label)
            for name in parse.names
            if name.span.start >= first
        ),
    )


def _is_noun(parse: Parse, index: int) -> bool:
    return parse.tokens[index].tag in NOUNS


def _mended(index: int, token: Token, verbs: set[int], owned: set[int]) -> Token:
    if index in verbs:
        return token._replace(tag="VERB")
    if index in owned and token.tag == "ADJ":
        return token._replace(tag="NOUN")
    if token.head in verbs and token.role in {"compound", "poss"}:
        return token._replace(role="nsubj")
    return token
