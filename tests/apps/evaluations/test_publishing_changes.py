"""Does the lake hold the same, whether only what changed is published or everything: late, taken back, decided otherwise?"""

from __future__ import annotations

import shutil
from collections.abc import Callable
from dataclasses import replace
from datetime import timedelta
from pathlib import Path
from random import Random

import pyarrow as pa
import pytest
from django.conf import settings

from floorwalker.apps.evaluations.models import Appeal, Evaluation, EvaluationForm, Marking, Picked
from floorwalker.config import Config
from floorwalker.facts.current import read_current
from floorwalker.facts.lake import Lake
from floorwalker.facts.published import FOLDER
from floorwalker.jobs import changed
from floorwalker.jobs.records import publish_records
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.made import missed, released, sent

EDITS = 12
DAY = timedelta(days=1)


@pytest.fixture
def home(tmp_path: Path) -> Callable[[str], tuple[Config, Lake]]:
    """Homes with the floor's facts, each with a lake of its own."""

    def copied(name: str) -> tuple[Config, Lake]:
        before: Config = settings.FLOORWALKER
        shutil.copytree(before.home, tmp_path / name)
        config = Config.from_environment({"FLOORWALKER_HOME": str(tmp_path / name)})
        return replace(config, mail=before.mail), Lake(config)

    return copied


def held(lake: Lake) -> list[dict[str, object]]:
    """The rows that the lake has of evaluations, but for which load wrote them."""
    snapshot = lake.snapshot()
    found: pa.Table = snapshot.sql(f"from {snapshot.relation('evaluation')} order by evaluation_key")
    return found.drop_columns(["load_id"]).to_pylist()


def decided(one: Evaluation, outcome: Appeal.Outcome, floor: Floor) -> None:
    """Its appeal decided in that way, whatever it was before."""
    told = {"raised_by": floor.users["agent"], "raised_at": NOW, "reason": "I heard otherwise.", "outcome": outcome}
    Appeal.objects.update_or_create(evaluation=one, defaults=told | {"decided_at": NOW})


def edit(one: Evaluation, floor: Floor, chance: Random) -> None:
    """Anything that can become of an evaluation, in any order."""
    row = Evaluation.objects.filter(pk=one.pk)
    standing = Marking.objects.filter(evaluation=one).order_by("number").last()
    assert standing is not None
    match chance.randrange(7):
        case 0:
            row.update(acknowledged_at=NOW + chance.randrange(5) * DAY)
        case 1:
            row.update(stands=None, submitted_at=None, released_at=None, acknowledged_at=None)
        case 2:
            row.update(stands=standing, submitted_at=NOW, released_at=NOW + chance.randrange(3) * DAY)
        case 3:
            decided(one, chance.choice(list(Appeal.Outcome)), floor)
        case 4:
            row.update(contact_at=one.contact_at - chance.randrange(40) * DAY, picked=chance.choice(Picked.values))
        case 5:
            later = Marking.objects.create(
                evaluation=one, number=standing.number + 1, by=floor.users["leader"], begun_at=NOW, submitted_at=NOW,
                answers=standing.answers | {"q1": {"option": "no"}}, agent_share=chance.random(),
            )  # fmt: skip
            row.update(stands=later, submitted_at=NOW)
        case _:
            row.update(site_key=None)
            floor.agents[0].site = chance.choice([None, floor.agents[1].site])
            floor.agents[0].save()


@pytest.mark.parametrize("seed", range(2))
def test_many_edits_in_any_order_come_to_what_everything_comes_to(
    floor: Floor, form: EvaluationForm, home: Callable[[str], tuple[Config, Lake]], seed: int
) -> None:
    chance = Random(seed)
    made = [released(floor, form, sent() | missed("q1", "no", "agent"), place=place) for place in range(5)]
    config, lake = home("lake by lake")
    for number in range(EDITS):
        edit(chance.choice(made), floor, chance)
        if chance.random() < 0.6:
            publish_records(config, lake, at=NOW + number * DAY)
    publish_records(config, lake, at=NOW + EDITS * DAY)
    told = held(lake)
    whole = home("all at once")
    publish_records(*whole, at=NOW + EDITS * DAY, everything=True)
    assert told == held(whole[1])
    again = publish_records(config, lake, at=NOW + (EDITS + 1) * DAY, everything=True)["evaluation"]
    assert (again.new, again.changed, again.gone, again.unchanged) == (0, 0, 0, len(told))


def test_what_did_not_change_is_not_asked_for_and_what_the_lake_lost_is(
    floor: Floor, form: EvaluationForm, home: Callable[[str], tuple[Config, Lake]], monkeypatch: pytest.MonkeyPatch
) -> None:
    made = [released(floor, form, sent(), place=place) for place in range(3)]
    asked: list[int] = []
    find = changed.find_changed

    def noted(*given: object, **named: object) -> dict[str, changed.Changed]:
        found = find(*given, **named)  # type: ignore[arg-type]
        asked.append(len(found["evaluation"].records))
        return found

    monkeypatch.setattr("floorwalker.jobs.records.find_changed", noted)
    config, lake = home("one")
    counts = [publish_records(config, lake, at=NOW)["evaluation"] for _ in range(2)]
    assert [(one.new, one.unchanged) for one in counts] == [(3, 0), (0, 3)]
    Evaluation.objects.filter(pk=made[1].pk).update(acknowledged_at=NOW)
    assert publish_records(config, lake, at=NOW)["evaluation"].changed == 1
    assert asked == [3, 0, 1]
    files = list((lake.path / FOLDER).iterdir())
    assert len(files) == len(read_current(lake.path).published) == 1, "what no state names is gone"
    files[0].unlink()
    counts = [publish_records(config, lake, at=NOW)["evaluation"] for _ in range(2)]
    assert asked[3:] == [3, 0] and [one.unchanged for one in counts] == [3, 3]
