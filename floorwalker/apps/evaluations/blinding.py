"""When does the blind phase of a calibration session end? When everybody has handed in, and never before by itself."""

from __future__ import annotations

from datetime import datetime

from django.db.models import Count, Q, QuerySet
from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.models import CalibrationSession, Evaluation
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused


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
    if evaluation.calibration is None:
        return
    session = CalibrationSession.objects.select_for_update(of=("self",)).get(pk=evaluation.calibration.session_id)
    if session.blind_ended_at is None and handed_in(session) == wanted(session):
        session.blind_ended_at = at
        session.save(update_fields=["blind_ended_at"])
        record(SYSTEM, "end_blind_phase", session, at, handed_in=wanted(session))


def handed_in(session: CalibrationSession) -> int:
    """How many markings are handed in, by those who still take part."""
    found = Evaluation.objects.filter(calibration__session=session, submitted_at__isnull=False)
    return found.filter(evaluator__in=session.participants.all()).count()


def left_to(session: CalibrationSession) -> QuerySet[User]:
    """Those who take part and have not handed in everything."""
    hers = Q(evaluations_made__calibration__session=session, evaluations_made__submitted_at__isnull=False)
    found = session.participants.annotate(done=Count("evaluations_made", filter=hers))
    return found.filter(done__lt=session.contacts.count())


def wanted(session: CalibrationSession) -> int:
    """How many markings there are when everybody has handed in."""
    return session.participants.count() * session.contacts.count()
