"""By which plans are contacts drawn, was a draw made as it says, and what was drawn for the owner of the token?

Of a draw, the contacts are told as chance gave them: not to whom they went, nor which of them a second evaluator marks too,
since whoever builds forms may be one of both.
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils import timezone
from django.utils.timezone import now
from ninja import Field, Query, Router, Schema

from floorwalker.apps.evaluations import drawing, sampling_words
from floorwalker.apps.evaluations.access import find_draw, find_drawn, find_plan, is_hidden_from
from floorwalker.apps.evaluations.api.shapes import EvaluationOf
from floorwalker.apps.evaluations.models import Draw, Drawn, SamplingPlan
from floorwalker.apps.evaluations.models.draws import LONGEST_WHY
from floorwalker.apps.evaluations.proving import Proof, prove_draw
from floorwalker.apps.people.access import require, today, user_of
from floorwalker.apps.people.api.shapes import AgentNamed
from floorwalker.apps.people.models import Right
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import Id

router = Router()


class SamplingPlanOf(Schema):
    """A version of a plan: a quota for each agent in each week or month; of all teams, queues and channels where none is named."""

    id: int
    name: str
    form: int
    every: str = Field(description="week or month")
    quota: int = Field(description="contacts of each agent in each of these, drawn by chance")
    outside: float = Field(description="the least share of an evaluator's contacts outside her own teams: 0.25 to 1")
    twice: float = Field(description="the share that a second evaluator marks too, blind: 0 to 1")
    targeted: int = Field(description="contacts more of each agent, for a reason; in no score")
    causes: list[str] = Field(description="for which reasons: complaint, low_survey, repeat or long")
    teams: list[int]
    queues: list[int]
    channels: list[str]
    from_day: date
    until: date | None = Field(None, description="the first day of which it draws nothing")
    follows: int | None = Field(None, description="the version of the same plan in whose place it came, where it did")

    @classmethod
    def of(cls, plan: SamplingPlan) -> SamplingPlanOf:
        """A plan."""
        same = ("name", "every", "quota", "outside", "twice", "targeted", "causes", "channels", "from_day")
        return cls(
            id=plan.pk,
            form=plan.form_id,
            teams=sorted(team.pk for team in plan.teams.all()),
            queues=sorted(queue.pk for queue in plan.queues.all()),
            until=plan.to_day,
            follows=plan.follows_id,
            **{name: getattr(plan, name) for name in same},
        )


class DrawOf(Schema):
    """One draw of one week or month, made once."""

    id: int
    plan: int
    first_day: date
    last_day: date = Field(description="the last day that counts")
    quota: int
    population: int = Field(description="from how many contacts it was drawn")
    drawn_by: str = Field(description="a user name, or the program's own")
    drawn_at: datetime

    @classmethod
    def of(cls, made: Draw) -> DrawOf:
        """A draw."""
        return cls(**_draw_fields(made))


class CorrectedOf(Schema):
    """An agent whose contacts were corrected since: how many there were to draw from, and are now."""

    agent: str
    before: int
    now: int


class ProofOf(Schema):
    """What came out when it was drawn again just now."""

    holds: bool = Field(description="whether it was made as it says")
    is_whole: bool = Field(description="whether it holds, and no fact was corrected since")
    said: str
    drawn: int = Field(description="contacts that chance chose")
    population: int = Field(description="contacts to draw from, as the facts have them now")
    digest: str = Field(description="what tells these contacts from others: SHA-256 in hexadecimal")
    in_trail: bool = Field(description="whether the sealed audit trail tells the same of it")
    corrected: list[CorrectedOf]
    other: list[str] = Field(description="agents of whom other contacts come out though nothing was corrected")

    @classmethod
    def of(cls, proof: Proof) -> ProofOf:
        """A proof."""
        same = ("holds", "is_whole", "drawn", "population", "digest", "in_trail")
        return cls(
            said=sampling_words.proved(proof),
            corrected=[CorrectedOf(agent=one.agent, before=one.before, now=one.now) for one in proof.corrected],
            other=list(proof.other),
            **{name: getattr(proof, name) for name in same},
        )


class DrawWithProof(DrawOf):
    """A draw with all that is needed to repeat it, and what came out when it was repeated."""

    seed: str = Field(description="32 hexadecimal digits")
    digest: str = Field(description="what told the contacts from others when it was drawn")
    kept: dict[str, Any] = Field(description="the whole filter as it was resolved, agents and queues by keys")
    proof: ProofOf


class DrawnContactOf(Schema):
    """A contact that came out of a draw."""

    part: str = Field(description="the key of the agent's part in the facts: 32 hexadecimal digits")
    contact: str = Field(description="the key of the contact")
    agent: AgentNamed
    contact_at: datetime
    day: date = Field(description="the day on which it counts")
    channel: str | None = None
    picked: str = Field(description="random, or targeted: looked for")
    cause: str | None = Field(None, description="why it was looked for")
    probability: float | None = Field(
        None, description="with which chance it was drawn: 0 to 1; none where it was looked for"
    )

    @classmethod
    def of(cls, drawn: Drawn) -> DrawnContactOf:
        """A drawn contact."""
        return cls(**_drawn_fields(drawn))


class WaitingOf(DrawnContactOf):
    """A contact that was drawn for the owner of the token, and is not begun."""

    id: int = Field(description="by which it is begun")
    plan: int
    form: int

    @classmethod
    def of(cls, drawn: Drawn) -> WaitingOf:
        """A contact that waits."""
        return cls(**_drawn_fields(drawn), id=drawn.pk, plan=drawn.draw.plan_id, form=drawn.draw.plan.form_id)


class WhyGiven(Schema):
    """Why it is set aside."""

    why: str = Field(min_length=1, max_length=LONGEST_WHY)


@router.get("/sampling/plans", response=Page[SamplingPlanOf])
def list_sampling_plans(request: HttpRequest, paging: Query[Paging]) -> object:
    """The plans by which contacts are drawn, by name."""
    require(user_of(request), Right.MANAGE_FORMS, today())
    found = SamplingPlan.objects.prefetch_related("teams", "queues").order_by("name", "pk")
    return page_of(request, found, paging, SamplingPlanOf.of)


@router.get("/sampling/plans/{sampling_plan_id}/draws", response=Page[DrawOf])
def list_draws(request: HttpRequest, sampling_plan_id: Id, paging: Query[Paging]) -> object:
    """The draws of a plan, the latest first."""
    plan = find_plan(user_of(request), sampling_plan_id, today())
    return page_of(request, plan.draws.order_by("-first_day", "-pk"), paging, DrawOf.of)


@router.post("/sampling/plans/{sampling_plan_id}/draws", response={201: DrawOf})
def draw_now(request: HttpRequest, sampling_plan_id: Id) -> object:
    """Draw the plan's last week or month that was over, where its days are loaded and not drawn yet; the seed is kept."""
    user = user_of(request)
    plan = find_plan(user, sampling_plan_id, today())
    return DrawOf.of(drawing.draw_plan(plan, by=user, at=now()))


