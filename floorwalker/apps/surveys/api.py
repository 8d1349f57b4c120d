"""How does a program hand in contacts after which customers may be asked, and fetch the links that it brings to them itself?"""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.conf import settings
from django.http import HttpRequest
from django.urls import reverse
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.people.access import today, user_of
from floorwalker.apps.surveys.access import find_plan, require_managing
from floorwalker.apps.surveys.choices import fates_of
from floorwalker.apps.surveys.deciding import decide_waiting
from floorwalker.apps.surveys.inviting import ROWS_PER_ACTION, Invitable, receive_contacts
from floorwalker.apps.surveys.models import Plan
from floorwalker.apps.surveys.reading_lists import check_address
from floorwalker.apps.surveys.sending import take_links
from floorwalker.errors import Refused
from floorwalker.ui.rest.paging import Page, Paging, page_of
from floorwalker.ui.rest.shown import Id

router = Router()
ROUTERS: dict[str, list[Router]] = {"surveys": [router]}


class PlanOf(Schema):
    """By which rule customers are asked."""

    id: int
    name: str
    survey: str
    share: float = Field(description="of the contacts that fit, how many are drawn: 0 to 1")
    rest_days: int
    ended_at: datetime | None

    @classmethod
    def of(cls, plan: Plan) -> PlanOf:
        """A plan."""
        return cls(
            id=plan.pk,
            name=plan.name,
            survey=plan.survey.name,
            share=plan.share,
            rest_days=plan.rest_days,
            ended_at=plan.ended_at,
        )


class InvitableGiven(Schema):
    """One contact. email: where the customer reads; without it your own system brings the link, see /links."""

    contact: str = Field(min_length=1, max_length=300, description="the id of the contact or call in its source")
    email: str | None = Field(None, max_length=254)
    language: str | None = Field(None, max_length=10, description="en-gb or cy; the installation's own without it")


class ContactsGiven(Schema):
    """All contacts of some time, not a choice of them: the system draws."""

    source: str = Field(max_length=60)
    origin: str = Field(max_length=120)
    contacts: Annotated[list[InvitableGiven], Field(min_length=1, max_length=ROWS_PER_ACTION)]


class Received(Schema):
    """What came of it so far. known_already: handed in before, and decided about then; fates: of all that the plan has seen."""

    batch: int
    seed: str
    handed_in: int
    known_already: int
    fates: dict[str, int]


class LinkOf(Schema):
    """One link, given out this once: bring it to the customer of the contact."""

    contact: str
    link: str
    closes_at: datetime


@router.get("/surveys/plans", response=Page[PlanOf])
def list_survey_plans(request: HttpRequest, paging: Query[Paging]) -> object:
    """The plans by which customers are asked."""
    require_managing(user_of(request), today())
    return page_of(request, Plan.objects.select_related("survey").order_by("pk"), paging, PlanOf.of)


@router.post("/surveys/plans/{survey_plan_id}/contacts", response={201: Received})
def hand_in_contacts(request: HttpRequest, survey_plan_id: Id, given: ContactsGiven) -> object:
    """Hand in contacts after which customers may be asked; each is decided about once, however often it is handed in."""
    user, at = user_of(request), timezone.now()
    plan = find_plan(user, survey_plan_id, today())
    contacts = [Invitable(one.contact, one.email or "", one.language or "") for one in given.contacts]
    wrong = [one.contact for one in contacts if one.address and not check_address(one.address)]
    if wrong:
        raise Refused("this is no e-mail address", where="contacts", found=", ".join(wrong[:5]))
    batch = receive_contacts(plan, contacts, source=given.source, origin=given.origin, by=user, at=at)
    decide_waiting(at, batch)
    return Received(
        batch=batch.pk,
        seed=batch.seed,
        handed_in=len(contacts),
        known_already=batch.known_already,
        fates={one.fate: one.count for one in fates_of(plan)},
    )


@router.post("/surveys/plans/{survey_plan_id}/links", response=list[LinkOf])
def take_survey_links(request: HttpRequest, survey_plan_id: Id) -> object:
    """The links that are due now for customers whom your own system reaches; each is given out once, and counts as sent."""
    user = user_of(request)
    plan = find_plan(user, survey_plan_id, today())
    mail = settings.FLOORWALKER.mail
    base = request.build_absolute_uri("/").rstrip("/") if mail is None else mail.address
    return [
        LinkOf(contact=one.contact, link=base + reverse("answer_survey", args=[one.token]), closes_at=one.closes_at)
        for one in take_links(plan, by=user, at=timezone.now())
    ]
