"""Is what chance drew begun by one key, without looking for anything?"""

from __future__ import annotations

from tests.browser.conftest import OpenVisit


def test_the_oldest_drawn_contact_is_begun_by_one_key(visit: OpenVisit) -> None:
    page = visit("analyst", stays=True).go("/evaluations/queue/")
    drawn = page.get_by_role("region", name="Drawn for you")
    heading = drawn.get_by_role("heading").inner_text()
    first, second = (drawn.get_by_role("button", name="Begin ").nth(place).inner_text() for place in (0, 1))
    page.keyboard.press("n")
    page.wait_for_url("**/mark/")
    page = visit("analyst", stays=True).go("/evaluations/queue/")
    assert drawn.get_by_role("heading").inner_text() != heading
    now = drawn.get_by_role("button", name="Begin ").first.inner_text()
    assert now == second != first
