"""How long does a night's judgement of a very large centre take, and how much memory? Target 9: a minute, on two cores.

Twelve measures of ten thousand agents who share two hundred kinds of contact, over four weeks, from roll-ups: everybody
against colleagues with the same work, whose the gaps are, what is changing, which kinds of contact changed for everybody, and
all that is said written into the lake. The run is a process of its own, so that its peak of memory is its own too:
`python -m bench.judging HOME METHOD...`. What it writes goes into a lake of its own, of hard links to the measured one.
"""

from __future__ import annotations

import json
import os
import shutil
import sys
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bench.findings import Finding, Result, Setting, hottest, shown
from bench.large_floor import FIRST_DAY, STRATA, open_large_floor
from bench.own_process import Spent, run_module
from bench.rounds import Timing
from bench.sizes import Size
from floorwalker.config import Config
from floorwalker.facts.current import Claim
from floorwalker.facts.lake import Lake
from floorwalker.facts.saying import Kept, keep
from floorwalker.insight.answering import answer_together
from floorwalker.insight.basis import Rules, basis_of
from floorwalker.insight.scorecard import Period
from floorwalker.insight.standing import Question, judged_measures
from floorwalker.insight.statements import Method, as_rows, stamp
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi

DAYS = 28
# Named, since the catalogue grows: what this centre's contacts, alerts and surveys can tell.
MEASURES = (
    *(
        "average_handle_time",
        "average_hold_time",
        "average_speed_of_answer",
        "average_talk_time",
        "average_wrap_up_time",
    ),
    *("csat_mean", "csat_top_box", "first_contact_resolution", "first_contact_resolution_any_reason"),
    *("first_contact_resolution_by_flag", "ring_no_answer_rate", "transfer_rate"),
)
LIMIT_SECONDS = 60.0
MEGABYTE = 2**20


def run(size: Size, setting: Setting) -> Result:
    """Judge the whole centre, by one method and by all."""
    config = open_large_floor(setting.folder, size.judged_agents, DAYS, setting.say)
    timings, findings = {}, []
    for name, methods, limit in (
        ("who differs", (Method.COMPARISON,), None),
        ("the whole night, kept", tuple(Method), LIMIT_SECONDS),
    ):
        setting.say(f"judging {size.judged_agents} agents: {name}")
        spent = _spent(config, methods)
        timings[name] = Timing((spent.seconds,))
        findings.append(_finding(name, spent, limit, config, methods))
    remark = (
        f"{size.judged_agents} agents, {STRATA} kinds of contact, {len(MEASURES)} measures, {DAYS} days:"
        f" {json.loads((config.home / 'whole.json').read_text())['segment']} segments."
    )
    return Result("Judgement", tuple(findings), timings, (remark,))


def _spent(config: Config, methods: tuple[Method, ...]) -> Spent:
    """What a night takes that begins with nothing said."""
    with own_home(config) as home:
        return run_module("bench.judging", [str(home), *methods])


@contextmanager
def own_home(config: Config) -> Iterator[Path]:
    """The same home for one run: files of a lake are never changed in place, so that links to them do."""
    with tempfile.TemporaryDirectory(dir=config.home.parent, prefix="night-") as folder:
        home = Path(folder) / "home"
        shutil.copytree(config.home, home, copy_function=os.link)
        yield home


def _finding(name: str, spent: Spent, limit: float | None, config: Config, methods: tuple[Method, ...]) -> Finding:
    told = f"{shown(spent.seconds)}, of processors {shown(spent.cpu_seconds)}, {spent.peak_bytes / MEGABYTE:.0f} MB at most"
    what = f"{len(MEASURES)} measures of a very large centre judged: {name}"
    found = Finding("9", what, told, "", spent.seconds, limit, unit=" s")
    if found.met is False:
        return Finding("9", what, told, "", spent.seconds, limit, unit=" s", profile=hottest(_work(config, methods)))
    return found


def measures() -> list[Kpi]:
    """Twelve measures by which people can be compared."""
    return judged_measures([catalogue()[one] for one in MEASURES])


def _work(config: Config, methods: tuple[Method, ...]) -> Callable[[], None]:
    def work() -> None:
        with own_home(config) as home:
            judge(Lake(Config.from_environment({"FLOORWALKER_HOME": str(home)})), methods)

    return work


def judge(lake: Lake, methods: tuple[Method, ...]) -> None:
    """Answer, and keep what is said, as the worker does."""
    facts = lake.snapshot()
    period = Period(FIRST_DAY, FIRST_DAY + timedelta(days=DAYS - 1))
    asked = [Question(method, kpi, period) for kpi in measures() for method in methods]
    rules, rows, claims = Rules(), [], {}
    for question, work in answer_together(facts, asked):
        at, basis = datetime.now(UTC), basis_of(facts, question.method, question.kpi, period, rules)
        found = work(rules)
        assert found is not None, question.name
        given = stamp(question.method, question.kpi, period, at, basis, facts.current.sequence)
        rows.append(as_rows(found, given))
        claims[question.name] = Claim(basis, at)
    keep(lake, Kept(tuple(rows), claims), list(claims))


def main() -> None:
    """Judge in this process, and say how long it took without starting Python."""
    home, *methods = sys.argv[1:]
    config = Config.from_environment({"FLOORWALKER_HOME": str(Path(home))})
    began = time.perf_counter()
    judge(Lake(config), tuple(map(Method, methods)))
    print(f"{time.perf_counter() - began:.2f}")


if __name__ == "__main__":
    main()
