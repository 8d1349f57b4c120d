"""By which causes is it said why something was missed, and on which days could each be chosen?"""

from __future__ import annotations

from datetime import date
from typing import Self

from django.core.validators import RegexValidator
from django.db import models
from django.db.models import F, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import DatedQuerySet

LONGEST_CAUSE = 120
LONGEST_CODE = 60
CODE_PATTERN = r"^[a-z0-9]+(?:[-_][a-z0-9]+)*$"


class CauseKind(models.TextChoices):
    """Where a cause lies; only the first is the agent's own, and counts against nobody else."""

    AGENT = "agent", _("the agent")
    PROCESS = "process", _("the process")
    SYSTEM = "system", _("a system")
    POLICY = "policy", _("a policy")
    INFORMATION = "information", _("information")
    CUSTOMER = "customer", _("the customer")


class RootCauseQuerySet(DatedQuerySet["RootCause"]):
    """Root causes: `on` a day, those that may be chosen on it."""

    def in_order(self) -> Self:
        """With what they are part of, kind by kind, by code."""
        return self.select_related("parent").order_by("kind", "code")


class RootCause(models.Model):
    """Why something was missed: one entry of the centre's own list, for a stretch of days (half-open, null = open).

    Without a name it is the usual one of its kind, whose name each reader reads in her own language.
    """

    code = models.CharField(max_length=LONGEST_CODE, unique=True, validators=[RegexValidator(CODE_PATTERN)])
    name = models.CharField(max_length=LONGEST_CAUSE, blank=True, default="")
    kind = models.CharField(max_length=20, choices=CauseKind.choices)
    parent = models.ForeignKey("self", on_delete=models.PROTECT, null=True, blank=True, related_name="narrower")
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)

    objects = RootCauseQuerySet.as_manager()

    class Meta:
        constraints = [
            models.CheckConstraint(
                name="cause_has_days", condition=Q(from_day=None) | Q(to_day=None) | Q(to_day__gt=F("from_day"))
            ),
            models.CheckConstraint(name="cause_has_a_kind", condition=Q(kind__in=CauseKind.values)),
            models.CheckConstraint(name="cause_is_not_above_itself", condition=~Q(parent=F("id"))),
        ]

    def __str__(self) -> str:
        return self.name or str(CauseKind(self.kind).label)

    @property
    def is_the_agents(self) -> bool:
        """Whether it lies with the agent: every other is kept out of an agent's score and shown to the centre."""
        return self.kind == CauseKind.AGENT

    def counts_on(self, day: date) -> bool:
        """Whether it may be chosen on that day."""
        return (self.from_day is None or self.from_day <= day) and (self.to_day is None or self.to_day > day)
