"""Are the rows behind a number those that were counted, in the scope that was asked for, and without people's keys?"""

from __future__ import annotations

from datetime import date

import pytest

from floorwalker.insight.rows import SHOWN, TELLING, read_rows
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import run_kpis
from tests.kpis.memory_facts import MemoryFacts, key

PERIOD = Period(date(2026, 1, 5), date(2026, 1, 11))


def centre() -> MemoryFacts:
    base = {"direction": "inbound", "handled": True, "talk_seconds": 60.0, "hold_seconds": 5.0, "wrap_up_seconds": 9.0}
    base |= {
        "transferred_out": False,
        "answered_at": "2026-01-05T09:00:00+00:00",
        "ended_at": "2026-01-05T09:02:00+00:00",
    }
    segments = [
        {**base, "identity_key": "wren at work", "entered_at": "2026-01-05T09:00:00+00:00"},
        {**base, "identity_key": "wren at home", "entered_at": "2026-01-05T10:00:00+00:00"},
        {**base, "identity_key": "robin", "entered_at": "2026-01-05T11:00:00+00:00"},
        {**base, "identity_key": "robin", "entered_at": "2026-01-05T12:00:00+00:00", "direction": "outbound"},
        {**base, "identity_key": "robin", "entered_at": "2026-01-20T12:00:00+00:00", "local_day": date(2026, 1, 20)},
        {
            **base,
            "identity_key": "finch",
            "entered_at": "2026-01-05T13:00:00+00:00",
            "handled": False,
            "ended_at": None,
        },
    ]
    identity = [{"identity_key": "wren at home", "kind": "agent", "subject_key": "wren at work"}]
    membership = [{"agent_key": name, "team_key": "Avocet"} for name in ("wren at work", "finch")]
    return MemoryFacts({"segment": segments}, identity=identity, membership=membership)


@pytest.mark.parametrize(
    ("where", "n"),
    [({}, 3), ({"team": (key("Avocet"),)}, 2), ({"agent": (key("wren at work"),)}, 2), ({"agent": (key("finch"),)}, 0)],
)
def test_as_many_rows_as_the_figure_has_observations(where: Where, n: int) -> None:
    facts = centre()
    kpi = catalogue()["average_handle_time"]
    figure = run_kpis(KpiQuery((kpi.id,), PERIOD.first, PERIOD.last, (), where), facts)[0].answer
    behind = read_rows(facts, kpi, PERIOD, where)
    assert behind.shown == len(behind.rows) == figure.n == n


def test_a_count_shows_the_rows_that_it_counts_latest_first() -> None:
    contacts = [
        {"entered_at": f"2026-01-05T{hour:02}:00:00+00:00", "direction": "inbound", "outcome": outcome}
        for hour, outcome in enumerate(["abandoned", "answered", "abandoned", "answered"])
    ]
    behind = read_rows(MemoryFacts({"contact": contacts}), catalogue()["contacts_abandoned"], PERIOD, {})
    place = behind.columns.index("entered_at")
    assert [row[place].hour for row in behind.rows] == [2, 0]


def test_each_row_is_told_by_the_clock_of_its_site() -> None:
    rows = [
        {
            "entered_at": "2026-07-06T09:00:00+00:00",
            "local_day": date(2026, 7, 6),
            "site_key": site,
            "direction": "inbound",
        }
        for site in ("cardiff", "warsaw")
    ]
    sites = [
        {"site_key": "cardiff", "code": "Cardiff", "timezone": "Europe/London", "country": "GB"},
        {"site_key": "warsaw", "code": "Warsaw", "timezone": "Europe/Warsaw", "country": "PL"},
    ]
    kpi, july = catalogue()["contacts_offered"], Period(date(2026, 7, 6), date(2026, 7, 6))
    behind = read_rows(MemoryFacts({"contact": rows}, site=sites), kpi, july, {})
    assert behind.zones == ("Europe/London", "Europe/Warsaw")
    place = behind.columns.index("entered_at")
    assert {(row[place].hour, str(row[place].tzinfo)) for row in behind.rows} == {
        (10, "Europe/London"),
        (11, "Europe/Warsaw"),
    }
    unknown = read_rows(MemoryFacts({"contact": rows}), kpi, july, {})
    assert unknown.zones == ("UTC",) and {row[place].hour for row in unknown.rows} == {9}


def test_every_measure_can_show_its_rows_and_none_shows_people_or_customers() -> None:
    facts = centre()
    for kpi in catalogue().values():
        behind = read_rows(facts, kpi, PERIOD, {})
        assert behind.columns[0] == "key" and len(behind.rows) <= SHOWN
        assert all(len(row[0]) == 8 for row in behind.rows)
    assert not [name for name in TELLING if name.endswith("_key") or "customer" in name or name == "attributes"]
