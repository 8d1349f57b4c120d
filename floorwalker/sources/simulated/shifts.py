"""Who is on shift on a day, from when to when, and what else than contacts has each of them to do?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from floorwalker.sources.simulated.arrays import Bools, Floats, Ints
from floorwalker.sources.simulated.parameters import Parameters
from floorwalker.sources.simulated.people import Roster

SHIFTS, HOLIDAYS = 3, 4
MINUTE = 60_000
HOUR = 60 * MINUTE

# Opening hours by weekday (hours of the site's day); none on Sunday.
OPEN_HOURS: tuple[tuple[float, float] | None, ...] = ((8.0, 20.0),) * 5 + ((9.0, 17.0), None)
_STARTS = (8.0, 9.0, 10.5, 11.5)
_PART_TIME_STARTS = (8.0, 11.0, 13.5, 15.5)
_SATURDAY_START = 9.0
_FULL_HOURS, _PART_HOURS, _SATURDAY_HOURS = 8.5, 4.5, 8.0
SATURDAY_TURNS = 3
SICK_SHARE, HOLIDAY_SHARE = 0.04, 0.06
END_OF_SHIFT = "end of shift"


@dataclass(frozen=True)
class Duty:
    """Something that a person does beside contacts: what, which class of state it is, when due, how long."""

    name: str
    state: str
    due: int
    length: int


@dataclass(frozen=True)
class Shift:
    """One person's shift: instants and lengths in milliseconds of the site's day; the last duty is its end."""

    person: int
    begins: int
    duties: tuple[Duty, ...]


def share_on_shift(weekday: int) -> float:
    """The share of the staff that is on shift on a weekday (Monday 0), before absence."""
    if OPEN_HOURS[weekday] is None:
        return 0.0
    return 1 / SATURDAY_TURNS if weekday == 5 else 1 - 1 / (SATURDAY_TURNS * 5)


def present_share() -> float:
    """The share of those on shift who are neither ill nor on holiday."""
    return (1 - SICK_SHARE) * (1 - HOLIDAY_SHARE)


def staffing_profile(weekday: int) -> Floats:
    """How much of a full day's presence falls in each half hour of the day; adds up to 1."""
    middles = (np.arange(48) + 0.5) / 2
    if weekday == 5:
        there = ((middles > _SATURDAY_START) & (middles < _SATURDAY_START + _SATURDAY_HOURS)).astype(np.float64)
    else:
        there = np.sum([(middles > start) & (middles < start + _FULL_HOURS) for start in _STARTS], axis=0).astype(float)
    total = there.sum()
    return there / total if total else there


def rota(parameters: Parameters, roster: Roster, day: int) -> list[Shift]:
    """The shifts of one site on one day, by person."""
    on = parameters.day(day)
    if OPEN_HOURS[on.weekday()] is None:
        return []
    there = np.flatnonzero(roster.employed(day) & _scheduled(roster, on) & _not_on_holiday(parameters, roster, on))
    rng = parameters.rng(SHIFTS, roster.number, day)
    draws = rng.random((roster.size, 6))
    return [
        _shift(roster, int(person), on, draws[person].tolist()) for person in there if draws[person, 0] >= SICK_SHARE
    ]


def _week(on: date) -> int:
    return on.toordinal() // 7


def _scheduled(roster: Roster, on: date) -> Bools:
    """Every third week a person works on Saturday and has one weekday off instead."""
    person = np.arange(roster.size)
    turn = (person + _week(on)) % SATURDAY_TURNS == 0
    if on.weekday() == 5:
        return np.asarray(turn)
    off = (person // SATURDAY_TURNS + _week(on)) % 5
    return np.asarray(~(turn & (off == on.weekday())))


def _not_on_holiday(parameters: Parameters, roster: Roster, on: date) -> Bools:
    draws = parameters.rng(HOLIDAYS, roster.number, _week(on)).random(roster.size)
    return np.asarray(draws >= HOLIDAY_SHARE)


def _shift(roster: Roster, person: int, on: date, draws: list[float]) -> Shift:
    part_time = bool(roster.part_time[person])
    if on.weekday() == 5:
        start, hours = _SATURDAY_START, _SATURDAY_HOURS
    else:
        # One slot further every week, so that nobody always has the same hours.
        slot = (person + person // 4 + _week(on)) % 4
        start, hours = (_PART_TIME_STARTS[slot], _PART_HOURS) if part_time else (_STARTS[slot], _FULL_HOURS)
    begins = int(start * HOUR)
    ends = begins + int(hours * HOUR)
    duties = [*_breaks(begins, hours, draws), *_meetings(roster, person, on, begins, hours)]
    duties.sort(key=lambda duty: duty.due)
    return Shift(person, begins, (*duties, Duty(END_OF_SHIFT, "offline", ends, 0)))


def _breaks(begins: int, hours: float, draws: list[float]) -> list[Duty]:
    def about(hour: float, draw: float, name: str, minutes: int) -> Duty:
        return Duty(name, "break", begins + int((hour + draw - 0.5) * HOUR), minutes * MINUTE)

    if hours <= _PART_HOURS:
        return [about(2.25, draws[1], "break", 15)]
    return [
        about(1.9, draws[1], "break", 15),
        about(4.1, draws[2], "lunch", 30),
        about(6.4, draws[3], "break", 15),
    ]


def _meetings(roster: Roster, person: int, on: date, begins: int, hours: float) -> list[Duty]:
    """The team's weekly meeting, when the person is there at that time, and half an hour of coaching every other week."""
    duties: list[Duty] = []
    team = int(roster.team[person])
    at = int((12.0 + (team % 7) * 0.5) * HOUR)
    if on.weekday() == team % 5 and begins <= at < begins + int((hours - 1) * HOUR):
        duties.append(Duty("team meeting", "aux_work", at, 30 * MINUTE))
    if (person + _week(on)) % 2 == 0 and on.weekday() == (person // 2) % 5:
        duties.append(Duty("coaching", "aux_work", begins + int((3.0 + person % 2 * 0.25) * HOUR), 30 * MINUTE))
    return duties


def person_numbers(shifts: list[Shift]) -> Ints:
    """The people on shift, in the order of the shifts."""
    return np.array([shift.person for shift in shifts], dtype=np.int64)
