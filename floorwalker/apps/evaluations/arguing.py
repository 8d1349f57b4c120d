"""What was said on each question of a session, how much was it argued, and what stands in the end?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from floorwalker.apps.evaluations import saying
from floorwalker.apps.evaluations.models import (
    AgreedAnswer,
    AgreedWording,
    CalibrationContact,
    CalibrationSession,
    Evaluation,
    Miss,
)
from floorwalker.apps.evaluations.models.markings import read_answers
from floorwalker.apps.people.models import User
from floorwalker.insight.calibrating import Compared, Sheet, is_same
from floorwalker.insight.marking import Answer, Answers
from floorwalker.insight.questionnaire import Question


def sheets_of(sessions: Iterable[CalibrationSession]) -> dict[int, Sheet]:
    """By session what was handed in and agreed, of those whose marks are shown."""
    known = {one.pk: one for one in sessions if one.is_shown}
    given: dict[int, dict[int, dict[int, Answers]]] = {pk: {} for pk in known}
    for pk, session in CalibrationContact.objects.filter(session__in=known).values_list("pk", "session"):
        given[session][pk] = {}
    done = Evaluation.objects.filter(calibration__session__in=known, stands__isnull=False)
    told = done.order_by("evaluator__username").values_list(
        "calibration__session", "calibration", "evaluator", "stands__answers"
    )
    for session, contact, evaluator, answers in told:
        given[session][contact][evaluator] = read_answers(answers)
    agreed: dict[int, dict[int, dict[str, Answer]]] = {pk: {} for pk in known}
    for one in AgreedAnswer.objects.filter(contact__session__in=known).select_related("contact"):
        answers = agreed[one.contact.session_id].setdefault(one.contact_id, {})
        answers[one.question] = read_answers({one.question: one.answer})[one.question]
    return {pk: Sheet(session.version.asks, given[pk], agreed[pk]) for pk, session in known.items()}


@dataclass(frozen=True)
class Said:
    """What one participant answered; off: whether it is not what stands in the end; miss: what was heard, and why."""

    user: User
    said: str
    off: bool
    miss: Miss | None = None


@dataclass(frozen=True)
class OnContact:
    """One question on one contact: who said what, and what stands: agreed, or the same from everybody."""

    contact: CalibrationContact
    said: tuple[Said, ...]
    stands: str
    is_agreed: bool
    answer: Answer | None
    unanimous: bool

    @property
    def differs(self) -> bool:
        """Whether two people said two things."""
        return len(self.said) > 1 and not self.unanimous


@dataclass(frozen=True)
class Argued:
    """One question with how much it was argued, and everything that was said."""

    compared: Compared
    differ: str
    on_contacts: tuple[OnContact, ...]
    wording: AgreedWording | None

    @property
    def question(self) -> Question:
        """The question."""
        return self.compared.question

    @property
    def is_open(self) -> bool:
        """Whether people differ on it, and nothing was agreed for some contact."""
        return any(one.differs and not one.is_agreed for one in self.on_contacts)


def argue(
    session: CalibrationSession, sheet: Sheet, contacts: Sequence[CalibrationContact], participants: Sequence[User]
) -> list[Argued]:
    """Every question that can be compared, the most argued first."""
    misses = {
        (one.marking.evaluation.calibration_id, one.marking.by_id, one.question): one
        for one in Miss.objects.filter(marking__stands_for__calibration__session=session).select_related(
            "marking__evaluation", "cause"
        )
    }
    wordings = {one.question: one for one in session.wordings.all()}
    stands = sheet.settled
    found = []
    for compared in sheet.compared:
        code = compared.question.code
        on_contacts = tuple(
            _on_contact(compared, contact, sheet, participants, stands[contact.pk].get(code), misses)
            for contact in contacts
        )
        differ = "–" if compared.apart is None else f"{100 * compared.apart:.0f}%"
        found.append(Argued(compared, differ, on_contacts, wordings.get(code)))
    return found


def _on_contact(
    compared: Compared,
    contact: CalibrationContact,
    sheet: Sheet,
    participants: Sequence[User],
    stands: Answer | None,
    misses: Mapping[tuple[int | None, int, str], Miss],
) -> OnContact:
    question = compared.question
    asked = sheet.asked[contact.pk]
    said = []
    for user in participants:
        answer = asked.get(user.pk, {}).get(question.code)
        if answer is not None:
            off = stands is not None and not is_same(question, answer, stands)
            miss = misses.get((contact.pk, user.pk, question.code))
            said.append(Said(user, saying.answer_words(question, answer), off, miss))
    return OnContact(
        contact,
        tuple(said),
        "" if stands is None else saying.answer_words(question, stands),
        question.code in sheet.agreed.get(contact.pk, {}),
        stands,
        contact.pk in compared.unanimous,
    )
