"""What do customers say of one person's contacts: in words, and by what they scored low or high?

The words stay where the customer can take them back: feedback points at the answer and keeps no copy of it.
"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta

from django.db.models import Exists, OuterRef, Q

from floorwalker.apps.coaching.filing import file_feedback, since
from floorwalker.apps.coaching.models import Evidence, EvidenceKind, Feedback, FeedbackSource, Leaning
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.models import Agent, Identity
from floorwalker.apps.surveys.models import Answer, Invitation, QuestionKind

LOOK_BACK = timedelta(days=28)
KEYS = "survey:"
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
        return f"{KEYS}{self.answers[0].invitation_id}:"


def collect_surveys(at: datetime) -> int:
    """Bring in what customers answered lately, and take back what they changed; how many are new. Twice is as once."""
    _take_back_erased(at)
    made, found = 0, _heard(at)
    heard = [one for one in found.values() if one is not None]
    known = set(Feedback.objects.filter(key__in=[one.key for one in heard]).values_list("key", flat=True))
    for one in heard:
        if one.key not in known:
            _collect(one, at=at)
            made += 1
    _take_back_withdrawn([invitation for invitation, one in found.items() if one is None], at)
    return made


def _heard(at: datetime) -> dict[int, Heard | None]:
    """By invitation that was answered or changed lately, what it says now; None where that is nothing that can be told."""
    begin = since(KEYS, at, LOOK_BACK)
    lately = Q(answered_at__gte=begin, answered_at__lte=at) | Q(changed_at__gte=begin, changed_at__lte=at)
    invitations = list(Invitation.objects.answered().filter(lately))
    keys = {bytes(one.identity_key) for one in invitations if one.identity_key is not None}
    known = Identity.objects.filter(key__in=keys).select_related("agent")
    agents = {bytes(one.key): one.agent for one in known if one.agent is not None}
    answers: dict[int, list[Answer]] = {}
    given = Answer.objects.present().filter(invitation__in=invitations).select_related("question", "invitation")
    for one in given.order_by("question__position", "pk"):
        answers.setdefault(one.invitation_id, []).append(one)
    return {one.pk: _of_one(agents.get(bytes(one.identity_key or b"")), answers.get(one.pk, ())) for one in invitations}


def _take_back_withdrawn(invitations: Collection[int], at: datetime) -> None:
    """What a customer said before, who says nothing by now that is low, high or in words: the old verdict is not hers any more."""
    brought = Feedback.objects.standing().filter(
        source=FeedbackSource.SURVEY, evidence__answer__invitation__in=invitations
    )
    Feedback.objects.filter(pk__in=list(brought.values_list("pk", flat=True))).update(taken_back_at=at)


def _take_back_erased(at: datetime) -> None:
    """What rested on words alone that were erased."""
    kept = Evidence.objects.filter(feedback=OuterRef("pk"), answer__isnull=False, answer__erased_at=None)
    brought = Feedback.objects.standing().filter(source=FeedbackSource.SURVEY, key__startswith=KEYS)
    gone = brought.filter(~Exists(kept)).values_list("pk", flat=True)
    Feedback.objects.filter(pk__in=list(gone)).update(taken_back_at=at)


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
