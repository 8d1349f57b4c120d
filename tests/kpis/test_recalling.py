"""Is what a page was told before still true when it is told again: after a load, a move, another limit of a queue?"""

from __future__ import annotations

from collections.abc import Callable, Iterator
from datetime import date, timedelta
from pathlib import Path
from typing import Any

import pyarrow as pa
import pytest

from floorwalker.facts.engine import Engine
from floorwalker.facts.keys import fact_key
from floorwalker.facts.lake import Lake
from floorwalker.facts.relations import DIMENSIONS
from floorwalker.facts.snapshot import Snapshot
from floorwalker.jobs.rolling import roll_up_load
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.gather import gather_columns
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import KpiRow, run_together
from tests.installation import Installation, new_installation
from tests.sources.asterisk_queue_log.lines import write_log

LINES = write_log(900, seed=8, seconds_between=400)
QUESTIONS = [KpiQuery(tuple(catalogue()), by=by) for by in ((), ("team",), ("agent", "week"), ("queue",))]
TEAM = fact_key("", "", "team", "Avocet")


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Installation]:
    folder = tmp_path_factory.mktemp("recalling")
    yield loaded(new_installation(folder / "home"), folder / "log", LINES[: len(LINES) // 2])


def loaded(home: Installation, log: Path, lines: list[str]) -> Installation:
    log.write_text("\n".join(lines) + "\n")
    home.load("asterisk_queue_log", log, after_merge=roll_up_load)
    return home


def ask(facts: Snapshot) -> list[list[KpiRow]]:
    return run_together(QUESTIONS, facts)


def in_a_new_process(home: Installation) -> list[list[KpiRow]]:
    """What somebody is told who remembers nothing."""
    return ask(Lake(home.config).snapshot())


def told(answers: list[list[KpiRow]]) -> list[Any]:
    """What can be compared: two threads add up fractions in either order."""
    return [
        (
            row.kpi,
            row.group,
            row.first_day,
            row.last_day,
            row.answer.n,
            row.pending,
            row.answer.observed and f"{row.answer.observed:.9g}",
        )
        for rows in answers
        for row in rows
    ]


def publish(home: Installation, dimension: str, **row: Any) -> None:
    rows = pa.Table.from_pylist([row], schema=DIMENSIONS[dimension])
    home.lake.publish(lambda: {dimension: rows})


def load_more(home: Installation) -> None:
    loaded(home, home.config.home / "more", LINES)


def move_somebody(home: Installation) -> None:
    agent = next(row["identity_key"] for row in home.rows("segment", "identity_key") if row["identity_key"])
    publish(home, "membership", agent_key=agent, team_key=TEAM)


def change_a_limit(home: Installation) -> None:
    queue = home.rows("contact", "queue_key")[0]["queue_key"]
    publish(home, "queue_parameter", queue_key=queue, name="threshold_seconds", value=3.0)


@pytest.fixture
def statements(monkeypatch: pytest.MonkeyPatch) -> list[str]:
    asked: list[str] = []
    plain = Engine.sql

    def sql(self: Engine, query: str, /, *given: Any, **relations: Any) -> pa.Table:
        asked.append(query)
        return plain(self, query, *given, **relations)

    monkeypatch.setattr(Engine, "sql", sql)
    return asked


def test_nothing_is_read_twice(home: Installation, statements: list[str]) -> None:
    first = ask(home.snapshot)
    assert statements
    statements.clear()
    assert ask(home.snapshot) == first
    assert not statements


def test_who_changes_an_answer_changes_nobody_elses(home: Installation) -> None:
    first = ask(home.snapshot)
    first[0].clear()
    assert ask(home.snapshot)[0]
    columns = gather_columns(QUESTIONS, home.snapshot)
    columns[0].clear()
    assert gather_columns(QUESTIONS, home.snapshot)[0]


def test_another_question_has_another_answer(home: Installation) -> None:
    day = home.snapshot.days("contact")
    assert day is not None
    names = ("contacts_offered", "contacts_handled")
    asked = [
        KpiQuery(names),
        KpiQuery(names[:1]),
        KpiQuery(names, where={"queue": (home.rows("contact", "queue_key")[0]["queue_key"],)}),
        KpiQuery(names, first_day=day[0] + timedelta(days=1)),
        KpiQuery(names, first_day=date(2020, 1, 1)),
        KpiQuery(("service_level",), parameters={"threshold_seconds": 5}),
        KpiQuery(("service_level",)),
    ]
    for _ in range(2):
        for query in asked:
            answers = [run_together([query], facts) for facts in (home.snapshot, Lake(home.config).snapshot())]
            assert told(answers[0]) == told(answers[1])


@pytest.mark.parametrize("change", [load_more, move_somebody, change_a_limit])
def test_after_a_change_the_answer_is_that_of_the_changed_facts(
    home: Installation, change: Callable[[Installation], None]
) -> None:
    before, old = ask(home.snapshot), home.snapshot
    change(home)
    after = ask(home.snapshot)
    assert told(after) != told(before)
    assert told(after) == told(in_a_new_process(home))
    assert ask(old) == before
