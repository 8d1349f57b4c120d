"""Which figures may a program ask for in somebody's place? The same as the pages show her or him, and no others.

Whose figures: the centre's, cut to the sites of the role; everybody's; of the teams that somebody leads; or one's own. Who
sees the centre and not its agents one by one gets no split that would single one of them out.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum
from typing import Any

from django.http import Http404

import floorwalker
from floorwalker.apps.coaching.records_shown import note_record, weeks_back
from floorwalker.apps.dashboards.plain import ask, read_value
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.looks import note_look
from floorwalker.apps.people.models import Agent, AuditEntry, LookAt, Right, Scope, User
from floorwalker.apps.people.names import VisibleNames
from floorwalker.apps.standards.seeing import of_sites
from floorwalker.errors import KpiError
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.scorecard import Where
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.dimensions import ATTRIBUTE, Value
from floorwalker.kpis.query import KpiQuery

PERSON, TEAM = "agent", "team"
# A team's figures of an hour may be those of the one who worked it.
COARSE = frozenset({"week", "month"})
TIMES = frozenset({"day", "week", "month", "hour", "interval", "band"})
MOST_ROWS = 20_000
# What is noted without anything having changed.
ONLY_READ = ("run_kpi", "export", "export_rejects")


class Whose(StrEnum):
    """Whose figures are asked for."""

    CENTRE = "centre"
    EVERYBODY = "everybody"
    TEAMS = "teams"
    OWN = "own"


@dataclass(frozen=True)
class Allowed:
    """Whose figures: the cut that the rights make, and whether each person among them may be seen alone."""

    where: Where
    one_by_one: bool


@dataclass(frozen=True)
class Wanted:
    """A question of a program, as it was written."""

    measures: tuple[str, ...]
    first: date | None
    last: date | None
    by: tuple[str, ...]
    where: tuple[str, ...]
    parameters: tuple[str, ...]
    whose: Whose | None


def allow(scope: Scope, whose: Whose | None) -> Allowed:
    """The cut that belongs to what is asked, the widest that the reader has where nothing is; else there is none."""
    widest = next(iter(_may(scope)), None)
    wanted = whose or widest
    if wanted is None or wanted not in _may(scope):
        raise Http404
    match wanted:
        case Whose.CENTRE:
            return Allowed(of_sites({}, scope), scope.everything and not scope.sites)
        case Whose.EVERYBODY:
            return Allowed({}, True)
        case Whose.TEAMS:
            return Allowed({"team": tuple(bytes(team.key) for team in scope.teams)}, True)
    assert scope.agent is not None
    return Allowed({"agent": (bytes(scope.agent.key),)}, True)


def _may(scope: Scope) -> list[Whose]:
    has = {
        Whose.CENTRE: scope.may(Right.SEE_FIGURES_OF_CENTRE),
        Whose.EVERYBODY: scope.everything,
        Whose.TEAMS: bool(scope.teams),
        Whose.OWN: scope.agent is not None,
    }
    return [whose for whose, may in has.items() if may]


def note(wanted: Wanted, facts: Snapshot, user: User, at: datetime) -> KpiQuery:
    """The question within what the user may ask; what it asks of single persons is noted before it is answered."""
    on = at.date()
    allowed = allow(user.scope_on(on), wanted.whose)
    query = _query(wanted, allowed, VisibleNames(user, on))
    _note(query, user, at)
    _note_record(query, facts, user, at)
    return query


def answer(query: KpiQuery, facts: Snapshot, user: User, on: date) -> list[dict[str, Any]]:
    """The rows that answer a question, of those whom the user may see on that day."""
    names = VisibleNames(user, on)
    rows = [row for row in ask(query, facts, names) if PERSON not in query.by or _is_seen(row, names)]
    if len(rows) > MOST_ROWS:
        raise KpiError(
            "the answer is too long",
            found=f"{len(rows)} rows",
            expected=f"at most {MOST_ROWS}",
            mend="ask for fewer days, or split by less",
        )
    return rows


def _query(wanted: Wanted, allowed: Allowed, names: VisibleNames) -> KpiQuery:
    for measure in wanted.measures:
        find_kpi(measure, catalogue())
    pairs = list(_pairs(wanted.where, "where"))
    _refuse_what_singles_out(allowed, wanted.by, [name for name, _text in pairs])
    asked: dict[str, tuple[Value, ...]] = {}
    for name, text in pairs:
        asked[name] = asked.get(name, ()) + read_value(name, text, names)
    return KpiQuery(
        kpis=tuple(dict.fromkeys(wanted.measures)),
        first_day=wanted.first,
        last_day=wanted.last,
        by=wanted.by,
        where=_both(asked, allowed.where),
        parameters=_numbers(wanted.parameters),
    )


def _refuse_what_singles_out(allowed: Allowed, by: Sequence[str], where: Sequence[str]) -> None:
    if allowed.one_by_one:
        return
    named = {*by, *where}
    finer = named & TIMES - COARSE
    if PERSON in named or any(name.startswith(ATTRIBUTE) for name in named) or (TEAM in named and finer):
        raise Http404


def _both(asked: Mapping[str, tuple[Value, ...]], cut: Where) -> dict[str, tuple[Value, ...]]:
    """What is asked for within what may be seen; nothing of what may not."""
    found = dict(asked)
    for name, values in cut.items():
        found[name] = tuple(value for value in asked.get(name, values) if value in values)
        if not found[name]:
            raise Http404
    return found


def _pairs(given: Iterable[str], place: str) -> Iterable[tuple[str, str]]:
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise KpiError("this is not NAME=VALUE", where=place, found=text[:80], expected="such as queue=Support")
        yield name, value


def _numbers(given: Iterable[str]) -> dict[str, float]:
    found = {}
    for name, text in _pairs(given, "param"):
        try:
            found[name] = float(text)
        except ValueError as error:
            raise KpiError(f"parameter {name} is not a number", where="param", found=text[:40]) from error
    return found


def _note(query: KpiQuery, user: User, at: datetime) -> None:
    """Figures of single people leave a look with each who is named, and an entry of the question as on the command line."""
    if PERSON not in query.by and PERSON not in query.where:
        return
    keys = [value for value in query.where.get(PERSON, ()) if isinstance(value, bytes)]
    others = [agent for agent in Agent.objects.filter(key__in=keys) if agent.pk != user.agent_id]
    for agent in others:
        note_look(agent, LookAt.EXPORT, by=user, at=at)
    if others or PERSON in query.by:
        record(
            user.username,
            "run_kpi",
            "figures of agents",
            at,
            kpis=list(query.kpis),
            split_by=list(query.by),
            where=sorted(query.where),
            first_day=query.first_day and query.first_day.isoformat(),
            last_day=query.last_day and query.last_day.isoformat(),
        )


def _note_record(query: KpiQuery, facts: Snapshot, user: User, at: datetime) -> None:
    """How far back it reaches for single people, as of a page."""
    if PERSON not in query.by and PERSON not in query.where:
        return
    keys = [value for value in query.where.get(PERSON, ()) if isinstance(value, bytes)]
    people = list(Agent.objects.filter(key__in=keys)) if keys else None
    note_record(query.kpis, weeks_back(facts, query.first_day), of=people, by=user, at=at)


def _is_seen(row: Mapping[str, Any], names: VisibleNames) -> bool:
    """Whether a row of a split by agent is of somebody whom the reader may see today, or of nobody."""
    name = row["group"][PERSON]
    return name is None or names.is_called(PERSON, name)


def state(facts: Snapshot, user: User, on: date) -> tuple[Any, ...]:
    """All that figures follow from besides the question: facts, definitions, people and rights, the day, the program.

    Every change of people, rights and targets leaves an entry in the trail, so that its last one stands for them all.
    """
    last = AuditEntry.objects.exclude(verb__in=ONLY_READ).order_by("-id").values_list("id", flat=True).first()
    stamps = tuple(kpi.stamp for kpi in catalogue().values())
    return floorwalker.__version__, facts.current.sequence, last, stamps, user.pk, on
