"""How is it said how far people are from the usual, and what chance alone would do?"""

from __future__ import annotations

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.insight.funnel import Funnel, Place, Point
from floorwalker.kpis.definition import Kpi
from floorwalker.stats.funnel import INNER, OUTER


def found(funnel: Funnel) -> str:
    """How many lie within what chance does, and beyond it, and how many would if nobody truly differed."""
    points = funnel.points
    if not points:
        return _("Too few people do comparable work often enough to say what is usual.")
    within = sum(point.place is Place.WITHIN for point in points)
    far = sum(point.place is Place.FAR_BEYOND for point in points)
    return _(
        "Within the inner lines: %(within)s of %(n)s people; if nobody truly differed, about %(usual)s. Beyond the outer "
        "lines: %(far)s; if nobody truly differed, about %(chance)s."
    ) % {
        "within": within,
        "n": len(points),
        "usual": round(INNER * len(points)),
        "far": far,
        "chance": round((1 - OUTER) * len(points)),
    }


def names(funnel: Funnel) -> str:
    """Why some points, or all of them, have no name; nothing where each has one."""
    unnamed = sum(not point.may_be_named for point in funnel.points)
    if not unnamed:
        return ""
    if unnamed == len(funnel.points):
        return _(
            "People differ too little in this measure, for as few contacts, to be compared with one another (reliability "
            "below .70): no point has a name, and each stands at about as many contacts as several have."
        )
    return _(
        "Points without a name: %(unnamed)s. They have too few contacts to be compared with others (reliability below .70), "
        "and each stands at about as many as several have."
    ) % {"unnamed": unnamed}


def contacts(point: Point) -> str:
    """Of how many contacts a point is; of those without a name about how many."""
    told = {"n": f"{point.n:,}"}
    return told["n"] if point.may_be_named else _("about %(n)s") % told


def undrawn(n: int) -> str:
    """How many have no name and are so few that they would be known all the same; nothing where there are none."""
    if not n:
        return ""
    return ngettext(
        "%(n)s person with too few contacts to be compared is not drawn: elimination would tell who it is.",
        "%(n)s people with too few contacts to be compared are not drawn: elimination would tell who they are.",
        n,
    ) % {"n": n}


def left_out(funnel: Funnel) -> str:
    """Who is not drawn; nothing where everybody is."""
    if not funnel.untold and not funnel.starters:
        return ""
    return _(
        "Not drawn: %(untold)s with too few contacts, days or comparable colleagues; %(starters)s who are new to the work "
        "and held against others who are."
    ) % {"untold": funnel.untold, "starters": funnel.starters}


def place(point: Point) -> str:
    """Where somebody lies."""
    return {
        Place.WITHIN: _("within chance"),
        Place.BEYOND: _("beyond the inner lines"),
        Place.FAR_BEYOND: _("beyond the outer lines"),
    }[point.place]


def axes(kpi: Kpi) -> tuple[str, str]:
    """What the axes are called: across and upwards."""
    across = {"survey": _("Surveys"), "alert": _("Rings")}.get(kpi.table.name, _("Contacts"))
    if kpi.unit == "seconds":
        return across, _("Longer than usual, per cent")
    return across, _("From the usual, points")
