"""Does a new version of a form leave the past alone: on pages, in the lake and in measures?"""

from __future__ import annotations

import re
import shutil
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest
from django.conf import settings

from floorwalker.apps.evaluations import building, editing
from floorwalker.apps.evaluations.models import Evaluation, EvaluationForm, Picked
from floorwalker.config import Config
from floorwalker.facts.lake import Lake
from floorwalker.insight.questionnaire import Form, Question, Rule
from floorwalker.jobs.records import publish_records
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import run_kpis
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.made import missed, released, sent

# Service: greeted 0 of 1, listened 1.5 of 3, weight 40; safety 1 of 1, weight 20: (60 + 20) / (160 + 20) by points. In the
# next version listening counts 9, and the rule is the mean of sections: (40 x 4.5/10 + 20 x 1) / 60.
BEFORE, AFTER = 80 / 180, 38 / 60


def count_listening_more(asks: Form, _new: str) -> Form:
    """Another rule, and more points for one question."""
    listened = asks.question("q2")
    assert isinstance(listened, Question)
    return editing.with_rule(
        editing.with_question(asks, replace(listened, points=9), section="s1"), Rule.MEAN_OF_SECTIONS
    )


def publish_next(floor: Floor, form: EvaluationForm) -> None:
    """The next version, by which contacts are marked from now on."""
    analyst = floor.users["analyst"]
    building.begin_version(form, by=analyst, at=NOW)
    building.change_draft(form, count_listening_more, by=analyst, at=NOW)
    building.publish_version(form, "Listening counts more.", by=analyst, at=NOW)


def without_tokens(page: str) -> str:
    """A page without what is another at each reading."""
    return re.sub(r'(csrfmiddlewaretoken" value|nonce)="[^"]+"', "", page)


@pytest.fixture
def installation(tmp_path: Path) -> tuple[Config, Lake]:
    """A copy of the facts, in which something may be published."""
    before: Config = settings.FLOORWALKER
    shutil.copytree(before.home, tmp_path / "home")
    config = replace(Config.from_environment({"FLOORWALKER_HOME": str(tmp_path / "home")}), mail=before.mail)
    return config, Lake(config)


@pytest.mark.slow
def test_a_new_version_rescores_nothing(floor: Floor, form: EvaluationForm, installation: tuple[Config, Lake]) -> None:
    config, lake = installation
    given = sent(q2="2") | missed("q1", "no", "agent")
    old = [released(floor, form, given, place=place) for place in range(5)]
    Evaluation.objects.update(picked=Picked.RANDOM, inclusion_probability=0.5)
    client = floor.client("analyst")

    def page_of(one: Evaluation) -> str:
        return client.get(f"/evaluations/{one.pk}/").content.decode()

    def told() -> tuple[float, int]:
        (row,) = run_kpis(KpiQuery(("quality_score",)), lake.snapshot())
        return row.answer.value, row.answer.n  # type: ignore[union-attr]

    def rows() -> dict[str, list[float]]:
        held = lake.snapshot().relation("evaluation")
        found = (
            lake.snapshot()
            .sql(f"select form_version, score from {held} as e where form = 'form {form.pk}'")
            .to_pylist()
        )
        return {
            v: [row["score"] for row in found if row["form_version"] == v] for v in {r["form_version"] for r in found}
        }

    publish_records(config, lake, at=NOW)
    assert told() == (pytest.approx(BEFORE), 5)
    before = page_of(old[0])
    assert "44.4%" in before and "version 1" in before

    publish_next(floor, form)
    assert without_tokens(page_of(old[0])) == without_tokens(before)
    again = publish_records(config, lake, at=NOW + timedelta(hours=1))["evaluation"]
    assert (again.new, again.changed, again.gone) == (0, 0, 0)
    assert told() == (pytest.approx(BEFORE), 5)

    new = released(floor, form, given, place=5)
    Evaluation.objects.filter(pk=new.pk).update(picked=Picked.RANDOM, inclusion_probability=0.5)
    assert "63.3%" in page_of(new) and "version 2" in page_of(new)
    found = publish_records(config, lake, at=NOW + timedelta(hours=2))["evaluation"]
    assert (found.new, found.changed, found.gone) == (1, 0, 0)
    assert rows() == {"1": [pytest.approx(BEFORE)] * 5, "2": [pytest.approx(AFTER)]}
    assert told() == (pytest.approx((5 * BEFORE + AFTER) / 6), 6)
    listed = " ".join(client.get("/evaluations/").content.decode().split())
    assert listed.count("44.4%") == 5 and listed.count("63.3%") == 1
