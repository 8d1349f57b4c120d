"""Who worked in which team when? What a person entered, and what the data state."""

from __future__ import annotations

from django.db import models

from floorwalker.apps.people.models.dated import DatedQuerySet
from floorwalker.apps.people.models.identities import Identity, Merge
from floorwalker.apps.people.models.persons import Agent
from floorwalker.apps.people.models.places import Team


class Membership(models.Model):
    """An agent in a team for a stretch of days, entered by a person: it wins over what data state.

    merge: where it came over from an agent who was found to be this one; it goes when they are split again.
    """

    agent = models.ForeignKey(Agent, on_delete=models.PROTECT, related_name="memberships")
    team = models.ForeignKey(Team, on_delete=models.PROTECT, related_name="memberships")
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)
    merge = models.ForeignKey(Merge, on_delete=models.PROTECT, null=True, related_name="memberships")
    entered_by = models.ForeignKey("User", on_delete=models.PROTECT, null=True, related_name="+")

    objects = DatedQuerySet["Membership"].as_manager()


class ObservedMembership(models.Model):
    """An agent's identity in a team's, for a stretch of days, as the data state it: a copy of what the lake derived."""

    identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="observed")
    team_identity = models.ForeignKey(Identity, on_delete=models.CASCADE, related_name="observed_members")
    from_day = models.DateField(null=True)
    to_day = models.DateField(null=True)

    objects = DatedQuerySet["ObservedMembership"].as_manager()
