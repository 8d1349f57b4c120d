"""What became of what was drawn, by evaluator? Counted from a plan's draws, or from one of them."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from django.db.models import Count, Q

from floorwalker.apps.evaluations import saying
from floorwalker.apps.evaluations.models import Draw, Drawn, Picked, SamplingPlan
from floorwalker.apps.people.models import User


@dataclass(frozen=True)
class Tally:
    """One evaluator's; nobody where no evaluator of the plan may mark them.

    drawn: by chance; targeted: for a reason; twice: as the second of two; outside: the share of the first two that are not of
    her own teams, enough where that is what the plan asks for.
    """

    user: User | None
    drawn: int
    targeted: int
    twice: int
    outside: str
    enough: bool
    submitted: int
    aside: int


def tallies_of(plan: SamplingPlan, draw: Draw | None = None) -> list[Tally]:
    """By evaluator, those of nobody last."""
    found = Drawn.objects.filter(draw__plan=plan) if draw is None else Drawn.objects.filter(draw=draw)
    first = Q(second_of=None)
    rows = (
        found.order_by()
        .values("evaluator")
        .annotate(
            drawn=Count("pk", filter=first & Q(picked=Picked.RANDOM)),
            targeted=Count("pk", filter=first & Q(picked=Picked.TARGETED)),
            twice=Count("pk", filter=~first),
            own=Count("pk", filter=first & Q(own_team=True)),
            submitted=Count("pk", filter=Q(evaluation__submitted_at__isnull=False)),
            aside=Count("pk", filter=Q(set_aside_at__isnull=False)),
        )
    )
    users = User.objects.in_bulk([row["evaluator"] for row in rows if row["evaluator"]])
    tallies = [_tally(row, users.get(row["evaluator"]), plan.outside) for row in rows]
    return sorted(tallies, key=lambda one: (one.user is None, str(one.user)))


def _tally(row: Mapping[str, Any], user: User | None, least: float) -> Tally:
    many = row["drawn"] + row["targeted"]
    outside = 1 - row["own"] / many if many and user is not None else None
    return Tally(
        user,
        row["drawn"],
        row["targeted"],
        row["twice"],
        saying.share(outside),
        outside is None or outside >= least,
        row["submitted"],
        row["aside"],
    )
