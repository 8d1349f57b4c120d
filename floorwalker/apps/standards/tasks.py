"""What do standards do by themselves? Refreshers open when they are due, and who has not read is reminded."""

from __future__ import annotations

from datetime import datetime

from floorwalker.apps.standards.models import Asking, StandardVersion
from floorwalker.apps.standards.publishing import ask_again, remind_readers


def keep_reading(at: datetime) -> tuple[int, int]:
    """Open the refreshers that are due and remind those who are late; how many of each. Twice is as once."""
    due = StandardVersion.objects.current().with_places().exclude(refresher_days=None)
    opened = sum(ask_again(version, at=at) is not None for version in due)
    late = Asking.objects.live().filter(due_on__lt=at.date())
    reminded = sum(len(remind_readers(asking, at=at)) for asking in late.select_related("version__queue"))
    return opened, reminded
