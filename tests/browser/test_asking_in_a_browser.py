"""The Ask tab as people use it."""

import json
import re
from pathlib import Path
from urllib.parse import urlsplit

import pytest
from browsing import (
    FILES,
    HOSTILE,
    LEAVING,
    QUOTE,
    Come,
    Look,
    barriers,
    serving_doubles,
    serving_folder,
)
from doubles import FakeEmbedder
from playwright.sync_api import Locator, Page, expect
from small_corpus import config_in, write_files
from small_disk import small_disk

from mssqa.build import build_index

SEVERAL = "Tell me about the harbour and ferries"
BASIN = "Which third basin did the harbour open on Monday?"


def ask(tab: Page, question: str) -> Locator:
    """Ask, wait for the whole answer, and give its exchange."""
    tab.get_by_label("Your question").fill(question)
    tab.keyboard.press("Enter")
    return answered(tab, question)


def answered(tab: Page, question: str) -> Locator:
    exchange = tab.locator(".exchange").filter(has=tab.get_by_role("heading", name=question))
    expect(exchange.locator(".verdict")).to_be_visible()
    return exchange


def panel(tab: Page) -> Locator:
    return tab.get_by_role("region", name="Sources")


def test_a_marker_opens_the_article_at_its_quote(come: Come) -> None:
    tab = come().open()
    exchange = ask(tab, BASIN)
    expect(panel(tab).locator(".card").first).to_contain_text("The Gazette, 3 March 2025")
    exchange.get_by_role("button", name="Source 1: The Gazette, 3 March 2025").first.click()
    mark = panel(tab).locator("mark")
    expect(mark).to_have_text(QUOTE)
    expect(mark).to_be_in_viewport()
    tab.keyboard.press("Escape")
    expect(mark).to_be_hidden()
    expect(exchange.locator(".marker").first).to_be_focused()


def test_a_marker_shows_its_source_under_the_pointer_and_the_focus(come: Come) -> None:
    tab = come().open()
    marker = ask(tab, BASIN).locator(".marker").first
    card = tab.get_by_role("tooltip")
    marker.hover()
    expect(card).to_contain_text("Harbour opens a third basin")
    expect(card).to_contain_text(re.compile(r"The Gazette, 3 March 2025 .*(ago|day)"))
    expect(card).to_contain_text(QUOTE)
    tab.mouse.move(0, 0)
    expect(card).to_be_hidden()
    marker.focus()
    expect(card).to_be_visible()
    tab.keyboard.press("Escape")
    expect(card).to_be_hidden()


def test_everything_is_done_by_keyboard(come: Come) -> None:
    tab = come().open()
    expect(tab.get_by_label("Your question")).to_be_focused()
    tab.keyboard.type("Which basin did")
    tab.keyboard.press("Shift+Enter")
    tab.keyboard.type("the harbour open?")
    tab.keyboard.press("Enter")
    expect(tab.locator(".verdict")).to_be_visible()
    expect(tab.get_by_label("Your question")).to_have_value("")
    for _ in range(40):
        if tab.evaluate("document.activeElement.matches('.marker')"):
            break
        tab.keyboard.press("Shift+Tab")
    tab.keyboard.press("Enter")
    expect(panel(tab).get_by_role("heading", level=3)).to_be_focused()
    tab.keyboard.press("Escape")
    assert tab.evaluate("document.activeElement.matches('.marker')")


def test_what_is_written_is_told_to_screen_readers_once(come: Come) -> None:
    tab = come().open()
    ask(tab, BASIN)
    said = tab.locator("[aria-live=polite].said")
    expect(said).to_contain_text("Checked against")
    assert said.inner_text().count("third basin") == 1


def test_a_follow_up_goes_on_with_the_conversation(come: Come) -> None:
    tab = come().open()
    ask(tab, BASIN)
    ask(tab, "Who opened it?")
    expect(tab.locator(".exchange")).to_have_count(2)
    assert "q=Who+opened+it" not in tab.url  # the link stands alone


def test_limits_show_in_the_answer_and_in_its_link(come: Come) -> None:
    visitor = come()
    tab = visitor.open()
    tab.get_by_role("button", name="Any date, any publisher").click()
    tab.get_by_label("As of").fill("2025-03-05")
    tab.get_by_label("The Gazette").check()
    tab.keyboard.press("Escape")
    exchange = ask(tab, BASIN)
    expect(exchange.locator(".limits")).to_contain_text("As of 5 March 2025")
    expect(exchange.locator(".limits")).to_contain_text("Only from The Gazette")
    assert tab.url.endswith("&as_of=2025-03-05&publisher=The+Gazette")
    linked = visitor.open(tab.url.removeprefix(visitor.served.url))
    expect(answered(linked, BASIN).locator(".limits")).to_contain_text("As of 5 March 2025")


