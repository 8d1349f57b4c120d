"""How are other programs told what happens here: which address of which events, signed by what, tried how often?

What is told holds numbers, keys and codes, never names or free text: who hears may ask by the API what she may know.
"""

from __future__ import annotations

import hashlib
import hmac
import json
import secrets
from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from django.urls import reverse
from django.utils.crypto import salted_hmac

from floorwalker.apps.notices.actions import NAME_LENGTH, clear_notice, raise_notice
from floorwalker.apps.notices.models import TRIAL, Delivery, Event, Hook, Severity
from floorwalker.apps.notices.sending import read_url
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import AuditEntry, Right, User
from floorwalker.errors import Refused

PURPOSE = "floorwalker.webhook"
DISABLED = "webhook_disabled"
MOST_HOOKS = 50
# After each failure, how long until the next try; a day in all.
DELAYS = tuple(timedelta(minutes=minutes) for minutes in (1, 5, 30, 120, 360, 900))
# So many events in a row that could not be delivered within their day.
MOST_FAILURES = 3
KEPT = timedelta(days=30)

# For which place a target is, by its number or the channel's code; for the centre where none of them is told.
TARGETS_PLACE = ("site", "team", "queue", "channel")
# By event, what of its entry in the trail is told: numbers of records, codes and days.
TOLD: Mapping[str, tuple[str, ...]] = {
    Event.RAISE_NOTICE: ("code",),
    Event.CLEAR_NOTICE: ("code",),
    Event.FINISH_LOAD: ("state", "source", "read", "used", "rejected"),
    Event.READ_AGAIN: ("source",),
    Event.SET_TARGET: ("measure", "value", "low", "high", *TARGETS_PLACE, "from", "to"),
    Event.END_TARGET: ("measure", "on", *TARGETS_PLACE),
    Event.PUBLISH_STANDARD: ("standard", "number"),
    Event.WITHDRAW_STANDARD: ("standard", "on"),
    Event.RELEASE_EVALUATION: ("respond_by",),
    Event.ACKNOWLEDGE_EVALUATION: (),
    Event.APPEAL_EVALUATION: ("questions",),
    Event.DECIDE_APPEAL: ("outcome",),
    Event.JOIN_TEAM: ("team", "on"),
    Event.LEAVE_TEAM: ("team", "on"),
    Event.GRANT_ROLE: ("role", "team", "site"),
    Event.END_ROLE: ("role", "on"),
    Event.ADD_TEAM: ("parent",),
    Event.CHANGE_TEAM: ("parent",),
    Event.MERGE_AGENTS: ("was", "merge"),
    Event.SPLIT_AGENTS: ("again", "merge"),
    Event.DESCRIBE_AGENT: ("changed",),
    Event.CONFIRM_AGENT: (),
    Event.IGNORE_AGENT: (),
}


def secret_of(hook: Hook) -> str:
    """What signs: it follows from the hook's salt and the key of the installation."""
    return salted_hmac(PURPOSE, hook.salt, algorithm="sha256").hexdigest()


def signature(secret: str, at: datetime, body: bytes) -> str:
    """The header by which a receiver knows from whom and when it comes: t=SECONDS,v1=HMAC of "SECONDS.BODY"."""
    seconds = str(int(at.timestamp()))
    mark = hmac.new(secret.encode(), f"{seconds}.".encode() + body, hashlib.sha256).hexdigest()
    return f"t={seconds},v1={mark}"


def body_of(delivery: Delivery) -> bytes:
    """What is sent, byte for byte the same with every try."""
    return json.dumps({"delivery": delivery.pk, **delivery.payload}, sort_keys=True, separators=(",", ":")).encode()


def payload_of(entry: AuditEntry) -> dict[str, Any]:
    """What is told of an entry of the trail."""
    by = User.objects.filter(username=entry.by).values_list("pk", flat=True).first()
    detail = {name: entry.detail[name] for name in TOLD[entry.verb] if name in entry.detail}
    kind, _colon, number = entry.subject.partition(":")
    return {
        "event": entry.verb,
        "at": entry.at.isoformat(),
        "entry": entry.pk,
        "subject": {"kind": kind, "id": int(number) if number.isdecimal() else number},
        "by": by,
        "detail": detail,
    }


