"""How much a sentence is the page speaking to its reader, rather than the article to the world."""

import re
from collections.abc import Container

from mssqa.ingest.clean.lexicon import (
    ADDRESS,
    AUXILIARIES,
    CALLS,
    CREDITS,
    PICTURED_BY,
    SMALL_WORDS,
    TOLD,
    furniture,
    sure,
)
from mssqa.text import words

SENTENCE_END = re.compile(r"(?<=[.!?…])(?<!\b[A-Z]\.)[\"'”’»)]*\s+(?=[\"'“‘«(]?[^\W_a-zß-ÿ])")
_PERSONAL = re.compile(r"(?<![\w.+-])[\w.+-]{1,64}@[\w-]{1,64}\.\w+|(?<!\w)@\w{2,}")
_CONTACT = re.compile(rf"{_PERSONAL.pattern}|https?://\S+|\bwww\.\S+")
_CLAUSE = re.compile(r"(?:[:;!?…]|\s[–—-])\s*|[(]|\band\b|\bet\b")
_ASIDE = re.compile(rf"{_CLAUSE.pattern}|,")
_SPOKEN = re.compile(r"“[^”]*(?:”|$)|\"[^\"]*(?:\"|$)|«[^»]*(?:»|$)")
_CONTRACTED = re.compile(r"['’](?:s|ll|re|ve)$")
_LETTERS = re.compile(r"[^\W\d_]+(?:['’]\w+)?")
_LEAD_INS = ("please", "just", "also", "now", "you", "can", "or", "and", "then", "already")
_URGENT = ("click", "subscribe", "sign", "download", "cliquez", "abonnez", "inscrivez", "bofya")
_BRIEF = 8  # words; up to here small words such as "more" and "here" count


def furniture_of(text: str) -> float:
    """-3 (an article's sentences) to 3 (furniture), the mean over the sentences by their words.

    What stands in quotation marks is passed over: there somebody else speaks.

    >>> furniture_of("Subscribe to our newsletter and get the news in your inbox.")
    3.0
    >>> furniture_of("The ministry subscribed to the plan in March.")
    -3.0
    """
    own = _SPOKEN.sub(" ", text)
    spoken = len(text.split()) - len(own.split())
    parts = [(len(part.split()), _sentence(part)) for part in SENTENCE_END.split(own)]
    total = sum(length * score for length, score in parts) - 3 * spoken
    mean = total / max(sum(length for length, _ in parts) + spoken, 1)
    if spoken:
        return min(mean, 3.0)
    opening = (parts[0][1] + mean) / 2  # what opens as furniture goes on as such
    if max(score for _, score in parts) > 0:
        mean += 10 * _address(words(own))
    return min(max(mean, opening), 3.0)


def coverage(found: tuple[str, ...], *, small: float = 0.5) -> float:
    """The share of furniture among the words that carry meaning, 0 to 1.

    Args:
        found: folded words.
        small: how much words such as "more" and "here" count, which are small ones too.
    """
    known = furniture()
    brief = len(found) <= _BRIEF
    telling = [
        word
        for word in found
        if not word[0].isdigit() and (word not in SMALL_WORDS or (brief and word in known))
    ]
    total = sum(known.get(word, 0.0) * (small if word in SMALL_WORDS else 1) for word in telling)
    return total / max(len(telling), 1)


def names_makers(text: str) -> bool:
    """Whether it does no more than name those who made the article.

    >>> names_makers("Amina Odhiambo and Jean Pierre contributed to this report.")
    True
    """
    if text.endswith(";"):  # an item of a list of clauses
        return False
    found = _LETTERS.findall(text)
    named = [word for word in found if word.casefold() in CREDITS]
    return len({word.casefold() for word in named}) >= 2 and all(
        word[0].isupper() or word.casefold() in CREDITS or word in SMALL_WORDS for word in found
    )


def states(text: str) -> bool:
    """Whether it is one whole sentence with a finite verb that bids and addresses nobody.

    >>> states("Subscribers to betting newsletters will get a notice too.")
    True
    >>> states("Your address will not be published.")
    False
    """
    plain = text.rstrip()
    whole = plain.endswith((".", ".”", '."', ".»")) and not SENTENCE_END.search(plain)
    if not whole or _CONTACT.search(plain):
        return False
    found = words(plain)
    if len(CREDITS.intersection(found)) > 1 or not PICTURED_BY.isdisjoint(found):
        return False
    finite = any(word in AUXILIARIES or word.endswith("ed") for word in found[1:])
    voiced = not ADDRESS.isdisjoint(found) or any(map(_bids, _CLAUSE.split(plain)))
    return finite and not voiced


def _sentence(sentence: str) -> float:
    plain, contacts = _CONTACT.subn(" ", sentence)
    found = tuple(_CONTRACTED.sub("", word) for word in words(plain))
    if not found:
        return 3.0 if contacts else -3.0
    covered = coverage(found)
    score = -3 + 8 * max(covered - 0.15, 0.0) + 0.5 * (contacts > 0)
    personal = covered >= 0.2 and _PERSONAL.search(sentence) is not None
    several = len(furniture().keys() & set(found)) > 1
    voiced = personal or (covered >= 0.5 and several)
    if covered >= 0.19 or contacts or (covered >= 0.1 and any(map(sure, found))):
        calls = any(map(_bids, (_ASIDE if covered >= 0.3 else _CLAUSE).split(plain)))
        calls = calls or any(_bids(clause, _URGENT) for clause in _ASIDE.split(plain))
        calls = (
            calls and TOLD.isdisjoint(found) and (several or contacts > 0 or any(map(sure, found)))
        )
        asks = len(found) <= _BRIEF and plain.rstrip().endswith("?")
        spoken_to = several or calls or asks or any(map(sure, found))
        address = _address(found) if spoken_to else 0.0
        score += 2.5 * calls + 1.5 * (contacts > 0 and (calls or personal)) + 12 * address
        voiced = voiced or calls or address > 0
    return min(max(score, -3.0), 3.0 if voiced or len(found) <= 3 else -1.4 if several else -2.2)


def _bids(clause: str, calls: Container[str] = CALLS) -> bool:
    opening = [word for word in words(clause)[:3] if word not in _LEAD_INS]
    return bool(opening) and opening[0] in calls


def _address(found: tuple[str, ...]) -> float:
    return sum(word in ADDRESS for word in found) / max(len(found), _BRIEF)
