"""The Articles tab as people use it."""

import re
from collections.abc import Iterator
from pathlib import Path

import pytest
from browsing import FERRIES, LEAVING, Come, Look, Served, barriers, log_in, serving_doubles
from playwright.sync_api import Page, expect
from small_corpus import page

from mssqa.index import generations

HOSTILE = '<img src=x onerror=alert(1)>{{value}} ${alert(2)} `tick` "quoted" &amp;'
FILES = {
    "harbour.md": page(
        "Harbour opens a third basin",
        "The harbour opened its third basin on Monday, the minister said.\n\n"
        "Ships from four continents will dock there, the minister said.\n\n"
        "- Advertisement -\n\n"
        "The first ship came from Lagos and brought forty tonnes of rice to the town.",
        published="2025-03-03",
        publisher="The Gazette",
    ),
    "ferries.md": FERRIES,
    "hostile.md": page(
        f"The mayor wrote {HOSTILE}".replace('"', "'"),
        f"The mayor of the quay wrote {HOSTILE} on a wall of the old customs house.",
        publisher="The <script>Quay</script> ${alert(3)}",
    ),
}


@pytest.fixture(scope="module")
def served(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Served]:
    """A page of this module's own, for its tests change the articles."""
    folder = tmp_path_factory.mktemp("articles")
    with serving_doubles(FILES, folder) as up:
        yield up


def titles(tab: Page) -> list[str]:
    return tab.locator(".articles .title").all_inner_texts()


def choose(tab: Page, way: str) -> None:
    if not tab.locator("#adding").is_visible():
        tab.get_by_role("button", name="Add articles").click()
    tab.get_by_role("radio", name=way).check()


def told(tab: Page, text: str) -> None:
    expect(tab.locator(".keeping .told")).to_contain_text(text)
    expect(tab.locator(".keeping .going")).to_be_hidden()


def type_in(tab: Page, title: str, text: str, **fields: str) -> None:
    choose(tab, "pasted text")
    form = tab.locator("form[data-way=typed]")
    form.get_by_label("Title", exact=True).fill(title)
    form.get_by_label("Text", exact=True).fill(text)
    for label, value in fields.items():
        form.get_by_label(label, exact=True).fill(value)
    form.get_by_role("button", name="Add this text").click()


def test_articles_are_listed_searched_sorted_and_filtered(come: Come) -> None:
    tab = come().open(tab="Articles")
    expect(tab.locator(".keeping .summary")).to_contain_text("3 articles, the newest of 10 April")
    assert titles(tab)[:2] == ["More ferries sail", "Harbour opens a third basin"]
    tab.get_by_label("Sort by").select_option("Oldest first")
    expect(tab.locator(".articles .title").first).to_have_text("Harbour opens a third basin")
    tab.get_by_role("searchbox").fill("minister CONTINENT")
    expect(tab.locator(".articles .title")).to_have_text(["Harbour opens a third basin"])
    tab.get_by_role("searchbox").fill("")
    tab.get_by_role("combobox", name="Publisher").select_option("Quay News")
    expect(tab.locator(".articles .title")).to_have_text(["More ferries sail"])


def test_an_open_article_shows_what_was_left_out_of_its_file_and_why(come: Come) -> None:
    tab = come().open(tab="Articles")
    tab.get_by_role("button", name="Harbour opens a third basin").click()
    opened = tab.get_by_role("region", name="Harbour opens a third basin")
    expect(opened.get_by_role("heading")).to_be_focused()
    expect(opened).to_contain_text("Ships from four continents will dock there")
    expect(opened).to_contain_text("1 block of the file was left out: advertisement (1)")
    opened.get_by_text("1 block of the file").click()
    expect(opened.locator(".removed li")).to_have_text(["advertisement - Advertisement -"])