def prepare(entry: AuditEntry) -> list[Delivery]:
    """A delivery to every address that is told of such an event, in the transaction of the act."""
    if entry.verb not in TOLD:
        return []
    hooks = [hook for hook in Hook.objects.told() if entry.verb in hook.events]
    payload = payload_of(entry) if hooks else {}
    return [
        Delivery.objects.create(hook=hook, event=entry.verb, payload=payload, at=entry.at, next_try_at=entry.at)
        for hook in hooks
    ]


@action
def add_hook(name: str, url: str, events: Collection[str], *, by: User, at: datetime) -> Hook:
    """Tell an address of some events from now on."""
    named = " ".join(name.split())[:NAME_LENGTH]
    if not named:
        raise Refused("a webhook needs a name")
    wanted = [event for event in Event.values if event in events]
    if not wanted:
        raise Refused("a webhook is told of some events", expected="at least one of them")
    if Hook.objects.kept().count() >= MOST_HOOKS:
        raise Refused("there are too many webhooks", found=str(MOST_HOOKS), mend="remove those that nobody needs")
    read_url(url)
    hook = Hook.objects.create(
        name=named, url=url, events=wanted, salt=secrets.token_urlsafe(32), made_by=by, made_at=at
    )
    record(by.username, "add_hook", hook, at, events=wanted)
    return hook


@action
def remove_hook(hook: Hook, *, by: User, at: datetime) -> Hook:
    """Tell an address of nothing any more; what is on its way is given up."""
    if hook.removed_at is None:
        hook.removed_at = at
        hook.save(update_fields=["removed_at"])
        hook.deliveries.under_way().update(given_up_at=at, next_try_at=None)
        record(by.username, "remove_hook", hook, at)
        clear_notice(DISABLED, f"hook:{hook.pk}", at=at)
    return hook


@action
def enable_hook(hook: Hook, *, by: User, at: datetime) -> Hook:
    """Tell an address again that did not hear for long; what happened meanwhile is not told."""
    if hook.removed_at is not None:
        raise Refused("this webhook was removed", mend="make a new one")
    if hook.disabled_at is not None:
        hook.disabled_at, hook.failures = None, 0
        hook.save(update_fields=["disabled_at", "failures"])
        record(by.username, "enable_hook", hook, at)
        clear_notice(DISABLED, f"hook:{hook.pk}", at=at)
    return hook


@action
def order_trial(hook: Hook, *, by: User, at: datetime) -> Delivery:
    """Send something that says only that it is a trial."""
    if not hook.is_told:
        raise Refused("this webhook is told of nothing", mend="switch it on first")
    payload = {"event": TRIAL, "at": at.isoformat(), "by": by.pk}
    record(by.username, "try_hook", hook, at)
    return Delivery.objects.create(hook=hook, event=TRIAL, payload=payload, at=at, next_try_at=at)


@action
def note_heard(delivery: Delivery, status: int, *, at: datetime) -> None:
    """Note that it was heard; the failures before are forgotten."""
    delivery.tries += 1
    delivery.delivered_at = delivery.last_tried_at = at
    delivery.status, delivery.problem, delivery.next_try_at = status, "", None
    delivery.save()
    Hook.objects.filter(pk=delivery.hook_id).update(failures=0)


@action
def note_not_heard(delivery: Delivery, status: int | None, problem: str, *, at: datetime) -> datetime | None:
    """Note that it was not; when to try again, or None where a day is over and it is given up."""
    delivery.tries += 1
    delivery.last_tried_at, delivery.status, delivery.problem = at, status, problem[:200]
    again = delivery.tries <= len(DELAYS)
    delivery.next_try_at = at + DELAYS[delivery.tries - 1] if again else None
    delivery.given_up_at = None if again else at
    delivery.save()
    if not again:
        _count_failure(delivery.hook, at)
    return delivery.next_try_at


def _count_failure(hook: Hook, at: datetime) -> None:
    hook.refresh_from_db()
    hook.failures += 1
    disables = hook.failures >= MOST_FAILURES and hook.is_told
    if disables:
        hook.disabled_at = at
    # Before anything is noted, which would be told to this one too.
    hook.save(update_fields=["failures", "disabled_at"])
    if disables:
        record(SYSTEM, "disable_hook", hook, at, failures=hook.failures)
        raise_notice(
            DISABLED,
            f"hook:{hook.pk}",
            to=Right.CONNECT_SYSTEMS,
            severity=Severity.WARN,
            params={"name": hook.name},
            address=reverse("hook", args=[hook.pk]),
            at=at,
        )
