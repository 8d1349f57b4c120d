"""How many new contacts does a site expect by queue, weekday and season, and when in the day do they come?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

import numpy as np

from floorwalker.facts.tables import Channel
from floorwalker.sources.simulated.arrays import Bools, Floats
from floorwalker.sources.simulated.parameters import Parameters
from floorwalker.sources.simulated.people import PART_TIME_SHARE, Roster
from floorwalker.sources.simulated.shifts import OPEN_HOURS, present_share, share_on_shift, staffing_profile
from floorwalker.sources.simulated.work import HOLD_SECONDS, HOLD_SHARE, Menu

VOLUME = 6

# Hours of a full and of a part-time shift that are left for contacts, after breaks and meetings.
NET_HOURS, PART_TIME_NET_HOURS = 7.25, 4.0
MOST_OCCUPANCY, LEAST_OCCUPANCY, SMALLNESS = 0.85, 0.50, 0.90
WEEKDAY_FACTORS = (1.08, 1.02, 0.99, 0.98, 0.97, 0.95, 0.0)
MAIL_WEEKDAY_SHARES = (0.19, 0.17, 0.17, 0.16, 0.15, 0.09, 0.07)
SEASON_SHARE, DAY_NOISE = 0.04, 0.04
DAYS_BETWEEN_CONTACTS = 45
RETURN_SHARE = 0.75
WRAP_UP_SPREAD = 0.4
# Customers' own rhythm on top of the staffing that follows it: (until hour, factor).
RIPPLES = ((9.0, 0.93), (12.0, 1.12), (14.5, 0.92), (17.5, 1.02), (24.0, 0.95))
# Fewer people pool worse: where the staffing is thin, rather less than its share comes.
STEEPNESS = 1.25
MAIL_HOURS = (6.0, 23.5)


@dataclass(frozen=True)
class Demand:
    """What a site expects. volume[weekday, queue]: new contacts; profile[weekday, 0 live or 1 mail, half hour]: shares."""

    volume: Floats
    profile: Floats
    customers: int

    def expected(self, on: date) -> Floats:
        """New contacts by queue on that day of the year."""
        season = 1 + SEASON_SHARE * np.sin(2 * np.pi * on.timetuple().tm_yday / 365.25)
        return np.asarray(self.volume[on.weekday()] * season)


def expect(parameters: Parameters, roster: Roster, places: int) -> Demand:
    """The demand that keeps a site of so many places as busy as it should be, times the load asked for."""
    volume = np.array([_volume(roster.menu, places, weekday) for weekday in range(7)]) * parameters.load
    profile = np.array([[_live_profile(weekday), _mail_profile()] for weekday in range(7)])
    return Demand(volume, profile, int(volume.sum() / 7 * DAYS_BETWEEN_CONTACTS / parameters.load) + 50)


def drawn_volume(parameters: Parameters, roster: Roster, demand: Demand, day: int) -> Floats:
    """The expectation of one day, with the luck that the whole day shares."""
    luck = np.exp(DAY_NOISE * parameters.rng(VOLUME, roster.number, day).standard_normal())
    return np.asarray(demand.expected(parameters.day(day)) * luck)


def _volume(menu: Menu, places: int, weekday: int) -> Floats:
    hours = PART_TIME_SHARE * PART_TIME_NET_HOURS + (1 - PART_TIME_SHARE) * NET_HOURS
    mail = np.array([queue.channel is Channel.EMAIL for queue in menu.queues])
    occupancy = np.where(mail, MOST_OCCUPANCY, _occupancy(menu, places, mail))
    capacity = _people_by_queue(menu, places) * present_share() * hours * 3600 * occupancy / _seconds_by_queue(menu)
    week = 5 * share_on_shift(0) + share_on_shift(5)
    live = share_on_shift(weekday) * WEEKDAY_FACTORS[weekday]
    return np.asarray(capacity * np.where(mail, week * MAIL_WEEKDAY_SHARES[weekday], live))


def _occupancy(menu: Menu, places: int, mail: Bools) -> Floats:
    """How busy the people of each live queue can be kept at a decent service: the more serve it, the busier.

    Those who also do mail do not count: the mail sees to it that they are never waiting for a call.
    """
    serving = np.zeros(len(menu.queues))
    for queues, share in zip(menu.groups, menu.group_share / menu.group_share.sum(), strict=True):
        if not any(mail[list(queues)]):
            serving[list(queues)] += places * share
    return np.clip(1 - SMALLNESS / np.sqrt(np.maximum(serving, 1) / 2), LEAST_OCCUPANCY, MOST_OCCUPANCY)


def _people_by_queue(menu: Menu, places: int) -> Floats:
    people = np.zeros(len(menu.queues))
    for queues, share in zip(menu.groups, menu.group_share / menu.group_share.sum(), strict=True):
        people[list(queues)] += places * share / len(queues)
    return people


def _seconds_by_queue(menu: Menu) -> Floats:
    """Work that one new contact brings to its queue, its repeats included."""
    talk = menu.column("talk_seconds") * np.exp(menu.column("spread") ** 2 / 2)
    wrap_up = menu.column("wrap_up_seconds") * np.exp(WRAP_UP_SPREAD**2 / 2)
    each = (talk + wrap_up + HOLD_SHARE * HOLD_SECONDS) / (1 - RETURN_SHARE * (1 - menu.column("resolved_share")))
    return np.bincount(menu.queue_of, weights=menu.column("share") * each).astype(np.float64)


def _live_profile(weekday: int) -> Floats:
    hours = OPEN_HOURS[weekday]
    if hours is None:
        return np.zeros(48)
    begins = np.arange(48) / 2
    ripple = np.array([next(factor for until, factor in RIPPLES if hour < until) for hour in begins])
    weights = staffing_profile(weekday) ** STEEPNESS * ripple * ((begins >= hours[0]) & (begins < hours[1]))
    return np.asarray(weights / weights.sum())


def _mail_profile() -> Floats:
    begins = np.arange(48) / 2
    weights = np.where((begins >= MAIL_HOURS[0]) & (begins < MAIL_HOURS[1]), 1 + np.sin(np.pi * (begins - 6) / 18), 0.0)
    return np.asarray(weights / weights.sum())
