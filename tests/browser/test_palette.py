"""Is the search over the page worked by keyboard, told to a screen reader, and gone when one is done with it?"""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import expect

from tests.browser.conftest import WIDTHS, OpenVisit, axe, overflow


def test_search_is_worked_by_keyboard(visit: OpenVisit) -> None:
    page = visit("boss").go("/measures/")
    page.locator("#open-palette").focus()
    page.keyboard.press("Control+k")
    asked = page.get_by_role("combobox")
    expect(asked).to_be_focused()
    expect(page.get_by_role("option", name="Centre", exact=True)).to_be_visible()
    page.keyboard.type("handle")
    expect(page.locator("#palette-said")).to_contain_text("found")
    first = page.get_by_role("option", name="handle time", exact=False).first
    expect(first).to_have_attribute("aria-selected", "true")
    before = asked.get_attribute("aria-activedescendant")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("ArrowUp")
    assert asked.get_attribute("aria-activedescendant") == before
    address = page.locator(f"#{before}").get_attribute("href")
    page.keyboard.press("Enter")
    page.wait_for_url(f"**{address}")


def test_escape_gives_the_place_back(visit: OpenVisit) -> None:
    page = visit("leader").go("/teams/")
    page.locator("#open-palette").click()
    expect(page.get_by_role("combobox")).to_be_focused()
    page.keyboard.type("no such thing at all")
    expect(page.locator("#palette-said")).to_have_text("Nothing that you may open has this in its name.")
    expect(page.get_by_role("combobox")).to_have_attribute("aria-expanded", "false")
    page.keyboard.press("Escape")
    if page.locator("#palette").is_visible():  # the first Escape empties a search field
        page.keyboard.press("Escape")
    expect(page.locator("#palette")).to_be_hidden()
    expect(page.locator("#open-palette")).to_be_focused()


def test_without_script_search_is_a_page(visit: OpenVisit) -> None:
    page = visit("leader", script=False).go("/teams/")
    page.locator("#open-palette").click()
    page.get_by_label("A part of its name").fill("transfer")
    page.get_by_role("main").get_by_role("button", name="Search").click()
    page.get_by_role("link", name="Transfer rate", exact=True).click()
    expect(page.get_by_role("heading", level=1)).to_contain_text("Transfer rate")


@pytest.mark.parametrize("user", ["boss", "agent"])
def test_the_open_search_is_accessible(user: str, visit: OpenVisit) -> None:
    one = visit(user)
    for width, scheme in product(WIDTHS, ("light", "dark")):
        one.look_at(width, scheme)
        page = one.go("/measures/")
        page.locator("#open-palette").click()
        page.get_by_role("combobox").fill("a")
        expect(page.get_by_role("option").first).to_be_visible()
        expect(page.locator("[aria-selected=true]")).to_have_count(1)
        assert axe(page) == []
        assert overflow(page) <= 0
