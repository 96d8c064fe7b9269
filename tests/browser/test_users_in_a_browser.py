"""Several people at one browser, each with a name of their own."""

from browsing import LEAVING, Come, Served, log_in
from playwright.sync_api import Page, expect

BASIN = "Which third basin did the harbour open?"
FERRIES = "How many ferries sail at dawn?"


def ask(page: Page, question: str) -> None:
    page.get_by_label("Your question").fill(question)
    page.keyboard.press("Enter")
    expect(page.locator(".exchange .verdict").last).to_be_visible()


def kept(page: Page) -> list[str]:
    """The titles of the conversations that the page lists."""
    page.get_by_role("button", name="Conversations").click()
    expect(page.locator("#talks")).to_be_visible()
    return page.locator("#talks .title").all_inner_texts()


def log_out(page: Page) -> None:
    page.get_by_role("button", name="Log out").click()
    expect(page.get_by_label("Password")).to_be_visible()


def test_who_logs_out_is_asked_to_log_in_again(come: Come, with_users: Served) -> None:
    page = log_in(come(served=with_users), "amina")
    log_out(page)
    page.goto(with_users.url)
    expect(page.get_by_label("Password")).to_be_visible()


def test_conversations_and_drafts_are_for_who_wrote_them_and_come_back_to_them(
    come: Come, with_users: Served
) -> None:
    visitor = come(served=with_users)
    visitor.expected = LEAVING
    page = log_in(visitor, "amina")
    ask(page, BASIN)
    page.get_by_label("Your question").fill("Half a quest")
    log_out(page)
    page.go_back()
    expect(page.get_by_label("Password")).to_be_visible()
    page.close()

    page = log_in(visitor, "ruth")
    expect(page.get_by_label("Your question")).to_have_value("")
    assert kept(page) == []
    ask(page, FERRIES)
    log_out(page)
    page.close()

    page = log_in(visitor, "amina")
    assert kept(page) == [BASIN]


def test_the_tabs_of_one_browser_are_all_of_the_same_user(come: Come, with_users: Served) -> None:
    visitor = come(served=with_users)
    visitor.expected = LEAVING
    first = log_in(visitor, "amina")
    ask(first, BASIN)
    second = visitor.open()
    log_out(second)
    expect(first.get_by_label("Password")).to_be_visible()
    assert "?" not in first.url  # nor is the question handed on
    log_in(visitor, "ruth")
    first.goto(with_users.url)
    expect(first.get_by_role("button", name="Log out")).to_be_visible()
    expect(first.locator(".exchange")).to_have_count(0)
