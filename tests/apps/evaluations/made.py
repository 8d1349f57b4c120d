"""What do tests of forms and evaluations stand on? A form as a centre would build it, by the same actions as on its pages."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, Protocol

from django.utils import timezone

from floorwalker.apps.evaluations import building, editing
from floorwalker.apps.evaluations.answering import read_given
from floorwalker.apps.evaluations.answering_back import show_marks
from floorwalker.apps.evaluations.appealing import raise_appeal
from floorwalker.apps.evaluations.beginning import begin_evaluation
from floorwalker.apps.evaluations.contacts import parts_of
from floorwalker.apps.evaluations.evaluating import release_evaluation
from floorwalker.apps.evaluations.handing_in import submit_marking
from floorwalker.apps.evaluations.models import Evaluation, EvaluationForm, Purpose
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.models import RootCause
from floorwalker.insight.questionnaire import Condition, Critical, Fatal, Form, Option, Question, QuestionKind, Section

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence


class People(Protocol):
    """Whoever stands on a floor: its agents, and by name those who log in."""

    @property
    def agents(self) -> Sequence[Agent]: ...

    @property
    def users(self) -> Mapping[str, User]: ...


@dataclass(frozen=True)
class Made:
    """People of a floor that was made elsewhere."""

    agents: Sequence[Agent]
    users: Mapping[str, User]


SCALE = tuple(
    Option(str(n), label, share, miss, anchor)
    for n, label, share, miss, anchor in (
        (1, "Poor", 0.0, True, "Talks over the customer"),
        (2, "Fair", 0.5, False, "Listens, asks little"),
        (3, "Good", 1.0, False, "Asks, and says back what was heard"),
    )
)
ASKED = (
    Question("q1", "Greeted by name", QuestionKind.YES_NO),
    Question("q2", "Listened", QuestionKind.SCALE, points=3, options=SCALE, guidance="Silence counts."),
    Question("q3", "Checked who was calling", QuestionKind.YES_NO, critical=Critical.COMPLIANCE, fatal=Fatal.FORM_ZERO),
    Question("q4", "Said why it was not checked", QuestionKind.YES_NO, condition=Condition("q3", ("no",))),
    Question("q5", "Anything else", QuestionKind.TEXT),
)


def published_form(analyst: User, name: str = "Calls") -> EvaluationForm:
    """A published form of two sections."""
    form = building.begin_form(name, "How we speak", 14, by=analyst, at=NOW)

    for section in (Section("s1", "Service", (), 40), Section("s2", "Safety", (), 20)):
        building.change_draft(form, partial(_section, section), by=analyst, at=NOW)
    for question in ASKED:
        change = partial(_with, question, "s1" if question.code < "q3" else "s2")
        building.change_draft(form, change, by=analyst, at=NOW)
    building.publish_version(form, "The first", by=analyst, at=NOW)
    return form


def second_analyst(floor: People) -> User:
    """Another one who marks what the analyst may."""
    made, grant = User.objects.create(username="second_analyst"), floor.users["analyst"].grants.get()
    made.grants.create(role=grant.role, from_day=grant.from_day)
    return made


def leaves(user: User, at: datetime = NOW) -> None:
    """Her log-in is closed, whatever else it is: also the last one of its kind."""
    User.objects.filter(pk=user.pk).update(is_active=False)
    record("admin", "close_log_in", user, at)


def long_form(analyst: User) -> EvaluationForm:
    """A published form of four sections with five questions each."""
    form = building.begin_form("Long calls", "", 14, by=analyst, at=NOW)
    for section in range(4):
        code = f"s{section}"
        building.change_draft(form, partial(_section, Section(code, f"Part {section + 1}", ())), by=analyst, at=NOW)
        for number in range(5):
            question = Question(f"q{section}{number}", f"Thing {section}.{number}", QuestionKind.YES_NO)
            building.change_draft(form, partial(_with, question, code), by=analyst, at=NOW)
    building.publish_version(form, "", by=analyst, at=NOW)
    return form


def _section(section: Section, asks: Form, _new: str) -> Form:
    return editing.with_section(asks, section)


def _with(question: Question, section: str, asks: Form, _new: str) -> Form:
    return editing.with_question(asks, question, section=section)


def begin(
    floor: People,
    agent: Agent,
    form: EvaluationForm,
    *,
    by: str = "analyst",
    purpose: Purpose = Purpose.OFFICIAL,
    place: int = 0,
) -> Evaluation:
    """An evaluation of the agent's latest contact (or of an earlier one), begun."""
    part = parts_of(agent, None)[0][place]
    published = form.published
    assert published is not None
    return begin_evaluation(part, agent, published, purpose, by=floor.users[by], at=NOW)


def cause(kind: str) -> RootCause:
    """The usual cause of a kind."""
    found = RootCause.objects.filter(kind=kind).first()
    assert found is not None
    return found


def sent(**answers: str) -> dict[str, str]:
    """What the page sends: everything met, and other answers where they are given by their code."""
    return {f"a-{code}": answer for code, answer in ({"q1": "yes", "q2": "3", "q3": "yes"} | answers).items()}


def missed(code: str, option: str, kind: str) -> dict[str, str]:
    """What the page sends for a miss with its cause."""
    return {f"a-{code}": option, f"r-{code}": str(cause(kind).pk), f"c-{code}": f"Heard at {code}"}


def submitted(floor: People, evaluation: Evaluation, given: dict[str, str]) -> Evaluation:
    """Its open marking handed in by whoever makes it."""
    marking = evaluation.open_marking
    assert marking is not None
    submit_marking(marking, read_given(evaluation.version.asks, given), by=marking.by, at=timezone.now())
    return Evaluation.objects.get(pk=evaluation.pk)


def evaluations(floor: People, form: EvaluationForm) -> dict[str, dict[str, int]]:
    """Evaluations of agent 0 by the analyst, one for each stage, as arguments of addresses."""
    found = {}
    for place, stage in enumerate(("released", "submitted", "begun", "edited")):
        one = begin(floor, floor.agents[0], form, place=place)
        if stage != "begun":
            one = submitted(floor, one, sent() | missed("q1", "no", "agent"))
        if stage == "released":
            release_evaluation(one, by=floor.users["analyst"], at=NOW)
        found[stage] = {"evaluation_id": one.pk}
    return found


def released(
    floor: People,
    form: EvaluationForm,
    given: dict[str, str],
    *,
    by: str = "analyst",
    purpose: Purpose = Purpose.OFFICIAL,
    place: int = 0,
) -> Evaluation:
    """An evaluation of agent 0 that she may read, and answer for as many days from now as the form gives."""
    begun = begin(floor, floor.agents[0], form, by=by, purpose=purpose, place=place)
    release_evaluation(submitted(floor, begun, given), by=floor.users[by], at=timezone.now())
    return Evaluation.objects.get(pk=begun.pk)


def appealed(floor: People, form: EvaluationForm, *, by: str, place: int = 4) -> Evaluation:
    """An evaluation of agent 0 against which she appealed, as if somebody else had made its marks."""
    found = released(floor, form, sent(), place=place)
    found.markings.update(by=floor.users[by])
    Evaluation.objects.filter(pk=found.pk).update(evaluator=floor.users[by])
    show_marks(found, by=floor.users["agent"], at=NOW)
    raise_appeal(found, "I heard something else.", (), by=floor.users["agent"], at=NOW)
    return found
