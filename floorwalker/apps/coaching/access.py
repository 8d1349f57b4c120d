"""Whose feedback may this user see, decide about and give? What may not be seen is not there.

One function for each subject of the context; `may_coach` is what all of them ask.
"""

from __future__ import annotations

from datetime import date, datetime, timedelta

from django.db.models import Q
from django.http import Http404

from floorwalker.apps.coaching.models import Feedback, Matter
from floorwalker.apps.coaching.seeing import find_person
from floorwalker.apps.people.access import only, team_of
from floorwalker.apps.people.models import Agent, Right, Team, User
from floorwalker.apps.standards.models import Process

# So long whoever gave feedback can take it back.
TAKEN_BACK_WITHIN = timedelta(days=1)


def may_coach(user: User, agent: Agent, on: date) -> bool:
    """Whether some role of that day lets the user talk with this person about her work."""
    return Agent.objects.coached_by(user, on).filter(pk=agent.pk).exists()


# feedback


def find_inbox(user: User, agent_id: int, on: date) -> Agent:
    """The person whose feedback is read: oneself, or somebody whom the user may coach."""
    return find_person(user, agent_id, on)


def coached_teams(user: User, on: date) -> list[Team]:
    """The teams whose matters the user decides, by name."""
    opened = user.scope_on(on).coaches
    return list(Team.objects.order_by("name")) if opened.everything else list(opened.teams)


def find_team_inbox(user: User, team_id: int, on: date) -> Team:
    """A team whose people the user may coach; else it is not there."""
    opened = user.scope_on(on).coaches
    if opened.everything:
        return only(Team.objects.filter(pk=team_id).first())
    return only(next((team for team in opened.teams if team.pk == team_id), None))


def find_process_inbox(user: User, process_id: int) -> Process:
    """A process for which the user answers; else it is not there."""
    return only(Process.objects.with_owners().owned_by(user).filter(pk=process_id).first())


def find_matter(user: User, matter_id: int, on: date) -> Matter:
    """A matter that the user may see: her own, of somebody whom she coaches, of such a team, of a process of hers."""
    found = only(Matter.objects.with_whose().filter(pk=matter_id).first())
    if found.agent is not None:
        find_inbox(user, found.agent.pk, on)
        # What only others wrote down for themselves is not there for whom it is about.
        return only(found if Feedback.objects.shown_to(user, found.agent, on).filter(matter=found).exists() else None)
    if found.team is not None:
        find_team_inbox(user, found.team.pk, on)
    elif found.process is not None:
        find_process_inbox(user, found.process.pk)
    return found


def may_decide(user: User, matter: Matter, on: date) -> bool:
    """Whether the user receives the matter: the person herself (her coach where she has no log-in), whoever leads the team,
    the owner of the process."""
    if matter.agent is not None:
        if matter.agent_id in user.oneself():
            return True
        logs_in = User.objects.filter(agent__in=matter.agent.numbers_of_person()).exists()
        return not logs_in and may_coach(user, matter.agent, on)
    try:
        find_matter(user, matter.pk, on)
    except Http404:
        return False
    return True


def find_to_decide(user: User, matter_id: int, on: date) -> Matter:
    """A matter whose receiver the user is; else it is not there."""
    found = find_matter(user, matter_id, on)
    return only(found if may_decide(user, found, on) else None)


def find_feedback(user: User, feedback_id: int, on: date) -> Feedback:
    """A piece of feedback that the user reads in some inbox, and that nobody has taken back."""
    found = only(Feedback.objects.standing().with_words().filter(pk=feedback_id).first())
    matter = find_matter(user, found.matter_id, on)
    if matter.agent is not None:
        return only(Feedback.objects.shown_to(user, matter.agent, on).filter(pk=feedback_id).first())
    return found


def find_to_take_back(user: User, feedback_id: int, at: datetime) -> Feedback:
    """What the user gave within the last day, and has not taken back."""
    given = Feedback.objects.standing().filter(given_by=user, given_at__gt=at - TAKEN_BACK_WITHIN)
    return only(given.filter(pk=feedback_id).first())


def may_receive(user: User, on: date) -> Q:
    """To whom the user may give feedback: whom she coaches, and as a colleague everybody of her own site's teams."""
    found = Q(pk__in=Agent.objects.coached_by(user, on).values("pk"))
    if user.agent is not None:
        own = team_of(user.agent.person, on)
        teams = Team.objects.none() if own is None else Team.objects.filter(site=own.site_id)
        found |= Q(pk__in=Agent.objects.in_teams(teams, on).values("pk"))
    return found


def receivers(user: User, on: date) -> list[Agent]:
    """Those to whom the user may give feedback, by name; never herself."""
    people = Agent.objects.on_the_floor().exclude(pk__in=user.oneself())
    return list(people.filter(may_receive(user, on)).order_by("name"))


def find_receiver(user: User, agent_id: int, on: date) -> Agent:
    """Somebody to whom the user may give feedback; else nobody is there."""
    people = Agent.objects.on_the_floor().exclude(pk__in=user.oneself())
    return only(people.filter(may_receive(user, on), pk=agent_id).first())


def may_give_any(user: User, on: date) -> bool:
    """Whether there is somebody to whom the user could give feedback."""
    scope = user.scope_on(on)
    return scope.may(Right.COACH) or scope.agent is not None
