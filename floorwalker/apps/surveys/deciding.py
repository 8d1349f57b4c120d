"""Whom does the system ask? Each contact is decided about once, when the facts know it, and every decision stays to be looked up."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime, timedelta
from zoneinfo import ZoneInfo

from django.db.models import Q

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.models import Identity, IdentityKind, Queue, Site
from floorwalker.apps.surveys.contacts import Contact, read_contacts
from floorwalker.apps.surveys.drawing import drawn_number, is_drawn
from floorwalker.apps.surveys.inviting import ROWS_PER_ACTION, in_parts
from floorwalker.apps.surveys.models import Batch, Fate, Invitation, NoMore, Plan

# So long may a load be late before a contact counts as one that never was.
PATIENCE = timedelta(days=3)
NOT_YET_SENT = datetime.max.replace(tzinfo=UTC)
LONG_AGO = datetime.min.replace(tzinfo=UTC)
DECIDED = (
    *("fate", "decided_at", "drawn_number", "share", "address", "send_after", "customer_key", "contact_key"),
    *("identity_key", "site", "queue_key", "channel", "direction", "reason", "contact_at"),
)
Contacts = Mapping[bytes, Contact]


def decide_waiting(at: datetime, batch: Batch | None = None) -> int:
    """Decide about contacts that wait for it, as far as the facts know them by now; how many were decided."""
    waiting = Invitation.objects.filter(fate=Fate.WAITING)
    if batch is not None:
        waiting = waiting.filter(batch=batch)
    found = list(waiting.select_related("batch").order_by("pk"))
    if not found:
        return 0
    plans = Plan.objects.in_bulk({one.plan_id for one in found})
    for one in found:
        one.plan = plans[one.plan_id]
    contacts = read_contacts({bytes(one.named_key): bytes(one.chain_key) for one in found}, at.date())
    # By the time of the contact: of two contacts of one customer the first has its chance before the second.
    found.sort(key=lambda one: _order(one, contacts, at))
    return sum(_decide(some, contacts, at) for some in in_parts(found))


def _order(one: Invitation, contacts: Contacts, at: datetime) -> tuple[datetime, bytes]:
    contact = contacts.get(bytes(one.named_key))
    return (at if contact is None else contact.entered_at), bytes(one.named_key)


@action
def _decide(some: Sequence[Invitation], contacts: Contacts, at: datetime) -> int:
    """Those of them that nobody else has decided about meanwhile."""
    numbers = [one.pk for one in some]
    still = set(Invitation.objects.filter(pk__in=numbers, fate=Fate.WAITING).values_list("pk", flat=True))
    deciding = _Deciding([one for one in some if one.pk in still], contacts, at)
    decided = deciding.run()
    Invitation.objects.bulk_update(decided, DECIDED, batch_size=ROWS_PER_ACTION)
    return len(decided)


class _Deciding:
    """One round of decisions, with all that they need read once."""

    def __init__(self, some: Sequence[Invitation], contacts: Contacts, at: datetime) -> None:
        self._some, self._contacts, self._at = some, contacts, at
        for one in some:
            contact = contacts.get(bytes(one.named_key))
            one.customer_key = one.address_key if contact is None else contact.customer_key or one.address_key
        keys = {key for one in some for key in _keys(one)}
        self._declined = {
            bytes(key) for key in NoMore.objects.filter(address_key__in=keys).values_list("address_key", flat=True)
        }
        self._asked = _asked_last(keys)
        self._sites = {bytes(site.key): site for site in Site.objects.all()}
        self._queues = _queues_by_key()

    def run(self) -> list[Invitation]:
        """Those that are decided now."""
        decided = []
        for one in self._some:
            contact = self._contacts.get(bytes(one.named_key))
            fate = self._fate(one, contact)
            if fate != Fate.WAITING:
                self._note(one, fate, contact)
                decided.append(one)
        return decided

    def _fate(self, one: Invitation, contact: Contact | None) -> Fate:
        if contact is None or not contact.is_over:
            return Fate.UNKNOWN if self._at - one.batch.received_at > PATIENCE else Fate.WAITING
        if not self._is_meant(one.plan, contact):
            return Fate.NOT_MEANT
        if not self._declined.isdisjoint(_keys(one)):
            return Fate.DECLINED
        if any(self._at - one.plan.rest < self._asked.get(key, LONG_AGO) for key in _keys(one)):
            return Fate.RESTING
        one.drawn_number, one.share = drawn_number(one.batch.seed, bytes(one.named_key)), one.plan.share
        return Fate.DRAWN if is_drawn(one.drawn_number, one.share) else Fate.NOT_DRAWN

    def _is_meant(self, plan: Plan, contact: Contact) -> bool:
        """Whether somebody dealt with it whom an answer could be about, and where the plan asks."""
        queues = plan.chosen_queues
        return (
            contact.last_agent is not None
            and contact.handled is True
            and contact.site_key in self._sites
            and (not plan.channels or contact.channel in plan.channels)
            and (not queues or self._queues.get(contact.queue_key or b"") in queues)
        )

    def _note(self, one: Invitation, fate: Fate, contact: Contact | None) -> None:
        one.fate, one.decided_at = fate, self._at
        if fate == Fate.DRAWN and contact is not None:
            site = self._sites[contact.site_key]
            fix_attribution(one, contact, site)
            one.send_after = when_to_send(one.plan, contact, site, self._at)
            self._asked |= dict.fromkeys(_keys(one), NOT_YET_SENT)
        else:
            one.address = ""


def _keys(one: Invitation) -> list[bytes]:
    """By what the customer is known: her number in the facts, and the address that was handed in."""
    return [bytes(key) for key in (one.customer_key, one.address_key) if key is not None]


def _asked_last(keys: set[bytes]) -> dict[bytes, datetime]:
    """By key of a customer, when she was asked last; in the far future, where she is about to be."""
    known = Q(address_key__in=keys) | Q(customer_key__in=keys)
    found = Invitation.objects.filter(known, fate__in=(Fate.SENT, Fate.DRAWN))
    last: dict[bytes, datetime] = {}
    for one in found.only("customer_key", "address_key", "sent_at"):
        for key in _keys(one):
            last[key] = max(last.get(key, one.sent_at or NOT_YET_SENT), one.sent_at or NOT_YET_SENT)
    return last


def _queues_by_key() -> dict[bytes, int]:
    """Which queue each name of one stands for."""
    found = {bytes(key): pk for key, pk in Queue.objects.values_list("key", "pk")}
    names = Identity.objects.filter(kind=IdentityKind.QUEUE).values_list("key", "queue")
    return found | {bytes(key): pk for key, pk in names if pk is not None}


def fix_attribution(one: Invitation, contact: Contact, site: Site) -> None:
    """Write down whom and what the answer will be about."""
    one.contact_key = contact.contact_key
    one.identity_key, one.queue_key, one.site = contact.last_agent, contact.queue_key, site
    one.channel, one.direction = contact.channel or "", contact.direction or ""
    one.reason, one.contact_at = (contact.reason or "")[:300], contact.entered_at
    one.customer_key = contact.customer_key or one.address_key


def when_to_send(plan: Plan, contact: Contact, site: Site, at: datetime) -> datetime:
    """Some time after the contact, and not in the quiet hours of the site's day."""
    ended = contact.ended_at or at
    wanted = max(at, ended + timedelta(minutes=plan.wait_minutes))
    return after_quiet(plan, wanted, ZoneInfo(site.timezone))


def after_quiet(plan: Plan, wanted: datetime, zone: ZoneInfo) -> datetime:
    """The first instant from then on at which something may be sent."""
    while plan.is_quiet(wanted.astimezone(zone).hour):
        wanted = wanted.replace(minute=0, second=0, microsecond=0) + timedelta(hours=1)
    return wanted
