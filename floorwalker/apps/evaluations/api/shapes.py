"""In which shapes does the API show evaluations: how far each is, what it came to, and every answer with its cause?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from ninja import Field, Schema

from floorwalker.apps.evaluations.models import Appeal, Evaluation, Marking, Remark
from floorwalker.apps.people.api.shapes import AgentNamed, Named

SHARE = "0 to 1; nothing where nothing applied"


class Marks(Schema):
    """What a marking came to. The agent's score leaves out what was not the agent's doing; the contact's keeps it."""

    score: float | None = Field(None, description=f"the agent's, {SHARE}")
    score_before_fatal: float | None = Field(None, description=f"the agent's before the fatal rule, {SHARE}")
    contact_score: float | None = Field(None, description=f"what the customer got, {SHARE}")
    contact_score_before_fatal: float | None = Field(None, description=f"the same before the fatal rule, {SHARE}")
    fatal: bool = Field(description="whether a fatal miss was the agent's")
    contact_fatal: bool
    customer_critical: bool = Field(description="whether something was missed that is critical to the customer")
    business_critical: bool
    compliance_critical: bool
    defects: int = Field(description="misses that were the agent's")
    opportunities: int = Field(description="of so many answers that could be one")
    missed_complaint: bool = Field(description="the customer complained, and it was not recorded as a complaint")
    vulnerable_customer: bool

    @classmethod
    def of(cls, marking: Marking) -> Marks:
        """What a submitted marking came to."""
        return cls(
            score=marking.agent_share,
            score_before_fatal=marking.agent_before_fatal,
            contact_score=marking.contact_share,
            contact_score_before_fatal=marking.contact_before_fatal,
            fatal=marking.agent_fatal,
            **{name: getattr(marking, name) for name in _SAME},
        )


_SAME = (
    *("contact_fatal", "customer_critical", "business_critical", "compliance_critical", "defects", "opportunities"),
    *("missed_complaint", "vulnerable_customer"),
)


class EvaluationOf(Schema):
    """One evaluation of one agent's part of a contact, or of the whole contact."""

    id: int
    purpose: str = Field(description="official, coaching, self, peer or calibration; official ones alone count")
    picked: str = Field(description="hand: chosen by somebody; random: drawn by chance; targeted: drawn for a reason")
    inclusion_probability: float | None = Field(None, description="with which chance it was drawn: 0 to 1")
    state: str = Field(description="begun, submitted, released, acknowledged, appealed or decided")
    agent: AgentNamed
    evaluator: Named
    form: int
    form_name: str
    form_version: int
    contact: str = Field(description="the contact's key in the facts: 32 hexadecimal digits")
    part: str | None = Field(None, description="the key of the agent's part; nothing where all of it was evaluated")
    contact_at: datetime
    queue: str | None = None
    channel: str | None = None
    reason: str | None = Field(None, description="the reason for the contact")
    begun_at: datetime
    submitted_at: datetime | None = None
    released_at: datetime | None = None
    respond_by: date | None = Field(None, description="the last day on which the agent may appeal")
    acknowledged_at: datetime | None = None
    marks: Marks | None = Field(
        None,
        description="nothing before it is submitted, while the agent has not asked for them, and while an appeal is open "
        "for whoever may decide it",
    )

    @classmethod
    def of(cls, evaluation: Evaluation, *, hidden: bool) -> EvaluationOf:
        """An evaluation; hidden: without marks."""
        return cls(**evaluation_fields(evaluation, hidden=hidden))


class CauseNamed(Schema):
    """Why something was missed."""

    code: str
    name: str
    kind: str = Field(description="agent, process, system, policy, information or customer")


