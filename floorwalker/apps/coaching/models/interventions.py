"""What was done with whom from when, to move which measure, and how were they chosen? What its effect is worked out from.

How people were chosen cannot be added later: it is kept when the decision is made, and never changed.
"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent, Queue, Site, Team, User
from floorwalker.apps.standards.models import Process

LONGEST_REASON = 1000


class ActionKind(models.TextChoices):
    """What is done about a gap."""

    COACHING = "coaching", _("coaching")
    TRAINING = "training", _("training")
    MENTORING = "mentoring", _("mentoring")
    PEER_SUPPORT = "peer_support", _("support by a colleague")
    PROCESS = "process", _("a change of a process")
    SYSTEM = "system", _("a change of a system")
    STANDARD = "standard", _("a change of a standard")


class RecordShown(models.Model):
    """Somebody looked at so many weeks of people's figures of a measure, more than the twelve that everybody is shown.

    by: None on the command line, where nobody knows who reads; agent, team: both None of everybody.
    """

    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")
    measure = models.CharField(max_length=80)
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="+")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="+")
    weeks = models.PositiveSmallIntegerField()
    at = models.DateTimeField()


class Lot(models.Model):
    """Chance decided who begins now and who after the last review: among whom, and by which seed."""

    measure = models.CharField(max_length=80)
    seed = models.CharField(max_length=64)
    drawn_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    drawn_at = models.DateTimeField()
    waits_until = models.DateField()


class LotEntry(models.Model):
    """One of those among whom was drawn; first: who begins now."""

    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, related_name="entries")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="+")
    first = models.BooleanField()

    class Meta:
        constraints = [models.UniqueConstraint(name="in_a_lot_once", fields=["lot", "agent"])]


class InterventionQuerySet(models.QuerySet["Intervention"]):
    """Interventions by when they are looked at."""

    def begun_by(self, day: date) -> Self:
        """Those that had begun."""
        return self.filter(begins_on__lte=day, cancelled_at=None)


class Intervention(models.Model):
    """One action that is to move a measure, with who is treated and what must not get worse.

    weeks_shown: how many weeks of the record whoever chose had seen. guardrails: measures that must not get worse.
    before: the gap as it was known when it was decided (insight/learning.py), None where nothing was.
    site, queue, process: where a change of a process holds; for people there are rows `treated`, for teams `rolled_out`.
    """

    kind = models.CharField(max_length=12, choices=ActionKind.choices)
    measure = models.CharField(max_length=80)
    guardrails = models.JSONField(default=list)
    begins_on = models.DateField()
    decided_at = models.DateTimeField()
    decided_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    weeks_shown = models.PositiveSmallIntegerField(default=12)
    because = models.TextField(max_length=LONGEST_REASON, blank=True, default="")
    before = models.JSONField(null=True)
    lot = models.ForeignKey(Lot, on_delete=models.PROTECT, null=True, related_name="interventions")
    site = models.ForeignKey(Site, on_delete=models.PROTECT, null=True, related_name="+")
    queue = models.ForeignKey(Queue, on_delete=models.PROTECT, null=True, related_name="+")
    process = models.ForeignKey(Process, on_delete=models.PROTECT, null=True, related_name="interventions")
    cancelled_at = models.DateTimeField(null=True)

    objects = InterventionQuerySet.as_manager()

    class Meta:
        ordering = ["begins_on", "pk"]


class Treated(models.Model):
    """One person to whom an intervention is given, from a day on."""

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="treated")
    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="treated")
    from_day = models.DateField()

    class Meta:
        constraints = [models.UniqueConstraint(name="treated_once", fields=["intervention", "agent"])]


class RolledOut(models.Model):
    """One team that an intervention reaches, from a day on; place: in the order that chance drew, where it did."""

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="rolled_out")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="+")
    from_day = models.DateField()
    place = models.PositiveSmallIntegerField(null=True)

    class Meta:
        ordering = ["from_day", "pk"]
        constraints = [models.UniqueConstraint(name="rolled_out_once", fields=["intervention", "team"])]


class Look(models.Model):
    """What was found at one of the planned reviews; another row for each time it is worked out, none is changed.

    week: 4, 8 or 12 after the beginning. found: as `insight effect --json` gives it, with the versions of measure and
    method and the instant of the facts.
    """

    intervention = models.ForeignKey(Intervention, on_delete=models.PROTECT, related_name="looks")
    week = models.PositiveSmallIntegerField()
    due_on = models.DateField()
    verdict = models.CharField(max_length=40)
    found = models.JSONField()
    at = models.DateTimeField()

    class Meta:
        ordering = ["week", "at", "pk"]
        constraints = [models.CheckConstraint(name="look_is_planned", condition=Q(week__in=(4, 8, 12)))]
