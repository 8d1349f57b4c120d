"""Can each role do its work of today by the keyboard alone, from logging in to logging out?

Each story goes through the pages as a person does: Tab until the wanted thing has the focus, then Enter. The four ways to
look (wide and narrow, light and dark) take turns on the way, and axe looks at every page that is reached.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from itertools import cycle

import pytest
from playwright.sync_api import Page

from tests.browser.centre import PASSWORD
from tests.browser.conftest import OpenVisit, Visit, axe, overflow

LOOKS = (("desk", "light"), ("phone", "dark"), ("desk", "dark"), ("phone", "light"))
MOST_STOPS = 250
FOCUS = """() => {
  const on = document.activeElement;
  const label = on.labels && on.labels.length ? on.labels[0].innerText : '';
  return (on.getAttribute('aria-label') || label || on.innerText || '').trim().replace(/\\s+/g, ' ');
}"""


@dataclass
class Keys:
    """Somebody who has no mouse, and the pages that were looked at on the way."""

    one: Visit
    looks: Iterator[tuple[str, str]] = field(default_factory=lambda: cycle(LOOKS))
    seen: set[str] = field(default_factory=set)

    @property
    def page(self) -> Page:
        """What is open."""
        return self.one.page

    def reach(self, name: str) -> None:
        """Press Tab until what is called so has the focus."""
        wanted = re.compile(name)
        for _ in range(MOST_STOPS):
            self.page.keyboard.press("Tab")
            if wanted.search(self.page.evaluate(FOCUS)):
                return
        raise AssertionError(f"{self.page.url}: Tab never reaches {name}")

    def enter(self, name: str, told: str) -> None:
        """Reach it, press Enter, and read on the page that comes what is told there."""
        self.reach(name)
        with self.page.expect_navigation():
            self.page.keyboard.press("Enter")
        self.reads(told)

    def go(self, letter: str, told: str) -> None:
        """Press the two keys that lead to a page from any other."""
        self.page.keyboard.press("g")
        with self.page.expect_navigation():
            self.page.keyboard.press(letter)
        self.reads(told)

    def unfold(self, name: str) -> None:
        """Open what is folded away."""
        self.reach(name)
        self.page.keyboard.press("Enter")

    def fill(self, name: str, text: str) -> None:
        """Type into a field, over what is there."""
        self.reach(name)
        self.page.keyboard.press("Control+a")
        self.page.keyboard.type(text)

    def reads(self, told: str) -> None:
        """The page says it, and nothing is wrong with the page."""
        said = self.page.locator("main").inner_text()
        assert re.search(told, said), f"{self.page.url} does not say {told!r}: {said[:600]}"
        if self.page.url not in self.seen:
            self.seen.add(self.page.url)
            look = next(self.looks)
            self.one.look_at(*look)
            wrong = axe(self.page) + ([f"{overflow(self.page)} pixels too wide"] if overflow(self.page) > 0 else [])
            assert wrong == [], (self.page.url, look)


def agent(keys: Keys) -> None:
    """How am I doing, which hours count, and who has looked at me?"""
    keys.enter("^My figures$", "Average handle time")
    keys.unfold("^Hours logged in")
    keys.page.locator("#hours-part .hours").wait_for()
    keys.page.go_back()
    keys.one.go("/")
    keys.enter("^Who has looked at them$", "Who has looked at my figures")


def team_leader(keys: Keys) -> None:
    """Who needs a look, and why? From the board to one person's weeks."""
    keys.enter("^Teams$", "Avocet")
    keys.enter("^Avocet", "Avocet")
    keys.page.locator("main th[scope=row] a").first.wait_for()
    name = keys.page.locator("main th[scope=row] a").first.inner_text()
    keys.enter(f"^{re.escape(name)}$", re.escape(name))
    weeks = keys.page.locator("details.trend summary").first.inner_text()
    keys.unfold(f"^{re.escape(' '.join(weeks.split()))}$")
    keys.page.locator(".picture svg").first.wait_for(state="attached")


def quality_analyst(keys: Keys) -> None:
    """What does a measure mean, and how do the teams stand in it?"""
    keys.enter("^Teams$", "Kingfisher")
    keys.enter("^Kingfisher", "Kingfisher")
    keys.go("m", "Transfer rate")
    keys.enter("^Transfer rate$", "Transfer rate")


def operations_manager(keys: Keys) -> None:
    """How does the centre stand, and does a target still hold? It is set anew, from next month on, with its reason."""
    keys.enter("^Centre$", "Kingfisher")
    keys.go("m", "Transfer rate")
    keys.enter("^Share of rings without answer$", "rings")
    keys.enter("^Set a target$", "Why this value")
    keys.fill("^(Target|At most|Limit|Value)", "40")
    keys.fill("^Why this value", "Agreed for the winter.")
    keys.enter("^(Set|Save|Keep)", "40")


def process_owner(keys: Keys) -> None:
    """How does the centre's process stand, and against which targets?"""
    keys.enter("^Centre$", "Kingfisher")
    keys.enter("^Measures$", "Service level")
    keys.enter("^Service level$", "Service level")


def measures_only(keys: Keys) -> None:
    """No team is given to look after yet: the home says so, and the measures can be read up."""
    keys.reads("not tied to an agent, a team or the centre yet")
    keys.enter("^Measures$", "Average handle time")
    keys.enter("^Average handle time$", "[Hh]old")
    assert keys.page.locator("main table a[href*='/agents/']").count() == 0


def privacy_officer(keys: Keys) -> None:
    """Who did what? The trail, narrowed to one kind of entry."""
    keys.enter("^(Audit|Trail|Who did what)", "log in")


def administrator(keys: Keys) -> None:
    """Somebody new needs a log-in: it is made, the link is there, and the trail tells of it."""
    keys.enter("^People$", "agents|Agents|People")
    keys.enter("^Log-ins", "A new log-in")
    keys.fill("^User name", "autumn.starter")
    keys.enter("^Make the log-in$", "works once, within a week")
    keys.enter("^(Audit|Trail|Who did what)", "admin\\s+add user")


STORIES: dict[str, tuple[str, Callable[[Keys], None]]] = {
    "agent": ("agent", agent),
    "team leader": ("leader", team_leader),
    "quality analyst": ("analyst", quality_analyst),
    "operations manager": ("boss", operations_manager),
    "process owner": ("owner", process_owner),
    "assessor": ("assessor", measures_only),
    "internal verifier": ("verifier", measures_only),
    "privacy officer": ("privacy", privacy_officer),
    "administrator": ("admin", administrator),
}


# The two that most people have at each change, the others by `make slow`.
FEW = ("agent", "team leader")


@pytest.mark.parametrize(
    "role", [pytest.param(role, marks=() if role in FEW else pytest.mark.slow) for role in STORIES]
)
def test_a_day_of(role: str, visit: OpenVisit) -> None:
    user, story = STORIES[role]
    keys = Keys(visit())
    keys.one.go("/account/login/")
    keys.fill("^User name", user)
    keys.fill("^Password", PASSWORD)
    with keys.page.expect_navigation():
        keys.page.keyboard.press("Enter")
    keys.reads("Hello")
    story(keys)
    keys.enter("^Log out", "")
    keys.one.go("/")
    assert "/account/login/" in keys.page.url
