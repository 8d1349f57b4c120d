"""What has been said, agreed and looked at in a year of a large centre? Feedback, coaching and huddles for a home that has facts.

`python -m bench.many_talks` fills the home of FLOORWALKER_HOME, lets the nightly looks at effects run, and prints as JSON who may
come in and what there is to open. The rows go straight into the tables, since nobody waits for half a million acts; the figures
in objectives and looks are the product's own: one of each is worked out on these facts, and what was found of it stands in all.
"""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

from bench.kept_rows import WORDS, keep
from bench.rounds import seconds_of
from floorwalker.cli.opening import Home, open_home

if TYPE_CHECKING:
    from floorwalker.apps.coaching.models import (
        Answered,
        CoachingSession,
        Feedback,
        Intervention,
        Matter,
        Participant,
    )
    from floorwalker.apps.people.models import Agent, User

# What is worked on, one after the other: each person is coached on each of them once a year, so that in no week all are on one.
MEASURES = ("average_handle_time", "transfer_rate", "ring_no_answer_rate", "first_contact_resolution")
# Of one agent in a year; every so many-th talk is to move a measure, and is looked at after 4, 8 and 12 weeks.
MATTERS, FEEDBACK_EACH, TALKS, MOVES = 12, 4, 12, 3
# So many days after one another the people of a centre are talked with: on each day some.
EVERY_DAYS = 84
TOPIC = "A talk of the benchmark"


def main() -> None:
    """Fill the home unless it is filled, and say what there is to open."""
    home, now = open_home(), datetime.now(UTC)
    # Only now: nothing of Django can be read before the home is open.
    from django.db import transaction

    from bench.coaching_pages import addresses, rows, sessions
    from bench.many_looks import fill_looks
    from bench.many_meetings import fill_meetings
    from bench.many_objectives import fill_objectives
    from floorwalker.apps.coaching.models import CoachingSession
    from floorwalker.apps.people.models import Agent

    agents = list(Agent.objects.on_the_floor())
    if not agents:
        raise SystemExit(f"{sys.argv[0]}: {home.config.home} has no agents: fill it with `floorwalker demo`")
    if not CoachingSession.objects.filter(topic=TOPIC).exists():
        coaches = coaches_of(now)
        year = Year([agent for agent in agents if agent.pk in coaches], coaches, now)
        with transaction.atomic():
            year.fill_feedback()
            year.fill_talks()
            fill_objectives(home.snapshot, year.agents, coaches, now)
            fill_meetings(year.agents, coaches, now)
            fill_looks(home.snapshot, now)
    night = hold_a_night(home, now)
    print(json.dumps({"night": night, "rows": rows(), "addresses": addresses(), "sessions": sessions()}))


