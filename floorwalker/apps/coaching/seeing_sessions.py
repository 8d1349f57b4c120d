"""Which talks, proposals and people may this user see or work on here? What may not be seen is not there."""

from __future__ import annotations

from collections.abc import Collection
from datetime import date

from django.http import Http404

from floorwalker.apps.coaching.access import coached_teams
from floorwalker.apps.coaching.models import CoachingProposal, CoachingSession, Participant, SessionKind
from floorwalker.apps.people.access import only, require, team_of
from floorwalker.apps.people.models import Agent, AgentQuerySet, Right, Team, User

# More names than these nobody looks through in one list.
MOST_LISTED = 150


def find_session(user: User, session_id: int, on: date) -> CoachingSession:
    """The session, where the user takes part in it, or coaches one who does."""
    seen = CoachingSession.objects.visible_to(user, on).with_words()
    return only(seen.filter(pk=session_id).first())


def find_led(user: User, session_id: int, on: date) -> CoachingSession:
    """The session that the user gives as a leader, while her role reaches everybody in it."""
    require(user, Right.COACH, on)
    session = find_session(user, session_id, on)
    if session.coach_id != user.pk or session.is_by_a_colleague:
        raise Http404
    agents = [one.agent_id for one in session.participants.all() if one.agent_id is not None]
    if Agent.objects.coached_by(user, on).filter(pk__in=agents).count() < len(agents):
        raise Http404
    return session


def find_part(user: User, session_id: int, on: date) -> Participant:
    """How the user takes part in a session as somebody who is coached."""
    return only(find_session(user, session_id, on).part_of(user))


def parts_shown(
    session: CoachingSession, user: User, on: date, coached: Collection[int] | None = None
) -> list[Participant]:
    """Whose words and answers the reader sees: her own; as a leader those of whom she coaches; never a colleague's.

    A talk between two colleagues, and one with a coach, is open to both. coached: whom she coaches, where many are asked.
    """
    parts = list(session.participants.all())
    own = [one for one in parts if one.is_of(user)]
    if own:
        return own
    if session.coach_id == user.pk and (session.is_by_a_colleague or session.kind == SessionKind.OF_COACH):
        return parts
    if coached is not None:
        return [one for one in parts if one.agent_id in coached]
    agents = [one.agent_id for one in parts if one.agent_id is not None]
    may = set(Agent.objects.coached_by(user, on).filter(pk__in=agents).values_list("pk", flat=True))
    return [one for one in parts if one.agent_id in may]


def may_read_words(
    session: CoachingSession, writer: User, user: User, on: date, coached: Collection[int] | None = None
) -> bool:
    """Whether what somebody wrote into a session is for this reader: between two colleagues for the two of them, and for
    whoever coaches the one who wrote it; who leads the other of them reads what that one wrote. coached: as above.
    """
    if not session.is_by_a_colleague or session.coach_id == user.pk or session.part_of(user) is not None:
        return True
    if writer.agent_id is None:
        return False
    if coached is not None:
        return writer.agent_id in coached
    return Agent.objects.coached_by(user, on).filter(pk=writer.agent_id).exists()


def find_proposal(user: User, proposal_id: int, on: date) -> CoachingProposal:
    """A proposal of somebody whom the user may coach."""
    require(user, Right.COACH, on)
    seen = CoachingProposal.objects.for_coach(user, on).select_related("agent")
    return only(seen.filter(pk=proposal_id).first())


def coached_on_the_floor(user: User, on: date) -> AgentQuerySet:
    """Whom the user may coach, as far as they are still there."""
    return Agent.objects.coached_by(user, on).on_the_floor().filter(left_on=None)


def coached_people(user: User, on: date) -> list[Agent]:
    """The same, by name."""
    return list(coached_on_the_floor(user, on).order_by("name"))


def people_to_choose(user: User, on: date, team: int | None, chosen: Collection[int]) -> list[Agent]:
    """The same, as far as a page can list them: of many those of one team, and whoever was chosen already."""
    people = coached_people(user, on)
    if len(people) <= MOST_LISTED:
        return people
    of_team = Agent.objects.in_teams([one for one in coached_teams(user, on) if one.pk == team], on)
    wanted = {*chosen, *of_team.values_list("pk", flat=True)}
    return [one for one in people if one.pk in wanted]


def teams_to_choose(user: User, on: date) -> list[Team]:
    """The teams by which the people are chosen, where there are too many for one list."""
    many = coached_on_the_floor(user, on).count() > MOST_LISTED
    return coached_teams(user, on) if many else []


def colleagues(user: User, on: date) -> list[Agent]:
    """With whom somebody on the floor may learn: people with a log-in of her own site's teams; never herself."""
    team = team_of(only(user.agent).person, on)
    teams = Team.objects.none() if team is None else Team.objects.filter(site=team.site_id)
    found = Agent.objects.in_teams(teams, on).on_the_floor().filter(user__is_active=True)
    return list(found.exclude(pk__in=user.oneself()).order_by("name"))


def find_of_coach(user: User, session_id: int, on: date) -> CoachingSession:
    """A signed session of another coach upon which the user may coach her: she may coach everybody who took part in it."""
    require(user, Right.COACH, on)
    session = find_session(user, session_id, on)
    agents = [one.agent_id for one in session.participants.all() if one.agent_id is not None]
    may = Agent.objects.coached_by(user, on).filter(pk__in=agents).count()
    leader_led = session.kind in (SessionKind.ONE_TO_ONE, SessionKind.GROUP)
    if session.coach_id == user.pk or not leader_led or session.coach_signed_at is None or may < len(agents):
        raise Http404
    return session
