"""Who has read a standard, who has not, and which questions of its check are misunderstood?"""

from __future__ import annotations

from collections import Counter
from collections.abc import Container
from dataclasses import dataclass
from datetime import date, datetime

from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.concerning import Concerned, concerned_by, is_concerned, may_keep
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
    """Of one asking: who has acknowledged it and when, who has not with how many reminders, and who has no log-in.

    is_overdue: whether the day by which it was to be read is over.
    """

    asking: Asking
    read: list[tuple[User, datetime]]
    unread: list[tuple[User, int]]
    without_log_in: tuple[Agent, ...]
    questions: list[Understood]
    is_overdue: bool

    @property
    def asked(self) -> int:
        """How many are asked."""
        return len(self.read) + len(self.unread)

    @property
    def concerned(self) -> int:
        """Whom it concerns: who is asked, and who cannot be, having no log-in."""
        return self.asked + len(self.without_log_in)


def readers_for(version: StandardVersion, reader: User, on: date) -> Readers | None:
    """Of the last asking, everybody for its keepers, for a leader her own people; None for others, and before it is published."""
    if may_keep(reader, version, on):
        return readers_of(version, on)
    led = Agent.objects.visible_to(reader, on) if reader.scope_on(on).teams else Agent.objects.none()
    known = set(led.values_list("pk", flat=True)) if is_concerned(reader, version, on) else set()
    return readers_of(version, on, of=known) if known else None


def readers_of(version: StandardVersion, on: date, of: Container[int] | None = None) -> Readers | None:
    """Of the last asking; None where it was not published. of: of these agents alone."""
    asking = version.askings.order_by("number").last()
    if asking is None:
        return None
    concerned = _only(concerned_by(version, on), of)
    at = {one.user_id: one.at for one in asking.acknowledgements.all()}
    reminded: dict[int, int] = {}
    for one in asking.reminders.all():
        reminded[one.user_id] = max(one.number, reminded.get(one.user_id, 0))
    read = [(user, at[user.pk]) for user in concerned.users if user.pk in at]
    unread = [(user, reminded.get(user.pk, 0)) for user in concerned.users if user.pk not in at]
    return Readers(asking, read, unread, concerned.without_log_in, understood(version), asking.due_on < on)


def _only(concerned: Concerned, of: Container[int] | None) -> Concerned:
    if of is None:
        return concerned
    users = tuple(user for user in concerned.users if user.agent_id is not None and user.agent_id in of)
    return Concerned(users, tuple(agent for agent in concerned.without_log_in if agent.pk in of))


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
