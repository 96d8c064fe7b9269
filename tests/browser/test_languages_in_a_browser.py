"""The page in each of its languages."""

import pytest
from browsing import Come, Served, barriers, log_in
from playwright.sync_api import Page, ViewportSize, expect

from mssqa.apps.web.wording import ENGLISH, languages, wording

SMALLEST: ViewportSize = {"width": 320, "height": 640}  # of the phones in use
OUTSIDE = """() => [...document.querySelectorAll('button, label, h1, h2, h3, p, select, input')]
    .filter((each) => each.getBoundingClientRect().right > innerWidth + 1)
    .map((each) => each.outerHTML.slice(0, 200))"""
OVER_THE_WAY_OUT = """() => {
    const way = document.querySelector('.leave button').getBoundingClientRect();
    return [...document.querySelectorAll('[role=tab], .masthead h1, .masthead select')]
        .filter((each) => {
            const box = each.getBoundingClientRect();
            return box.right > way.left && box.left < way.right
                && box.bottom > way.top && box.top < way.bottom;
        })
        .map((each) => each.outerHTML.slice(0, 200));
}"""
FOREIGN = [code for code in languages() if code != ENGLISH]


def choose(page: Page, language: str) -> None:
    page.get_by_label("Language").select_option(language)
    expect(page.locator("html")).to_have_attribute("lang", language)


@pytest.mark.parametrize("language", FOREIGN)
def test_the_page_speaks_the_language_that_is_chosen(
    served: Served, come: Come, language: str
) -> None:
    page = come(served=served).open()
    choose(page, language)
    words = wording(language)
    expect(page).to_have_title(words("page.title"))
    expect(page.get_by_role("tab", name=words("page.articles"))).to_be_visible()
    page.get_by_label(words("ask.question")).fill("Which third basin did the harbour open?")
    page.get_by_role("button", name=words("ask.send"), exact=True).click()
    expect(page.get_by_text(words("ask.other_language"))).to_be_visible()
    assert barriers(page) == []


@pytest.mark.parametrize("language", languages())
def test_everything_fits_the_smallest_phone(served: Served, come: Come, language: str) -> None:
    page = come("phone", served=served).open()
    page.set_viewport_size(SMALLEST)
    if language != ENGLISH:
        choose(page, language)
    words = wording(language)
    expect(page.get_by_role("heading", name=words("ask.welcome"))).to_be_visible()
    assert page.evaluate(OUTSIDE) == []
    page.get_by_role("tab", name=words("page.articles")).click()
    page.get_by_role("button", name=words("articles.add"), exact=True).click()
    expect(page.get_by_text(words("articles.address"), exact=True)).to_be_hidden()
    assert page.evaluate(OUTSIDE) == []


@pytest.mark.parametrize("language", languages())
def test_the_way_out_has_room_on_the_smallest_phone(
    with_users: Served, come: Come, language: str
) -> None:
    page = log_in(come("phone", served=with_users), "amina")
    page.set_viewport_size(SMALLEST)
    if language != ENGLISH:
        choose(page, language)
    out = page.get_by_role("button", name=wording(language)("page.log_out"))
    expect(out).to_be_visible()
    assert page.evaluate(OUTSIDE) == []
    assert page.evaluate(OVER_THE_WAY_OUT) == []
