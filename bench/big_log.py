"""How fast and in how much memory does a queue_log become facts? Target 6.

The yardstick: counting the lines with `wc -l`, and splitting them into fields by the fastest tool that Python has. Three
are tried on the same file in the same run; the fastest is named and used.
"""

from __future__ import annotations

import json
import shutil
import subprocess
import time
from collections import defaultdict
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, datetime
from functools import partial
from pathlib import Path

import duckdb
import pyarrow as pa
import pyarrow.compute as pc
from pyarrow import csv

from bench.findings import Finding, Result, Setting, compare
from bench.floor import ORIGIN, SITE
from bench.own_process import Spent, run_module
from bench.queue_log import Centre, write_queue_log
from bench.rounds import Contestant, Timing, seconds_of
from bench.sizes import Size
from floorwalker.config import Config
from floorwalker.facts.lake import Lake
from floorwalker.ingest.load import load
from floorwalker.ingest.order import Order
from floorwalker.jobs.rolling import roll_up_load

FIELDS = 12
GIGABYTE = 1e9
LIMIT = 12.0
ROUNDS = 3


def run(size: Size, setting: Setting) -> Result:
    """Split, count and load the same log in turn."""
    log = _log(setting, size.events)
    splitters = {name: partial(split, log) for name, split in SPLITTERS.items()}
    home = setting.folder / "log-home"
    spent: list[Spent] = []
    contestants: dict[str, Contestant] = {
        "wc -l": lambda: subprocess.run(["wc", "-l", str(log)], check=True, capture_output=True),
        **splitters,
        "load": lambda: spent.append(_load(log, home, size.events)),
    }
    taken: dict[str, list[float]] = {name: [] for name in contestants}
    for number in range(ROUNDS):
        for name, contestant in contestants.items():
            setting.say(f"log, round {number + 1} of {ROUNDS}: {name}")
            taken[name].append(seconds_of(contestant))
    timings = {name: Timing(tuple(seconds)) for name, seconds in taken.items()}
    return _result(size, log, home, timings, spent)


def _log(setting: Setting, events: int) -> Path:
    path = setting.folder / f"queue_log-{events}"
    if not path.exists():
        setting.say(f"writing a queue_log of {events} lines")
        unfinished = path.with_suffix(".new")
        write_queue_log(unfinished, events, Centre())
        unfinished.rename(path)
    return path


def _load(log: Path, home: Path, events: int) -> Spent:
    """The command as a person would give it, into a new home: facts, roll-ups and names."""
    shutil.rmtree(home, ignore_errors=True)
    spent = run_module(
        "floorwalker", ["load", "asterisk_queue_log", str(log), "--json"], {"FLOORWALKER_HOME": str(home)}
    )
    assert json.loads(spent.output)["records"]["used"] == events
    return spent


def _result(size: Size, log: Path, home: Path, timings: dict[str, Timing], spent: list[Spent]) -> Result:
    fastest = min(SPLITTERS, key=lambda name: timings[name].median)
    lines = zip(timings["wc -l"].seconds, timings[fastest].seconds, strict=True)
    theirs = Timing(tuple(count + split for count, split in lines))
    what = f"a queue_log of {size.events / 1e6:g} million events to facts, with roll-ups and names"
    speed = compare(
        "6",
        f"{what}: against wc -l and a bare split",
        ("load", timings["load"]),
        (f"wc -l and {fastest}", theirs),
        LIMIT,
    )
    peak = max(one.peak_bytes for one in spent)
    memory = Finding(
        "6", f"{what}: peak memory of its process", f"{peak / 1e6:.0f} MB", "", peak / GIGABYTE, 1.0, unit=" GB"
    )
    rate = size.events / timings["load"].median
    remark = (
        f"The log has {log.stat().st_size / 1e6:.0f} MB; the load takes {rate:,.0f} events a second and "
        f"{max(one.cpu_seconds for one in spent):.1f} seconds of processor. Fastest at the bare split: {fastest}."
    )
    if not speed.met:
        speed = replace(speed, profile=_stages(log, home))
    return Result("Log to facts", (speed, memory), timings, (remark,))


def _stages(log: Path, home: Path) -> tuple[str, ...]:
    """What one more load, in this process, spends on each stage that it reports."""
    shutil.rmtree(home, ignore_errors=True)
    config = Config.from_environment({"FLOORWALKER_HOME": str(home)}).prepare()
    spent: defaultdict[str, float] = defaultdict(float)
    stage, began = "reading", time.perf_counter()

    def progress(share: float, now: str) -> None:
        nonlocal stage, began
        spent[stage] += time.perf_counter() - began
        stage, began = now, time.perf_counter()

    order = Order("asterisk_queue_log", (log,), SITE, ORIGIN, after_merge=roll_up_load)
    load(order, config, Lake(config), now=lambda: datetime.now(UTC), progress=progress)
    progress(1.0, "")
    whole = sum(spent.values())
    return tuple(f"{seconds / whole:.0%} {name}" for name, seconds in sorted(spent.items(), key=lambda item: -item[1]))


# Three ways to split every line at its bars; each must see every line.


def _by_duckdb(log: Path) -> None:
    names = ", ".join(f"'c{n}': 'VARCHAR'" for n in range(FIELDS))
    sums = ", ".join(f"sum(strlen(c{n}))" for n in range(FIELDS))
    duckdb.connect().sql(
        f"select count(*), {sums} from read_csv('{log}', delim='|', header=false, quote='', escape='', "
        f"null_padding=true, auto_detect=false, columns={{{names}}})"
    ).fetchall()


def _by_pyarrow(log: Path) -> None:
    """The reader for CSV refuses lines of different length, so the lines are read whole and split by the kernel."""
    one_column = csv.ParseOptions(delimiter="\x01", quote_char=False)
    read = csv.ReadOptions(column_names=["line"], block_size=16 << 20)
    convert = csv.ConvertOptions(column_types={"line": pa.string()})
    for batch in csv.open_csv(log, read, one_column, convert):
        pc.split_pattern(batch.column(0), "|")


def _by_loop(log: Path) -> None:
    with log.open("rb") as file:
        for line in file:
            line.split(b"|")


SPLITTERS: dict[str, Callable[[Path], None]] = {
    "duckdb read_csv": _by_duckdb,
    "pyarrow split_pattern": _by_pyarrow,
    "a loop in Python": _by_loop,
}
