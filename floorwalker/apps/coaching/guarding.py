"""What must not get worse while a measure is to be moved, and of which measures can a review say anything at all?"""

from __future__ import annotations

from floorwalker.errors import Refused
from floorwalker.insight.cells import compares_people
from floorwalker.insight.effect import can_be_judged
from floorwalker.kpis.catalogue import catalogue


def guardrails_of(measure: str) -> list[str]:
    """The counter-measure of a measure; none where it belongs to nobody, for then no review could ever look at it."""
    known = catalogue()
    counter = known.get(known[measure].counter_measure or "") if measure in known else None
    return [counter.id] if counter is not None and compares_people(counter) else []


def check_judged(measure: str, unit: str = "agent") -> None:
    """Refuse what no review could judge: then nobody would ever know whether it worked. unit: of whom or what it is asked."""
    kpi = catalogue().get(measure)
    if kpi is None or not can_be_judged(kpi, unit):
        raise Refused(
            "no review could tell an effect on this measure",
            found=measure[:80],
            expected="a share or a mean with a better side, of those whom it is asked of",
            mend="name the measure by which it will be seen, such as transfer_rate",
        )
