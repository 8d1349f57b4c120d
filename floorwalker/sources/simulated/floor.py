"""What happens on a simulated floor, day by day and site by site, and what is true of it?

floor = build_floor(Parameters(agents=60, days=56, seed=7))
for day in floor.run(): ...        # SiteDay, in order of date, then of site
floor.truth()                      # what is true of it, once it has run
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterator
from dataclasses import dataclass, field

import numpy as np

from floorwalker.sources.simulated.aftermath import Returns, ask, flag, returns, settle
from floorwalker.sources.simulated.arrays import Bools, Floats, Ints
from floorwalker.sources.simulated.arrivals import (
    UNKNOWN,
    Callers,
    Coming,
    come,
    mail_queues,
    new_callers,
    times_of_day,
)
from floorwalker.sources.simulated.day import Contacts, Rings, SiteDay, midnight_milliseconds
from floorwalker.sources.simulated.demand import Demand, drawn_volume, expect
from floorwalker.sources.simulated.luck import luck_of
from floorwalker.sources.simulated.parameters import Parameters
from floorwalker.sources.simulated.people import Roster, hire
from floorwalker.sources.simulated.planted import Bearing, Plants, bearing_on, plant
from floorwalker.sources.simulated.quality import Evaluators, appoint, evaluate, natures
from floorwalker.sources.simulated.queueing import Desks, Happened, run_queues
from floorwalker.sources.simulated.shifts import OPEN_HOURS, Shift, person_numbers, rota
from floorwalker.sources.simulated.states import time_lines
from floorwalker.sources.simulated.truth import Record, truth_of

CALLERS, AFTERMATH, SURVEYS, EVALUATIONS = 10, 11, 12, 17
ENDED_BY_AGENT_SHARE = 0.3


@dataclass
class Floor:
    """A floor that has not happened yet: its people and what is planted; `run` lets it happen, once."""

    parameters: Parameters
    rosters: tuple[Roster, ...]
    plants: Plants
    evaluators: Evaluators
    record: Record = field(default_factory=Record)

    def run(self) -> Iterator[SiteDay]:
        """Every site's days in order of date."""
        self.record = Record()
        sites = [_SiteRun(self.parameters, roster, self.plants, self.evaluators) for roster in self.rosters]
        for day in range(self.parameters.days):
            for site in sites:
                happened = site.pass_day(day)
                self.record.note(happened)
                yield happened

    def truth(self) -> dict[str, object]:
        """All that is true of the floor, as plain values for JSON; complete once the floor has run."""
        return truth_of(self.parameters, self.rosters, self.plants, self.evaluators, self.record)


def build_floor(parameters: Parameters) -> Floor:
    """Hire the people and choose what is planted."""
    rosters = hire(parameters)
    return Floor(parameters, rosters, plant(parameters, rosters), appoint(parameters))


class _SiteRun:
    """One site from day to day; what is carried over is who comes again, and whose mail still waits."""

    def __init__(self, parameters: Parameters, roster: Roster, plants: Plants, evaluators: Evaluators) -> None:
        self.parameters, self.roster, self.plants, self.evaluators = parameters, roster, plants, evaluators
        self.quality = natures(parameters, roster)
        places = int(roster.employed(0).sum())
        self.demand: Demand = expect(parameters, roster, places)
        self.coming_again: dict[int, list[tuple[Ints, Ints]]] = defaultdict(list)
        self.kept: tuple[Ints, Ints, Ints, Ints] = (_none(), _none(), _none(), _none())
        self.next_number = 1
        self.end = midnight_milliseconds(roster.site, parameters.end)

    def pass_day(self, day: int) -> SiteDay:
        parameters, roster = self.parameters, self.roster
        base = midnight_milliseconds(roster.site, parameters.day(day))
        shifts = rota(parameters, roster, day)
        bearing = bearing_on(self.plants, roster, day)
        coming = self._coming(day, base)
        happened = run_queues(
            coming.visits, self._desks(shifts, bearing, day), roster.menu.groups, len(roster.menu.queues)
        )
        self.next_number += len(coming.number)
        outcome = _Outcome(coming, happened, person_numbers(shifts))
        rng = parameters.rng(AFTERMATH, roster.number, day)
        settled = settle(rng, roster, bearing, coming.work, outcome.person, outcome.cut, outcome.passed_on)
        self._carry_over(day, base, outcome, returns(rng, coming, settled, outcome.gone, outcome.left >= 0))
        shown = np.flatnonzero(outcome.gone | (outcome.waiting if day == parameters.days - 1 else False))
        contacts = _contacts(outcome, shown, base, flag(rng, settled, outcome.passed_on), rng.random(len(settled)))
        surveys = ask(parameters.rng(SURVEYS, roster.number, day), roster, bearing, contacts, settled[shown], self.end)
        judged = evaluate(
            parameters.rng(EVALUATIONS, roster.number, day),
            *(self.evaluators, self.quality, bearing.team, contacts, settled[shown], self.end),
        )
        return SiteDay(
            roster=roster,
            number=day,
            on=parameters.day(day),
            team=bearing.team,
            contacts=contacts,
            rings=_rings(happened, outcome, shown, base),
            states=time_lines(shifts, happened, base),
            surveys=surveys,
            evaluations=judged,
            evaluators=self.evaluators.names,
        )

    def _coming(self, day: int, base: int) -> Coming:
        parameters, roster, weekday = self.parameters, self.roster, self.parameters.day(day).weekday()
        rng = parameters.rng(CALLERS, roster.number, day)
        volume = drawn_volume(parameters, roster, self.demand, day)
        new = new_callers(rng, roster, self.demand, volume, weekday)
        again = self.coming_again.pop(day, [])
        customer = np.concatenate([customer for customer, _ in again]) if again else _none()
        work = np.concatenate([work for _, work in again]) if again else _none()
        times = times_of_day(rng, roster, self.demand, work, weekday)
        number, entered, kept_work, kept_customer = self.kept
        kept = Callers(entered - base, kept_work, kept_customer, number)
        back = Callers(times, work, customer, np.full(len(work), UNKNOWN))
        return come(rng, roster, [kept, new, back], self.next_number, self._lengthened(day))

    def _lengthened(self, day: int) -> Floats:
        """The factor on the talk of each kind of work that a process change has brought."""
        change = self.plants.reason_change
        factors = np.ones(len(self.roster.menu.works))
        if change is not None and change.day <= day:
            factors[[reason == change.reason for reason in self.roster.menu.reasons]] = change.factor
        return factors

    def _desks(self, shifts: list[Shift], bearing: Bearing, day: int) -> Desks:
        roster, people = self.roster, person_numbers(shifts)
        lucky = luck_of(self.parameters, roster, day)
        return Desks(
            group=roster.group[people].tolist(),
            begins=[shift.begins for shift in shifts],
            duties=[[(duty.due, duty.length) for duty in shift.duties] for shift in shifts],
            pace=(bearing.pace * lucky)[people].tolist(),
            wrap_up_pace=(bearing.wrap_up_pace * lucky)[people].tolist(),
            cut_share=bearing.cut_share[people].tolist(),
        )

    def _carry_over(self, day: int, base: int, outcome: _Outcome, again: Returns) -> None:
        coming = outcome.coming
        waiting = np.flatnonzero(outcome.waiting)
        self.kept = (
            coming.number[waiting],
            base + outcome.entered[waiting],
            coming.work[waiting],
            coming.customer[waiting],
        )
        mail = mail_queues(self.roster)[self.roster.menu.queue_of[again.work]]
        due = day + again.days
        closed = np.array([OPEN_HOURS[self.parameters.day(int(one)).weekday()] is None for one in due], dtype=np.bool_)
        due = due + (closed & ~mail)
        for one in np.unique(due).tolist():
            here = due == one
            self.coming_again[one].append((again.customer[here], again.work[here]))


