"""Where does somebody read mail? For programs of those who keep log-ins, by the action of the page."""

from __future__ import annotations

from datetime import datetime
from typing import Annotated

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.http import Http404, HttpRequest
from django.utils import timezone
from ninja import Field, Router, Schema
from pydantic import AfterValidator

from floorwalker.apps.dashboards.models import MailAddress
from floorwalker.apps.dashboards.noting import note_address_of
from floorwalker.apps.people.access import require_everywhere, today, user_of
from floorwalker.apps.people.api.reach import one
from floorwalker.apps.people.models import Right, User
from floorwalker.ui.rest.shown import Id

router = Router()


def _checked(address: str) -> str:
    try:
        validate_email(address)
    except ValidationError as error:
        raise ValueError("an e-mail address, such as name@example.org") from error
    return address


class AddressGiven(Schema):
    """Where somebody reads mail."""

    address: Annotated[str, AfterValidator(_checked)] = Field(max_length=254)


class AddressOf(Schema):
    """Where somebody reads mail, when that was said, and when its owner showed that it is hers."""

    user: int
    address: str
    asked_at: datetime
    shown_at: datetime | None = None


def _granter(request: HttpRequest) -> User:
    require_everywhere(user_of(request), Right.GRANT_ROLES, today())
    return user_of(request)


def _shown(found: MailAddress) -> AddressOf:
    return AddressOf(user=found.user_id, address=found.address, asked_at=found.asked_at, shown_at=found.verified_at)


@router.get("/users/{user_id}/mail-address", response=AddressOf)
def read_mail_address(request: HttpRequest, user_id: Id) -> object:
    """Where somebody reads mail; 404 where nothing is known."""
    _granter(request)
    found = MailAddress.objects.filter(user=user_id).first()
    if found is None:
        raise Http404
    return _shown(found)


@router.post("/users/{user_id}/mail-address", response={202: AddressOf})
def set_mail_address(request: HttpRequest, user_id: Id, given: AddressGiven) -> object:
    """Note where somebody reads mail: a link is sent there, and until its owner has opened it nothing else is."""
    by = _granter(request)
    return _shown(note_address_of(one(User.objects.all(), user_id), given.address, by=by, at=timezone.now()))
