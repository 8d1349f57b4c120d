"""Which other programs are told when something happens here, and did they hear it?"""

from __future__ import annotations

from typing import Self

from django.db import models
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import User


class Event(models.TextChoices):
    """What can be told; each is the verb of an entry in the audit trail."""

    RAISE_NOTICE = "raise_notice", _("A notice was raised")
    CLEAR_NOTICE = "clear_notice", _("A notice was cleared")
    FINISH_LOAD = "finish_load", _("A load has ended")
    READ_AGAIN = "read_again", _("A load is asked to be read again")
    SET_TARGET = "set_target", _("A target was set")
    END_TARGET = "end_target", _("A target was ended")
    PUBLISH_STANDARD = "publish_standard", _("A standard was published")
    WITHDRAW_STANDARD = "withdraw_standard", _("A standard was withdrawn")
    RELEASE_EVALUATION = "release_evaluation", _("An evaluation was released to its agent")
    ACKNOWLEDGE_EVALUATION = "acknowledge_evaluation", _("An agent acknowledged an evaluation")
    APPEAL_EVALUATION = "appeal_evaluation", _("An agent appealed against an evaluation")
    DECIDE_APPEAL = "decide_appeal", _("An appeal was decided")
    JOIN_TEAM = "join_team", _("Somebody joined a team")
    LEAVE_TEAM = "leave_team", _("Somebody left a team")
    GRANT_ROLE = "grant_role", _("A role was given")
    END_ROLE = "end_role", _("A role was ended")
    ADD_TEAM = "add_team", _("A team was made")
    CHANGE_TEAM = "change_team", _("A team was changed")
    MERGE_AGENTS = "merge_agents", _("Two were found to be one person")
    SPLIT_AGENTS = "split_agents", _("One was found to be two persons")
    DESCRIBE_AGENT = "describe_agent", _("Details of a person were changed")
    CONFIRM_AGENT = "confirm_agent", _("A name was confirmed as a person")
    IGNORE_AGENT = "ignore_agent", _("A name was marked as not a person")


# A trial, sent by hand to see whether an address hears: no event, and none of those that can be chosen.
TRIAL = "trial"


class HookQuerySet(models.QuerySet["Hook"]):
    """Webhooks: which are told."""

    def kept(self) -> Self:
        """Those that nobody has removed."""
        return self.filter(removed_at=None)

    def told(self) -> Self:
        """Those that are told what happens: neither removed nor switched off."""
        return self.kept().filter(disabled_at=None)


class Hook(models.Model):
    """An address that is told of some events.

    salt: the secret that signs what is sent follows from it and from the key of the installation, so that who reads the
    database alone cannot sign. failures: how many events in a row could not be delivered at all; after a few of them the
    webhook is disabled, and a notice says so.
    """

    name = models.CharField(max_length=80)
    url = models.CharField(max_length=500)
    salt = models.CharField(max_length=100)
    events = models.JSONField()
    made_by = models.ForeignKey(User, on_delete=models.PROTECT, related_name="+")
    made_at = models.DateTimeField()
    removed_at = models.DateTimeField(null=True)
    disabled_at = models.DateTimeField(null=True)
    failures = models.PositiveSmallIntegerField(default=0)

    objects = HookQuerySet.as_manager()

    class Meta:
        ordering = ["name", "pk"]

    def __str__(self) -> str:
        return self.name

    @property
    def is_told(self) -> bool:
        """Whether it is told what happens."""
        return self.removed_at is None and self.disabled_at is None

    @property
    def event_names(self) -> list[str]:
        """What it is told of, in words."""
        return [str(Event(event).label) for event in self.events]


class DeliveryQuerySet(models.QuerySet["Delivery"]):
    """Deliveries: which are still on their way."""

    def under_way(self) -> Self:
        """Those that are neither delivered nor given up."""
        return self.filter(delivered_at=None, given_up_at=None)


class Delivery(models.Model):
    """One event on its way to one address: what is sent, how often it was tried, and what came of it."""

    hook = models.ForeignKey(Hook, on_delete=models.CASCADE, related_name="deliveries")
    event = models.CharField(max_length=40)
    payload = models.JSONField()
    at = models.DateTimeField()
    tries = models.PositiveSmallIntegerField(default=0)
    last_tried_at = models.DateTimeField(null=True)
    next_try_at = models.DateTimeField(null=True)
    delivered_at = models.DateTimeField(null=True)
    given_up_at = models.DateTimeField(null=True)
    status = models.PositiveSmallIntegerField(null=True)
    problem = models.CharField(max_length=200, blank=True)

    objects = DeliveryQuerySet.as_manager()

    class Meta:
        ordering = ["-pk"]

    @property
    def event_name(self) -> str:
        """What happened, in words."""
        return str(Event(self.event).label) if self.event in Event.values else str(_("A trial"))
