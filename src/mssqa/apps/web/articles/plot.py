"""How many articles there are of each period and publisher: columns to look at, and a table.

Gradio's own bar plot lets its labels run into each other on a phone, and cuts its legend off.
"""

from collections import Counter
from collections.abc import Sequence

from markupsafe import Markup

from mssqa.apps.render import line
from mssqa.apps.web.articles.listing import Count
from mssqa.apps.web.articles.view import NOTHING, joined
from mssqa.apps.web.wording import Wording

COLOURS = 6  # publishers told apart, the busiest first; the rest are counted together

_COLUMNS = Markup(
    '<div class="columns" role="img" aria-label="{label}" style="--most:{most}">{columns}</div>'
    '<ul class="legend">{legend}</ul>'
)
_COLUMN = Markup(
    '<div class="column"><div class="stack">{parts}<b>{total}</b></div><i>{period}</i></div>'
)
_PART = Markup('<span class="c{colour}" style="--n:{articles}" title="{told}"></span>')
_TABLE = Markup(
    '<details><summary>{summary}</summary><div class="wide"><table><caption>{caption}</caption>'
    "<thead><tr>{heads}</tr></thead><tbody>{rows}</tbody></table></div></details>"
)


def plot(counts: Sequence[Count], words: Wording) -> Markup:
    """The columns, what their colours mean, and the same as a table; of nothing, nothing."""
    if not counts:
        return NOTHING
    colours = _colours(counts, words)
    totals = _totals(counts)
    columns = joined(
        _COLUMN.format(
            total=total or "",
            parts=joined(_part(each, colours, words) for each in counts if each.period == period),
            period=period,
        )
        for period, total in totals.items()
    )
    legend = joined(
        Markup('<li><span class="c{}"></span>{}</li>').format(colour, name)
        for name, colour in [*colours.items(), (words("articles.others"), COLOURS)]
        if colour < COLOURS or len(_publishers(counts, words)) > COLOURS
    )
    drawn = _COLUMNS.format(
        label=words("articles.plot"), most=max(totals.values()), columns=columns, legend=legend
    )
    return drawn + _table(counts, words)


def _part(count: Count, colours: dict[str, int], words: Wording) -> Markup:
    name = _publisher(count, words)
    told = f"{name}, {count.period}: {count.articles:,}"
    return _PART.format(colour=colours.get(name, COLOURS), articles=count.articles, told=told)


def _colours(counts: Sequence[Count], words: Wording) -> dict[str, int]:
    busiest = _publishers(counts, words).most_common(COLOURS)
    return {name: colour for colour, (name, _) in enumerate(busiest)}


def _publishers(counts: Sequence[Count], words: Wording) -> Counter[str]:
    told: Counter[str] = Counter()
    for each in counts:
        told[_publisher(each, words)] += each.articles
    return told


def _totals(counts: Sequence[Count]) -> Counter[str]:
    totals: Counter[str] = Counter()
    for each in counts:
        totals[each.period] += each.articles
    return totals


def _table(counts: Sequence[Count], words: Wording) -> Markup:
    heads = joined(
        Markup('<th scope="col">{}</th>').format(words(f"articles.{head}"))
        for head in ("period", "publisher", "articles")
    )
    rows = joined(
        Markup('<tr><th scope="row">{}</th><td>{}</td><td>{}</td></tr>').format(
            each.period, _publisher(each, words), f"{each.articles:,}"
        )
        for each in counts
        if each.articles
    )
    return _TABLE.format(
        summary=words("articles.as_table"), caption=words("articles.plot"), heads=heads, rows=rows
    )


def _publisher(count: Count, words: Wording) -> str:
    return line(count.publisher) if count.publisher else words("articles.unknown_publisher")
