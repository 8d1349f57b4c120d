"""How long does a load spend on rolling up its newest day? Target 8: under 100 ms for a centre of 2,000 agents.

A load rolls up the day that it touched, in every roll-up, and again the days whose outcomes were pending (a contact
counts as resolved when a week has passed). Both are told.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace
from datetime import date, timedelta
from functools import partial

from bench.findings import Finding, Result, Setting, hottest, shown
from bench.floor import FIRST_DAY, copied, open_floor
from bench.fresh_days import load_rows, make_days
from bench.rounds import Timing, take_turns
from bench.sizes import Size
from floorwalker.facts.current import commit_current, read_current
from floorwalker.facts.lake import Lake
from floorwalker.facts.rollups import at_once, rebuild
from floorwalker.kpis.rollup import Rollup, rollups

DAYS = 9
LIMIT_MILLISECONDS = 100.0
ALL = "all roll-ups, newest day"
WITH_PENDING = "roll-ups of the load, pending days included"


def run(size: Size, setting: Setting) -> Result:
    """Load a day into a centre of that many agents, then roll it up by itself, again and again."""
    floor = open_floor(setting.folder, size.newest_agents, DAYS, setting.say)
    newest = FIRST_DAY + timedelta(days=DAYS)
    setting.say("making and loading the newest day")
    rows = make_days(size.newest_agents, newest, 1)[0]
    with copied(floor, setting.folder / "newest-day") as home:
        loaded = load_rows(home, rows, size.newest_agents, rollups=True)
        lake = Lake(home)
        each = {one.name: partial(_roll_up, lake, (one,), newest) for one in rollups()}
        timings = take_turns({**each, ALL: partial(_roll_up, lake, rollups(), newest)}, size.rounds, setting.say)
        timings[WITH_PENDING] = Timing((loaded.rollup_seconds,))
        findings = tuple(_findings(timings, partial(_one_by_one, lake, rollups(), newest)))
    contacts = loaded.receipt.facts["contact"].new
    remark = f"{size.newest_agents} agents, {loaded.rows} fact rows on the newest day, {contacts} of them contacts."
    return Result("Newest day", findings, timings, (remark,))


def _roll_up(lake: Lake, some: Sequence[Rollup], day: date) -> None:
    """Make the day of these roll-ups anew and commit it, as a load does."""
    current = read_current(lake.path)
    commit_current(lake.path, at_once(some, lambda one: rebuild(lake, one, {day}, current), current))


def _one_by_one(lake: Lake, some: Sequence[Rollup], day: date) -> None:
    """The same in this thread, which is the only one that a profile sees."""
    for one in some:
        commit_current(lake.path, rebuild(lake, one, {day}, read_current(lake.path)))


def _findings(timings: dict[str, Timing], again: Callable[[], None]) -> Iterator[Finding]:
    singly = {name: timing for name, timing in timings.items() if name not in (ALL, WITH_PENDING)}
    slowest = max(singly, key=lambda name: singly[name].median)
    for name, what, limit in (
        (slowest, f"the slowest single roll-up ({slowest})", None),
        (ALL, f"all {len(singly)} roll-ups of the newest day", LIMIT_MILLISECONDS),
        (WITH_PENDING, "all that the load rolled up: the newest day, and those with pending outcomes", None),
    ):
        milliseconds = timings[name].median * 1000
        found = Finding("8", what, shown(timings[name].median), "", milliseconds, limit, unit=" ms")
        yield found if found.met is not False else replace(found, profile=hottest(again))
