"""How many evaluations do we need, and what came of a draw? In words, for the pages of sampling plans."""

from __future__ import annotations

import math
from dataclasses import dataclass

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.evaluations import saying
from floorwalker.apps.evaluations.models import Every, SamplingPlan
from floorwalker.apps.evaluations.proving import Proof
from floorwalker.insight.evaluators import LEAST_RELIABILITY, Differing
from floorwalker.stats.sampling import range_of

# By which share of what differs between agents is theirs.
STEPS = (0.5, LEAST_RELIABILITY, 0.8)


@dataclass(frozen=True)
class Needed:
    """A line of the answer: how reliable, how many evaluations that takes, and how long they take by the plan."""

    reliability: str
    evaluations: int
    duration: str


def needed(plan: SamplingPlan, differing: Differing) -> list[Needed]:
    """How many evaluations of each agent it takes."""
    found = ((step, differing.needed(step)) for step in STEPS)
    return [Needed(saying.share(step), many, _duration(many, plan)) for step, many in found if many is not None]


def _duration(many: int, plan: SamplingPlan) -> str:
    n = math.ceil(many / plan.quota)
    if plan.every == Every.WEEK:
        return ngettext("%(n)d week", "%(n)d weeks", n) % {"n": n}
    return ngettext("%(n)d month", "%(n)d months", n) % {"n": n}


def by_what(differing: Differing) -> str:
    """Whose evaluations these numbers rest on."""
    if differing.is_own:
        return _("These numbers rest on the evaluations of this centre in the last 13 weeks.")
    return _(
        "These numbers are what is usual elsewhere: from 200 evaluations in 13 weeks on, this centre's own tell them."
    )


def how_many(plan: SamplingPlan, differing: Differing) -> str:
    """What one week's or month's evaluations of an agent can tell, and what they cannot."""
    enough = differing.needed(LEAST_RELIABILITY)
    told = {"n": plan.quota, "points": f"{range_of(plan.quota, differing.variances):.0f}", "enough": enough}
    said = (
        ngettext(
            "%(n)d evaluation places an agent within about %(points)s points to either side.",
            "%(n)d evaluations place an agent within about %(points)s points to either side.",
            plan.quota,
        )
        % told
    )
    if enough is None:
        verdict = _("Agents hardly differ in these evaluations: no number of them would place one above another.")
    elif plan.quota >= enough:
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
