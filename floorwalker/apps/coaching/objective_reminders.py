"""Who is to be reminded of a proposed objective before it lapses? The one of the two who has not said yes or no."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from datetime import date, datetime

from django.urls import reverse

from floorwalker.apps.coaching.lapsing import ANSWERED_WITHIN, REMINDED_AFTER
from floorwalker.apps.coaching.models import Objective, ObjectiveState
from floorwalker.apps.notices.models import About
from floorwalker.apps.notices.reminding import Due
from floorwalker.apps.people.access import teams_of
from floorwalker.apps.people.models import Agent, Right, RoleGrant, User
from floorwalker.apps.standards.tree import Tree


def unanswered_objectives(at: datetime) -> Iterator[Due]:
    """In the second of the two weeks that there are."""
    proposed = Objective.objects.filter(state=ObjectiveState.PROPOSED)
    late = list(proposed.filter(proposed_at__lte=at - REMINDED_AFTER).select_related("agent"))
    own = _log_ins([one.agent for one in late if one.agent_agreed_at is None])
    leaders = _leaders([one for one in late if one.leader_agreed_at is None], at.date())
    for one in late:
        asked = own.get(one.agent_id, ()) if one.agent_agreed_at is None else leaders.get(one.pk, ())
        said = {"wording": one.wording, "day": (one.proposed_at + ANSWERED_WITHIN).date().isoformat()}
        for user in asked:
            yield Due(user, About.ANSWER_OBJECTIVE, f"objective:{one.pk}", reverse("objective", args=[one.pk]), said)


def _log_ins(agents: Sequence[Agent]) -> Mapping[int, tuple[int, ...]]:
    """By agent, the log-in of the person, under whichever of her names it was proposed."""
    people = {one.pk: one.person.pk for one in agents}
    found = dict(User.objects.filter(agent__in=people.values(), is_active=True).values_list("agent", "pk"))
    return {pk: (found[person],) for pk, person in people.items() if person in found}


def _leaders(objectives: Sequence[Objective], on: date) -> Mapping[int, tuple[int, ...]]:
    """By objective, whoever leads the person's team, else the next one above: not everybody who could answer."""
    if not objectives:
        return {}
    teams = teams_of([one.agent for one in objectives], on)
    tree, by_team = Tree.read(), _leaders_of_teams(on)
    found: dict[int, tuple[int, ...]] = {}
    for one in objectives:
        team = teams.get(one.agent_id)
        above = () if team is None else tree.above(team.pk)
        found[one.pk] = next((by_team[near] for near in above if near in by_team), ())
    return found


def _leaders_of_teams(on: date) -> Mapping[int, tuple[int, ...]]:
    found: dict[int, tuple[int, ...]] = {}
    for grant in RoleGrant.objects.on(on).filter(team__isnull=False, user__is_active=True).order_by("pk"):
        if grant.team_id is not None and Right.COACH in grant.rights:
            found[grant.team_id] = (*found.get(grant.team_id, ()), grant.user_id)
    return found
