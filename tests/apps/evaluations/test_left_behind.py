"""Does nothing wait for somebody who has left: neither what she began, nor what she handed in and did not release?"""

from __future__ import annotations

from datetime import datetime, timedelta

from django.utils import timezone

from floorwalker.apps.evaluations.drawing import begin_drawn
from floorwalker.apps.evaluations.evaluating import note_opening, release_evaluation
from floorwalker.apps.evaluations.models import Drawn, Evaluation, EvaluationForm, Marking
from floorwalker.apps.evaluations.reminders import due
from floorwalker.apps.evaluations.tasks import give_back
from floorwalker.apps.notices.models import About
from floorwalker.apps.people.models import AuditEntry, User
from tests.apps.conftest import Floor
from tests.apps.evaluations.drawn import draw_of, plan_of
from tests.apps.evaluations.made import NOW, Made, begin, leaves, second_analyst, sent, submitted


def told(about: About, at: datetime) -> set[str]:
    """Who is to be reminded of something."""
    to = [one.user for one in due(at) if one.about == about]
    return {*User.objects.filter(pk__in=to).values_list("username", flat=True)}


def test_what_a_leaver_began_waits_again_and_goes_to_others(floor: Floor, form: EvaluationForm) -> None:
    leaver, analyst = second_analyst(floor), floor.users["analyst"]
    draw_of(floor, plan_of(floor, form, twice=0, evaluators=[analyst, leaver]))
    mine = list(Drawn.objects.waiting_for(leaver)[:2])
    lying, saved = (begin_drawn(one, by=leaver, at=NOW) for one in mine)
    note_opening(lying, by=leaver, at=NOW)
    Marking.objects.filter(evaluation=saved).update(saved_at=NOW + timedelta(days=5))
    give_back(NOW + timedelta(days=8))
    assert Evaluation.objects.filter(pk__in=[lying.pk, saved.pk]).count() == 2, "she is there"
    leaves(leaver)
    give_back(NOW + timedelta(days=6))
    assert Evaluation.objects.filter(pk__in=[lying.pk, saved.pk]).count() == 2, "she may come back"
    give_back(NOW + timedelta(days=8))
    assert [one.pk for one in Evaluation.objects.filter(pk__in=[lying.pk, saved.pk])] == [saved.pk]
    again = Drawn.objects.get(pk=mine[0].pk)
    assert (again.evaluation, again.evaluator, again.by_lot) == (None, analyst, leaver)
    entry = AuditEntry.objects.get(verb="end_left_evaluation")
    assert entry.subject == f"evaluation:{lying.pk}" and entry.detail["of"] == "second_analyst"
    give_back(NOW + timedelta(days=13))
    assert not Evaluation.objects.filter(pk=saved.pk).exists()


def test_what_a_leaver_handed_in_stays_and_others_are_told_that_it_waits(floor: Floor, form: EvaluationForm) -> None:
    leaver = second_analyst(floor)
    people = Made(floor.agents, {"second_analyst": leaver})
    done = submitted(people, begin(people, floor.agents[0], form, by="second_analyst"), sent())
    later = timezone.now() + timedelta(days=30)
    assert told(About.RELEASE_LEFT, later) == set()
    leaves(leaver)
    give_back(later)
    assert told(About.RELEASE_LEFT, later) == {"analyst", "boss"}
    page = floor.client("analyst").get("/evaluations/?state=submitted").content.decode()
    assert f"/evaluations/{done.pk}/" in page
    release_evaluation(done, by=floor.users["analyst"], at=later)
    assert told(About.RELEASE_LEFT, later) == set()
