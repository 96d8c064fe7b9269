"""How well a pronoun agrees with what it may mean.

A fit is added to how much a mention stands out (0 to 1); None says that it cannot be meant. The
sort of a name is only guessed from its look, so that there a bad fit rules nothing out.
"""

from collections.abc import Callable

from mssqa.ask.mentions import Mention
from mssqa.ask.nouns import Sort


def fit(family: str, mention: Mention) -> float | None:
    """How well a mention agrees with "he", "she", "it", "they", "there" or "then"."""
    return _FITS[family](mention)


def may_mean(family: str, mention: Mention, *, possessive: bool) -> bool:
    """Whether a mention of the pronoun's own sentence may well be what it means.

    Any name may own something, but for a place that would have to be a he or a she.
    """
    fits = fit(family, mention)
    if fits is None:
        return False
    owner = mention.named and not (mention.sort is Sort.PLACE and family in {"he", "she"})
    return fits > -0.4 or (possessive and owner)


def _one_person(gender: str) -> Callable[[Mention], float | None]:
    def fits(mention: Mention) -> float | None:
        if mention.plural or mention.gender not in {None, gender}:
            return None
        known = 0.9 * (mention.gender == gender)
        if mention.sort is Sort.PERSON:
            return 0.3 + 0.5 * mention.named + known
        if mention.sort in {Sort.PLACE, Sort.TIME}:
            return None
        return known - 0.5 if _is_guessed(mention) else None

    return fits


def _one_thing(mention: Mention) -> float | None:
    if mention.plural or mention.sort is Sort.TIME:
        return None
    if mention.sort is Sort.PERSON:
        return -0.8 if _is_guessed(mention) and mention.gender is None else None
    if mention.within and (mention.named or mention.sort is Sort.PLACE):
        return -0.3  # a name after "in" is a place, whatever it looks like
    return 0.2 * mention.named if mention.sort is not Sort.PLACE else 0.0


def _several(mention: Mention) -> float | None:
    if mention.sort is Sort.TIME:
        return None
    if mention.plural:
        return 0.4 + 0.2 * (mention.sort is not Sort.THING)
    if mention.sort is Sort.GROUP:
        return 0.3
    return -0.4 if mention.sort is not Sort.THING or _is_guessed(mention) else None


def _a_place(mention: Mention) -> float | None:
    if mention.sort is Sort.PLACE:
        return 0.3 + 0.7 * mention.within
    return -0.4 if _is_guessed(mention) and mention.sort is not Sort.PERSON else None


def _a_time(mention: Mention) -> float | None:
    return 0.0 if mention.sort is Sort.TIME else None


def _is_guessed(mention: Mention) -> bool:
    return mention.named and not mention.sure


_FITS: dict[str, Callable[[Mention], float | None]] = {
    "he": _one_person("he"),
    "she": _one_person("she"),
    "it": _one_thing,
    "they": _several,
    "there": _a_place,
    "then": _a_time,
}
