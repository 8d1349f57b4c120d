"""What came of the contacts that were handed in, counted and one by one?"""

from __future__ import annotations

from dataclasses import dataclass

from django.db.models import Count

from floorwalker.apps.surveys.models import Fate, Invitation, InvitationQuerySet, Plan


@dataclass(frozen=True)
class Fated:
    """How many contacts came to the same end."""

    fate: str
    label: str
    count: int


def fates_of(plan: Plan) -> list[Fated]:
    """Every end to which contacts of a plan came, in the order of deciding; together they are all that were handed in."""
    found = dict(plan.invitations.values_list("fate").annotate(n=Count("pk")).order_by("fate"))
    return [Fated(value, str(label), found[value]) for value, label in Fate.choices if found.get(value)]


def latest_choices(plan: Plan, fate: str) -> InvitationQuerySet:
    """The contacts of a plan, the latest first, or those of one end."""
    found = Invitation.objects.filter(plan=plan).select_related("batch").order_by("-pk")
    return found.filter(fate=fate) if fate in Fate.values else found
