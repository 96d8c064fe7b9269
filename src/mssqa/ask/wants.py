"""What sort of thing a question asks for, from its words and grammar. When unsure: anything.

The question word decides, or the noun that it stands with or asks after: "which minister",
"in what year", "what was the cost of". A question word that only joins a side clause asks nothing.
"""

from collections.abc import Collection, Iterator
from itertools import takewhile

from mssqa.ask.nouns import NOUNS, Sort, each_of, is_plural, sort_of
from mssqa.ask.several import asks_for_several
from mssqa.grammar import Parse
from mssqa.types import Kind, Order, Wants


def _each(wants: Wants, nouns: str) -> dict[str, Wants]:
    return dict.fromkeys(nouns.split(), wants)


_WORDS = {
    **_each(Wants.PERSON, "who whom whose"),
    **_each(Wants.ANY, "which what how"),
    "where": Wants.PLACE,
    "when": Wants.DATE,
    "why": Wants.REASON,
}
_NOUNS = {
    **_each(
        Wants.ORGANISATION,
        """
        agency airline alliance army association bank broadcaster charity club coalition commission
        committee company corporation council court federation firm foundation institution league
        manufacturer ministry network newspaper organisation organization outlet parliament party
        publisher regiment senate team tribunal union university
        """,
    ),
    **_each(Wants.DATE, "date day month year time decade century weekday"),
    **_each(Wants.DURATION, "duration"),
    **_each(Wants.PERCENT, "percentage percent share proportion"),
    **_each(
        Wants.NUMBER,
        "number age population total amount toll headcount height size distance quantity score "
        "speed temperature magnitude turnout count tally estimate figure",
    ),
    **_each(
        Wants.MONEY,
        "cost price budget salary fee fine wage revenue debt loan sum dollar euro pound money rent "
        "ransom bail",
    ),
    **_each(Wants.REASON, "reason cause motive motivation"),
}
_BY_SORT = {Sort.PERSON: Wants.PERSON, Sort.PLACE: Wants.PLACE}
_PERIODS = frozenset({"second", "minute", "hour", "day", "week", "month", "year", "decade"})
_PAYING = each_of("cost pay spend charge raise lend donate earn owe fine worth price")
_MEASURES = each_of("old far tall high deep big large fast heavy wide hot cold many")
_CAUSING = each_of("make lead cause prompt drive motivate")
_ORDERS = frozenset({"name", "list", "give", "state", "identify", "tell", "mention", "write"})
_SUMMING = each_of("summarise summarize recap recapitulate sum")
_SUMMARIES = each_of("summary overview rundown recap roundup synopsis digest")
_KNOWING = each_of("know hear learn")
_SIDE_CLAUSES = frozenset({"relcl", "advcl", "acl"})
_IN_NOUN_PHRASE = frozenset({*NOUNS, "ADJ", "NUM", "PART", "DET"})
_TERSE = frozenset({Wants.PERSON, Wants.DATE, Wants.NUMBER, Wants.MONEY, Wants.PERCENT})


def wants(parse: Parse) -> Wants:
    """What sort of thing the answer to a question is."""
    if _is_yes_or_no(parse):
        return Wants.YES_NO
    asking = _question_word(parse)
    if asking is None:
        return _wanted_by_noun(parse, _named_noun(parse), among=_TERSE)
    match parse.word(asking).lower():
        case "what" | "how" if _asks_for_cause(parse, asking):
            return Wants.REASON
        case "how":
            return _wanted_by_how(parse, asking)
        case "what" | "which":
            return _wanted_by_noun(parse, _asked_noun(parse, asking))
        case word:
            return _WORDS[word]


def kind(parse: Parse, order: Order = Order.NONE) -> Kind:
    """Whether a question asks for a reason, for several things, to be told all, or for one fact.

    What is newest or came first is one.
    """
    if wants(parse) is Wants.REASON:
        return Kind.REASON
    if _asks_for_summary(parse):
        return Kind.CHANGE
    asking = _question_word(parse)
    noun = _named_noun(parse) if asking is None else _asked_noun(parse, asking)
    several = noun is not None and is_plural(parse, noun) and not _is_yes_or_no(parse)
    if several:
        return Kind.LIST
    if order is Order.NONE and asks_for_several(parse.text):
        return Kind.CHANGE
    return Kind.FACT


def _asks_for_summary(parse: Parse) -> bool:
    """Sum up the talks, a summary of the talks, what is known about the talks."""
    first = _opening(parse)
    if first is None:
        return False
    noun = _named_noun(parse)
    if noun is not None and parse.tokens[noun].lemma in _SUMMARIES:
        return True
    said = [parse.word(n).lower() for n in range(len(parse.tokens))]
    if said[first] == "what":
        knowing = [n for n, token in enumerate(parse.tokens[:-1]) if token.lemma in _KNOWING]
        return any(said[n + 1] == "about" for n in knowing)
    return parse.tokens[first].lemma in _SUMMING and parse.tokens[first].tag == "VERB"


def _is_yes_or_no(parse: Parse) -> bool:
    """Whether it opens with a verb before its subject, offers no choice and holds no question."""
    first = _opening(parse)
    if first is None or parse.tokens[first].tag != "AUX":
        return False
    said = [parse.word(n).lower() for n in range(len(parse.tokens))]
    addressed = "you" in said[first + 1 : first + 3]
    return "or" not in said and not (addressed and not _WORDS.keys().isdisjoint(said))


