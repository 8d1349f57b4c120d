"""How many evaluations do we need, and what came of a draw? In words, for the pages of sampling plans."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.evaluations import saying
from floorwalker.apps.evaluations.models import Every, SamplingPlan
from floorwalker.apps.evaluations.proving import Proof
from floorwalker.stats.sampling import evaluations_needed, range_of

# By which share of what differs between agents is theirs.
STEPS = (0.5, 0.7, 0.8)
TO_COMPARE = 0.7


@dataclass(frozen=True)
class Needed:
    """A line of the answer: how reliable, how many evaluations that takes, and how long they take by the plan."""

    reliability: str
    evaluations: int
    duration: str


def needed(plan: SamplingPlan) -> list[Needed]:
    """How many evaluations of each agent it takes, by what is usual."""
    found = ((step, evaluations_needed(step)) for step in STEPS)
    return [Needed(saying.share(step), many, _duration(many, plan)) for step, many in found if many is not None]


def _duration(many: int, plan: SamplingPlan) -> str:
    n = math.ceil(many / plan.quota)
    if plan.every == Every.WEEK:
        return ngettext("%(n)d week", "%(n)d weeks", n) % {"n": n}
    return ngettext("%(n)d month", "%(n)d months", n) % {"n": n}


def how_many(plan: SamplingPlan) -> str:
    """What one week's or month's evaluations of an agent can tell, and what they cannot."""
    enough = evaluations_needed(TO_COMPARE)
    told = {"n": plan.quota, "points": f"{range_of(plan.quota):.0f}", "enough": enough}
    said = (
        ngettext(
            "%(n)d evaluation places an agent within about %(points)s points to either side.",
            "%(n)d evaluations place an agent within about %(points)s points to either side.",
            plan.quota,
        )
        % told
    )
    if enough is not None and plan.quota >= enough:
        verdict = _("That is enough to compare agents.")
    else:
        verdict = _("That is good for feedback. Comparing agents takes about %(enough)s evaluations of each.") % told
    return f"{said} {verdict}"


def proved(proof: Proof) -> str:
    """What came out when it was drawn again."""
    told = {"n": proof.drawn, "population": f"{proof.population:,}"}
    if not proof.in_trail:
        return _("This draw is not what the audit trail says was drawn.")
    if proof.other:
        return _("Other contacts come out than are kept, though nothing was corrected: %(agents)s.") % {
            "agents": ", ".join(proof.other)
        }
    if proof.corrected:
        return ngettext(
            "Facts of %(n)d agent were corrected since it was drawn. Of everybody else the same contacts come out.",
            "Facts of %(n)d agents were corrected since it was drawn. Of everybody else the same contacts come out.",
            len(proof.corrected),
        ) % {"n": len(proof.corrected)}
    return _("Drawn again just now: of %(population)s contacts the same %(n)s come out.") % told
