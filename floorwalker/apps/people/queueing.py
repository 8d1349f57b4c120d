"""By which limits is each queue's service counted? Its own, from a day on; the days before keep theirs."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import date, datetime

from floorwalker.apps.people.acting import action, publish_on_commit
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.dating import make_room
from floorwalker.apps.people.models import DatedQuerySet, Queue, QueueParameter
from floorwalker.errors import Refused
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Parameter


def queue_parameters() -> Mapping[str, Parameter]:
    """By name, the parameters of measures of which each queue may have its own value."""
    return {
        name: parameter for kpi in catalogue().values() for name, parameter in kpi.parameters.items() if parameter.queue
    }


@action
def set_queue_parameter(
    queue: Queue, name: str, value: float, *, on: date | None, by: str, at: datetime
) -> QueueParameter:
    """Count a queue's service by its own limit from a day on (None: as long as there are facts)."""
    known = queue_parameters()
    if name not in known:
        raise Refused(f"no measure has a limit {name!r} of each queue", expected=", ".join(sorted(known)))
    if not known[name].least <= value <= known[name].most:
        raise Refused(
            f"{name} cannot be {value:g}", expected=f"{known[name].least:g} to {known[name].most:g}", found=f"{value:g}"
        )
    rows = QueueParameter.objects.filter(queue=queue, name=name)
    ends = make_room(rows, on) if on is not None else _first_day(rows)
    parameter = QueueParameter.objects.create(queue=queue, name=name, value=value, from_day=on, to_day=ends)
    record(by, "set_queue_parameter", queue, at, name=name, value=value, on=None if on is None else on.isoformat())
    publish_on_commit()
    return parameter


def _first_day(rows: DatedQuerySet[QueueParameter]) -> date | None:
    """Where the first value begins that is set already; one without a beginning gives way."""
    rows.filter(from_day=None).delete()
    first = rows.filter(from_day__isnull=False).order_by("from_day").first()
    return None if first is None else first.from_day
