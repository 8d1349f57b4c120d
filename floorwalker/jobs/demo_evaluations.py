"""What has the demo's invented centre found on its contacts? A form, and evaluations of one agent at each stage."""

from __future__ import annotations

from datetime import datetime
from functools import partial
from typing import Any

from floorwalker.apps.evaluations import building, editing
from floorwalker.apps.evaluations.contacts import WEEKS, identities_of
from floorwalker.apps.evaluations.evaluating import begin_evaluation, release_evaluation, submit_marking
from floorwalker.apps.evaluations.models import Evaluation, EvaluationForm, FormVersion, Purpose
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.models import CauseKind, RootCause, StandardVersion
from floorwalker.facts.lake import Lake
from floorwalker.insight.parts import parts_of_agent
from floorwalker.insight.questionnaire import Critical, Fatal, Form, Option, Question, QuestionKind, Section

TRANSFER = "q4"
LISTENING = (
    Option("1", "Poor", 0.0, miss=True, anchor="Talks over the customer, or asks what was just said"),
    Option("2", "Fair", 0.5, miss=False, anchor="Lets the customer finish, and asks little"),
    Option("3", "Good", 1.0, miss=False, anchor="Asks, and says back what was heard"),
)
ASKED: tuple[tuple[Section, tuple[Question, ...]], ...] = (
    (
        Section("s1", "What the customer hears", (), 60),
        (
            Question("q1", "The own name within the first sentence", QuestionKind.YES_NO),
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
MET = {"q1": "yes", "q2": "3", "q3": "yes", TRANSFER: "na", "q5": "yes", "q6": "yes"}


def evaluate_somebody(lake: Lake, analyst: User, agent: Agent, *, at: datetime) -> None:
    """Build the form and mark three contacts of one agent, once: what is there already stays as it is."""
    if EvaluationForm.objects.exists():
        return
    version, facts = _form(analyst, at), lake.snapshot()
    known = facts.days("segment")
    parts = parts_of_agent(facts, identities_of(agent), known[1] - WEEKS, known[1]) if known else []
    for number, part in enumerate(parts[:3]):
        made = begin_evaluation(part, agent, version, Purpose.OFFICIAL, by=analyst, at=at)
        if number < 2:
            _hand_in(made, _given(missed=number == 0), analyst, at)
        if number == 0:
            release_evaluation(made, by=analyst, at=at)


def _form(analyst: User, at: datetime) -> FormVersion:
    form = building.begin_form("Calls", "What a caller gets from us.", 14, by=analyst, at=at)
    for section, questions in ASKED:
        building.change_draft(form, partial(_with_section, section), by=analyst, at=at)
        for question in questions:
            building.change_draft(form, partial(_with_question, question, section.code), by=analyst, at=at)
    known = StandardVersion.objects.current().filter(measure="transfer_rate").select_related("standard").first()
    if known is not None:
        building.check_standard(form, TRANSFER, known.standard, by=analyst, at=at)
    return building.publish_version(form, "The first one.", by=analyst, at=at)


def _with_section(section: Section, asks: Form, _new: str) -> Form:
    return editing.with_section(asks, section)


def _with_question(question: Question, section: str, asks: Form, _new: str) -> Form:
    return editing.with_question(asks, question, section=section)


def _given(*, missed: bool) -> dict[str, Any]:
    answers: dict[str, dict[str, Any]] = {
        code: {"na": True} if option == "na" else {"option": option} for code, option in MET.items()
    }
    if missed:
        cause = RootCause.objects.filter(kind=CauseKind.SYSTEM).first()
        own = RootCause.objects.filter(kind=CauseKind.AGENT).first()
        assert cause is not None and own is not None, "the usual causes are there from the first migration"
        heard = "The screen did not open while the customer told her reason."
        answers["q6"] = {"option": "no", "cause": cause.pk, "comment": heard}
        answers["q3"] = {"option": "no", "cause": own.pk, "comment": "Promised to call back, and did not say when."}
    words = (
        "You let her finish, and said back what you had heard: keep that. Try to name a day when you promise something."
    )
    return {"answers": answers, "words": words, "missed_complaint": False, "vulnerable_customer": False}


def _hand_in(made: Evaluation, given: dict[str, Any], analyst: User, at: datetime) -> None:
    marking = made.open_marking
    assert marking is not None
    submit_marking(marking, given, by=analyst, at=at)
