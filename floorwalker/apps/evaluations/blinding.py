"""When does the blind phase of a calibration session end? When whoever still can has handed in, and never before by itself.

Somebody whose role ended, whose log-in was closed or whose role reaches the agent no more is not waited for: else whoever
leaves would keep everybody blind. What she handed in before stays in the comparison.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Count, Q
from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.models import CalibrationContact, CalibrationSession, Evaluation, Sight
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import Agent, Right, User
from floorwalker.errors import Refused

LEAST_PEOPLE = 2


def check_is_blind(evaluation: Evaluation) -> None:
    """Refuse to mark on where the others' marks are shown already, or nobody wants them any more."""
    if evaluation.calibration is None:
        return
    session = evaluation.calibration.session
    if session.called_off_at is not None:
        raise Refused(_("this session was called off"))
    if session.blind_ended_at is not None:
        raise Refused(
            _("the blind phase of this session is over"),
            mend=_("read its page: whoever sees others' marks is not blind"),
        )


def end_where_all_handed_in(evaluation: Evaluation, at: datetime) -> None:
    """Within the act that hands a marking in: show everybody's marks, once it was the last one."""
    if evaluation.calibration is not None:
        _end_where_nobody_is_waited_for(evaluation.calibration.session_id, at)


@action
def end_left_sessions(*, at: datetime) -> None:
    """End the blind phases that wait only for people who cannot mark any more; nobody hands in a last marking there."""
    for pk in CalibrationSession.objects.blind().filter(opens_on__lte=at.date()).values_list("pk", flat=True):
        _end_where_nobody_is_waited_for(pk, at)


def _end_where_nobody_is_waited_for(pk: int, at: datetime) -> None:
    session = CalibrationSession.objects.select_for_update(of=("self",)).get(pk=pk)
    if session.blind_ended_at is not None or session.called_off_at is not None:
        return
    if compared(session) and not left_to(session, at.date()):
        session.blind_ended_at = at
        session.save(update_fields=["blind_ended_at"])
        record(SYSTEM, "end_blind_phase", session, at, handed_in=handed_in(session))


def compared(session: CalibrationSession) -> bool:
    """Whether some contact was marked by two people, so that there is something to talk about."""
    done = Count("evaluations", filter=Q(evaluations__submitted_at__isnull=False))
    return session.contacts.annotate(many=done).filter(many__gte=LEAST_PEOPLE).exists()


def handed_in(session: CalibrationSession) -> int:
    """How many markings are handed in."""
    found = Evaluation.objects.filter(calibration__session=session, submitted_at__isnull=False)
    return found.filter(evaluator__in=session.participants.all()).count()


def left_to(session: CalibrationSession, on: date) -> dict[User, int]:
    """By participant who still can mark, how many of her markings are not handed in; nobody who has none left."""
    contacts = list(session.contacts.all())
    done = Evaluation.objects.filter(calibration__in=contacts, submitted_at__isnull=False)
    given = set(done.values_list("evaluator", "calibration"))
    found = {}
    for user in session.participants.order_by("username"):
        left = [one for one in contacts if (user.pk, one.pk) not in given]
        count = len(can_mark(user, left, on)) if left else 0
        if count:
            found[user] = count
    return found


def can_mark(user: User, contacts: Collection[CalibrationContact], on: date) -> list[CalibrationContact]:
    """Of some contacts of sessions those that this user may mark on a day: by the role that she has then, or by a sight."""
    if not user.is_active or not user.scope_on(on).may(Right.EVALUATE):
        return []
    agents = {one.agent_id for one in contacts}
    reached = set(Agent.objects.evaluated_by(user, on).filter(pk__in=agents).values_list("pk", flat=True))
    sights = Sight.objects.open_to(user, on).filter(contact__in=[one.pk for one in contacts])
    seen = set(sights.values_list("contact", flat=True))
    return [one for one in contacts if one.agent_id in reached or one.pk in seen]


def wanted(session: CalibrationSession, on: date) -> int:
    """How many markings there are when everybody who still can has handed in."""
    return handed_in(session) + sum(left_to(session, on).values())
