"""Who works on the floor: where, in which team, with which skills, from when to when, and how do they truly differ?

Every person has a number on her or his site; a leaver's place is taken, after a gap, by a starter with a new number.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from floorwalker.ingest.source import Site
from floorwalker.sources.simulated.arrays import Bools, Floats, Ints
from floorwalker.sources.simulated.names import agent_name, divide_among_sites, team_name
from floorwalker.sources.simulated.parameters import Parameters
from floorwalker.sources.simulated.work import Menu, menu_of

TEAM_SIZE = 12
PEOPLE, MOVES = 1, 2

HANDLE_SD, RESOLUTION_SD, SATISFACTION_SD = 0.12, 0.04, 0.15
LEARNING_DAYS, LEARNING_HANDLE, LEARNING_RESOLUTION = 45.0, 0.35, -0.08
LEAVING_SHARE_A_YEAR, RECENT_STARTER_SHARE, PART_TIME_SHARE = 0.25, 0.08, 0.15
MOVING_SHARE, LEAST_DAYS_FOR_MOVES = 0.05, 14
NEVER = 10**6


@dataclass(frozen=True)
class Move:
    """One person changes team at the midnight before that day."""

    person: int
    day: int
    to_team: int


@dataclass(frozen=True)
class Roster:
    """All people of one site, by number: true effects are what the product should find, nothing else distinguishes them.

    team: at the start; first_day and last_day: numbers of days, the last one included (first_day is negative for those
    who were there before); handle: effect on the log of handling times; resolution: on the share of contacts settled;
    satisfaction: on the satisfaction behind the survey's answers, in points.
    """

    number: int
    site: Site
    menu: Menu
    names: tuple[str, ...]
    teams: tuple[str, ...]
    team: Ints
    group: Ints
    first_day: Ints
    last_day: Ints
    part_time: Bools
    handle: Floats
    resolution: Floats
    satisfaction: Floats
    moves: tuple[Move, ...]
    learning: bool

    @property
    def size(self) -> int:
        """How many people there are, those who come later included."""
        return len(self.names)

    def employed(self, day: int) -> Bools:
        """Who is employed on that day."""
        return np.asarray((self.first_day <= day) & (day <= self.last_day))

    def team_on(self, day: int) -> Ints:
        """Everybody's team on that day."""
        team = self.team.copy()
        for move in self.moves:
            if move.day <= day:
                team[move.person] = move.to_team
        return team

    def inexperience(self, day: int) -> Floats:
        """1 on the first day, fading with tenure; 0 for everybody where there is nothing to learn."""
        if not self.learning:
            return np.zeros(self.size)
        return np.exp(-np.maximum(day - self.first_day, 0) / LEARNING_DAYS)


def hire(parameters: Parameters) -> tuple[Roster, ...]:
    """The rosters of all sites."""
    rosters: list[Roster] = []
    named = teams = 0
    for number, share in enumerate(divide_among_sites(parameters.agents)):
        roster = _staff_site(parameters, number, share.site, share.agents, named, teams)
        named, teams = named + roster.size, teams + len(roster.teams)
        rosters.append(roster)
    return tuple(rosters)


def _staff_site(
    parameters: Parameters, number: int, site: Site, places: int, first_name: int, first_team: int
) -> Roster:
    rng = parameters.rng(PEOPLE, number)
    menu = menu_of(places)
    teams = max(1, round(places / TEAM_SIZE))
    place, first_day, last_day = _tenures(rng, places, parameters.days)
    count = len(place)
    differ = 1.0 if parameters.planted else 0.0
    handle = differ * rng.normal(0.0, HANDLE_SD, count)
    resolution = differ * rng.normal(0.0, RESOLUTION_SD, count)
    satisfaction = differ * rng.normal(0.0, SATISFACTION_SD, count)
    group = _skills(rng, menu, handle[:places] / HANDLE_SD)[place]
    part_time = (rng.random(places) < PART_TIME_SHARE)[place]
    team = np.arange(places) * teams // places
    return Roster(
        number=number,
        site=site,
        menu=menu,
        names=tuple(agent_name(first_name + person) for person in range(count)),
        teams=tuple(team_name(first_team + one) for one in range(teams)),
        team=team[place],
        group=group,
        first_day=first_day,
        last_day=last_day,
        part_time=part_time,
        handle=handle,
        resolution=resolution,
        satisfaction=satisfaction,
        moves=_moves(parameters.rng(MOVES, number), team[place], teams, first_day, last_day, parameters.days),
        learning=parameters.planted,
    )


def _tenures(rng: np.random.Generator, places: int, days: int) -> tuple[Ints, Ints, Ints]:
    """Each person's place, first and last day: the first `places` people are there at the start, others follow leavers."""
    recent = rng.random(places) < RECENT_STARTER_SHARE
    begun = np.where(recent, -rng.integers(0, 60, places), -rng.integers(200, 3000, places))
    rows: list[tuple[int, int, int]] = []
    later: list[tuple[int, int, int]] = []
    for place in range(places):
        first = int(begun[place])
        last = int(rng.exponential(365 / LEAVING_SHARE_A_YEAR)) + 1
        rows.append((place, first, last if last < days else NEVER))
        while last < days - 1:
            first = last + int(rng.integers(3, 15))
            if first >= days:
                break
            last = first + int(rng.exponential(365 / LEAVING_SHARE_A_YEAR)) + 5
            later.append((place, first, last if last < days else NEVER))
    everybody = np.array(rows + sorted(later, key=lambda row: (row[1], row[0])), dtype=np.int64)
    return everybody[:, 0], everybody[:, 1], everybody[:, 2]


def _skills(rng: np.random.Generator, menu: Menu, slowness: Floats) -> Ints:
    """Each place's group of skills. Quick people tend to be given the hard work, as on real floors: raw averages mislead."""
    count = len(slowness)
    edges = np.round(np.cumsum(menu.group_share / menu.group_share.sum()) * count).astype(np.int64)
    hardness = [
        np.mean([work.talk_seconds for work, queue in zip(menu.works, menu.queue_of, strict=True) if queue in queues])
        for queues in menu.groups
    ]
    by_hardness = np.argsort(hardness)[::-1]
    sizes = np.diff(edges, prepend=0)
    order = np.argsort(slowness + rng.normal(0.0, 1.0, count), kind="stable")
    group = np.empty(count, dtype=np.int64)
    group[order] = np.repeat(by_hardness, sizes[by_hardness])
    return group


def _moves(
    rng: np.random.Generator, team: Ints, teams: int, first_day: Ints, last_day: Ints, days: int
) -> tuple[Move, ...]:
    """Pairs of people of different teams who change places about half-way."""
    if teams < 2 or days < LEAST_DAYS_FOR_MOVES:
        return ()
    there = np.flatnonzero((first_day <= 0) & (last_day > days))
    shuffled = rng.permutation(there)
    pairs = max(1, round(len(there) * MOVING_SHARE / 2))
    moves: list[Move] = []
    for one, other in zip(shuffled[0::2].tolist(), shuffled[1::2].tolist(), strict=False):
        if team[one] != team[other]:
            day = int(rng.integers(days // 3, 2 * days // 3))
            moves += [Move(one, day, int(team[other])), Move(other, day, int(team[one]))]
        if len(moves) >= 2 * pairs:
            break
    return tuple(moves)
