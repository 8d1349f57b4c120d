"""Does a calibration session go by keys and buttons from the first blind mark to what was agreed?"""

from __future__ import annotations

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import OpenVisit, axe, overflow

# What can be moved sideways within the page, because it is wider than its place.
WIDER = "() => [...document.querySelectorAll('.scroll')].filter((one) => one.scrollWidth > one.clientWidth).length"


def test_marks_of_a_calibration_are_read_without_moving_them_sideways(visit: OpenVisit) -> None:
    page = visit("analyst", width="phone").go("/calibration/{calibration}/")
    assert page.locator("table.raters td[data-label='analyst']:visible").count() > 0
    assert page.evaluate(WIDER) == 0 and overflow(page) <= 0 and axe(page) == []


@pytest.mark.slow
def test_a_session_is_marked_blind_and_talked_over(visit: OpenVisit) -> None:
    page = visit("analyst").go("/calibration/{calibration_story}/")
    page.keyboard.press("n")
    page.wait_for_url("**/mark/")
    # A miss, its cause, what was heard, and all else met: by keys alone.
    for key in ("2", "1"):
        page.keyboard.press(key)
    page.keyboard.type("Never a name")
    for key in ("Enter", "3", "1", "Control+Enter"):
        page.keyboard.press(key)
    page.wait_for_url("**/calibration/*/")
    expect(page.locator("main")).to_contain_text("1 of 2 markings are handed in")
    expect(page.locator("main")).not_to_contain_text("Never a name")
    other = visit("keyless", width="phone", scheme="dark").go("/calibration/{calibration_story}/")
    expect(other.locator("main")).not_to_contain_text("Never a name")
    other.get_by_role("button", name="Mark it").click()
    other.locator('[name="a-q1"][value="yes"]').check()
    other.locator('[name="a-q2"][value="3"]').check()
    other.locator("summary", has_text="Safety").click()
    other.locator('[name="a-q3"][value="yes"]').check()
    other.get_by_role("button", name="Hand in").click()
    other.wait_for_url("**/calibration/*/")
    # Now both see both, the most argued question first.
    for one in (page, other):
        one.reload()
        expect(one.locator("tbody th").first).to_contain_text("Greeted by name")
        assert axe(one) == []
    page.get_by_role("link", name="Discuss and fix wording").click()
    expect(page.locator("main")).to_contain_text("Never a name")
    assert axe(page) == []
    page.get_by_role("radio", name="Yes").check()
    page.get_by_label("How is it to be read from now on?").fill("A title and the last name will do.")
    page.get_by_role("button", name="Keep it").click()
    expect(page.locator("main")).to_contain_text("talked over")
    page.get_by_label("Minutes").fill("We heard it twice.")
    page.get_by_role("button", name="Close it").click()
    expect(page.locator("main")).to_contain_text("We heard it twice.")
    page.get_by_role("button", name="Take over as guidance of the form").click()
    page.wait_for_url("**/forms/*/draft/")
    expect(page.locator("main")).to_contain_text("A title and the last name will do.")
