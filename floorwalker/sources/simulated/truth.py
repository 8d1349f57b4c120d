"""What is true of the floor: how each person works, what was planted, and whose coaching only seemed to help?

The truth file says it in numbers and in words. The people of the seeming coaching are chosen here, from nothing but what
the floor's surveys showed before the day: the lowest means of a few answers each.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import numpy as np

from floorwalker.sources.simulated.arrays import Floats, Ints
from floorwalker.sources.simulated.day import SiteDay
from floorwalker.sources.simulated.parameters import Parameters
from floorwalker.sources.simulated.people import (
    LEARNING_DAYS,
    LEARNING_HANDLE,
    LEARNING_RESOLUTION,
    NEVER,
    Roster,
)
from floorwalker.sources.simulated.planted import RECORD_DAYS, Person, Plants

VERSION = 1
LEAST_ANSWERS = 5


@dataclass
class Record:
    """Survey answers as they came in, by site: person, instant (milliseconds UTC), score."""

    answers: dict[int, list[tuple[Ints, Ints, Floats]]] = field(default_factory=dict)

    def note(self, day: SiteDay) -> None:
        """Keep the answers to a day's surveys."""
        given = day.surveys.answered >= 0
        people = day.contacts.person[day.surveys.contact[given]]
        kept = (people, day.surveys.answered[given], day.surveys.score[given])
        self.answers.setdefault(day.roster.number, []).append(kept)

    def means(self, roster: Roster, since: int, until: int) -> tuple[Ints, Floats]:
        """By person: how many answers between two instants, and their mean (nan without any)."""
        days = self.answers.get(roster.number, [])
        people = np.concatenate([np.zeros(0, dtype=np.int64), *(day[0] for day in days)])
        instant = np.concatenate([np.zeros(0, dtype=np.int64), *(day[1] for day in days)])
        score = np.concatenate([np.zeros(0), *(day[2] for day in days)])
        inside = (since <= instant) & (instant < until)
        count = np.bincount(people[inside], minlength=roster.size)
        total = np.bincount(people[inside], weights=score[inside], minlength=roster.size)
        return count, np.where(count > 0, total / np.maximum(count, 1), np.nan)


@dataclass(frozen=True)
class Chosen:
    """One person chosen for a poor record, and the record."""

    person: Person
    answers: int
    mean: float


def choose_by_record(
    parameters: Parameters, rosters: tuple[Roster, ...], plants: Plants, record: Record
) -> tuple[Chosen, ...]:
    """Those whose few answers of the last four weeks looked worst, among people of whom nothing else is planted."""
    if plants.seeming_day is None:
        return ()
    until = datetime.combine(parameters.day(plants.seeming_day), time())
    found: list[Chosen] = []
    for roster in rosters:
        end = until.replace(tzinfo=roster.site.zone)
        begin = (until - timedelta(days=RECORD_DAYS)).replace(tzinfo=roster.site.zone)
        count, mean = record.means(roster, int(begin.timestamp() * 1000), int(end.timestamp() * 1000))
        found += [
            Chosen((roster.number, person), int(count[person]), round(float(mean[person]), 4))
            for site, person in sorted(plants.open_to_it)
            if site == roster.number and count[person] >= LEAST_ANSWERS
        ]
    return tuple(sorted(found, key=lambda one: (one.mean, one.person))[: plants.seeming_count])


def truth_of(parameters: Parameters, rosters: tuple[Roster, ...], plants: Plants, record: Record) -> dict[str, object]:
    """The whole truth as plain values."""
    chosen = choose_by_record(parameters, rosters, plants, record)
    return {
        "version": VERSION,
        "parameters": parameters.as_json(),
        "in_words": _in_words(parameters),
        "sites": [
            {"site": roster.site.code, "timezone": roster.site.timezone, "country": roster.site.country}
            for roster in rosters
        ],
        "agents": [_agent(parameters, roster, person) for roster in rosters for person in range(roster.size)],
        "teams": [_team(roster, number, plants) for roster in rosters for number in range(len(roster.teams))],
        "reasons": _reasons(rosters, plants),
        "learning": _learning(parameters),
        "moves": [_move(parameters, roster, number) for roster in rosters for number in range(len(roster.moves))],
        "planted": [
            *_coachings(parameters, rosters, plants),
            *_seeming(parameters, rosters, plants, chosen),
            *_changes(parameters, rosters, plants),
        ],
    }


def _in_words(parameters: Parameters) -> str:
    if parameters.planted:
        return (
            "People differ by the effects listed with each of them, starters learn, and what is planted is listed under "
            "planted. Nothing else distinguishes people, teams or sites; days and weeks have passing luck."
        )
    return (
        "Everybody works alike, always: no person, team or site differs from another in anything but luck, and nothing "
        "is planted. People still join, leave and change teams."
    )


def _agent(parameters: Parameters, roster: Roster, person: int) -> dict[str, object]:
    first, last = int(roster.first_day[person]), int(roster.last_day[person])
    return {
        "agent": roster.names[person],
        "site": roster.site.code,
        "team": roster.teams[roster.team[person]],
        "queues": [roster.menu.queues[queue].name for queue in roster.menu.groups[roster.group[person]]],
        "part_time": bool(roster.part_time[person]),
        "first_day": parameters.day(first).isoformat(),
        "starts_during": first > 0,
        "last_day": parameters.day(last).isoformat() if last < NEVER else None,
        "effects": {
            "log_handle_time": round(float(roster.handle[person]), 5),
            "resolution_points": round(100 * float(roster.resolution[person]), 3),
            "satisfaction": round(float(roster.satisfaction[person]), 5),
        },
    }


