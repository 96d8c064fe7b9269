"""Patterns of words, written so that they can be read."""

import re


def pattern(words: str) -> re.Pattern[str]:
    r"""A pattern in which a blank stands for any blanks, and the case of letters for both.

    >>> bool(pattern("no later than").fullmatch("No later\nthan"))
    True
    """
    return re.compile(words.replace(" ", r"\s+"), re.IGNORECASE)
