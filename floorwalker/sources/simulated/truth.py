"""What is true of the floor: how each person works, what was planted, and whose coaching only seemed to help?

The truth file says it in numbers and in words. The people of the seeming coaching are chosen here, from nothing but what
the floor's surveys showed before the day: a few answers each, the furthest below the mean of their queues.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import datetime, time, timedelta

import numpy as np

from floorwalker.sources.simulated.arrays import Floats, Ints
from floorwalker.sources.simulated.day import SiteDay
from floorwalker.sources.simulated.luck import DAY_LUCK_SD, SITE_DAY_LUCK_SD, WEEK_LUCK_SD
from floorwalker.sources.simulated.parameters import Parameters
from floorwalker.sources.simulated.people import (
    LEARNING_DAYS,
    LEARNING_HANDLE,
    LEARNING_RESOLUTION,
    NEVER,
    Roster,
)
from floorwalker.sources.simulated.planted import RECORD_DAYS, Coaching, Person, Plants
from floorwalker.sources.simulated.quality import Evaluators, natures

VERSION = 1
LEAST_ANSWERS = 5


@dataclass(frozen=True)
class Answers:
    """Survey answers: who was judged, in which queue (numbers of one site), when (milliseconds UTC), and how."""

    person: Ints
    queue: Ints
    instant: Ints
    score: Floats


@dataclass
class Record:
    """What the floor's surveys showed as it ran, by site."""

    days: dict[int, list[Answers]] = field(default_factory=dict)

    def note(self, day: SiteDay) -> None:
        """Keep the answers to a day's surveys."""
        given = day.surveys.answered >= 0
        contact = day.surveys.contact[given]
        answers = Answers(
            person=day.contacts.person[contact],
            queue=day.roster.menu.queue_of[day.contacts.work[contact]],
            instant=day.surveys.answered[given],
            score=day.surveys.score[given],
        )
        self.days.setdefault(day.roster.number, []).append(answers)

    def between(self, roster: Roster, since: int, until: int) -> Answers:
        """A site's answers that came in between two instants."""
        days = self.days.get(roster.number, [])
        none = np.zeros(0, dtype=np.int64)
        instant = np.concatenate([none, *(day.instant for day in days)])
        inside = (since <= instant) & (instant < until)
        return Answers(
            person=np.concatenate([none, *(day.person for day in days)])[inside],
            queue=np.concatenate([none, *(day.queue for day in days)])[inside],
            instant=instant[inside],
            score=np.concatenate([np.zeros(0), *(day.score for day in days)])[inside],
        )


@dataclass(frozen=True)
class Chosen:
    """One person chosen for a poor record: answers, and their mean distance from the mean of their queue."""

    person: Person
    answers: int
    distance: float


def choose_by_record(
    parameters: Parameters, rosters: tuple[Roster, ...], plants: Plants, record: Record
) -> tuple[Chosen, ...]:
    """Those whose few answers of the last weeks looked worst, among people of whom nothing else is planted."""
    if plants.seeming_day is None:
        return ()
    until = datetime.combine(parameters.day(plants.seeming_day), time())
    since = until - timedelta(days=RECORD_DAYS)
    found: list[Chosen] = []
    for roster in rosters:
        begin, end = (int(one.replace(tzinfo=roster.site.zone).timestamp() * 1000) for one in (since, until))
        count, distance = _distances(roster, record.between(roster, begin, end))
        found += [
            Chosen((roster.number, person), int(count[person]), round(float(distance[person]), 4))
            for site, person in sorted(plants.open_to_it)
            if site == roster.number and count[person] >= LEAST_ANSWERS
        ]
    return tuple(sorted(found, key=lambda one: (one.distance, one.person))[: plants.seeming_count])


def _distances(roster: Roster, answers: Answers) -> tuple[Ints, Floats]:
    """By person: answers, and how far their mean lies from the means of the queues that they came from."""
    in_queue = np.maximum(np.bincount(answers.queue, minlength=len(roster.menu.queues)), 1)
    queue_mean = np.bincount(answers.queue, weights=answers.score, minlength=len(roster.menu.queues)) / in_queue
    count = np.bincount(answers.person, minlength=roster.size)
    total = np.bincount(answers.person, weights=answers.score - queue_mean[answers.queue], minlength=roster.size)
    return count, total / np.maximum(count, 1)


