"""How many can evaluate at once, and how quick are the pages of a hundred thousand evaluations? `python -m bench.quality`.

A demo floor is made on each of the two databases and filled with what was evaluated in a year. Then a served floor is asked over
HTTP: pages are opened one after another, and evaluators save what they answered every few seconds, first a few of them, then more.
It writes its section of docs/budgets.md; nothing is asserted.
"""

from __future__ import annotations

import argparse
import json
import os
import shutil
import statistics
import subprocess
import sys
import urllib.request
from collections.abc import Iterator
from contextlib import ExitStack, contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.budgets import ROOT, Budget, served, write_section
from bench.crowds import EVERY_SECONDS, LASTS_SECONDS, LIMIT_MILLISECONDS, Crowd, together
from bench.machine import this_machine
from bench.postgres_server import postgres_cluster
from bench.rounds import seconds_of

AGENTS, DAYS = 60, 28
AT_ONCE = (25, 50, 100, 200, 400)
OPENINGS = 40
# By name: whose page it is, and where it lies.
PAGES = {
    "Evaluations, the newest": "/evaluations/",
    "Evaluations, those not released": "/evaluations/?state=submitted",
    "Evaluations of one agent": "/evaluations/?agent=a",
    "What waits for an evaluator": "/evaluations/queue/",
    "What is missed, and why": "/evaluations/misses/",
    "Do we mark alike?": "/evaluations/evaluators/",
    "Home of an evaluator": "/",
}


@contextmanager
def _database(kind: str) -> Iterator[dict[str, str]]:
    """What the environment says of a database of this kind."""
    if kind == "SQLite":
        yield {}
        return
    with postgres_cluster(durable=True) as connection:
        info = connection.info
        yield {"FLOORWALKER_DATABASE_URL": f"postgresql://{info.user}@/{info.dbname}?host={info.host}"}


def filled(home: Path, environment: dict[str, str], evaluations: int) -> list[dict[str, Any]]:
    """A demo floor with that many evaluations, and the sessions of those who may evaluate on it."""
    run = [sys.executable, "-m", "floorwalker"]
    if not (home / "demo-log-ins.txt").exists() or environment.get("FLOORWALKER_DATABASE_URL"):
        shutil.rmtree(home, ignore_errors=True)
        subprocess.run(
            [*run, "demo", "--agents", str(AGENTS), "--days", str(DAYS)], cwd=ROOT, env=environment, check=True
        )
    fill = [sys.executable, "-m", "bench.many_evaluations", "--evaluators", str(max(AT_ONCE))]
    told = subprocess.run(
        [*fill, "--evaluations", str(evaluations)],
        cwd=ROOT,
        env=environment,
        check=True,
        capture_output=True,
        text=True,
    )
    spent = seconds_of(lambda: subprocess.run([*run, "lake", "publish"], cwd=ROOT, env=environment, check=True))
    print(f"bench: {evaluations:,} evaluations into the lake: {spent:.1f} s", flush=True)
    found: list[dict[str, Any]] = json.loads(told.stdout.splitlines()[-1])
    return found


def opened(address: str, path: str, session: str) -> list[float]:
    """The milliseconds of so many openings of a page, one after another; the first is not counted."""
    request = urllib.request.Request(
        address + path, headers={"Cookie": f"sessionid={session}", "Accept-Encoding": "gzip"}
    )

    def ask() -> None:
        with urllib.request.urlopen(request, timeout=120) as answer:
            answer.read()

    ask()
    return [1000 * seconds_of(ask) for _ in range(OPENINGS)]


@dataclass(frozen=True)
class Floor:
    """A filled floor on one kind of database: where it lies, what the environment says of it, and who may evaluate there."""

    kind: str
    home: Path
    database: dict[str, str]
    people: list[dict[str, Any]]


