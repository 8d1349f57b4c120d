"""Are the pages as quick as was promised? A served floor, opened in a browser and asked over HTTP; `python -m bench.budgets`.

It makes the floor with the product's own `demo` command, or uses one that is kept; of a large one the last fortnight (see
`long_floor.py`). It writes docs/budgets.md. The budgets are told and never asserted: a busy machine is no defect of the
product.
"""

from __future__ import annotations

import argparse
import math
import os
import re
import shutil
import socket
import statistics
import subprocess
import sys
import time
import urllib.request
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from bench.long_floor import FORTNIGHT, repeat_back
from bench.machine import this_machine
from bench.rounds import seconds_of
from floorwalker.config import Config
from floorwalker.facts.lake import Lake

ROOT = Path(__file__).parent.parent
ROUNDS, REQUESTS, FIRST_QUESTIONS, SLOWER = 5, 40, 20, 4
# Days of agents that are simulated one by one, in a few minutes; of more the last fortnight is.
MOST_SIMULATED = 50_000
START_SECONDS = 60
# Milliseconds that the main thread was held beyond the 50 that a long task may take, and when the page was there whole.
FELT = """() => new Promise(told => {
  const tasks = [];
  new PerformanceObserver(list => tasks.push(...list.getEntries())).observe({type: 'longtask', buffered: true});
  setTimeout(() => told([
    performance.getEntriesByType('navigation')[0].loadEventEnd,
    tasks.reduce((sum, task) => sum + Math.max(0, task.duration - 50), 0),
  ]), 100);
})"""


@dataclass(frozen=True)
class Budget:
    """One promise: what, its limit and what was measured, both in milliseconds."""

    what: str
    limit: int
    measured: float


def make_floor(home: Path, agents: int, days: int) -> float | None:
    """A demo floor of that size; the seconds that it took, None where one was kept."""
    is_long = agents * days > MOST_SIMULATED
    spent = None
    if not (home / "demo-log-ins.txt").exists():
        shutil.rmtree(home, ignore_errors=True)
        simulated = str(FORTNIGHT if is_long else days)
        command = [sys.executable, "-m", "floorwalker", "demo", "--agents", str(agents), "--days", simulated]
        spent = seconds_of(lambda: subprocess.run(command, cwd=ROOT, env=_environment(home), check=True))
    if is_long:
        config = config_of(home)
        more = seconds_of(lambda: repeat_back(config, days, lambda text: print(text, flush=True)))
        return None if spent is None else spent + more
    return spent


def config_of(home: Path) -> Config:
    """The settings of that floor."""
    return Config.from_environment({"FLOORWALKER_HOME": str(home)}).prepare()


def contacts_of(home: Path) -> tuple[int, tuple[date, date]]:
    """How many contacts a floor holds, and their first and last day."""
    facts = Lake(config_of(home)).snapshot()
    days = facts.days("contact")
    if days is None:
        raise SystemExit("bench: the floor holds no contact")
    return sum(file.rows for file in facts.day_files("contact")), days


def _environment(home: Path) -> dict[str, str]:
    return {**os.environ, "FLOORWALKER_HOME": str(home)}


@contextmanager
def served(home: Path, more: Mapping[str, str] | None = None) -> Iterator[tuple[str, int]]:
    """The address of a server of that floor, and its process; more: what else its environment says."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        port: int = probe.getsockname()[1]
    command = [sys.executable, "-m", "floorwalker", "serve", "--port", str(port)]
    server = subprocess.Popen(command, cwd=ROOT, env=_environment(home) | dict(more or {}), stdout=subprocess.DEVNULL)
    try:
        _wait(server, port)
        yield f"http://127.0.0.1:{port}", server.pid
    finally:
        server.terminate()
        server.wait(timeout=10)


def _wait(server: subprocess.Popen[bytes], port: int) -> None:
    deadline = time.monotonic() + START_SECONDS
    while time.monotonic() < deadline and server.poll() is None:
        # Until a page is answered: it listens before it has loaded them, and lets whoever asks wait.
        with suppress(OSError), urllib.request.urlopen(f"http://127.0.0.1:{port}/account/login/"):
            return
        time.sleep(0.1)
    raise SystemExit("bench: the server did not start")


def log_in(page: Page, address: str, home: Path, who: str) -> None:
    """Come in as the first of the demo's log-ins whose line says so."""
    lines = (home / "demo-log-ins.txt").read_text(encoding="utf-8").splitlines()
    name, password = next(line.split()[:2] for line in lines if who in line)
    page.goto(f"{address}/account/login/")
    page.get_by_label("User name").fill(name)
    page.get_by_label("Password").fill(password)
    page.get_by_role("button", name="Log in", exact=True).click()
    page.wait_for_url(f"{address}/")


