"""What do people of the demo say of each other's work, what becomes of it, and how does somebody see herself?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from floorwalker.apps.coaching.assessing import (
    Rated,
    begin_assessment,
    finish_assessment,
    measures_to_rate,
    share_assessment,
    standards_to_rate,
)
from floorwalker.apps.coaching.deciding import Decided, answer_feedback, decide_matter, note_seen
from floorwalker.apps.coaching.giving import Said, give_feedback
from floorwalker.apps.coaching.models import Decision, Feedback, Leaning, SeenAs
from floorwalker.apps.coaching.reflecting import share_reflection, write_reflection
from floorwalker.apps.coaching.tasks import collect
from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models import Process, StandardVersion
from floorwalker.jobs.demo_cast import Cast, team_of_leader

TRANSFERS = "Nobody is passed on without a word"
STANDARD = "standard"


@dataclass(frozen=True)
class Word:
    """One thing that is said to somebody: how many days ago, by her leader or a colleague; about: a measure, or a standard."""

    days_ago: int
    by_leader: bool
    leaning: Leaning
    about: str
    behaviour: str
    effect: str
    next_step: str = ""
    seen: str = ""
    private: bool = False
    decision: Decision | None = None
    because: str = ""
    answer: str = ""


TOLD_WHY = Word(
    33,
    True,
    Leaning.STRENGTH,
    STANDARD,
    "You said why you passed the caller on, and to whom, before you did.",
    "The caller did not have to tell the story twice.",
    seen="A call on the morning after the storm, about a cancelled crossing.",
    decision=Decision.THANKS,
    because="Good to hear. I took it over from a colleague.",
    answer="Thank you. I took it over from a colleague.",
)
NOTES = Word(
    24,
    False,
    Leaning.DEVELOPMENT,
    "measure:average_handle_time",
    "You wrote the whole note after the call, while three callers waited.",
    "Two of them had hung up when you were ready.",
    "Write the first line while the customer still tells.",
    "I sat beside you on Thursday afternoon.",
    decision=Decision.ACT,
    because="I want to try it for four weeks.",
    answer="I had not seen the queue. I shall try it.",
)
HARBOUR = Word(
    17,
    True,
    Leaning.DEVELOPMENT,
    "measure:first_contact_resolution",
    "No day was named by which the refund would come.",
    "The customer called again on the next day.",
    "Name the day that the screen shows.",
    "Two calls about refunds last week.",
    decision=Decision.NOT_MINE,
    because="No screen of ours shows that day: none of us can name it.",
)
GREETING = Word(
    12,
    False,
    Leaning.DEVELOPMENT,
    "measure:csat_mean",
    "You began with the booking number before the caller had finished the first sentence.",
    "She sounded as if she had been interrupted.",
    "Let the first sentence end, then ask.",
    "The call that we listened to together.",
    decision=Decision.WATCH,
    because="I do it when it is busy. I shall look at it for a month.",
)
SUMMARY = Word(
    4,
    True,
    Leaning.DEVELOPMENT,
    "measure:transfer_rate",
    "The caller was passed on before it was clear what she wanted.",
    "It was something that you could have settled.",
    "Ask one question more before you pass anybody on.",
    "A call on Tuesday about a bicycle on the late boat.",
)
NOTE = Word(
    3,
    True,
    Leaning.OPEN,
    "measure:average_handle_time",
    "Calls were shorter on both days after we had talked.",
    "Something to ask about when we meet.",
    seen="Monday and Tuesday, on the board.",
    private=True,
)
# How somebody sees herself, measure after measure.
SEEN = (
    (SeenAs.FINE, "Most say thank you at the end."),
    (SeenAs.STRENGTH, "Few ring again on the same matter: I ask whether that was all."),
    (SeenAs.DEVELOP, "On Mondays I get out of breath, and then I hurry."),
    (SeenAs.UNKNOWN, ""),
)
TO_AGENT = (TOLD_WHY, NOTES, HARBOUR, GREETING, SUMMARY, NOTE)
TO_OTHERS = (
    Word(
        15,
        True,
        Leaning.STRENGTH,
        "measure:csat_mean",
        "You stayed calm while the customer shouted, and said back what had gone wrong.",
        "He thanked you in the end.",
        seen="A call on Monday about a car that was left on the quay.",
        decision=Decision.THANKS,
        because="It was a long one. Thank you.",
    ),
    Word(
        10,
        True,
        Leaning.DEVELOPMENT,
        "measure:transfer_rate",
        "You passed two callers on whose bookings you could have changed yourself.",
        "Both waited a second time.",
        "Look at the list of what we may change ourselves.",
        "Two calls on Wednesday morning.",
        decision=Decision.ACT,
        because="I did not know that list. I have it beside me now.",
    ),
    Word(
        6,
        True,
        Leaning.DEVELOPMENT,
        "measure:average_handle_time",
        "You searched for the timetable in three places.",
        "The customer waited for two minutes in silence.",
        "Say what you are looking for while you look.",
        "A call on Friday about the first boat on Sunday.",
    ),
)


def talk_about_work(cast: Cast, refunds: Process) -> None:
    """Feedback by leaders, colleagues, customers, evaluations and figures; what was decided; and somebody's own view of herself."""
    for leader, agent in zip(cast.leaders, cast.agents, strict=True):
        mates = cast.mates(team_of_leader(leader))
        if not mates:
            continue
        for word in TO_AGENT if agent == cast.agents[0] else TO_OTHERS[:1]:
            _say(cast, word, agent, leader if word.by_leader else mates[0], refunds)
        for word, mate in zip(TO_OTHERS, mates[1:], strict=False):
            _say(cast, word, mate, leader, refunds)
    _see_oneself(cast, cast.agents[0])
    _reflect(cast, cast.agents[0], cast.leaders[0])
    collect(cast.at)


