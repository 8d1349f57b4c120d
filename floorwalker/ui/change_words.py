"""How is a change said: of somebody, of everybody, of a kind of contact, and how often is such an alarm false?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from floorwalker.insight.process import Changed, Processes
from floorwalker.insight.trend import Drift
from floorwalker.ui.signed import moved
from floorwalker.ui.words import day, figure


def drifted(one: Drift, unit: str) -> str:
    """Since when and by how much somebody's way of working changed."""
    told = _drift(one, unit)
    if one.up:
        return _("about %(size)s up since about %(began)s, noticed on %(detected)s, beyond what everyone saw") % told
    return _("about %(size)s down since about %(began)s, noticed on %(detected)s, beyond what everyone saw") % told


def level_moved(one: Drift, unit: str) -> str:
    """Since when and by how much everybody's figure changed, who worked and what came in taken out."""
    told = _drift(one, unit)
    if one.up:
        return _("about %(size)s up for everybody since about %(began)s, noticed on %(detected)s") % told
    return _("about %(size)s down for everybody since about %(began)s, noticed on %(detected)s") % told


def kind_moved(one: Drift, unit: str) -> str:
    """The same of one kind of contact."""
    told = _drift(one, unit)
    if one.up:
        return _("about %(size)s up since about %(began)s, noticed on %(detected)s, beyond all other kinds") % told
    return _("about %(size)s down since about %(began)s, noticed on %(detected)s, beyond all other kinds") % told


def _drift(one: Drift, unit: str) -> dict[str, str]:
    points = _("%(points)s points") % {"points": f"{100 * abs(one.size):.1f}"}
    size = points if unit == "share" else figure(abs(one.size), unit)
    return {"size": size, "began": day(one.began), "detected": day(one.detected)}


def steady() -> str:
    """Nobody noticed a change."""
    return _("No change was noticed beyond what everyone saw.")


def budget(alarms: float) -> str:
    """How often a chart is expected to be wrong."""
    return _("By design a leader sees at most about %(alarms)s false alarms of this kind a month.") % {
        "alarms": f"{alarms:g}"
    }


def changed(one: Changed, found: Processes) -> str:
    """How a kind of contact changed for everyone."""
    if one.change is None or one.low is None or one.high is None:
        if len(found.kinds) == 1:
            return _("cannot be told: there is no other kind of contact to hold it against")
        return _(
            "cannot be told: not seen often enough in both stretches of weeks, handled by too few people, or no week differs "
            "from another"
        )
    unit = found.kpi.unit
    told = {"change": moved(one.change, unit), "low": moved(one.low, unit), "high": moved(one.high, unit)}
    if one.flagged:
        return _("%(change)s for everyone (likely %(low)s to %(high)s)") % told
    return _("%(change)s (likely %(low)s to %(high)s): may be chance") % told
