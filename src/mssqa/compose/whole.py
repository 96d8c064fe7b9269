"""Lists whole: the sentences that announce one, those that carry it on, and what it lacks."""

import re
from collections.abc import Iterator, Sequence
from dataclasses import replace
from decimal import Decimal

from mssqa.compose.listing import asked_count, count_ordinals, enumeration
from mssqa.compose.numbers import Number, find_numbers
from mssqa.compose.statements import Statement, answer_in
from mssqa.ports import Parser
from mssqa.text import sentence_spans
from mssqa.types import Claim, Evidence, Query, Span

_OPENS_A_LIST = re.compile(
    r":\s*$|\b(?:these|they)\s+(?:are|include)\b|as follows\W*$", re.IGNORECASE
)
_AHEAD = 1200  # characters after a sentence in which its list may go on


def with_lists(query: Query, evidence: Sequence[Evidence], parser: Parser) -> tuple[Evidence, ...]:
    """The evidence, with a sentence that opens a list widened by the one that carries it on.

    A sentence of the same passages that announces as many things as are asked for comes first,
    and one that lists as many, those of the best evidence among them.
    """
    announced = [
        replace(piece, sentence=span, answer=None, support=evidence[0].support)
        for piece, span in _announcing(query.text, evidence)
    ]
    announced += _completing(query.text, evidence[0], parser)
    known = {(piece.passage.article.id, piece.sentence) for piece in announced}
    rest = (p for p in evidence if (p.passage.article.id, p.sentence) not in known)
    return tuple(_carried_on(piece) for piece in (*announced, *rest))


def _completing(question: str, best: Evidence, parser: Parser) -> Iterator[Evidence]:
    """The sentence of its passage that lists what the best evidence does, and as much as asked."""
    asked = asked_count(question)
    (parse,) = parser.parse([best.quote])
    known = [parse.text[slice(*span)] for span in enumeration(parse, answer_in(best))]
    if asked is None or not 1 < len(known) < asked[0]:
        return
    text, start = best.passage.text, best.passage.start
    spans = [span for span in sentence_spans(text) if all(k in text[slice(*span)] for k in known)]
    for span, parse in zip(spans, parser.parse([text[slice(*s)] for s in spans]), strict=True):
        place = parse.text.find(known[0])
        listed = enumeration(parse, Span(place, place + len(known[0])))
        if len(listed) == asked[0]:
            begin = start + span.start
            answer = Span(begin + listed[0].start, begin + listed[-1].end)
            yield replace(best, sentence=Span(begin, start + span.end), answer=answer)


def _carried_on(piece: Evidence) -> Evidence:
    after = _following(piece, piece.sentence)
    if after is None:
        return piece
    return replace(piece, sentence=Span(piece.sentence.start, after.end), answer=after)


def _announcing(question: str, evidence: Sequence[Evidence]) -> Iterator[tuple[Evidence, Span]]:
    """The sentences of the passages that announce as many things as are asked for.

    Each comes with a piece of evidence of its passage.
    """
    asked = asked_count(question)
    if asked is None:
        return
    seen: set[tuple[str, Span]] = set()
    for piece in evidence:
        text, start = piece.passage.text, piece.passage.start
        for span in sentence_spans(text):
            place = Span(start + span.start, start + span.end)
            known = (piece.passage.article.id, place)
            if known not in seen and _announces(text[slice(*span)], *asked):
                seen.add(known)
                yield piece, place


def _announces(sentence: str, count: int, noun: str) -> bool:
    stem = noun.removesuffix("s").removesuffix("ie")
    counted = rf"(?=\b(?P<count>\w+)\s+(?:\w+\s+)?{re.escape(stem)})"
    return any(
        find_numbers(match["count"])[:1] == (Number(Decimal(count)),)
        for match in re.finditer(counted, sentence, re.IGNORECASE)
    )


def _following(piece: Evidence, sentence: Span) -> Span | None:
    """The next sentence, if it carries on a list that this one opens."""
    text = piece.passage.article.text
    ahead = text[sentence.end : sentence.end + _AHEAD]
    spans = sentence_spans(ahead, language=piece.passage.article.language)
    if not spans or (len(spans) == 1 and sentence.end + _AHEAD < len(text)):
        return None
    next_one = ahead[slice(*spans[0])]
    opens = bool(_OPENS_A_LIST.search(text[slice(*sentence)]))
    if "\n" in ahead[: spans[0].start] and not opens:
        return None
    if not (opens or count_ordinals(next_one) or _OPENS_A_LIST.match(next_one)):
        return None
    return Span(sentence.end + spans[0].start, sentence.end + spans[0].end)


def members(statement: Statement, parser: Parser) -> tuple[str, ...]:
    """What a sentence lists; where it counts by ordinals, a part for each."""
    quote = statement.piece.quote
    counted = count_ordinals(quote)
    if counted:
        return tuple(f"{quote} ({n})" for n in range(counted))
    (parse,) = parser.parse([quote])
    return tuple(parse.text[slice(*span)] for span in enumeration(parse, _place(statement)))


def _place(statement: Statement) -> Span:
    start = statement.piece.quote.find(statement.value)
    return Span(start, start + len(statement.value))


def widened(claim: Claim, statement: Statement, members: Sequence[str]) -> Claim:
    """The claim with the whole enumeration for its value."""
    quote = statement.piece.quote
    start = quote.find(members[0])
    if len(members) < 2 or start < 0:
        return claim
    end = quote.find(members[-1], start) + len(members[-1])
    return replace(claim, value=quote[start:end])
