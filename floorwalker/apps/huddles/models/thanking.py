"""Who thanked whom for what? No points and no prizes: words, and what they are about."""

from __future__ import annotations

from typing import Self

from django.db import models
from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models import Evidence, Feedback, FeedbackSource
from floorwalker.apps.people.models import Agent, Team, User

LONGEST_WORDS = 600


class ThanksFrom(models.TextChoices):
    """From whom they come."""

    CUSTOMER = "customer", _("a customer")
    COLLEAGUE = "colleague", _("a colleague")
    LEADER = "leader", _("a leader")


class ThanksQuerySet(models.QuerySet["Thanks"]):
    """Thanks: which still hold, and which a team may read."""

    def standing(self) -> Self:
        """Those of which what they rest on still holds: not what was taken back, nor a customer's words that are erased or changed."""
        said = Evidence.objects.filter(feedback=OuterRef("feedback"), answer__erased_at=None, answer__replaced_at=None)
        of_survey = Q(feedback__source=FeedbackSource.SURVEY) & ~Exists(said.exclude(answer__text=""))
        return self.exclude(feedback__taken_back_at__isnull=False).exclude(of_survey)

    def read_by_teams(self) -> Self:
        """Those whose receiver lets her team read them; a customer's only once somebody else has made sure that nobody can be
        told from it."""
        return self.standing().filter(~Q(came_from=ThanksFrom.CUSTOMER) | Q(redacted_by__isnull=False), shared=True)


class Thanks(models.Model):
    """One word of thanks to a person or a team; shared: whether her team may read it, which she decides.

    redacted_by: of a customer's, who made sure that no customer can be told from it: neither the receiver nor who passed it on.
    """

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, null=True, related_name="thanks")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, null=True, related_name="thanks")
    came_from = models.CharField(max_length=10, choices=ThanksFrom.choices)
    words = models.CharField(max_length=LONGEST_WORDS)
    feedback = models.OneToOneField(Feedback, on_delete=models.PROTECT, null=True, related_name="thanks")
    by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="thanks_given")
    at = models.DateTimeField()
    shared = models.BooleanField(default=False)
    redacted_by = models.ForeignKey(User, on_delete=models.PROTECT, null=True, related_name="+")

    objects = ThanksQuerySet.as_manager()

    class Meta:
        ordering = ["-at", "-pk"]
        constraints = [
            models.CheckConstraint(
                name="thanks_have_a_receiver",
                condition=Q(agent__isnull=False, team=None) | Q(agent=None, team__isnull=False),
            )
        ]