def test_what_the_articles_do_not_say_looks_different(come: Come) -> None:
    tab = come().open("?q=Which+basin+opened%3F&as_of=2020-01-01")
    exchange = answered(tab, "Which basin opened?")
    expect(exchange.locator(".answer.declined .lacking")).to_contain_text("do not say")
    expect(exchange.locator(".marker")).to_have_count(0)


def test_hostile_words_stay_words(come: Come) -> None:
    tab = come().open()
    tab.on("dialog", lambda _: pytest.fail("an article ran its script"))
    exchange = ask(tab, "What did the mayor of the quay write on a wall?")
    expect(exchange.locator(".claim").first).to_contain_text(HOSTILE)
    exchange.locator(".marker").first.click()
    expect(panel(tab).locator("article")).to_contain_text(HOSTILE)
    assert tab.locator(".asking :is(img, script, a)").count() == 0
    hostile = tab.evaluate("Object.values(localStorage).join('').includes('onerror')")
    assert hostile  # it is kept as it is, so that it is shown as it is
    tab.reload()
    expect(tab.locator(".claim").first).to_contain_text(HOSTILE)
    assert tab.locator(".asking :is(img, script, a)").count() == 0


def test_a_reload_loses_neither_conversation_nor_draft(come: Come) -> None:
    tab = come().open()
    ask(tab, BASIN)
    tab.get_by_label("Your question").fill("Half a quest")
    tab.reload()
    expect(tab.locator(".exchange")).to_have_count(1)
    expect(tab.locator(".exchange .marker").first).to_be_visible()
    expect(tab.get_by_label("Your question")).to_have_value("Half a quest")


def test_conversations_are_listed_renamed_deleted_and_brought_back(come: Come) -> None:
    tab = come().open()
    ask(tab, BASIN)
    tab.get_by_role("button", name="New", exact=True).click()
    expect(tab.locator(".exchange")).to_have_count(0)
    ask(tab, "How many ferries sail at dawn?")
    talks = tab.get_by_role("button", name="Conversations")
    talks.click()
    titles = tab.locator("#talks .title")
    expect(titles).to_have_text(["How many ferries sail at dawn?", BASIN])
    tab.get_by_role("button", name=f"Rename “{BASIN}”").click()
    tab.get_by_label("New title").fill("Basins")
    tab.keyboard.press("Enter")
    expect(titles).to_have_text(["How many ferries sail at dawn?", "Basins"])
    tab.get_by_role("button", name="Delete “Basins”").click()
    expect(titles).to_have_count(1)
    tab.get_by_role("button", name="Undo").click()
    talks.click()
    tab.get_by_role("button", name="Basins", exact=True).click()
    expect(tab.locator(".exchange .question")).to_have_text([BASIN])


@pytest.mark.parametrize(("style", "suffix"), [("As Markdown", ".md"), ("As JSON", ".json")])
def test_a_conversation_is_exported_with_its_citations(come: Come, style: str, suffix: str) -> None:
    tab = come().open()
    ask(tab, BASIN)
    tab.get_by_role("button", name="Export").click()
    with tab.expect_download() as download:
        tab.get_by_role("button", name=style).click()
    assert download.value.suggested_filename.endswith(suffix)
    text = Path(download.value.path()).read_text("utf-8")
    assert QUOTE in text
    if suffix == ".json":
        (kept,) = json.loads(text)["exchanges"]
        assert kept["citations"][0]["article"]["publisher"] == "The Gazette"


def test_an_answer_is_copied_with_its_citations(come: Come) -> None:
    visitor = come()
    visitor.context.grant_permissions(["clipboard-read", "clipboard-write"])
    tab = visitor.open()
    ask(tab, BASIN).get_by_role("button", name="Copy").first.click()
    expect(tab.locator(".notice")).to_contain_text("Copied")
    copied = tab.evaluate("navigator.clipboard.readText()")
    assert QUOTE in copied
    assert "The Gazette, 3 Mar 2025" in copied


def test_the_sources_are_stepped_through(come: Come) -> None:
    tab = come().open()
    exchange = ask(tab, SEVERAL)
    exchange.locator(".marker").first.click()
    place, quote = panel(tab).locator(".place"), panel(tab).locator("mark")
    previous = panel(tab).get_by_role("button", name="Previous")
    following = panel(tab).get_by_role("button", name="Next")
    expect(place).to_have_text(re.compile("1 of [2-9]"))
    expect(previous).to_be_disabled()
    first = quote.inner_text()
    following.click()
    expect(place).to_have_text(re.compile("2 of [2-9]"))
    expect(quote).not_to_have_text(first)
    expect(quote).to_be_in_viewport()
    previous.click()
    expect(quote).to_have_text(first)


