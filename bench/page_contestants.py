"""Who answers the pages? The product from facts and from roll-ups, the bare scan, PostgreSQL and pandas, on the same rows."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from functools import partial

from bench.agreement import Figures, check_same, of_pandas, of_postgres, of_summaries
from bench.floor import Floor
from bench.measures import COLUMNS, TimedFacts, bare_scan, page
from bench.pandas_page import PandasPage
from bench.postgres_rows import PostgresPage
from bench.rounds import Contestant, Say, Timing
from floorwalker.facts.snapshot import Snapshot
from floorwalker.kpis.gather import gather_columns, summarise
from floorwalker.kpis.query import KpiQuery

AGENT, AGENT_DAY = ("agent",), ("agent", "day")
SCAN = "bare scan, year"
TEAM_AND_YEAR, TEAM_AND_QUARTER = "team, 90 days, roll-ups", "team once more, 90 days, roll-ups"
COUNTED = ", engine's part"
ROLLUPS = "roll-ups"
SINGLY = "year by agent and day, roll-ups, an object for every figure"


class Contestants:
    """All that take part, by name. Asking the product also notes how much of its time the engine took."""

    def __init__(self, floor: Floor, facts: Snapshot, postgres: PostgresPage) -> None:
        self.facts = facts
        self.postgres = postgres
        self.pandas = PandasPage(facts)
        self.year = floor.first_day, floor.last_day
        self.quarter = floor.quarter
        self.team = middle_team(facts)
        self._engine_seconds: dict[str, list[float]] = {}

    def check(self, say: Say) -> None:
        """Refuse to time anything unless all agree on the quarter by agent and day, and on the team."""
        say("comparing the figures of all engines")
        ours = self._figures(AGENT_DAY, rollups=False)
        check_same(ours, self._figures(AGENT_DAY, rollups=True), "the roll-ups")
        check_same(ours, of_postgres(self.postgres.page(*self.quarter, by_day=True), 2), "PostgreSQL")
        check_same(ours, of_pandas(self.pandas.page(self.pandas.read(*self.quarter))), "pandas")
        theirs = self.postgres.page(*self.quarter, by_day=False, team=self.team)
        check_same(self._figures(AGENT, rollups=True, team=self.team), of_postgres(theirs, 1), "PostgreSQL")

    def _figures(self, by: tuple[str, ...], *, rollups: bool, team: bytes | None = None) -> Figures:
        return of_summaries(summarise(page(*self.quarter, by, rollups=rollups, team=team), self.facts))

    def of_the_year(self) -> dict[str, Contestant]:
        """Those that are compared with the bare scan of the year, and pandas."""
        frames = self.pandas.read(*self.year)
        asked = {
            f"year {split}, {way}": page(*self.year, by, rollups=way == ROLLUPS)
            for split, by in (("by agent", AGENT), ("by agent and day", AGENT_DAY))
            for way in ("facts", ROLLUPS)
        }
        asked[TEAM_AND_YEAR] = page(*self.quarter, AGENT, rollups=True, team=self.team)
        single = asked[f"year by agent and day, {ROLLUPS}"]
        return {
            SCAN: partial(bare_scan, self.facts, COLUMNS, *self.year),
            **self._asking(asked),
            SINGLY: lambda: summarise(single, self.facts),
            "pandas, year, from the files": lambda: self.pandas.page(self.pandas.read(*self.year)),
            "pandas, year, already in memory": lambda: self.pandas.page(frames),
        }

    def of_the_quarter(self) -> dict[str, Contestant]:
        """Those that are compared with PostgreSQL."""
        asked = {
            "90 days by agent and day, facts": page(*self.quarter, AGENT_DAY, rollups=False),
            "90 days by agent and day, roll-ups": page(*self.quarter, AGENT_DAY, rollups=True),
            "90 days by agent, facts": page(*self.quarter, AGENT, rollups=False),
            "90 days by agent, roll-ups": page(*self.quarter, AGENT, rollups=True),
            TEAM_AND_QUARTER: page(*self.quarter, AGENT, rollups=True, team=self.team),
        }
        ask = partial(self.postgres.page, *self.quarter)
        return {
            **self._asking(asked),
            "PostgreSQL, 90 days by agent and day": partial(ask, by_day=True),
            "PostgreSQL, 90 days by agent": partial(ask, by_day=False),
            "PostgreSQL, team, 90 days": partial(ask, by_day=False, team=self.team),
        }

    def _asking(self, questions: Mapping[str, KpiQuery]) -> dict[str, Contestant]:
        return {name: self._ask(name, query) for name, query in questions.items()}

    def _ask(self, name: str, query: KpiQuery) -> Callable[[], object]:
        def asked() -> object:
            timed = TimedFacts(self.facts)
            found = gather_columns([query], timed)
            self._engine_seconds.setdefault(name, []).append(timed.seconds)
            return found

        return asked

    def engine_parts(self, timings: Mapping[str, Timing]) -> dict[str, Timing]:
        """The engine's part of the rounds that were measured (the last so many; what came before was a warm-up)."""
        return {
            name + COUNTED: Timing(tuple(spent[-timings[name].rounds :]))
            for name, spent in self._engine_seconds.items()
        }


def middle_team(facts: Snapshot) -> bytes:
    """The team of middle size."""
    rows = facts.sql(
        "select observed_team_key as k, count(distinct identity_key) as n "
        f"from {facts.relation('observed_membership')} as m group by 1 order by n, k"
    ).to_pylist()
    key: bytes = rows[len(rows) // 2]["k"]
    return key