def _team(roster: Roster, number: int, plants: Plants) -> dict[str, object]:
    problem = plants.team_problem
    mine = problem is not None and (problem.site, problem.team) == (roster.number, number)
    return {
        "team": roster.teams[number],
        "site": roster.site.code,
        "wrap_up_factor": problem.wrap_up_factor if mine and problem is not None else 1.0,
    }


def _reasons(rosters: tuple[Roster, ...], plants: Plants) -> list[dict[str, object]]:
    change = plants.reason_change
    works = {(work.queue, work.reason): work for roster in rosters for work in roster.menu.works}
    return [
        {
            "queue": work.queue,
            "reason": work.reason,
            "median_talk_seconds": work.talk_seconds,
            "median_wrap_up_seconds": work.wrap_up_seconds,
            "log_spread": work.spread,
            "resolved_share": work.resolved_share,
            "talk_factor": change.factor if change is not None and change.reason == work.reason else 1.0,
        }
        for _, work in sorted(works.items())
    ]


def _learning(parameters: Parameters) -> dict[str, object] | None:
    if not parameters.planted:
        return None
    return {
        "words": "A starter's times and resolution begin off by these and fade with e to the minus days by fading_days.",
        "log_handle_time": LEARNING_HANDLE,
        "resolution_points": 100 * LEARNING_RESOLUTION,
        "fading_days": LEARNING_DAYS,
    }


def _move(parameters: Parameters, roster: Roster, number: int) -> dict[str, object]:
    move = roster.moves[number]
    return {
        "agent": roster.names[move.person],
        "on": parameters.day(move.day).isoformat(),
        "from_team": roster.teams[roster.team[move.person]],
        "to_team": roster.teams[move.to_team],
    }


def _name(rosters: tuple[Roster, ...], person: Person) -> str:
    return rosters[person[0]].names[person[1]]


def _coachings(parameters: Parameters, rosters: tuple[Roster, ...], plants: Plants) -> list[dict[str, object]]:
    return [
        {
            "kind": "coaching_that_works",
            "words": f"These agents were coached on {parameters.day(coaching.day)}, chosen by lot, and {_gain(coaching.handle)}.",
            "measure": coaching.measure,
            "on": parameters.day(coaching.day).isoformat(),
            "agents": [_name(rosters, person) for person in coaching.people],
            "log_handle_time": coaching.handle,
            "resolution_points": 100 * coaching.resolution,
        }
        for coaching in plants.coachings
    ]


def _gain(handle: float) -> str:
    if handle:
        return f"from then on their talk, hold and wrap-up truly take {1 - np.exp(handle):.0%} less time"
    return "from then on they truly settle more contacts for good"


def _seeming(
    parameters: Parameters, rosters: tuple[Roster, ...], plants: Plants, chosen: tuple[Chosen, ...]
) -> list[dict[str, object]]:
    if plants.seeming_day is None or not chosen:
        return []
    on = parameters.day(plants.seeming_day)
    return [
        {
            "kind": "coaching_that_only_seems_to_work",
            "words": f"These agents were coached on {on} because their survey answers of the four weeks before looked worst. "
            "The coaching changed nothing: what improves afterwards is regression to the mean.",
            "measure": "csat_mean",
            "on": on.isoformat(),
            "agents": [_name(rosters, one.person) for one in chosen],
            "effect": 0.0,
            "record": [
                {"agent": _name(rosters, one.person), "answers": one.answers, "mean": one.mean} for one in chosen
            ],
        }
    ]


def _changes(parameters: Parameters, rosters: tuple[Roster, ...], plants: Plants) -> list[dict[str, object]]:
    rows: list[dict[str, object]] = []
    if (change := plants.reason_change) is not None:
        on = parameters.day(change.day)
        words = f"From {on} a changed process makes talk about {change.reason!r} take {change.factor - 1:.0%} longer, with everybody."
        rows.append(
            {
                "kind": "process_change",
                "words": words,
                "on": on.isoformat(),
                "reason": change.reason,
                "talk_factor": change.factor,
            }
        )
    if (problem := plants.team_problem) is not None:
        on, team = parameters.day(problem.day), rosters[problem.site].teams[problem.team]
        words = f"From {on} wrap-up in team {team} takes {problem.wrap_up_factor - 1:.0%} longer, whoever is in it."
        rows.append(
            {
                "kind": "team_problem",
                "words": words,
                "on": on.isoformat(),
                "team": team,
                "wrap_up_factor": problem.wrap_up_factor,
            }
        )
    if (early := plants.early_hang_up) is not None:
        agent = _name(rosters, early.person)
        words = (
            f"{agent} ends {early.share:.0%} of contacts after less than a minute, unsettled; the customers come again."
        )
        rows.append({"kind": "early_hang_up", "words": words, "agent": agent, "share": early.share})
    return rows
