"""Questions that a sentence of an article answers, told from its grammar.

Only forms that keep the words of the sentence in their order are made, for they read as people
write: "Its 800 officers were sent home in May" → "How many officers were sent home in May?".
Whether the articles truly answer one is for a trial to show.
"""

import re
from collections.abc import Collection, Iterator

from mssqa.grammar import Name, Parse

_SAID = "say tell warn argue announce promise insist add explain urge claim note"
_SAYING = frozenset(_SAID.split())
_TOPICS = frozenset({"ORG", "GPE", "EVENT", "LAW", "LOC", "FAC", "PRODUCT"})
_SUBJECTS = frozenset({"nsubj", "nsubjpass"})
_JOINED = frozenset({"advcl", "cc", "ccomp", "conj", "parataxis", "punct"})
_UNCLEAR = frozenset({"PRON", "INTJ", "X", "SYM"})  # outside its sentence nobody knows who "he" is
_UNENDED = frozenset({"ADP", "AUX", "CCONJ", "DET", "PART", "SCONJ"})
_POINTING = re.compile(
    r"\b(?:this|that|these|those|here|there|then|now|today|yesterday|tomorrow|ago|\w+day)\b",
    re.IGNORECASE,
)
_PLAIN = re.compile(r"[\w .,'’$£€%-]+")
_POSSESSIVE = re.compile(r"['’]s?$")
_FEWEST, _MOST = 4, 14  # words of a question


def questions(parse: Parse) -> Iterator[str]:
    """What might be asked of a sentence, the likeliest first."""
    for made in (*_counts(parse), *_sayings(parse), *_people(parse), *_doers(parse)):
        if _is_plain(made):
            yield made


def _counts(parse: Parse) -> Iterator[str]:
    """How many of them do what the sentence says, where the number counts its subject."""
    for number, token in enumerate(parse.tokens):
        noun = token.head
        counted = token.role == "nummod" and token.tag == "NUM" and noun > number
        if counted and parse.tokens[noun].role in _SUBJECTS and parse.tokens[noun].tag == "NOUN":
            verb = parse.tokens[noun].head
            things = _words(parse, number + 1, noun)
            yield f"How many {things} {_told(parse, verb, after=noun)}?"


def _sayings(parse: Parse) -> Iterator[str]:
    """What somebody said of the first thing that they named."""
    for person in _named(parse, {"PERSON"}):
        subject = parse.head_of(person.span)
        if subject is None or parse.tokens[subject].role != "nsubj":
            continue
        verb = parse.tokens[subject].head
        told = _named_below(parse, verb, role="dobj") if parse.tokens[verb].lemma == "tell" else []
        said = (
            _named_below(parse, verb, role="ccomp") if parse.tokens[verb].lemma in _SAYING else []
        )
        for listener in told[:1]:
            yield f"What did {_name(parse, person)} tell {_with_article(parse, listener)}?"
        for topic in said[:1]:
            yield f"What did {_name(parse, person)} say about {_with_article(parse, topic)}?"


def _named_below(parse: Parse, verb: int, *, role: str) -> list[Name]:
    """What is named in that part of a verb's clause."""
    parts = (each for each in parse.children(verb) if parse.tokens[each].role == role)
    below = {token for part in parts for token in parse.subtree(part)}
    return [each for each in _named(parse, _TOPICS) if parse.head_of(each.span) in below]


def _people(parse: Parse) -> Iterator[str]:
    """Who somebody is, where the sentence describes them."""
    for person in _named(parse, {"PERSON"}):
        head = parse.head_of(person.span)
        if head is None or " " not in _name(parse, person):
            continue
        if any(parse.tokens[each].role == "appos" for each in parse.children(head)):
            yield f"Who is {_name(parse, person)}?"


def _doers(parse: Parse) -> Iterator[str]:
    """Who did what the sentence tells of somebody."""
    for person in _named(parse, {"PERSON"}):
        subject = parse.head_of(person.span)
        if subject is None or parse.tokens[subject].role not in _SUBJECTS:
            continue
        verb = parse.tokens[subject].head
        if parse.tokens[verb].role == "ROOT" and parse.tokens[verb].lemma not in _SAYING:
            told = _told(parse, verb, after=max(parse.subtree(subject)))
            if len(told.split()) >= _FEWEST:
                yield f"Who {told}?"


def _told(parse: Parse, verb: int, *, after: int) -> str:
    """The clause of a verb from behind its subject, without what is joined to it."""
    clause = parse.subtree(verb)
    joined = [n for n in parse.children(verb) if n > verb and parse.tokens[n].role in _JOINED]
    ends = (min(parse.subtree(each)) for each in joined)
    return _words(parse, after + 1, min(ends, default=clause[-1] + 1) - 1)


def _words(parse: Parse, first: int, last: int) -> str:
    """The words from one token to another, both included, if they can stand by themselves."""
    tokens = parse.tokens[first : last + 1]
    if not tokens or tokens[-1].tag in _UNENDED or any(each.tag in _UNCLEAR for each in tokens):
        return ""
    return parse.text[tokens[0].start : tokens[-1].end].strip(" ,.;:")


def _named(parse: Parse, labels: Collection[str]) -> list[Name]:
    return [name for name in parse.names if name.label in labels]


def _name(parse: Parse, name: Name) -> str:
    """A name as it is used in a question: one line, without a possessive."""
    return _POSSESSIVE.sub("", " ".join(parse.text[slice(*name.span)].split()))


def _with_article(parse: Parse, name: Name) -> str:
    """A name with the "the" that it has in its sentence."""
    told = _name(parse, name)
    the = parse.text[: name.span.start].lower().endswith("the ")
    return f"the {told}" if the else told


def _is_plain(question: str) -> bool:
    """Whether it is as long as people ask, and tells outside its article what it is about."""
    count = len(question.split())
    known = not _POINTING.search(question)
    whole = "  " not in question and " ?" not in question
    return _FEWEST <= count <= _MOST and known and whole and bool(_PLAIN.fullmatch(question[:-1]))
