"""What does it cost that loads may overlap? Appending a day, merging one that is partly known, and loading it again.

Also the other half of target 3: how much of a load's time keeping the derived columns takes.
"""

from __future__ import annotations

import time
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import timedelta
from tempfile import TemporaryDirectory

from deltalake import write_deltalake

from bench.findings import Finding, Result, Setting, compare, hottest
from bench.floor import copied, open_floor
from bench.fresh_days import Loaded, Rows, load_rows, make_days
from bench.rounds import Timing
from bench.sizes import Size
from floorwalker.config import Config
from floorwalker.facts.lake import Lake
from floorwalker.facts.relations import DAY
from floorwalker.facts.writing import WRITER

KNOWN_SHARE = 0.7
ROWS = 100_000  # rates are told as seconds for so many rows, so that days of different size can be compared
BARE = "writing the same rows into empty tables"
APPEND, MERGE, AGAIN = "appending a new day", "merging a day of which 70 % is known", "loading the same once more"


@dataclass
class _Loads:
    """What was loaded in all rounds, by kind, and the tables of which a second identical load wrote a new version."""

    by_kind: dict[str, list[Loaded]] = field(default_factory=lambda: {APPEND: [], MERGE: [], AGAIN: []})
    bare: list[float] = field(default_factory=list)
    written: set[str] = field(default_factory=set)

    def timings(self) -> dict[str, Timing]:
        """Seconds for a hundred thousand rows."""
        told = {
            kind: Timing(tuple(one.seconds / one.rows * ROWS for one in loads)) for kind, loads in self.by_kind.items()
        }
        return {**told, BARE: Timing(tuple(self.bare))}


def run(size: Size, setting: Setting) -> Result:
    """Round after round: a new day, a day of which most is known, and the same once more."""
    floor = open_floor(setting.folder, size.agents, size.days, setting.say)
    setting.say("making further days")
    first, *days = make_days(size.agents, floor.last_day + timedelta(days=1), 2 * size.rounds + 4)
    loads = _Loads()
    with copied(floor, setting.folder / "further-days") as home:
        load_rows(home, first, size.agents, rollups=False)
        for number in range(size.rounds):
            setting.say(f"round {number + 1} of {size.rounds}: appending, merging, loading again")
            _one_round(loads, home, days[2 * number], days[2 * number + 1], size.agents)
        profile = hottest(lambda: load_rows(home, days[-1], size.agents, rollups=False))
    timings = loads.timings()
    findings = tuple(_findings(loads, timings, profile))
    return Result(
        "Overlapping loads", findings, {f"{kind}, for 100,000 rows": timing for kind, timing in timings.items()}
    )


def _one_round(loads: _Loads, home: Config, new: Rows, partly: Rows, agents: int) -> None:
    appended = load_rows(home, new, agents, rollups=False)
    loads.by_kind[APPEND].append(appended)
    loads.bare.append(_bare_seconds(home, appended) / appended.rows * ROWS)
    load_rows(home, _first_part(partly), agents, rollups=False)
    loads.by_kind[MERGE].append(load_rows(home, partly, agents, rollups=False))
    before = _versions(home)
    loads.by_kind[AGAIN].append(load_rows(home, partly, agents, rollups=False))
    loads.written |= {name for name, version in _versions(home).items() if before.get(name) != version}


def _bare_seconds(home: Config, loaded: Loaded) -> float:
    """How long it takes to write the rows of that load into empty tables: no keys, no checks, nothing known before."""
    facts = Lake(home).snapshot()
    query = "select * from {} as t where load_id = '{}'"
    rows = {
        name: facts.sql(query.format(facts.relation(name), loaded.receipt.load_id)) for name in loaded.receipt.facts
    }
    with TemporaryDirectory(dir=home.home) as folder:
        began = time.perf_counter()
        for name, table in rows.items():
            write_deltalake(f"{folder}/{name}", table, partition_by=[DAY], writer_properties=WRITER)
        return time.perf_counter() - began


def _first_part(rows: Rows) -> Rows:
    """The first rows of every table: what an earlier, shorter export of the day would have held."""
    return {name: table.slice(0, int(table.num_rows * KNOWN_SHARE)) for name, table in rows.items()}


def _versions(home: Config) -> dict[str, int]:
    return dict(Lake(home).snapshot().current.tables)


def _findings(loads: _Loads, timings: dict[str, Timing], profile: tuple[str, ...]) -> Iterator[Finding]:
    derive = Timing(tuple(one.derive_seconds for one in loads.by_kind[APPEND]))
    own = Timing(tuple(one.own_seconds for one in loads.by_kind[APPEND]))
    what = "keeping repeat contacts current with every load: share of the load's own time"
    share = compare("3", what, ("deriving", derive), ("the rest of the load", own), 0.3)
    yield share if share.met else replace(share, profile=profile)
    what = "merging an overlapping day: its rate as a share of the append rate"
    rate = compare("5", what, (MERGE, timings[MERGE]), (APPEND, timings[APPEND]), 0.3, faster=True)
    yield rate if rate.met else replace(rate, profile=profile)
    what = "appending a day with every check: its rate as a share of writing the same rows into empty tables"
    yield compare("5", what, (APPEND, timings[APPEND]), (BARE, timings[BARE]), None, faster=True)
    what = "a second identical load: tables that it writes"
    yield Finding("5", what, ", ".join(sorted(loads.written)) or "none", "", len(loads.written), 0, unit="")
