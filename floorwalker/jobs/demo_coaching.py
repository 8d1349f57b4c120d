"""Which talks and trainings has the demo's invented centre held, what was agreed, and which wait?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import timedelta

from floorwalker.apps.coaching.alongside import Wish, agree_with_colleague, ask_colleague, tell_learned
from floorwalker.apps.coaching.coaching_coaches import let_talk, plan_of_coach
from floorwalker.apps.coaching.figuring import whose_instead
from floorwalker.apps.coaching.following_up import say_kept
from floorwalker.apps.coaching.models import CoachingSession, Kept, Participant, SessionKind
from floorwalker.apps.coaching.planning import Planned, plan_session
from floorwalker.apps.coaching.proposing import ask_for_coaching, propose, propose_with_reason
from floorwalker.apps.coaching.talking import Agreed, rate_session, sign_as_coach, sign_part, write_words
from floorwalker.apps.coaching.training import Course, hold_training, plan_training, say_what_was_learned
from floorwalker.apps.people.models import Agent, User
from floorwalker.jobs.demo_cast import A_DAY, A_WEEK, Cast, team_of_leader

AN_HOUR = timedelta(hours=1)
# The first of these that is not everybody's gap is what a talk is to move.
TO_MOVE = ("first_contact_resolution", "transfer_rate", "csat_mean", "average_handle_time")


@dataclass(frozen=True)
class Talk:
    """One talk that was held: so many days ago, on what, what both said, what was agreed and when that is looked at."""

    days_ago: int
    topic: str
    hers: str
    coachs: str
    promise: str
    review_days: int
    rating: int
    rating_words: str = ""


FIRST = Talk(
    58,
    "Callers who ring again on the same matter",
    "I give the answer, and then they ask something else the next day. I do not ask whether that was all.",
    "You explain well. What is missing is the last question.",
    "Ask “Is there anything that could still go wrong?” before the end of each call",
    28,
    4,
    "We listened to two of my calls: that helped most.",
)
SECOND = Talk(
    16,
    "How the last question works out",
    "The question works. On Mondays I leave it out, when the queue is long.",
    "I hear it in most calls now. Let us look at the Mondays.",
    "Keep the last question on Mondays, and note each time it brought something up",
    28,
    5,
)
OTHERS = (
    Talk(
        26,
        "Silence while searching",
        "I never know what to say while I search.",
        "Customers do not mind waiting when they know what for.",
        "Say what I am looking for while I look",
        24,
        4,
    ),
    Talk(
        20,
        "Bookings that we may change ourselves",
        "I did not know that I may do that.",
        "The list is on the second page; we went through it.",
        "Look at the list before passing anybody on",
        42,
        3,
        "A little short.",
    ),
)
NEXT_TOPIC = "What the Mondays showed"
NEXT_WORDS = "I noted eleven calls. In four of them the question brought something up."


def hold_talks(cast: Cast) -> None:
    """Talks of each leader: held and kept, held and to be looked at, and one that both have prepared; proposals, and colleagues."""
    for leader, agent in zip(cast.leaders, cast.agents, strict=True):
        mates = cast.mates(team_of_leader(leader))
        for talk, mate in zip(OTHERS, mates[2:], strict=False):
            _held(cast, talk, leader, mate)
        if agent == cast.agents[0]:
            _one_after_another(cast, leader, agent)
        if len(mates) > 4:
            _ask(cast, leader, mates)
    first = cast.agents[0]
    mates = cast.mates(team_of_leader(cast.leaders[0]))
    if mates:
        _alongside(cast, first, mates)
    propose(cast.at)


def _one_after_another(cast: Cast, leader: User, agent: User) -> None:
    """A promise that was kept, one that is being tried, the next talk prepared; and the leader is coached upon the first."""
    first = _held(cast, FIRST, leader, agent)
    part = _part(first, agent)
    later = first.coach_signed_at
    assert later is not None, "it was signed"
    reviewed = later + (FIRST.review_days + 1) * A_DAY
    say_kept(part, Kept.YES, "I ask it in nearly every call.", by=agent, at=reviewed)
    say_kept(part, Kept.YES, "Heard in four of five calls.", by=leader, at=reviewed)
    _held(cast, SECOND, leader, agent)
    _prepared(cast, leader, agent)
    let_talk(part, shares_words=False, by=agent, at=cast.ago(6))
    topic = "How you let people find their own answer"
    plan_of_coach(first, topic, cast.ago(-3), by=cast.manager, at=cast.ago(4))


def _held(cast: Cast, talk: Talk, leader: User, user: User) -> CoachingSession:
    """Planned some days before, held, and signed by both; rated by whom it was for."""
    agent = _agent(user)
    at = cast.ago(talk.days_ago)
    measure = to_move(agent)
    plan = Planned(SessionKind.ONE_TO_ONE, (agent,), at, talk.topic, measure)
    session = plan_session(plan, by=leader, at=at - 4 * A_DAY)
    part = _part(session, user)
    write_words(part, talk.hers, by=user, at=at - A_DAY)
    agreed = Agreed(talk.coachs, talk.promise, measure, (at + talk.review_days * A_DAY).date(), 30)
    session = sign_as_coach(session, agreed, by=leader, at=at + AN_HOUR)
    sign_part(part, "", by=user, at=at + 2 * AN_HOUR)
    rate_session(part, talk.rating, talk.rating_words, by=user, at=at + 2 * AN_HOUR)
    return session


def _prepared(cast: Cast, leader: User, user: User) -> None:
    agent = _agent(user)
    plan = Planned(SessionKind.ONE_TO_ONE, (agent,), cast.ago(-2), NEXT_TOPIC, to_move(agent))
    session = plan_session(plan, by=leader, at=cast.ago(3))
    write_words(_part(session, user), NEXT_WORDS, by=user, at=cast.ago(1))


def to_move(agent: Agent) -> str:
    """The measure that a talk with somebody is to move: none of which the gap is everybody's."""
    return next((one for one in TO_MOVE if whose_instead(agent, one) is None), TO_MOVE[-1])