def _opening(parse: Parse) -> int | None:
    """The word that it opens with, after an "and" or a heading with a colon."""
    words = range(len(parse.tokens))
    colon = max((n for n in words if parse.word(n) == ":"), default=-1)
    return next((n for n in words if n > colon and parse.tokens[n].tag not in _MARKS), None)


_MARKS = frozenset({"CCONJ", "PUNCT", "SPACE"})


def _question_word(parse: Parse) -> int | None:
    found = [n for n in range(len(parse.tokens)) if parse.word(n).lower() in _WORDS]
    return next((n for n in found if n == _opening(parse) or not _is_aside(parse, n)), None)


def _is_aside(parse: Parse, index: int) -> bool:
    """Whether it stands in a side clause: "the man who left", "when he left"."""
    return any(parse.tokens[n].role in _SIDE_CLAUSES for n in _upwards(parse, index))


def _upwards(parse: Parse, index: int) -> Iterator[int]:
    """A token and those that it hangs on, each once."""
    seen: set[int] = set()
    while index not in seen:
        yield index
        seen.add(index)
        index = parse.tokens[index].head


def _wanted_by_how(parse: Parse, asking: int) -> Wants:
    measure = _lemma(parse, asking + 1)
    noun = _noun_phrase(parse, asking + 2)
    named = parse.tokens[noun].lemma if noun is not None else ""
    lemmas = {token.lemma for token in parse.tokens}
    if measure == "long" or (measure == "many" and named in _PERIODS):
        return Wants.DURATION
    if measure in {"many", "much"} and (by_noun := _NOUNS.get(named)) is not None:
        return by_noun if by_noun in {Wants.MONEY, Wants.PERCENT} else Wants.NUMBER
    if measure == "much":
        return Wants.MONEY if not noun and lemmas & _PAYING else _some(noun)
    return Wants.NUMBER if measure in _MEASURES else Wants.ANY


def _some(noun: int | None) -> Wants:
    return Wants.ANY if noun is None else Wants.NUMBER


def _asks_for_cause(parse: Parse, asking: int) -> bool:
    """What made him leave, what led to the war, how come he left."""
    if parse.word(asking).lower() == "how":
        return _lemma(parse, asking + 1) == "come"
    return _lemma(parse, asking + 1) in _CAUSING and parse.tokens[asking + 1].tag == "VERB"


def _wanted_by_noun(
    parse: Parse, noun: int | None, *, among: Collection[Wants] = frozenset(Wants)
) -> Wants:
    if noun is None:
        return Wants.ANY
    lemma = parse.tokens[noun].lemma
    wanted = _NOUNS.get(lemma, _BY_SORT.get(sort_of(lemma), Wants.ANY))
    return wanted if wanted in among else Wants.ANY


def _asked_noun(parse: Parse, asking: int) -> int | None:
    """The noun after "which" or "what", or after "what was the", that says what is asked for."""
    if parse.word(asking).lower() not in {"what", "which"}:
        return None
    begin = asking + 1
    if _lemma(parse, begin) == "be":
        begin += 1
        if _lemma(parse, begin) in {"a", "an"} or not _is_whole(parse, asking):
            return None
    noun = _noun_phrase(parse, begin)
    if noun is not None and parse.tokens[noun].lemma == "name" and _lemma(parse, noun + 1) == "of":
        return _noun_phrase(parse, noun + 2)
    return noun


def _is_whole(parse: Parse, asking: int) -> bool:
    """Whether "what is the …" ends with the thing asked for: no "known for", no "like"."""
    after = range(asking + 2, len(parse.tokens))
    words = [n for n in after if parse.tokens[n].tag not in _MARKS]
    head = parse.tokens[asking].head
    return bool(words) and parse.tokens[words[-1]].tag != "ADP" and _lemma(parse, head) == "be"


def _named_noun(parse: Parse) -> int | None:
    """The noun of an order ("name all rivers that …") or of a query that is only a noun phrase."""
    first = _opening(parse)
    if first is None:
        return None
    if _lemma(parse, first) in _ORDERS and len(parse.tokens) > first + 1:
        me = parse.tokens[first + 1].tag == "PRON" and _lemma(parse, first + 1) != "all"
        return _noun_phrase(parse, first + 1 + me)
    noun = _noun_phrase(parse, first)
    has_verb = any(token.tag in {"VERB", "AUX"} for token in parse.tokens)
    is_of = noun is not None and _lemma(parse, noun + 1) == "of"  # "count of people killed"
    return noun if is_of or not has_verb else None


def _noun_phrase(parse: Parse, begin: int) -> int | None:
    """The last noun of the run of adjectives, figures and nouns that begins at a token.

    Of "the ferry captain's name", the captain.
    """
    run = takewhile(lambda n: _is_in_phrase(parse, n), range(begin, len(parse.tokens)))
    nouns = [n for n in run if parse.tokens[n].tag in NOUNS]
    if len(nouns) > 1 and _lemma(parse, nouns[-1]) == "name":
        nouns.pop()
    return nouns[-1] if nouns else None


def _is_in_phrase(parse: Parse, index: int) -> bool:
    token = parse.tokens[index]
    graded = token.lemma in {"most", "least"} and parse.tokens[token.head].tag == "ADJ"
    return graded or (token.tag in _IN_NOUN_PHRASE and token.lemma != "to")


def _lemma(parse: Parse, index: int) -> str:
    return parse.tokens[index].lemma if index < len(parse.tokens) else ""