def test_a_conversation_outlives_the_server(come: Come, tmp_path: Path) -> None:
    config = config_in(tmp_path)
    write_files(config, FILES)
    build_index(config, embedder=FakeEmbedder())
    with serving_folder(tmp_path) as up:
        visitor = come(served=up)
        visitor.expected = (*LEAVING, "ERR_CONNECTION_REFUSED|ERR_INCOMPLETE|Failed to fetch")
        tab = visitor.open()
        ask(tab, BASIN)
    with serving_folder(tmp_path, port=urlsplit(up.url).port or 0):
        tab.goto(up.url)
        expect(tab.locator(".exchange .marker").first).to_be_visible()
        ask(tab, "How many ferries sail at dawn?")
        expect(tab.locator(".exchange")).to_have_count(2)


def test_two_tabs_keep_both_conversations(come: Come) -> None:
    visitor = come()
    one, other = visitor.open(), visitor.open()
    ask(one, BASIN)
    ask(other, "How many ferries sail at dawn?")
    one.get_by_role("button", name="Conversations").click()
    expect(one.locator("#talks .title")).to_have_count(2)


def test_two_browsers_at_once_see_only_their_own(come: Come) -> None:
    one, other = come().open(), come("dark").open()
    for tab, question in ((one, BASIN), (other, "How many ferries sail at dawn?")):
        tab.get_by_label("Your question").fill(question)
        tab.keyboard.press("Enter")
    answered(one, BASIN)
    answered(other, "How many ferries sail at dawn?")
    for tab in (one, other):
        expect(tab.locator(".exchange")).to_have_count(1)


def test_a_verdict_is_kept(come: Come) -> None:
    visitor = come()
    tab = visitor.open()
    exchange = ask(tab, BASIN)
    exchange.get_by_role("button", name="Not good").click()
    exchange.get_by_role("button", name="Wrong evidence").click()
    expect(tab.locator(".notice")).to_contain_text("Thank you")
    assert (visitor.served.folder / "data" / "feedback.sqlite").exists()


def test_on_a_phone_the_sources_are_a_sheet_that_back_closes(come: Come) -> None:
    tab = come("phone").open()
    exchange = ask(tab, BASIN)
    expect(panel(tab)).to_be_hidden()
    exchange.locator(".marker").first.tap()
    expect(panel(tab).locator("mark")).to_be_in_viewport()
    tab.go_back()
    expect(panel(tab)).to_be_hidden()
    expect(exchange.locator(".marker").first).to_be_visible()
    exchange.get_by_role("button", name=re.compile("source")).last.tap()
    expect(panel(tab).locator(".card").first).to_be_visible()
    panel(tab).get_by_role("button", name="Close").tap()
    expect(panel(tab)).to_be_hidden()


@pytest.mark.parametrize("width", [320, 640])  # 640 is 1280 at 200 % zoom
def test_nothing_is_cut_off_on_a_narrow_page(come: Come, width: int) -> None:
    tab = come().open()
    tab.set_viewport_size({"width": width, "height": 500})
    ask(tab, BASIN).locator(".marker").first.click()
    expect(panel(tab).locator("mark")).to_be_in_viewport()
    wide = "document.documentElement.scrollWidth <= document.documentElement.clientWidth"
    assert tab.evaluate(wide)


@pytest.mark.parametrize("look", ["desktop", "dark", "phone"])
def test_no_barriers_stand_in_the_way(come: Come, look: Look) -> None:
    tab = come(look).open()
    expect(tab.locator(".fresh")).to_contain_text("3 articles")
    assert barriers(tab) == []
    exchange = ask(tab, BASIN)
    exchange.locator(".marker").first.hover()
    assert barriers(tab) == []
    exchange.locator(".marker").first.click()
    expect(panel(tab).locator("mark")).to_be_in_viewport()
    assert barriers(tab) == []


def test_an_answer_can_be_stopped_and_asked_for_again(come: Come) -> None:
    visitor = come()
    visitor.expected = ("422",)  # nothing to cancel: the server was never asked
    tab = visitor.open()
    tab.route("**/queue/join*", lambda _: None)  # it never comes to an answer
    tab.get_by_label("Your question").fill(BASIN)
    tab.keyboard.press("Enter")
    tab.get_by_role("button", name="Stop").click()
    exchange = tab.locator(".exchange")
    expect(exchange.locator(".told")).to_have_text("Stopped.")
    tab.unroute_all(behavior="ignoreErrors")
    exchange.get_by_role("button", name="Ask again").click()
    answered(tab, BASIN)
    expect(tab.locator(".exchange")).to_have_count(1)


