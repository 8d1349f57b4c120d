"""Who has read a standard, who has not, and which questions of its check are misunderstood?"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import date, datetime

from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.concerning import concerned_by
from floorwalker.apps.standards.models import Asking, CheckAnswer, CheckQuestion, StandardVersion
from floorwalker.estimate import Estimate
from floorwalker.insight.shares import share_of

# Of fewer first answers nothing is said of a question: one person would be told.
FEWEST_ANSWERS = 4


@dataclass(frozen=True)
class Understood:
    """One question of the check: how many of the first answers were right, and which wrong one is chosen most.

    share: None where fewer than four have answered.
    """

    question: CheckQuestion
    answered: int
    share: Estimate | None
    mostly: str


@dataclass(frozen=True)
class Readers:
    """Of one asking: who has acknowledged it and when, who has not with how many reminders, and who has no log-in."""

    asking: Asking
    read: list[tuple[User, datetime]]
    unread: list[tuple[User, int]]
    without_log_in: tuple[Agent, ...]
    questions: list[Understood]

    @property
    def asked(self) -> int:
        """How many are asked."""
        return len(self.read) + len(self.unread)


def readers_of(version: StandardVersion, on: date) -> Readers | None:
    """Of the last asking; None where it was not published."""
    asking = version.askings.order_by("number").last()
    if asking is None:
        return None
    concerned = concerned_by(version, on)
    at = {one.user_id: one.at for one in asking.acknowledgements.all()}
    reminded: dict[int, int] = {}
    for one in asking.reminders.all():
        reminded[one.user_id] = max(one.number, reminded.get(one.user_id, 0))
    read = [(user, at[user.pk]) for user in concerned.users if user.pk in at]
    unread = [(user, reminded.get(user.pk, 0)) for user in concerned.users if user.pk not in at]
    return Readers(asking, read, unread, concerned.without_log_in, understood(version))


def understood(version: StandardVersion) -> list[Understood]:
    """Each question by the first answers of everybody, those least understood first."""
    first: dict[int, list[CheckAnswer]] = {}
    seen: set[tuple[int, int]] = set()
    answers = CheckAnswer.objects.filter(question__version=version).order_by("asking", "try_number", "pk")
    for answer in answers.select_related("question"):
        if (answer.question_id, answer.user_id) not in seen:
            seen.add((answer.question_id, answer.user_id))
            first.setdefault(answer.question_id, []).append(answer)
    found = [_understood(question, first.get(question.pk, [])) for question in version.questions.all()]
    return sorted(found, key=lambda one: 2.0 if one.share is None else one.share.value)


def _understood(question: CheckQuestion, answers: list[CheckAnswer]) -> Understood:
    if len(answers) < FEWEST_ANSWERS:
        return Understood(question, len(answers), None, "")
    right = sum(answer.chosen == question.right for answer in answers)
    wrong = Counter(answer.chosen for answer in answers if answer.chosen != question.right)
    mostly = question.options[wrong.most_common(1)[0][0]] if wrong else ""
    return Understood(question, len(answers), share_of(right, len(answers)), mostly)
