"""What has the demo's invented centre found on its contacts? A form, contacts that chance drew, marks, and an appeal that was right."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import partial
from typing import Any

import numpy as np

from floorwalker.apps.evaluations import building, editing
from floorwalker.apps.evaluations.answering_back import acknowledge, show_marks
from floorwalker.apps.evaluations.appealing import decide_appeal, raise_appeal, take_appeal
from floorwalker.apps.evaluations.drawing import begin_drawn, draw_plan
from floorwalker.apps.evaluations.evaluating import release_evaluation
from floorwalker.apps.evaluations.handing_in import submit_marking
from floorwalker.apps.evaluations.models import (
    Appeal,
    Drawn,
    Evaluation,
    EvaluationForm,
    Every,
    FormVersion,
    Purpose,
)
from floorwalker.apps.evaluations.planning import Asked, make_plan
from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models import CauseKind, RootCause, StandardVersion
from floorwalker.facts.lake import Lake
from floorwalker.insight.questionnaire import Critical, Fatal, Form, Option, Question, QuestionKind, Section

A_DAY = timedelta(days=1)
# Marked of what was drawn, and of those not yet shown to the agent; the rest waits in the evaluators' queues.
MARKED, KEPT_BACK = 30, 3
# In so many of these contacts the customer was passed on.
PASSED_ON = 0.4
SEED = 11
TRANSFER = "q4"
# Which of the centre's standards a question checks.
CHECKS = {TRANSFER: "Nobody is passed on without a word", "q5": "We know whom we talk to"}
LISTENING = (
    Option("1", "Poor", 0.0, miss=True, anchor="Talks over the customer, or asks what was just said"),
    Option("2", "Fair", 0.5, miss=False, anchor="Lets the customer finish, and asks little"),
    Option("3", "Good", 1.0, miss=False, anchor="Asks, and says back what was heard"),
)
ASKED: tuple[tuple[Section, tuple[Question, ...]], ...] = (
    (
        Section("s1", "What the customer hears", (), 60),
        (
            Question("q1", "Gave their name within the first sentence", QuestionKind.YES_NO),
            Question("q2", "Listened", QuestionKind.SCALE, points=3, options=LISTENING, guidance="Silence counts."),
            Question("q3", "Said what happens next, and by when", QuestionKind.YES_NO, points=2),
            Question(TRANSFER, "Before a transfer: why, and to whom", QuestionKind.YES_NO, critical=Critical.CUSTOMER),
        ),
    ),
    (
        Section("s2", "What must be right", (), 40),
        (
            Question(
                "q5",
                "Checked who was calling before anything of the account was said",
                QuestionKind.YES_NO,
                points=2,
                may_not_apply=False,
                critical=Critical.COMPLIANCE,
                fatal=Fatal.FORM_ZERO,
            ),
            Question("q6", "Noted the reason of the contact", QuestionKind.YES_NO, critical=Critical.BUSINESS),
            Question("q7", "Anything else", QuestionKind.TEXT, points=0),
        ),
    ),
)


@dataclass(frozen=True)
class Missed:
    """One way to miss a question: how often, by which answer, whose doing that is, and what is written beside it."""

    often: float
    option: str
    kind: CauseKind
    comment: str


NO_DAY = Missed(0.12, "no", CauseKind.AGENT, "“Soon”: no day was named, though the list on the screen says Friday.")
MISSES: Mapping[str, Sequence[Missed]] = {
    "q1": (
        Missed(0.12, "no", CauseKind.AGENT, "Began with the booking number."),
        Missed(0.06, "no", CauseKind.AGENT, "The name came at the end, when it was asked for."),
    ),
    "q2": (
        Missed(0.08, "1", CauseKind.AGENT, "Asked twice what the customer had just said."),
        Missed(0.06, "1", CauseKind.AGENT, "Talked on while the customer tried to say which boat it was."),
    ),
    "q3": (NO_DAY, Missed(0.14, "no", CauseKind.PROCESS, "Nobody can see when the harbour answers.")),
    TRANSFER: (Missed(0.20, "no", CauseKind.AGENT, "Passed on with “one moment”, and nothing else."),),
    "q5": (Missed(0.05, "no", CauseKind.AGENT, "Said what was left on the card before asking who called."),),
    "q6": (
        Missed(0.10, "no", CauseKind.SYSTEM, "The screen did not open while the customer told her reason."),
        Missed(0.08, "no", CauseKind.AGENT, "“Other”, though it was about a lost bicycle."),
    ),
}
MET = {"q1": "yes", "q2": "3", "q3": "yes", "q5": "yes", "q6": "yes"}
# In so many contacts somebody listened well enough and no more; that is half the points and no miss.
FAIR = 0.30
# One of the evaluators hears so many times as much amiss as the others: the pages on evaluators have something to find.
HARSH = 2.2
# From the most careful agent to the least, how much of the usual is missed.
CARE = (0.4, 1.6)
KEEP = (
    "You let the customer finish, and said back what you had heard: keep that.",
    "Your voice stays calm when the customer's does not.",
    "You explain the boats so that one can see them.",
)
TRY = (
    "Try to name a day when you promise something.",
    "Try to say your name before anything else.",
    "Try to leave the customer a moment before the next question.",
)


def evaluate_contacts(
    lake: Lake, analysts: Sequence[User], agent: User, colleagues: Sequence[User], *, at: datetime
) -> None:
    """Build the form, draw last week's contacts and mark some, once: what is there already stays as it is."""
    if EvaluationForm.objects.exists():
        return
    # The week before the last: what was loaded last may end on a Saturday, and a week is drawn when it is whole.
    first, then, drawn_at = analysts[0], at - A_DAY, at - 8 * A_DAY
    version = _form(first, at - 30 * A_DAY)
    known, (monday, sunday) = lake.snapshot().days("segment"), Every.WEEK.ended_before(drawn_at.date())
    if known is None or known[0] > sunday or known[1] < monday:
        return
    plan = make_plan(
        # The form asks what is heard; of chats nothing is written down here.
        Asked("One call of each agent a week", version.form, quota=1, channels=("voice",), evaluators=analysts),
        by=first,
        at=at - 29 * A_DAY,
    )
    drawn = draw_plan(plan, by=first, at=drawn_at).drawn.select_related("evaluator", "agent").order_by("pk")
    luck = np.random.default_rng(SEED)
    hers = [one for one in drawn if one.agent_id == agent.agent_id and not one.is_blind]
    others = [one for one in drawn if one not in hers]
    for one in hers[:1]:
        made = _marked(one, answers_given({"q3": NO_DAY}), then)
        release_evaluation(made, by=made.evaluator, at=then)
        _appealed(made, agent, next(user for user in analysts if user != made.evaluator), at)
    # Of a small floor some wait, too.
    marked = min(MARKED, 2 * len(others) // 3)
    shown = list(_mark_some(others[:marked], luck, then, harsh=analysts[-1]))
    _answered(shown, colleagues, at)
    for one in others[marked : marked + 1]:
        begin_drawn(one, by=_whose(one), at=then)


def _mark_some(drawn: Sequence[Drawn], luck: np.random.Generator, at: datetime, *, harsh: User) -> Iterator[Evaluation]:
    """Mark some, and show most of them to their agents."""
    for number, one in enumerate(drawn):
        made = _marked(one, _heard(luck, luck.uniform(*CARE) * (HARSH if one.evaluator == harsh else 1.0)), at)
        if made.purpose == Purpose.OFFICIAL and number < len(drawn) - KEPT_BACK:
            release_evaluation(made, by=made.evaluator, at=at)
            yield made


def _answered(shown: Sequence[Evaluation], colleagues: Sequence[User], at: datetime) -> None:
    """Those who log in have read theirs; every third of them has not said so yet."""
    by_agent = {user.agent_id: user for user in colleagues}
    read = [(one, by_agent[one.agent_id]) for one in shown if one.agent_id in by_agent]
    for number, (one, user) in enumerate(read):
        show_marks(one, by=user, at=at - timedelta(hours=5))
        if number % 3:
            acknowledge(one, by=user, at=at - timedelta(hours=5))


def _appealed(made: Evaluation, agent: User, other: User, at: datetime) -> None:
    """The agent heard it differently, and whoever marked it anew without reading the first marks heard it as she did."""
    show_marks(made, by=agent, at=at - timedelta(hours=9))
    reason = "I said “before noon on Friday”: it is near the end, quietly."
    appeal = raise_appeal(made, reason, ["q3"], by=agent, at=at - timedelta(hours=8))
    marking = take_appeal(appeal, by=other, at=at - timedelta(hours=4))
    submit_marking(marking, answers_given({}), by=other, at=at - timedelta(hours=3))
    explanation = "It is there, at the very end: the day is named. Thank you for listening again."
    decide_appeal(appeal, Appeal.Outcome.OVERTURNED, explanation, by=other, at=at - timedelta(hours=2))


def _form(analyst: User, at: datetime) -> FormVersion:
    form = building.begin_form("Calls", "What a caller gets from us.", 14, by=analyst, at=at)
    for section, questions in ASKED:
        building.change_draft(form, partial(_with_section, section), by=analyst, at=at)
        for question in questions:
            building.change_draft(form, partial(_with_question, question, section.code), by=analyst, at=at)
    for code, title in CHECKS.items():
        known = StandardVersion.objects.current().filter(title=title).select_related("standard").first()
        if known is not None:
            building.check_standard(form, code, known.standard, by=analyst, at=at)
    return building.publish_version(form, "The first one.", by=analyst, at=at)


def _with_section(section: Section, asks: Form, _new: str) -> Form:
    return editing.with_section(asks, section)


def _with_question(question: Question, section: str, asks: Form, _new: str) -> Form:
    return editing.with_question(asks, question, section=section)


def _marked(one: Drawn, given: dict[str, Any], at: datetime) -> Evaluation:
    """A drawn contact begun and handed in by the evaluator who got it by lot."""
    made = begin_drawn(one, by=_whose(one), at=at)
    marking = made.open_marking
    assert marking is not None, "it was begun just now"
    submit_marking(marking, given, by=made.evaluator, at=at)
    made.refresh_from_db()
    return made


def _whose(one: Drawn) -> User:
    assert one.evaluator is not None, "lots gave it to somebody"
    return one.evaluator


def _heard(luck: np.random.Generator, often: float) -> dict[str, Any]:
    """What somebody hears of a contact in which so many times the usual is missed."""
    passed_on = luck.random() < PASSED_ON
    missed: dict[str, Missed] = {}
    for code, ways in MISSES.items():
        which = next((way for way in ways if luck.random() < way.often * often), None)
        if which is not None and (code != TRANSFER or passed_on):
            missed[code] = which
    keep, advice = KEEP[luck.integers(len(KEEP))], TRY[luck.integers(len(TRY))]
    return answers_given(missed, passed_on=passed_on, fair=luck.random() < FAIR * often, words=(keep, advice))


def answers_given(
    missed: Mapping[str, Missed],
    *,
    passed_on: bool = False,
    fair: bool = False,
    words: tuple[str, str] = (KEEP[0], TRY[0]),
) -> dict[str, Any]:
    """Everything met but what is missed; words: what to keep, and what to try where something was missed."""
    answers: dict[str, dict[str, Any]] = {code: {"option": option} for code, option in MET.items()}
    answers[TRANSFER] = {"option": "yes"} if passed_on else {"na": True}
    if fair:
        answers["q2"] = {"option": "2"}
    for code, way in missed.items():
        cause = RootCause.objects.filter(kind=way.kind).first()
        assert cause is not None, "the usual causes are there from the first migration"
        answers[code] = {"option": way.option, "cause": cause.pk, "comment": way.comment}
    said = " ".join(words if missed or fair else words[:1])
    return {"answers": answers, "words": said, "missed_complaint": False, "vulnerable_customer": False}