class _Outcome:
    """What became of each visit, as columns."""

    def __init__(self, coming: Coming, happened: Happened, people: Ints) -> None:
        self.coming, self.people = coming, people
        desk = _column(happened.agent)
        self.person = np.where(desk >= 0, people[desk] if len(people) else desk, UNKNOWN)
        self.entered = _column(happened.entered)
        self.answered = _column(happened.answered)
        self.released = _column(happened.released)
        self.wrapped = _column(happened.wrapped)
        self.talk = _column(happened.talked)
        self.hold = _column(happened.held)
        self.left = _column(happened.left)
        self.cut = _column(happened.cut) > 0
        self.gone: Bools = (desk >= 0) | (self.left >= 0)
        child = _column(coming.visits.child)
        self.passed_on: Bools = (child >= 0) & (desk >= 0) & ~self.cut
        self.waiting: Bools = ~self.gone & (coming.parent < 0)


def _contacts(outcome: _Outcome, shown: Ints, base: int, flagged: Bools, draws: Floats) -> Contacts:
    coming = outcome.coming
    parent = coming.parent[shown]
    number = coming.number[shown]

    def instant(column: Ints) -> Ints:
        return np.where(column[shown] >= 0, base + column[shown], UNKNOWN)

    cut, passed_on = outcome.cut[shown], outcome.passed_on[shown]
    return Contacts(
        number=number,
        chain=np.where(parent >= 0, coming.number[parent], number),
        first_in_chain=parent < 0,
        work=coming.work[shown],
        customer=coming.customer[shown],
        entered=base + outcome.entered[shown],
        answered=instant(outcome.answered),
        left=instant(outcome.left),
        released=instant(outcome.released),
        wrapped=instant(outcome.wrapped),
        person=outcome.person[shown],
        ring=coming.ring[shown],
        talk=outcome.talk[shown],
        hold=outcome.hold[shown],
        wrap_up=outcome.wrapped[shown] - outcome.released[shown],
        passed_on=passed_on,
        cut=cut,
        ended_by_agent=cut | (draws[shown] < ENDED_BY_AGENT_SHARE),
        flagged_resolved=flagged[shown],
    )


def _rings(happened: Happened, outcome: _Outcome, shown: Ints, base: int) -> Rings:
    rows = np.array(happened.unheard, dtype=np.int64).reshape(-1, 5)
    place = np.full(len(outcome.gone), UNKNOWN)
    place[shown] = np.arange(len(shown))
    return Rings(
        contact=place[rows[:, 0]],
        person=outcome.people[rows[:, 1]] if len(rows) else _none(),
        ended=base + rows[:, 2],
        length=rows[:, 3],
        gave_up=rows[:, 4] > 0,
    )


def _column(values: list[int]) -> Ints:
    return np.array(values, dtype=np.int64)


def _none() -> Ints:
    return np.zeros(0, dtype=np.int64)
