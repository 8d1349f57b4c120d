"""Is a load about to be read again? So that it is not asked for twice."""

from __future__ import annotations

from django_tasks.base import TaskResultStatus
from django_tasks_db.models import DBTaskResult

from floorwalker.ingest.remembered import RUNNING
from floorwalker.ingest.store import IntakeStore

TASK = "floorwalker.apps.intake.tasks.read_load_again"


def waits(load_id: str) -> bool:
    """Whether somebody has asked for it and the worker has not begun."""
    asked = DBTaskResult.objects.filter(task_path=TASK, status=TaskResultStatus.READY)
    return bool(asked.filter(args_kwargs__args__0=load_id).exists())


def is_under_way(store: IntakeStore, load_id: str) -> bool:
    """Whether it is being read again just now."""
    return any(row.state == RUNNING for row in store.loads_again(load_id))