def felt(page: Page, address: str, slower: int) -> tuple[float, float]:
    """Ready and blocking, the medians of some openings without anything kept, at a processor that much slower."""
    wire = page.context.new_cdp_session(page)
    wire.send("Network.setCacheDisabled", {"cacheDisabled": True})
    wire.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    found = []
    for _ in range(ROUNDS):
        page.goto(address, wait_until="load")
        found.append(page.evaluate(FELT))
    wire.send("Emulation.setCPUThrottlingRate", {"rate": 1})
    wire.detach()
    return statistics.median(one[0] for one in found), statistics.median(one[1] for one in found)


def answered(page: Page, address: str, times: int, *, before: bool = True) -> list[float]:
    """The milliseconds of so many answers, one after another. before: after one that is not counted."""
    cookie = "; ".join(f"{kept.get('name')}={kept.get('value')}" for kept in page.context.cookies())
    request = urllib.request.Request(address, headers={"Cookie": cookie, "Accept-Encoding": "gzip"})

    def ask() -> None:
        with urllib.request.urlopen(request, timeout=120) as answer:
            answer.read()

    if before:
        ask()
    return [1000 * seconds_of(ask) for _ in range(times)]


def asked_first(page: Page, address: str, last: date) -> list[float]:
    """The milliseconds of answers to questions that nobody has asked before: four weeks up to one day after another."""
    found = []
    for number in range(1, FIRST_QUESTIONS + 1):
        until = last - timedelta(days=number)
        asked = f"{address}?from={until - timedelta(days=27)}&to={until}"
        found += answered(page, asked, 1, before=False)
    return found


def worked(process: int) -> float:
    """The milliseconds that a process has had a processor for; none is told where there is no /proc."""
    try:
        told = Path(f"/proc/{process}/stat").read_text(encoding="ascii").rsplit(")", 1)[1].split()
    except FileNotFoundError:
        return math.nan
    return 1000 * (int(told[11]) + int(told[12])) / os.sysconf("SC_CLK_TCK")


def budgets_of(page: Page, address: str, last: date, server: int) -> tuple[Budget, ...]:
    """All budgets of one page; last: the last day of the facts; server: its process."""
    before = worked(server)
    first = asked_first(page, address, last)
    worked_first = (worked(server) - before) / len(first)
    ready, blocked = felt(page, address, 1)
    ready_slow, blocked_slow = felt(page, address, SLOWER)
    before = worked(server)
    answers = answered(page, address, REQUESTS)
    worked_again = (worked(server) - before) / (REQUESTS + 1)
    printed = answered(page, address.rstrip("/") + "/figures.pdf", ROUNDS)
    return (
        Budget("Ready", 1000, ready),
        Budget(f"Ready, processor {SLOWER} times slower", 2500, ready_slow),
        Budget("Main thread blocked", 150, blocked),
        Budget(f"Main thread blocked, processor {SLOWER} times slower", 150, blocked_slow),
        Budget("Server, asked again: half of the answers", 200, statistics.median(answers)),
        Budget("Server, asked again: 95 of 100 answers", 200, statistics.quantiles(answers, n=20)[-1]),
        Budget("Server, never asked before: half of the answers", 200, statistics.median(first)),
        Budget("Server, never asked before: 95 of 100 answers", 200, statistics.quantiles(first, n=20)[-1]),
        Budget("Server's processor for an answer, asked again", 200, worked_again),
        Budget("Server's processor for an answer, never asked before", 200, worked_first),
        Budget("PDF of the page", 2000, statistics.median(printed)),
    )


