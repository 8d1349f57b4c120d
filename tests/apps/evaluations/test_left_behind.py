"""Does nothing wait for somebody who has left: neither what she began, nor what she handed in and did not release?"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.utils import timezone

from floorwalker.apps.evaluations.drawing import begin_drawn
from floorwalker.apps.evaluations.evaluating import note_opening, release_evaluation
from floorwalker.apps.evaluations.models import Drawn, Evaluation, EvaluationForm, Purpose
from floorwalker.apps.evaluations.reminders import due
from floorwalker.apps.evaluations.tasks import give_back
from floorwalker.apps.notices.models import About
from floorwalker.apps.people.closing import close_log_in
from floorwalker.apps.people.models import AuditEntry, User
from tests.apps.conftest import Floor
from tests.apps.evaluations.drawn import draw_of, plan_of
from tests.apps.evaluations.made import NOW, Made, begin, second_analyst, sent, submitted


def told(about: About, at: datetime) -> set[str]:
    """Who is to be reminded of something."""
    to = [one.user for one in due(at) if one.about == about]
    return {*User.objects.filter(pk__in=to).values_list("username", flat=True)}


def gone(user: User, *, since: date) -> None:
    """Her role ended on that day; nothing else of her changed."""
    user.grants.update(to_day=since)


def test_what_a_leaver_began_waits_again_and_goes_to_others(floor: Floor, form: EvaluationForm) -> None:
    leaver, analyst = second_analyst(floor), floor.users["analyst"]
    draw_of(floor, plan_of(floor, form, twice=0, evaluators=[analyst, leaver]))
    drawn = Drawn.objects.waiting_for(leaver)[0]
    lying = begin_drawn(drawn, by=leaver, at=NOW)
    note_opening(lying, by=leaver, at=NOW)
    chosen = begin(Made(floor.agents, {"second_analyst": leaver}), floor.agents[0], form, by="second_analyst", place=3)
    much_later = NOW + timedelta(days=60)
    give_back(much_later)
    assert Evaluation.objects.filter(pk=lying.pk).exists(), "she is there, however long she takes"
    gone(leaver, since=(much_later - timedelta(days=6)).date())
    give_back(much_later)
    assert Evaluation.objects.filter(pk=lying.pk).exists(), "she may come back"
    give_back(much_later + timedelta(days=2))
    assert not Evaluation.objects.filter(pk=lying.pk).exists()
    drawn.refresh_from_db()
    assert (drawn.evaluation, drawn.evaluator, drawn.by_lot) == (None, analyst, leaver)
    entry = AuditEntry.objects.get(verb="end_left_evaluation")
    assert entry.subject == f"evaluation:{lying.pk}" and entry.detail["of"] == "second_analyst"
    assert Evaluation.objects.filter(pk=chosen.pk).exists(), "nobody waits for what she chose by herself"


def test_a_closed_log_in_is_waited_for_as_well(floor: Floor, form: EvaluationForm) -> None:
    leaver, at = second_analyst(floor), timezone.now()
    draw_of(floor, plan_of(floor, form, twice=0, evaluators=[floor.users["analyst"], leaver]))
    lying = begin_drawn(Drawn.objects.waiting_for(leaver)[0], by=leaver, at=NOW)
    close_log_in(leaver, by=floor.users["admin"], at=at)
    give_back(at + timedelta(days=6))
    assert Evaluation.objects.filter(pk=lying.pk).exists(), "it may be opened again"
    give_back(at + timedelta(days=9))
    assert not Evaluation.objects.filter(pk=lying.pk).exists()


def test_the_second_of_two_goes_to_somebody_who_has_not_the_first(floor: Floor, form: EvaluationForm) -> None:
    leaver, third = floor.users["team_analyst"], second_analyst(floor)
    made = draw_of(floor, plan_of(floor, form, twice=1.0))
    second = made.drawn.exclude(second_of=None).filter(evaluator=leaver).first()
    assert second is not None and second.second_of is not None
    begun = begin_drawn(second, by=leaver, at=NOW)
    assert begun.purpose == Purpose.CALIBRATION
    made.plan.evaluators.create(user=third)
    gone(leaver, since=NOW.date())
    give_back(NOW + timedelta(days=9))
    second.refresh_from_db()
    assert (second.evaluation, second.evaluator) == (None, third) and second.second_of.evaluator != third


def test_a_page_that_is_still_open_is_told_why_nothing_is_kept(floor: Floor, form: EvaluationForm) -> None:
    gone_meanwhile = begin(floor, floor.agents[0], form)
    address = f"/evaluations/{gone_meanwhile.pk}/save/"
    gone_meanwhile.markings.all().delete()
    assert floor.client("analyst").post(address, sent()).status_code == 404, "it is there, and not hers to mark"
    gone_meanwhile.delete()
    answer = floor.client("analyst").post(address, sent())
    assert answer.status_code == 409 and "its contact waits again" in answer.json()["refused"]


def test_what_a_leaver_handed_in_stays_and_whoever_may_release_it_is_told(floor: Floor, form: EvaluationForm) -> None:
    leaver = second_analyst(floor)
    people = Made(floor.agents, {"second_analyst": leaver})
    done = submitted(people, begin(people, floor.agents[1], form, by="second_analyst"), sent())
    present = submitted(floor, begin(floor, floor.agents[1], form, place=1), sent())
    later = timezone.now() + timedelta(days=30)
    assert told(About.RELEASE_LEFT, later) == set()
    gone(leaver, since=date(2026, 1, 1))
    give_back(later)
    # The second agent is of the other team, which the team's analyst does not evaluate; the manager releases nothing.
    assert told(About.RELEASE_LEFT, later) == {"analyst"}
    assert "second_analyst" not in told(About.RELEASE_EVALUATION, later), "she could not"
    page = floor.client("analyst").get("/evaluations/?left=1").content.decode()
    assert f"/evaluations/{done.pk}/" in page and f"/evaluations/{present.pk}/" not in page
    assert "handed in by people who evaluate no more" in page
    release_evaluation(done, by=floor.users["analyst"], at=later)
    assert told(About.RELEASE_LEFT, later) == set()
