"""Do evaluations become facts: by the marks that stand, with what the form asks for, and nothing of what was written?"""

from __future__ import annotations

import shutil
from dataclasses import replace
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings

from floorwalker.apps.evaluations.facts import records
from floorwalker.apps.evaluations.models import Evaluation, Picked
from floorwalker.apps.people.evaluators import evaluator_key
from floorwalker.apps.people.names import Names
from floorwalker.config import Config
from floorwalker.estimate import Estimate, NoEstimate
from floorwalker.facts.lake import Lake
from floorwalker.insight.evaluators import judge_evaluators
from floorwalker.insight.scorecard import Period
from floorwalker.jobs.records import publish_records
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import run_kpis
from tests.apps.conftest import Floor
from tests.apps.evaluations.made import NOW, evaluations, published_form


@pytest.fixture
def made(floor: Floor) -> dict[str, int]:
    found = evaluations(floor, published_form(floor.users["analyst"]))
    return {stage: one["evaluation_id"] for stage, one in found.items()}


def rows() -> list[dict[str, Any]]:
    return [row for part in records()["evaluation"] for row in part.to_pylist()]


def test_what_is_submitted_is_a_row_and_what_is_begun_is_none(floor: Floor, made: dict[str, int]) -> None:
    done = Evaluation.objects.exclude(stands=None)
    assert len(rows()) == done.count() < Evaluation.objects.count()
    row = next(row for row in rows() if row["released_at"] is not None)
    one = Evaluation.objects.get(pk=made["released"])
    assert one.stands is not None
    assert row["identity_key"] == bytes(one.identity_key) and row["contact_key"] == bytes(one.contact_key)
    assert row["score"] == pytest.approx(one.stands.agent_share)
    assert (row["form"], row["form_version"]) == (f"form {one.version.form_id}", "1")
    assert row["compliance_defect"] is not None and row["customer_defect"] is None and row["fatal"] is not None
    shares = dict(row["criteria"])
    assert set(shares) <= {question.code for question in one.version.asks.questions} and "q1" in shares


def test_who_evaluated_has_a_name_where_names_are_looked_up(floor: Floor, made: dict[str, int]) -> None:
    analyst = floor.users["analyst"]
    assert Names().name("evaluator", evaluator_key(analyst)) == str(analyst)
    assert {row["evaluator_key"] for row in rows()} == {evaluator_key(analyst)}


def test_only_what_chance_chose_moves_the_score_and_twice_changes_nothing(
    floor: Floor, made: dict[str, int], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    before: Config = settings.FLOORWALKER
    shutil.copytree(before.home, tmp_path / "home")
    config = replace(Config.from_environment({"FLOORWALKER_HOME": str(tmp_path / "home")}), mail=before.mail)
    lake = Lake(config)

    def counted() -> tuple[int, int]:
        found = {row.kpi: row.answer for row in run_kpis(KpiQuery(("quality_score", "evaluations")), lake.snapshot())}
        score, many = found["quality_score"], found["evaluations"]
        assert isinstance(score, Estimate | NoEstimate) and isinstance(many, Estimate)
        return score.n, round(many.value)

    done = Evaluation.objects.exclude(stands=None).count()
    assert publish_records(config, lake, at=NOW)["evaluation"].new == done
    assert counted() == (0, done), "contacts that somebody picked by hand say nothing of the others"
    again = publish_records(config, lake, at=NOW)["evaluation"]
    assert (again.new, again.changed, again.gone) == (0, 0, 0)
    Evaluation.objects.filter(pk=made["released"]).update(picked=Picked.RANDOM)
    assert publish_records(config, lake, at=NOW)["evaluation"].changed == 1
    assert counted() == (1, done)
    first, last = lake.snapshot().days("evaluation") or (NOW.date(), NOW.date())
    panel = judge_evaluators(lake.snapshot(), Period(first, last), {})
    assert panel is not None and [one.key for one in panel.evaluators] == [evaluator_key(floor.users["analyst"])]
