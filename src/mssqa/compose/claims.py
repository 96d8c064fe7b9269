"""From evidence to claims: which sentences become the answer, merged, related and in order."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import count
from math import prod

from mssqa.compose.listing import asked_count, count_members, count_ordinals
from mssqa.compose.relations import answer_alike, are_namesakes, as_of, is_altered_copy, relate
from mssqa.compose.statements import FIGURES, Statement, statements
from mssqa.compose.values import one_holds_the_other, say_the_same
from mssqa.compose.whole import members, widened, with_lists
from mssqa.ports import Parser
from mssqa.types import Claim, Draft, Evidence, Kind, Order, Query, Relation, Span, Wants

# Shares of the support of the best. Chosen on questions of our own, `STAGE` on held-out stories.
RIVAL = 0.5  # to disagree with it, or to be superseded by it
EQUAL = 0.85  # to stand beside it though it tells of something else
STAGE = 0.5  # to add to a change, or to another question that takes several sentences
MEMBER = 0.35  # to add to a list, or to be a namesake
OUTVOTED = 3  # articles that agree against one that stands alone
ORIGINALS = 2  # if that one is theirs word for word but for the value


@dataclass(frozen=True, slots=True)
class _Group:
    """Statements that say the same, the best worded first."""

    members: tuple[Statement, ...]

    @property
    def lead(self) -> Statement:
        return self.members[0]

    @property
    def support(self) -> float:
        return max(one.piece.support for one in self.members)

    @property
    def articles(self) -> int:
        """How many independent ones say it."""
        return len({one.piece.passage.article.id for one in self.members})

    @property
    def strength(self) -> float:
        """Its support, raised by half of what each other article would raise it by."""
        best = {one.piece.passage.article.id: one.piece.support for one in reversed(self.members)}
        first, *others = sorted(best.values(), reverse=True)
        return 1 - (1 - first) * prod(1 - support / 2 for support in others)

    @property
    def day(self) -> date | None:
        return max((day for one in self.members if (day := as_of(one))), default=None)


def draft(query: Query, evidence: Sequence[Evidence], parser: Parser) -> Draft:
    """The claims that answer a question, and the evidence that they cite, numbered from 1.

    A question of fact gets one value, with those that agree with it, supersede it or disagree
    with it; a list all its members; a change its stages in the order of time.
    """
    if not evidence:
        return Draft(query=query, claims=(), evidence=())
    if query.kind is Kind.LIST:
        evidence = with_lists(query, evidence, parser)
    evidence = tuple(replace(piece, number=number) for number, piece in enumerate(evidence, 1))
    groups = _grouped(statements(query, evidence, parser))
    match query.kind:
        case Kind.LIST:
            claims = _listed(query, groups, parser)
        case Kind.CHANGE:
            claims = _staged(groups)
        case _:
            claims = _told(query, groups)
    return _numbered(query, claims, evidence)


def _grouped(told: Sequence[Statement]) -> tuple[_Group, ...]:
    """Statements that agree together, the strongest group first."""
    groups: list[_Group] = []
    for one in sorted(told, key=lambda one: -one.piece.support):
        place = next((n for n, group in enumerate(groups) if _agree(group.lead, one)), None)
        if place is None:
            groups.append(_Group((one,)))
        else:
            groups[place] = _Group((*groups[place].members, one))
    return tuple(sorted(groups, key=lambda group: -group.strength))


def _agree(first: Statement, second: Statement) -> bool:
    return first.words == second.words or relate(first, second) is Relation.AGREES


def _told(query: Query, groups: Sequence[_Group]) -> tuple[Claim, ...]:
    """The claims of a question of fact: of each thing that bears the name, its values."""
    things: list[list[_Group]] = []
    for group in _fitting_first(query, groups):
        if not things:
            things.append([group])
        elif any(_is_told(group, told) for thing in things for told in thing):
            continue
        elif (thing := _thing_of(group, things)) is not None:
            if _may_stand_in(thing, group):
                thing.append(group)
        elif _may_stand_beside(query, [thing[0] for thing in things], group):
            things.append([group])
    apart = len(things) > 1
    return tuple(claim for thing in things for claim in _in_order(query, thing, apart=apart))


def _fitting_first(query: Query, groups: Sequence[_Group]) -> list[_Group]:
    """The groups, those first that are a figure or date if one is asked for, unless much weaker."""
    enough = RIVAL * groups[0].support
    return sorted(groups, key=lambda g: not (g.support >= enough and _fits(query, g.lead)))


def _fits(query: Query, statement: Statement) -> bool:
    if query.wants is Wants.DATE:
        return statement.days is not None
    return query.wants not in FIGURES or statement.amount is not None


def _is_told(group: _Group, told: _Group) -> bool:
    """Whether a value in words is part of one that is told: "Aberdeen", "Aberdeen University"."""
    one, other = group.lead, told.lead
    in_words = one.amount is None and one.days is None
    return in_words and one_holds_the_other(one.value, other.value)


def _thing_of(group: _Group, things: Sequence[list[_Group]]) -> list[_Group] | None:
    """The thing that a group gives another value of."""
    rivals = {Relation.SUPERSEDED, Relation.DISAGREES}
    return next((t for t in things if relate(t[0].lead, group.lead) in rivals), None)


def _may_stand_in(thing: Sequence[_Group], other: _Group) -> bool:
    """Whether another value of a thing is told: one that is much weaker or outvoted is not."""
    best = thing[0]
    if other.support < RIVAL * best.support:
        return False
    superseded = relate(best.lead, other.lead) is Relation.SUPERSEDED
    return superseded or other.articles > 1 or not _is_outvoted(best, other)


def _is_outvoted(best: _Group, lone: _Group) -> bool:
    """Whether several articles agree against one, three or two of which it is an altered copy."""
    copied = any(is_altered_copy(one, lone.lead) for one in best.members)
    return best.articles >= (ORIGINALS if copied else OUTVOTED)


def _may_stand_beside(query: Query, told: Sequence[_Group], other: _Group) -> bool:
    """Whether a value of something else is told: of a namesake, or if a choice is asked for."""
    best = told[0]
    share = other.support / best.support if best.support else 1.0
    if not _is_alike(best.lead, other.lead):
        return False
    if all(are_namesakes(one.lead, other.lead) for one in told):
        return share >= MEMBER
    return share >= EQUAL and _offers_a_choice(query)


def _offers_a_choice(query: Query) -> bool:
    return " or " in query.text.lower()


def _is_alike(first: Statement, second: Statement) -> bool:
    """Whether both values are figures, both dates or both words."""
    return (first.amount is None, first.days is None) == (
        second.amount is None,
        second.days is None,
    )


def _in_order(query: Query, thing: Sequence[_Group], *, apart: bool) -> Iterator[Claim]:
    """The values of one thing: the newest, those it supersedes, those that disagree with it.

    If the earliest is asked for, that alone.
    """
    best = thing[0]
    related = [(group, relate(best.lead, group.lead)) for group in thing[1:]]
    dated = [best, *(group for group, relation in related if relation is Relation.SUPERSEDED)]
    rivals = [group for group, relation in related if relation is Relation.DISAGREES]
    ordered = sorted(dated, key=lambda group: group.day or date.min, reverse=True)
    if query.order is Order.EARLIEST:
        yield _claim(ordered[-1], Relation.SINGLE)
        return
    alone = Relation.DIFFERENT if apart else Relation.SINGLE
    yield _claim(ordered[0], Relation.DISAGREES if rivals else alone)
    yield from (_claim(group, Relation.SUPERSEDED) for group in ordered[1:])
    yield from (_claim(group, Relation.DISAGREES) for group in rivals)


def _staged(groups: Sequence[_Group]) -> tuple[Claim, ...]:
    """The stages of a change in the order of time, those of unknown day last."""
    best = max(group.support for group in groups)
    stages = [group for group in groups if group.support >= STAGE * best]
    ordered = sorted(stages, key=lambda group: _place_in_time(group.lead))
    return tuple(_claim(group, Relation.SINGLE) for group in ordered)


def _place_in_time(statement: Statement) -> tuple[bool, date]:
    return statement.when is None, statement.when or date.min


def _listed(query: Query, groups: Sequence[_Group], parser: Parser) -> tuple[Claim, ...]:
    """The claims that each add a member to a list, until as many are told as are asked for."""
    asked = asked_count(query.text)
    wanted = asked[0] if asked else None
    told: list[str] = []
    claims: list[Claim] = []
    for group, listed in _by_fit(groups, wanted, parser):
        fresh = [one for one in listed if not any(say_the_same(one, other) for other in told)]
        if fresh:
            told += fresh
            claims.append(widened(_claim(group, Relation.SINGLE), group.lead, listed))
        if wanted is not None and max(len(told), len(listed)) >= wanted:
            break
    return tuple(claims)


def _by_fit(
    groups: Sequence[_Group], wanted: int | None, parser: Parser
) -> list[tuple[_Group, tuple[str, ...]]]:
    """The groups that may add to a list, with their members; those with as many as wanted first."""
    best = max(groups, key=lambda group: group.support)
    near = [
        group
        for group in groups
        if group is best
        or _may_add(best, group)
        or (wanted is not None and count_ordinals(group.lead.piece.quote) == wanted)
    ]
    listed = [(group, members(group.lead, parser)) for group in near]
    return sorted(listed, key=lambda one: (len(one[1]) != wanted, -one[0].support))


def _may_add(best: _Group, other: _Group) -> bool:
    """Whether a value may be a member of the list that the best begins."""
    if best.lead.is_name != other.lead.is_name:
        return False
    enough = MEMBER if answer_alike(best.lead, other.lead) else RIVAL
    return other.support >= enough * best.support


def _claim(group: _Group, relation: Relation) -> Claim:
    """The claim of statements that say the same, in the words of the best."""
    best_of_article: dict[str, int] = {}
    for one in group.members:
        best_of_article.setdefault(one.piece.passage.article.id, one.piece.number)
    agrees = relation is Relation.SINGLE and group.articles > 1
    return Claim(
        text=group.lead.piece.quote,
        cites=tuple(best_of_article.values()),
        support=group.support,
        value=group.lead.piece.value,
        as_of=group.day,
        relation=Relation.AGREES if agrees else relation,
        independent_articles=group.articles,
    )


def _numbered(query: Query, claims: Sequence[Claim], evidence: Sequence[Evidence]) -> Draft:
    """The draft with the cited evidence only, numbered in the order in which it is cited."""
    order = dict.fromkeys(number for claim in claims for number in claim.cites)
    numbers = dict(zip(order, count(1), strict=False))
    return Draft(
        query=query,
        claims=tuple(
            replace(claim, cites=tuple(numbers[number] for number in claim.cites))
            for claim in claims
        ),
        evidence=tuple(
            replace(evidence[number - 1], number=new) for number, new in numbers.items()
        ),
    )


def short_of(query: Query, claims: Sequence[Claim], parser: Parser) -> str | None:
    """What a list lacks of what was asked for, in a sentence; None if it is whole or uncounted."""
    asked = asked_count(query.text) if query.kind is Kind.LIST else None
    if asked is None or not claims:
        return None
    wanted, noun = asked
    parses = parser.parse([claim.text for claim in claims])
    pairs = zip(claims, parses, strict=True)
    told = sum(count_members(parse, _span_of(claim)) for claim, parse in pairs)
    return None if told >= wanted else f"The question asks for {wanted} {noun}; this is {told}."


def _span_of(claim: Claim) -> Span:
    value = claim.value or claim.text
    start = max(0, claim.text.find(value))
    return Span(start, start + len(value))
