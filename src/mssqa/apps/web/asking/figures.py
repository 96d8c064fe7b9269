"""Claims side by side: figures that rival each other as a dated table, a story as a timeline."""

from collections.abc import Mapping, Sequence
from datetime import date

from markupsafe import Markup

from mssqa.apps.render import line
from mssqa.apps.web.asking.exchange import Source, Told
from mssqa.apps.web.asking.markers import NOTHING, language_of, markers
from mssqa.apps.web.tongue import said_in
from mssqa.apps.web.wording import Wording
from mssqa.types import Relation

_TABLE = Markup(
    '<div class="figures" tabindex="0" role="region" aria-label="{caption}"><table>'
    "<caption>{caption}</caption>"
    '<thead><tr><th scope="col">{day}</th><th scope="col">{figure}</th>'
    '<th scope="col">{standing}</th><th scope="col">{source_column}</th></tr></thead>'
    "<tbody>{rows}</tbody></table></div>"
)
_ROW = Markup(
    '<tr class="{relation}"><td>{day}</td><td class="figure">{figure}</td>'
    "<td>{standing}</td><td>{markers}</td></tr>"
)
_ENTRY = Markup('<li><span class="day">{day}</span><p class="claim">{text} {markers}</p></li>')


def table(claims: Sequence[Told], sources: Mapping[int, Source], words: Wording) -> Markup:
    """The figures, newest first, each with its day and how it stands to the others."""
    rivals = [claim for claim in _newest_first(claims, sources) if claim.value]
    disagree = any(claim.relation is Relation.DISAGREES for claim in rivals)
    return _TABLE.format(
        caption=words("ask.accounts_differ" if disagree else "ask.figures_over_time"),
        rows=NOTHING.join(_row(claim, sources, words) for claim in rivals),
        **{each: words(f"ask.{each}") for each in ("day", "figure", "standing", "source_column")},
    )


def timeline(claims: Sequence[Told], sources: Mapping[int, Source], words: Wording) -> Markup:
    """The claims in the order of their days, those of unknown day last."""
    in_order = sorted(claims, key=lambda claim: _day(claim, sources) or date.max)
    entries = (
        _ENTRY.format(
            day=words.day(_day(claim, sources)),
            text=said_in(language_of(claim.cites, sources), line(claim.text), words),
            markers=markers(claim.cites, sources, words),
        )
        for claim in in_order
    )
    return Markup('<ol class="timeline">{}</ol>').format(NOTHING.join(entries))


def _row(claim: Told, sources: Mapping[int, Source], words: Wording) -> Markup:
    return _ROW.format(
        relation=claim.relation,
        day=words.day(_day(claim, sources)),
        figure=said_in(language_of(claim.cites, sources), line(claim.value or ""), words),
        standing=words(f"ask.is_{claim.relation}"),
        markers=markers(claim.cites, sources, words),
    )


def _newest_first(claims: Sequence[Told], sources: Mapping[int, Source]) -> list[Told]:
    return sorted(claims, key=lambda claim: _day(claim, sources) or date.min, reverse=True)


def _day(claim: Told, sources: Mapping[int, Source]) -> date | None:
    """The day that a claim is of: its own, or else that of the newest article it cites."""
    cited = (sources[number].article.published for number in claim.cites if number in sources)
    return claim.as_of or max((day for day in cited if day), default=None)
