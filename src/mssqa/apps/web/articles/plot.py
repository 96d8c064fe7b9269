"""How many articles there are of each month and publisher, as Gradio's bar plot takes it."""

from collections import Counter
from collections.abc import Sequence

import gradio as gr

from mssqa.apps.web.articles.listing import Count
from mssqa.apps.web.articles.view import publisher_of
from mssqa.apps.web.wording import Wording

COLOURS = ("#1a8ba3", "#d9822b", "#7d6bc4", "#6a9a3f", "#c4546a", "#a58a4b")
"""One for each publisher told apart; each stands out from light paper and from dark."""

OTHER = "#8d8780"
_LEAST_HEIGHT = 5  # articles; fewer would be counted in halves on the axis


def plot(counts: Sequence[Count], words: Wording) -> gr.BarPlot:
    """The plot; the publishers with the most articles have colours of their own."""
    named = _named(counts, words)
    rows: Counter[tuple[str, str]] = Counter()
    for each in counts:
        publisher = publisher_of(each, words)
        rows[each.period, publisher if publisher in named else words("articles.others")] += (
            each.articles
        )
    types = {"period": "nominal", "publisher": "nominal", "articles": "quantitative"}
    return gr.BarPlot(
        {
            "columns": list(types),
            "data": [[*key, articles] for key, articles in rows.items()],
            "datatypes": types,
            "mark": "bar",
        },
        visible=bool(counts),
        color_map={**dict(zip(named, COLOURS, strict=False)), words("articles.others"): OTHER},
        y_lim=[0, max(_LEAST_HEIGHT, _highest(counts))],
        x_title=words("articles.period"),
        y_title=words("articles.articles"),
        color_title=words("articles.publisher"),
    )


def _named(counts: Sequence[Count], words: Wording) -> tuple[str, ...]:
    all_told: Counter[str] = Counter()
    for each in counts:
        all_told[publisher_of(each, words)] += each.articles
    return tuple(publisher for publisher, _ in all_told.most_common(len(COLOURS)))


def _highest(counts: Sequence[Count]) -> int:
    by_period: Counter[str] = Counter()
    for each in counts:
        by_period[each.period] += each.articles
    return max(by_period.values(), default=0)
