"""Is a standard drafted, talked about, published and read by keyboard alone, and without script?"""

from __future__ import annotations

import sqlite3
from datetime import UTC, datetime, timedelta

import pytest
from playwright.sync_api import Locator, Page

from tests.browser.conftest import Centre, OpenVisit

MOST_TABS = 120


def reach(page: Page, wanted: Locator) -> Locator:
    """Press Tab until that has the focus, as somebody without a mouse does."""
    for _press in range(MOST_TABS):
        if wanted.evaluate("one => one === document.activeElement"):
            return wanted
        page.keyboard.press("Tab")
    raise AssertionError(f"not reached in {MOST_TABS} presses: {wanted}")


def write(page: Page, label: str, text: str) -> None:
    """Type into a field."""
    reach(page, page.get_by_label(label, exact=True))
    page.keyboard.type(text)


def press(page: Page, name: str, role: str = "button") -> None:
    """Press a button, or follow a link, with the key."""
    reach(page, page.get_by_role(role, name=name, exact=True).first)  # type: ignore[arg-type]
    # Not the state of the page that is left: the next one may not have begun to come.
    with page.expect_navigation():
        page.keyboard.press("Enter")


def main_text(page: Page) -> str:
    return page.locator("main").inner_text()


@pytest.mark.parametrize("width", ["desk", pytest.param("phone", marks=pytest.mark.slow)])
def test_a_standard_is_read_and_understood_by_keyboard(width: str, visit: OpenVisit) -> None:
    user = {"desk": "agent", "phone": "leader"}[width]
    page = visit(user, width=width, script=False).go("/")
    press(page, "Read it", "link")
    reach(page, page.get_by_label("nothing", exact=True))
    page.keyboard.press("ArrowDown")
    press(page, "I have read this and can ask")
    assert "it is noted that you have read this" in main_text(page)
    assert "A standard waits to be read" not in main_text(visit(user).go("/"))


@pytest.mark.slow
def test_from_a_draft_to_what_everybody_has_read(visit: OpenVisit, centre: Centre) -> None:
    boss = visit("boss", script=False).go("/standards/new/")
    title, first = "Say what happens next", datetime.now(UTC).date() + timedelta(days=30)
    write(boss, "Title", title)
    write(boss, "What is expected?", "Nobody hangs up without saying what happens next, and when.")
    write(boss, "Why?", "Whoever knows does not call again.")
    write(boss, "Behaviour", "The next step and its day are said before the farewell.")
    write(boss, "For whom?", "team Avocet")
    write(boss, "Which aim does it serve?", "Customers")
    press(boss, "Keep the draft")
    assert "What do you say to “" in main_text(boss) and f"{first:%Y}" in main_text(boss)
    number = boss.url.rstrip("/").split("/")[-2]
    press(boss, "Ask them")

    agent = visit("agent", script=False).go(f"/standards/{number}/consultation/")
    write(agent, "What do you say?", "Also when nothing happens next?")
    press(agent, "Send it")
    assert "Also when nothing happens next?" in main_text(agent) and "Not answered yet." in main_text(agent)

    boss.goto(boss.url)
    reach(boss, boss.locator("article.remark a.button").last)
    boss.keyboard.press("Enter")
    boss.wait_for_load_state()
    write(boss, "Answer", "Then that is what is said.")
    press(boss, "Answer")
    assert "Then that is what is said." in main_text(boss)

    # The days that people have to answer pass.
    with sqlite3.connect(centre.home / "floorwalker.sqlite3") as database:
        yesterday = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
        database.execute(
            "update standards_standardversion set consulted_until = ? where standard_id = ?", (yesterday, int(number))
        )
    boss.goto(centre.url(f"/standards/{number}/publish/"))
    write(boss, "Question", "What is said before the farewell?")
    write(boss, "The right answer", "what happens next, and when")
    write(boss, "Other answers", "the weather")
    press(boss, "Add the question")
    press(boss, "Publish it")
    assert "It is published." in main_text(boss)

    agent.goto(centre.url(f"/standards/{number}/read/"))
    reach(agent, agent.get_by_label("the weather", exact=True))
    agent.keyboard.press("ArrowDown")
    press(agent, "I have read this and can ask")
    assert "it is noted that you have read this" in main_text(agent)
    # The centre's people without a log-in are readers too: they are asked on paper.
    assert "1 of the 11 people whom it concerns have read it" in main_text(
        visit("boss").go(f"/standards/{number}/readers/")
    )
