"""Is what chance drew begun by one key, without looking for anything?"""

from __future__ import annotations

from tests.browser.conftest import OpenVisit


def test_the_oldest_drawn_contact_is_begun_by_one_key(visit: OpenVisit) -> None:
    page = visit("analyst", stays=True).go("/evaluations/queue/")
    waiting = page.get_by_role("button", name="Begin ").count()
    page.keyboard.press("n")
    page.wait_for_url("**/mark/")
    page = visit("analyst", stays=True).go("/evaluations/queue/")
    assert page.get_by_role("button", name="Begin ").count() == waiting - 1
