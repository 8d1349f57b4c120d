"""Can everybody read and use every page: at two widths, light and dark, without script, by keyboard?"""

from __future__ import annotations

from itertools import product

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import WIDTHS, OpenVisit, axe, overflow, walk
from tests.browser.pages import PAGES, Opened
from tests.turns import part_of, turn

EVERY_PAGE = pytest.mark.parametrize("opened", PAGES, ids=lambda opened: opened.route)
# Every thirteenth page at each change, others from day to day, and all of them by `make slow`: opening one takes seconds. An odd
# number, so that each day's pages are asked in both looks.
FEW = part_of(PAGES, 13, turn())
SOME_PAGES = pytest.mark.parametrize(
    "opened", [pytest.param(one, marks=() if one in FEW else pytest.mark.slow, id=one.route) for one in PAGES]
)

# What the page shows and what it holds folded away, a line each.
WITH_FOLDED = """main => main.innerText + [...main.querySelectorAll('*')].flatMap(e => [...e.childNodes])
  .filter(node => node.nodeType === Node.TEXT_NODE).map(node => node.data.trim().replace(/\\s+/g, ' ')).join('\\n')"""
LOOKS = tuple(product(WIDTHS, ("light", "dark")))
# At each change page after page in one of the two looks that differ most; in all four by `make slow`.
AT_EACH_CHANGE = (("desk", "light"), ("phone", "dark"))


def look_of(opened: Opened) -> tuple[str, str]:
    """The look in which a page is asked at each change."""
    return AT_EACH_CHANGE[PAGES.index(opened) % len(AT_EACH_CHANGE)]


@SOME_PAGES
def test_everybody_can_use_the_page(opened: Opened, visit: OpenVisit) -> None:
    """In one visit, since opening is what takes time: by keyboard, axe in one look, and the same words without script."""
    width, scheme = look_of(opened)
    one = visit(opened.user, width=width, scheme=scheme, stays=True)
    page = one.go(opened.path, opened.status)
    assert complaints_of(page, f"{width}, {scheme}") == {}
    # No script asks how wide the window is: a page that is made wider is as one that was opened so.
    one.look_at(*AT_EACH_CHANGE[0])
    said = page.locator("main").evaluate(WITH_FOLDED if opened.unfolds else "main => main.innerText")
    check_keyboard(page)
    if not opened.changes:
        check_without_script(visit(opened.user, script=False, stays=True).go(opened.path, opened.status), said)


@pytest.mark.slow
@EVERY_PAGE
def test_the_other_looks_are_accessible(opened: Opened, visit: OpenVisit) -> None:
    one = visit(opened.user, stays=True)
    wrong: dict[str, list[str]] = {}
    for width, scheme in LOOKS:
        if (width, scheme) != look_of(opened):
            one.look_at(width, scheme)
            wrong |= complaints_of(one.go(opened.path, opened.status), f"{width}, {scheme}")
    assert wrong == {}


def complaints_of(page: Page, look: str) -> dict[str, list[str]]:
    """What is wrong with the page in this look; nothing where nothing is."""
    assert page.locator("h1").count() == 1
    found = axe(page) + ([f"{overflow(page)} pixels too wide"] if overflow(page) > 0 else [])
    return {look: found} if found else {}


def check_without_script(page: Page, said: str) -> None:
    # Script may add ways to look, such as Explore; it may not be needed to see a figure.
    without = page.locator("main").inner_text()
    assert [line for line in without.split("\n") if line.strip() and line not in said] == []
    assert without.strip()


def check_keyboard(page: Page) -> None:
    wanted = page.locator("a[href]:visible, button:visible:not([disabled]), summary:visible, select:visible").count()
    stops = walk(page)
    assert stops[0].name == "Skip to the content"
    assert [stop for stop in stops if not stop.seen] == []
    assert [stop for stop in stops if not stop.ring] == []
    assert [stop.order for stop in stops] == sorted(stop.order for stop in stops)
    assert sum(stop.tag in {"A", "BUTTON", "SUMMARY", "SELECT"} for stop in stops) >= wanted


@pytest.mark.parametrize("width", ["desk", "phone"])
def test_targets_are_large_enough_for_a_finger(width: str, visit: OpenVisit) -> None:
    page = visit("leader", width=width).go("/teams/{team}/")
    small = page.evaluate(
        """() => [...document.querySelectorAll('button, select, input:not([type=hidden]), summary')]
        .map(e => [e.outerHTML.slice(0, 80), e.getBoundingClientRect()])
        .filter(([, b]) => b.width && (b.width < 24 || b.height < 24)).map(([text]) => text)"""
    )
    assert small == []
