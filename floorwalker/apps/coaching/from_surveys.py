"""What do customers say of one person's contacts: in words, and by what they scored low or high?

The words stay where the customer can take them back: feedback points at the answer and keeps no copy of it.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from floorwalker.apps.coaching.filing import file_feedback
from floorwalker.apps.coaching.models import Evidence, EvidenceKind, Feedback, FeedbackSource, Leaning
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.models import Agent, Identity
from floorwalker.apps.surveys.models import Answer, Invitation, QuestionKind

LOOK_BACK = timedelta(days=28)
# Of each kind of question: up to what a score is low, from what it is high, and the measure that counts it.
LOW_AND_HIGH: Mapping[str, tuple[int, int, str]] = {
    QuestionKind.CSAT: (2, 5, "csat_mean"),
    QuestionKind.NPS: (6, 9, "net_promoter_score"),
    QuestionKind.CES: (2, 6, "customer_effort_score"),
    QuestionKind.RESOLVED: (0, 1, "first_contact_resolution"),
}
# Of words without a score.
IN_WORDS = "csat_mean"


@dataclass(frozen=True)
class Heard:
    """What one customer answered about one person; measure: of the first question that was scored."""

    agent: Agent
    answers: tuple[Answer, ...]
    leaning: Leaning
    measure: str

    @property
    def key(self) -> str:
        """By which it is brought in once; another one when she changes an answer."""
        return f"{self.begins}{max(one.pk for one in self.answers)}"

    @property
    def begins(self) -> str:
        """What the keys of all that came of this invitation begin with."""
        return f"survey:{self.answers[0].invitation_id}:"


def collect_surveys(at: datetime) -> int:
    """Bring in what customers answered lately, and take back what they changed; how many are new. Twice is as once."""
    made = 0
    found = [heard for heard in _heard(at) if heard is not None]
    known = set(Feedback.objects.filter(key__in=[one.key for one in found]).values_list("key", flat=True))
    for heard in found:
        if heard.key not in known:
            _collect(heard, at=at)
            made += 1
    return made


def _heard(at: datetime) -> list[Heard | None]:
    invitations = list(Invitation.objects.answered().filter(answered_at__gte=at - LOOK_BACK, answered_at__lte=at))
    changed = Invitation.objects.filter(changed_at__gte=at - LOOK_BACK, changed_at__lte=at)
    invitations = list({one.pk: one for one in (*invitations, *changed)}.values())
    keys = {bytes(one.identity_key) for one in invitations if one.identity_key is not None}
    known = Identity.objects.filter(key__in=keys).select_related("agent")
    agents = {bytes(one.key): one.agent for one in known if one.agent is not None}
    answers: dict[int, list[Answer]] = {}
    given = Answer.objects.present().filter(invitation__in=invitations).select_related("question", "invitation")
    for one in given.order_by("question__position", "pk"):
        answers.setdefault(one.invitation_id, []).append(one)
    return [_of_one(agents.get(bytes(one.identity_key or b"")), answers.get(one.pk, ())) for one in invitations]


def _of_one(agent: Agent | None, answers: Sequence[Answer]) -> Heard | None:
    """None where it is about nobody, or neither words nor a score that is low or high were given."""
    if agent is None:
        return None
    told = [one for one in answers if one.score is not None or one.text]
    scored = next((one for one in told if one.score is not None and one.question.kind in LOW_AND_HIGH), None)
    leaning, measure = Leaning.OPEN, IN_WORDS
    if scored is not None and scored.score is not None:
        low, high, measure = LOW_AND_HIGH[scored.question.kind]
        if scored.score <= low:
            leaning = Leaning.DEVELOPMENT
        elif scored.score >= high:
            leaning = Leaning.STRENGTH
    if leaning == Leaning.OPEN and not any(one.text for one in told):
        return None
    return Heard(agent.person, tuple(told), leaning, measure)


@action
def _collect(heard: Heard, *, at: datetime) -> None:
    """What she said now, in the place of what she said before."""
    Feedback.objects.standing().filter(key__startswith=heard.begins).update(taken_back_at=at)
    feedback = Feedback(
        source=FeedbackSource.SURVEY, leaning=heard.leaning, key=heard.key, measure=heard.measure, contacts=1
    )
    evidence = [
        Evidence(kind=EvidenceKind.ANSWER, agent=heard.agent, contact_key=one.invitation.contact_key, answer=one)
        for one in heard.answers
    ]
    file_feedback(heard.agent, f"measure:{heard.measure}", feedback, evidence, at=at)
