"""How does a program read somebody's feedback, give some in its owner's name, and say what becomes of a matter?"""

from __future__ import annotations

from datetime import date, datetime
from typing import Annotated

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.coaching import deciding, giving
from floorwalker.apps.coaching.access import find_inbox, find_receiver, find_to_decide
from floorwalker.apps.coaching.deciding import Decided, places_for
from floorwalker.apps.coaching.giving import Said
from floorwalker.apps.coaching.models import Decision, Feedback, FeedbackSource, Leaning, MatterDecision
from floorwalker.apps.coaching.models.evidence import LONGEST_NOTE
from floorwalker.apps.coaching.models.feedback import LONGEST_PART
from floorwalker.apps.coaching.reading_marks import note_feedback_read
from floorwalker.apps.evaluations.models import Evaluation
from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.people.models import Team
from floorwalker.apps.standards.models import Process
from floorwalker.errors import Refused
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import Day, Id

router = Router()
Part = Annotated[str, Field(max_length=LONGEST_PART)]


class FeedbackOf(Schema):
    """One piece of feedback. A customer's own words stand with the surveys, where they can be erased, and not here."""

    id: int
    matter: int = Field(description="what it is about, once for all that says the same")
    code: str = Field(description="measure:…, standard:…, or a form or question of evaluations")
    source: FeedbackSource
    leaning: Leaning
    behaviour: str
    effect: str
    next_step: str
    words: str
    contacts: int | None = Field(description="on how many contacts or answers it rests")
    probability: float | None = Field(description="of what the figures say")
    private: bool
    given_at: datetime
    seen_at: datetime | None
    decision: str = Field(description="what was decided of its matter last; nothing: not yet")

    @classmethod
    def of(cls, one: Feedback) -> FeedbackOf:
        """As it is."""
        same = (
            "behaviour",
            "effect",
            "next_step",
            "words",
            "contacts",
            "probability",
            "private",
            "given_at",
            "seen_at",
        )
        return cls(
            id=one.pk,
            matter=one.matter_id,
            code=one.matter.code,
            source=FeedbackSource(one.source),
            leaning=Leaning(one.leaning),
            decision=one.matter.decision,
            **{name: getattr(one, name) for name in same},
        )


class FeedbackGiven(Schema):
    """What was done, on what it rests (what was seen, or an evaluation), what it led to, and what to try."""

    leaning: Leaning
    about: str = Field(max_length=120, description="measure:ID or standard:NUMBER")
    behaviour: Part
    effect: Part
    next_step: Part = ""
    seen: str = Field("", max_length=LONGEST_NOTE)
    evaluation: int | None = Field(None, ge=1)
    private: bool = False


class MatterDecisionGiven(Schema):
    """What becomes of a matter. watch_until: of what is watched; team or process: of what is not its receiver's."""

    decision: Decision
    because: Part
    watch_until: Day | None = None
    team: int | None = Field(None, ge=1)
    process: int | None = Field(None, ge=1)


class DecisionOf(Schema):
    """One decision, as it stays."""

    id: int
    matter: int
    decision: Decision
    because: str
    watch_until: date | None
    passed_to: int | None = Field(description="the matter where it went by this decision")
    at: datetime

    @classmethod
    def of(cls, made: MatterDecision) -> DecisionOf:
        """As it is."""
        return cls(
            id=made.pk,
            matter=made.matter_id,
            decision=Decision(made.decision),
            because=made.because,
            watch_until=made.watch_until,
            passed_to=made.passed_to_id,
            at=made.at,
        )


@router.get("/agents/{agent_id}/feedback", response=Page[FeedbackOf])
def list_feedback(request: HttpRequest, agent_id: Id, paging: Query[Paging]) -> object:
    """What was said of one person's work, the latest first: one's own, or of somebody whom one coaches."""
    user = user_of(request)
    agent = find_inbox(user, agent_id, today())
    found = Feedback.objects.shown_to(user, agent, today()).select_related("matter").prefetch_related("evidence")
    told: list[Feedback] = []

    def tell(one: Feedback) -> FeedbackOf:
        told.append(one)
        return FeedbackOf.of(one)

    page = page_of(request, found.order_by("-given_at", "-pk"), paging, tell)
    note_feedback_read(told, by=user, at=timezone.now())
    return page


@router.post("/agents/{agent_id}/feedback", response={201: FeedbackOf})
def give_feedback(request: HttpRequest, agent_id: Id, given: FeedbackGiven) -> object:
    """Say something of somebody's work, in one's own name; refused without evidence."""
    user, at = user_of(request), timezone.now()
    agent = find_receiver(user, agent_id, today())
    said = Said(**given.dict(exclude={"evaluation"}), evaluation=_evaluation(given.evaluation))
    return FeedbackOf.of(giving.give_feedback(agent, said, by=user, at=at))


def _evaluation(number: int | None) -> Evaluation | None:
    """The evaluation of that number; the action asks whether it may be pointed at."""
    if number is None:
        return None
    found = Evaluation.objects.filter(pk=number).first()
    if found is None:
        raise Refused("this evaluation is no evidence here", expected="one of this person that was released")
    return found


@router.post("/matters/{matter_id}/decisions", response={201: DecisionOf})
def decide_matter(request: HttpRequest, matter_id: Id, given: MatterDecisionGiven) -> object:
    """Say what becomes of a matter that one receives; earlier decisions stay."""
    user, at = user_of(request), timezone.now()
    matter = find_to_decide(user, matter_id, today())
    teams, processes = places_for(matter, at.date())
    places: list[Team | Process | None] = [one for one in teams if one.pk == given.team]
    places += [one for one in processes if one.pk == given.process]
    to = places[0] if places else None
    decided = Decided(given.decision, given.because, given.watch_until, to)
    return DecisionOf.of(deciding.decide_matter(matter, decided, by=user, at=at))
