"""How does a floor of thousands of agents get years of facts in minutes? Its simulated fortnight is repeated backwards.

To simulate and load fifty million contacts takes hours, and a page reads none of them one by one. So the last fortnight is
the product's own simulation and load, and each fortnight before it holds the same rows at earlier instants under keys of
their own: as many files, rows, days and groups as a real past, of which nobody should ask what happened.
"""

from __future__ import annotations

import shutil
from collections.abc import Callable, Sequence
from datetime import date, timedelta

from bench.floor import much_memory
from floorwalker.config import Config
from floorwalker.facts.current import Current, commit_current, read_current
from floorwalker.facts.engine import Engine
from floorwalker.facts.lake import Lake
from floorwalker.facts.relations import DAY
from floorwalker.facts.snapshot import Snapshot
from floorwalker.facts.tables import CONTACT, FACTS, INSTANT, Column, Refers, Table
from floorwalker.facts.writing import commit_files
from floorwalker.jobs.rolling import roll_up_days

FORTNIGHT = 14
# So many fortnights are written and rolled up in one commit: what is made goes on from there after an interruption.
PER_COMMIT = 9
# What is of one fortnight alone; sites, queues, teams and agents are the same in all.
OF_THE_TIME = (Refers.SELF, Refers.CONTACT, Refers.CHAIN, Refers.CUSTOMER)
# A month of the largest floor is rolled up in one pass; its pages are served with the usual limit.
MEMORY_MEGABYTES = 1200

Say = Callable[[str], None]


def repeat_back(config: Config, days: int, say: Say) -> None:
    """Give a lake whose last fortnight is whole the fortnights before it, up to so many days, and their daily sums."""
    spill = config.intake / "spill"
    engine = Engine(memory_megabytes=min(MEMORY_MEGABYTES, much_memory()), spill=spill)
    lake = Lake(config)
    vars(lake)["engine"] = engine  # its own, made at the first use, has the memory of a server
    wanted = range(_held(lake), days // FORTNIGHT)
    for start in wanted[::PER_COMMIT]:
        _write(lake, range(start, min(start + PER_COMMIT, wanted.stop)))
        say(f"{_held(lake) * FORTNIGHT} of {days} days")
    engine.close()
    shutil.rmtree(spill, ignore_errors=True)


def _held(lake: Lake) -> int:
    """How many fortnights there are."""
    found = lake.snapshot().days(CONTACT.name)
    return 0 if found is None else (found[1] - found[0]).days // FORTNIGHT + 1


def _write(lake: Lake, numbers: Sequence[int]) -> None:
    """Write these fortnights, counted backwards from the last one, 0, in one commit of the lake."""
    with lake.writing():
        current = read_current(lake.path)
        touched: dict[str, set[date]] = {}
        for table in FACTS:
            current, touched[table.name] = _repeat(lake, table, numbers, current)
        commit_current(lake.path, roll_up_days(lake, touched, current))


def _repeat(lake: Lake, table: Table, numbers: Sequence[int], current: Current) -> tuple[Current, set[date]]:
    """The table with these fortnights more, in one commit, and the days on which rows were added."""
    snapshot = Snapshot(lake, current)
    known = snapshot.days(CONTACT.name)
    held = {file.partition for file in snapshot.day_files(table.name)}
    present = [day for day in held if known is not None and (known[1] - day).days < FORTNIGHT]
    if not present:
        return current, set()
    relation = snapshot.relation_of_days(table.name, present)
    queries = [_earlier(table, relation, number) for number in numbers]
    files = [file for query in queries for file in lake.engine.write(query, lake.table_path(table.name), by=DAY)]
    added = {day - timedelta(days=FORTNIGHT * number) for day in present for number in numbers}
    return commit_files(lake, table.name, files, queries[0], current, by=DAY), added


def _earlier(table: Table, relation: str, number: int) -> str:
    """The rows of the fortnight, so many fortnights earlier."""
    columns = ", ".join(f'{_of_earlier(column, number)} as "{column.name}"' for column in table.columns)
    return f"select {columns} from {relation}"


def _of_earlier(column: Column, number: int) -> str:
    name = f'"{column.name}"'
    if column.refers_to in OF_THE_TIME:
        return f"unhex('{number:04x}') || {name}[3:]"
    if column.type == INSTANT or column.name == DAY:
        shifted = f"{name} - interval {FORTNIGHT * number} day"
        return f"({shifted})::date" if column.name == DAY else f"({shifted})"
    return name
