"""Is nothing lost while somebody marks a contact: offline, logged out, in two windows, by a second press, on the way back?"""

from __future__ import annotations

import re

import pytest
from playwright.sync_api import Page, expect

from tests.browser.centre import PASSWORD
from tests.browser.conftest import OpenVisit, Visit

HANDED_IN = re.compile(r"/evaluations/\d+/$")
RETRIES_MILLISECONDS = 12_000


def forgive(one: Visit, *words: str) -> None:
    """What the browser is meant to complain about here is no complaint."""
    one.complaints[:] = [said for said in one.complaints if not any(some in said for some in words)]


def answer(page: Page, number: int, option: str) -> None:
    """Choose an answer by the mouse, so that no other question is gone to."""
    page.locator(f'[name="a-q{number}"][value="{option}"]').check()


@pytest.mark.slow
def test_what_cannot_be_saved_stays_on_the_page_and_is_saved_later(visit: OpenVisit) -> None:
    one = visit("analyst")
    page = one.go("/evaluations/{troubled}/mark/")
    page.context.set_offline(True)
    answer(page, 1, "yes")
    expect(page.locator("#unsaved")).to_contain_text("the connection is gone")
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(500)
    assert page.url.endswith("/mark/")
    expect(page.locator('[name="a-q1"][value="yes"]')).to_be_checked()
    page.context.set_offline(False)
    expect(page.locator("#unsaved")).to_be_empty(timeout=RETRIES_MILLISECONDS)
    page.reload()
    expect(page.locator('[name="a-q1"][value="yes"]')).to_be_checked()
    forgive(one, "ERR_INTERNET_DISCONNECTED")


@pytest.mark.slow
def test_who_was_logged_out_logs_in_elsewhere_and_goes_on(visit: OpenVisit) -> None:
    one = visit("analyst")
    page = one.go("/evaluations/{troubled}/mark/")
    page.context.clear_cookies()
    answer(page, 2, "3")
    expect(page.locator("#unsaved")).to_contain_text("you are logged out")
    other = page.context.new_page()
    other.goto(one.centre.address)
    other.get_by_label("User name").fill("analyst")
    other.get_by_label("Password").fill(PASSWORD)
    other.get_by_role("button", name="Log in", exact=True).click()
    other.wait_for_load_state()
    expect(page.locator("#unsaved")).to_be_empty(timeout=RETRIES_MILLISECONDS)
    other.goto(page.url)
    expect(other.locator('[name="a-q2"][value="3"]')).to_be_checked()
    forgive(one, "status of 403")


@pytest.mark.slow
def test_an_older_window_says_so_and_takes_nothing_along(visit: OpenVisit) -> None:
    one = visit("analyst")
    page = one.go("/evaluations/{troubled}/mark/")
    other = page.context.new_page()
    other.goto(page.url)
    saves = other.locator("[name=saves]").input_value()
    other.locator("#words").fill("The newest words")
    expect(other.locator("[name=saves]")).not_to_have_value(saves)
    page.locator("#words").fill("Older words")
    expect(page.locator("#unsaved")).to_contain_text("changed in another window")
    page.keyboard.press("Control+Enter")
    page.wait_for_timeout(500)
    assert page.url.endswith("/mark/")
    other.reload()
    expect(other.locator("#words")).to_have_value("The newest words")
    forgive(one, "status of 409")


def test_a_second_press_and_the_way_back_find_what_was_handed_in(visit: OpenVisit) -> None:
    one = visit("analyst")
    page = one.go("/evaluations/{pressed}/mark/")
    old = page.context.new_page()
    old.goto(page.url)
    for number, option in ((1, "yes"), (2, "3"), (3, "yes")):
        page.locator(f'[name="a-q{number}"][value="{option}"]').evaluate("one => one.click()")
    page.keyboard.press("Control+Enter")
    page.keyboard.press("Control+Enter")
    page.wait_for_url(HANDED_IN)
    expect(page.locator("#score")).to_be_visible()
    page.go_back()
    page.wait_for_url(HANDED_IN)
    expect(page.locator("#score")).to_be_visible()
    old.locator('[name="a-q1"][value="no"]').evaluate("one => one.click()")
    expect(old.locator("#unsaved")).to_contain_text("was handed in, in another window")
    forgive(one, "status of 409")