@dataclass(frozen=True)
class Year:
    """What was said and talked about in the year up to `now`: of each agent by the leader of her team, by agent's number."""

    agents: list[Agent]
    coaches: Mapping[int, User]
    now: datetime

    def fill_feedback(self) -> None:
        """Matters, what was said of each, and some answers."""
        from floorwalker.apps.coaching.models import Answered, Feedback, Matter

        matters = keep(Matter, (self._matter(*one) for one in self.days(MATTERS)))
        said = keep(Feedback, (self._feedback(one, n) for one in matters for n in range(FEEDBACK_EACH)))
        keep(Answered, (self._answer(one) for one in said[::3]))

    def days(self, count: int) -> Iterator[tuple[Agent, datetime, int]]:
        """So many instants of each agent, evenly over the year and not the same for all, each with its number."""
        for place, agent in enumerate(self.agents):
            for number in range(count):
                back = timedelta(days=365 * number / count + place % EVERY_DAYS + 1, minutes=place % 480)
                yield agent, self.now - back, number

    def fill_talks(self) -> None:
        """Sessions that were held and signed, and what some of them were to move."""
        from floorwalker.apps.coaching.models import CoachingSession, Intervention, Participant, Treated

        talks = [(agent, at, self._measure(agent, n), n) for agent, at, n in self.days(TALKS)]
        moving = [one for one in talks if one[3] % MOVES == 0]
        begun = keep(Intervention, (self._begun(agent, at, measure) for agent, at, measure, _n in moving))
        pairs = list(zip(begun, moving, strict=True))
        keep(Treated, (Treated(intervention=one, agent=talk[0], from_day=one.begins_on) for one, talk in pairs))
        left = iter(begun)
        held = keep(
            CoachingSession,
            (self._talk(agent, at, measure, None if n % MOVES else next(left)) for agent, at, measure, n in talks),
        )
        keep(Participant, (self._took_part(one, talk[0]) for one, talk in zip(held, talks, strict=True)))

    def _coach(self, agent: Agent | None) -> User:
        assert agent is not None
        return self.coaches[agent.pk]

    def _answer(self, feedback: Feedback) -> Answered:
        from floorwalker.apps.coaching.models import Answered

        return Answered(feedback=feedback, words=WORDS, by=self._coach(feedback.matter.agent), at=self.now)

    def _measure(self, agent: Agent, number: int) -> str:
        return MEASURES[(agent.pk + number // MOVES) % len(MEASURES)]

    def _matter(self, agent: Agent, at: datetime, number: int) -> Matter:
        from floorwalker.apps.coaching.models import Decision, Matter

        made = Matter(agent=agent, code=f"note:{number}", opened_at=at, newest_at=at)
        if number % 4:
            made.decision, made.decided_at = Decision.ACT, at + timedelta(days=3)
        return made

    def _feedback(self, matter: Matter, number: int) -> Feedback:
        from floorwalker.apps.coaching.models import Feedback, FeedbackSource, Leaning

        return Feedback(
            matter=matter,
            source=FeedbackSource.LEADER if number % 2 else FeedbackSource.PEER,
            leaning=Leaning.STRENGTH if number % 3 else Leaning.DEVELOPMENT,
            behaviour=WORDS,
            effect=WORDS,
            next_step=WORDS,
            measure=MEASURES[number % len(MEASURES)],
            given_by=self._coach(matter.agent),
            given_at=matter.opened_at + timedelta(hours=number),
            seen_at=matter.opened_at + timedelta(days=1) if number else None,
        )

    def _begun(self, agent: Agent, at: datetime, measure: str) -> Intervention:
        from floorwalker.apps.coaching.guarding import guardrails_of
        from floorwalker.apps.coaching.models import ActionKind, Intervention

        return Intervention(
            kind=ActionKind.COACHING,
            measure=measure,
            guardrails=guardrails_of(measure),
            begins_on=at.date(),
            decided_at=at,
            decided_by=self._coach(agent),
            because=TOPIC,
        )

    def _talk(self, agent: Agent, at: datetime, measure: str, begun: Intervention | None) -> CoachingSession:
        from floorwalker.apps.coaching.models import CoachingSession, SessionKind

        return CoachingSession(
            kind=SessionKind.ONE_TO_ONE,
            coach=self._coach(agent),
            measure=measure,
            planned_by=self._coach(agent),
            planned_at=at - timedelta(days=3),
            planned_for=at,
            topic=TOPIC,
            held_at=at,
            minutes=30,
            coach_words=WORDS,
            promise=WORDS,
            review_on=(at + timedelta(weeks=4)).date(),
            coach_signed_at=at + timedelta(minutes=40),
            intervention=begun,
        )

    def _took_part(self, session: CoachingSession, agent: Agent) -> Participant:
        from floorwalker.apps.coaching.models import Kept, Participant

        made = Participant(session=session, agent=agent, words=WORDS, wrote_at=session.held_at, rating=4)
        made.signed_at = made.rated_at = session.coach_signed_at
        if session.review_on is not None and session.review_on < self.now.date():
            made.kept = made.coach_kept = Kept.YES
        return made


def coaches_of(now: datetime) -> dict[int, User]:
    """A leader for each team, and by an agent's number who coaches her; the demo's first leader keeps her team."""
    from floorwalker.apps.people.actions import add_user
    from floorwalker.apps.people.models import Agent, Role, Team, User

    found: dict[int, User] = {}
    for place, team in enumerate(Team.objects.all()):
        name = f"coach-{team.pk}" if place else "leader1"
        leader = User.objects.filter(username=name).first() or add_user(
            name, Role.TEAM_LEADER, team=team, by="bench", at=now
        )
        found |= dict.fromkeys(Agent.objects.in_teams([team], now.date()).values_list("pk", flat=True), leader)
    return found


def hold_a_night(home: Home, now: datetime) -> dict[str, float]:
    """A night of the worker: the seconds of its judgements, without which pages would work them out by day; and its looks, how
    many it kept and in how many seconds, and the same asked again, as a worker does that was restarted."""
    from floorwalker.apps.coaching.models import Look
    from floorwalker.jobs.effects import review_effects
    from floorwalker.jobs.judging import judge_floor

    judging = seconds_of(lambda: judge_floor(home.lake))
    before = Look.objects.count()
    seconds = seconds_of(lambda: review_effects(home.lake, now))
    kept = Look.objects.count()
    again = seconds_of(lambda: review_effects(home.lake, now))
    return {
        "judging": judging,
        "seconds": seconds,
        "looks": kept - before,
        "seconds_again": again,
        "again": Look.objects.count() - kept,
    }


if __name__ == "__main__":
    main()
