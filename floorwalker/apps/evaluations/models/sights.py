"""Who may hear and mark one contact of a calibration session that her roles do not reach, and until when?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Self

from django.db import models
from django.db.models import Q

from floorwalker.apps.evaluations.models.calibration import CalibrationContact
from floorwalker.apps.people.models import User

# How long after the day by which a session is to be marked its contacts may be talked over.
TO_TALK = timedelta(days=28)


class SightQuerySet(models.QuerySet["Sight"]):
    """Sights by whom they were given to, and whether they hold."""

    def open_to(self, user: User, on: date) -> Self:
        """Those that hold for a user on a day: never longer than their session goes on."""
        goes_on = Q(contact__session__discussed_at=None, contact__session__called_off_at=None)
        return self.filter(goes_on, user=user, ended_at=None, from_day__lte=on, until__gte=on)


class Sight(models.Model):
    """One participant was given sight of one contact of a session, by somebody who leads it and may hear the contact herself.

    It opens this contact to be heard and to be marked in this session, and nothing else of its agent. from_day, until: the
    first and the last day on which it holds; ended_at: when the session was closed or called off before.
    """

    contact = models.ForeignKey(CalibrationContact, on_delete=models.CASCADE, related_name="sights")
    user = models.ForeignKey(User, on_delete=models.PROTECT, related_name="sights")
    given_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    given_at = models.DateTimeField()
    from_day = models.DateField()
    until = models.DateField()
    ended_at = models.DateTimeField(null=True)

    objects = SightQuerySet.as_manager()

    class Meta:
        constraints = [models.UniqueConstraint(fields=["contact", "user"], name="a_sight_is_given_once")]
