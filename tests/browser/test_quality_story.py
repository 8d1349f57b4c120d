"""Does the whole path of quality hold: from a standard that was talked about to marks that were overturned, and figures that moved?"""

from __future__ import annotations

import json
import os
import re
import sqlite3
import subprocess
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.browser.conftest import Centre, OpenVisit, Visit, axe, environment_of, overflow, served, visiting
from tests.browser.quality import REAL
from tests.shared_data import ROOT, shared

MOST_KEYS = 3
HANDED_IN = re.compile(r"/evaluations/\d+/$")
PICTURES = os.environ.get("FLOORWALKER_STORY_PICTURES", "")
STANDARD = "Say what happens next"
QUOTA = 10
FORM, PLAN = "Service calls", "Every week"


@dataclass(frozen=True)
class Ask:
    """One question of the form as it is typed into the builder, and how it is answered by keys."""

    wording: str
    kind: str = "yes or no"
    met: tuple[str, ...] = ("1",)
    more: dict[str, str] = field(default_factory=dict)
    answers: tuple[tuple[str, str, str], ...] = ()


SCALE = (("Poor", "Talks over the customer", "0"), ("Fair", "Listens, asks little", "50"), ("Good", "Asks back", "100"))
SECTIONS = {
    "Opening": (
        Ask("Greets by name"),
        Ask("Says who is speaking"),
        Ask("Asks what it is about"),
        Ask("Listens to the end", "scale with descriptions", ("3",), answers=SCALE),
        Ask("Says back what was heard"),
    ),
    "Safety": (
        Ask(
            "Checks who is calling", more={"A miss is": "compliance-critical", "A miss does": "the whole form counts 0"}
        ),
        Ask("Says why it was not checked"),
        Ask("Keeps card numbers unsaid", more={"A miss is": "compliance-critical"}),
        Ask("Reads nothing aloud that others may hear", met=("0",)),
        Ask("Leaves notes that a colleague understands"),
    ),
    "Solving": (
        Ask("Finds the cause"),
        Ask("Explains it in plain words"),
        Ask(
            "Offers what the customer may choose",
            "choice",
            ("1",),
            answers=(("Both ways", "", "100"), ("One", "", "50")),
        ),
        Ask("Seconds until the first offer", "number", ("4", "5", "Enter"), more={"Number: at most": "60"}),
        Ask("Asks whether it is solved", more={"A miss is": "customer-critical"}),
    ),
    "Closing": (
        Ask("Says what happens next", more={"It checks the standard": STANDARD}),
        Ask("Says when"),
        Ask("Says how to reach us again"),
        Ask("Says goodbye"),
        Ask("Anything else", "words, not marked", ("Enter",)),
    ),
}
ASKED = [one for section in SECTIONS.values() for one in section]


