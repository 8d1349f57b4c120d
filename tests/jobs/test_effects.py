"""Is every planned look kept once, on its day, whatever fails beside it?"""

from __future__ import annotations

import logging
from datetime import UTC, date, datetime, time, timedelta

import pytest

from floorwalker.apps.coaching.asking import review
from floorwalker.apps.coaching.models import ActionKind, Intervention, Look
from floorwalker.apps.improvement.models import Cycle, CycleDecision, Stage
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.models import Process
from floorwalker.errors import LakeError
from floorwalker.insight.reviewed import Reviewed, Verdict, from_json
from floorwalker.jobs import effects
from floorwalker.jobs.effects import review_effects
from tests.installation import Installation, new_installation
from tests.sources.asterisk_queue_log.lines import write_log

pytestmark = pytest.mark.django_db

MEASURE, RAIL = "average_handle_time", "transfer_rate"
KEY = bytes(range(16))


@pytest.fixture(scope="module")
def home(tmp_path_factory: pytest.TempPathFactory) -> Installation:
    """Nine weeks with a contact now and then."""
    folder = tmp_path_factory.mktemp("effects")
    home = new_installation(folder / "home")
    (folder / "queue_log").write_text("\n".join(write_log(64, seed=5, seconds_between=86_400)) + "\n")
    home.load("asterisk_queue_log", folder / "queue_log")
    return home


@pytest.fixture
def last(home: Installation) -> date:
    known = home.snapshot.days("contact")
    assert known is not None
    return known[1]


def treat(begins: date, measure: str = MEASURE) -> Intervention:
    agent, _new = Agent.objects.get_or_create(key=KEY, defaults={"name": "Ada Tonge"})
    leader, _new = User.objects.get_or_create(username="leader")
    made = Intervention.objects.create(
        kind=ActionKind.COACHING,
        measure=measure,
        guardrails=[RAIL],
        begins_on=begins,
        decided_at=datetime.combine(begins, time(9), UTC),
        decided_by=leader,
    )
    made.treated.create(agent=agent, from_day=begins)
    return made


def night_after(day: date, nights: int = 2) -> datetime:
    return datetime.combine(day + timedelta(days=nights), time(3), UTC)


def test_a_look_is_kept_once_on_its_day_and_no_earlier(home: Installation, last: date) -> None:
    made = treat(last - timedelta(days=28))
    assert review_effects(home.lake, night_after(last - timedelta(days=2), 1)) == 0 and not made.looks.exists()
    for _night in range(2):
        assert review_effects(home.lake, night_after(last)) == 0
    look = made.looks.get()
    assert (look.week, look.due_on, look.verdict) == (4, last, "cannot_tell")
    found = from_json(look.found)
    assert (
        found.verdict is Verdict.CANNOT_TELL
        and found.reason == "no_data"
        and found.review_on == last + timedelta(days=28)
    )
    assert look.found["facts"] == home.snapshot.current.sequence and look.found["sentence"].startswith("Cannot tell")


def test_what_was_missed_is_held_later_each_week_by_itself(home: Installation, last: date) -> None:
    made = treat(last - timedelta(days=60))
    made.looks.create(week=4, due_on=last, verdict="cannot_tell", found={}, at=night_after(last))
    assert review_effects(home.lake, night_after(last)) == 0
    assert list(made.looks.values_list("week", "due_on")) == [(4, last), (8, last - timedelta(days=4))]


def test_one_that_fails_is_told_and_keeps_no_other_back(
    home: Installation, last: date, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken, made = treat(last - timedelta(days=30)), treat(last - timedelta(days=30))

    def fails(facts: object, intervention: Intervention, *asked: object) -> Reviewed | None:
        if intervention.pk == broken.pk:
            raise LakeError("a file is gone")
        return review(facts, intervention, *asked)  # type: ignore[arg-type]

    monkeypatch.setattr(effects, "review", fails)
    with caplog.at_level(logging.ERROR, "floorwalker.jobs.effects"):
        assert review_effects(home.lake, night_after(last)) == 1
    assert made.looks.count() == 1 and not broken.looks.exists()
    assert f"intervention {broken.pk} on {MEASURE} will be looked at again" in caplog.text


@pytest.mark.parametrize("measure", ["a_measure_that_is_gone", "occupancy", "service_level"])
def test_what_nobody_can_judge_is_said_once_and_not_each_night(home: Installation, last: date, measure: str) -> None:
    made = treat(last - timedelta(days=30), measure)
    for _night in range(2):
        assert review_effects(home.lake, night_after(last)) == 0
    look = made.looks.get()
    assert (look.week, look.verdict, look.found["reason"]) == (4, "cannot_tell", "not_judged")
    assert look.found["sentence"].startswith("Cannot tell whether it worked: no effect can be told of this measure")


def test_a_process_that_is_everybodys_has_nobody_to_be_held_against(home: Installation, last: date) -> None:
    made = treat(last - timedelta(days=30))
    made.treated.all().delete()
    leader = User.objects.get(username="leader")
    process = Process.objects.create(name="The menu", owner=leader, made_by=leader, made_at=night_after(last))
    Intervention.objects.filter(pk=made.pk).update(process=process)
    assert review_effects(home.lake, night_after(last)) == 0
    assert made.looks.get().found["reason"] == "nobody_left_to_compare"


def test_a_review_that_was_held_before_its_look_is_completed_by_it(home: Installation, last: date) -> None:
    made = treat(last - timedelta(days=30))
    leader = User.objects.get(username="leader")
    cycle = Cycle.objects.create(
        title="Shorter calls",
        agent=Agent.objects.get(key=KEY),
        measure=MEASURE,
        owner=leader,
        gap={},
        opened_by=leader,
        opened_at=night_after(last, -40),
        planned_at=night_after(last, -35),
        stage=Stage.DECIDED,
        intervention=made,
    )
    held_at = night_after(last, 1)
    held = cycle.reviews.create(week=4, due_on=last, held_at=held_at, held_by=leader, said="Before the night.")
    waiting = cycle.reviews.create(week=8, due_on=last + timedelta(days=28))
    decision = CycleDecision.objects.create(
        cycle=cycle, verdict="keep", because="It is liked.", found={"look": None}, by=leader, at=held_at
    )
    assert review_effects(home.lake, night_after(last)) == 0
    held.refresh_from_db()
    waiting.refresh_from_db()
    decision.refresh_from_db()
    assert held.look == made.looks.get() and held.held_at == held_at and waiting.look is None
    assert decision.look is None and decision.found == {"look": None}


def test_what_was_cancelled_or_given_to_nobody_is_not_looked_at(home: Installation, last: date) -> None:
    cancelled, nobody = treat(last - timedelta(days=40)), treat(last - timedelta(days=40))
    Intervention.objects.filter(pk=cancelled.pk).update(cancelled_at=night_after(last, -30))
    nobody.treated.all().delete()
    assert review_effects(home.lake, night_after(last)) == 0 and not Look.objects.exists()
