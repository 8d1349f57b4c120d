"""What do people of the demo want to reach, how does it stand, and what does a year come to?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from floorwalker.apps.coaching.agreeing import agree, propose
from floorwalker.apps.coaching.appraising import SHORTEST, make_pack, sign_pack, write_in_pack
from floorwalker.apps.coaching.checking import check_in, look_at_open
from floorwalker.apps.coaching.developing import Thing, add_thing, agree_to_plan, finish_thing, make_plan, say_in_plan
from floorwalker.apps.coaching.models import ActionKind, ItemKind, Objective
from floorwalker.apps.coaching.reaching import Expects, Wanted, read_proposal
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.models import Aim
from floorwalker.jobs.demo_cast import A_DAY, A_WEEK, Cast, team_of_leader

# In this order it is looked for what somebody can aim at: what luck decides, or everybody misses, is refused.
AIMED_AT = ("average_handle_time", "first_contact_resolution", "transfer_rate", "csat_mean")
WEEKS = 12


@dataclass(frozen=True)
class Tried:
    """Who wants to reach something, with whom it is agreed, from when on, by when, by which action."""

    user: User
    leader: User
    at: datetime
    weeks: int
    action: str
    kind: ActionKind = ActionKind.COACHING
    measures: tuple[str, ...] = AIMED_AT


def aim_high(cast: Cast) -> None:
    """One that was reached, one on its way, and what the days since have made of others; with one person's plan and review."""
    _reached(cast)
    agent, leader = cast.agents[0], cast.leaders[0]
    action = "Write the first line of the note while the customer tells"
    own = _agreed(cast, Tried(agent, leader, cast.ago(35), WEEKS, action))
    for other in cast.mates(team_of_leader(leader))[:1]:
        talks = "A talk every other week, with two calls of her own"
        _agreed(cast, Tried(other, leader, cast.ago(26), WEEKS, talks))
    _troubled(cast)
    if own is not None:
        said = "It works in quiet hours. On Mondays I still write afterwards."
        check_in(own, said, cast.facts, by=agent, at=cast.ago(14))
    look_at_open(cast.facts, cast.at)
    _plan(cast, agent, leader, own)
    _look_back(cast, agent, leader)


def _agreed(cast: Cast, tried: Tried) -> Objective | None:
    """Proposed by the leader, agreed by whom it is for a day later; None where the figures leave nothing to aim at."""
    agent, on = _agent(tried.user), tried.at.date()
    for measure in tried.measures if cast.is_known(tried.at) else ():
        due = on + tried.weeks * A_WEEK
        wanted = Wanted(measure, due, tried.action, tried.kind, Expects.HALF, Aim.objects.first())
        read = read_proposal(cast.facts, agent, wanted, on)
        if read.proposal is not None:
            made = propose(agent, wanted, read, by=tried.leader, at=tried.at)
            return agree(made, by=tried.user, at=tried.at + A_DAY)
    return None


def _reached(cast: Cast) -> None:
    """Of the first of those whose training truly helped and who could aim at something then."""
    planted = cast.of("coaching_that_works", "average_handle_time")
    if planted is None:
        return
    action = "The training on notes, and two talks afterwards"
    for agent in planted.agents:
        user, measures = cast.user_of(agent), ("average_handle_time",)
        if _agreed(cast, Tried(user, cast.manager, planted.at(), WEEKS, action, ActionKind.TRAINING, measures)):
            return


def _troubled(cast: Cast) -> None:
    """Somebody whose figure has turned for the worse since: she hurries, and what she settles suffers."""
    planted = cast.of("handle_time_gamed")
    if planted is None:
        return
    user = cast.user_of(planted.agents[0])
    measures = ("first_contact_resolution", "csat_mean")
    action = "Ask whether that was all, before the end of each call"
    weeks = ((cast.at.date() - planted.on).days + 6) // 7 + 5
    _agreed(cast, Tried(user, cast.manager, planted.at(days=-1), weeks, action, measures=measures))


def _plan(cast: Cast, user: User, leader: User, objective: Objective | None) -> None:
    """One person's plan: in her words first, with the leader's beside them, and agreed by both."""
    agent, at = _agent(user), cast.ago(34)
    last = (cast.at + 22 * A_WEEK).date()
    words = "I want to be able to take the mail desk, and to show others what I have learned about notes."
    plan = make_plan(agent, at.date(), last, Aim.objects.all()[:1], words=words, by=user, at=at)
    say_in_plan(plan, "You have the calm for it. Notes first, the mail after that.", by=leader, at=at + A_DAY)
    things = [
        Thing(ItemKind.LEARNING, (cast.at - A_DAY).date(), "The list of bookings that we may change ourselves"),
        Thing(ItemKind.SHADOWING, (cast.at + 4 * A_WEEK).date(), "A morning at the mail desk"),
        Thing(ItemKind.REVIEW, (cast.at + 10 * A_WEEK).date(), "Half-time: what goes well, what is to change"),
    ]
    if objective is not None:
        things.append(Thing(ItemKind.OBJECTIVE, objective.due_on, objective=objective))
    items = [add_thing(plan, thing, by=user, at=at + A_DAY) for thing in things]
    for both in (user, leader):
        agree_to_plan(plan, by=both, at=at + 2 * A_DAY)
    learned = "Half of what I passed on I could have settled myself."
    finish_thing(items[0], learned, by=user, at=cast.ago(7))


def _look_back(cast: Cast, user: User, leader: User) -> None:
    """The evidence of the days so far, with her words first; the leader has still to sign."""
    agent, at = _agent(user), cast.ago(2)
    first = max(cast.first_day, (at - timedelta(days=364)).date())
    if at.date() - first < SHORTEST:
        return
    pack = make_pack(agent, first, at.date(), cast.facts, by=leader, at=at)
    hers = "A good half-year. I hear customers out now, and my notes are short. Mondays are still hard."
    write_in_pack(pack, hers, by=user, at=at + timedelta(hours=3))
    his = "You have become the one whom others ask. Let us make the Mondays lighter together."
    write_in_pack(pack, his, by=leader, at=at + timedelta(hours=20))
    sign_pack(pack, by=user, at=cast.ago(1))


def _agent(user: User) -> Agent:
    assert user.agent is not None, "an agent's log-in"
    return user.agent
