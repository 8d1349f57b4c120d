"""What does a page cost, beside the bare scan, PostgreSQL and pandas on the same rows? Targets 1, 2 and 4."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

from bench.findings import Finding, Result, Setting, compare
from bench.floor import Floor, much_memory, open_floor
from bench.measures import COLUMNS
from bench.page_contestants import COUNTED, SCAN, SINGLY, TEAM_AND_QUARTER, TEAM_AND_YEAR, Contestants
from bench.postgres_rows import INDEXES, PostgresPage
from bench.postgres_server import postgres_cluster
from bench.rounds import Contestant, Timing, take_turns
from bench.sizes import Size

_PANDAS_FILES, _PANDAS_MEMORY = "pandas, year, from the files", "pandas, year, already in memory"


@dataclass(frozen=True)
class Promise:
    """One target: whose median by whose, and the limit; faster: how many times theirs takes longer than ours."""

    target: str
    what: str
    ours: str
    theirs: str
    limit: float | None
    faster: bool = False


def promises() -> Iterator[Promise]:
    """The targets about pages, each for every way in which the product answers."""
    for split in ("by agent", "by agent and day"):
        for way, limit in (("facts", 4.0), ("roll-ups", 1.0)):
            name, what = f"year {split}, {way}", f"whole centre, a year {split}, from {way}"
            if "day" in split:
                yield Promise("1", f"{what}: engine's part, against the bare scan", name + COUNTED, SCAN, limit)
            yield Promise("1", f"{what}: all of it, against the bare scan", name, SCAN, limit)
    singly = (
        "whole centre, a year by agent and day, from roll-ups: with an object for every figure, against the bare scan"
    )
    yield Promise("1", singly, SINGLY, SCAN, None)
    team, theirs = "one team, 90 days, from roll-ups", "PostgreSQL, team, 90 days"
    yield Promise("2", f"{team}: against the bare scan of the year", TEAM_AND_YEAR, SCAN, 0.15)
    yield Promise("2", f"{team}: times as fast as PostgreSQL", TEAM_AND_QUARTER, theirs, 1.0, faster=True)
    for split in ("by agent", "by agent and day"):
        for way in ("facts", "roll-ups"):
            name, what = f"90 days {split}, {way}", f"whole centre, 90 days {split}, from {way}"
            theirs = f"PostgreSQL, 90 days {split}"
            if "day" in split:
                told = f"{what}: engine's part, times as fast as PostgreSQL"
                yield Promise("4", told, name + COUNTED, theirs, 12, True)
            yield Promise("4", f"{what}: all of it, times as fast as PostgreSQL", name, theirs, 12, True)
    for way in ("facts", "roll-ups"):
        name, what = f"year by agent and day, {way}", f"whole centre, a year by agent and day, from {way}"
        yield Promise("4", f"{what}: engine's part, times as fast as pandas", name + COUNTED, _PANDAS_FILES, 5, True)
        yield Promise("4", f"{what}: all of it, times as fast as pandas", name, _PANDAS_FILES, 5, True)
        lead = f"{what}: engine's part, times as fast as pandas with everything in memory"
        yield Promise("4", lead, name + COUNTED, _PANDAS_MEMORY, None, True)


def run(size: Size, setting: Setting) -> Result:
    """Ask all pages of all engines, in turn, once they agree."""
    floor = open_floor(setting.folder, size.agents, size.days, setting.say)
    facts = floor.snapshot()
    with postgres_cluster() as connection:
        postgres = PostgresPage(connection, facts)
        postgres.fill(setting.say)
        contestants = Contestants(floor, facts, postgres)
        contestants.check(setting.say)
        asked = contestants.of_the_year()
        timings = take_turns(asked, size.rounds, setting.say)
        asked |= (quarter := contestants.of_the_quarter())
        timings |= take_turns(quarter, size.rounds, setting.say)
        timings |= contestants.engine_parts(timings)
        setting.say("looking where the time goes")
        findings = tuple(_judge(promise, timings, asked) for promise in promises())
        return Result("Pages", findings, timings, _remarks(floor, contestants))


def _judge(promise: Promise, timings: dict[str, Timing], asked: dict[str, Contestant]) -> Finding:
    ours, theirs = promise.ours, promise.theirs
    return compare(
        promise.target,
        promise.what,
        (ours, timings[ours]),
        (theirs, timings[theirs]),
        promise.limit,
        faster=promise.faster,
        profiled=asked.get(ours),
    )


def _remarks(floor: Floor, contestants: Contestants) -> tuple[str, ...]:
    facts = contestants.facts
    rows = ", ".join(f"{count / 1e6:.2f} million rows of `{name}`" for name, count in floor.rows.items())
    megabytes = sum(Path(file.path).stat().st_size for table in COLUMNS for file in facts.day_files(table)) / 1e6
    postgres = contestants.postgres.size() / 1e6
    return (
        f"A simulated centre of {floor.agents} agents and {floor.days} days: {rows}; {megabytes:.0f} MB of facts with all "
        f"columns on disk, {postgres:.0f} MB in PostgreSQL with only the columns that the page needs and {len(INDEXES)} "
        "indexes, all of it in its memory.",
        f"The centre was loaded in one go with {much_memory():,} MB for the engine; pages and further loads have the usual "
        f"{floor.config.memory_limit_megabytes} MB.",
        "Nothing was timed before roll-ups, PostgreSQL and pandas gave exactly the figures that the facts give, for every "
        "measure, agent and day of the last 90 days.",
    )
