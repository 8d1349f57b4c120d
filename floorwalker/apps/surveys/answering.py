"""What does a customer answer? Once, and changed as often as she likes until it closes; what she said before is kept as figures.

Answers leave no entry in the audit trail: each is a row with its own time, and what replaced it.
"""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime

from django.utils.translation import gettext as _

from floorwalker.apps.people.acting import action, publish_records_soon
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.apps.surveys.models import Answer, Invitation, NoMore, Question
from floorwalker.apps.surveys.models.answers import LONGEST_TEXT
from floorwalker.errors import Refused

# By question: a score, or words; None where it is left open.
Given = Mapping[Question, int | str | None]


@action
def answer_survey(invitation: Invitation, given: Given, *, at: datetime) -> Invitation:
    """Keep the customer's answers; those that differ from what she said before take its place."""
    if not invitation.is_open(at):
        raise Refused(_("this survey has closed"))
    asked = set(invitation.version.questions.all()) if invitation.version else set()
    if not set(given) <= asked:
        raise Refused(_("this was not asked"))
    present = {answer.question: answer for answer in invitation.answers.present().select_related("question")}
    changed = [_keep(invitation, question, present.get(question), value, at) for question, value in given.items()]
    if any(changed):
        invitation.answered_at = invitation.answered_at or at
        invitation.changed_at = at
        invitation.save(update_fields=["answered_at", "changed_at"])
    return invitation


def _keep(
    invitation: Invitation, question: Question, before: Answer | None, value: int | str | None, at: datetime
) -> bool:
    score, text = _checked(question, value)
    if (before.score, before.text) == (score, text) if before else (score is None and not text):
        return False
    if before is not None:
        # Her own words are hers to take back: of those nothing is kept.
        before.replaced_at, before.text = at, ""
        before.save(update_fields=["replaced_at", "text"])
    if score is not None or text:
        Answer.objects.create(invitation=invitation, question=question, score=score, text=text, given_at=at)
    return True


def _checked(question: Question, value: int | str | None) -> tuple[int | None, str]:
    """The score or the words; Refused where the question has no such answer."""
    if value is None or value == "":
        return None, ""
    if not question.is_scored:
        return None, str(value).strip()[:LONGEST_TEXT]
    least, most = question.scale
    if not isinstance(value, int) or not least <= value <= most:
        raise Refused(_("this is not on the scale"), found=str(value)[:20], expected=f"{least} to {most}")
    return value, ""


@action
def ask_no_more(invitation: Invitation, *, at: datetime) -> None:
    """Note that the customer does not want to be asked again, by whatever plan."""
    if invitation.address_key is not None:
        NoMore.objects.get_or_create(address_key=bytes(invitation.address_key), defaults={"at": at})


@action
def erase_words(answer: Answer, *, by: User, at: datetime) -> Answer:
    """Take out what a customer wrote, such as a name or a number that nobody should read; the figures stay."""
    answer.text, answer.erased_at = "", at
    answer.save(update_fields=["text", "erased_at"])
    record(by.username, "erase_words", answer, at)
    return answer


@action
def ask_for_figures(*, by: User, at: datetime) -> None:
    """Have the answers brought into the figures now; the worker does it."""
    record(by.username, "publish_records", "surveys", at)
    publish_records_soon()
