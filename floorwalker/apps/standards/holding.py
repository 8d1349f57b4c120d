"""Which target holds for a row of figures on a day? The one rule, for pages, files and homes (docs/decisions/0021).

The nearest place that holds all of the row wins: the queue to which the figures are cut, the channel, the team with
those above it, the site, the centre. A period is held against the target of its last day; a change within it is told.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date, timedelta
from typing import Self

from floorwalker.apps.people.access import today
from floorwalker.apps.people.models import Agent, Queue, Site, Team, User
from floorwalker.apps.standards.adjusting import concealed_from, held_on, shown_to
from floorwalker.apps.standards.models import CENTRE, Place, Target
from floorwalker.apps.standards.tree import Tree
from floorwalker.insight.judgement import Target as Aim
from floorwalker.insight.scorecard import Period, Targets
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Better

# So long after a period the target that follows is told beside its own: it was just set, or is about to count.
NEWS = timedelta(days=31)


@dataclass(frozen=True)
class Held:
    """What holds for one measure of one row.

    agreed: the target, with its place; since, before: where it took over within the period, from what; coming: the day
    after the period on which another takes over, and which (None: none does any more); apart: what is agreed for
    queues and channels that are counted in this row together with others.
    """

    agreed: Target | None
    since: date | None = None
    before: Aim | None = None
    coming: tuple[date, Target | None] | None = None
    apart: tuple[Target, ...] = ()

    @property
    def target(self) -> Aim | None:
        """What the figures are held against."""
        return _aim(self.agreed)

    @property
    def standard(self) -> float | None:
        """The one value from which a gap for the worse is measured: the target, or of a band the bound on that side."""
        if self.agreed is None or self.target is None or not self.target.bounds:
            return None
        bounds = self.target.bounds
        return bounds[0] if catalogue()[self.agreed.measure].better is Better.UP else bounds[-1]


ByMeasure = Mapping[str, Held]


def targets_of(held: ByMeasure) -> Targets:
    """By measure, what figures are held against."""
    return {measure: one.target for measure, one in held.items() if one.target is not None}


@dataclass(frozen=True)
class Agreed:
    """All that is agreed around a period, for figures of one queue, of one channel, or of all; read anew for each page.

    adjusted: by agent what was agreed with her or him alone for the period's last day, with their keys; shown: those of whom
    the reader may know it; withheld: the measures in which there are others (docs/decisions/0031).
    """

    period: Period
    tree: Tree
    rows: Mapping[str, Mapping[Place, tuple[Target, ...]]]
    queue: Queue | None = None
    channel: str = ""
    adjusted: Mapping[int, ByMeasure] = field(default_factory=dict)
    keys: Mapping[int, bytes] = field(default_factory=dict)
    shown: frozenset[int] = frozenset()
    withheld: frozenset[str] = frozenset()
    _known: dict[tuple[Place, ...], ByMeasure] = field(default_factory=dict, compare=False)

    @classmethod
    def read(cls, period: Period, *, queue: Queue | None = None, channel: str = "", reader: User | None = None) -> Self:
        """Three questions to the database, however many rows a page has. reader: to whom it is shown; None: to nobody."""
        found: defaultdict[str, defaultdict[Place, list[Target]]] = defaultdict(lambda: defaultdict(list))
        for row in Target.objects.between(period.first, period.last + NEWS).with_places().order_by("pk"):
            if row.measure in catalogue():
                found[row.measure][row.place].append(row)
        rows = {measure: {place: tuple(some) for place, some in by.items()} for measure, by in found.items()}
        own = held_on(period.last)
        agents = {pk: next(iter(rows.values())).person for pk, rows in own.items()}
        adjusted = {pk: {name: Held(one.as_target) for name, one in rows.items()} for pk, rows in own.items()}
        shown = shown_to(reader, list(agents.values()), today())
        concealed = concealed_from(reader, list(agents.values()), today())
        return cls(
            *(period, Tree.read(), rows, queue, channel, adjusted),
            {pk: bytes(agent.key) for pk, agent in agents.items()},
            shown,
            frozenset(name for pk, rows in own.items() if pk in concealed for name in rows),
        )

    def of_centre(self, sites: Collection[Site] = ()) -> ByMeasure:
        """For a row of the centre, or of the one site to which the reader's figures are cut."""
        only = next(iter(sites)).pk if len(sites) == 1 else None
        return self._of((), only)

    def of_teams(self, teams: Iterable[Team]) -> ByMeasure:
        """For a row of one team, or of several together: then what holds for all of them."""
        keys = [team.pk for team in teams]
        return self._of(self.tree.shared(keys), self.tree.shared_site(keys))

    def of_agent(self, agent: Agent, team: Team | None) -> ByMeasure:
        """For a row of somebody who belongs to that team, or to none, as the reader may know it."""
        return self.honoured(agent, team) if agent.pk in self.shown else self._usual(agent, team)

    def honoured(self, agent: Agent, team: Team | None) -> ByMeasure:
        """What she is held against in truth: what was agreed with her alone goes before all that holds for places."""
        usual, own = self._usual(agent, team), self.adjusted.get(agent.pk)
        return {**usual, **own} if own else usual

    def _usual(self, agent: Agent, team: Team | None) -> ByMeasure:
        return self._of((), agent.site_id) if team is None else self.of_teams([team])

    def of_nobodys_team(self, agents: Iterable[Agent]) -> ByMeasure:
        """For a row of several who are in no team: their site's where it is one."""
        sites = {agent.site_id for agent in agents}
        return self._of((), sites.pop() if len(sites) == 1 else None)

    def standards_of_teams(self, measure: str) -> dict[bytes, float]:
        """By key, from what the gaps of each team's people are measured where that is not what holds for the centre."""
        if not any(kind in ("team", "site") for kind, _which in self.rows.get(measure, ())):
            return {}
        centre = self.of_centre().get(measure)
        found = {bytes(team.key): self.of_teams([team]).get(measure) for team in Team.objects.all()}
        own = {key: held.standard for key, held in found.items() if held is not None}
        usual = None if centre is None else centre.standard
        return {key: one for key, one in own.items() if one is not None and one != usual}

    def standards_of_people(self, measure: str) -> dict[bytes, float]:
        """By key, from what the gap of whoever has a target of her own is measured."""
        held = {self.keys[pk]: by_measure.get(measure) for pk, by_measure in self.adjusted.items()}
        return {key: one.standard for key, one in held.items() if one is not None and one.standard is not None}

    def _of(self, teams: tuple[int, ...], site: int | None) -> ByMeasure:
        places: list[Place] = [] if self.queue is None else [("queue", self.queue.pk)]
        places += [("channel", self.channel)] if self.channel else []
        places += [("team", team) for team in teams]
        site = self.queue.site_id if site is None and self.queue is not None else site
        places += [] if site is None else [("site", site)]
        key = (*places, CENTRE)
        if key not in self._known:
            held = {measure: self._hold(by_place, key) for measure, by_place in self.rows.items()}
            self._known[key] = {measure: one for measure, one in held.items() if one is not None}
        return self._known[key]

    def _hold(self, by_place: Mapping[Place, tuple[Target, ...]], places: tuple[Place, ...]) -> Held | None:
        now = _holding(by_place, places, self.period.last)
        since, before = self._taken_over(by_place, places, now)
        held = Held(now, since, before, self._coming(by_place, places, now), tuple(self._apart(by_place)))
        return held if held.agreed or held.coming or held.apart else None

    def _taken_over(
        self, by_place: Mapping[Place, tuple[Target, ...]], places: tuple[Place, ...], now: Target | None
    ) -> tuple[date | None, Aim | None]:
        for day in reversed(_turns(by_place, places, self.period.first, self.period.last)):
            was = _holding(by_place, places, day - timedelta(days=1))
            if _aim(was) != _aim(now):
                return day, _aim(was)
        return None, None

    def _coming(
        self, by_place: Mapping[Place, tuple[Target, ...]], places: tuple[Place, ...], now: Target | None
    ) -> tuple[date, Target | None] | None:
        for day in _turns(by_place, places, self.period.last, self.period.last + NEWS):
            then = _holding(by_place, places, day)
            if _aim(then) != _aim(now):
                return day, then
        return None

    def _apart(self, by_place: Mapping[Place, tuple[Target, ...]]) -> Iterable[Target]:
        """What is agreed for single queues and channels, where the figures are cut to neither."""
        if self.queue is not None:
            return
        for (kind, _which), rows in by_place.items():
            if kind == "queue" or (kind == "channel" and not self.channel):
                yield from (row for row in rows if row.holds_on(self.period.last))


def _aim(agreed: Target | None) -> Aim | None:
    return None if agreed is None else agreed.aim


def _holding(by_place: Mapping[Place, tuple[Target, ...]], places: tuple[Place, ...], day: date) -> Target | None:
    """The target of the first of these places that has one on that day."""
    every = (row for place in places for row in by_place.get(place, ()))
    return next((row for row in every if row.holds_on(day) and row.aim is not None), None)


def _turns(
    by_place: Mapping[Place, tuple[Target, ...]], places: tuple[Place, ...], first: date, last: date
) -> list[date]:
    """The days after the first, up to the last, on which any target of these places begins or ends."""
    ends = {day for place in places for row in by_place.get(place, ()) for day in (row.from_day, row.to_day)}
    return sorted(day for day in ends if day is not None and first < day <= last)
