"""What is the gap of one person made of? The steps from the standard to her figure, each said and drawn."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass

from django.utils.translation import gettext as _

from floorwalker.charts.small import step_bar
from floorwalker.insight.fair import Fair
from floorwalker.ui.gap_words import change
from floorwalker.ui.judging_words import cause, cause_of_few, held_against


@dataclass(frozen=True)
class Step:
    """One step: what it is, how much it adds (worse) or takes away, and its drawing."""

    name: str
    said: str
    bar: str


@dataclass(frozen=True)
class Made:
    """A gap in steps that add up to it; against: what it is measured from; peers: how many do comparable work."""

    steps: tuple[Step, ...]
    whole: str
    against: str
    peers: int


def made_of(fair: Fair, *, apart: bool) -> Made | None:
    """The steps of a gap; None where it cannot be taken apart.

    apart: whether team and person may be told apart: in a small team a colleague's figure would follow from the two.
    """
    if fair.cause is None or fair.causes is None:
        return None
    fall, kpi = fair.cause.waterfall, fair.compared.kpi
    own = ((_("The team"), fall.team), (_("Own part"), fall.personal))
    parts = (
        (_("Kinds of contact"), fall.mix),
        (_("Everybody: the process"), fall.system),
        *(own if apart else ((_("The team and the own part together"), fall.team + fall.personal),)),
        (_("Chance"), fall.noise),
    )
    ends = list(_ends([size for _name, size in parts]))
    span = min(0.0, *ends), max(0.0, *ends)
    starts = [0.0, *ends[:-1]]
    steps = tuple(
        Step(name, change(size, kpi), step_bar(start, end, span=span))
        for (name, size), start, end in zip(parts, starts, ends, strict=True)
    )
    return Made(steps, change(fall.gap, kpi), held_against(fair.causes), len(fair.causes.agents) - 1)


def whose(fair: Fair, *, apart: bool) -> str:
    """Whose a gap is, in a sentence; nothing where nobody asked. apart: as of `made_of`."""
    if fair.cause is None:
        return ""
    return cause(fair.cause, fair.one) if apart else cause_of_few(fair.cause)


def _ends(sizes: list[float]) -> Iterator[float]:
    at = 0.0
    for size in sizes:
        at += size
        yield at
