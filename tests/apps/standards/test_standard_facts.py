"""Do readings of standards become facts: of whoever was asked, by keys, and as long as it was asked of them?"""

from __future__ import annotations

import shutil
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from floorwalker.apps.people.actions import join_team
from floorwalker.apps.standards.facts import records
from floorwalker.apps.standards.models import StandardVersion
from floorwalker.apps.standards.publishing import acknowledge, ask_again
from floorwalker.config import Config
from floorwalker.estimate import Estimate, NoEstimate, Reason
from floorwalker.facts.lake import Lake
from floorwalker.jobs.records import publish_records
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import run_kpis
from tests.apps.conftest import NOW, Floor
from tests.apps.standards.made import ONE_DAY, TODAY, published_standard

AT = datetime.combine(TODAY, NOW.timetz())


def rows(version: StandardVersion, asking: int = 1) -> list[dict[str, Any]]:
    every = [row for part in records()["reading"] for row in part.to_pylist()]
    of = f"standard {version.standard_id}"
    return [row for row in every if row["standard"] == of and row["asking"] == asking]


def test_everybody_with_a_log_in_is_a_row_and_what_was_answered_first_tells_understanding(floor: Floor) -> None:
    version = published_standard(floor, check=True)
    asking, question = version.askings.get(), version.questions.get()
    acknowledge(asking, {question.pk: 0}, by=floor.users["agent"], at=AT)
    acknowledge(asking, {question.pk: 1}, by=floor.users["agent"], at=AT + timedelta(hours=1))
    found = rows(version)
    assert len(found) == 4 and len({row["reading_key"] for row in found}) == 4
    keys = {bytes(one.key) for one in floor.users["agent"].agent.identities.all()}
    (read,) = (row for row in found if row["acknowledged_at"] is not None)
    assert read["identity_key"] in keys and read["acknowledged_at"] == AT + timedelta(hours=1)
    assert (read["answered"], read["answered_right"], read["checked_at"]) == (1, 0, AT)
    assert all(row["answered"] is None for row in found if row is not read)
    # Leaders who handle nothing are asked too, and are nobody's row.
    assert sum(row["identity_key"] is None for row in found) == 2
    assert {row["due_at"] for row in found} == {datetime.combine(TODAY + 8 * ONE_DAY, datetime.min.time(), UTC)}


def test_who_has_moved_on_is_asked_no_more_and_what_she_read_stays(floor: Floor) -> None:
    version = published_standard(floor)
    acknowledge(version.askings.get(), {}, by=floor.users["agent"], at=AT)
    for name in ("agent", "mate"):
        person = floor.users[name].agent
        assert person is not None
        join_team(person, floor.teams[1], on=TODAY, by=floor.users["boss"], at=AT)
    assert len(rows(version)) == 3 and sum(row["acknowledged_at"] is not None for row in rows(version)) == 1


def test_a_refresher_is_an_asking_of_its_own_and_the_first_keeps_its_people(floor: Floor) -> None:
    version = published_standard(floor, refresher_days=30)
    first = version.askings.get()
    first.opened_at, first.due_on = first.opened_at - 31 * ONE_DAY, first.due_on - 31 * ONE_DAY
    first.save()
    assert ask_again(version, at=AT) is not None
    acknowledge(version.askings.get(number=2), {}, by=floor.users["mate"], at=AT)
    before, again = rows(version), rows(version, 2)
    assert len(before) == len(again) == 4
    assert not any(row["acknowledged_at"] for row in before) and sum(bool(row["acknowledged_at"]) for row in again) == 1


def test_the_measures_follow_the_nightly_job_and_understanding_is_told_of_nobody(
    floor: Floor, tmp_path: Path, django_assert_max_num_queries: Any
) -> None:
    version = published_standard(floor, check=True)
    asking, question = version.askings.get(), version.questions.get()
    for name, chosen in (("agent", 1), ("mate", 0), ("leader", 1)):
        acknowledge(asking, {question.pk: chosen}, by=floor.users[name], at=AT)
    before: Config = settings.FLOORWALKER
    shutil.copytree(before.home, tmp_path / "home")
    config = replace(Config.from_environment({"FLOORWALKER_HOME": str(tmp_path / "home")}), mail=before.mail)
    lake = Lake(config)

    def asked() -> dict[str, Any]:
        measures = ("standard_acknowledgement_rate", "standard_understanding_rate")
        return {row.kpi: row for row in run_kpis(KpiQuery(measures), lake.snapshot())}

    with django_assert_max_num_queries(40):
        assert publish_records(config, lake, at=AT)["reading"].new == 4
    found = asked()
    assert found["standard_acknowledgement_rate"].pending == 4, "who reads at once must not make it look good"
    understood = found["standard_understanding_rate"].answer
    assert isinstance(understood, NoEstimate) and (understood.n, understood.reason) == (3, Reason.TOO_FEW)
    assert understood.observed == pytest.approx(2 / 3)
    publish_records(config, lake, at=AT + 9 * ONE_DAY)
    rate = asked()["standard_acknowledgement_rate"]
    assert rate.pending == 0 and rate.answer.n == 4 and rate.answer.observed == pytest.approx(0.5)
    split = [row.answer for row in run_kpis(KpiQuery(("standard_understanding_rate",), by=("agent",)), lake.snapshot())]
    assert split and all(isinstance(one, NoEstimate) and one.reason is Reason.NOT_DEFINED_FOR_SPLIT for one in split)
    assert not any(isinstance(one, Estimate) for one in split)
