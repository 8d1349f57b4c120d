"""Whose meetings, hand-overs and climate may a reader see, and who makes them? Members read their team's; leaders make them."""

from __future__ import annotations

from datetime import date, datetime

from django.http import Http404

from floorwalker.apps.huddles.models import ActionPoint, Meeting, MeetingQuestion, TeamGoal
from floorwalker.apps.people.access import only, own_team
from floorwalker.apps.people.models import Agent, RoleGrant, Team, User
from floorwalker.apps.people.rights import Right
from floorwalker.apps.standards.tree import Tree
from floorwalker.errors import Refused


def may_lead(user: User, team: Team, on: date) -> bool:
    """Whether the user leads that team, by a role of that day."""
    opened = user.scope_on(on).coaches
    return opened.everything or team in opened.teams


def is_member(user: User, team: Team, on: date) -> bool:
    """Whether the user works in that team, or in one below it."""
    own = own_team(user, on)
    return own is not None and team.pk in Tree.read().above(own.pk)


def may_read_team(user: User, team: Team, on: date) -> bool:
    """Whether what the team talks about is there for this reader."""
    return may_lead(user, team, on) or is_member(user, team, on)


def open_teams(user: User, on: date) -> list[Team]:
    """The teams whose meetings the user may read, by name."""
    opened = user.scope_on(on).coaches
    if opened.everything:
        return list(Team.objects.all())
    own = own_team(user, on)
    of_own = () if own is None else Tree.read().above(own.pk)
    return list(Team.objects.filter(pk__in={*of_own, *(team.pk for team in opened.teams)}))


def find_open_team(user: User, team_id: int, on: date) -> Team:
    """The team, where the user is in it or leads it; else it is not there."""
    team = only(Team.objects.filter(pk=team_id).first())
    if not may_read_team(user, team, on):
        raise Http404
    return team


def find_meeting(user: User, meeting_id: int, on: date, *, leading: bool = False) -> Meeting:
    """The meeting, where the user may read (leading: make) those of its team; else it is not there."""
    found = only(Meeting.objects.select_related("team__site", "led_by__agent").filter(pk=meeting_id).first())
    may = may_lead if leading else may_read_team
    if not may(user, found.team, on):
        raise Http404
    return found


def find_goal(user: User, goal_id: int, on: date, *, leading: bool = False) -> TeamGoal:
    """The goal, where the user may read (leading: set and end) those of its team; else it is not there."""
    known = TeamGoal.objects.select_related("team", "aim", "meeting", "set_by__agent", "ended_by__agent")
    found = only(known.filter(pk=goal_id).first())
    may = may_lead if leading else may_read_team
    if not may(user, found.team, on):
        raise Http404
    return found


def find_question(user: User, question_id: int, on: date) -> MeetingQuestion:
    """The question, where the user may answer it; else it is not there."""
    found = only(MeetingQuestion.objects.select_related("meeting__team").filter(pk=question_id).first())
    if not may_lead(user, found.meeting.team, on):
        raise Http404
    return found


def find_action(user: User, action_id: int, on: date) -> ActionPoint:
    """The action, where it is the user's own or of a team that she leads; else it is not there."""
    found = only(ActionPoint.objects.select_related("meeting__team", "owner").filter(pk=action_id).first())
    if found.owner_id != user.pk and not may_lead(user, found.meeting.team, on):
        raise Http404
    return found


def members_of(team: Team, on: date) -> list[Agent]:
    """Everybody who works in the team, or in one below it."""
    teams = Team.objects.filter(pk=team.pk).with_descendants()
    return list(Agent.objects.on_the_floor().in_teams(teams, on))


def leaders_of(team: Team, on: date) -> list[User]:
    """Whoever leads exactly this team or one above it by a role for teams."""
    above = Tree.read().above(team.pk)
    grants = RoleGrant.objects.on(on).filter(team__in=above).select_related("user__agent")
    found = {grant.user_id: grant.user for grant in grants if Right.COACH in grant.rights and grant.user.is_active}
    return sorted(found.values(), key=lambda user: user.called.casefold())


def users_of(team: Team, on: date) -> list[User]:
    """Everybody of the team who logs in, and whoever leads it: those who can take something on."""
    members = User.objects.filter(is_active=True, agent__in=members_of(team, on)).select_related("agent")
    found = {user.pk: user for user in (*members, *leaders_of(team, on))}
    return sorted(found.values(), key=lambda user: user.called.casefold())


def check_leads(by: User, team: Team, at: datetime) -> None:
    """Refuse whoever does not lead the team."""
    if not may_lead(by, team, at.date()):
        raise Refused("you do not lead this team", found=team.name)


def check_open(meeting: Meeting, by: User, at: datetime) -> None:
    """Led by whoever acts, and neither over nor called off, as it is now: whatever the page showed."""
    meeting.refresh_from_db(from_queryset=Meeting.objects.select_for_update())
    check_leads(by, meeting.team, at)
    if meeting.ended_at is not None:
        raise Refused("this meeting is over", found=meeting.ended_at.date().isoformat())
    if meeting.cancelled_at is not None:
        raise Refused("this meeting was called off", found=meeting.cancelled_at.date().isoformat())
