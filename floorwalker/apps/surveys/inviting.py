"""Which contacts may customers be asked about? A list of them comes in, with where each customer reads; the choosing comes after."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import datetime
from itertools import islice
from typing import TypeVar

from django.conf import settings
from django.utils.translation import gettext as _

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User
from floorwalker.apps.surveys.contacts import customer_keys
from floorwalker.apps.surveys.drawing import make_seed
from floorwalker.apps.surveys.models import Batch, Delivery, Fate, Invitation, Plan
from floorwalker.apps.surveys.sealing import seal
from floorwalker.errors import Refused
from floorwalker.facts.keys import fact_key
from floorwalker.facts.tables import Refers
from floorwalker.ingest.customers import CustomerKeys

MOST_CONTACTS = 20_000
ROWS_PER_ACTION = 500

T = TypeVar("T")


@dataclass(frozen=True)
class Invitable:
    """A contact after which somebody may be asked: its id in the source, where the customer reads, and in which language.

    Without an address, the centre's own system brings the customer the link.
    """

    contact: str
    address: str
    language: str = ""


def receive_contacts(
    plan: Plan, given: Sequence[Invitable], *, source: str, origin: str, by: User, at: datetime
) -> Batch:
    """Take a list of contacts; what was handed in before for the same plan stays as it was decided then."""
    if plan.ended_at is not None:
        raise Refused(_("by this plan nobody is asked any more"), found=str(plan))
    if plan.survey.present is None:
        raise Refused(_("this survey is not published yet"), found=str(plan.survey), mend=_("publish it first"))
    if not 0 < len(given) <= MOST_CONTACTS:
        raise Refused(
            _("such a list cannot be taken"),
            found=str(len(given)),
            expected=_("1 to %(n)d contacts") % {"n": MOST_CONTACTS},
        )
    batch = _begin(plan, source, origin, len(given), by, at)
    keys = customer_keys()
    for some in in_parts(given):
        _add(batch, some, keys)
    return batch


@action
def _begin(plan: Plan, source: str, origin: str, count: int, by: User, at: datetime) -> Batch:
    """The seed is made now, after the list has arrived: nobody can choose contacts to fit it."""
    batch = Batch.objects.create(
        plan=plan, source=source, origin=origin, received_by=by, received_at=at, seed=make_seed()
    )
    record(by.username, "receive_contacts", batch, at, plan=plan.pk, contacts=count, seed=batch.seed)
    return batch


@action
def _add(batch: Batch, given: Sequence[Invitable], keys: CustomerKeys) -> None:
    by_key = {fact_key(batch.source, batch.origin, Refers.CONTACT, one.contact): one for one in given}
    known = Invitation.objects.filter(plan=batch.plan, named_key__in=list(by_key)).values_list("named_key", flat=True)
    held = {bytes(key) for key in known}
    new = {key: one for key, one in by_key.items() if key not in held}
    Invitation.objects.bulk_create(_handed_in(batch, key, one, keys) for key, one in new.items())
    batch.known_already += len(given) - len(new)
    batch.save(update_fields=["known_already"])


def _handed_in(batch: Batch, key: bytes, one: Invitable, keys: CustomerKeys) -> Invitation:
    """Of a customer who asked to be forgotten, not even the address is kept until it is decided."""
    language = one.language if one.language in dict(settings.LANGUAGES) else settings.LANGUAGE_CODE
    chain = fact_key(batch.source, batch.origin, Refers.CHAIN, one.contact)
    found = Invitation(plan=batch.plan, batch=batch, named_key=key, chain_key=chain, language=language)
    if not one.address:
        found.delivery, found.address = Delivery.LINK, seal(one.contact)
        return found
    found.address_key = keys.key(one.address, None)
    if found.address_key is None:
        found.fate, found.decided_at = Fate.DECLINED, batch.received_at
    else:
        found.address = seal(one.address)
    return found


def in_parts(rows: Iterable[T]) -> Iterable[list[T]]:
    """As many rows at a time as one action changes."""
    rest = iter(rows)
    while some := list(islice(rest, ROWS_PER_ACTION)):
        yield some