def truth_of(
    parameters: Parameters, rosters: tuple[Roster, ...], plants: Plants, evaluators: Evaluators, record: Record
) -> dict[str, object]:
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
        "agents": [
            _agent(parameters, roster, person, quality)
            for roster in rosters
            for person, quality in enumerate(natures(parameters, roster).tolist())
        ],
        "teams": [_team(roster, number, plants) for roster in rosters for number in range(len(roster.teams))],
        "evaluators": [
            {"evaluator": name, "severity_points": round(float(points), 3)}
            for name, points in zip(evaluators.names, evaluators.severity, strict=True)
        ],
        "reasons": _reasons(rosters, plants),
        "learning": _learning(parameters),
        "luck": {
            "words": "Standard deviations on the log of handling times that pass with the day or the week: nobody's nature.",
            "person_day": DAY_LUCK_SD,
            "person_week": WEEK_LUCK_SD,
            "site_day": SITE_DAY_LUCK_SD,
        },
        "moves": [_move(parameters, roster, number) for roster in rosters for number in range(len(roster.moves))],
        "planted": [
            *_coachings(parameters, rosters, plants),
            *_seeming(parameters, rosters, plants, chosen),
            *_changes(parameters, rosters, plants),
            *_gaming(parameters, rosters, plants),
            *_harsh(evaluators),
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


def _agent(parameters: Parameters, roster: Roster, person: int, quality: float) -> dict[str, object]:
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
            "quality_points": round(quality, 3),
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
            "words": f"These agents were coached on {parameters.day(coaching.day)}, chosen by lot, and {_gain(coaching)}.",
            "measure": coaching.measure,
            "on": parameters.day(coaching.day).isoformat(),
            "agents": [_name(rosters, person) for person in coaching.people],
            "log_handle_time": coaching.handle,
            "resolution_points": 100 * coaching.resolution,
        }
        for coaching in plants.coachings
    ]


def _gain(coaching: Coaching) -> str:
    if coaching.handle:
        return f"from then on their talk, hold and wrap-up truly take {1 - np.exp(coaching.handle):.0%} less time"
    return f"from then on they truly settle {100 * coaching.resolution:g} in a hundred contacts more for good"


def _seeming(
    parameters: Parameters, rosters: tuple[Roster, ...], plants: Plants, chosen: tuple[Chosen, ...]
) -> list[dict[str, object]]:
    if plants.seeming_day is None or not chosen:
        return []
    on = parameters.day(plants.seeming_day)
    return [
        {
            "kind": "coaching_that_only_seems_to_work",
            "words": f"These agents were coached on {on} because their survey answers of the {RECORD_DAYS} days before lay "
            "furthest below the mean of their queues. The coaching changed nothing: what improves afterwards is regression "
            "to the mean.",
            "measure": "csat_mean",
            "on": on.isoformat(),
            "agents": [_name(rosters, one.person) for one in chosen],
            "effect": 0.0,
            "record": [
                {"agent": _name(rosters, one.person), "answers": one.answers, "distance_from_queue_mean": one.distance}
                for one in chosen
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


def _gaming(parameters: Parameters, rosters: tuple[Roster, ...], plants: Plants) -> list[dict[str, object]]:
    if (gaming := plants.gaming) is None:
        return []
    on, agent = parameters.day(gaming.day), _name(rosters, gaming.person)
    return [
        {
            "kind": "handle_time_gamed",
            "words": f"From {on} {agent} hurries contacts away: they take {1 - np.exp(gaming.handle):.0%} less time, and "
            f"{-100 * gaming.resolution:g} in a hundred fewer are settled for good.",
            "measure": "average_handle_time",
            "on": on.isoformat(),
            "agents": [agent],
            "log_handle_time": gaming.handle,
            "resolution_points": 100 * gaming.resolution,
        }
    ]


def _harsh(evaluators: Evaluators) -> list[dict[str, object]]:
    if evaluators.harsh is None:
        return []
    name, points = evaluators.names[evaluators.harsh], float(evaluators.severity[evaluators.harsh])
    return [
        {
            "kind": "harsh_evaluator",
            "words": f"{name} scores {points:g} points of a hundred lower than colleagues do, whoever is evaluated.",
            "evaluator": name,
            "severity_points": points,
        }
    ]
