"""A claim's quote said shorter, as an answer to the question, by a small language model.

The model gets the clause that the short answer stands in, and can write no other words than that
clause's, those of the question that the quote has too, and a few that say nothing by themselves.
What it wrote stands only if it has the answer, by the grammar keeps to the quote (see `kept`), and
is no worse English (see `concord`).
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import replace

from mssqa.compose.concord import reads_well
from mssqa.compose.gist import gist
from mssqa.compose.kept import keeps
from mssqa.compose.prompt import material, phrase_prompt
from mssqa.grammar import Parse
from mssqa.ports import Generator, Parser
from mssqa.text import FUNCTION_WORDS, fold, words
from mssqa.types import Claim, Evidence, Query, Span

MAX_QUOTE_CHARACTERS = 600  # of a quote that is phrased
SHORT_WORDS = 14  # of a quote that need not be shorter
_SAYS_NOTHING = "a an the of in on at to for by with from as and"
SAYS_NOTHING = tuple(_SAYS_NOTHING.split())
IDENTIFIES = ("is", "are", "was", "were")  # may stand for the comma in "Anna Lund, the mayor,"
_TELLS = frozenset({"NOUN", "PROPN", "VERB", "ADJ", "NUM"})
_COUNTS = frozenset({"nummod", "quantmod", "neg", "amod", "advmod"})
_EDGES = ".,;:!?\"'()[]{}<>|“”‘’–—…«»`*"


def phrased(
    query: Query,
    claim: Claim,
    evidence: Mapping[int, Evidence],
    *,
    generator: Generator,
    parser: Parser,
) -> Claim | None:
    """The claim in a sentence of the generator; None where the quote is the better answer.

    Raises:
        ModelError: the generator failed.
    """
    piece = next((evidence[n] for n in claim.cites if evidence[n].quote == claim.text), None)
    if piece is None or piece.answer is None or len(piece.quote) > MAX_QUOTE_CHARACTERS:
        return None
    question, quote = parser.parse([query.text, piece.quote])
    asked = _asked(question, quote)
    answer = wider(quote, _within(piece.answer, piece.sentence))
    clause = material(gist(quote, answer, keep=asked), limit=MAX_QUOTE_CHARACTERS)
    if len(words(clause)) == len(words(piece.quote)) <= SHORT_WORDS:
        return None
    allowed = frozenset((*forms(clause), *_shared(question, quote), *_closed(quote)))
    messages = phrase_prompt(query.text, answer=quote.text[slice(*answer)], clause=clause)
    sentence = _unrepeated(generator.write(messages, allowed_words=allowed))
    if not _is_said(piece.value or "", sentence) or words(sentence) == words(piece.quote):
        return None
    (said,) = parser.parse([sentence])
    if not asked <= {fold(token.lemma) for token in said.tokens}:
        return None
    holds = keeps(said, quote) and reads_well(said, quote)
    return replace(claim, text=sentence) if holds else None


def wider(quote: Parse, answer: Span) -> Span:
    """The answer with what counts, hedges or denies it before it, and what it counts behind it."""
    head = quote.head_of(answer)
    if head is None:
        return answer
    tokens = quote.tokens
    while tokens[head].role in {"nummod", "quantmod"} and tokens[head].head != head:
        head = tokens[head].head
    before = [n for n in _modifiers(quote, head) if tokens[n].start < answer.start]
    start = min((tokens[n].start for n in before), default=answer.start)
    return Span(start, max(answer.end, tokens[head].end))


def forms(text: str) -> Iterator[str]:
    """The words of a text as they may stand in another: bare, and the first of it without capital.

    >>> sorted(forms("The U.S. sent Haiti's police (400)."))
    ['400', 'Haiti', "Haiti's", 'The', 'U.S', 'U.S.', 'police', 'sent', 'the']
    """
    for place, run in enumerate(text.split()):
        word = run.strip(_EDGES)
        if not word:
            continue
        yield word
        if "." in word and run.rstrip(_EDGES.replace(".", "")).endswith("."):
            yield f"{word}."
        if word.endswith(("'s", "’s")):
            yield word[:-2]
        if place == 0 and word[1:] == word[1:].lower():
            yield word[0].lower() + word[1:]


def _within(answer: Span, sentence: Span) -> Span:
    return Span(max(answer.start, sentence.start) - sentence.start, answer.end - sentence.start)


def _modifiers(quote: Parse, head: int) -> Iterator[int]:
    for below in quote.children(head):
        token = quote.tokens[below]
        if token.role in _COUNTS or (token.role == "det" and token.lemma not in {"a", "the"}):
            yield from quote.subtree(below)


def _shared(question: Parse, quote: Parse) -> Iterator[str]:
    """The words of the question that the quote has in some form."""
    lemmas = {fold(token.lemma) for token in quote.tokens}
    shared = (n for n, token in enumerate(question.tokens) if fold(token.lemma) in lemmas)
    return (word for n in shared if (word := question.word(n).strip(_EDGES)))


def _asked(question: Parse, quote: Parse) -> frozenset[str]:
    """The lemmas of the question's subject that the quote has too: they have to be said."""
    lemmas = {fold(token.lemma) for token in quote.tokens}
    told = {fold(token.lemma) for token in question.tokens if token.tag in _TELLS}
    return frozenset(told & lemmas) - FUNCTION_WORDS


def _closed(quote: Parse) -> tuple[str, ...]:
    named = any(token.role == "appos" for token in quote.tokens)
    return (*SAYS_NOTHING, *IDENTIFIES) if named else SAYS_NOTHING


def _unrepeated(pieces: Iterable[str]) -> str:
    """What is written, up to where it begins to say the same again."""
    text = ""
    for piece in pieces:
        text += piece
        said = words(text)
        if len(set(zip(said, said[1:], said[2:], strict=False))) < len(said) - 2:
            break
    return text.strip()


def _is_said(answer: str, sentence: str) -> bool:
    """Whether the sentence has the answer; what the answer adds in brackets may be missing."""
    sought, found = words(answer.partition("(")[0] or answer), words(sentence)
    return any(found[n : n + len(sought)] == sought for n in range(len(found)))
