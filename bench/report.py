"""How is a run told? docs/benchmarks.md, written whole each time: targets met and missed, figures, machine and command."""

from __future__ import annotations

import io
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

from bench.drawing import draw, drawn
from bench.findings import Finding, Result, shown
from bench.machine import Machine

PAGE = "benchmarks.md"
PICTURE = "benchmarks.svg"

TARGETS = {
    "1": "The whole-centre page of a year takes at most 4 times the bare scan from facts, and at most the bare scan from roll-ups.",
    "2": "The page of one team and 90 days, from roll-ups, takes at most 15 % of the bare scan of the year, and is faster than PostgreSQL.",
    "3": "First contact resolution of a year takes at most the bare scan; keeping it current at most 30 % of the load's own time.",
    "4": "The whole-centre page is at least 12 times as fast as PostgreSQL (90 days) and 5 times as fast as pandas (a year).",
    "5": "An overlapping day is merged at 30 % of the append rate or more; a second identical load writes nothing.",
    "6": "A queue_log becomes facts within 12 times `wc -l` and a bare split of its lines, in less than 1 GB of memory.",
    "8": "The newest day of 2,000 agents is rolled up within 100 ms.",
    "9": "Twelve measures of 10,000 agents and four weeks are judged within a minute.",
}

_READING = """The **bare scan** is the yardstick: the time in which the same engine reads the columns that a page needs, of the
same rows, and adds them up. No page from facts can be faster; how much slower it is, is ours to answer for. Contestants took turns,
round after round, so that a busy moment harmed all alike; a ratio is that of the medians. The *page* is twelve measures of five fact
tables. The *engine's part* is the time within the query engine; *all of it* is what a caller of
`floorwalker.kpis.gather.gather_columns` waits for: the figures as columns, which statistics read and of which a page takes those that
it prints. By agent is what a page prints; by agent and day is the heaviest question that one asks."""

_PROFILES = """Shares of the time: of a page by function, without what each calls (`cProfile`; a library counts as a whole); of
the load of a log by the stages that it reports.
"""


@dataclass(frozen=True)
class Run:
    """One whole run: what was found, on what, by which command, when it ended and how long it took."""

    results: tuple[Result, ...]
    machine: Machine
    command: str
    ended_at: datetime
    minutes: float
    size: str

    @property
    def findings(self) -> list[Finding]:
        """Every finding, in order of the targets."""
        found = [finding for result in self.results for finding in result.findings]
        return sorted(found, key=lambda finding: finding.target)


def write(run: Run, docs: Path) -> None:
    """Write the page and its drawing anew."""
    (docs / PICTURE).write_text(draw(run.findings), encoding="utf-8")
    (docs / PAGE).write_text(page(run), encoding="utf-8")


def page(run: Run) -> str:
    """The page as Markdown."""
    out = io.StringIO()
    judged = [one for one in run.findings if one.met is not None]
    met = sum(one.met is True for one in judged)
    print(
        f"# Benchmarks\n\nWritten by `make bench`; do not edit. **{met} of {len(judged)} figures keep their target.**\n",
        file=out,
    )
    print(f"{_machine(run)}\n\n{_READING}\n\n## Targets\n", file=out)
    _targets(run.findings, out)
    print(f"\n![{_alternative(run.findings)}]({PICTURE})\n", file=out)
    print("The drawing's data are the lines of this table that have a limit.\n\n## Figures\n", file=out)
    _figures(run.findings, out)
    _profiles(run.findings, out)
    _timings(run.results, out)
    print("## Data\n", file=out)
    for result in run.results:
        for remark in result.remarks:
            print(f"- {result.title}: {remark}", file=out)
    print(
        f"\nRun it yourself: `make bench`, or `{run.command}`; `python -m bench --help` names sizes and parts.",
        file=out,
    )
    return out.getvalue()


def _machine(run: Run) -> str:
    m = run.machine
    versions = ", ".join(f"{name} {version}" for name, version in m.versions.items())
    busy = f" {m.busy:.1f} processes wanted a core when it began, so the machine was not idle." if m.busy > 1 else ""
    return (
        f"`{run.command}` (size `{run.size}`), ended {run.ended_at:%Y-%m-%d %H:%M} UTC after {run.minutes:.0f} minutes, on {m.cores} cores "
        f"of {m.processor}, {m.memory_gigabytes:.0f} GB of memory, {m.system}; {versions}.{busy}"
    )


def _targets(findings: Sequence[Finding], out: io.StringIO) -> None:
    print("| target | figures that keep it |\n|---|---|", file=out)
    for number, text in TARGETS.items():
        judged = [one for one in findings if one.target == number and one.met is not None]
        kept = sum(one.met is True for one in judged)
        told = f"{kept} of {len(judged)}" if judged else "not measured in this run"
        print(f"| {number}. {text} | {told} |", file=out)


def _figures(findings: Sequence[Finding], out: io.StringIO) -> None:
    print("| line | target | what | figure | limit | | from |\n|---:|---:|---|---:|---:|---|---|", file=out)
    for number, one in enumerate(findings, 1):
        sides = " / ".join(side for side in (one.ours, one.theirs) if side)
        print(
            f"| {number} | {one.target} | {one.what} | {_number(one.value)}{one.unit} | {limit_of(one)} | {verdict(one)} | {sides} |",
            file=out,
        )
    print(file=out)


def limit_of(one: Finding) -> str:
    """The limit in words."""
    if one.limit is None:
        return ""
    return f"{'at least' if one.at_least else 'at most'} {_number(one.limit)}{one.unit}"


def verdict(one: Finding) -> str:
    """Met, missed, or nothing where there is no limit."""
    return {True: "met", False: "**missed**", None: ""}[one.met]


def _number(value: float) -> str:
    return f"{value:.0f}" if value >= 100 or value == int(value) else f"{value:.3g}"


def _profiles(findings: Sequence[Finding], out: io.StringIO) -> None:
    missed = [(number, one) for number, one in enumerate(findings, 1) if one.profile]
    if not missed:
        return
    print("## Where the time goes, where a target was missed\n", file=out)
    print(_PROFILES, file=out)
    for number, one in missed:
        print(f"- line {number}, {one.what}: {', '.join(one.profile)}", file=out)
    print(file=out)


def _timings(results: Sequence[Result], out: io.StringIO) -> None:
    print("## Every timing\n\n| part | who | best | median | rounds |\n|---|---|---:|---:|---:|", file=out)
    for result in results:
        for name, timing in result.timings.items():
            print(
                f"| {result.title} | {name} | {shown(timing.least)} | {shown(timing.median)} | {timing.rounds} |",
                file=out,
            )
    print(file=out)


def _alternative(findings: Sequence[Finding]) -> str:
    places = drawn(findings)
    kept = [one for one in places if one.met]
    return (
        f"A dot for each of {len(places)} figures on a logarithmic scale, by the share of its limit that it uses: "
        f"{len(kept)} lie left of the line at 1 and keep their target, {len(places) - len(kept)} lie right of it and miss it."
    )
