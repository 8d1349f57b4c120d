"""Whose marks on a recording are kept from whoever judges the contact, or was judged and has not read it yet?

A mark on the recording says what its maker thinks of a moment, as the marks of the evaluation do; so it is shown where these
are: to whoever has read the evaluation. Whoever is judging a contact, or is to, is shown nobody's.
"""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.db.models import Exists, OuterRef, Q

from floorwalker.apps.evaluations.models import Drawn, Evaluation, Marking, Opening
from floorwalker.apps.people.models import User

NOBODYS, EVERYBODYS = Q(pk__in=[]), Q(pk__isnull=False)


def marks_kept_from(user: User, contact_keys: Collection[bytes], on: date) -> Q:
    """Which marks on recordings of these contacts the reader is not shown."""
    made = Evaluation.objects.filter(contact_key__in=contact_keys)
    judging = Marking.objects.filter(evaluation__in=made, by=user, submitted_at=None).exists()
    if judging or Drawn.objects.waiting_for(user).filter(contact_key__in=contact_keys).exists():
        return EVERYBODYS
    read = Opening.objects.filter(evaluation=OuterRef("pk"), user=user)
    unread = made.exclude(Exists(read)).exclude(evaluator=user)
    by = Marking.objects.filter(evaluation__in=unread).exclude(by=user).order_by().values_list("by", flat=True)
    return Q(made_by__in=set(by)) if by else NOBODYS
