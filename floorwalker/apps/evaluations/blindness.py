"""Whose marks on a recording are kept from whoever judges the contact, or was judged and has not read it yet?

A mark on the recording says what its maker thinks of a moment, as the marks of the evaluation do; so it is shown where these
are: to whoever has read the evaluation. Whoever is judging a contact, or is to, is shown nobody's.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date, datetime

from django.db.models import Exists, OuterRef, Q

from floorwalker.apps.evaluations.models import (
    CalibrationContact,
    CalibrationSession,
    Drawn,
    Evaluation,
    Marking,
    Opening,
    over_for_calibration,
)
from floorwalker.apps.people.models import User

NOBODYS, EVERYBODYS = Q(pk__in=[]), Q(pk__isnull=False)


def still_to_judge(user: User, contact_keys: Collection[bytes]) -> set[bytes]:
    """Of these contacts those that the user is marking, or has to mark: she is shown nobody's judgement of them before."""
    # What was begun for a session that ended or was called off is not judged any more, though it stays begun.
    begun = Marking.objects.filter(evaluation__contact_key__in=contact_keys, by=user, submitted_at=None)
    begun = begun.exclude(over_for_calibration("evaluation__")).order_by()
    waits = Drawn.objects.waiting_for(user).filter(contact_key__in=contact_keys).order_by()
    blind = CalibrationContact.objects.filter(session__in=CalibrationSession.objects.blind().filter(participants=user))
    blind = blind.filter(contact_key__in=contact_keys).order_by()
    keys = (
        *begun.values_list("evaluation__contact_key", flat=True),
        *waits.values_list("contact_key", flat=True),
        *blind.values_list("contact_key", flat=True),
    )
    return {bytes(key) for key in keys}


def is_kept_from(session: CalibrationSession, user: User) -> bool:
    """Whether a session's marks are not the reader's to see yet, though its blind phase is over: she has one of its
    contacts to mark herself, for another session or by a draw. Neither its notes nor its minutes are, which may tell them.
    """
    if not session.is_shown:
        return True
    keys = {bytes(key) for key in session.contacts.values_list("contact_key", flat=True)}
    return bool(still_to_judge(user, keys))


def note_reading(session: CalibrationSession, *, by: User, at: datetime) -> None:
    """Keep that somebody read what was marked in a session, the first time: she marks none of its contacts blind any more."""
    shown = Evaluation.objects.filter(calibration__session=session, stands__isnull=False).exclude(evaluator=by)
    new = shown.exclude(openings__user=by).order_by().values_list("pk", flat=True)
    Opening.objects.bulk_create((Opening(evaluation_id=pk, user=by, first_at=at) for pk in new), ignore_conflicts=True)


def marks_kept_from(user: User, contact_keys: Collection[bytes], on: date) -> Q:
    """Which marks on recordings of these contacts the reader is not shown."""
    made = Evaluation.objects.filter(contact_key__in=contact_keys)
    if still_to_judge(user, contact_keys):
        return EVERYBODYS
    read = Opening.objects.filter(evaluation=OuterRef("pk"), user=user)
    # What was marked in a session is read by everybody in it, from the end of the blind phase on.
    talked_over = Q(calibration__session__participants=user, calibration__session__blind_ended_at__isnull=False)
    unread = made.exclude(Exists(read)).exclude(evaluator=user).exclude(pk__in=made.filter(talked_over).values("pk"))
    by = Marking.objects.filter(evaluation__in=unread).exclude(by=user).order_by().values_list("by", flat=True)
    return Q(made_by__in=set(by)) if by else NOBODYS
