"""Whose marks on a recording are kept from whoever judges the contact, or was judged and has not read it yet?

A mark on the recording says what its maker thinks of a moment, as the marks of the evaluation do; so it is shown where these
are: to whoever has read the evaluation. Whoever is judging a contact, or is to, is shown nobody's.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

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


def marks_kept_from(user: User, contact_keys: Collection[bytes], on: date) -> Q:
    """Which marks on recordings of these contacts the reader is not shown."""
    made = Evaluation.objects.filter(contact_key__in=contact_keys)
    # What was begun for a session that ended or was called off is not judged any more, though it stays begun.
    begun = Marking.objects.filter(evaluation__in=made, by=user, submitted_at=None)
    judging = begun.exclude(over_for_calibration("evaluation__")).exists()
    blind = CalibrationContact.objects.filter(session__in=CalibrationSession.objects.blind().filter(participants=user))
    waits = Drawn.objects.waiting_for(user).filter(contact_key__in=contact_keys)
    if judging or waits.exists() or blind.filter(contact_key__in=contact_keys).exists():
        return EVERYBODYS
    read = Opening.objects.filter(evaluation=OuterRef("pk"), user=user)
    # What was marked in a session is read by everybody in it, from the end of the blind phase on.
    talked_over = Q(calibration__session__participants=user, calibration__session__blind_ended_at__isnull=False)
    unread = made.exclude(Exists(read)).exclude(evaluator=user).exclude(pk__in=made.filter(talked_over).values("pk"))
    by = Marking.objects.filter(evaluation__in=unread).exclude(by=user).order_by().values_list("by", flat=True)
    return Q(made_by__in=set(by)) if by else NOBODYS