@router.get("/sampling/draws/{draw_id}", response=DrawWithProof)
def read_draw(request: HttpRequest, draw_id: Id) -> object:
    """One draw, drawn again from its seed and filter and compared with what was kept."""
    made = find_draw(user_of(request), draw_id, today())
    proof = ProofOf.of(prove_draw(made))
    return DrawWithProof(**_draw_fields(made), seed=made.seed, digest=made.digest, kept=made.kept, proof=proof)


@router.get("/sampling/draws/{draw_id}/contacts", response=Page[DrawnContactOf])
def list_drawn_contacts(request: HttpRequest, draw_id: Id, paging: Query[Paging]) -> object:
    """The contacts that came out of a draw, each once, by agent and time."""
    made = find_draw(user_of(request), draw_id, today())
    found = made.drawn.filter(second_of=None).select_related("agent").order_by("agent", "contact_at", "pk")
    return page_of(request, found, paging, DrawnContactOf.of)


@router.get("/sampling/waiting", response=Page[WaitingOf])
def list_waiting_contacts(request: HttpRequest, paging: Query[Paging]) -> object:
    """What was drawn for the owner of the token and is not begun, the oldest first."""
    user = user_of(request)
    require(user, Right.EVALUATE, today())
    return page_of(request, Drawn.objects.waiting_for(user), paging, WaitingOf.of)


@router.post("/sampling/waiting/{drawn_id}/begin", response={201: EvaluationOf})
def begin_drawn(request: HttpRequest, drawn_id: Id) -> object:
    """Begin to evaluate what was drawn for the owner of the token."""
    user = user_of(request)
    made = drawing.begin_drawn(find_drawn(user, drawn_id, today()), by=user, at=timezone.now())
    return EvaluationOf.of(made, hidden=is_hidden_from(made, user, today()))


@router.post("/sampling/waiting/{drawn_id}/set-aside", response=DrawnContactOf)
def set_aside_drawn(request: HttpRequest, drawn_id: Id, given: WhyGiven) -> object:
    """Let a drawn contact be, with a reason: that it was drawn stays to be seen."""
    user = user_of(request)
    return DrawnContactOf.of(
        drawing.set_aside(find_drawn(user, drawn_id, today()), given.why, by=user, at=timezone.now())
    )


def _draw_fields(made: Draw) -> dict[str, Any]:
    same = ("first_day", "last_day", "quota", "population", "drawn_by", "drawn_at")
    return {"id": made.pk, "plan": made.plan_id, **{name: getattr(made, name) for name in same}}


def _drawn_fields(drawn: Drawn) -> dict[str, Any]:
    return {
        "part": bytes(drawn.segment_key).hex(),
        "contact": bytes(drawn.contact_key).hex(),
        "agent": AgentNamed.of(drawn.agent),
        "contact_at": drawn.contact_at,
        "day": drawn.local_day,
        "channel": drawn.channel or None,
        "picked": drawn.picked,
        "cause": drawn.cause or None,
        "probability": drawn.probability,
    }