class AnswerOf(Schema):
    """One answer of the marking that stands, with what it is worth and why it was missed."""

    question: str = Field(description="the code of the question, the same through all versions of the form")
    section: str = Field(description="the title of its section")
    wording: str
    option: str | None = Field(None, description="the code of the answer that was chosen")
    number: float | None = None
    text: str | None = None
    not_applicable: bool
    said: str = Field(description="the answer in words")
    share: float | None = Field(
        None, description="of its points, how much it earns: 0 to 1; nothing where it is not judged"
    )
    points: float = Field(description="what the question counts in the form")
    miss: bool
    comment: str | None = None
    cause: CauseNamed | None = None
    outside_agent: bool = Field(description="a miss whose cause lies outside the agent: left out of the agent's score")


class MarkingOf(Schema):
    """One of the markings that an evaluation has had; none is changed once it is submitted."""

    number: int
    why: str = Field(description="first, edit or appeal")
    by: Named
    reason: str | None = None
    submitted_at: datetime
    score: float | None = Field(None, description=f"the agent's, {SHARE}")
    stands: bool

    @classmethod
    def of(cls, marking: Marking, stands: int | None) -> MarkingOf:
        """A submitted marking; stands: the number of the record of the one that does."""
        assert marking.submitted_at is not None
        return cls(
            number=marking.number,
            why=marking.why,
            by=Named.of(marking.by),
            reason=marking.reason or None,
            submitted_at=marking.submitted_at,
            score=marking.agent_share,
            stands=marking.pk == stands,
        )


class RemarkOn(Schema):
    """What somebody wrote below an evaluation."""

    by: Named
    at: datetime
    words: str

    @classmethod
    def of(cls, remark: Remark) -> RemarkOn:
        """A remark."""
        return cls(by=Named.of(remark.by), at=remark.at, words=remark.words)


class AppealOf(Schema):
    """What the agent says against an evaluation, and what another evaluator decided who had not seen the marks."""

    raised_at: datetime
    reason: str
    questions: list[str] = Field(description="the codes of the questions that it is about; none: all of them")
    outcome: str | None = Field(None, description="upheld or overturned; nothing before it is decided")
    explanation: str | None = None
    decided_at: datetime | None = None
    decided_by: Named | None = None

    @classmethod
    def of(cls, appeal: Appeal) -> AppealOf:
        """An appeal."""
        decided = appeal.decided_at is not None
        return cls(
            raised_at=appeal.raised_at,
            reason=appeal.reason,
            questions=appeal.questions,
            outcome=appeal.outcome or None,
            explanation=appeal.explanation or None,
            decided_at=appeal.decided_at,
            decided_by=Named.or_none(appeal.taken_by) if decided else None,
        )


class EvaluationInFull(EvaluationOf):
    """One evaluation with its answers, how its score comes about, and what was said to it."""

    answers: list[AnswerOf] = Field(description="of the marking that stands, in the order of the form")
    steps: list[str] = Field(description="how the agent's score comes about, as one would work it out by hand")
    words: str | None = Field(None, description="for the agent: what to keep and what to try")
    markings: list[MarkingOf] = Field(description="every one that was submitted, the first first")
    remarks: list[RemarkOn]
    appeal: AppealOf | None = None


def evaluation_fields(evaluation: Evaluation, *, hidden: bool) -> dict[str, Any]:
    """What is told of every evaluation."""
    same = ("purpose", "picked", "inclusion_probability", "contact_at", "begun_at", "submitted_at", "released_at")
    answered = ("respond_by", "acknowledged_at")
    marking = None if hidden else evaluation.stands
    return {
        **{name: getattr(evaluation, name) for name in (*same, *answered)},
        **{name: getattr(evaluation, name) or None for name in ("queue", "channel", "reason")},
        "id": evaluation.pk,
        "state": str(evaluation.state),
        "agent": AgentNamed.of(evaluation.agent),
        "evaluator": Named.of(evaluation.evaluator),
        "form": evaluation.version.form_id,
        "form_name": evaluation.version.form.name,
        "form_version": evaluation.version.number,
        "contact": bytes(evaluation.contact_key).hex(),
        "part": None if evaluation.segment_key is None else bytes(evaluation.segment_key).hex(),
        "marks": None if marking is None else Marks.of(marking),
    }
