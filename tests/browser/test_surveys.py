"""Does a customer answer on a telephone, by keys alone and without script, and does a manager come to have her asked?"""

from __future__ import annotations

import pytest
from playwright.sync_api import Page

from tests.browser.conftest import OpenVisit, axe, overflow


def focused(page: Page) -> str:
    """What the focus is on: the kind of thing, and its value."""
    return str(page.evaluate("document.activeElement.type + ' ' + document.activeElement.value"))


def test_a_customer_answers_by_keys_alone_and_without_script(visit: OpenVisit) -> None:
    one = visit(width="phone", scheme="dark", script=False)
    page = one.go("/s/{token}/")
    page.get_by_text("Very dissatisfied").wait_for()
    while not focused(page).startswith("radio"):
        page.keyboard.press("Tab")
    page.keyboard.press("ArrowDown")
    assert focused(page) == "radio 2"
    while focused(page) != "submit ":
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    page.wait_for_url("**/thanks/**")
    assert "Your answers have arrived" in page.locator("main").inner_text()
    page.get_by_role("link", name="Change my answers").click()
    assert page.get_by_label("Dissatisfied", exact=True).is_checked()
    assert page.context.cookies() == []


@pytest.mark.slow
def test_from_the_first_question_to_a_plan_that_asks(visit: OpenVisit) -> None:
    one = visit("boss")
    page = one.go("/surveys/asked/")
    page.get_by_role("button", name="Make a draft").click()
    assert axe(page) == [], "what is wrong is told so that everybody finds it"
    page.get_by_label("Name", exact=True).fill("After a chat")
    for question in ("with the way in which we dealt", "recommend us", "What went well"):
        page.get_by_label(question).check()
    page.get_by_role("button", name="Make a draft").click()
    page.get_by_role("link", name="See it as customers do").first.click()
    assert page.get_by_role("radio").count() == 5 + 11
    assert page.get_by_role("button").count() == 0
    page.get_by_role("link", name="Back to the survey").click()
    page.get_by_role("button", name="Publish it").click()
    assert "Customers are asked by version 1" in page.locator("main").inner_text()

    page = one.go("/surveys/plans/")
    page.get_by_label("Name", exact=True).fill("Chats")
    page.get_by_label("Survey", exact=True).select_option(label="After a chat")
    page.get_by_label("Who asks").fill("Riverside Water")
    page.get_by_label("Chat", exact=True).check()
    page.get_by_role("button", name="Make the plan").click()
    page.get_by_role("link", name="Hand in contacts").click()
    content = b"contact,e-mail\n1.1,ann@example.org\n1.2,nowhere\n"
    given = {"name": "today.csv", "mimeType": "text/csv", "buffer": content}
    page.get_by_label("From which system").select_option(index=1)
    page.get_by_label("CSV file").set_input_files(given)  # type: ignore[arg-type]
    page.get_by_role("button", name="Hand them in").click()
    assert "line 3: no e-mail address" in page.locator(".problems").inner_text()
    page.get_by_label("CSV file").set_input_files(given | {"buffer": content.replace(b"nowhere", b"bob@example.org")})  # type: ignore[arg-type]
    page.get_by_role("button", name="Hand them in").click()
    assert "2 contacts were handed in" in page.locator("main").inner_text()
    page.get_by_role("link", name="Each of them, with its draw").click()
    assert page.locator("tbody tr").count() == 2
    one.look_at("phone", "dark")
    assert overflow(page) <= 0
    assert axe(page) == []
