"""Which contacts were settled, who calls again and when, and who says what about it in a survey?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np

from floorwalker.sources.simulated.arrays import Bools, Floats, Ints
from floorwalker.sources.simulated.arrivals import UNKNOWN, Coming
from floorwalker.sources.simulated.day import Contacts, Surveys
from floorwalker.sources.simulated.demand import RETURN_SHARE
from floorwalker.sources.simulated.people import Roster
from floorwalker.sources.simulated.planted import Bearing
from floorwalker.sources.simulated.shifts import HOUR, MINUTE

RETURN_AFTER_ABANDONING_SHARE = 0.45
SOONNESS, LATEST_RETURN_DAYS = 0.45, 6
FLAG_WHEN_SETTLED, FLAG_WHEN_NOT = 0.98, 0.35

INVITED_SHARE, TEXT_MESSAGE_SHARE = 0.35, 0.6
SATISFACTION, SATISFACTION_SPREAD = 4.15, 0.95
UNSETTLED_POINTS, CUT_POINTS, WAIT_POINTS = -0.9, -0.8, -0.12
# Happy people answer more often than unhappy ones, text messages more often than e-mails.
ANSWER_BY_SCORE = np.array([0.0, 0.15, 0.14, 0.16, 0.21, 0.25])
MAIL_ANSWER_FACTOR = 0.55
SURVEY_OPEN_DAYS = 7


@dataclass(frozen=True)
class Returns:
    """Customers who come again on the same matter: in how many days, who, for what."""

    days: Ints
    customer: Ints
    work: Ints


def settle(
    rng: np.random.Generator, roster: Roster, bearing: Bearing, work: Ints, person: Ints, cut: Bools, passed_on: Bools
) -> Bools:
    """Which contacts were settled for good, by the nature of the work and of the person who handled them."""
    share = np.clip(roster.menu.column("resolved_share")[work] + bearing.resolution[person], 0.02, 0.98)
    return np.asarray((rng.random(len(work)) < share) & (person >= 0) & ~cut & ~passed_on)


def flag(rng: np.random.Generator, settled: Bools, passed_on: Bools) -> Bools:
    """The agent's own mark, kinder than the truth."""
    share = np.where(settled, FLAG_WHEN_SETTLED, np.where(passed_on, 0.0, FLAG_WHEN_NOT))
    return np.asarray(rng.random(len(settled)) < share)


def returns(rng: np.random.Generator, coming: Coming, settled: Bools, gone: Bools, left: Bools) -> Returns:
    """Who comes back. gone: visits that are over today; left: those among them that gave up waiting.

    A call that was passed on is settled where it ended, and returns as what it first was.
    """
    count = len(coming.work)
    child = np.full(count, UNKNOWN)
    made = np.flatnonzero(coming.parent >= 0)
    real = made[gone[made]]
    child[coming.parent[real]] = real
    last = np.where(child >= 0, child, np.arange(count))
    draws, lag = rng.random(count), np.minimum(rng.geometric(SOONNESS, count), LATEST_RETURN_DAYS)
    share = np.where(left[last], RETURN_AFTER_ABANDONING_SHARE, np.where(settled[last], 0.0, RETURN_SHARE))
    again = (coming.parent < 0) & gone & (coming.customer != UNKNOWN) & (draws < share)
    return Returns(lag[again], coming.customer[again], coming.work[again])


def ask(
    rng: np.random.Generator, roster: Roster, bearing: Bearing, contacts: Contacts, settled: Bools, until: int
) -> Surveys:
    """Invite some of those who were handled; some of them answer, the happier the likelier. until: the end of the floor."""
    count = len(contacts.number)
    fit = contacts.handled & ~contacts.passed_on & (contacts.customer != UNKNOWN)
    chosen = np.flatnonzero(fit & (rng.random(count) < INVITED_SHARE))
    invited = contacts.released[chosen] + rng.integers(5 * MINUTE, 40 * MINUTE, len(chosen))
    score = _scores(rng, roster, bearing, contacts, settled, chosen)
    by_text = rng.random(len(chosen)) < TEXT_MESSAGE_SHARE
    willing = ANSWER_BY_SCORE[score] * np.where(by_text, 1.0, MAIL_ANSWER_FACTOR)
    delay = (np.exp(rng.normal(0.7, 1.3, len(chosen))) * HOUR).astype(np.int64)
    answered = invited + delay
    answers = (rng.random(len(chosen)) < willing) & (delay < SURVEY_OPEN_DAYS * 24 * HOUR) & (answered < until)
    return Surveys(
        contact=chosen,
        invited=invited,
        answered=np.where(answers, answered, UNKNOWN),
        score=np.where(answers, score, np.nan),
        by_text_message=by_text,
    )


def _scores(
    rng: np.random.Generator, roster: Roster, bearing: Bearing, contacts: Contacts, settled: Bools, chosen: Ints
) -> Ints:
    """What each of them would say on a scale of 1 to 5."""
    work, person = contacts.work[chosen], contacts.person[chosen]
    minutes = np.minimum(contacts.answered[chosen] - contacts.entered[chosen], HOUR) / MINUTE
    feeling: Floats = SATISFACTION + roster.menu.column("satisfaction")[work] + bearing.satisfaction[person]
    feeling = (
        feeling + WAIT_POINTS * minutes**0.5 + UNSETTLED_POINTS * ~settled[chosen] + CUT_POINTS * contacts.cut[chosen]
    )
    feeling = feeling + rng.normal(0.0, SATISFACTION_SPREAD, len(chosen))
    return np.clip(np.rint(feeling), 1, 5).astype(np.int64)
