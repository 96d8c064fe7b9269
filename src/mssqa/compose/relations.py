"""How two statements stand to each other.

Two values are compared only if they measure the same thing: the same entity, act, unit, period
and whole. Then the same value agrees; another one is superseded if it tells how things stood on
an earlier day, and else disagrees. What cannot be shown to measure the same is kept apart.
"""

from datetime import date, timedelta

from mssqa.compose.acts import acts_of, are_opposed, exclude, is_left_out
from mssqa.compose.clauses import GROUPS
from mssqa.compose.statements import Statement
from mssqa.compose.values import are_kin, one_holds_the_other, say_the_same
from mssqa.types import Interval, Relation

_PEOPLE = frozenset({"people", "person", "individual", "life", "soul", "victim", "resident", "man"})
_ALIKE = """
    people person individual life soul victim resident inhabitant man
    police officer policeman soldier troop personnel trooper peacekeeper gendarme force serviceman
    company firm business enterprise
    house home dwelling
    metre meter m
    kilometre kilometer km
    tonne ton
    child kid minor
    worker employee job staff post position
    seat mandate deputy mp lawmaker
    case infection patient
    goal point
"""
_CLASSES = tuple(frozenset(line.split()) for line in _ALIKE.strip().splitlines())
_LONG_AFTER = timedelta(days=90)  # an event this far back no longer grows
_MONTH = timedelta(days=27)
_NEAR = 0.5  # of the question's words that the other has: less, and it may answer another question
_ASKED, _HALF, _MOST = 0.3, 0.5, 0.6  # of the question's words, enough to speak of it
_ENOUGH = 2  # words that describe somebody
_SAME = 0.34  # of the words of the shorter description, in one of the same
_COPIED = 0.8  # of the words of two sentences, in both
_SHARED = 0.6  # of the words of the shorter that the longer has


def relate(first: Statement, second: Statement) -> Relation:
    """How the statements stand to each other: agrees, superseded, disagrees or different.

    The order of the two makes no difference; which of them is the newer is for `newer` to say.
    """
    if _are_of_different_kinds(first, second) or _measure_apart(first, second):
        return Relation.DIFFERENT
    if _have_the_same_value(first, second):
        return Relation.AGREES if _both_answer(first, second) else Relation.DIFFERENT
    return _in_time(first, second) if _are_rivals(first, second) else Relation.DIFFERENT


def are_namesakes(first: Statement, second: Statement) -> bool:
    """Whether what the question names is described as two things, or placed in two places."""
    if not first.asked_of:
        return False
    known = min(len(first.described), len(second.described))
    if known >= _ENOUGH:
        shared = sum(any(are_kin(a, b) for b in second.described) for a in first.described)
        return shared < _SAME * known
    one, other = (each.places - each.asked_of for each in (first, second))
    both_named = all(each.asked_of & each.words for each in (first, second))
    return both_named and bool(one) and bool(other) and one.isdisjoint(other)


def is_altered_copy(first: Statement, second: Statement) -> bool:
    """Whether two sentences are the same but for their values."""
    together = first.topics | second.topics
    shared = first.topics & second.topics
    return len(shared) >= _ENOUGH and len(shared) >= _COPIED * len(together)


def newer(first: Statement, second: Statement) -> bool:
    """Whether the first tells of a later day than the second; of an unknown day nothing is told."""
    one, other = _latest(first), _latest(second)
    return one is not None and other is not None and one > other


def as_of(statement: Statement) -> date | None:
    """The day as of which it holds: one that its sentence names, else that of its article."""
    published = statement.published
    days = [told.end for told in statement.told if told.end is not None and told.start == told.end]
    known = [] if statement.planned else [d for d in days if published is None or d <= published]
    return max(known, default=published)


def _latest(statement: Statement) -> date | None:
    """The last day that its sentence tells of up to that of its article, or else that day."""
    published = statement.published
    ends = [days.end for days in statement.told if days.end is not None]
    return max((end for end in ends if published is None or end <= published), default=published)


def _are_of_different_kinds(first: Statement, second: Statement) -> bool:
    return (first.amount is None) != (second.amount is None) or (
        (first.days is None) != (second.days is None)
    )


def _measure_apart(first: Statement, second: Statement) -> bool:
    """Whether something that the two say shows that they measure different things."""
    return (
        exclude(first.acts, second.acts)
        or _have_rival_actors(first, second)
        or _have_rival_places(first, second)
        or (first.amount is not None and _count_apart(first, second))
    )


def _have_rival_actors(first: Statement, second: Statement) -> bool:
    """Whether different names do what is told, neither named anywhere in the other's sentence."""
    if not first.actors or not second.actors or first.actors & second.actors:
        return False
    return not any(are_kin(a, b) for a in first.actors for b in second.topics) and not any(
        are_kin(a, b) for a in second.actors for b in first.topics
    )


def _have_rival_places(first: Statement, second: Statement) -> bool:
    """Whether one tells of a place that the question names and the other of another place."""
    for one, other in ((first, second), (second, first)):
        asked = one.places & one.asked_of
        if asked and asked.isdisjoint(other.words) and other.places - other.asked_of - one.words:
            return True
    return False


def _count_apart(first: Statement, second: Statement) -> bool:
    return (
        first.planned != second.planned
        or first.share != second.share
        or _are_limited_apart(first, second)
        or _leaves_out(first) != _leaves_out(second)
        or _have_rival_units(first, second)
        or not _count_alike(first, second)
    )


