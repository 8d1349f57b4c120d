"""Which truths are planted in the floor, from which day, for whom and how large?

Five of them: coaching that works; coaching that only seems to (its people are chosen later, from what was observed); a
process change that lengthens one reason for everybody; a team whose wrap-up grows; a person who hangs up early. On a floor
that is to be reviewed there is a sixth: a person who hurries contacts away once handle time was asked for.
"""

from __future__ import annotations

from dataclasses import dataclass, field

import numpy as np

from floorwalker.sources.simulated.arrays import Floats, Ints
from floorwalker.sources.simulated.parameters import Parameters
from floorwalker.sources.simulated.people import LEARNING_HANDLE, LEARNING_RESOLUTION, Roster

PLANTING = 5

COACHED_HANDLE, COACHED_RESOLUTION = -0.15, 0.08
PROCESS_REASON, PROCESS_FACTOR = "refund", 1.18
TEAM_WRAP_UP_FACTOR = 1.6
CUT_SHARE = 0.25
LEAST_DAYS_FOR_COACHING, LEAST_DAYS_FOR_CHANGES, LEAST_AGENTS_FOR_CUTS = 28, 14, 6
RECORD_DAYS = 14
# On a floor to be reviewed so many days follow the coaching: the last review is after twelve weeks.
REVIEW_DAYS = 91
GAMED_HANDLE, GAMED_RESOLUTION = -0.45, -0.25

Person = tuple[int, int]  # number of the site, number of the person there


@dataclass(frozen=True)
class Coaching:
    """People coached from one day on, and what it truly changed: the log of their times, their resolved share."""

    measure: str
    people: tuple[Person, ...]
    day: int
    handle: float = 0.0
    resolution: float = 0.0


@dataclass(frozen=True)
class ReasonChange:
    """From that day on, talk on this reason takes so many times as long, with everybody."""

    reason: str
    day: int
    factor: float


@dataclass(frozen=True)
class TeamProblem:
    """From that day on, wrap-up takes so many times as long, with whoever is in the team."""

    site: int
    team: int
    day: int
    wrap_up_factor: float


@dataclass(frozen=True)
class EarlyHangUp:
    """One person ends this share of calls early, from the first day."""

    person: Person
    share: float


@dataclass(frozen=True)
class Gaming:
    """From that day on one person hurries contacts away: times fall, and so do those settled for good."""

    person: Person
    day: int
    handle: float = GAMED_HANDLE
    resolution: float = GAMED_RESOLUTION


@dataclass(frozen=True)
class Plants:
    """Everything that is planted; a part that the floor is too small or too short for is None or empty.

    seeming_day, seeming_count: when and how many people are coached to no effect, because their record looked bad;
    open_to_it: among whom they are chosen.
    """

    coachings: tuple[Coaching, ...] = ()
    reason_change: ReasonChange | None = None
    team_problem: TeamProblem | None = None
    early_hang_up: EarlyHangUp | None = None
    gaming: Gaming | None = None
    seeming_day: int | None = None
    seeming_count: int = 0
    open_to_it: frozenset[Person] = field(default_factory=frozenset)


@dataclass(frozen=True)
class Bearing:
    """How the people of one site truly work on one day, by number: factors on times, shifts of shares."""

    pace: Floats
    wrap_up_pace: Floats
    resolution: Floats
    satisfaction: Floats
    cut_share: Floats
    team: Ints


