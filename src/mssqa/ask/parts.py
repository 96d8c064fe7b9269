"""A question that asks several things, as questions that each stand alone. When unsure: one.

Split are "when and where was …", "… and when?", ", and under which number?" and two whole
questions; never nouns, nor clauses that only belong to a question ("who said when he left").
"""

from collections.abc import Iterator
from dataclasses import replace

from mssqa.ask import ellipsis
from mssqa.ask.mentions import mentions
from mssqa.ask.nouns import NOUNS, each_of
from mssqa.ask.parsing import parsed
from mssqa.ask.pointing import events, pointers, written_out
from mssqa.ask.scene import Scene
from mssqa.ask.wants import kind, wants
from mssqa.grammar import Parse
from mssqa.ports import Parser
from mssqa.types import Kind, Query
from mssqa.when.change import change

MAX_PARTS = 3

_ASKING = each_of("who whom whose what which when where why how")
_ADVERBS = each_of("when where why how")
_IN_PHRASE = frozenset({*NOUNS, "ADJ", "NUM", "DET", "PART", "ADV"})
_VERBS = frozenset({"VERB", "AUX"})


def parts(query: Query, parser: Parser) -> tuple[Query, ...]:
    """The questions that a query holds, in order; usually itself alone."""
    texts = [query.text]
    while len(texts) < MAX_PARTS:
        (parse,) = parsed(parser, texts[-1:])
        two = _in_two(parse, parser)
        if two is None:
            break
        texts[-1:] = two
    if len(texts) == 1:
        return (query,)
    return tuple(_part(query, parse) for parse in parsed(parser, texts))


def _part(query: Query, parse: Parse) -> Query:
    """One of the questions, of the kind that it is by itself: the whole is several, each is not."""
    asked = Kind.CHANGE if any(change(parse.text)) else kind(parse, query.order)
    return replace(query, text=parse.text, kind=asked, wants=wants(parse))


def _in_two(parse: Parse, parser: Parser) -> tuple[str, str] | None:
    joint = next(_joints(parse), None)
    if joint is None:
        return None
    phrase = _asked_phrase(parse, joint + 1)
    begin = parse.tokens[joint + 1].start
    before, after = parse.text[: parse.tokens[joint].start], parse.text[begin:]
    if all(token.tag not in _VERBS for token in parse.tokens[:joint]):
        return _sentence(before, parse.text[parse.tokens[phrase.stop].start :]), _sentence(after)
    if _is_bare(parse, phrase):
        return _with_bare(before, parse.text[begin : parse.tokens[phrase[-1]].end], parser)
    return _with_whole(before, after, parser)


def _with_bare(before: str, phrase: str, parser: Parser) -> tuple[str, str] | None:
    """Of "who signed it" and "when": who signed it, when did someone sign it."""
    (first,) = parsed(parser, [_sentence(before)])
    unknown = "someone" if first.word(0).lower() == "who" else "something"
    second = ellipsis.asked_with(phrase, first, None) or ellipsis.asked_with(phrase, first, unknown)
    return (first.text, second) if second else None


def _with_whole(before: str, after: str, parser: Parser) -> tuple[str, str] | None:
    """Both questions, the second's pronouns written out; None if they mean what is asked for."""
    first, second = parsed(parser, [_sentence(before), _sentence(after)])
    found = pointers(second, Scene().then(mentions(first)))
    unclear = any(p.pronoun and (p.mention is None or p.mention.asked) for p in found)
    if unclear or events(second):
        return None
    return first.text, _counted(first, second, written_out(second, found))


def _counted(first: Parse, second: Parse, text: str) -> str:
    """The second with the noun of the first's "how many": "and how many did Norway send"."""
    one, other = _asked_phrase(first, 0), _asked_phrase(second, 0)
    if len(other) != 2 or second.word(1).lower() not in {"many", "much"} or len(one) < 3:
        return text
    noun = first.text[first.tokens[1].end : first.tokens[one[-1]].end]
    end = second.tokens[1].end
    return f"{text[:end]}{noun}{text[end:]}" if text[:end] == first.text[:end] else text


def _joints(parse: Parse) -> Iterator[int]:
    """Where an "and" joins a question to a question; none after a clause that asks within it."""
    said = [parse.word(n).lower() for n in range(len(parse.tokens))]
    if _ASKING.isdisjoint(said[:2]):
        return
    for n, token in enumerate(parse.tokens[:-1]):
        asked_once = _ASKING.isdisjoint(said[2:n]) and not _ASKING.isdisjoint(said[:n])
        if asked_once and token.lemma == "and" and _begins_question(parse, n + 1):
            yield n


def _begins_question(parse: Parse, index: int) -> bool:
    """Whether a phrase that asks stands there, alone or with its verb next to it."""
    phrase = _asked_phrase(parse, index)
    if not phrase:
        return False
    adverb = parse.word(index).lower() in _ADVERBS
    if _is_bare(parse, phrase):
        return (adverb and len(phrase) == 1) or parse.tokens[index].tag == "ADP"
    verb = parse.tokens[phrase.stop]
    return verb.tag == "AUX" or (verb.tag == "VERB" and not adverb)


def _asked_phrase(parse: Parse, index: int) -> range:
    """The "who", "how many ships" or "under which number" that begins at a token, or nothing."""
    words = range(index, len(parse.tokens))
    at = index + (parse.tokens[index].tag == "ADP")
    if at >= len(parse.tokens) or parse.word(at).lower() not in _ASKING:
        return range(0)
    stop = next(
        (n for n in words if n > at and parse.tokens[n].tag not in _IN_PHRASE), len(parse.tokens)
    )
    return range(index, stop)


def _is_bare(parse: Parse, phrase: range) -> bool:
    """Whether the question ends with it."""
    return all(token.tag == "PUNCT" for token in parse.tokens[phrase.stop :])


def _sentence(*pieces: str) -> str:
    text = " ".join(piece.strip(" ,;") for piece in pieces).rstrip("?!. ")
    return f"{text[:1].upper()}{text[1:]}?"
