"""Who evaluates which contacts of a day, and how does each evaluation turn out?

Chance chooses the contacts: an agent who worked is evaluated on one day in five, by one of her contacts. Two in three are
done by the evaluator of her team, the others by whoever the lot names; one in ten is scored again, blind, by somebody else.
Where truths are planted, one evaluator is harsher than all others.
"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from floorwalker.sources.simulated.arrays import Bools, Floats, Ints
from floorwalker.sources.simulated.arrivals import UNKNOWN
from floorwalker.sources.simulated.day import Contacts, Evaluations
from floorwalker.sources.simulated.names import evaluator_name
from floorwalker.sources.simulated.parameters import Parameters
from floorwalker.sources.simulated.people import TEAM_SIZE, Roster
from floorwalker.sources.simulated.shifts import HOUR

EVALUATORS, NATURES = 15, 16
AGENTS_EACH, USUAL_EVALUATORS, FEWEST_EVALUATORS, LEAST_EVALUATORS_FOR_HARSH = 20, 5, 2, 4

# The form: code, weight in points of 100, and how often the usual agent meets it before the usual evaluator.
QUESTIONS = ("greeting", "identity", "listening", "right_answer", "explanation", "record", "settled", "closing")
WEIGHTS = np.array([5, 10, 15, 25, 15, 10, 15, 5], dtype=np.float64)
USUALLY_MET = np.array([0.95, 0.985, 0.85, 0.93, 0.85, 0.90, 0.75, 0.95])
FATAL, CUSTOMER, BUSINESS, SETTLED = 1, 3, 5, 6
FORM, FORM_VERSION = "contact", "1"
# Whether it was asked if the matter is settled goes with whether it is, and with nothing else.
SETTLED_POINTS = np.array([-0.25, 0.10])

QUALITY_SD, SEVERITY_SD, HARSH_POINTS = 4.0, 1.0, 9.0
EVALUATED_SHARE, ELSEWHERE_SHARE, AGAIN_SHARE, OTHER_WAY_SHARE = 0.2, 1 / 3, 0.1, 0.15
MISSED_COMPLAINT_SHARE, VULNERABLE_SHARE = 0.012, 0.025
POOR, POOR_DISPUTED_SHARE, DISPUTED_SHARE, OVERTURNED_SHARE = 0.7, 0.12, 0.02, 0.2
ACKNOWLEDGED_SHARE = 0.85


@dataclass(frozen=True)
class Evaluators:
    """Everybody who evaluates, for all sites. severity: points by which each truly scores lower; harsh: who stands out."""

    names: tuple[str, ...]
    severity: Floats
    harsh: int | None


def appoint(parameters: Parameters) -> Evaluators:
    """The floor's evaluators: each has a team of her own at least, where there are more than one."""
    teams = round(parameters.agents / TEAM_SIZE)
    many = max(FEWEST_EVALUATORS, min(teams, max(USUAL_EVALUATORS, parameters.agents // AGENTS_EACH)))
    rng = parameters.rng(EVALUATORS)
    severity = (SEVERITY_SD if parameters.planted else 0.0) * rng.standard_normal(many)
    harsh = int(rng.integers(many)) if parameters.planted and many >= LEAST_EVALUATORS_FOR_HARSH else None
    if harsh is not None:
        severity[harsh] = HARSH_POINTS
    return Evaluators(tuple(evaluator_name(number) for number in range(many)), severity, harsh)


def natures(parameters: Parameters, roster: Roster) -> Floats:
    """By person the points by which evaluations of her truly come out higher than the usual agent's."""
    drawn = parameters.rng(NATURES, roster.number).standard_normal(roster.size)
    return np.asarray((QUALITY_SD if parameters.planted else 0.0) * drawn)


def evaluate(
    rng: np.random.Generator,
    evaluators: Evaluators,
    quality: Floats,
    team: Ints,
    contacts: Contacts,
    settled: Bools,
    until: int,
) -> Evaluations:
    """The evaluations of a day's contacts, as far as they are done before the floor ends. quality, team: by person."""
    chosen, share = _choose(rng, contacts, len(quality))
    first = _first_evaluators(rng, team[contacts.person[chosen]], len(evaluators.names))
    again = rng.random(len(chosen)) < AGAIN_SHARE
    other = (first + 1 + rng.integers(max(1, len(evaluators.names) - 1), size=len(chosen))) % len(evaluators.names)
    contact = np.concatenate([chosen, chosen[again]])
    evaluator = np.concatenate([first, other[again]])
    second = np.concatenate([np.zeros(len(chosen), dtype=np.bool_), np.ones(int(again.sum()), dtype=np.bool_)])
    points = quality[contacts.person[contact]] - evaluators.severity[evaluator]
    heard = rng.random((len(chosen), len(QUESTIONS)))
    # Who scores a contact again hears the same, but for some answers that may be read in two ways.
    anew = rng.random((int(again.sum()), len(QUESTIONS)))
    other_way = rng.random(anew.shape) < OTHER_WAY_SHARE
    met = _answers(np.concatenate([heard, np.where(other_way, anew, heard[again])]), points, settled[contact])
    evaluated = contacts.released[contact] + rng.integers(3 * HOUR, 75 * HOUR, len(contact))
    released = evaluated + rng.integers(2 * HOUR, 50 * HOUR, len(contact))
    read = np.where(rng.random(len(contact)) < ACKNOWLEDGED_SHARE, rng.integers(HOUR, 72 * HOUR, len(contact)), until)
    plain = met @ WEIGHTS / WEIGHTS.sum()
    luck = rng.random((4, len(contact)))
    disputed = ~second & (released < until) & (luck[2] < np.where(plain < POOR, POOR_DISPUTED_SHARE, DISPUTED_SHARE))
    done = evaluated < until
    whole = Evaluations(
        contact=contact,
        evaluator=evaluator,
        second=second,
        share=np.concatenate([share, share[again]]),
        evaluated=evaluated,
        released=np.where(~second & (released < until), released, UNKNOWN),
        acknowledged=np.where(~second & (released + read < until), released + read, UNKNOWN),
        met=met,
        score=np.where(met[:, FATAL], plain, 0.0),
        before_fatal=plain,
        missed_complaint=luck[0] < MISSED_COMPLAINT_SHARE,
        vulnerable=luck[1] < VULNERABLE_SHARE,
        disputed=disputed,
        overturned=disputed & (luck[3] < OVERTURNED_SHARE),
    )
    return whole.of(done)


def _choose(rng: np.random.Generator, contacts: Contacts, people: int) -> tuple[Ints, Floats]:
    """One contact each of some of those who handled any, and with which chance it was chosen."""
    handled = np.flatnonzero(contacts.handled & ~contacts.passed_on)
    handled = rng.permutation(handled)
    person = contacts.person[handled]
    _, first = np.unique(person, return_index=True)
    often = np.bincount(person, minlength=people)
    one = handled[first]
    one = np.sort(one[rng.random(len(one)) < EVALUATED_SHARE])
    return one, EVALUATED_SHARE / often[contacts.person[one]]


def _first_evaluators(rng: np.random.Generator, team: Ints, many: int) -> Ints:
    """The team's own, or whom the lot names."""
    return np.asarray(
        np.where(rng.random(len(team)) < ELSEWHERE_SHARE, rng.integers(many, size=len(team)), team % many)
    )


def _answers(heard: Floats, points: Floats, settled: Bools) -> Bools:
    """Which questions were met. heard: what the contact was like, evenly from 0, the best, to 1; points: above the usual."""
    usual = np.repeat(USUALLY_MET[None, :], len(points), axis=0)
    usual[:, SETTLED] += SETTLED_POINTS[settled.astype(np.int64)]
    moved = np.ones(len(QUESTIONS), dtype=np.bool_)
    moved[FATAL] = False
    usual[:, moved] += points[:, None] / WEIGHTS[moved].sum()
    return np.asarray(heard < np.clip(usual, 0.02, 0.995))