def plant(parameters: Parameters, rosters: tuple[Roster, ...]) -> Plants:
    """Choose people, team and days; nothing at all on a floor without truths."""
    if not parameters.planted:
        return Plants()
    rng = parameters.rng(PLANTING)
    days = parameters.days
    team_problem = _team_problem(rng, rosters, days)
    settled = _settled(rosters, days, team_problem)
    drawn = [settled[number] for number in rng.permutation(len(settled))]
    early = EarlyHangUp(drawn.pop(), CUT_SHARE) if drawn and parameters.agents >= LEAST_AGENTS_FOR_CUTS else None
    coachings: tuple[Coaching, ...] = ()
    day = days - REVIEW_DAYS if parameters.reviewed and days > REVIEW_DAYS else days // 2
    many = int(np.clip(round(parameters.agents / 15), 2, 24))
    if days >= LEAST_DAYS_FOR_COACHING and len(drawn) >= 4:
        many = min(many, len(drawn) // 4)
        coachings = _coachings(drawn, many, day)
        drawn = drawn[2 * many :]
    gaming = Gaming(drawn.pop(), day) if parameters.reviewed and coachings and drawn else None
    change = ReasonChange(PROCESS_REASON, 2 * days // 3, PROCESS_FACTOR) if days >= LEAST_DAYS_FOR_CHANGES else None
    return Plants(
        coachings=coachings,
        reason_change=change if _does(rosters, PROCESS_REASON) else None,
        team_problem=team_problem,
        early_hang_up=early,
        gaming=gaming,
        seeming_day=day if coachings else None,
        seeming_count=many if coachings else 0,
        open_to_it=frozenset(drawn) if coachings else frozenset(),
    )


def _does(rosters: tuple[Roster, ...], reason: str) -> bool:
    return any(reason in roster.menu.reasons for roster in rosters)


def _coachings(drawn: list[Person], many: int, day: int) -> tuple[Coaching, ...]:
    return (
        Coaching("average_handle_time", tuple(sorted(drawn[:many])), day, handle=COACHED_HANDLE),
        Coaching("first_contact_resolution", tuple(sorted(drawn[many : 2 * many])), day, resolution=COACHED_RESOLUTION),
    )


def _team_problem(rng: np.random.Generator, rosters: tuple[Roster, ...], days: int) -> TeamProblem | None:
    """One team of a site that has others to compare it with."""
    sites = [roster for roster in rosters if len(roster.teams) > 1]
    if not sites or days < LEAST_DAYS_FOR_CHANGES:
        return None
    roster = sites[int(rng.integers(len(sites)))]
    return TeamProblem(roster.number, int(rng.integers(len(roster.teams))), 3 * days // 5, TEAM_WRAP_UP_FACTOR)


def _settled(rosters: tuple[Roster, ...], days: int, problem: TeamProblem | None) -> list[Person]:
    """Experienced people who stay throughout, change no team and are not in the team with the problem."""
    settled: list[Person] = []
    for roster in rosters:
        moving = {move.person for move in roster.moves}
        for person in range(roster.size):
            stays = roster.first_day[person] <= -200 and roster.last_day[person] > days
            troubled = problem is not None and (problem.site, problem.team) == (roster.number, int(roster.team[person]))
            if stays and not troubled and person not in moving:
                settled.append((roster.number, person))
    return settled


def bearing_on(plants: Plants, roster: Roster, day: int) -> Bearing:
    """How everybody of the site truly works on that day: own nature, tenure, coaching and the team's trouble."""
    new = roster.inexperience(day)
    handle = roster.handle + LEARNING_HANDLE * new
    resolution = roster.resolution + LEARNING_RESOLUTION * new
    for coaching in plants.coachings:
        mine = [person for site, person in coaching.people if site == roster.number]
        if coaching.day <= day and mine:
            handle[mine] += coaching.handle
            resolution[mine] += coaching.resolution
    gaming = plants.gaming
    if gaming is not None and gaming.person[0] == roster.number and gaming.day <= day:
        handle[gaming.person[1]] += gaming.handle
        resolution[gaming.person[1]] += gaming.resolution
    team = roster.team_on(day)
    pace = np.exp(handle)
    wrap_up = pace.copy()
    problem = plants.team_problem
    if problem is not None and problem.site == roster.number and problem.day <= day:
        wrap_up[team == problem.team] *= problem.wrap_up_factor
    return Bearing(pace, wrap_up, resolution, roster.satisfaction, _cut_shares(plants, roster), team)


def _cut_shares(plants: Plants, roster: Roster) -> Floats:
    shares = np.zeros(roster.size)
    early = plants.early_hang_up
    if early is not None and early.person[0] == roster.number:
        shares[early.person[1]] = early.share
    return shares
