"""What happens when somebody says something of herself, takes it back, or when nobody is asked any more?"""

from __future__ import annotations

from datetime import datetime

from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.group_figures import figures_of_month
from floorwalker.apps.evaluations.grouping import SEAL
from floorwalker.apps.evaluations.models import GroupQuestion, OwnWord
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.errors import Refused


@action
def end_question(question: GroupQuestion, *, by: User, at: datetime) -> None:
    """Ask no more, and forget every answer."""
    question.said.all().delete()
    question.figures.all().delete()
    question.ended_at = at
    question.save(update_fields=["ended_at"])
    record(by.username, "end_group_question", question, at)


@action
def say_of_oneself(question: GroupQuestion, choice: str | None, *, by: User, at: datetime) -> None:
    """Answer, answer anew, or take the answer back: None. The trail does not tell which.

    What was said before is gone at once. The month's figures are worked out before that, by whomever: they stay as they are.
    """
    if by.agent is None or question.ended_at is not None or (choice is not None and choice not in question.choices):
        raise Refused(_("this cannot be answered"), mend=_("choose one of the answers, or none"))
    figures_of_month(question, at.date())
    OwnWord.objects.filter(question=question, agent=by.agent).delete()
    if choice is not None:
        sealed = SEAL.close(choice)
        OwnWord.objects.create(question=question, agent=by.agent, sealed=sealed, said_on=at.date())
    record(by.username, "change_own_word", question, at)
