"""What did a planned look find? Verdict, the change taken apart, what could have been seen at all, and guardrails, as it was kept.

Gains: above nought is better, whichever side of the measure is the better one; of durations they are shares of the figure.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.coaching.models import Look
from floorwalker.apps.improvement.models import CycleReview
from floorwalker.apps.improvement.saying import measure_said
from floorwalker.charts.effect import Step, effect_chart
from floorwalker.charts.render import Drawing, draw
from floorwalker.ui import words

IN_PERCENT = ("ratio", "share")


@dataclass(frozen=True)
class Part:
    """One row of the table beside the drawing."""

    name: str
    size: str
    likely: str = ""


@dataclass(frozen=True)
class ShownLook:
    """A look in words, with its drawing and table; least: the smallest effect that could have been seen."""

    verdict: str
    sentence: str
    parts: tuple[Part, ...]
    least: str
    guardrails: tuple[str, ...]
    versions: str
    at: datetime
    drawing: Drawing | None = None


def look_of(review: CycleReview) -> Look | None:
    """The newest look of a review's week: worked out again it is another row. Of a held review the one that it was held on."""
    if review.held_at is not None:
        return review.look
    made = review.cycle.intervention
    return None if made is None else made.looks.filter(week=review.week).order_by("at", "pk").last()


def show_look(look: Look) -> ShownLook:
    """A look as a page prints it."""
    found = look.found
    return ShownLook(
        verdict=verdict_said(look.verdict),
        sentence=sentence_of(found),
        parts=tuple(_parts(found)),
        least=_least(found),
        guardrails=tuple(_guardrail(one) for one in found.get("guardrails") or ()),
        versions=_versions(found),
        at=look.at,
        drawing=_drawn(found),
    )


def known_said(found: Mapping[str, Any] | None) -> str:
    """What a decision was based on, in a sentence; nothing where its review was held without figures."""
    if not found or not found.get("verdict"):
        return ""
    return f"{verdict_said(found['verdict'])} {sentence_of(found['look'])}".strip()


def verdict_said(verdict: str) -> str:
    """What it is called; a code that is not known is nobody's verdict."""
    return {
        "improved": _("It worked."),
        "not_ruled_out": _("It worked, but that something else lost by it is not ruled out."),
        "trade_off": _("A trade-off, not an improvement: something else paid for it."),
        "no_proven_effect": _("That it worked is not proven."),
        "not_yet": _("Nothing is said before the first planned review."),
    }.get(verdict, _("Cannot tell whether it worked."))


def sentence_of(found: Mapping[str, Any]) -> str:
    """The look in one sentence: as it was kept, or put together of its parts."""
    if found.get("sentence"):
        return str(found["sentence"])
    if found.get("value") is None or found.get("naive_change") is None:
        return ""
    unit = str(found.get("unit", ""))
    names = ("naive_change", "regression_to_mean", "common_change", "value", "low", "high")
    return _(
        "It changed by %(naive_change)s (plus is better): %(regression_to_mean)s would have come back by itself, %(common_change)s "
        "happened to everybody, and %(value)s is the action's (likely %(low)s to %(high)s)."
    ) % {name: amount(found.get(name), unit) for name in names}


def amount(value: float | None, unit: str, *, sign: bool = True) -> str:
    """A gain as people write it: +3.1%, −2.0 points; plus is better."""
    if value is None:
        return "–"
    form = "+" if sign else ""
    if unit == "ratio":
        return f"{100 * value:{form}.1f}%".replace("-", "−")
    if unit == "share":
        return _("%(n)s points") % {"n": f"{100 * value:{form}.1f}".replace("-", "−")}
    return f"{value:{form}.2f}".replace("-", "−")


def _named(found: Mapping[str, Any]) -> Iterator[tuple[str, str]]:
    for code, name in (
        ("naive_change", _("What changed")),
        ("regression_to_mean", _("Would have come back by itself")),
        ("common_change", _("Happened to everybody")),
        ("value", _("The action")),
    ):
        if found.get(code) is not None:
            yield code, name


def _parts(found: Mapping[str, Any]) -> Iterator[Part]:
    unit = str(found.get("unit", ""))
    for code, name in _named(found):
        yield Part(name, amount(found[code], unit), _likely(found) if code == "value" else "")
    if found.get("value") is not None and found.get("cautious") is not None:
        yield Part(_("The action, by the record alone"), amount(found["cautious"], unit))


def _likely(found: Mapping[str, Any]) -> str:
    if found.get("low") is None or found.get("high") is None:
        return ""
    unit = str(found.get("unit", ""))
    return _("%(low)s to %(high)s") % {"low": amount(found["low"], unit), "high": amount(found["high"], unit)}


def _least(found: Mapping[str, Any]) -> str:
    if found.get("minimum_detectable") is None:
        return ""
    least = amount(abs(found["minimum_detectable"]), str(found.get("unit", "")), sign=False)
    return _("So few people and weeks show effects of %(least)s or more.") % {"least": least}


def _guardrail(one: Mapping[str, Any]) -> str:
    given = {"measure": measure_said(str(one.get("kpi", "")))}
    if one.get("value") is None:
        return _("%(measure)s: cannot tell.") % given
    given |= {name: amount(one.get(name), str(one.get("unit", ""))) for name in ("value", "low", "high")}
    said = {
        "worse": _("%(measure)s got worse: %(value)s (likely %(low)s to %(high)s)."),
        "clear": _("%(measure)s did not lose what matters: %(value)s (likely %(low)s to %(high)s)."),
    }
    may = _("%(measure)s may have lost what matters: %(value)s (likely %(low)s to %(high)s).")
    return said.get(str(one.get("state")), may) % given


def _versions(found: Mapping[str, Any]) -> str:
    if not found.get("kpi_version"):
        return ""
    return _("Measure in version %(measure)s, method in version %(method)s.") % {
        "measure": found["kpi_version"],
        "method": found.get("method_version", "–"),
    }


def _drawn(found: Mapping[str, Any]) -> Drawing | None:
    steps = [
        Step(name, found[code], *((found.get("low"), found.get("high")) if code == "value" else ()))
        for code, name in _named(found)
    ]
    if len(steps) < 2:
        return None
    unit = str(found.get("unit", ""))
    better = _("per cent, plus is better") if unit == "ratio" else _("plus is better")
    in_percent = unit in IN_PERCENT
    return draw(
        lambda theme: effect_chart(steps, in_percent=in_percent, better=better, theme=theme), clock=words.clock()
    )
