"""Is what is named surely there, ordered by what it costs, and is everybody counted once?"""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from floorwalker.insight.cause import Caused, Causes, Share
from floorwalker.insight.comparison import Comparison, Judged, Verdict
from floorwalker.insight.cut import GROUPS, cut_gap
from floorwalker.insight.gaps import Sureness, Whose, find_gaps, find_gaps_of_groups
from floorwalker.insight.scorecard import Period
from floorwalker.insight.waterfall import Waterfall
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.stats.levels import Cause
from tests.kpis.memory_facts import MemoryFacts, key

KPI = find_kpi("average_handle_time", catalogue())
FLAT = Waterfall(0.0, 0.0, 0.0, 0.0, 0.0)
shares = st.builds(
    lambda key, gap, width, sure: Share(key, gap, gap - width, gap + width, sure),
    st.binary(min_size=16, max_size=16),
    st.floats(-100, 100),
    st.floats(0, 100),
    st.floats(0, 1),
)


def person(own: Share, primary: Cause, n: int) -> Caused:
    assert own.key is not None
    return Caused(own.key, b"team", n, primary, 0.0, 0.0, own.probability, FLAT, own)


people = st.lists(
    st.tuples(shares, st.sampled_from(Cause), st.integers(1, 1000), st.booleans()), unique_by=lambda one: one[0].key
)


@given(people, shares, st.lists(shares, max_size=3))
def test_only_what_is_likelier_than_not_is_listed_and_the_sure_comes_first(
    drawn: list[tuple[Share, Cause, int, bool]], site: Share, teams: list[Share]
) -> None:
    agents = tuple(person(own, primary, n) for own, primary, n, _flagged in drawn)
    causes = Causes(KPI, 300.0, False, 0.05, site, tuple(teams), agents, ())
    judged = tuple(
        Judged(own.key or b"", None, n, 1.0, 1.0, 1.0, 1.0, 0.9, 0.9, flagged, Verdict.WORSE)
        for own, _primary, n, flagged in drawn
    )
    found = find_gaps(causes, Comparison(KPI, judged, 0.05, 300.0))
    assert all(gap.share.probability >= 0.5 and gap.cost > 0 for gap in found.gaps if gap.n)
    assert all(gap.share.probability >= 0.8 for gap in found.real)
    costs = {sureness: [gap.cost for gap in found.gaps if gap.sureness is sureness] for sureness in Sureness}
    assert all(some == sorted(some, reverse=True) for some in costs.values())
    flagged = {own.key for own, primary, _n, flag in drawn if flag and primary is Cause.PERSONAL}
    assert {gap.key for gap in found.real if gap.whose is Whose.PERSON} <= flagged
    assert found.near + found.untold <= len(agents)
    assert find_gaps_of_groups(causes) == [gap for gap in found.gaps if gap.whose is not Whose.PERSON]


def calls() -> MemoryFacts:
    """Handled calls of two queues and two weeks, with handle times that are all different."""
    return MemoryFacts(
        {
            "segment": [
                {
                    "direction": "inbound",
                    "handled": True,
                    "identity_key": "wren" if number % 3 else "robin",
                    "queue_key": f"queue {number % 2}",
                    "local_day": date(2026, 1, 5 + number % 14),
                    "talk_seconds": 60.0 + 7 * number,
                    "hold_seconds": 5.0,
                    "wrap_up_seconds": 9.0 + number % 4,
                    "transferred_out": False,
                    "entered_at": f"2026-01-{5 + number % 14:02}T09:00:00+00:00",
                    "answered_at": f"2026-01-{5 + number % 14:02}T09:00:00+00:00",
                    "ended_at": f"2026-01-{5 + number % 14:02}T09:20:00+00:00",
                }
                for number in range(41)
            ]
        }
    )


def test_the_parts_of_a_gap_add_up_to_it_however_it_is_cut() -> None:
    period = Period(date(2026, 1, 5), date(2026, 1, 18))
    groups = {"long here": (key("wren"),), "new": (key("robin"),), "nobody": (key("finch"),)}
    cuts = cut_gap(calls(), KPI, period, {}, 100.0, ("queue", "week", "reason"), groups)
    assert [cut.by for cut in cuts] == ["queue", "week", GROUPS], "reasons are not known: one part tells nothing"
    seconds = sum(60.0 + 7 * number + 5.0 + 9.0 + number % 4 - 100.0 for number in range(41))
    for cut in cuts:
        assert len(cut.parts) == 2
        assert sum(part.cost for part in cut.parts) == pytest.approx(seconds)
    assert cuts[1].parts[0].value == date(2026, 1, 5), "weeks stay in their order"


def test_a_part_that_is_better_than_agreed_takes_away() -> None:
    transfers = find_kpi("transfer_rate", catalogue())
    period = Period(date(2026, 1, 5), date(2026, 1, 18))
    found = cut_gap(calls(), transfers, period, {}, 0.5, ("queue",), {})
    assert all(part.cost < 0 for cut in found for part in cut.parts), "nobody transferred: better than agreed"
