"""Is a chat judged beside its transcript by a form of hundreds of questions, of which only the few are asked that concern it?"""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.browser.chats import data, guidelines, kind_of
from tests.browser.conftest import Centre, OpenVisit, axe, overflow, served, visiting
from tests.browser.test_evaluating import press
from tests.shared_data import shared

MOST_KEYS = 3


@pytest.fixture(scope="module")
def chats(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Centre]:
    """A centre with three chats, and a form of all the guidelines by which agents were to work."""
    shared("data/abcd_sample")
    with served(tmp_path_factory.mktemp("chats"), "tests.browser.chats") as found:
        yield found


@pytest.fixture
def enter(browser: Browser, chats: Centre) -> Iterator[OpenVisit]:
    """Windows of its analyst."""
    with visiting(browser, chats, {}) as open_visit:
        yield open_visit


@pytest.mark.slow
def test_guidelines_built_as_a_form_judge_a_chat_beside_its_transcript(enter: OpenVisit, chats: Centre) -> None:
    first, *others = data("abcd_sample")
    steps = [step for requests in guidelines().values() for one in requests for step in one.steps]
    assert int(chats.known["questions"]) > len(steps) > 200, "every step of every kind of request is asked somewhere"
    wanted = next(one for requests in guidelines().values() for one in requests if one.code == kind_of(first))
    one = enter("analyst")
    page = one.go("/evaluations/{first}/mark/")
    said = page.locator(".turns")
    expect(said).to_contain_text(first["original"][2][1])
    expect(said).to_contain_text(first["original"][-1][1])
    used = []
    for answer in chats.known["way"]:
        code, option = answer.split(":")
        while page.locator("fieldset.ask.now").get_attribute("data-code") != code:
            # What is asked for is not on this list: the last answer leads to the next one.
            used.append(press(page, "5"))
        used.append(press(page, option))
    for step in wanted.steps:
        legend = page.locator("fieldset.ask.now > legend").inner_text()
        assert legend.endswith(step.label), f"{legend}, not {step.label}"
        used.append(press(page, "1"))
    assert max(used) <= MOST_KEYS
    assert len(used) <= 6 + len(wanted.steps)
    assert page.locator("fieldset.ask:visible").count() <= len(used)
    for width, scheme in (("desk", "light"), ("phone", "dark")):
        one.look_at(width, scheme)
        assert overflow(page) <= 0
        assert axe(page) == []
    press(page, "Control+Enter")
    page.wait_for_url(re.compile(r"/evaluations/\d+/$"))
    expect(page.locator("main")).to_contain_text("100%")
    for step in wanted.steps:
        expect(page.locator("main")).to_contain_text(step.label)
    check_others(chats, len(others))


def check_others(chats: Centre, many: int) -> None:
    """What was judged by script stands beside it, each with a share of steps that were taken."""
    shares = chats.known["shares"]
    assert isinstance(shares, dict) and len(shares) == many
    assert all(0 < share <= 1 for share in shares.values())
    with sqlite3.connect(chats.home / "floorwalker.sqlite3") as database:
        (done,) = database.execute(
            "select count(*) from evaluations_evaluation where submitted_at is not null"
        ).fetchone()
    assert done == many + 1
