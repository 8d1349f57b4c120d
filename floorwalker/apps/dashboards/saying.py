"""What is said first about a page's figures, and what must be known to read them? The sentences of page and PDF alike."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from django.utils.translation import gettext as _
from django.utils.translation import ngettext

from floorwalker.apps.dashboards.reading import Figure, Figures
from floorwalker.apps.dashboards.shown import Column, Row, Shown
from floorwalker.apps.standards.saying import notes_on
from floorwalker.insight.judgement import verdict
from floorwalker.ui import judging_words, words


@dataclass(frozen=True)
class Said:
    """The first sentences of a page, and those that stand under its figures."""

    first: list[str]
    notes: list[str]


def of_board(found: Figures) -> Said:
    """Of a board: whether anybody needs a look, and what chance alone would do."""
    given = found.context
    tiles = _stands(given["tiles"]) if "tiles" in given else []
    return Said([*tiles, *_leads(found)], [*_chances(given), *target_notes(found)])


def of_agent(found: Figures) -> Said:
    """Of one agent: which measures miss or meet their targets."""
    row = found.context["row"]
    if not row.has_figures:
        return Said([nothing_said(found)], [])
    first = _stands(row) or [_("No target is set for these measures, so nothing here meets or misses one.")]
    return Said(first, target_notes(found))


def target_notes(found: Figures) -> list[str]:
    """What must be known of the targets of a page besides their values: whose they are, and what changed."""
    given = found.context
    if "row" in given:
        return notes_on((shown.column.kpi, shown.held) for shown in given["row"].cells)
    tiles = [shown.column for shown in given["tiles"].cells] if "tiles" in given else []
    heads = {column.kpi.id: column for column in (*tiles, *given["heads"])}
    return notes_on((column.kpi, column.held) for column in heads.values())


def of_measure(figure: Figure) -> Said:
    """Of one measure: its target."""
    notes = notes_on([(figure.kpi, figure.held)])
    target = None if figure.held is None else figure.held.target
    if target is None:
        return Said([_("No target is set.")], notes)
    said = {
        "target": words.bounds(target, figure.kpi.unit),
        "state": words.verdict(figure.cell.told or verdict(figure.cell.answer, target)),
    }
    return Said([_("Target: %(target)s – %(state)s.") % said], notes)


def aim_of(column: Column) -> str:
    """A column's target in words."""
    if column.target is None:
        return _("no target set")
    return _("target: %(target)s") % {"target": words.bounds(column.target, column.kpi.unit)}


def target_said(shown: Shown) -> str:
    """A figure's target, and how it stands to it."""
    if shown.target is None:
        return _("No target is set.")
    said = {
        "target": words.bounds(shown.target, shown.column.kpi.unit),
        "state": words.verdict(shown.standing),
    }
    return _("Target: %(target)s; %(state)s.") % said


def nothing_said(found: Figures) -> str:
    """That there is nothing, and for which filter."""
    filters = ", ".join(found.question.filters.said)
    if filters:
        return _("Nothing was found in this period for: %(filters)s.") % {"filters": filters}
    return _("There are no figures in this period.")


def _stands(row: Row) -> list[str]:
    states = (
        (_("Misses the target by more than chance: %(measures)s."), row.as_it_is.below),
        (_("A gap that matters, for the same kinds of work: %(measures)s."), row.by_work.below),
        (_("Meets the target by more than chance: %(measures)s."), row.as_it_is.above),
        (_("No gap that matters, for the same kinds of work: %(measures)s."), row.by_work.above),
        (_("Cannot tell yet: %(measures)s."), row.unclear),
    )
    return [said % {"measures": _names(shown)} for said, shown in states if shown]


def _leads(found: Figures) -> list[str]:
    given, is_centre = found.context, found.kind == "centre"
    missing = given["missing"]
    match str(given["standing"]):
        case "nothing":
            return [nothing_said(found)]
        case "too_little":
            return [_("Too little happened in this period to hold anybody against a target.")]
        case "no_target":
            return [_("No target is set for these measures, so nothing here meets or misses one.")]
    if is_centre:
        return []
    if missing:
        said = "%(n)d person needs a look.", "%(n)d people need a look."
        return [ngettext(*said, missing) % {"n": missing}]
    return [_("Nobody stands out from chance in this period. That is an answer, not missing data.")]


def _chances(given: Any) -> list[str]:
    found = []
    if given["named"]:
        found.append(judging_words.named_wrongly(given["named"], given["wrong"]))
    if str(given["standing"]) == "judged" and given["plain"]:
        said = _(
            "%(judged)d figures are held against a target by their plain range. If everybody were exactly on target, about "
            "%(chance).0f of them would still seem to miss it by chance alone."
        )
        found.append(said % {"judged": given["plain"], "chance": given["by_chance"]})
    if given["compared"]:
        said = _(
            "%(compared)d figures stand beside earlier ones. Had nothing changed at all, about %(chance).0f of them would "
            "still seem changed by chance alone."
        )
        found.append(said % {"compared": given["compared"], "chance": given["changed_by_chance"]})
    return found


def _names(shown: Sequence[Shown]) -> str:
    return ", ".join(words.in_language(one.column.kpi.name) for one in shown)
