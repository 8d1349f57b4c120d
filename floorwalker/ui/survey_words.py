"""How is it said what surveys tell of those who did not answer, and what they cannot tell?"""

from __future__ import annotations

from django.utils.translation import gettext as _

from floorwalker.insight.nonresponse import Heard
from floorwalker.stats.intervals import Interval
from floorwalker.ui.words import decimals_within, figure, how_many, in_language, interval, value


def heard(one: Heard) -> str:
    """How many answered, and what may be true of all; whole sentences, each for itself."""
    return " ".join((answered(one), of_all(one)))


def seen(one: Heard) -> str:
    """The figure of those who answered."""
    told = {"name": in_language(one.kpi.name), "figure": value(one.seen), "likely": interval(one.seen)}
    return _("%(name)s: %(figure)s of those who answered (%(likely)s), %(many)s.") % (
        told | {"many": how_many(one.seen)}
    )


def answered(one: Heard) -> str:
    """Of how many who were asked the figure is, or that nobody knows it."""
    sent = one.sent
    if sent is None:
        return _(
            "How many were asked and did not answer is not known: only answers were loaded, no invitations. "
            "Load the invitations too, and the share that answers is told here."
        )
    told = {"asked": f"{sent.asked:,}", "rate": figure(sent.rate, "share"), "waiting": f"{sent.waiting:,}"}
    if not sent.is_whole:
        return (
            _(
                "Invitations are known of some answers only; of those %(asked)s that are known %(rate)s were answered. How many "
                "did not answer in all is not known."
            )
            % told
        )
    if sent.waiting:
        return _("%(rate)s of %(asked)s who were asked have answered so far; %(waiting)s still can.") % told
    return _("%(rate)s of %(asked)s who were asked have answered.") % told


def of_all(one: Heard) -> str:
    """Between what the figure of all who were asked lies, and what has to be assumed for it."""
    if not one.is_assumed:
        return _("Of all of them it is %(low)s to %(high)s, whatever the silent ones think.") % _bounds(one.of_all, one)
    told = _bounds(one.of_all, one)
    if one.at_worst is None:
        return (
            _(
                "Of all of them it may be %(low)s to %(high)s, if happy customers answer up to twice as often as unhappy ones."
            )
            % told
        )
    worst = _bounds(one.at_worst, one)
    return _(
        "Of all of them it may be %(low)s to %(high)s, if happy customers answer up to twice as often as unhappy ones; "
        "without that assumption anything from %(least)s to %(most)s."
    ) % (told | {"least": worst["low"], "most": worst["high"]})


def alike() -> str:
    """What has to hold before people are compared by surveys."""
    return _(
        "Comparing people by surveys assumes that the customers of all of them answer alike, which holds only where the "
        "system sends the invitations and not the person."
    )


def _bounds(found: Interval, one: Heard) -> dict[str, str]:
    told = None if found.low is None else decimals_within(found.low, found.low, found.high)
    return {"low": figure(found.low, one.kpi.unit, told), "high": figure(found.high, one.kpi.unit, told)}
