"""What does the worker do for webhooks? It sends what happened, and tries again what was not heard."""

from __future__ import annotations

from datetime import datetime, timedelta

from django.conf import settings
from django.db import transaction
from django.utils import timezone
from django_tasks import task

from floorwalker.apps.notices.hooking import (
    KEPT,
    body_of,
    note_heard,
    note_not_heard,
    order_trial,
    prepare,
    secret_of,
    signature,
)
from floorwalker.apps.notices.models import Delivery, Hook
from floorwalker.apps.notices.sending import NotSent, send
from floorwalker.apps.people.models import AuditEntry, User

# Longer overdue than this, a delivery's task was lost with its worker.
LOST_AFTER = timedelta(minutes=10)
RESUMED_AT_ONCE = 200


def tell(entry: AuditEntry) -> None:
    """Hand what happened to the worker for every address that is told of it, in the transaction of the act."""
    for delivery in prepare(entry):
        deliver.enqueue(delivery.pk)


def send_trial(hook: Hook, *, by: User, at: datetime) -> Delivery:
    """Have a trial sent."""
    with transaction.atomic():
        delivery = order_trial(hook, by=by, at=at)
        deliver.enqueue(delivery.pk)
    return delivery


@task()
def deliver(delivery_id: int) -> None:
    """Send one delivery, and order the next try where it was not heard. What is over is not sent again."""
    delivery = Delivery.objects.under_way().select_related("hook").filter(pk=delivery_id).first()
    if delivery is None:
        return
    at = timezone.now()
    if not delivery.hook.is_told:
        Delivery.objects.filter(pk=delivery.pk).update(given_up_at=at, next_try_at=None)
        return
    status, problem = _try(delivery, at)
    if not problem and status is not None:
        note_heard(delivery, status, at=timezone.now())
        return
    again = note_not_heard(delivery, status, problem, at=timezone.now())
    if again is not None:
        deliver.using(run_after=again).enqueue(delivery.pk)


def _try(delivery: Delivery, at: datetime) -> tuple[int | None, str]:
    """The status of the answer, and what is wrong with it; no transaction is open while the network is asked."""
    body = body_of(delivery)
    headers = {
        "User-Agent": "Floorwalker",
        "Floorwalker-Event": delivery.event,
        "Floorwalker-Delivery": str(delivery.pk),
        "Floorwalker-Signature": signature(secret_of(delivery.hook), at, body),
    }
    try:
        status = send(delivery.hook.url, body, headers, settings.FLOORWALKER.webhook_networks)
    except NotSent as error:
        return None, str(error)
    return status, "" if 200 <= status < 300 else f"answered {status}"


def resume_deliveries(at: datetime) -> None:
    """Order again what was lost with a worker that was killed, and forget what is long over."""
    lost = Delivery.objects.under_way().filter(next_try_at__lt=at - LOST_AFTER).order_by("pk")[:RESUMED_AT_ONCE]
    for delivery in lost:
        with transaction.atomic():
            Delivery.objects.filter(pk=delivery.pk).update(next_try_at=at)
            deliver.enqueue(delivery.pk)
    Delivery.objects.filter(at__lt=at - KEPT).delete()