def test_a_browser_that_is_offline_says_so_and_keeps_what_was_typed(come: Come) -> None:
    visitor = come()
    tab = visitor.open()
    tab.get_by_label("Your question").fill("Half a quest")
    visitor.context.set_offline(True)
    expect(tab.locator(".notice")).to_contain_text("You are offline")
    visitor.context.set_offline(False)
    expect(tab.locator(".notice")).to_contain_text("online again")
    expect(tab.get_by_label("Your question")).to_have_value("Half a quest")


def test_without_an_index_the_page_offers_to_build_it(come: Come, tmp_path: Path) -> None:
    config = config_in(tmp_path)
    write_files(config, FILES)
    with serving_folder(tmp_path) as up:
        tab = come(served=up).open()
        expect(tab.locator(".fresh")).to_contain_text("There is no index of the articles yet.")
        tab.get_by_label("Your question").fill(BASIN)
        tab.keyboard.press("Enter")
        expect(tab.get_by_role("alert")).to_contain_text("Build it, then ask.")
        expect(tab.get_by_label("Your question")).to_have_value(BASIN)
        tab.get_by_role("alert").get_by_role("button", name="Build the index").click()
        expect(tab.locator("#keeping")).to_contain_text("3 articles")
        tab.get_by_role("tab", name="Ask").click()
        ask(tab, "How many ferries sail at dawn?")


def test_a_server_that_is_gone_is_told_once_and_what_was_typed_is_kept(come: Come) -> None:
    visitor = come()
    visitor.expected = ("ERR_FAILED|Failed to fetch|reading 'value'|TypeError",)
    tab = visitor.open()
    expect(tab.locator(".fresh")).to_contain_text("3 articles")
    tab.route("**/gradio_api/**", lambda route: route.abort())
    tab.get_by_label("Your question").fill(BASIN)
    tab.keyboard.press("Enter")
    expect(tab.get_by_role("alert").filter(visible=True)).to_have_count(1)
    expect(tab.locator(".exchange [role=alert]")).to_contain_text("does not answer")
    expect(tab.get_by_label("Your question")).to_have_value(BASIN)
    tab.unroute_all(behavior="ignoreErrors")
    tab.reload()  # as Gradio does by itself, once the server is back
    expect(tab.get_by_label("Your question")).to_have_value(BASIN)
    ask(tab, BASIN)


def test_on_a_full_disk_questions_are_answered_and_nothing_that_was_typed_is_lost(
    come: Come, tmp_path: Path
) -> None:
    with small_disk(tmp_path / "disk", mib=2) as disk, serving_doubles(FILES, disk.folder) as up:
        tab = come(served=up).open()
        disk.fill()
        exchange = ask(tab, BASIN)
        exchange.get_by_role("button", name="Good", exact=True).click()
        expect(tab.locator(".notice")).to_contain_text("The disk is full.")
        tab.get_by_role("tab", name="Articles").click()
        tab.get_by_role("button", name="Add articles").click()
        tab.get_by_role("radio", name="pasted text").check()
        text = tab.get_by_label("Text", exact=True)
        text.fill("The lighthouse was lit.")
        tab.get_by_role("button", name="Add this text").click()
        expect(tab.locator(".keeping .told")).to_contain_text("was not added. The disk is full.")
        expect(text).to_have_value("The lighthouse was lit.")
        disk.clear()
        tab.get_by_role("button", name="Add this text").click()
        expect(tab.locator(".keeping .told")).to_contain_text("1 added")


def test_a_damaged_index_is_told_in_words(come: Come, tmp_path: Path) -> None:
    config = config_in(tmp_path)
    write_files(config, FILES)
    build_index(config, embedder=FakeEmbedder())
    (catalog,) = config.index.path.glob("*/catalog.sqlite")
    catalog.chmod(0o644)
    catalog.write_bytes(b"not a database")
    with serving_folder(tmp_path) as up:
        tab = come(served=up).open()
        expect(tab.locator(".fresh")).to_contain_text("The index is damaged.")
        expect(tab.locator(".fresh").get_by_role("button", name="Build the index")).to_be_visible()


def test_another_language_covers_the_page(come: Come) -> None:
    tab = come().open()
    ask(tab, BASIN)
    tab.get_by_role("combobox", name="Language").select_option("fr")
    expect(tab.get_by_role("tab").first).not_to_have_text("Ask")
    expect(tab.locator("html")).to_have_attribute("lang", "fr")
    expect(tab.locator(".exchange .verdict")).not_to_contain_text("Checked")
    expect(tab.locator(".exchange .claim").first).to_contain_text("third basin")