def measure(home: Path, last: date) -> dict[str, tuple[Budget, ...]]:
    """By page: the centre, and the board of the first team that the centre names. last: the last day of the facts."""
    chromium = shutil.which(os.environ.get("FLOORWALKER_CHROMIUM", "chromium"))
    with served(home) as (address, server), sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=chromium, args=["--no-sandbox", "--disable-gpu"])
        page = browser.new_page(viewport={"width": 1366, "height": 768})
        log_in(page, address, home, "centre")
        page.goto(f"{address}/centre/")
        team = re.search(r'href="(/teams/\d+/)', page.content())
        if team is None:
            raise SystemExit("bench: the centre names no team")
        pages = {"Centre": "/centre/", "Board": team[1]}
        found = {name: budgets_of(page, address + path, last, server) for name, path in pages.items()}
        browser.close()
    return found


def section(title: str, remark: str, found: dict[str, tuple[Budget, ...]]) -> str:
    """One floor's table as Markdown."""
    rows = [
        f"| {name} | {one.what} | {one.limit:,} ms | {one.measured:,.0f} ms | {'kept' if one.measured <= one.limit else '**missed**'} |"
        for name, budgets in found.items()
        for one in budgets
    ]
    return "\n".join(
        [f"## {title}\n", remark, "\n| Page | What | Budget | Measured | |", "|---|---|---|---|---|", *rows, ""]
    )


def main() -> None:
    """Measure one floor and put its section into docs/budgets.md, beside those of other sizes."""
    parser = argparse.ArgumentParser(prog="python -m bench.budgets", description=(__doc__ or "").splitlines()[0])
    parser.add_argument("--agents", type=int, default=60)
    parser.add_argument("--days", type=int, default=182)
    parser.add_argument("--folder", type=Path, default=ROOT / ".floorwalker-bench")
    parser.add_argument("--docs", type=Path, default=ROOT / "docs")
    asked = parser.parse_args()
    home = (asked.folder / f"demo-{asked.agents}-agents-{asked.days}-days").resolve()
    home.parent.mkdir(parents=True, exist_ok=True)
    made, machine = make_floor(home, asked.agents, asked.days), this_machine()
    contacts, (first, last) = contacts_of(home)
    megabytes = sum(path.stat().st_size for path in home.rglob("*") if path.is_file()) / 1e6
    title = f"{asked.agents:,} agents, {asked.days:,} days"
    remark = (
        f"{datetime.now(UTC):%Y-%m-%d}, {machine.cores} cores of {machine.processor}, shared by server and browser; "
        f"{machine.busy:.1f} processes wanted a core when it began. The floor holds {contacts:,} contacts of "
        f"{(last - first).days + 1:,} days in {megabytes:,.0f} MB" + (f", made in {made:,.0f} s." if made else ".")
    )
    write_section(asked.docs / "budgets.md", title, section(title, remark, measure(home, last)))


HEAD = """# Budgets of the pages

Written by `make budgets [AGENTS=N] [DAYS=N]`, `make budgets-quality` and `make budgets-coaching`; do not edit. Nothing is
kept by the browser between openings; each figure of the browser is the median of five. How heavy a page may be is a test of its own.

The server is asked for a page as it opens, forty times over, which is how most of its readers find it: the facts have not
changed since somebody looked. *Never asked before* are twenty other periods of four weeks, each asked once, which is what the
first reader after a load meets. What the server's processor worked for an answer does not depend on what else the machine does.
"""


def write_section(page: Path, title: str, text: str) -> None:
    """Put a floor's section in place of the one of the same size; the others stay."""
    old = page.read_text(encoding="utf-8").split("\n## ")[1:] if page.exists() else []
    kept = [f"## {one.strip()}\n" for one in old if not one.startswith(f"{title}\n")]
    page.write_text("\n".join([HEAD, *kept, text]), encoding="utf-8")


if __name__ == "__main__":
    main()