def test_an_article_that_is_added_answers_a_question_at_once_and_on_every_open_page(
    come: Come,
) -> None:
    other = come().open(tab="Articles")
    expect(other.locator(".articles li")).to_have_count(3)
    tab = come().open(tab="Articles")
    type_in(
        tab,
        "A lighthouse is lit",
        "The lighthouse of Port Amel was lit again by Ines Duarte on Friday.",
        Publisher="The Gazette",
        Published="2025-05-02",
    )
    told(tab, "“A lighthouse is lit” is saved as 2025-05-02-a-lighthouse-is-lit.md.")
    told(tab, "The index is up to date: 1 added. 4 articles")
    expect(tab.locator(".articles .title").first).to_have_text("A lighthouse is lit")
    expect(tab.get_by_label("Title", exact=True)).to_have_value("")
    expect(other.locator(".articles li")).to_have_count(4)
    tab.get_by_role("tab", name="Ask").click()
    tab.get_by_role("textbox", name="Question").fill("Who lit the lighthouse of Port Amel?")
    tab.keyboard.press("Enter")
    expect(tab.locator(".exchange .answer")).to_contain_text("Ines Duarte")


def test_bad_files_are_each_told_in_a_line_and_the_good_one_is_added(
    come: Come, served: Served, tmp_path: Path
) -> None:
    names = ("market.txt", "empty.txt", "run<b>.exe")
    (tmp_path / names[0]).write_text("The fish market moved to the north quay, traders said.")
    (tmp_path / names[1]).write_text("")
    (tmp_path / names[2]).write_bytes(b"MZ\0")
    tab = come().open(tab="Articles")
    choose(tab, "files")
    tab.get_by_label("Files, or drop").set_input_files([tmp_path / name for name in names])
    tab.get_by_role("button", name="Add these files").click()
    told(tab, "“empty.txt” was not added.")
    told(tab, "“run<b>.exe” was not added. Unknown suffix '.exe'")
    told(tab, "1 added")
    expect(tab.get_by_role("button", name="The fish market moved")).to_be_visible()
    assert not any(each.is_file() for each in (served.folder / "uploads").rglob("*"))


def test_what_was_typed_stays_when_it_is_refused_and_when_the_page_is_loaded_again(
    come: Come,
) -> None:
    visitor = come()
    visitor.expected = LEAVING
    tab = visitor.open(tab="Articles")
    type_in(tab, "Nothing but a title", "")
    told(tab, "“Nothing but a title” was not added.")
    expect(tab.get_by_label("Title", exact=True)).to_have_value("Nothing but a title")
    tab.reload()
    tab.get_by_role("tab", name="Articles").click()
    expect(tab.get_by_label("Title", exact=True)).to_have_value("Nothing but a title")


def test_an_address_that_is_private_is_refused_and_stays_typed(come: Come, served: Served) -> None:
    tab = come().open(tab="Articles")
    choose(tab, "a web address")
    field = tab.get_by_label("Web address of an article")
    field.fill(f"{served.url}config")
    tab.get_by_role("button", name="Fetch and add").click()
    told(tab, "127.0.0.1 is at the private address 127.0.0.1.")
    expect(field).to_have_value(f"{served.url}config")


def test_a_removed_article_is_brought_back_with_the_keyboard_alone(come: Come) -> None:
    tab = come().open(tab="Articles")
    expect(tab.locator(".articles li").first).to_be_visible()
    tab.get_by_role("searchbox").focus()
    tab.keyboard.type("ferries dawn")
    expect(tab.locator(".articles li")).to_have_count(1)
    for _ in range(3):
        tab.keyboard.press("Tab")
    expect(tab.get_by_role("button", name="More ferries sail")).to_be_focused()
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("heading", name="More ferries sail")).to_be_focused()
    tab.keyboard.press("Shift+Tab")
    expect(tab.get_by_role("button", name="Remove")).to_be_focused()
    tab.keyboard.press("Enter")
    told(tab, "“More ferries sail” is removed.")
    expect(tab.get_by_role("button", name="Undo")).to_be_focused()
    expect(tab.locator(".articles li")).to_have_count(0)
    tab.keyboard.press("Enter")
    told(tab, "“More ferries sail” is back.")
    expect(tab.locator(".articles li")).to_have_count(1)


def test_escape_closes_an_article_and_gives_the_focus_back(come: Come) -> None:
    tab = come().open(tab="Articles")
    title = tab.get_by_role("button", name="Harbour opens a third basin")
    title.click()
    expect(tab.get_by_role("heading", name="Harbour opens")).to_be_focused()
    tab.keyboard.press("Escape")
    expect(tab.locator(".keeping .page")).to_be_hidden()
    expect(title).to_be_focused()


