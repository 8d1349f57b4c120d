"""Does a name of two hundred letters without a blank stay within a telephone's window, wherever a page says it?"""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenVisit, overflow
from tests.browser.pages import PAGES, Opened

# Where names stand: as the title, in the way back, in lists and sentences, in what a form is about.
RENAME = """name => document.querySelectorAll('h1, .crumbs a, main li a, main p a, main dd, main legend')
  .forEach(one => { one.textContent = name })"""
NAME = "Ffion O’Brien-Łukasiewicz " + "Llanfairpwllgwyngyll" * 9
ROUTES = ("teams", "agent_page", "agent_trend", "changes")


@pytest.mark.parametrize("opened", [one for one in PAGES if one.route in ROUTES], ids=lambda opened: opened.route)
def test_a_name_without_a_blank_is_broken_on_a_telephone(opened: Opened, visit: OpenVisit) -> None:
    one = visit(opened.user, stays=True)
    one.look_at("phone", "light")
    page = one.go(opened.path, opened.status)
    page.evaluate(RENAME, NAME)
    assert page.locator("h1").inner_text() == NAME
    assert overflow(page) <= 0
