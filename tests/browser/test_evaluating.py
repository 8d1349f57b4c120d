"""Is a contact evaluated by the keyboard alone, with few keys a question, saved as one goes, and without script as well?"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page, expect

from tests.browser.conftest import OpenVisit

MOST_KEYS = 3


def press(page: Page, *keys: str) -> int:
    """Press these keys, one after the other; how many they were."""
    for key in keys:
        page.keyboard.press(key)
    return len(keys)


def now(page: Page) -> str | None:
    """The code of the question that is being answered."""
    code: str | None = page.evaluate("document.activeElement.closest('fieldset.ask')?.dataset.code ?? null")
    return code


def test_a_contact_is_evaluated_by_keys_alone(visit: OpenVisit) -> None:
    page = visit("analyst").go("/evaluations/{by_keys}/mark/")
    assert now(page) is None, "the page begins where pages begin; keys answer its first question all the same"
    press(page, "2")
    # A miss asks for its cause, by the same keys, and then for what was heard; letters there are letters.
    expect(page.locator("#r-q1")).to_be_focused()
    press(page, "1")
    expect(page.locator("#c-q1")).to_be_focused()
    page.keyboard.type("Not once, 0 to 9: no name")
    press(page, "Enter")
    assert now(page) == "q2"
    press(page, "p")
    assert now(page) == "q1"
    press(page, "n", "3")
    # No other section is open, and what is asked only after a no is asked now.
    assert page.locator("details.section[open]").count() == 1
    assert now(page) == "q3"
    assert "%" not in page.locator("main").inner_text()
    press(page, "2")
    expect(page.locator("#saved")).to_contain_text("saved ")
    page.reload()
    expect(page.locator('[name="a-q3"][value="no"]')).to_be_checked()
    expect(page.locator("#c-q1")).to_have_value("Not once, 0 to 9: no name")
    page.locator("#r-q3").focus()
    press(page, "6")  # the sixth cause: not the agent's
    page.keyboard.type("The system was down")
    press(page, "Enter")
    assert now(page) == "q4"
    press(page, "1", "Control+Enter")
    page.wait_for_url("**/evaluations/*/")
    assert "not held against the agent" in page.locator("main").inner_text()


def test_a_key_answers_nothing_where_somebody_switched_keys_off(visit: OpenVisit) -> None:
    page = visit("keyless").go("/evaluations/{keyless}/mark/")
    expect(page.locator("#next")).to_be_visible()
    press(page, "1")
    assert page.locator("input[type=radio]:checked").count() == 0
    assert page.locator("kbd[data-kbd]:visible").count() == 0


def test_without_script_it_is_a_plain_form(visit: OpenVisit) -> None:
    page = visit("analyst", script=False).go("/evaluations/{plain}/mark/")
    page.get_by_role("group", name="1. Greeted by name").get_by_label("Yes").check()
    page.get_by_role("button", name="Submit, not released").click()
    expect(page.locator(".problems")).to_contain_text("“Listened” is not answered yet.")
    page.locator(".problems").get_by_role("link", name="“Listened”").click()
    page.locator('[name="a-q2"][value="3"]').check()
    page.locator("summary", has_text="Safety").click()
    page.locator('[name="a-q3"][value="yes"]').check()
    page.get_by_role("button", name="Submit, not released").click()
    expect(page.locator("main")).to_contain_text("100%")


@pytest.mark.slow
def test_a_form_of_twenty_takes_at_most_three_keys_a_question(visit: OpenVisit) -> None:
    """What is typed as a comment is counted by nobody; every fourth question is a miss, with its cause."""
    page = visit("analyst").go("/evaluations/{twenty}/mark/")
    asked = []
    for number in range(20):
        code = now(page)
        asked.append(code)
        if number % 4 == 3:
            used = press(page, "2", "1")
            page.keyboard.type("Not heard")
            used += press(page, "Enter")
        else:
            used = press(page, "0" if number % 5 == 2 else "1")
        assert used <= MOST_KEYS
        assert now(page) != code
    assert len(set(asked)) == 20
    press(page, "Control+Enter")
    page.wait_for_url("**/evaluations/*/")
    expect(page.locator(".miss")).to_have_count(5)
