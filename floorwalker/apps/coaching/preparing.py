"""What should a coach have before her before a talk? The last promise, what was heard and found, two or three figures, the likely cause."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from floorwalker.apps.coaching.figuring import Figure, measures_for, read_figures
from floorwalker.apps.coaching.following_up import last_promise
from floorwalker.apps.coaching.models import CoachingSession, Participant
from floorwalker.apps.evaluations.access import is_hidden_from
from floorwalker.apps.evaluations.models import Evaluation, Purpose
from floorwalker.apps.evaluations.suggesting import Wanted, suggestions
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.recordings.blindness import marks_shown
from floorwalker.apps.recordings.models import Mark, Recording
from floorwalker.ui import judging_words
from floorwalker.ui.parts import Part

# More than these nobody talks about in half an hour.
MOST_CLIPS, MOST_RECORDINGS, MOST_EVALUATIONS = 6, 20, 4


@dataclass(frozen=True)
class Found:
    """One evaluation: what was missed, each with what was written about it, what was met, and the words to the agent."""

    evaluation: Evaluation
    missed: Sequence[tuple[str, str]]
    met: Sequence[str]
    words: str


@dataclass(frozen=True)
class Prepared:
    """What is known of one who is to be coached; causes: of each figure whose gap was looked into, in words."""

    part: Participant
    last: Participant | None
    clips: Sequence[Mark]
    found: Sequence[Found]
    figures: Sequence[Figure]
    causes: Sequence[tuple[str, str]]

    @property
    def agent(self) -> Agent:
        """Who is prepared for."""
        assert self.part.agent is not None, "only people who handle contacts are prepared for"
        return self.part.agent


def prepare(session: CoachingSession, user: User, on: date) -> list[Prepared]:
    """One for each participant whom the reader may coach, with as many weeks of the record as she has opened."""
    parts = [one for one in session.participants.all() if one.agent_id is not None]
    opened = Agent.objects.coached_by(user, on).filter(pk__in=[one.agent_id for one in parts])
    may = set(opened.values_list("pk", flat=True))
    return [_prepare(one, session, user, on) for one in parts if one.agent_id in may]


def suggested_for(session: CoachingSession, people: Sequence[Prepared], user: User, on: date) -> list[Part]:
    """What works well for the measure of the talk, its topic, and what evaluations found missed."""
    missed = (wording for one in people for found in one.found for wording, _comment in found.missed)
    wanted = Wanted(measure=session.measure, words=tuple(filter(None, (session.topic, *missed))))
    return suggestions([wanted], user, on)[0] if people else []


def _prepare(part: Participant, session: CoachingSession, user: User, on: date) -> Prepared:
    agent = part.agent
    assert agent is not None, "only people who handle contacts are prepared for"
    figures = read_figures(agent, measures_for(session.measure), user, session.weeks_shown)
    return Prepared(
        part,
        last_promise(agent, session),
        clips_of(agent, user, on),
        found_of(agent, user, on),
        figures,
        [(figure.kpi.name, cause) for figure in figures if (cause := cause_of(figure)) is not None],
    )


def cause_of(figure: Figure) -> str | None:
    """Whose the gap of a figure likely is, in words; None where nobody looked."""
    if figure.fair is None or figure.fair.cause is None:
        return None
    return judging_words.cause(figure.fair.cause, figure.fair.one)


def clips_of(agent: Agent, user: User, on: date) -> list[Mark]:
    """The newest marks on recordings of this person, as far as the reader may hear them and is shown what is marked."""
    recordings = Recording.objects.heard_by(user, on).filter(
        parts__identity__agent__in=agent.numbers_of_person(), marks__removed_at=None
    )
    newest = recordings.exclude(marks=None).distinct().order_by("-contact_at", "-pk")[:MOST_RECORDINGS]
    found = (mark for recording in newest for mark in _kept(recording, user, on))
    return [mark for mark, _place in zip(found, range(MOST_CLIPS), strict=False)]


def _kept(recording: Recording, user: User, on: date) -> Sequence[Mark]:
    return list(marks_shown(recording, user, on).kept().select_related("recording"))


def found_of(agent: Agent, user: User, on: date) -> list[Found]:
    """The newest evaluations that were released to this person and that the reader may read."""
    seen = Evaluation.objects.visible_to(user, on).filter(
        agent__in=agent.numbers_of_person(), released_at__isnull=False
    )
    seen = seen.filter(purpose__in=(Purpose.OFFICIAL, Purpose.COACHING), stands__isnull=False)
    newest = seen.with_words().prefetch_related("stands__misses").order_by("-contact_at", "-pk")[:MOST_EVALUATIONS]
    return [_found(one) for one in newest if not (is_hidden_from(one, user, on) or _is_disputed(one, user))]


def _is_disputed(one: Evaluation, user: User) -> bool:
    """Whether an appeal is open: until it is decided nobody but who marked it prepares a talk with these marks."""
    appeal = getattr(one, "appeal", None)
    return appeal is not None and appeal.decided_at is None and one.evaluator_id != user.pk


def _found(one: Evaluation) -> Found:
    marking = one.stands
    assert marking is not None, "only those that stand are read"
    wordings = {question.code: question.wording for question in one.version.asks.questions}
    missed = {miss.question: miss.comment for miss in marking.misses.all() if not miss.outside}
    outside = {miss.question for miss in marking.misses.all() if miss.outside}
    return Found(
        one,
        [(wordings.get(code, code), comment) for code, comment in missed.items()],
        [wordings.get(code, code) for code in marking.judged if code not in missed and code not in outside],
        marking.words,
    )
