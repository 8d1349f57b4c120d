"""What of the team's talk waits on a home page: a note of the last shift, a meeting, what was taken on, a goal, three questions?"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.huddles.goal_words import wording
from floorwalker.apps.huddles.handing_over import unread_notes
from floorwalker.apps.huddles.models import ActionPoint, Meeting, Pulse, PulseTurn, TeamGoal, TeamGoalQuerySet, Thanks
from floorwalker.apps.huddles.showing_goals import lately_celebrated
from floorwalker.apps.people.access import own_team
from floorwalker.apps.people.models import Team, User
from floorwalker.apps.people.probing import any_of
from floorwalker.apps.standards.tree import Tree
from floorwalker.ui.parts import Part, Step

PLACE = 6
# Where nothing waits it is no more than the ways to what a team shares: below whatever the reader can act upon.
QUIET = 70
# What the last shift left is read before work begins; what was taken on and is late comes before what is new.
NOTE, LATE, MEETING, PULSE = 54, 50, 38, 25
SOON = timedelta(hours=12)
A_WEEK = timedelta(days=7)


def parts(user: User, at: datetime) -> Iterator[Part]:
    """All of it in one part, with the ways to what the team shares; nothing for whoever is in no team and leads none."""
    scope = user.scope_on(at.date())
    if user.agent_id is None and not scope.coaches.everything and not scope.coaches.teams:
        return
    own = own_team(user, at.date())
    above = () if own is None else Tree.read().above(own.pk)
    teams = _teams(user, own, above, at)
    notes, meetings, points = unread_notes(user, at, teams), _meetings(teams, at), _points(user)
    pulses = _pulses(user, above, at)
    goals, reached = _goals(teams), lately_celebrated(teams, at)
    asked = {"notes": notes, "meetings": meetings, "points": points, "pulses": pulses, "thanks": _new_thanks(user, at)}
    waits = dict(any_of(user, **asked, goals=goals, reached=reached))
    # What a team works for waits for nobody to do anything now.
    has_goals = waits.pop("goals")
    found = {
        "notes": list(notes) if waits["notes"] else [],
        "meetings": list(meetings) if waits["meetings"] else [],
        "points": list(points) if waits["points"] else [],
        "pulse": pulses.first() if waits["pulses"] else None,
        "thanks": waits["thanks"],
        "goals": [(one, wording(one)) for one in goals] if has_goals else [],
        "reached": [(one, wording(one)) for one in reached] if waits["reached"] else [],
    }
    place = PLACE if any(waits.values()) else QUIET
    yield Part(place, "huddles/_home.html", found | {"on": at.date(), "own": own}, _step(found, at))


def _teams(user: User, own: Team | None, above: Collection[int], at: datetime) -> Collection[int]:
    """By number her own with those above it, and those that she leads by a role for teams: a manager of everything is not told
    of every team's notes."""
    opened = user.scope_on(at.date()).coaches
    if opened.everything:
        return () if own is None else (own.pk,)
    return {*above, *(team.pk for team in opened.teams)}


def _meetings(teams: Collection[int], at: datetime) -> QuerySet[Meeting]:
    """Those that begin soon, or have begun and were not ended."""
    near = Meeting.objects.planned().filter(team__in=teams, planned_for__gt=at - SOON, planned_for__lt=at + SOON)
    return near.select_related("team__site").order_by("planned_for")


def _goals(teams: Collection[int]) -> TeamGoalQuerySet:
    return TeamGoal.objects.open().filter(team__in=teams).select_related("team")


def _points(user: User) -> QuerySet[ActionPoint]:
    return ActionPoint.objects.open().filter(owner=user).select_related("meeting__team")


def _pulses(user: User, above: Collection[int], at: datetime) -> QuerySet[Pulse]:
    """The open rounds of the reader's team that she has not answered; whoever leads it is not asked."""
    on, opened = at.date(), user.scope_on(at.date()).coaches
    if opened.everything:
        return Pulse.objects.none()
    led = {team.pk for team in opened.teams}
    open_ = Pulse.objects.filter(team__in=[pk for pk in above if pk not in led], opened_on__lte=on, closes_on__gt=on)
    return open_.exclude(pk__in=PulseTurn.objects.filter(user=user).values("pulse")).select_related("team")


def _new_thanks(user: User, at: datetime) -> QuerySet[Thanks]:
    if user.agent_id is None:
        return Thanks.objects.none()
    return Thanks.objects.standing().filter(agent__in=user.oneself(), at__gt=at - A_WEEK, at__lte=at)


def _step(found: dict[str, object], at: datetime) -> Step | None:
    notes, points = found["notes"], found["points"]
    assert isinstance(notes, list) and isinstance(points, list)
    if notes:
        said = ngettext(
            "%(n)d note of the last shift waits to be read.",
            "%(n)d notes of the last shift wait to be read.",
            len(notes),
        ) % {"n": len(notes)}
        return Step(said, _("Read it"), reverse("hand_over", args=[notes[0].team_id]), NOTE)
    late = [point for point in points if point.due_on < at.date()]
    if late:
        said = _("What you took on is overdue: “%(words)s”.") % {"words": late[0].words}
        return Step(said, _("What became of it?"), reverse("huddle_action", args=[late[0].pk]), LATE)
    meetings, pulse = found["meetings"], found["pulse"]
    if isinstance(meetings, list) and meetings:
        said = _("A meeting of %(name)s is near.") % {"name": meetings[0].team.name}
        return Step(said, _("Open it"), reverse("huddle", args=[meetings[0].pk]), MEETING)
    if isinstance(pulse, Pulse):
        said = _("Three questions on the climate in %(name)s wait for you.") % {"name": pulse.team.name}
        return Step(said, _("Answer"), reverse("answer_pulse", args=[pulse.pk]), PULSE)
    return None
