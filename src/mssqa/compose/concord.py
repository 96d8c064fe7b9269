"""Whether a sentence is no worse English than its quote: "the 800 officers has", "the the port".

A small language model may only use words of its quote, and so takes the "has" of another clause.
Of subjects and verbs, only what surely clashes counts: a team is or are, and so are a majority,
ten dollars, the Maldives.
"""

from collections.abc import Iterator
from itertools import pairwise

from mssqa.grammar import Parse
from mssqa.text import fold

_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_SINGULAR = frozenset({"is", "was", "has", "does", "'s"})
_PLURAL = frozenset({"are", "were", "have", "do", "'re", "'ve"})
_ONE = frozenset({"he", "she", "it", "this", "that", "everyone", "everybody", "nobody", "each"})
_SEVERAL = frozenset({"they", "we", "you", "these", "those", "both", "many", "few", "several"})
_RELATIVES = frozenset({"who", "which", "that"})
_ALWAYS_PLURAL = frozenset({"people", "police", "children", "men", "women", "troops", "cattle"})
_EITHER = """
    team side club crew staff family government cabinet council committee commission party company
    group crowd audience public public army navy force press band couple pair trio dozen number
    majority minority rest half third quarter part share lot series species means headquarters
    news politics economics athletics percent per cent total series jury board union data media
    hundred thousand million billion variety range handful host string bulk
    association federation opposition community population department ministry management firm
    agency bank delegation faction coalition parliament senate electorate youth faculty
"""
_MAY_BE_EITHER = frozenset(_EITHER.split())
_MEASURED = """
    year month week day hour minute dollar euro pound crown dinar shilling cent metre meter mile
    kilometre kilometer tonne ton litre liter kilo kilogram gram degree inch foot acre hectare
"""
_MEASURES = frozenset(_MEASURED.split())  # "five years is a long time"
_PASTS = """
    cut put set hit let cost read spread shut hurt quit split bet cast beat shed burst rid thrust
    bid forecast broadcast come become run overcome
"""
_SAME_IN_THE_PAST = frozenset(_PASTS.split())


def reads_well(sentence: Parse, quote: Parse) -> bool:
    """Whether no verb clashes with its subject in number and no word is doubled, but as quoted."""
    doubled = set(_doubled(sentence)) <= set(_doubled(quote))
    return doubled and set(_clashes(sentence)) <= set(_clashes(quote))


def _doubled(parse: Parse) -> Iterator[str]:
    said = [fold(parse.word(n)) for n in range(len(parse.tokens))]
    return (first for first, second in pairwise(said) if first == second and first.isalpha())


def _clashes(parse: Parse) -> Iterator[tuple[str, str]]:
    """(subject, verb) of each that clash, folded."""
    for n, token in enumerate(parse.tokens):
        if token.role in _SUBJECTS and not _is_alike(parse, n):
            yield fold(parse.word(n)), fold(parse.word(_finite(parse, token.head)))


def _is_alike(parse: Parse, subject: int) -> bool:
    verb, thing = _number_shown(parse, parse.tokens[subject].head), _number(parse, subject)
    return None in {verb, thing} or verb == thing


def _finite(parse: Parse, verb: int) -> int:
    """Of a verb with its helpers, the one that would show the number."""
    helpers = (c for c in parse.children(verb) if parse.tokens[c].role in {"aux", "auxpass"})
    return next(helpers, verb)


def _number_shown(parse: Parse, verb: int) -> str | None:
    """The number that a verb has by its form: "one", "several"; None where it shows none."""
    finite = _finite(parse, verb)
    word, token = fold(parse.word(finite)), parse.tokens[finite]
    if word in _SINGULAR:
        return "one"
    if word in _PLURAL:
        return "several"
    if finite != verb or token.tag != "VERB" or token.lemma in _SAME_IN_THE_PAST:
        return None
    if word == token.lemma:
        return "several"
    return "one" if word in {f"{token.lemma}s", f"{token.lemma}es"} else None


def _number(parse: Parse, subject: int) -> str | None:
    """The number of a subject: "one", "several"; None where either would do."""
    token, word = parse.tokens[subject], fold(parse.word(subject))
    if word in _RELATIVES and parse.tokens[token.head].role == "relcl":
        return _number(parse, parse.tokens[token.head].head)
    if word in _ONE or word in _SEVERAL:
        return "one" if word in _ONE else "several"
    if token.tag not in {"NOUN", "PROPN"}:
        return None
    joined = [c for c in parse.children(subject) if parse.tokens[c].role == "conj"]
    return _number_of_several(parse, subject, joined) if joined else _number_of_noun(parse, subject)


def _number_of_several(parse: Parse, subject: int, joined: list[int]) -> str | None:
    """Two that "and" joins are several, but "the president and founder" may be one."""
    by = {fold(parse.word(c)) for c in parse.children(subject) if parse.tokens[c].role == "cc"}
    own = any(parse.tokens[c].role in {"det", "poss"} for n in joined for c in parse.children(n))
    named = all(parse.tokens[n].tag == "PROPN" for n in (subject, *joined))
    return "several" if by == {"and"} and (own or named) else None


def _number_of_noun(parse: Parse, noun: int) -> str | None:
    token, word = parse.tokens[noun], fold(parse.word(noun))
    if word in _ALWAYS_PLURAL:
        return "several"
    if token.lemma in _MAY_BE_EITHER or token.lemma in _MEASURES:
        return None
    if token.tag == "PROPN":
        return None if word.endswith("s") else "one"
    if word != fold(token.lemma):
        return "several"
    counted = any(parse.tokens[c].role == "nummod" for c in parse.children(noun))
    return None if counted or word.endswith("s") else "one"
