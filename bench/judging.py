"""How long does a night's judgement of a very large centre take, and how much memory? Target 9: a minute, on two cores.

Twelve measures of ten thousand agents who share two hundred kinds of contact, over four weeks, from roll-ups: everybody
against colleagues with the same work, and then whose the gaps are. The run is a process of its own, so that its peak of
memory is its own too: `python -m bench.judging HOME METHOD`.
"""

from __future__ import annotations

import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.findings import Finding, Result, Setting, hottest, shown
from bench.large_floor import FIRST_DAY, STRATA, open_large_floor
from bench.own_process import Spent, run_module
from bench.rounds import Timing
from bench.sizes import Size
from floorwalker.config import Config
from floorwalker.facts.lake import Lake
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.answering import answer_together
from floorwalker.insight.basis import Rules
from floorwalker.insight.scorecard import Period
from floorwalker.insight.standing import Question, judged_measures
from floorwalker.insight.statements import Method, as_rows, stamp
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi

DAYS, MEASURES = 28, 12
LIMIT_SECONDS = 60.0
MEGABYTE = 2**20


def run(size: Size, setting: Setting) -> Result:
    """Judge the whole centre, by one method and by both."""
    config = open_large_floor(setting.folder, size.judged_agents, DAYS, setting.say)
    timings, findings = {}, []
    for name, methods, limit in (
        ("who differs", (Method.COMPARISON,), LIMIT_SECONDS),
        ("who differs and whose it is", (Method.COMPARISON, Method.CAUSE), None),
    ):
        setting.say(f"judging {size.judged_agents} agents: {name}")
        spent = run_module("bench.judging", [str(config.home), *methods], {"OPENBLAS_NUM_THREADS": "1"})
        timings[name] = Timing((spent.seconds,))
        findings.append(_finding(name, spent, limit, config, methods))
    remark = (
        f"{size.judged_agents} agents, {STRATA} kinds of contact, {MEASURES} measures, {DAYS} days:"
        f" {json.loads((config.home / 'whole.json').read_text())['segment']} segments."
    )
    return Result("Judgement", tuple(findings), timings, (remark,))


def _finding(name: str, spent: Spent, limit: float | None, config: Config, methods: tuple[Method, ...]) -> Finding:
    told = f"{shown(spent.seconds)}, of processors {shown(spent.cpu_seconds)}, {spent.peak_bytes / MEGABYTE:.0f} MB at most"
    what = f"{MEASURES} measures of a very large centre judged: {name}"
    found = Finding("9", what, told, "", spent.seconds, limit, unit=" s")
    if found.met is False:
        return Finding("9", what, told, "", spent.seconds, limit, unit=" s", profile=hottest(_work(config, methods)))
    return found


def measures() -> list[Kpi]:
    """Twelve measures by which people can be compared."""
    return judged_measures(catalogue().values())[:MEASURES]


def _work(config: Config, methods: tuple[Method, ...]) -> Callable[[], None]:
    return lambda: judge(Lake(config).snapshot(), methods)


def judge(facts: Snapshot, methods: tuple[Method, ...]) -> None:
    """Answer, and make the rows that would be kept."""
    period = Period(FIRST_DAY, FIRST_DAY + timedelta(days=DAYS - 1))
    asked = [Question(method, kpi, period) for kpi in measures() for method in methods]
    for question, work in answer_together(facts, asked):
        found = work(Rules())
        assert found is not None, question.name
        as_rows(found, stamp(question.method, question.kpi, period, datetime.now(UTC), "", 0))


def main() -> None:
    """Judge in this process, and say how long it took without starting Python."""
    home, *methods = sys.argv[1:]
    config = Config.from_environment({"FLOORWALKER_HOME": str(Path(home))})
    began = time.perf_counter()
    judge(Lake(config).snapshot(), tuple(map(Method, methods)))
    print(f"{time.perf_counter() - began:.2f}")


if __name__ == "__main__":
    main()
