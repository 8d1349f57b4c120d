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
from floorwalker.charts.effect import Step, effect_chart
from floorwalker.charts.render import Drawing, draw
from floorwalker.insight.planned import WEEKS
from floorwalker.insight.reviewed import Change, Reviewed, from_json
from floorwalker.ui import effect_words, words
from floorwalker.ui.better_words import amount, gain, gain_between

IN_PERCENT = ("ratio", "share")


@dataclass(frozen=True)
class Part:
    """One row of the table beside the drawing."""

    name: str
    size: str
    likely: str = ""


@dataclass(frozen=True)
class ShownLook:
    """A look in words, with its drawing and table; least: the smallest effect that could have been seen.

    caveats: what else must be known before the verdict is believed; blocks: the effect in each month since, whether it lasts.
    """

    verdict: str
    sentence: str
    parts: tuple[Part, ...]
    least: str
    caveats: tuple[str, ...]
    blocks: tuple[Part, ...]
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
    found = from_json(look.found)
    change = found.change
    return ShownLook(
        verdict=verdict_said(found),
        sentence="" if change is None else effect_words.parts(found, change),
        parts=() if change is None else tuple(_parts(found, change)),
        least="" if change is None else _least(found, change),
        caveats=() if change is None else tuple(effect_words.caveats(found, change)),
        blocks=() if change is None else tuple(_blocks(found, change)),
        guardrails=tuple(effect_words.guardrail(one) for one in found.guardrails),
        versions=_("Measure in version %(measure)s, method in version %(method)s.")
        % {"measure": found.kpi_version, "method": found.method_version},
        at=look.at,
        drawing=None if change is None else _drawn(found, change),
    )


def verdict_said(found: Reviewed) -> str:
    """What it is called, or why nobody can say."""
    return effect_words.reason(found) if found.change is None else effect_words.verdict(found)


def known_said(kept: Mapping[str, Any] | None) -> str:
    """What a decision was based on, in a sentence: of a review that was held before its look, that there were no figures yet."""
    if not kept:
        return ""
    if not kept.get("look"):
        return _("It had not been looked at yet.")
    found = from_json(kept["look"])
    said = "" if found.change is None else effect_words.parts(found, found.change)
    return f"{verdict_said(found)} {said}".strip()


def _named(change: Change) -> Iterator[tuple[str, float]]:
    """What everybody sees, and the parts of which it is made."""
    yield _("What changed"), change.naive_change
    if change.regression_to_mean is not None:
        yield _("Would have come back by itself"), change.regression_to_mean
    yield _("Happened to everybody"), change.common_change


def _parts(found: Reviewed, change: Change) -> Iterator[Part]:
    for name, size in _named(change):
        yield Part(name, gain(size, found.unit))
    yield Part(_("The action"), gain(change.value, found.unit), _likely(found, change))
    if change.cautious is not None:
        yield Part(_("The action, by the record alone"), gain(change.cautious, found.unit))


def _blocks(found: Reviewed, change: Change) -> Iterator[Part]:
    """One block says nothing of whether an effect lasts."""
    if len(change.by_block) < 2:
        return
    ends = [0, *WEEKS]
    for place, (value, low, high) in enumerate(change.by_block):
        # The first week, in which the new is learnt, counts in none.
        weeks = {"first": max(ends[place], 1) + 1, "last": ends[place + 1]}
        name = _("Weeks %(first)d to %(last)d") % weeks
        yield Part(name, gain(value, found.unit), gain_between(low, high, found.unit))


def _likely(found: Reviewed, change: Change) -> str:
    return "" if change.low is None or change.high is None else gain_between(change.low, change.high, found.unit)


def _least(found: Reviewed, change: Change) -> str:
    if change.minimum_detectable is None:
        return ""
    least = amount(change.minimum_detectable, found.unit)
    return _("So few people and weeks show effects of %(least)s or more.") % {"least": least}


def _drawn(found: Reviewed, change: Change) -> Drawing:
    steps = [*(Step(name, size) for name, size in _named(change))]
    steps.append(Step(_("The action"), change.value, change.low, change.high))
    better = _("per cent, plus is better") if found.unit == "ratio" else _("plus is better")
    in_percent = found.unit in IN_PERCENT
    return draw(
        lambda theme: effect_chart(steps, in_percent=in_percent, better=better, theme=theme), clock=words.clock()
    )