def _leaves_out(statement: Statement) -> bool:
    """Whether the question asks how many were harmed, and it has no word of any harm."""
    return is_left_out(statement.acts_asked, acts_of(statement.words))


def _are_limited_apart(first: Statement, second: Statement) -> bool:
    """Whether one is about people of whom the other has no word: "for pupils", "among women"."""
    return any(
        not any(are_kin(word, told) for told in other.words)
        for one, other in ((first, second), (second, first))
        for word in one.groups
    )


def _have_rival_units(first: Statement, second: Statement) -> bool:
    assert first.amount is not None
    assert second.amount is not None
    one, other = first.amount.unit, second.amount.unit
    return one != other and (None not in {one, other} or _has_noun_for_unit(first, second))


def _has_noun_for_unit(first: Statement, second: Statement) -> bool:
    """Whether one is money or a share and the other counts things."""
    bare = first if first.amount is not None and first.amount.unit is None else second
    return bare.counted is not None


def _count_alike(first: Statement, second: Statement) -> bool:
    one, other = first.counted, second.counted
    if one is None or other is None or are_kin(one, other):
        return True
    if any({one, other} <= nouns for nouns in _CLASSES):
        return True
    if _have_the_same_value(first, second) and (one in second.words or other in first.words):
        return True
    general = {one, other} & _PEOPLE
    return bool(general) and {one, other}.isdisjoint(GROUPS)


def _have_the_same_value(first: Statement, second: Statement) -> bool:
    if first.amount is not None and second.amount is not None:
        return first.amount.agrees(second.amount)
    if first.days is not None and second.days is not None:
        return _overlap(first.days, second.days)
    if first.reason:
        return bool((first.gist & second.gist) or say_the_same(first.value, second.value))
    return say_the_same(first.value, second.value)


def _are_rivals(first: Statement, second: Statement) -> bool:
    """Whether two values cannot both answer."""
    if are_namesakes(first, second) or _may_both_hold(first, second):
        return False
    return answer_alike(first, second)


def _may_both_hold(first: Statement, second: Statement) -> bool:
    """Whether they need not exclude each other: reasons, and what one article says in words."""
    of_one_article = first.piece.passage.article == second.piece.passage.article
    in_words = first.amount is None and first.days is None
    alike = in_words and one_holds_the_other(first.value, second.value)
    return first.reason or alike or (of_one_article and in_words)


def _both_answer(first: Statement, second: Statement) -> bool:
    """Whether the same value answers in both: a name may stand in any two sentences by chance."""
    if first.amount is not None or first.days is not None:
        return True
    to_the_point = (one.on_point or one.asked >= _ASKED for one in (first, second))
    return any(to_the_point) or answer_alike(first, second)


def answer_alike(first: Statement, second: Statement) -> bool:
    """Whether both speak of what is asked, or of the same thing in the same words."""
    if are_opposed(first.words, second.words):
        return True
    if first.amount is not None and (first.acts & second.acts or first.verb == second.verb):
        return True
    low, high = sorted((first.asked, second.asked))
    if first.amount is not None and low >= _HALF:
        return True
    to_the_point = all(one.on_point or one.asked >= _MOST for one in (first, second))
    if to_the_point and low >= max(_ASKED, _NEAR * high):
        return True
    shared = sum(any(are_kin(a, b) for b in second.topics) for a in first.topics)
    return shared >= max(3, _SHARED * min(len(first.topics), len(second.topics)))


def _in_time(first: Statement, second: Statement) -> Relation:
    """How rivals stand by what they tell of time: of other periods, later, or neither."""
    lasting = _may_change(first, second)
    if first.told and second.told and not _meet(first.told, second.told):
        if not lasting or _are_long(first) or _are_long(second):
            return Relation.DIFFERENT
        return Relation.SUPERSEDED
    if _is_long_past(first) or _is_long_past(second) or not lasting:
        return Relation.DISAGREES
    told_later = newer(first, second) or newer(second, first)
    return Relation.SUPERSEDED if told_later else Relation.DISAGREES


def _may_change(first: Statement, second: Statement) -> bool:
    """Whether the thing measured changes from day to day."""
    if first.days is not None:
        return first.planned or second.planned
    if first.amount is not None:
        grows = any(field in {"harm", "move", "money", "work"} for field, _ in first.acts)
        return grows or first.lasting or second.lasting
    return (first.lasting and second.lasting) or are_opposed(first.words, second.words)


def _is_long_past(statement: Statement) -> bool:
    """Whether all that it tells of was over long before it was written."""
    published = statement.published
    ends = [days.end for days in statement.told if days.end is not None]
    return bool(ends) and published is not None and max(ends) + _LONG_AFTER < published


def _are_long(statement: Statement) -> bool:
    """Whether it tells of whole months or years."""
    return all(
        days.start is not None and days.end is not None and days.end - days.start >= _MONTH
        for days in statement.told
    )


def _meet(one: tuple[Interval, ...], other: tuple[Interval, ...]) -> bool:
    return any(_holds(a, b) or _holds(b, a) for a in one for b in other)


def _holds(whole: Interval, part: Interval) -> bool:
    starts = whole.start is None or (part.start is not None and whole.start <= part.start)
    ends = whole.end is None or (part.end is not None and part.end <= whole.end)
    return starts and ends


def _overlap(one: Interval, other: Interval) -> bool:
    starts_in_time = one.start is None or other.end is None or one.start <= other.end
    ends_late = one.end is None or other.start is None or other.start <= one.end
    return starts_in_time and ends_late
