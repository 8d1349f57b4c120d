"""Does the loop close for an agent, a leader and a manager, each within a handful of pages and by the keyboard alone?"""

from __future__ import annotations

import sqlite3
from datetime import timedelta
from pathlib import Path

from django.utils import timezone
from playwright.sync_api import Page

from tests.browser.conftest import Centre, OpenVisit, axe, overflow
from tests.browser.test_standards_story import main_text, press, reach, write

STANDARD = "Nobody is passed on without a word"


def choose(page: Page, label: str, letters: str) -> None:
    """Choose from a list by its first letters."""
    reach(page, page.get_by_label(label, exact=True))
    page.keyboard.type(letters)


def is_fit(page: Page) -> None:
    """The page as it stands is fit for everybody, and no wider than the window."""
    assert axe(page) == [] and overflow(page) <= 0, page.url


def test_an_agent_from_her_own_view_to_an_objective_and_what_she_learned(visit: OpenVisit, centre: Centre) -> None:
    """On a telephone, in the dark."""
    take_back_her_yes(centre)
    page = visit("agent", width="phone", scheme="dark").go("/objectives/")
    press(page, "Self-assessment", "link")
    assert "Your own view comes first" in main_text(page)
    choose(page, "Transfer rate", "some")
    press(page, "Finish, and see the figures")
    assert "Do the figures see me as I do?" in main_text(page) and "Something I want to get better at" in main_text(
        page
    )
    is_fit(page)
    press(page, "Propose an objective", "link")
    write(page, "What is done for it?", "Ask one question more before passing a call on")
    press(page, "See what can be reached")
    assert "No objective can be agreed on there" in main_text(page), "of two weeks nobody can say what is in reach"
    press(page, "Look through all measures: in which can anything be reached?", "link")
    page.locator("#through-found progress").wait_for(state="detached")
    assert "In none of the" in main_text(page) and "Three months of figures are needed" in main_text(page)
    is_fit(page)
    page.goto(centre.url("/objectives/"))
    # What her leader proposed: hers is the yes that is missing, and from then on she sees whether she gets there.
    press(page, "Average handle time: at most 390 s", "link")
    assert "Will I get there?" in main_text(page) and page.locator("#check-in").count() == 0
    press(page, "Agree to it")
    assert "Both have agreed: it holds from today on." in main_text(page) and page.locator("#check-in").count() == 1
    assert page.locator("section.lead svg:visible").count() == 1
    is_fit(page)
    page.goto(centre.url("/agents/{agent}/reflections/"))
    write(page, "What happened?", "A caller told me twice what she wanted.")
    press(page, "Note it")
    assert "A caller told me twice what she wanted." in main_text(page)


def take_back_her_yes(centre: Centre) -> None:
    """The agent's objective as it was when her leader had proposed it: of two weeks of facts she cannot be proposed one anew."""
    with sqlite3.connect(Path(centre.home) / "floorwalker.sqlite3") as database:
        proposed = "update coaching_objective set state = 'proposed', agent_agreed_at = null where id = ?"
        assert database.execute(proposed, (centre.known["objective"],)).rowcount == 1


def test_a_leader_from_her_home_to_a_promise_and_the_huddle(visit: OpenVisit, centre: Centre) -> None:
    page = visit("leader").go("/")
    press(page, "Coaching", "link")
    asked = page.get_by_role("link", name="Plan a session", exact=False).nth(1)
    reach(page, asked)
    with page.expect_navigation():
        page.keyboard.press("Enter")
    assert "She asked how to end long calls" in main_text(page)
    reach(page, page.get_by_label("Day", exact=True)).fill((timezone.now() + timedelta(days=1)).date().isoformat())
    press(page, "Plan it")
    press(page, "Open the session", "link")
    press(page, "1 person spoke first aloud, or would not")
    write(page, "The one thing that we agree on", "Say what happens next, and then goodbye")
    choose(page, "By which measure will it be told whether it helped?", "Average handle")
    press(page, "Agree and sign")
    assert "Agreed: “Say what happens next, and then goodbye”" in main_text(page)
    is_fit(page)
    page.goto(centre.url("/teams/{team}/huddles/"))
    press(page, "Draft the brief")
    assert "What do we say in" in main_text(page)
    press(page, "Start")
    assert page.locator("ol.wording li").count() > 0
    press(page, "Back", "link")
    is_fit(page)


def weeks_pass(centre: Centre, cycle: str) -> None:
    """Five weeks later, as far as that cycle goes."""
    begun = (timezone.now() - timedelta(weeks=5)).date()
    with sqlite3.connect(Path(centre.home) / "floorwalker.sqlite3") as database:
        found = "(select intervention_id from improvement_cycle where id = ?)"
        database.execute(
            f"update coaching_intervention set begins_on = ? where id = {found}",
            (begun.isoformat(), cycle),
        )
        due = "update improvement_cyclereview set due_on = date(?, '+' || (week * 7) || ' days') where cycle_id = ?"
        database.execute(due, (begun.isoformat(), cycle))


def test_a_manager_from_a_gap_to_a_changed_standard(visit: OpenVisit, centre: Centre) -> None:
    page = visit("boss").go("/improvement/")
    press(page, "Take on a gap of a team or a process", "link")
    choose(page, "Measure", "First contact resolution")
    choose(page, "Whose gap is it?", "Delivery")
    press(page, "Look at the gap")
    write(page, "Title", "Nobody knows the day")
    write(page, "In your words: what is behind it?", "No screen shows the day of the delivery.")
    press(page, "Take it on")
    press(page, "Make the plan", "link")
    for words in ("Show the day on the screen", "Train everybody on the list"):
        if not page.get_by_label("What could be done?", exact=True).is_visible():
            reach(page, page.locator("details summary", has_text="Another option"))
            page.keyboard.press("Enter")
        write(page, "What could be done?", words)
        press(page, "Write it down")
    reach(page, page.locator("input[name=chosen]").first)
    page.keyboard.press("Space")
    write(page, "Why this one?", "It reaches everybody")
    write(page, "If not “Train everybody on the list”: why not?", "A list that is wrong cannot be trained away")
    press(page, "Plan it")
    assert "Not yet: the next review is on" in main_text(page)
    is_fit(page)
    cycle = page.url.rstrip("/").split("/")[-1]
    weeks_pass(centre, cycle)

    page.goto(centre.url("/standards/{standard}/"))
    reach(page, page.locator("details summary", has_text="Note a change"))
    page.keyboard.press("Enter")
    write(page, "What was found?", "No screen shows the day.")
    write(page, "What was changed?", "The day is said from the new screen.")
    press(page, "Note it")
    page.goto(centre.url(f"/improvement/{cycle}/"))
    press(page, "Hold the review", "link")
    write(page, "What do those who do the work say, and what do you make of it?", "They say the day now.")
    press(page, "Hold the review")
    reach(page, page.locator("input[name=verdict]").first)
    page.keyboard.press("Space")
    write(page, "Why?", "It costs nothing any more.")
    choose(page, "What was changed of a standard because of it?", STANDARD)
    press(page, "Decide")
    said = main_text(page)
    assert "Decided: keep it up." in said and "The day is said from the new screen." in said
    is_fit(page)
