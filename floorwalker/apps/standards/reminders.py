"""Who is to be reminded of a standard? Everybody whom it concerns and who was asked to read it, or to read it again, and has not."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from django.urls import reverse

from floorwalker.apps.notices.models import About
from floorwalker.apps.notices.reminding import Due
from floorwalker.apps.standards.concerning import concerned_by
from floorwalker.apps.standards.models import Asking


def due(at: datetime) -> Iterator[Due]:
    """By each asking that is not over, those who have not acknowledged."""
    askings = Asking.objects.live().select_related("version__site", "version__team", "version__queue")
    for asking in askings.prefetch_related("acknowledgements", "version__concerns"):
        read = {one.user_id for one in asking.acknowledgements.all()}
        about = About.REFRESH_STANDARD if asking.is_refresher else About.READ_STANDARD
        address = reverse("read_standard", args=[asking.version.standard_id])
        said = {"title": asking.version.title, "day": asking.due_on.isoformat()}
        for user in concerned_by(asking.version, at.date()).users:
            if user.pk not in read:
                yield Due(user.pk, about, f"asking:{asking.pk}", address, said)