def _part(session: CoachingSession, user: User) -> Participant:
    found = session.part_of(user)
    assert found is not None, "it was planned with her"
    return found


def _agent(user: User) -> Agent:
    assert user.agent is not None, "an agent's log-in"
    return user.agent


def _ask(cast: Cast, leader: User, mates: list[User]) -> None:
    """One asks for a talk herself, of another the leader thinks that it would help."""
    asker, other = mates[4], mates[3]
    because = "I would like to know how others end a call with somebody who goes on talking."
    ask_for_coaching(_agent(asker), because, "", by=asker, at=cast.ago(2))
    reason = "She takes over the mail from next month on, and has asked what is different there."
    propose_with_reason(_agent(other), reason, "", by=leader, at=cast.ago(5))


def _alongside(cast: Cast, user: User, mates: list[User]) -> None:
    """Two colleagues listened to each other, and one waits for a yes."""
    at, mate = cast.ago(13), mates[0]
    wish = Wish(SessionKind.LISTENING, _agent(mate), at, "How you begin a call")
    session = ask_colleague(wish, by=user, at=at - 3 * A_DAY)
    agree_with_colleague(session, by=mate, at=at - 2 * A_DAY)
    tell_learned(session, "She waits until the first sentence has ended, always.", 60, by=user, at=at + AN_HOUR)
    tell_learned(session, "I say “one moment” far too often.", None, by=mate, at=at + 2 * AN_HOUR)
    asked = Wish(SessionKind.SHADOWING, _agent(user), cast.ago(-4), "How you write notes while listening")
    ask_colleague(asked, by=mates[-1], at=cast.ago(1))


def hold_trainings(cast: Cast) -> None:
    """What helped, and what nobody can tell of, half-way through the floor's time; one that comes, one that is due again."""
    _held_training(cast)
    team = team_of_leader(cast.leaders[0])
    people = [_agent(user) for user in cast.mates(team)]
    if people:
        _of_team(cast, people)


def _held_training(cast: Cast) -> None:
    """Given to those whom a lot chose, on the day from which on it is known what it truly changed."""
    planted = cast.of("coaching_that_works", "average_handle_time")
    if planted is None:
        return
    course = Course(
        "Notes while the customer tells",
        planted.agents,
        planted.at(),
        120,
        trainer=cast.manager,
        about="Two hours, with calls of our own.",
        measure=planted.measure,
    )
    made = plan_training(course, by=cast.manager, at=planted.at(weeks=-1))
    hold_training(made, [one.pk for one in planted.agents], by=cast.manager, at=planted.at() + 4 * AN_HOUR)
    for agent in planted.agents[:2]:
        user = cast.user_of(agent)
        learned = "I write the first line while they talk, and ask better because of it."
        say_what_was_learned(made, learned, 5, by=user, at=planted.at(days=1))


def _of_team(cast: Cast, people: list[Agent]) -> None:
    leader, at = cast.leaders[0], cast.ago(80)
    again = (cast.at + 12 * A_DAY).date()
    given = {"subject": "Who is calling? Two questions", "agents": people, "minutes": 45, "trainer": leader}
    held = plan_training(Course(**given, planned_for=at, refresh_on=again), by=leader, at=at - A_WEEK)  # type: ignore[arg-type]
    hold_training(held, [one.pk for one in people[:-1]], by=leader, at=at + AN_HOUR)
    coming = Course(
        "Chats: two at a time, and neither waits",
        people[:4],
        cast.ago(-6),
        90,
        outside_trainer="A trainer of the invented supplier",
    )
    plan_training(coming, by=leader, at=cast.ago(2))
