"""Which evaluations are of a recorded contact, and which contacts that somebody evaluates have a recording?"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Collection, Iterable
from datetime import date
from typing import Any

from django.db.models import QuerySet
from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.models import Evaluation
from floorwalker.apps.people.models import User
from floorwalker.apps.recordings.judging import Judged
from floorwalker.apps.recordings.models import RecordingPart


def keys_of_evaluated(user: User, on: date) -> QuerySet[Any, Any]:
    """The contacts of which the reader may read an evaluation that was handed in."""
    handed_in = Evaluation.objects.visible_to(user, on).filter(submitted_at__isnull=False)
    return handed_in.order_by().values_list("contact_key", flat=True)


def evaluations_of_contacts(user: User, keys: Collection[bytes], on: date) -> dict[bytes, list[Judged]]:
    """By contact, the evaluations of it that the reader may read, the newest first."""
    seen = Evaluation.objects.visible_to(user, on).filter(contact_key__in=keys, submitted_at__isnull=False)
    found: defaultdict[bytes, list[Judged]] = defaultdict(list)
    for one in seen.select_related("version__form", "evaluator").order_by("-submitted_at", "-pk"):
        said = _("%(form)s, by %(who)s") % {"form": one.version.form, "who": one.evaluator}
        found[bytes(one.contact_key)].append(Judged(reverse("evaluation", args=[one.pk]), said))
    return found


def recorded_keys(keys: Iterable[bytes | memoryview[int]]) -> frozenset[bytes]:
    """Those of some contacts of which something is recorded, or written down, and was there at the last look."""
    wanted = {bytes(key) for key in keys}
    if not wanted:
        return frozenset()
    kept = RecordingPart.objects.filter(contact_key__in=wanted, recording__gone_at=None)
    return frozenset(bytes(key) for key in kept.values_list("contact_key", flat=True).distinct())
