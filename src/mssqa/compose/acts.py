"""What verbs and nouns say was done, as far as it decides whether two figures are of one thing.

A *field* holds acts that exclude each other: the killed are not the injured, what is pledged is
not yet paid, who was sent has not yet arrived. Words of other kinds belong to no field, and say
nothing here.
"""

from collections.abc import Iterable

_FIELDS = {
    "harm": {
        "die": "die kill death dead deadly fatal fatality toll slay murder massacre perish life",
        "hurt": "injure wound hurt injury injured wounded hospitalise hospitalize burn",
        "displace": "displace displaced uproot flee homeless evict refugee home displacement",
        "evacuate": "evacuate evacuation",
        "miss": "missing unaccounted disappear vanish",
        "arrest": "arrest detain jail imprison detention custody",
        "rescue": "rescue save",
        "infect": "infect infection case contract sick ill sicken",
        "recover": "recover recovery recovered",
        "abduct": "abduct kidnap abduction kidnapping hostage",
        "vaccinate": "vaccinate vaccination vaccine jab",
    },
    "move": {
        "send": "send deploy dispatch deployment station serve have contribute",
        "arrive": "arrive land reach arrival",
        "leave": "withdraw withdrawal return pull repatriate",
        "train": "train training",
    },
    "money": {
        "pledge": "pledge promise commit commitment vow undertake offer earmark",
        "pay": "pay raise receive give donate disburse spend provide contribute payment grant",
        "suspend": "suspend freeze withhold halt suspension",
        "ask": "request seek appeal need require demand",
        "earn": "earn profit revenue turnover income sales",
        "lose": "lose loss deficit shortfall",
        "owe": "owe debt borrow loan",
        "price": "cost price worth value spend",
    },
    "trade": {
        "export": "export",
        "import": "import",
        "buy": "buy acquire purchase acquisition",
        "sell": "sell sale",
        "produce": "produce manufacture make build production output",
        "recall": "recall",
    },
    "work": {
        "employ": "employ workforce staff payroll",
        "hire": "hire recruit create",
        "fire": "fire sack dismiss cut lay axe shed redundancy layoff",
        "strike": "strike",
    },
    "vote": {
        "for": "favour favor approve support back yes",
        "against": "against oppose reject no",
        "abstain": "abstain abstention",
        "win": "win victory winner winning",
        "beaten": "lose defeat",
    },
    "crowd": {"attend": "attend attendance watch spectator crowd audience turnout gate"},
    "court": {"charge": "charge indict accuse sue", "convict": "convict", "acquit": "acquit"},
}
_OPPOSITES = (
    ("bar ban forbid block prohibit halt stop suspend prevent", "allow permit let authorise"),
    ("reject veto refuse deny dismiss turn", "approve accept back adopt pass grant confirm"),
    ("close shut", "open reopen"),
    ("arrest detain jail", "release free"),
    ("rise increase grow climb", "fall drop decrease shrink"),
    ("join enter", "leave quit"),
    ("lift", "impose extend"),
    ("uphold", "overturn quash annul"),
    ("guilty", "innocent"),
    ("alive", "dead"),
)
_INTENDS = """
    plan intend aim want hope expect propose target consider seek due goal expected scheduled
    schedule set intention ready prepare agree pledge promise commit vow undertake offer would will
    could may might shall should projected forecast project predict envisage
    authorise authorize authorised authorized planned proposed promised pledged maximum target
    capacity quota ceiling
    """
_PLANS = frozenset(_INTENDS.split())
_MOVES = """
    rise fall grow drop increase decrease shrink climb jump decline surge soar slip plunge slump
    growth reduction cut
"""
CHANGES = frozenset(_MOVES.split())  # of a figure, by so much or to so much
MODALS = frozenset({"will", "would", "could", "may", "might", "shall", "should", "'ll", "wo"})

_ACTS: dict[str, frozenset[tuple[str, str]]] = {}
for _field, _acts in _FIELDS.items():
    for _act, _words in _acts.items():
        for _word in _words.split():
            _ACTS[_word] = _ACTS.get(_word, frozenset()) | {(_field, _act)}


def acts_of(lemmas: Iterable[str]) -> frozenset[tuple[str, str]]:
    """The (field, act) pairs that lemmas stand for, participles too.

    >>> sorted(acts_of(["kill", "people", "infected"]))
    [('harm', 'die'), ('harm', 'infect')]
    """
    forms = ((lemma, lemma.removesuffix("ed"), lemma.removesuffix("d")) for lemma in lemmas)
    found = (next((_ACTS[form] for form in each if form in _ACTS), ()) for each in forms)
    return frozenset[tuple[str, str]]().union(*found)


def exclude(first: frozenset[tuple[str, str]], second: frozenset[tuple[str, str]]) -> bool:
    """Whether they name different acts of one field, and none in common.

    >>> exclude(acts_of(["kill"]), acts_of(["injure"]))
    True
    >>> exclude(acts_of(["kill"]), acts_of(["die"]))
    False
    """
    fields = {field for field, _ in first} & {field for field, _ in second}
    return bool(fields) and not first & second


def is_left_out(asked: frozenset[tuple[str, str]], said: frozenset[tuple[str, str]]) -> bool:
    """Whether a question asks for a harm, and what is said names none: "without a roof".

    >>> is_left_out(acts_of(["kill"]), acts_of(["leave"]))
    True
    """
    harms = {(field, act) for field, act in asked if field == "harm"}
    return bool(harms) and all(field != "harm" for field, _ in said)


def are_opposed(first: Iterable[str], second: Iterable[str]) -> bool:
    """Whether one has a word and the other its opposite.

    >>> are_opposed(["bar", "drill"], ["allow", "drill"])
    True
    """
    one, other = set(first), set(second)
    return any(
        (one & set(a.split()) and other & set(b.split()))
        or (one & set(b.split()) and other & set(a.split()))
        for a, b in _OPPOSITES
    )


def is_plan(lemma: str) -> bool:
    """Whether it says that something is only intended or expected."""
    return lemma in _PLANS
