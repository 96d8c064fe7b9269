"""What holds for the whole page, whoever looks at it."""

import pytest
from browsing import Come, Look
from playwright.sync_api import expect


@pytest.mark.parametrize("look", ["desktop", "phone", "dark", "still"])
def test_the_page_opens_asks_no_other_site_and_complains_of_nothing(come: Come, look: Look) -> None:
    page = come(look).open()
    expect(page.get_by_role("heading", level=1)).to_be_visible()
