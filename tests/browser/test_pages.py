"""Can everybody read and use every page: at two widths, light and dark, without script, by keyboard?"""

from __future__ import annotations

from itertools import product

import pytest

from tests.browser.conftest import WIDTHS, OpenVisit, axe, overflow, walk
from tests.browser.pages import PAGES, Opened

EVERY_PAGE = pytest.mark.parametrize("opened", PAGES, ids=lambda opened: opened.route)


# At each change the two that differ most; all four by `make slow`.
AT_EACH_CHANGE = (("desk", "light"), ("phone", "dark"))
THE_OTHERS = tuple(one for one in product(WIDTHS, ("light", "dark")) if one not in AT_EACH_CHANGE)


@EVERY_PAGE
@pytest.mark.parametrize(
    "looks",
    [
        pytest.param(AT_EACH_CHANGE, id="at each change"),
        pytest.param(THE_OTHERS, id="the others", marks=pytest.mark.slow),
    ],
)
def test_page_is_accessible(opened: Opened, looks: tuple[tuple[str, str], ...], visit: OpenVisit) -> None:
    one = visit(opened.user)
    wrong: dict[str, list[str]] = {}
    for width, scheme in looks:
        one.look_at(width, scheme)
        page = one.go(opened.path, opened.status)
        assert page.locator("h1").count() == 1
        found = axe(page) + ([f"{overflow(page)} pixels too wide"] if overflow(page) > 0 else [])
        if found:
            wrong[f"{width}, {scheme}"] = found
    assert wrong == {}


@pytest.mark.parametrize("opened", [one for one in PAGES if not one.changes], ids=lambda opened: opened.route)
def test_page_says_the_same_without_script(opened: Opened, visit: OpenVisit) -> None:
    with_script = visit(opened.user).go(opened.path, opened.status).locator("main").inner_text()
    without = visit(opened.user, script=False).go(opened.path, opened.status).locator("main").inner_text()
    # Script may add ways to look, such as Explore; it may not be needed to see a figure.
    assert [line for line in without.split("\n") if line.strip() and line not in with_script] == []
    assert without.strip()


@EVERY_PAGE
def test_keyboard_reaches_everything(opened: Opened, visit: OpenVisit) -> None:
    page = visit(opened.user).go(opened.path, opened.status)
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