def test_a_hostile_article_is_text_wherever_it_is_shown(come: Come) -> None:
    tab = come().open(tab="Articles")
    title = tab.locator(".articles .title", has_text="The mayor wrote")
    expect(title).to_contain_text("<img src=x onerror=alert(1)>{{value}} ${alert(2)} `tick`")
    title.click()
    opened = tab.locator(".keeping .page")
    expect(opened).to_contain_text(f"wrote {HOSTILE} on a wall")
    expect(opened).to_contain_text("The <script>Quay</script> ${alert(3)}")
    assert tab.locator(".keeping .page :is(img, script, iframe, object)").count() == 0
    publishers = tab.get_by_role("combobox", name="Publisher").locator("option")
    assert "The <script>Quay</script> ${alert(3)}" in publishers.all_inner_texts()


def test_a_build_is_told_with_a_bar_and_what_was_left_out(come: Come, served: Served) -> None:
    broken = served.folder / "corpus" / "broken<i>.docx"
    broken.write_bytes(b"no archive at all")
    tab = come().open(tab="Articles")
    tab.get_by_role("button", name="Build the index").click()
    told(tab, "The index is up to date: 1 file left out.")
    told(tab, "Left out: broken<i>.docx: it is no readable .docx file: File is not a zip file")
    broken.unlink()


def test_of_two_who_build_at_once_one_is_told_and_the_other_waits(
    come: Come, served: Served
) -> None:
    first, second = come().open(tab="Articles"), come().open(tab="Articles")
    with generations.building(served.folder / "index", timeout_seconds=0):
        type_in(first, "A crane falls", "A crane fell on the north quay during the storm.")
        expect(first.locator(".keeping .going")).to_contain_text("waiting for another build to end")
        second.get_by_role("button", name="Build the index").click()
        told(second, "Somebody is building the index.")
    told(first, "The index is up to date: 1 added.")
    expect(second.get_by_role("button", name="A crane falls")).to_be_visible()


def test_who_is_no_administrator_finds_the_tab_locked_and_can_do_nothing(
    come: Come, with_users: Served
) -> None:
    tab = log_in(come(served=with_users), "amina", tab="Articles")
    locked = tab.locator(".keeping .locked")
    expect(locked).to_have_text(re.compile("^Only an administrator may look after the articles"))
    assert tab.locator(".keeping .articles").count() == 0
    tab.evaluate("document.querySelector('.keeping .unlocked').hidden = false")
    tab.get_by_role("button", name="Build the index").click()
    told(tab, "Only an administrator may look after the articles")


def test_an_administrator_may_build(come: Come, with_users: Served) -> None:
    tab = log_in(come(served=with_users), "ruth", tab="Articles")
    tab.get_by_role("button", name="Build the index").click()
    told(tab, "nothing had changed")


def test_the_plot_has_a_table_that_says_the_same(come: Come) -> None:
    tab = come().open(tab="Articles")
    expect(tab.get_by_role("img", name="Articles over time, by publisher")).to_be_visible()
    tab.get_by_text("The same as a table").click()
    table = tab.get_by_role("table", name="Articles over time, by publisher")
    expect(table.get_by_role("row").nth(1)).to_have_text(re.compile("2025-03.*The Gazette.*1"))


@pytest.mark.parametrize("look", ["desktop", "dark", "phone"])
def test_nothing_keeps_anybody_out(come: Come, look: Look) -> None:
    tab = come(look).open(tab="Articles")
    expect(tab.locator(".articles li").first).to_be_visible()
    choose(tab, "pasted text")
    tab.locator(".articles .title").first.click()
    expect(tab.locator(".keeping .page h3")).to_be_visible()
    tab.get_by_text("The same as a table").click()
    assert barriers(tab) == []
    assert tab.evaluate("document.documentElement.scrollWidth <= innerWidth")


@pytest.mark.model
def test_with_the_real_weights_an_added_article_answers(
    come: Come, served_for_real: Served
) -> None:
    tab = come(served=served_for_real).open(tab="Articles")
    text = "The lighthouse of Port Amel was lit again by the engineer Ines Duarte on Friday."
    type_in(tab, "A lighthouse is lit", text, Published="2025-05-02")
    told(tab, "The index is up to date: 1 added.")
    tab.get_by_role("tab", name="Ask").click()
    tab.get_by_role("textbox", name="Question").fill("Who lit the lighthouse of Port Amel?")
    tab.keyboard.press("Enter")
    expect(tab.locator(".exchange .answer")).to_contain_text("Ines Duarte")
