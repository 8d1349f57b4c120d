"""Is daily work done by single keys, told to everybody, and out of the way of whoever types or wants none?"""

from __future__ import annotations

from itertools import product

from playwright.sync_api import Page, expect

from tests.browser.conftest import WIDTHS, OpenVisit, axe, overflow

HELP = "#keys"


def focused(page: Page) -> str:
    """The text of the part that has the focus."""
    return str(page.evaluate("document.activeElement.textContent.trim()"))


def test_a_leader_goes_through_her_board_by_keys(visit: OpenVisit) -> None:
    page = visit("leader").go("/teams/{team}/")
    names = page.locator("#board tbody th a").all_inner_texts()
    page.keyboard.press("f")
    expect(page.get_by_label("Period", exact=True)).to_be_focused()
    page.keyboard.press("j")  # a letter in a list of choices is the list's own
    expect(page.get_by_label("Period", exact=True)).to_be_focused()
    page.locator("#board thead a").first.focus()
    page.keyboard.press("j")
    assert focused(page) == names[0]
    page.keyboard.press("j")
    assert focused(page) == names[1]
    page.keyboard.press("k")
    assert focused(page) == names[0]
    page.keyboard.press("Enter")
    expect(page.get_by_role("heading", level=1)).to_contain_text(names[0])
    page.keyboard.press("u")
    expect(page.locator("#board")).to_be_visible()
    page.keyboard.press("b")
    page.wait_for_url("**from=**")
    page.keyboard.press("s")
    expect(page.locator("#view-name")).to_be_focused()
    page.keyboard.type("gh?")
    expect(page.locator("#view-name")).to_have_value("gh?")


def test_two_keys_lead_to_a_page(visit: OpenVisit) -> None:
    page = visit("boss").go("/centre/")
    page.keyboard.press("g")
    expect(page.locator("#keys-begun")).to_contain_text("m Measures")
    page.keyboard.press("Escape")
    expect(page.locator("#keys-begun")).to_be_empty()
    page.keyboard.press("g")
    page.keyboard.press("m")
    page.wait_for_url("**/measures/")
    page.keyboard.press("/")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    page.keyboard.press("g")
    page.keyboard.press("p")
    page.wait_for_url("**/people/")
    page.keyboard.press("/")
    expect(page.locator("#q")).to_be_focused()


def test_help_tells_the_keys_of_this_page_and_of_all(visit: OpenVisit) -> None:
    for user, path, first in (
        ("boss", "/centre/", "To the files to take along"),
        ("agent", "/measures/", "The next row"),
    ):
        one = visit(user)
        for width, scheme in product(WIDTHS, ("light", "dark")):
            one.look_at(width, scheme)
            page = one.go(path)
            page.keyboard.press("?")
            expect(page.locator("#keys-here")).to_contain_text(first)
            expect(page.locator(HELP)).to_contain_text("Search everything")
            page.keyboard.press("j")  # nothing behind it moves
            assert page.evaluate("document.activeElement.closest('#keys') !== null")
            assert axe(page) == []
            assert overflow(page) <= 0
            page.keyboard.press("Escape")
            expect(page.locator(HELP)).to_be_hidden()


def test_keys_are_told_where_they_work_and_changed_by_a_form(visit: OpenVisit) -> None:
    page = visit("leader").go("/measures/average_handle_time/")
    period = page.get_by_label("Period", exact=True)
    expect(period).to_have_attribute("aria-keyshortcuts", "f")
    expect(page.get_by_role("link", name="Home", exact=True)).to_have_attribute("title", "Key: g h")
    page.locator("footer").get_by_role("link", name="Keyboard").click()
    page.locator(HELP).get_by_role("link", name="Change the keys, or switch them off").click()
    page.get_by_label("To the period and the filters").fill("x")
    page.get_by_role("button", name="Keep these keys").click()
    page.get_by_text("Kept. The keys hold").wait_for()
    page.go_back()
    page.goto(page.url.replace("/keyboard/", "/measures/average_handle_time/"))
    page.keyboard.press("f")
    page.keyboard.press("x")
    expect(period).to_be_focused()
    page.goto(page.url.replace("/measures/average_handle_time/", "/keyboard/"))
    page.get_by_label("Single keys work").uncheck()
    page.get_by_role("button", name="Keep these keys").click()
    page.get_by_text("Kept. The keys hold").wait_for()
    page.keyboard.press("?")
    page.keyboard.press("g")
    page.keyboard.press("h")
    expect(page.locator(HELP)).to_be_hidden()
    expect(page.get_by_role("link", name="Home", exact=True)).not_to_have_attribute("title", "Key: g h")
    page.keyboard.press("Control+k")
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    page.get_by_role("button", name="All as at first").click()
    page.get_by_text("The keys are as they were at first.").wait_for()
    page.keyboard.press("?")
    expect(page.locator(HELP)).to_be_visible()


def test_without_script_the_keys_are_a_page(visit: OpenVisit) -> None:
    page = visit("leader", script=False).go("/teams/")
    page.locator("footer").get_by_role("link", name="Keyboard").click()
    expect(page.get_by_label("The next row")).to_have_value("j")
