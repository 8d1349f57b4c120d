"""How do the demo's teams talk with each other? Huddles with what came of them, notes, thanks, a pulse, and what works."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import timedelta

import numpy as np

from floorwalker.apps.huddles.agreeing import agree_action, answer, ask, finish_action
from floorwalker.apps.huddles.handing_over import hand_over, read_note
from floorwalker.apps.huddles.holding import add_item, begin_meeting, end_meeting, note_attendance, plan_meeting
from floorwalker.apps.huddles.models import ActionPoint, ItemKind, Meeting, MeetingKind, PracticeKind
from floorwalker.apps.huddles.practising import (
    Proposed,
    check_practice,
    propose_practice,
    take_up,
    tell_whether_it_helped,
)
from floorwalker.apps.huddles.pulsing import USUAL, answer_pulse, open_pulse
from floorwalker.apps.huddles.thanking import Receiver, pass_on, share_thanks, thank, waiting_praise
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.jobs.demo_cast import A_DAY, Cast, take_turns, team_of_leader

TEN_MINUTES, AN_HOUR = timedelta(minutes=10), timedelta(hours=1)
SEED = 31
# How often each answer from 1 to 5 is given in a pulse.
CLIMATE = (0.05, 0.1, 0.25, 0.35, 0.25)


@dataclass(frozen=True)
class Held:
    """One huddle: so many days ago, what was added to the brief, asked and answered, and what somebody took on."""

    days_ago: int
    item: str
    asked: str
    answered: str
    action: str
    due_days: int
    outcome: str = ""


HUDDLES = (
    Held(
        22,
        "The late boat leaves at 21:40 from Monday on.",
        "Who tells the customers who have booked already?",
        "They have a mail since yesterday; the text lies in the folder.",
        "Put the new timetable beside every screen",
        3,
        "Done: it hangs beside every second one.",
    ),
    Held(
        15,
        "Two of us are away next week. Say so if it gets too much.",
        "May we leave the chat for an hour when the queue is long?",
        "Yes, and tell me, so that somebody else looks at it.",
        "Ask for a second headset for the chat desk",
        6,
        "It came on Thursday.",
    ),
    Held(
        8,
        "Say the reason before you pass somebody on: the list has changed.",
        "Where does the list lie now?",
        "",
        "Write down which refunds could not be explained this week",
        5,
    ),
)
NOTES = (
    "Line two crackles: use line three until Friday. The technician knows.",
    "The harbour office is closed tomorrow morning. Callers who need it: call back after two.",
)
THANKS = (
    "You took my late call, so that I could fetch my daughter.",
    "You showed me the list twice, and did not sigh.",
    "Thank you for the calm way in which you took the man with the two dogs.",
)


def talk_in_teams(cast: Cast) -> None:
    """What a few weeks of talking with each other leave behind, in both teams."""
    for number, leader in enumerate(cast.leaders):
        team, agent = team_of_leader(leader), cast.agents[number]
        mates = cast.mates(team)
        if len(mates) < 2:
            continue
        _thank(cast, team, leader, agent, mates)
        _meet(cast, team, leader, mates, HUDDLES if number == 0 else HUDDLES[1:])
        _hand_over(cast, team, leader, agent, mates)
        _ask_for_climate(cast, team, leader, [agent, *mates])
    _share_what_works(cast)


def _meet(cast: Cast, team: Team, leader: User, mates: Sequence[User], huddles: Sequence[Held]) -> None:
    """Each with its brief, who was there, and an action that the next one asks about; and the one of tomorrow, planned."""
    for held in huddles:
        at = cast.ago(held.days_ago)
        meeting = _planned(team, leader, cast, held.days_ago)
        add_item(meeting, ItemKind.OTHER, held.item, by=leader, at=at)
        asked = ask(meeting, held.asked, by=mates[0], at=at)
        begin_meeting(meeting, by=leader, at=at)
        note_attendance(meeting, _there(mates), by=leader, at=at)
        owner = take_turns(mates, held.days_ago)
        due = (at + held.due_days * A_DAY).date()
        point = agree_action(meeting, held.action, owner=owner, due_on=due, by=leader, at=at)
        end_meeting(meeting, "", by=leader, at=at + TEN_MINUTES)
        if held.answered:
            answer(asked, held.answered, by=leader, at=at + AN_HOUR)
        _follow_up(cast, held, point, owner)
    _planned(team, leader, cast, -1)


def _planned(team: Team, leader: User, cast: Cast, days_ago: int) -> Meeting:
    at = cast.ago(days_ago)
    made_at = min(at - AN_HOUR, cast.at)
    return plan_meeting(team, MeetingKind.HUDDLE, planned_for=at, minutes=10, by=leader, at=made_at)


def _follow_up(cast: Cast, held: Held, point: ActionPoint, owner: User) -> None:
    if held.outcome:
        finish_action(point, held.outcome, by=owner, at=cast.ago(held.days_ago - held.due_days))


def _there(mates: Sequence[User]) -> list[Agent]:
    """All but the last."""
    return [user.agent for user in mates[:-1] if user.agent is not None]


def _thank(cast: Cast, team: Team, leader: User, agent: User, mates: Sequence[User]) -> None:
    """Colleagues, the leader and a customer; some let their team read it."""
    to_agent = thank(Receiver(agent=agent.agent), THANKS[0], by=mates[0], at=cast.ago(9))
    share_thanks(to_agent, True, by=agent, at=cast.ago(8))
    to_mate = thank(Receiver(agent=mates[1].agent), THANKS[1], by=agent, at=cast.ago(4))
    share_thanks(to_mate, True, by=mates[1], at=cast.ago(3))
    thank(Receiver(agent=mates[0].agent), THANKS[2], by=leader, at=cast.ago(2))
    thank(Receiver(team=team), "A stormy week, and nobody was left alone with it.", by=leader, at=cast.ago(3))
    for user in (agent, *mates):
        _pass_on(cast, user)


def _pass_on(cast: Cast, user: User) -> None:
    praise = [] if user.agent is None else waiting_praise(user.agent, user.oneself())
    for one, words in praise[:1]:
        pass_on(one, words, by=user, at=cast.at)


def _hand_over(cast: Cast, team: Team, leader: User, agent: User, mates: Sequence[User]) -> None:
    first = hand_over(team, NOTES[0], until=cast.at + 2 * A_DAY, by=mates[0], at=cast.at - 3 * AN_HOUR)
    for user in (leader, *mates[1:3]):
        read_note(first, by=user, at=cast.at - AN_HOUR)
    hand_over(team, NOTES[1], until=cast.at + A_DAY, by=agent, at=cast.at - AN_HOUR)


def _ask_for_climate(cast: Cast, team: Team, leader: User, people: Sequence[User]) -> None:
    """One round that is over, and one that is open and that not everybody has answered."""
    if len(people) < 6:
        return
    words, luck = [str(one) for one in USUAL], np.random.default_rng(SEED)
    for days_ago, lasts, answered in ((24, 7, len(people) - 1), (2, 7, len(people) // 2)):
        opened = cast.ago(days_ago)
        closes = (opened + lasts * A_DAY).date()
        pulse = open_pulse(team, words, closes_on=closes, by=leader, at=opened)
        for user in people[-answered:]:
            values = {place: int(luck.choice(5, p=CLIMATE)) + 1 for place in range(len(words))}
            answer_pulse(pulse, values, by=user, at=opened + A_DAY)


def _share_what_works(cast: Cast) -> None:
    """One that colleagues took up, one that waits for a yes, and one that waits to be checked."""
    agent, leader = cast.agents[0], cast.leaders[0]
    mates = cast.mates(team_of_leader(leader))
    if len(mates) < 4:
        return
    tip = Proposed(
        PracticeKind.TIP,
        "The first line of the note while they tell",
        "Write what the customer wants as one line while she tells it, and read it back to her: she puts it right at once.",
        whose=agent.agent,
        named=True,
        measure="average_handle_time",
        tags=("refund", "notes"),
    )
    made = propose_practice(tip, by=agent, at=cast.ago(20))
    check_practice(made, by=leader, at=cast.ago(19))
    for number, user in enumerate(mates[:4]):
        taken = take_up(made, by=user, at=cast.ago(16 - number))
        if number < 3:
            helped = number != 1
            words = "I finish with the customer now." if helped else "Not with long stories."
            tell_whether_it_helped(taken, helped, words, by=user, at=cast.ago(4))
    phrase = "“You will hear from us by Friday noon; if not, this is my name.”"
    asked = Proposed(
        PracticeKind.PHRASE, "A promise with a day and a name", phrase, whose=mates[0].agent, tags=("late",)
    )
    propose_practice(asked, by=leader, at=cast.ago(3))
    waits = Proposed(PracticeKind.TIP, "Stand up for hard calls", "The voice gets calmer.", whose=mates[1].agent)
    propose_practice(waits, by=mates[1], at=cast.ago(1))
