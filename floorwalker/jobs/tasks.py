"""What does the worker do when it is asked, and not when it is time? It publishes records of work."""

from __future__ import annotations

from django.conf import settings
from django.utils import timezone
from django_tasks import task

from floorwalker.facts.lake import Lake
from floorwalker.jobs.records import publish_records


def order_records() -> None:
    """Have records of work published now."""
    publish_records_now.enqueue()


@task()
def publish_records_now() -> dict[str, int]:
    """Publish records of work; by table, how many rows changed."""
    counts = publish_records(settings.FLOORWALKER, Lake(settings.FLOORWALKER), at=timezone.now())
    return {table: one.new + one.changed + one.gone for table, one in counts.items()}