def _say(cast: Cast, word: Word, to: User, by: User, refunds: Process) -> Feedback:
    assert to.agent is not None, "an agent's log-in"
    said = Said(
        word.leaning,
        _code(word.about),
        word.behaviour,
        word.effect,
        word.next_step,
        word.seen,
        private=word.private,
    )
    given = give_feedback(to.agent, said, by=by, at=cast.ago(word.days_ago))
    answered = cast.ago(word.days_ago - 2)
    if word.decision is not None:
        note_seen([given.matter], by=to, at=answered)
    if word.answer:
        answer_feedback(given, word.answer, by=to, at=answered)
    if word.decision is not None:
        watched = (cast.at + timedelta(days=18)).date() if word.decision == Decision.WATCH else None
        place = refunds if word.decision == Decision.NOT_MINE else None
        decide_matter(given.matter, Decided(word.decision, word.because, watched, place), by=to, at=answered)
    return given


def _code(about: str) -> str:
    """A standard by its number: which one that is, is known only once it was written down."""
    if about != STANDARD:
        return about
    return f"standard:{StandardVersion.objects.current().get(title=TRANSFERS).standard_id}"


def _see_oneself(cast: Cast, user: User) -> None:
    """Her own view of twelve weeks, before she saw the figures; shared with her leader."""
    agent, begun = user.agent, cast.ago(30)
    assert agent is not None, "an agent's log-in"
    assessment = begin_assessment(agent, by=user, at=begun)
    measures = measures_to_rate(agent, begun.date())
    rated = [Rated(*SEEN[number % len(SEEN)], measure=measure) for number, measure in enumerate(measures)]
    rated += [Rated(SeenAs.FINE, standard=one.standard) for one in standards_to_rate(user, begun.date())]
    words = "I know the boats well. What I want to get better at is ending a call without hurrying anybody."
    finish_assessment(assessment, rated, words, cast.facts, by=user, at=begun + timedelta(minutes=20))
    share_assessment(assessment, by=user, at=begun + timedelta(minutes=25))


def _reflect(cast: Cast, user: User, leader: User) -> None:
    assert user.agent is not None, "an agent's log-in"
    first = write_reflection(
        user.agent,
        "A customer had missed the last boat, and I could only tell him so.",
        "I had no answer, and said sorry five times. That helped neither of us.",
        "Say what can be done first, and only then what cannot.",
        by=user,
        at=cast.ago(22),
    )
    share_reflection(first, leader, by=user, at=cast.ago(21))
    write_reflection(
        user.agent,
        "I wrote the note while the customer was telling it, for a whole morning.",
        "It is quicker, and I ask better questions.",
        "Keep it up on Mondays, too.",
        by=user,
        at=cast.ago(9),
    )
