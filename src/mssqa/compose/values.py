"""Whether two short answers say the same: "the US" is "the United States"."""

import re

from mssqa.compose.acts import are_opposed
from mssqa.text import FUNCTION_WORDS, fold, words

_ALIASES = {
    alias: names[0]
    for names in (
        ("united states", "us", "usa", "united states of america", "america", "washington"),
        ("united kingdom", "uk", "britain", "great britain"),
        ("united nations", "un"),
        ("european union", "eu"),
        ("united arab emirates", "uae", "emirates"),
        ("democratic republic of congo", "drc", "dr congo", "democratic republic of the congo"),
        ("ivory coast", "cote d'ivoire"),
        ("turkey", "turkiye"),
        ("myanmar", "burma"),
        ("czech republic", "czechia"),
        ("russia", "russian federation"),
    )
    for alias in names
}
_CAPITALS = """
    abuja:nigeria accra:ghana ankara:turkey athens:greece baghdad:iraq bangkok:thailand
    beijing:china beirut:lebanon berlin:germany berne:switzerland brasilia:brazil
    brussels:belgium bucharest:romania budapest:hungary cairo:egypt canberra:australia
    caracas:venezuela copenhagen:denmark damascus:syria dhaka:bangladesh doha:qatar
    dublin:ireland hanoi:vietnam harare:zimbabwe havana:cuba helsinki:finland
    islamabad:pakistan jakarta:indonesia kabul:afghanistan kampala:uganda khartoum:sudan
    kigali:rwanda kyiv:ukraine kiev:ukraine lima:peru lisbon:portugal london:britain
    madrid:spain manila:philippines minsk:belarus mogadishu:somalia moscow:russia
    nairobi:kenya oslo:norway ottawa:canada paris:france prague:czechia pyongyang:korea
    riyadh:arabia rome:italy santiago:chile seoul:korea stockholm:sweden tehran:iran
    tokyo:japan vienna:austria warsaw:poland
"""
_GOVERNED = dict(pair.split(":") for pair in _CAPITALS.split())
_SILENT = FUNCTION_WORDS | {"mr", "mrs", "ms", "miss", "dr", "prof", "sir", "dame"}
# Words that make another place or body of the name that follows them.
_APART = """
    north south east west northern southern eastern western new equatorial upper lower greater
    little saint san santa junior deputy vice former
    """
_SETS_APART = frozenset(_APART.split())
_ENDINGS = """
    s es er or ed ing ment ion ation ature al ian an n ish ese ly ity ness ist ism age ance ence
    ful ive d r y ial ional ure man woman person men
    """
_SUFFIXES = frozenset(_ENDINGS.split())
_SHORTEST_STEM = 4
_NAME = re.compile(r"\b[^\W\d_][\w’'.-]*")
_OF = re.compile(r"\s(?:of|in|for|at)\s.*$")  # "the University of Aberdeen" is not Aberdeen
_ASIDE = re.compile(r"\s*[(,;–—].*$", re.DOTALL)


def are_kin(first: str, second: str) -> bool:
    """Whether two folded words are one but for an ending.

    >>> are_kin("sign", "signature"), are_kin("port", "portugal")
    (True, False)
    """
    if first == second:
        return True
    short, long = sorted((first, second), key=len)
    stem = short.removesuffix("e").removesuffix("y")
    if len(stem) < _SHORTEST_STEM or not long.startswith(stem):
        return False
    return long[len(stem) :] in _SUFFIXES or long.removesuffix("s")[len(stem) :] in _SUFFIXES


def governed_from(name: str) -> str:
    """The country that news calls by its capital; any other word is itself.

    >>> governed_from("oslo"), governed_from("norway")
    ('norway', 'norway')
    """
    return _GOVERNED.get(name, name)


def say_the_same(first: str, second: str) -> bool:
    """Whether two answers in words are the same, one perhaps in fuller words.

    >>> say_the_same("the WHO", "World Health Organization"), say_the_same("Sudan", "South Sudan")
    (True, False)
    """
    one, other = _plain(first), _plain(second)
    if one == other or _is_acronym_of(first, second) or _is_acronym_of(second, first):
        return True
    if not one or not other or _are_rival_places(first, second) or are_opposed(one, other):
        return False
    if _alias(first) == _alias(second):
        return True
    shorter, longer = (
        (first, second) if len(_core(first)) <= len(_core(second)) else (second, first)
    )
    return _is_within(shorter, longer)


def _plain(text: str) -> tuple[str, ...]:
    said = (word.removesuffix("'s").removesuffix("’s").removesuffix("'") for word in words(text))
    return tuple(word.replace(".", "") for word in said if word not in _SILENT)


def _core(text: str) -> tuple[str, ...]:
    """Its words, without what stands in brackets or after a comma."""
    return _plain(_ASIDE.sub("", text)) or _plain(text)


def _alias(text: str) -> str:
    name = " ".join(_plain(_ASIDE.sub("", text)))
    return _ALIASES.get(name, name)


def _is_acronym_of(short: str, long: str) -> bool:
    """Whether one is the first letters of the other's capital words, or stands in its brackets."""
    name = re.sub(r"^the\s+", "", short.strip(), flags=re.IGNORECASE).replace(".", "")
    if not name.isupper() or not name.isalpha() or len(name) == 1:
        return False
    capitals = [word for word in _NAME.findall(_ASIDE.sub("", long)) if word[0].isupper()]
    initials = "".join(word[0] for word in capitals if fold(word) not in FUNCTION_WORDS)
    return name == initials or f"({name})" in long.replace(".", "")


def _are_rival_places(first: str, second: str) -> bool:
    """Whether the same name is followed by different ones: "Paris, Texas", "Paris, France"."""
    one, other = (text.partition(",")[2] for text in (first, second))
    named = [{word for word in _NAME.findall(text) if word[0].isupper()} for text in (one, other)]
    return all(named) and named[0].isdisjoint(named[1])


def one_holds_the_other(first: str, second: str) -> bool:
    """Whether all words of one stand in the other: the two may be of one thing or of two.

    >>> one_holds_the_other("Aberdeen", "University of Aberdeen")
    True
    """
    one, other = set(_plain(first)), set(_plain(second))
    return bool(one and other) and (one <= other or other <= one)


def _is_within(shorter: str, longer: str) -> bool:
    one, other = _core(shorter), _core(longer)
    added = [word for word in other if word not in one]
    if not set(one) <= set(other) or not _SETS_APART.isdisjoint(added):
        return _overlap(one, other)
    capitals = {fold(word) for word in _NAME.findall(longer) if word[0].isupper()}
    if capitals.isdisjoint(one):
        return len(one) > 1 or not added
    if capitals.isdisjoint(added):
        return True
    belongs = _OF.search(longer)
    return not (belongs and one[0] in _plain(belongs.group())) and (
        one[-1] == other[-1] or len(one) == 1
    )


def _overlap(one: tuple[str, ...], other: tuple[str, ...]) -> bool:
    """Whether two wordings of several words share most of them."""
    shared = sum(any(are_kin(word, second) for second in other) for word in one)
    return min(len(one), len(other)) >= 3 and shared >= 0.7 * max(len(one), len(other))
