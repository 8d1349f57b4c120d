"""Who is to be reminded of evaluations? Agents of the last days to answer, evaluators of what they left lying, of appeals and of
sessions that are due."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.urls import reverse

from floorwalker.apps.evaluations.blinding import left_to
from floorwalker.apps.evaluations.models import Appeal, CalibrationSession, Drawn, Evaluation, Purpose
from floorwalker.apps.evaluations.populations import left_unreleased, who_manages_forms, who_may_evaluate
from floorwalker.apps.evaluations.queueing import appeals_for, drawn, releasable, to_release
from floorwalker.apps.evaluations.unclaimed import unclaimable
from floorwalker.apps.notices.models import About
from floorwalker.apps.notices.reminding import Due
from floorwalker.apps.people.models import User

LAST_DAYS = timedelta(days=3)
LEFT_LYING = timedelta(days=1)
BEHIND = timedelta(days=7)


def due(at: datetime) -> Iterator[Due]:
    """Everything of evaluations that waits for somebody, one line for each person and kind; of deadlines one for each."""
    yield from _to_answer(at)
    yield from _to_release(at)
    yield from _left_unreleased(at)
    yield from _appeals(at)
    yield from _unclaimable(at)
    yield from _drawn(at)
    yield from _calibrations(at)


def _to_answer(at: datetime) -> Iterator[Due]:
    on = at.date()
    found = Evaluation.objects.answerable(on).filter(respond_by__lte=on + LAST_DAYS, agent__user__isnull=False)
    for number, user, day in found.values_list("pk", "agent__user", "respond_by"):
        assert day is not None, "what is released has a last day"
        said = {"day": day.isoformat()}
        address = reverse("evaluation", args=[number])
        yield Due(user, About.ANSWER_EVALUATION, f"evaluation:{number}", address, said)


def _to_release(at: datetime) -> Iterator[Due]:
    found = Evaluation.objects.handed_in().filter(submitted_at__lte=at - LEFT_LYING).order_by()
    with_queue = set(who_may_evaluate(at.date(), officially=False).values_list("pk", flat=True))
    for user in User.objects.filter(pk__in=found.values("evaluator")):
        hers, address = to_release(user), reverse("my_queue")
        if user.pk not in with_queue:
            # A colleague who was asked to mark a contact has no queue: she finds it in the list. What else somebody made who
            # evaluates no more, she cannot release.
            hers, address = hers.filter(purpose=Purpose.PEER), reverse("evaluations")
        if hers:
            yield Due(user.pk, About.RELEASE_EVALUATION, "release", address, {"n": hers.count()})


def _left_unreleased(at: datetime) -> Iterator[Due]:
    """Whoever may release what people who have left handed in: its agents wait for it."""
    on = at.date()
    found = left_unreleased(on).filter(submitted_at__lte=at - LEFT_LYING)
    if not found.exists():
        return
    address = f"{reverse('evaluations')}?left=1"
    for user in who_may_evaluate(on).select_related("agent"):
        count = releasable(user, on).filter(submitted_at__lte=at - LEFT_LYING).count()
        if count:
            yield Due(user.pk, About.RELEASE_LEFT, "left", address, {"n": count})


def _appeals(at: datetime) -> Iterator[Due]:
    if not Appeal.objects.filter(decided_at=None).exists():
        return
    for user in who_may_evaluate(at.date()).select_related("agent"):
        count = len(appeals_for(user, at.date()))
        if count:
            yield Due(user.pk, About.TAKE_APPEAL, "appeals", reverse("my_queue"), {"n": count})


def _unclaimable(at: datetime) -> Iterator[Due]:
    """Whoever manages forms can find somebody for an appeal for which nobody is left; an evaluator cannot."""
    count = len(unclaimable(at))
    if count:
        for user in who_manages_forms(at.date()):
            yield Due(user.pk, About.FIND_FOR_APPEAL, "unclaimed", reverse("appeals"), {"n": count})


def _drawn(at: datetime) -> Iterator[Due]:
    behind = Drawn.objects.waiting().filter(draw__drawn_at__lte=at - BEHIND).order_by()
    for user in who_may_evaluate(at.date(), officially=False).filter(pk__in=behind.values("evaluator")):
        yield Due(user.pk, About.MARK_DRAWN, "drawn", reverse("my_queue"), {"n": drawn(user).count()})


def _calibrations(at: datetime) -> Iterator[Due]:
    on = at.date()
    for session in CalibrationSession.objects.blind().filter(opens_on__lte=on, due__lte=on + LAST_DAYS):
        said = {"title": session.name, "day": session.due.isoformat()}
        address = reverse("calibration", args=[session.pk])
        for user in left_to(session, on):
            yield Due(user.pk, About.MARK_CALIBRATION, f"calibration:{session.pk}", address, said)
