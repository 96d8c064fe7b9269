"""Lines that tell by their form what they are: who wrote and when, a bar of links, page headers."""

import re
from collections import defaultdict
from collections.abc import Sequence
from itertools import pairwise

from mssqa.ingest.clean.lexicon import AGO, MAKERS, SIGNS, SMALL_WORDS, SPANS, TIMES
from mssqa.text import fold

_TOKEN = re.compile(r"[^\W_]+(?:['’.][^\W_]+)*")
_PARTS = re.compile(r"\s+[|·•»\u203a>/]+\s+")
_LONGEST = 16  # words of a line that says who and when
_NUMBER = re.compile(r"\d+")


def signs(text: str) -> bool:
    """Whether a line says no more than who wrote and when.

    >>> signs("By Amina Odhiambo and Jean Pierre | Updated March 3, 2025 at 7:15 pm")
    True
    >>> signs("By Monday the water had reached Kisanga")
    False
    """
    tokens = _TOKEN.findall(text)
    if not 2 <= len(tokens) <= _LONGEST:
        return False
    told, named = False, False
    for at, token in enumerate(tokens):
        word = fold(token)
        if word in TIMES:
            told, named = True, False
        elif word in MAKERS and (at == 0 or not named):
            named = True
        elif not (_dated(word) or (named and _named(token, word))):
            return False
    dated = told and len(tokens) > 2  # "July 8" may head a part of the article
    return dated or (fold(tokens[0]) in MAKERS and len(tokens) <= _LONGEST // 2)


def _dated(word: str) -> bool:
    return word[0].isdigit() or word in SIGNS or word in AGO or word in SPANS


def _named(token: str, word: str) -> bool:
    return token[0].isupper() or word in SMALL_WORDS or word == "admin"


def bar(text: str) -> int:
    """How many short parts without figures a line sets apart, as a bar of links does; 0 for none.

    >>> bar("Home | News | Sports"), bar("Nairobi | 4,100 | 4,200")
    (3, 0)
    """
    parts = _PARTS.split(text)
    short = all(part and len(part.split()) <= 4 for part in parts[:-1])
    plain = short and not any(map(str.isdigit, text))
    return len(parts) if plain and len(parts) > 1 + ("|" in text or "/" in text) else 0


def running(lines: Sequence[str]) -> frozenset[int]:
    """The positions of headers and footers that come again with the number of each page.

    >>> page = ["The Record, page 1", "Rain.", "The Record, page 2", "Sun.", "The Record, page 3"]
    >>> sorted(running(page))
    [0, 2, 4]
    """
    alike: defaultdict[str, list[int]] = defaultdict(list)
    for at, line in enumerate(lines):
        key = _NUMBER.sub("0", line)
        if key != line and len(_TOKEN.findall(key)) >= 4 and not key.endswith("."):
            alike[key].append(at)
    return frozenset(at for same in alike.values() if _counted(lines, same) for at in same)


def _counted(lines: Sequence[str], same: Sequence[int]) -> bool:
    """Whether one figure of the lines counts up and no other changes, with text in between."""
    if len(same) < 3 or any(b - a < 2 for a, b in pairwise(same)):
        return False
    columns = list(zip(*(_NUMBER.findall(lines[at]) for at in same), strict=True))
    changing = [column for column in columns if len(set(column)) > 1]
    return len(changing) == 1 and all(
        len(a) < 6 and len(b) < 6 and int(b) == int(a) + 1 for a, b in pairwise(changing[0])
    )
