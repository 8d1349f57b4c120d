"""How is a target adjusted for one person, and who may know of it? Named roles, and she herself; nobody else."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection
from datetime import date, datetime

from django.http import Http404

from floorwalker.apps.people.access import require, teams_of
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.dating import make_room
from floorwalker.apps.people.models import Agent, Reach, Right, RoleGrant, User
from floorwalker.apps.standards.actions import check_bounds
from floorwalker.apps.standards.models import LONGEST_REASON, AdjustedTarget
from floorwalker.apps.standards.tree import Tree
from floorwalker.errors import Refused
from floorwalker.kpis.catalogue import catalogue, find_kpi


def reach_of_adjusting(user: User, on: date) -> Reach:
    """Of whose people the user may know what was adjusted, and agree to it: by the roles that give the right, no further."""
    grants = [grant for grant in RoleGrant.objects.on(on).filter(user=user) if Right.SEE_ADJUSTMENTS in grant.rights]
    return Reach(
        any(grant.is_unbounded for grant in grants),
        frozenset(grant.site_id for grant in grants if grant.site_id is not None),
        frozenset(grant.team_id for grant in grants if grant.team_id is not None),
    )


def within(agents: Collection[Agent], reach: Reach, on: date) -> frozenset[int]:
    """Those of several agents whom such a reach includes on that day, by number."""
    if reach.everywhere:
        return frozenset(agent.pk for agent in agents)
    if not reach.sites and not reach.teams:
        return frozenset()
    tree, teams, found = Tree.read(), teams_of(agents, on), set()
    for agent in agents:
        team = teams.get(agent.pk)
        above = () if team is None else tree.above(team.pk)
        site = agent.site_id if team is None else tree.site_of(team.pk)
        if not reach.teams.isdisjoint(above) or (site is not None and site in reach.sites):
            found.add(agent.pk)
    return frozenset(found)


def agents_in_reach(user: User, on: date) -> list[Agent]:
    """Everybody with whom the user may agree on a target of her or his own; 404 without the right."""
    require(user, Right.SEE_ADJUSTMENTS, on)
    known = list(Agent.objects.on_the_floor().order_by("name"))
    known_to = within(known, reach_of_adjusting(user, on), on)
    return [agent for agent in known if agent.pk in known_to]


def adjustments_for(user: User, on: date) -> list[AdjustedTarget]:
    """All that the user may know of, past ones too; 404 without the right."""
    require(user, Right.SEE_ADJUSTMENTS, on)
    every = list(AdjustedTarget.objects.with_people().filter(measure__in=catalogue()))
    known_to = within({one.person for one in every}, reach_of_adjusting(user, on), on)
    return [one for one in every if one.person.pk in known_to]


def held_on(day: date) -> dict[int, dict[str, AdjustedTarget]]:
    """By person and measure, what counts on a day: also what was agreed under another name of hers, where nothing was under
    the one that stays."""
    found: defaultdict[int, dict[str, AdjustedTarget]] = defaultdict(dict)
    rows = AdjustedTarget.objects.on(day).with_people().filter(measure__in=catalogue())
    for one in sorted(rows, key=lambda one: (one.agent.merged_into_id is None, one.from_day, one.pk)):
        if one.as_target.aim is not None:
            found[one.person.pk][one.measure] = one
    return dict(found)


def find_adjustment(user: User, adjustment_id: int, on: date) -> AdjustedTarget:
    """One that the user may know of; else it is not there."""
    found = AdjustedTarget.objects.with_people().filter(pk=adjustment_id).first()
    if found is None or found.person.pk not in within([found.person], reach_of_adjusting(user, on), on):
        raise Http404
    return found


@action
def adjust_target(
    agent: Agent,
    measure: str,
    value: float | None = None,
    *,
    low: float | None = None,
    high: float | None = None,
    from_day: date,
    review_on: date,
    reason: str,
    by: User,
    at: datetime,
) -> AdjustedTarget:
    """Agree with one person on a target of her own from a day on, up to the next one or until it is ended.

    The trail notes that a target was adjusted, when and by whom: not for whom, in what, or why.
    """
    _require_reach(agent, by, at)
    check_bounds(find_kpi(measure, catalogue()), value, low, high)
    if not reason.strip() or len(reason) > LONGEST_REASON:
        raise Refused("an adjusted target has a reason", expected=f"1 to {LONGEST_REASON} characters")
    if review_on <= from_day:
        raise Refused("it is looked at again after it begins", found=review_on.isoformat(), expected="a later day")
    follows = make_room(AdjustedTarget.objects.of_person(agent).filter(measure=measure), from_day)
    made = AdjustedTarget.objects.create(
        agent=agent,
        measure=measure,
        value=value,
        low=low,
        high=high,
        from_day=from_day,
        to_day=follows,
        review_on=review_on,
        reason=reason.strip(),
        set_by=by,
        set_at=at,
    )
    record(by.username, "adjust_target", made, at)
    return made


@action
def end_adjustment(adjusted: AdjustedTarget, *, on: date, by: User, at: datetime) -> AdjustedTarget:
    """Let it no longer count from a day on: then that of the person's team holds. One that has not begun is withdrawn."""
    _require_reach(adjusted.person, by, at)
    if adjusted.to_day is not None and adjusted.to_day <= on:
        raise Refused("this target has ended already", found=adjusted.to_day.isoformat())
    record(by.username, "end_adjustment", adjusted, at)
    if adjusted.from_day >= on:
        AdjustedTarget.objects.filter(pk=adjusted.pk).delete()
        return adjusted
    adjusted.to_day = on
    adjusted.save(update_fields=["to_day"])
    return adjusted


def shown_to(reader: User | None, agents: Collection[Agent], on: date) -> frozenset[int]:
    """Of whom a reader of figures may know that a target was adjusted: herself, and those within her reach."""
    if reader is None or not agents:
        return frozenset()
    found = within(agents, reach_of_adjusting(reader, on), on)
    return frozenset(found | {agent.pk for agent in agents if agent.pk == reader.agent_id})


def concealed_from(reader: User | None, agents: Collection[Agent], on: date) -> frozenset[int]:
    """Of whom the reader is not to know it. Whoever agrees to such targets at a place need not mind those she never sees."""
    others = {agent.pk for agent in agents} - shown_to(reader, agents, on)
    if reader is not None and others and reader.scope_on(on).may(Right.SEE_ADJUSTMENTS):
        others &= set(Agent.objects.visible_to(reader, on).filter(pk__in=others).values_list("pk", flat=True))
    return frozenset(others)


def measures_adjusted(agent: Agent, reader: User | None, on: date) -> frozenset[str]:
    """The measures in which the agent has or had a target of her own of which the reader is not to know."""
    if agent.pk in shown_to(reader, [agent], on):
        return frozenset()
    return frozenset(AdjustedTarget.objects.of_person(agent).values_list("measure", flat=True))


def _require_reach(agent: Agent, by: User, at: datetime) -> None:
    if agent.pk not in within([agent], reach_of_adjusting(by, at.date()), at.date()):
        raise Refused(
            "you may not adjust this person's targets", expected="a role that manages the people of her place"
        )
