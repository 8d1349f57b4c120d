"""How is it said after how many weeks starters do what established colleagues do, and that nobody can tell yet?"""

from __future__ import annotations

import math

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.insight.competence import Lack, Speed
from floorwalker.insight.fitting import LEAST_PEERS
from floorwalker.kpis.definition import Kpi
from floorwalker.stats.competence import LEAST_STARTERS, Competence


def found(said: Speed) -> str:
    """After how many weeks half of those who began were as far, with the range; or why nobody can tell."""
    if said.found is None:
        return _lacking(said)
    if math.isfinite(said.found.median):
        return _reached(said.found)
    if math.isfinite(said.found.low_week) and said.found.low_week > 1:
        return _(
            "Half of those who began are not there yet as far as anybody was followed (%(seen)s weeks); it may take %(low)s "
            "weeks, or any time more."
        ) % {"seen": said.found.seen_weeks, "low": int(said.found.low_week)}
    return _("Half of those who began are not there yet as far as anybody was followed (%(seen)s weeks).") % {
        "seen": said.found.seen_weeks
    }


def _lacking(said: Speed) -> str:
    if said.lack is Lack.NO_DATA:
        return _("Too few people do comparable work often enough to say what is usual.")
    if said.lack is Lack.TOO_FEW_ESTABLISHED:
        return _(
            "Cannot tell yet: %(n)s people at comparable work are long there, and it takes %(least)s to say what is usual of "
            "them."
        ) % {"n": said.established, "least": LEAST_PEERS}
    return _(
        "Cannot tell yet: of those who began, %(n)s have been followed for %(held)s weeks or more, and it takes %(least)s. "
        "Nobody is told alone."
    ) % {"n": said.followed, "held": said.held, "least": LEAST_STARTERS}


def _reached(one: Competence) -> str:
    if one.high_week == 1:
        return _("Half of those who began were there from the first week on.")
    told = {"week": int(one.median), "low": int(one.low_week)}
    if math.isinf(one.high_week):
        return (
            _(
                "Half of those who began were there from week %(week)s on; likely from week %(low)s, or from any later one."
            )
            % told
        )
    return _("Half of those who began were there from week %(week)s on; likely from week %(low)s to %(high)s.") % (
        told | {"high": int(one.high_week)}
    )


def rests(said: Speed) -> str:
    """Of whom it is, and what is meant by being there."""
    began = ngettext(
        "%(n)s person began in these days, of whom %(followed)s were followed for %(held)s weeks or more.",
        "%(n)s people began in these days, of whom %(followed)s were followed for %(held)s weeks or more.",
        said.began,
    ) % {"n": said.began, "followed": said.followed, "held": said.held}
    if said.lack in (Lack.TOO_FEW_ESTABLISHED, Lack.NO_DATA):
        return began
    there = _(
        "Somebody counts as there who is no more than %(band)s worse than is usual of %(n)s established colleagues at the same "
        "work, as nine in ten of these are, and who stays so for %(held)s weeks."
    ) % {"band": band(said.band, said.kpi), "n": said.established, "held": said.held}
    return f"{began} {there}"


def band(value: float, kpi: Kpi) -> str:
    """How much worse: of durations in per cent, of shares in points."""
    if kpi.unit == "seconds":
        return f"{100 * value:.0f}%"
    return _("%(points)s points") % {"points": f"{100 * value:.1f}" if kpi.unit == "share" else f"{value:.2f}"}


def axes() -> tuple[str, str]:
    """What the axes are called: across and upwards."""
    return _("Week at the work"), _("Not there yet")
