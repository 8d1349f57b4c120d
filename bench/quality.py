"""How many can evaluate at once, and how quick are the pages of a hundred thousand evaluations? `python -m bench.quality`.

A demo floor is made on each of the two databases and filled with what was evaluated in a year. Then a served floor is asked over
HTTP: evaluators save what they answered every few seconds, first a few of them, then more; and pages are opened one after another.
It writes its section of docs/budgets.md; nothing is asserted.
"""

from __future__ import annotations

import argparse
import http.client
import json
import os
import random
import shutil
import statistics
import subprocess
import sys
import threading
import time
import urllib.request
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from bench.budgets import ROOT, Budget, served, write_section
from bench.machine import this_machine
from bench.many_evaluations import CODES
from bench.postgres_server import postgres_cluster
from bench.rounds import seconds_of

AGENTS, DAYS = 60, 28
# Somebody who listens answers a question about every ten seconds; here they are brisk.
EVERY_SECONDS, LASTS_SECONDS = 5.0, 30.0
AT_ONCE = (25, 50, 100, 200, 400)
LIMIT_MILLISECONDS = 200
OPENINGS = 20
TOKEN = "b" * 32
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


@dataclass(frozen=True)
class Crowd:
    """So many evaluators at once: the milliseconds of each save, and how many were refused or failed."""

    evaluators: int
    took: list[float]
    failed: int

    @property
    def usual(self) -> float:
        """Half of the saves took at most this."""
        return statistics.median(self.took)

    @property
    def slow(self) -> float:
        """Nineteen of twenty took at most this."""
        return statistics.quantiles(self.took, n=20)[-1]

    @property
    def holds(self) -> bool:
        """Whether all were saved, and quickly enough."""
        return self.failed == 0 and self.slow <= LIMIT_MILLISECONDS


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


def together(address: str, people: list[dict[str, Any]]) -> Crowd:
    """Everybody saves one answer after the other, each at her own moments."""
    took: list[float] = []
    failed: list[int] = []
    begin, until = time.monotonic(), time.monotonic() + LASTS_SECONDS
    threads = [threading.Thread(target=_saves, args=(address, one, begin, until, took, failed)) for one in people]
    for thread in threads:
        thread.start()
    for thread in threads:
        thread.join()
    return Crowd(len(people), took, len(failed))


def _saves(address: str, one: dict[str, Any], begin: float, until: float, took: list[float], failed: list[int]) -> None:
    chance = random.Random(one["evaluation"])
    connection = http.client.HTTPConnection(address.removeprefix("http://"), timeout=60)
    headers = {
        "Cookie": f"sessionid={one['session']}; csrftoken={TOKEN}",
        "X-CSRFToken": TOKEN,
        "X-Requested-With": "fetch",
        "Content-Type": "application/x-www-form-urlencoded",
    }
    at = begin + chance.uniform(0, EVERY_SECONDS)
    answered = 0
    while at < until:
        time.sleep(max(0.0, at - time.monotonic()))
        answered = min(answered + 1, len(CODES))
        answers = "".join(f"&a-{code}=yes" for code in CODES[:answered])
        sent = time.perf_counter()
        try:
            connection.request(
                "POST", f"/evaluations/{one['evaluation']}/save/", f"saves={one['saves']}{answers}", headers
            )
            answer = connection.getresponse()
            body = answer.read()
        except OSError:
            failed.append(0)
            connection.close()
        else:
            took.append(1000 * (time.perf_counter() - sent))
            if answer.status == 200:
                one["saves"] = json.loads(body)["saves"]
            else:
                failed.append(answer.status)
        at += EVERY_SECONDS
    connection.close()


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


def measure(kind: str, folder: Path, evaluations: int) -> tuple[list[Crowd], list[Budget]]:
    """Crowds of evaluators on one kind of database, and its pages."""
    home = (folder / f"quality-{kind.lower()}").resolve()
    with _database(kind) as database:
        environment = {**os.environ, "FLOORWALKER_HOME": str(home), **database}
        people = filled(home, environment, evaluations)
        with served(home, database) as (address, _process):
            crowds = [together(address, people[:count]) for count in AT_ONCE]
            pages = [
                Budget(
                    name,
                    LIMIT_MILLISECONDS,
                    statistics.quantiles(opened(address, path, people[0]["session"]), n=20)[-1],
                )
                for name, path in PAGES.items()
            ]
    for crowd in crowds:
        print(
            f"bench: {kind}, {crowd.evaluators} evaluators: {crowd.usual:.0f} and {crowd.slow:.0f} ms, {crowd.failed} failed"
        )
    return crowds, pages


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
    found = {kind: measure(kind, asked.folder, asked.evaluations) for kind in ("SQLite", "PostgreSQL")}
    title = f"{asked.evaluations:,} evaluations"
    write_section(asked.docs / "budgets.md", title, section(asked.evaluations, found))


if __name__ == "__main__":
    main()