@pytest.fixture(scope="module")
def recorded(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """A centre with a week of recorded calls and nothing judged yet."""
    shared(REAL)
    with served(tmp_path_factory.mktemp("quality"), "tests.browser.quality") as found:
        yield found


@pytest.fixture
def enter(browser: Browser, recorded: Centre) -> Iterator[OpenVisit]:
    """Windows of its people."""
    with visiting(browser, recorded, {}) as open_visit:
        yield open_visit


def look(one: Visit, name: str) -> None:
    """The page as it stands is fit for a desk and a telephone, in light and dark."""
    for width, scheme in (("desk", "light"), ("phone", "dark")):
        one.look_at(width, scheme)
        if PICTURES:
            one.page.screenshot(path=Path(PICTURES) / f"{name}-{width}-{scheme}.png", full_page=True)
        assert overflow(one.page) <= 0, f"{name}, {width}"
        assert axe(one.page) == [], f"{name}, {scheme}"
    one.look_at("desk", "light")


def main_text(page: Page) -> str:
    """What the page says, without its frame."""
    return page.locator("main").inner_text()


def press_button(page: Page, name: str) -> None:
    """Press a button and wait for what it leads to."""
    page.get_by_role("button", name=name, exact=True).click()
    page.wait_for_load_state()


def run(centre: Centre, *command: str) -> str:
    """A command in the centre's home, as somebody or the clock of the machine would give it."""
    found = subprocess.run(
        [sys.executable, "-m", *command],
        cwd=ROOT,
        env=environment_of(centre.home),
        capture_output=True,
        text=True,
        check=False,
    )
    assert found.returncode == 0, found.stderr[-3000:]
    return found.stdout


@pytest.mark.slow
def test_from_a_standard_to_figures_that_moved(enter: OpenVisit, recorded: Centre) -> None:
    standard = agree_on_a_standard(enter, recorded)
    build_the_form(enter("boss"))
    draw_a_sample(enter("boss"))
    heard = mark_by_keyboard(enter("analyst"))
    assert heard == {"PCM", "mu-law"}, "both machines' sound was heard"
    run(recorded, "tests.browser.quality", "mark")
    before = figures(enter("boss"), recorded)
    appealed = read_and_appeal(enter("robin"))
    decide_blind(enter("second"), appealed)
    read_the_decision(enter("robin"), appealed)
    assert json.loads(run(recorded, "tests.browser.quality", "appeal"))["overturned"] >= 1
    after = figures(enter("boss"), recorded)
    assert after["quality_score"] > before["quality_score"]
    assert before["dispute_rate"] == 0 < after["dispute_rate"]
    assert "dispute_overturn_rate" not in before and 0 < after["dispute_overturn_rate"] < 100
    page = enter("boss").go(f"/evaluations/misses/?standard={standard}")
    assert "Says what happens next" in main_text(page)


def agree_on_a_standard(enter: OpenVisit, centre: Centre) -> int:
    """Drafted by its owner, commented by an agent, answered, published, read and understood; its number."""
    one = enter("boss")
    page = one.go("/standards/new/")
    for label, text in {
        "Title": STANDARD,
        "What is expected?": "Nobody hangs up without saying what happens next, and when.",
        "Why?": "Whoever knows does not call again.",
        "Behaviour": "The next step and its day are said before the farewell.",
    }.items():
        page.get_by_label(label, exact=True).fill(text)
    page.get_by_label("For whom?", exact=True).select_option(label="team Avocet")
    page.get_by_label("Which aim does it serve?", exact=True).select_option(index=1)
    press_button(page, "Keep the draft")
    look(one, "standard-draft")
    number = int(page.url.rstrip("/").split("/")[-2])
    press_button(page, "Ask them")

    agent = enter("robin").go(f"/standards/{number}/consultation/")
    agent.get_by_label("What do you say?", exact=True).fill("Also when nothing happens next?")
    press_button(agent, "Send it")
    page.reload()
    page.locator("article.remark a.button").last.click()
    page.get_by_label("Answer", exact=True).fill("Then that is what is said.")
    press_button(page, "Answer")
    look(one, "standard-answered")
    # The days that people have to answer pass.
    with sqlite3.connect(centre.home / "floorwalker.sqlite3") as database:
        yesterday = (datetime.now(UTC).date() - timedelta(days=1)).isoformat()
        database.execute("update standards_standardversion set consulted_until = ?", (yesterday,))
    one.go(f"/standards/{number}/publish/")
    page.get_by_label("Question", exact=True).fill("What is said before the farewell?")
    page.get_by_label("The right answer", exact=True).fill("what happens next, and when")
    page.get_by_label("Other answers", exact=True).fill("the weather")
    press_button(page, "Add the question")
    look(one, "standard-publish")
    press_button(page, "Publish it")

    reader = enter("robin")
    reader.go("/").get_by_role("link", name="Read it", exact=True).click()
    reader.page.get_by_label("what happens next, and when", exact=True).check()
    look(reader, "standard-read")
    press_button(reader.page, "I have read this and can ask")
    assert "it is noted that you have read this" in main_text(reader.page)
    return number


def build_the_form(one: Visit) -> None:
    """Twenty questions in four sections, typed into the builder; one of them is asked only after a miss."""
    page = one.go("/forms/")
    page.get_by_label("Name", exact=True).fill(FORM)
    page.get_by_label("What is it for?", exact=True).fill("How we speak with customers, and whether they are helped.")
    press_button(page, "Begin the form")
    address = page.url
    for title, questions in SECTIONS.items():
        page.goto(address)
        page.get_by_label("Title", exact=True).fill(title)
        page.get_by_label("Weight", exact=True).fill("25")
        press_button(page, "Add the section")
        page.get_by_role("link", name=f"Add a question {title}").click()
        for place, asked in enumerate(questions, start=1):
            type_question(page, asked)
            press_button(page, "Save" if place == len(questions) else "Save, and add another")
    assert page.locator("section.built li").count() == len(ASKED) == 20
    look(one, "form-draft")
    page.get_by_label("What changed, and why?").fill("The first.")
    press_button(page, "Publish this version")
    assert "contacts are marked by it from now on" in main_text(page)
    assert STANDARD in main_text(page)
    look(one, "form-published")


def type_question(page: Page, asked: Ask) -> None:
    """One question as the builder asks for it."""
    page.get_by_label("Question", exact=True).fill(asked.wording)
    page.get_by_label("Answered by", exact=True).select_option(label=asked.kind)
    for label, value in asked.more.items():
        field = page.get_by_label(label, exact=True)
        if field.evaluate("one => one.tagName") == "SELECT":
            field.select_option(value=option_value(field, value))
        else:
            field.fill(value)
    if asked.wording == "Says why it was not checked":
        page.get_by_text("Answers to the questions before", exact=True).click()
        page.get_by_label("Checks who is calling: No", exact=True).check()
    for number, (label, anchor, share) in enumerate(asked.answers, start=1):
        row = page.get_by_role("group", name=str(number), exact=True)
        for name, text in (("label", label), ("anchor", anchor), ("share", share)):
            row.locator(f"[name^={name}_]").fill(text)
        row.get_by_role("checkbox").set_checked(share == "0")


def option_value(field: object, words: str) -> str:
    """The value of the first option whose words hold these."""
    found = field.locator("option", has_text=words).first.get_attribute("value")  # type: ignore[attr-defined]
    assert found is not None
    return str(found)


def draw_a_sample(one: Visit) -> None:
    """A plan for the first team, and its draw of last week, which anybody can repeat."""
    page = one.go("/sampling/")
    page.get_by_label("Name", exact=True).fill(PLAN)
    page.get_by_label("Form", exact=True).select_option(label=FORM)
    page.get_by_label("Contacts of each agent, drawn by chance", exact=True).fill(str(QUOTA))
    page.get_by_label("analyst", exact=True).check()
    page.get_by_label("Per cent marked by a second evaluator, blind", exact=True).fill("0")
    page.get_by_label("Avocet", exact=True).check()
    press_button(page, "Make the plan")
    look(one, "plan")
    press_button(page, "Draw now")
    assert f"of 14 contacts the same {QUOTA} come out" in main_text(page)
    look(one, "draw")


@dataclass
class Keyboard:
    """The keyboard of one page; counts what is pressed."""

    page: Page

    def press(self, *keys: str) -> int:
        """Press these keys, one after the other; how many they were."""
        for key in keys:
            self.page.keyboard.press(key)
        return len(keys)

    def now(self) -> str:
        """The wording of the question that is being answered."""
        legend = self.page.locator("fieldset.ask.now > legend").inner_text()
        return re.sub(r"^\d+\. ", "", legend)


def mark_by_keyboard(one: Visit) -> set[str]:
    """Drawn contacts are begun, heard, marked, handed in and released by keys alone, until both kinds of sound were heard."""
    heard: set[str] = set()
    for number in range(QUOTA):
        page = one.go("/evaluations/queue/")
        if number == 0:
            look(one, "queue")
        page.keyboard.press("n")
        page.wait_for_url("**/mark/")
        codec = page.locator(".player > .hint").first.inner_text()
        listen(page)
        if number == 0:
            look(one, "marking")
        answer_all(page, missed={"Says what happens next": "1", "Finds the cause": "3"} if number == 0 else {})
        if number == 0:
            look(one, "marked")
        page.keyboard.press("Control+Enter")
        page.wait_for_url(HANDED_IN)
        if number == 0:
            look(one, "handed-in")
        release_by_keyboard(page)
        heard.add("mu-law" if "law" in codec else "PCM")
        if len(heard) == 2:
            break
    return heard


def listen(page: Page) -> None:
    """Play, on, back, faster, pause: by keys, while the questions keep their keys."""
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    hear(page, 0.2)
    page.keyboard.press("l")
    hear(page, 5)
    page.keyboard.press(".")
    expect(page.locator("[data-speed]")).to_have_text("1.25×")
    page.keyboard.press("j")
    page.keyboard.press(",")
    expect(page.locator("[data-speed]")).to_have_text("1×")


def hear(page: Page, seconds: float) -> None:
    """Wait until the sound has come to that moment."""
    for _look in range(150):
        if float(page.evaluate("document.querySelector('[data-leads]').currentTime")) >= seconds:
            return
        page.wait_for_timeout(100)
    raise AssertionError(f"the sound never came to {seconds} s")


def answer_all(page: Page, missed: dict[str, str]) -> None:
    """Every question with three keys at most (words that are typed are no keys); the sound goes on meanwhile."""
    keyboard, seen = Keyboard(page), []
    wanted = [one for one in ASKED if one.wording != "Says why it was not checked"]
    for asked in wanted:
        assert keyboard.now().startswith(asked.wording)
        seen.append(asked.wording)
        if asked.wording in missed:
            used = keyboard.press("2", missed[asked.wording])
            page.keyboard.type("1 or 2 words, n and p in them")
            used += keyboard.press("Enter")
        else:
            used = keyboard.press(*asked.met)
        assert used <= MOST_KEYS, asked.wording
    expect(page.locator("#saved")).to_contain_text("saved ")
    assert len(seen) == len(ASKED) - 1


def release_by_keyboard(page: Page) -> None:
    """Reach the button by the Tab key, and press it."""
    button = page.get_by_role("button", name="Release to the agent")
    for _press in range(120):
        if button.evaluate("one => one === document.activeElement"):
            break
        page.keyboard.press("Tab")
    page.keyboard.press("Enter")
    expect(page.locator("main")).to_contain_text("to be answered by")


def read_and_appeal(one: Visit) -> str:
    """The agent finds on her home page what was found, hears the call, reads the marks and appeals; the address."""
    page = one.go("/")
    look(one, "agent-home")
    # The oldest contact was marked first, and has misses.
    page.locator("section[aria-labelledby=found-on-me] ul a").first.click()
    page.wait_for_load_state()
    look(one, "agent-before-marks")
    page.keyboard.press(" ")
    expect(page.get_by_role("button", name="Pause")).to_be_visible()
    page.keyboard.press(" ")
    press_button(page, "Show me the marks")
    assert "Says what happens next" in main_text(page) and STANDARD in main_text(page)
    look(one, "agent-marks")
    page.get_by_text("I appeal", exact=True).click()
    page.get_by_role("checkbox", name="Says what happens next").check()
    page.get_by_label("What was heard differently?").fill("I say it at the very end: a letter comes on Monday.")
    look(one, "agent-appeal")
    press_button(page, "Appeal")
    assert "Not decided yet." in main_text(page)
    return page.url


def decide_blind(one: Visit, address: str) -> None:
    """A second evaluator takes the appeal, sees no marks, marks anew by keys, and decides."""
    page = one.go("/evaluations/queue/")
    look(one, "appeals-queue")
    page.get_by_role("link", name="Robin Vale").first.click()
    page.wait_for_load_state()
    assert page.url == address
    assert "%" not in main_text(page) and "Not heard" not in main_text(page)
    look(one, "appeal-waits")
    press_button(page, "Take the appeal, and mark the contact")
    assert "I say it at the very end" not in page.locator("#marking").inner_text()
    answer_all(page, missed={"Finds the cause": "3"})
    page.keyboard.press("Control+Enter")
    page.wait_for_url(HANDED_IN)
    look(one, "appeal-both")
    page.get_by_label("To the agent: what you heard").fill("It is said at 4:31, with the day.")
    press_button(page, "My marking stands from now on")


def read_the_decision(one: Visit, address: str) -> None:
    """The agent reads what became of it, with both markings."""
    page = one.page
    page.goto(address)
    assert "It is said at 4:31, with the day." in main_text(page)
    assert "All markings of this contact" in main_text(page) and "(stands)" in main_text(page)
    look(one, "agent-decision")


def figures(one: Visit, centre: Centre) -> dict[str, float]:
    """What the pages of the measures say of last week, after the nightly job; nothing where they say too little is known."""
    run(centre, "floorwalker", "lake", "publish")
    found = {}
    for measure in ("quality_score", "dispute_rate", "dispute_overturn_rate"):
        page = one.go(f"/measures/{measure}/")
        look(one, f"measure-{measure}")
        said = page.locator("section[aria-labelledby=now] .big").inner_text()
        if percent := re.search(r"([\d.]+)%", said):
            found[measure] = float(percent[1])
        elif counts := re.search(r"(\d+) of (\d+)", said):
            found[measure] = 100 * int(counts[1]) / int(counts[2])
    return found


def test_marks_are_released_appealed_and_overturned(visit: OpenVisit) -> None:
    """The short form, on the centre that all tests share: marked by keys, and decided by somebody who has switched them off."""
    page = visit("analyst").go("/evaluations/{story}/mark/")
    page.keyboard.press("2")
    page.keyboard.press("1")
    page.keyboard.type("No name")
    for key in ("Enter", "3", "1", "Control+Enter"):
        page.keyboard.press(key)
    page.wait_for_url(HANDED_IN)
    press_button(page, "Release to the agent")
    agent = visit("agent").go("/evaluations/{story}/")
    press_button(agent, "Show me the marks")
    agent.get_by_text("I appeal", exact=True).click()
    agent.get_by_label("What was heard differently?").fill("I did, at 0:04.")
    press_button(agent, "Appeal")
    other = visit("keyless").go("/evaluations/{story}/")
    assert "%" not in main_text(other)
    press_button(other, "Take the appeal, and mark the contact")
    for number, option in ((1, "yes"), (2, "3"), (3, "yes")):
        other.locator(f'[name="a-q{number}"][value="{option}"]').evaluate("one => one.click()")
    press_button(other, "Submit, not released")
    other.get_by_label("To the agent: what you heard").fill("Heard, at 0:04.")
    press_button(other, "My marking stands from now on")
    agent.reload()
    assert "Heard, at 0:04." in main_text(agent) and "100%" in main_text(agent)
    assert "at first: No" in main_text(agent)
