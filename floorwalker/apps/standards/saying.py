"""How is a target said: for whom it is, what holds, what changed within a period, and what is to come?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator
from datetime import date, timedelta

from django.utils.translation import gettext as _

from floorwalker.apps.standards.access import Reach, code_of
from floorwalker.apps.standards.holding import Held
from floorwalker.apps.standards.models import Aim, StandardVersion, Target
from floorwalker.kpis.definition import Kpi
from floorwalker.ui import words


def place_said(row: Target | StandardVersion | Aim) -> str:
    """What a target, a standard or an aim is for."""
    channel, queue = ("", None) if isinstance(row, Aim) else (row.channel, row.queue)
    if channel:
        return named("channel", channel)
    return next(
        (named(kind, one.name) for kind, one in (("site", row.site), ("team", row.team), ("queue", queue)) if one),
        named("centre", ""),
    )


def named(kind: str, name: str) -> str:
    """A place by its kind and name."""
    return {
        "centre": _("the centre"),
        "site": _("site %(name)s"),
        "team": _("team %(name)s"),
        "queue": _("queue %(name)s"),
        "channel": _("channel %(name)s"),
    }[kind] % {"name": words.channel_names().get(name, name) if kind == "channel" else name}


def aim_said(target: Target, kpi: Kpi) -> str:
    """What it aims for."""
    return "–" if target.aim is None else words.bounds(target.aim, kpi.unit)


def days_said(target: Target) -> str:
    """On which days it holds."""
    first, last = target.from_day, None if target.to_day is None else target.to_day - timedelta(days=1)
    if first is None:
        return _("always") if last is None else _("up to %(last)s") % {"last": words.day(last)}
    if last is None:
        return _("from %(first)s on") % {"first": words.day(first)}
    return _("%(first)s to %(last)s") % {"first": words.day(first), "last": words.day(last)}


def notes_on(measures: Iterable[tuple[Kpi, Held | None]]) -> list[str]:
    """What a reader must know of the targets on a page besides their values; nothing where the centre's hold all along."""
    return [note for kpi, held in measures if held is not None for note in _notes(kpi, held)]


def _notes(kpi: Kpi, held: Held) -> Iterator[str]:
    if held.agreed is not None and held.agreed.place[0] != "centre":
        yield _("%(measure)s: the target is that of %(place)s.") % {
            "measure": words.in_language(kpi.name),
            "place": place_said(held.agreed),
        }
    if held.since is not None:
        yield _changed(kpi, held, held.since)
    if held.coming is not None:
        yield _coming(kpi, *held.coming)
    if held.apart:
        yield _apart(kpi, held)


def _changed(kpi: Kpi, held: Held, since: date) -> str:
    said = {"measure": words.in_language(kpi.name), "day": words.day(since)}
    if held.before is None:
        return (
            _(
                "%(measure)s: the target holds since %(day)s, within this period; before there was none. The whole period is "
                "held against it."
            )
            % said
        )
    said["before"] = words.bounds(held.before, kpi.unit)
    if held.agreed is None:
        return _("%(measure)s: the target ended on %(day)s, within this period (%(before)s before).") % said
    return (
        _(
            "%(measure)s: the target changed on %(day)s, within this period (before: %(before)s). The whole period is held "
            "against the one of its last day."
        )
        % said
    )


def _coming(kpi: Kpi, day: date, then: Target | None) -> str:
    said = {"measure": words.in_language(kpi.name), "day": words.day(day)}
    if then is None:
        return _("%(measure)s: from %(day)s on, after this period, no target is set.") % said
    said["target"] = aim_said(then, kpi)
    return _("%(measure)s: from %(day)s on, after this period, the target is %(target)s.") % said


def _apart(kpi: Kpi, held: Held) -> str:
    said = {
        "measure": words.in_language(kpi.name),
        "places": "; ".join(f"{place_said(one)}: {aim_said(one, kpi)}" for one in held.apart),
    }
    if held.target is None:
        return (
            _(
                "%(measure)s: only single queues or channels have a target (%(places)s). Choose one to see it held against."
            )
            % said
        )
    return (
        _(
            "%(measure)s: some queues or channels have targets of their own (%(places)s). Counted together they are held "
            "against the target of all; choose one to see it held against its own."
        )
        % said
    )


def places_said(
    reach: Reach, kinds: Collection[str] = ("centre", "site", "team", "queue", "channel")
) -> list[tuple[str, str]]:
    """By what stands for it in a form, the name of each place in reach that is of one of these kinds."""
    found = []
    for place in reach.places:
        one = next(iter(reach.given(place).values()), "")
        if place[0] in kinds:
            found.append((code_of(place), named(place[0], one if isinstance(one, str) else one.name)))
    return found
