"""In which measures are so many people equally urgent that chance should say who begins?"""

from __future__ import annotations

from collections.abc import Collection, Iterable
from dataclasses import dataclass
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import ngettext

from floorwalker.insight.cause import Causes
from floorwalker.insight.urgency import LEAST_BEGIN, equally_urgent
from floorwalker.kpis.definition import Kpi
from floorwalker.ui.words import in_language


@dataclass(frozen=True)
class OfferedLot:
    """One measure in which the figures cannot tell who of so many people comes first."""

    kpi: Kpi
    people: int

    @property
    def said(self) -> str:
        """In how much, of how many."""
        told = {"n": self.people, "measure": in_language(self.kpi.name)}
        return (
            ngettext(
                "%(measure)s: %(n)d person is as urgent as the next.",
                "%(measure)s: %(n)d people are equally urgent, as far as the figures can tell.",
                self.people,
            )
            % told
        )

    @property
    def address(self) -> str:
        """Where their team's cycle is opened, in whose plan the lot is drawn."""
        return f"{reverse('new_cycle')}?{urlencode({'measure': self.kpi.id})}"


def offered_lots(every: Iterable[Causes], reached: Collection[bytes]) -> tuple[OfferedLot, ...]:
    """Those among people whom the reader coaches; fewer than a lot needs are none."""
    found = []
    for causes in every:
        urgent = equally_urgent([one for one in causes.agents if one.agent in reached], LEAST_BEGIN)
        if urgent.is_offered:
            found.append(OfferedLot(causes.kpi, len(urgent.pool)))
    return tuple(found)
