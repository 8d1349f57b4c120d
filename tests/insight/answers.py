"""Which answers may the four methods give? Strategies for any of them, with every figure that they carry."""

from __future__ import annotations

from datetime import date
from typing import Any

from hypothesis import strategies as st

from floorwalker.insight.capped import Capped
from floorwalker.insight.cause import Caused, Causes, Share
from floorwalker.insight.comparison import Comparison, Judged, Lack, Verdict
from floorwalker.insight.process import Changed, Processes
from floorwalker.insight.trend import Drift, Followed, Trends, Unit
from floorwalker.insight.waterfall import Waterfall
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.levels import Cause

FIGURES = st.floats(allow_nan=False, allow_infinity=False)
SHARES = st.floats(0, 1)
COUNTS = st.integers(1, 10**9)
KEYS = st.binary(min_size=16, max_size=16)
DAYS = st.dates(date(2020, 1, 1), date(2030, 1, 1))
KPIS = st.sampled_from([catalogue()["average_handle_time"], catalogue()["csat_top_box"]])


def or_none(some: st.SearchStrategy[Any]) -> st.SearchStrategy[Any]:
    return st.none() | some


JUDGED = st.builds(
    Judged,
    agent=KEYS,
    team=or_none(KEYS),
    n=COUNTS,
    raw=FIGURES,
    adjusted=or_none(FIGURES),
    low=or_none(FIGURES),
    high=or_none(FIGURES),
    reliability=SHARES,
    probability_below=or_none(SHARES),
    flagged=st.booleans(),
    verdict=st.sampled_from(Verdict),
    lacks=st.lists(st.sampled_from(Lack), unique=True).map(tuple),
    needed=or_none(COUNTS),
    starter=st.booleans(),
    standard=or_none(FIGURES),
    beyond=st.integers(0, 10**6),
)
CAPPED = or_none(st.builds(Capped, contacts=COUNTS, all=COUNTS, seconds=FIGURES))
COMPARISONS = st.builds(
    Comparison,
    kpi=KPIS,
    agents=st.lists(JUDGED, max_size=5).map(tuple),
    delta=FIGURES,
    standard=or_none(FIGURES),
    capped=CAPPED,
)

PARTS = st.builds(Waterfall, mix=FIGURES, system=FIGURES, team=FIGURES, personal=FIGURES, noise=FIGURES)


def shares(keys: st.SearchStrategy[Any]) -> st.SearchStrategy[Share]:
    return st.builds(Share, key=keys, gap=FIGURES, low=FIGURES, high=FIGURES, probability=SHARES)


@st.composite
def caused(draw: st.DrawFn) -> Caused:
    """The own part of somebody exceeds what matters with the probability that is told of it."""
    own = draw(shares(KEYS))
    return Caused(
        own.key or b"",
        draw(or_none(KEYS)),
        draw(COUNTS),
        draw(st.sampled_from(Cause)),
        *(draw(SHARES), draw(SHARES), own.probability),
        draw(PARTS),
        own,
    )


CAUSES = st.builds(
    Causes,
    kpi=KPIS,
    standard=FIGURES,
    reference=st.booleans(),
    delta=FIGURES,
    site=or_none(shares(st.none())),
    teams=st.lists(shares(or_none(KEYS)), max_size=4).map(tuple),
    agents=st.lists(caused(), max_size=5).map(tuple),
    unplaced=st.lists(st.tuples(KEYS, st.sampled_from(Lack)), max_size=3).map(tuple),
    capped=CAPPED,
)

DRIFTS = st.builds(Drift, began=DAYS, detected=DAYS, up=st.booleans(), worse=st.booleans(), size=FIGURES)
FOLLOWED = st.builds(Followed, kind=st.sampled_from(Unit), key=KEYS, drifts=st.lists(DRIFTS, max_size=3).map(tuple))
TRENDS = st.builds(
    Trends,
    kpi=KPIS,
    units=st.lists(FOLLOWED, max_size=5, unique_by=lambda one: (one.kind, one.key)).map(tuple),
    budget=FIGURES,
    capped=CAPPED,
)

CHANGED = st.builds(
    Changed,
    kind=st.none() | st.text(st.characters(codec="utf-8"), min_size=1) | KEYS,
    change=or_none(FIGURES),
    low=or_none(FIGURES),
    high=or_none(FIGURES),
    flagged=st.booleans(),
    n=COUNTS,
)
PROCESSES = st.builds(Processes, kpi=KPIS, kinds=st.lists(CHANGED, max_size=5).map(tuple), capped=CAPPED)

# One of each, with somebody in it.
KPI = catalogue()["average_handle_time"]
ANNA, BEN, TEAM = (bytes([number]) * 16 for number in (1, 2, 3))
COMPARISON = Comparison(
    KPI,
    (
        Judged(ANNA, TEAM, 214, 401.5, 395.25, 380.0, 410.5, 0.87, 0.93, True, Verdict.WORSE, (), 60, True, 300.0),
        Judged(BEN, None, 3, 290.0, None, None, None, 0.0, None, False, Verdict.NOT_ENOUGH_DATA, (Lack.FEW_CONTACTS,)),
    ),
    0.05,
    320.0,
)
CAUSE = Causes(
    KPI,
    320.0,
    True,
    0.05,
    Share(None, 4.0, -1.0, 9.0, 0.3),
    (Share(TEAM, 2.0, -3.0, 7.0, 0.2), Share(None, 1.0, -4.0, 6.0, 0.1)),
    (
        Caused(
            *(ANNA, TEAM, 214, Cause.PERSONAL, 0.3, 0.2, 0.91),
            Waterfall(5.0, 4.0, 2.0, 60.0, 10.5),
            Share(ANNA, 60.0, 41.0, 80.5, 0.91),
        ),
    ),
    ((BEN, Lack.FEW_PEERS),),
)
DRIFT = Drift(date(2026, 3, 9), date(2026, 3, 16), True, True, 41.5)
TREND = Trends(KPI, (Followed(Unit.AGENT, ANNA, (DRIFT, DRIFT)), Followed(Unit.TEAM, TEAM, ())), 3.0)
PROCESS = Processes(KPI, (Changed("Billing", 0.12, 0.08, 0.16, True, 900), Changed(TEAM, None, None, None, False, 4)))