def floor_on(kind: str, database: dict[str, str], folder: Path, evaluations: int) -> Floor:
    """That floor, made and filled."""
    home = (folder / f"quality-{kind.lower()}").resolve()
    environment = {**os.environ, "FLOORWALKER_HOME": str(home), **database}
    return Floor(kind, home, database, filled(home, environment, evaluations))


def measure(floor: Floor) -> tuple[list[Crowd], list[Budget]]:
    """Its pages, and crowds of evaluators on it."""
    with served(floor.home, floor.database) as (address, _process):
        # Before the crowds: what a database tidies up after them is not the page's.
        pages = [
            Budget(
                name,
                LIMIT_MILLISECONDS,
                statistics.quantiles(opened(address, path, floor.people[0]["session"]), n=20)[-1],
            )
            for name, path in PAGES.items()
        ]
        crowds = [_crowd(floor, address, count) for count in AT_ONCE]
    return crowds, pages


def _crowd(floor: Floor, address: str, count: int) -> Crowd:
    crowd = together(address, floor.people[:count])
    print(
        f"bench: {floor.kind}, {crowd.evaluators} evaluators: {crowd.usual:.0f} and {crowd.slow:.0f} ms, {crowd.failed} failed",
        flush=True,
    )
    return crowd


def measured(folder: Path, evaluations: int) -> dict[str, tuple[list[Crowd], list[Budget]]]:
    """Both databases: first both are filled, which takes many minutes, so that they are measured right after one another."""
    with ExitStack() as databases:
        floors = [
            floor_on(kind, databases.enter_context(_database(kind)), folder, evaluations)
            for kind in ("SQLite", "PostgreSQL")
        ]
        return {floor.kind: measure(floor) for floor in floors}


def section(evaluations: int, found: dict[str, tuple[list[Crowd], list[Budget]]]) -> str:
    """The tables as Markdown."""
    machine = this_machine()
    held = "; ".join(
        f"{kind} holds {max((crowd.evaluators for crowd in crowds if crowd.holds), default=0)}"
        for kind, (crowds, _pages) in found.items()
    )
    lines = [
        f"## {evaluations:,} evaluations\n",
        f"{datetime.now(UTC):%Y-%m-%d}, {machine.cores} cores of {machine.processor}, shared by server, database and all who ask. "
        f"Each evaluator saves every {EVERY_SECONDS:.0f} s for {LASTS_SECONDS:.0f} s. Of those tried, {held} "
        f"(nothing refused, 95 of 100 saves within {LIMIT_MILLISECONDS} ms).\n",
        "| Database | Evaluators at once | Saves | Half within | 95 of 100 within | Refused or failed |",
        "|---|---|---|---|---|---|",
        *(
            f"| {kind} | {one.evaluators} | {len(one.took):,} | {one.usual:,.0f} ms | {one.slow:,.0f} ms | {one.failed} |"
            for kind, (crowds, _pages) in found.items()
            for one in crowds
        ),
        "\n| Page | Database | Budget | 95 of 100 answers | |",
        "|---|---|---|---|---|",
        *(
            f"| {one.what} | {kind} | {one.limit} ms | {one.measured:,.0f} ms | {'kept' if one.measured <= one.limit else '**missed**'} |"
            for kind, (_crowds, pages) in found.items()
            for one in pages
        ),
        "",
    ]
    return "\n".join(lines)


def main() -> None:
    """Measure both databases and put the section into docs/budgets.md."""
    parser = argparse.ArgumentParser(prog="python -m bench.quality", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--evaluations", type=int, default=100_000)
    parser.add_argument("--folder", type=Path, default=ROOT / ".floorwalker-bench")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs")
    asked = parser.parse_args()
    asked.folder.mkdir(parents=True, exist_ok=True)
    found = measured(asked.folder, asked.evaluations)
    title = f"{asked.evaluations:,} evaluations"
    write_section(asked.docs / "budgets.md", title, section(asked.evaluations, found))


if __name__ == "__main__":
    main()
