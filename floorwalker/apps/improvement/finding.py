"""What is the gap of a person, a team or a process at this moment, and whose is it? As insight says it, ready to be kept."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime

from floorwalker.apps.improvement.models.cycles import Subject
from floorwalker.apps.improvement.taken import Size, Taken, TakenCause, TakenGap
from floorwalker.apps.people.access import team_of
from floorwalker.apps.people.models import Agent, Site, Team
from floorwalker.apps.standards.holding import Agreed, ByMeasure
from floorwalker.apps.standards.models import Process
from floorwalker.apps.standards.seeing import branch_of, peers_of
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight import said
from floorwalker.insight.basis import Rules
from floorwalker.insight.cause import VERSION, Caused, Causes, Share
from floorwalker.insight.cells import compares_people
from floorwalker.insight.frozen import freeze_figure
from floorwalker.insight.scorecard import Asked, Period, Where, read_lines
from floorwalker.insight.standing import Question
from floorwalker.insight.statements import Method
from floorwalker.kpis.definition import Attribution, Kpi
from floorwalker.stats.levels import SURE, UNLIKELY, Cause


@dataclass(frozen=True)
class Sought:
    """A measure of somebody or something in a period."""

    about: Subject
    kpi: Kpi
    period: Period


def has_figures(kpi: Kpi, about: Subject) -> bool:
    """Whether the measure has a figure of one person or team: service level, for one, belongs to nobody."""
    return isinstance(about, Process) or kpi.attribution is not Attribution.NONE


def where_of(about: Subject) -> Where:
    """Whose contacts the figure is of."""
    match about:
        case Agent():
            return {"agent": (bytes(about.key),)}
        case Team():
            return {"team": branch_of(about)}
        case Process():
            reason: Where = {"reason": (about.reason,)} if about.reason else {}
            return {**peers_of(about.queue or about.site), **reason}


def take(facts: Snapshot, sought: Sought, *, at: datetime) -> Taken:
    """The gap with whose it is, at this moment and from these facts."""
    about, kpi, period = sought.about, sought.kpi, sought.period
    agreed = Agreed.read(period, queue=about.queue if isinstance(about, Process) else None)
    held = _held(agreed, about).get(kpi.id)
    target = None if held is None else held.target
    targets = {} if target is None else {kpi.id: target}
    line = read_lines(facts, period, [Asked((kpi.id,), None, where_of(about), weeks=0)], targets=targets)[0][None]
    figure = freeze_figure(kpi, period, line.cells[kpi.id], target, at=at, facts=state_of(facts))
    if not compares_people(kpi):
        return Taken(TakenGap(figure))
    where = where_of(about) if isinstance(about, Process) else {}
    sites = [about.site] if isinstance(about, Process) and about.site is not None else []
    found, told = _causes(facts, sought, where, agreed, sites)
    if found is None:
        return Taken(TakenGap(figure))
    size, cause = _parts(found, about, told or at, state_of(facts), kept=told is not None)
    return Taken(TakenGap(figure, size), cause)


def state_of(facts: Snapshot) -> str:
    """By which state of the facts something is said: its number, and up to when they were read."""
    through = facts.current.read_through
    return f"{facts.current.sequence}@{'' if through is None else through.isoformat()}"


def _held(agreed: Agreed, about: Subject) -> ByMeasure:
    match about:
        case Agent():
            # What was agreed with one person alone is not written into what others read.
            return agreed.of_agent(about, team_of(about, agreed.period.last))
        case Team():
            return agreed.of_teams([about])
        case Process():
            return agreed.of_centre([about.site] if about.site is not None else [])


def _causes(
    facts: Snapshot, sought: Sought, where: Where, agreed: Agreed, sites: list[Site]
) -> tuple[Causes | None, datetime | None]:
    """The causes, and when they were said where that was kept."""
    held = agreed.of_centre(sites).get(sought.kpi.id)
    standard = None if held is None else held.standard
    found = said.causes(facts, sought.kpi.id, sought.period, where, standard=standard)
    question = Question(Method.CAUSE, sought.kpi, sought.period)
    claim = None if where else said.claimed(facts, question, Rules(standard))
    return found, None if claim is None else claim.said_at


def _parts(
    found: Causes, about: Subject, said_at: datetime, facts: str, *, kept: bool
) -> tuple[Size | None, TakenCause | None]:
    match about:
        case Agent():
            one = next((one for one in found.agents if one.agent == bytes(about.key)), None)
            if one is None:
                return None, None
            cause = TakenCause(one.primary, one.p_system, one.p_team, one.p_personal, VERSION, said_at, facts, kept)
            return _size(found, one.own, one.n), cause
        case Team():
            keys = branch_of(about)
            share = next((one for one in found.teams if one.key == bytes(about.key)), None)
            if share is None or found.site is None:
                return None, None
            n = sum(one.n for one in found.agents if one.team in keys)
            primary, system, team = _of_team(found.site, share), found.site.probability, share.probability
            return _size(found, share, n), TakenCause(primary, system, team, None, VERSION, said_at, facts, kept)
        case Process():
            if found.site is None:
                return None, None
            n = sum(one.n for one in found.agents)
            primary, system = _of_system(found.site), found.site.probability
            return _size(found, found.site, n), TakenCause(primary, system, None, None, VERSION, said_at, facts, kept)


def _size(found: Causes, share: Share, n: int) -> Size:
    return Size(share.gap, share.low, share.high, share.probability, n, found.standard, found.reference)


def _of_team(site: Share, team: Share) -> Cause:
    """Everybody's before the team's: whoever works alike everywhere does not work otherwise here."""
    system = _of_system(site)
    if system is Cause.SYSTEMIC and (team.probability < SURE or site.gap >= team.gap):
        return system
    if team.probability >= SURE:
        return Cause.TEAM
    return Cause.NONE if system is Cause.NONE and team.probability <= UNLIKELY else Cause.NOT_ENOUGH_DATA


def _of_system(site: Share) -> Cause:
    if site.probability >= SURE:
        return Cause.SYSTEMIC
    return Cause.NONE if site.probability <= UNLIKELY else Cause.NOT_ENOUGH_DATA


def people_of(facts: Snapshot, sought: Sought) -> list[Caused]:
    """Everybody's own part of the gap, from which chance may choose who begins."""
    if not compares_people(sought.kpi):
        return []
    found = _causes(facts, sought, {}, Agreed.read(sought.period), [])[0]
    return [] if found is None else list(found.agents)
