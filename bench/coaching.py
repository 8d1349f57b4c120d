"""How quick are the pages of a year of coaching, objectives and huddles in a large centre? `python -m bench.coaching`.

A floor of that many agents is made, or one that is kept is used, and filled with a year of what people said, agreed and
looked at. Then its pages are opened over HTTP one after another, and one night's looks at effects are timed. It writes its
section of docs/budgets.md; nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import statistics
import subprocess
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.budgets import ROOT, Budget, contacts_of, make_floor, served, write_section
from bench.crowds import LIMIT_MILLISECONDS
from bench.machine import this_machine
from bench.quality import opened


def filled(home: Path) -> dict[str, Any]:
    """What there is to open on that floor, and how long the night's looks at effects took."""
    run = [sys.executable, "-m", "bench.many_talks"]
    told = subprocess.run(
        run, cwd=ROOT, env={**os.environ, "FLOORWALKER_HOME": str(home)}, check=True, stdout=subprocess.PIPE, text=True
    )
    found: dict[str, Any] = json.loads(told.stdout.splitlines()[-1])
    return found


def measure(home: Path, found: dict[str, Any]) -> list[Budget]:
    """The slowest of twenty openings but one, by page."""
    budgets = []
    with served(home) as (address, _process):
        for username, pages in found["addresses"].items():
            for name, path in pages.items():
                took = statistics.quantiles(opened(address, path, found["sessions"][username]), n=20)[-1]
                budgets.append(Budget(name, LIMIT_MILLISECONDS, took))
                print(f"bench: {name}: {took:.0f} ms", flush=True)
    return budgets


def section(title: str, home: Path, found: dict[str, Any], budgets: list[Budget]) -> str:
    """The tables as Markdown."""
    machine, (contacts, (first, last)) = this_machine(), contacts_of(home)
    night = found["night"]
    lines = [
        f"## {title}\n",
        f"{datetime.now(UTC):%Y-%m-%d}, {machine.cores} cores of {machine.processor}. The floor holds {contacts:,} contacts of "
        f"{(last - first).days + 1:,} days; {found['rows']}. One night's judgements took {night['judging']:.0f} s; its looks at "
        f"effects held {night['looks']:,} of them in {night['seconds']:.0f} s; asked once more, {night['again']:,} in "
        f"{night['seconds_again']:.1f} s.\n",
        "| Page | Budget | 95 of 100 answers | |",
        "|---|---|---|---|",
        *(
            f"| {one.what} | {one.limit} ms | {one.measured:,.0f} ms | {'kept' if one.measured <= one.limit else '**missed**'} |"
            for one in budgets
        ),
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure one floor and put its section into docs/budgets.md."""
    parser = argparse.ArgumentParser(prog="python -m bench.coaching", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--agents", type=int, default=2000)
    parser.add_argument("--days", type=int, default=364)
    parser.add_argument("--folder", type=Path, default=ROOT / ".floorwalker-bench")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs")
    asked = parser.parse_args()
    home = (asked.folder / f"demo-{asked.agents}-agents-{asked.days}-days").resolve()
    home.parent.mkdir(parents=True, exist_ok=True)
    make_floor(home, asked.agents, asked.days)
    found = filled(home)
    title = f"A year of coaching of {asked.agents:,} agents"
    write_section(asked.docs / "budgets.md", title, section(title, home, found, measure(home, found)))


if __name__ == "__main__":
    main()
