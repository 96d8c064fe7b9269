"""Answers as HTML: markers, tables, timelines, and how far an answer goes."""

import html
import json
import re
from datetime import date
from typing import Any

import pytest

from mssqa.apps.web.asking.exchange import Exchange
from mssqa.apps.web.asking.export import export
from mssqa.apps.web.asking.markers import markers, with_markers
from mssqa.apps.web.asking.view import sources, whole
from mssqa.apps.web.wording import wording

ENGLISH = wording("en")
TODAY = date(2025, 3, 10)


def source(number: int, published: str | None = None, **more: Any) -> dict[str, Any]:
    article = {"id": f"a{number}", "path": f"{number}.md", "title": f"Title {number}"}
    named = {**article, "publisher": "The Quay", "published": published, **more}
    return {"number": number, "quote": f"Quote {number}.", "start": 0, "end": 8, "article": named}


def claim(text: str, *cites: int, **more: Any) -> dict[str, Any]:
    return {"text": text, "cites": cites, **more}


def exchange(*claims: dict[str, Any], **more: Any) -> Exchange:
    sources = [source(1, "2025-03-01"), source(2, "2025-03-05"), source(3)]
    whole = {
        "id": "x",
        "question": "How many?",
        "status": "supported",
        "text": " ".join(each["text"] for each in claims),
        "generation": "g1",
        "claims": claims,
        "citations": sources,
        "stands_alone": "How many?",
        "asked": TODAY,
    }
    return Exchange.model_validate(whole | more)


def shown(of: Exchange) -> str:
    return str(whole(of, ENGLISH, today=TODAY))


def text(told: str) -> str:
    return html.unescape(" ".join(re.sub(r"<[^>]*>", " ", told).split()))


SOURCES = {each.number: each for each in exchange().citations}


def test_one_marker_stands_alone() -> None:
    assert markers((2,), SOURCES, ENGLISH) == (
        '<span class="markers"><button type="button" class="marker" data-number="2"'
        ' aria-label="Source 2: The Quay, 5 March 2025">2</button></span>'
    )


def test_consecutive_markers_collapse_behind_the_first() -> None:
    told = str(markers((1, 3, 1, 2), SOURCES, ENGLISH))
    assert text(told) == "1 +2 3 2"
    assert 'aria-label="Show 2 more sources">+2</button><span class="rest" hidden>' in told


def test_a_marker_of_nothing_is_left_out() -> None:
    assert markers((9,), SOURCES, ENGLISH) == ""
    assert with_markers("So it is. [9]", SOURCES, ENGLISH) == "So it is. "


def test_superseded_figures_stand_in_a_dated_table_newest_first() -> None:
    told = shown(
        exchange(
            claim("Forty ferries sail.", 2, value="Forty", as_of="2025-03-05"),
            claim("Twelve sailed.", 1, value="Twelve", relation="superseded"),
        )
    )
    assert text(told) == (
        "Checked against 3 quotes Forty ferries sail. 2 5 March 2025 How the figure changed "
        "Date Figure Standing Source 5 March 2025 Forty current 2 1 March 2025 Twelve superseded 1"
    )


def test_figures_that_disagree_are_called_so() -> None:
    told = shown(
        exchange(
            claim("Nine were hurt.", 1, value="Nine", relation="disagrees"),
            claim("Six were hurt.", 3, value="Six", relation="disagrees"),
        )
    )
    assert "<caption>Accounts differ</caption>" in told
    assert text(told).endswith("1 March 2025 Nine disputed 1 undated Six disputed 3")


def test_an_answer_about_change_is_a_timeline_oldest_first() -> None:
    told = shown(
        exchange(claim("Later.", 2), claim("Whenever.", 3), claim("First.", 1), kind="change")
    )
    assert text(told) == (
        "Checked against 3 quotes 1 March 2025 First. 1 5 March 2025 Later. 2 undated Whenever. 3"
    )


def test_a_partial_answer_says_which_part_is_lacking() -> None:
    told = shown(exchange(claim("Forty.", 1), status="partial", lacking="No article says when."))
    assert '<p class="lacking"><strong>Not answered:</strong> No article says when.</p>' in told


FRENCH = wording("fr")


def test_a_declined_answer_says_so_in_the_words_of_the_page_and_of_the_library() -> None:
    lacking = "The articles do not say: they do not mention Orran."
    declined = exchange(status="declined", lacking=lacking, citations=[], nearest=[source(1)])
    own = "<strong>Les articles n’y répondent pas.</strong>"
    assert f'<p class="lacking">{own} <span lang="en">{lacking}</span></p>' in whole(
        declined, FRENCH, today=TODAY
    )
    assert f'<p class="lacking">{lacking}</p>' in shown(declined)
    nothing = declined.model_copy(update={"nearest": ()})
    assert "Aucun article en rapport" in whole(nothing, FRENCH, today=TODAY)


def test_what_an_article_says_is_marked_with_its_language_on_a_page_of_another() -> None:
    spoken = exchange(
        claim("Forty ferries.", 1, value="Forty"),
        claim("Twelve.", 1, value="Twelve", relation="superseded"),
        citations=[source(1, language="en")],
    )
    told = whole(spoken, FRENCH, today=TODAY) + sources(spoken, FRENCH, today=TODAY)
    foreign = re.findall(r'<span lang="en">(.*?)</span>', told)
    assert foreign == ["Forty ferries.", "Forty", "Twelve", "Title 1", "Quote 1."]
    assert "lang=" not in shown(spoken)
    assert "lang=" not in whole(exchange(claim("Forty.", 1)), FRENCH, today=TODAY)  # not known


def test_how_many_articles_say_so_stands_beside_the_claim() -> None:
    told = shown(exchange(claim("Forty.", 1, 2, independent_articles=2)))
    assert text(told).endswith("Forty. 1 +1 2 2 articles say so")


def test_an_export_cites_in_full() -> None:
    url = {"url": "https://quay.example/a"}
    asked = exchange(
        claim("Forty *ferries*.", 1),
        citations=[source(1, "2025-03-01", **url)],
        as_of="2025-03-04",
    )
    made = export([asked], title="Ferries & more", style="markdown", words=ENGLISH)
    assert made.name == "ferries-more.md"
    assert made.text == (
        "# Ferries \\& more\n\n**How many?**\n\nAs of 4 March 2025\n\nForty \\*ferries\\*.\n\n"
        "**Sources**\n\n\\[1\\] [Title 1](https://quay.example/a) (The Quay, 1 Mar 2025)\n\n"
        "> “Quote 1.”\n"
    )


def test_an_export_as_json_can_be_shown_again() -> None:
    asked = exchange(claim("Forty.", 1))
    made = export([asked], title="", style="json", words=ENGLISH)
    assert made.name == "conversation.json"
    (kept,) = json.loads(made.text)["exchanges"]
    assert Exchange.model_validate(kept) == asked


@pytest.mark.parametrize("style", ["markdown", "json"])
def test_an_export_of_hostile_titles_has_a_tame_name(style: Any) -> None:
    made = export([], title="../../etc/\u202epasswd\0 <b>", style=style, words=ENGLISH)
    assert re.fullmatch(r"[a-z0-9-]+\.(md|json)", made.name)
