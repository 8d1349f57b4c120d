"""Which targets were adjusted for one person, for which days, and why? The reason is for named roles alone."""

from __future__ import annotations

from datetime import date
from typing import Self

from django.db import models
from django.db.models import F, Q

from floorwalker.apps.people.models import Agent, DatedQuerySet, User
from floorwalker.apps.standards.models.targets import LONGEST_REASON, Target


class AdjustedTargetQuerySet(DatedQuerySet["AdjustedTarget"]):
    """Adjusted targets by person and days."""

    def with_people(self) -> Self:
        """Together with whose they are and who agreed to them."""
        return self.select_related("agent__merged_into", "set_by")

    def of_person(self, agent: Agent) -> Self:
        """Those of one person, under whichever of the names that were found to be hers each was agreed."""
        return self.filter(agent__key__in=agent.keys_of_person())


class AdjustedTarget(models.Model):
    """What is aimed for with one person in one measure instead of her team's target, for a stretch of days (half-open).

    It is agreed for a while: the day on which it is looked at again is always given. What the reason says is nobody's
    business but hers and that of those who agreed to it; so it is in no trail, file or figure.
    """

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="adjusted_targets")
    measure = models.CharField(max_length=80)
    value = models.FloatField(null=True)
    low = models.FloatField(null=True)
    high = models.FloatField(null=True)
    from_day = models.DateField()
    to_day = models.DateField(null=True)
    review_on = models.DateField()
    reason = models.CharField(max_length=LONGEST_REASON)
    set_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    set_at = models.DateTimeField()

    objects = AdjustedTargetQuerySet.as_manager()

    class Meta:
        ordering = ["agent__name", "measure", "-from_day"]
        constraints = [
            models.CheckConstraint(name="adjusted_has_days", condition=Q(to_day=None) | Q(to_day__gt=F("from_day"))),
            models.CheckConstraint(
                name="adjusted_is_a_value_or_a_band",
                condition=Q(value__isnull=False, low=None, high=None) | Q(value=None, low__lt=F("high")),
            ),
        ]

    def __str__(self) -> str:
        return self.measure

    @property
    def person(self) -> Agent:
        """Whose it is: whoever the agent was found to be since."""
        return self.agent.person

    @property
    def as_target(self) -> Target:
        """It as figures are held against it: of no place, without its reason, never kept."""
        given = {name: getattr(self, name) for name in ("measure", "value", "low", "high", "from_day", "to_day")}
        return Target(**given)

    def holds_on(self, day: date) -> bool:
        """Whether it counts on a day."""
        return self.from_day <= day and (self.to_day is None or day < self.to_day)
