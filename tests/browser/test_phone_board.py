"""Is a team's board on a phone a list of short cards, with what needs a look first and everything within reach?"""

from __future__ import annotations

import pytest

from tests.browser.conftest import OpenVisit, axe, overflow

BOARD = "/teams/{team}/"
COMPARED = BOARD + "?compare=before"
# The cards of ten people, and all of it opened: what the folds save.
MOST_OF_OPENED = 0.5
HEIGHT = "() => document.querySelector('#board tbody').getBoundingClientRect().height"
OPEN_ALL = "() => document.querySelectorAll('.fold').forEach((fold) => { fold.open = true; })"


@pytest.mark.parametrize("script", [True, False])
def test_cards_show_what_needs_a_look_and_open_to_the_rest(script: bool, visit: OpenVisit) -> None:
    page = visit("leader", width="phone", script=script).go(COMPARED)
    card = page.locator("tr.person").filter(has=page.locator("td.below")).first
    assert card.locator("td.below:visible").count() == card.locator("td.below").count()
    assert card.locator("td:visible").count() == card.locator("td.below").count()
    card.locator("summary").click()
    assert card.locator("td:visible").count() == card.locator("td").count()
    first = card.locator("td.below").first.bounding_box()
    others = [cell.bounding_box() for cell in card.locator("td:not(.below)").all()]
    assert first is not None
    assert all(box is not None and box["y"] >= first["y"] for box in others)


def test_cards_are_short(visit: OpenVisit) -> None:
    page = visit("leader", width="phone").go(COMPARED)
    folded = page.evaluate(HEIGHT)
    page.evaluate(OPEN_ALL)
    print("board on a phone:", folded, "of", page.evaluate(HEIGHT))
    assert folded < MOST_OF_OPENED * page.evaluate(HEIGHT)


def test_the_order_is_chosen_without_script_and_keeps_the_question(visit: OpenVisit) -> None:
    page = visit("leader", width="phone", script=False).go(COMPARED)
    names = page.locator("tr.person th a")
    before = names.all_inner_texts()
    page.get_by_label("In the order of").select_option(label="Contacts handled, highest first")
    page.get_by_role("button", name="Sort", exact=True).click()
    assert "compare=before" in page.url and "sort=-contacts_handled" in page.url
    assert sorted(names.all_inner_texts()) == sorted(before) != names.all_inner_texts()
    assert page.get_by_label("In the order of").input_value() == "-contacts_handled"


def test_at_a_desk_the_table_is_whole(visit: OpenVisit) -> None:
    page = visit("leader").go(COMPARED)
    assert page.locator(".fold:visible, .order:visible").count() == 0
    assert page.locator("tr.person td:visible").count() == page.locator("tr.person td").count()


def test_open_cards_are_accessible(visit: OpenVisit) -> None:
    one = visit("leader", width="phone")
    for scheme in ("light", "dark"):
        one.look_at("phone", scheme)
        page = one.go(COMPARED)
        page.locator("tr.person summary").first.click()
        assert axe(page) == []
        assert overflow(page) <= 0
