"""Is a team told what was judged of it as a whole, and nothing of any one in it, of few people, of long ago or of no weight?"""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from floorwalker.facts.current import Claim
from floorwalker.facts.saying import Kept, keep
from floorwalker.insight.cause import Caused, Causes, Share
from floorwalker.insight.gaps import Whose
from floorwalker.insight.scorecard import Period
from floorwalker.insight.statements import Method, as_rows, stamp
from floorwalker.insight.team_week import LEAST_PEOPLE, said_of_team
from floorwalker.insight.trend import Drift, Followed, Trends, Unit
from floorwalker.insight.waterfall import Waterfall
from floorwalker.insight.written import Answer
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.levels import Cause
from tests.installation import Installation, new_installation

PERIOD = Period(date(2026, 3, 2), date(2026, 3, 29))
SAID = datetime(2026, 3, 30, 1, 15, tzinfo=UTC)
ON = date(2026, 3, 31)
KPI = catalogue()["average_handle_time"]
TEAM, OTHER = b"t" * 16, b"u" * 16
NOTHING = Share(None, 0.0, 0.0, 0.0, 0.0)


def caused(number: int, team: bytes, p_personal: float = 0.0) -> Caused:
    key = bytes([number]) * 16
    primary = Cause.PERSONAL if p_personal else Cause.TEAM
    own = Share(key, 90.0 * p_personal, 0.0, 120.0, p_personal)
    return Caused(key, team, 100, primary, 0.0, 0.9, p_personal, Waterfall(0.0, 0.0, 40.0, 0.0, 0.0), own)


def causes(people: int, *teams: Share, site: Share | None = None) -> Causes:
    agents = tuple(caused(n + 1, TEAM, 0.99 if n == 0 else 0.0) for n in range(people))
    return Causes(KPI, 300.0, False, 15.0, site, teams, agents, ())


def kept(home: Installation, found: Answer, method: Method, at: datetime = SAID) -> None:
    rows = as_rows(found, stamp(method, found.kpi, PERIOD, at, "basis", 7))
    keep(home.lake, Kept((rows,), {str(method): Claim("basis", at)}), [str(method)])


@pytest.fixture
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    yield new_installation(tmp_path_factory.mktemp("week") / "home")


def test_a_sure_gap_of_the_team_and_of_everybody_is_told_and_no_persons(home: Installation) -> None:
    assert said_of_team(home.snapshot, TEAM, ON) == []
    gap, site = Share(TEAM, 40.0, 15.0, 65.0, 0.93, 0.7), Share(None, 20.0, 4.0, 36.0, 0.85)
    kept(home, causes(5, gap, Share(OTHER, 80.0, 60.0, 99.0, 0.99, 0.7), site=site), Method.CAUSE)
    found = said_of_team(home.snapshot, TEAM, ON)
    assert [(one.gap and one.gap.whose, one.gap and one.gap.share.gap) for one in found] == [
        (Whose.TEAM, 40.0),
        (Whose.SYSTEM, 20.0),
    ]
    assert found[0].gap is not None and found[0].gap.n == 500 and found[0].period == PERIOD
    # Nothing of a person, and nothing of another team, is in what is told.
    assert {one.gap.key for one in found if one.gap} == {TEAM, None}


def test_what_is_not_sure_or_for_the_better_is_left_out(home: Installation) -> None:
    kept(
        home,
        causes(5, Share(TEAM, 40.0, -10.0, 65.0, 0.79, 0.7), site=Share(None, -20.0, -36.0, -4.0, 0.99)),
        Method.CAUSE,
    )
    assert said_of_team(home.snapshot, TEAM, ON) == []


def test_of_fewer_people_than_four_nothing_is_told(home: Installation) -> None:
    gap = Share(TEAM, 40.0, 15.0, 65.0, 0.93, 0.7)
    kept(home, causes(LEAST_PEOPLE - 1, gap), Method.CAUSE)
    assert said_of_team(home.snapshot, TEAM, ON) == []
    kept(home, causes(LEAST_PEOPLE, gap), Method.CAUSE, SAID + timedelta(hours=1))
    assert len(said_of_team(home.snapshot, TEAM, ON)) == 1


def test_the_newest_is_told_and_an_old_judgement_is_none(home: Installation) -> None:
    kept(home, causes(5, Share(TEAM, 40.0, 15.0, 65.0, 0.93, 0.7)), Method.CAUSE)
    kept(home, causes(5, Share(TEAM, 30.0, 15.0, 65.0, 0.95, 0.7)), Method.CAUSE, SAID + timedelta(days=1))
    assert [one.gap and one.gap.share.gap for one in said_of_team(home.snapshot, TEAM, ON)] == [30.0]
    assert said_of_team(home.snapshot, TEAM, ON + timedelta(days=14)) == []


def test_a_change_is_told_while_it_is_news(home: Installation) -> None:
    kept(home, causes(5, replace(NOTHING, key=TEAM)), Method.CAUSE)
    fresh = Drift(date(2026, 3, 10), date(2026, 3, 24), True, True, 31.0)
    old = Drift(date(2026, 1, 10), date(2026, 1, 24), False, False, 12.0)
    hers = Followed(Unit.AGENT, bytes([1]) * 16, (fresh,))
    kept(home, Trends(KPI, (hers, Followed(Unit.TEAM, TEAM, (old, fresh))), 3.0), Method.TREND)
    assert [one.drift for one in said_of_team(home.snapshot, TEAM, ON)] == [fresh]
