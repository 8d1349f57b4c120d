"""Does a page of days that nobody has judged come at once, name nobody by plain figures, and tell the whole when asked again?"""

from __future__ import annotations

import re
from collections import OrderedDict
from collections.abc import Callable
from datetime import timedelta

import pytest

from floorwalker.apps.dashboards import fairness
from floorwalker.estimate import NoEstimate, Reason
from floorwalker.insight import beside, fair, said
from floorwalker.insight.judgement import State
from floorwalker.insight.scorecard import Cell, Line
from tests.apps.dashboards.conftest import Judged

BEING_JUDGED = "it is being worked out now who needs a look"


@pytest.fixture
def begun(monkeypatch: pytest.MonkeyPatch) -> list[Callable[[], None]]:
    """What was begun beside pages of a floor that is as good as large."""
    found: list[Callable[[], None]] = []
    monkeypatch.setattr(fairness, "SOON", 0)
    monkeypatch.setattr(said, "begin", lambda _what, work: found.append(work))
    monkeypatch.setattr(said, "_kept", OrderedDict())
    return found


def days(judged: Judged) -> str:
    """Four weeks with which no page begins."""
    known = judged.lake.snapshot().days("segment")
    assert known is not None
    last = known[1] - timedelta(days=3)
    return f"?from={last - timedelta(days=27)}&to={last}"


def lead(page: str) -> str:
    """What stands above the table."""
    return page.split('<section class="lead"', 1)[1].split("</section>", 1)[0]


def test_a_large_floor_is_judged_beside_the_page(judged: Judged, begun: list[Callable[[], None]]) -> None:
    address = f"/teams/{judged.teams[0].pk}/{days(judged)}"
    first = judged.page("leader", address)
    assert BEING_JUDGED in first and len(begun) == 1
    assert "/agents/" not in lead(first) and "target" in lead(first), "it names nobody, and says why"
    begun[0]()
    again = judged.page("leader", address)
    assert BEING_JUDGED not in again and len(begun) == 1
    assert "person needs a look." in again or "people need a look:" in again or "stands out from chance" in again
    # The figures themselves are the same on both.
    table = re.compile(r"<tbody.*?</tbody>", re.DOTALL)
    plain, fair = (re.sub(r"<[^>]+>|\s+", " ", "".join(table.findall(page))) for page in (first, again))
    assert re.findall(r"\d[\d.,:%]*", plain)[:3] == re.findall(r"\d[\d.,:%]*", fair)[:3]


def test_nor_do_a_person_her_home_gaps_and_the_managers_home_wait(
    judged: Judged, begun: list[Callable[[], None]]
) -> None:
    own = judged.users["agent"].agent
    assert own is not None
    pages = {
        ("agent", f"/agents/{own.pk}/{days(judged)}"): "how these figures stand beside those of others",
        ("agent", "/"): "How you stand beside others is being worked out",
        ("leader", "/"): f"Who of {judged.teams[0]} needs a look is being worked out",
        ("boss", "/"): "it is being worked out now what stands out from chance",
        ("boss", f"/gaps/{days(judged)}"): "it is being worked out now what stands out from chance",
        ("boss", f"/gaps/average_handle_time/{days(judged)}"): "it is being worked out now what stands out from chance",
    }
    for (name, address), told in pages.items():
        page = judged.page(name, address)
        assert told in page, (name, address)
        assert "Mostly the" not in page and "person needs a look" not in page
    assert len(begun) == len(pages)
    for work in begun:
        work()
    for (name, address), told in pages.items():
        assert told not in judged.page(name, address), (name, address)
    assert len(begun) == len(pages)


def test_files_wait_for_the_judgement(judged: Judged, begun: list[Callable[[], None]]) -> None:
    answer = judged.client("leader").get(f"/teams/{judged.teams[0].pk}/figures.csv{days(judged)}")
    assert answer.status_code == 200 and not begun


def test_what_is_begun_twice_is_done_once() -> None:
    done: list[int] = []
    with beside._one_at_a_time:
        assert beside.begin("a", lambda: done.append(1)) and beside.begin("a", lambda: done.append(2))
        others = [beside.begin(number, lambda: done.append(3)) for number in range(beside.MOST_WAITING)]
        assert others == [True] * (beside.MOST_WAITING - 1) + [False]
    for thread in beside.threading.enumerate():
        if thread.name == "beside":
            thread.join(10)
    assert sorted(done) == [1, *[3] * (beside.MOST_WAITING - 1)]
    assert beside.begin("a", lambda: None)


def test_of_figures_that_are_not_judged_yet_none_meets_or_misses_its_target() -> None:
    cells = {
        name: Cell(NoEstimate(Reason.NO_DATA, 0, "", "share"), state)
        for name, state in zip("abcd", State, strict=False)
    }
    told = fair.undecided(Line(b"agent", cells), ("a", "b", "c"))
    for name, cell in told.cells.items():
        judged_before = name in "abc" and cells[name].state in (State.ABOVE, State.BELOW)
        assert cell.state is (State.UNCLEAR if judged_before else cells[name].state)
