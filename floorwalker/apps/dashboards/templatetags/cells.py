"""How does one cell of a board look? A tag and no template: a board has a hundred of them."""

from __future__ import annotations

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from floorwalker.apps.dashboards.fairness import Together
from floorwalker.apps.dashboards.shown import Shown
from floorwalker.insight.change import Change, Direction
from floorwalker.insight.fair import Fair
from floorwalker.insight.judgement import TOO_HIGH, TOO_LOW, State
from floorwalker.ui import gap_words, judging_words, words
from floorwalker.ui.templatetags.floor import estimate

register = template.Library()


@register.simple_tag
def cell(shown: Shown, *, held: bool = True) -> SafeString:
    """The mark of its state, the figure or the reason why there is none, and its drawings.

    held: whether target and verdict are said here too; not where they stand beside it in a sentence of their own.
    """
    if shown.cell is None:
        return mark_safe('<span class="none">–</span>')
    mark, verdict = "", ""
    own = _own_target(shown) if held else ""
    if shown.state != State.NO_TARGET:
        mark = '<span class="mark" aria-hidden="true"></span> '
        # Which side of a band a figure is on is seen by nobody who does not do the sum.
        # Nor would anybody guess why the mark says something else than the figure beside it.
        kind = "aim" if shown.verdict in (TOO_LOW, TOO_HIGH) or shown.is_by_work else "unseen"
        verdict = f' <span class="{kind}">{escape(words.verdict(shown.standing))}</span>' if held else ""
    drawn = f'<span class="drawn">{shown.bar}{shown.spark}</span>' if shown.bar or shown.spark else ""
    change = _change(shown.cell.change, shown.column.better) if shown.cell.change else ""
    figure = f"{estimate(shown.cell.answer)}{change}"
    return mark_safe(f'<div class="cell {shown.state}">{mark}{figure}{own}{verdict}{drawn}</div>')  # noqa: S308  our own words and drawings


def _own_target(shown: Shown) -> str:
    """What this row is held against, where that is not what stands over the column."""
    if shown.target is None or not shown.has_own_target:
        return ""
    said = _("target: %(target)s") % {"target": words.bounds(shown.target, shown.column.kpi.unit)}
    return f'<span class="aim">{escape(said)}</span>'


def _change(change: Change, better: str) -> str:
    """What the figure was in the period it is compared with, and whether the difference is more than chance."""
    was, said = escape(words.change_was(change)), escape(words.change_said(change, better))
    if not said:
        return f'<span class="was">{was}</span>'
    told = said if change.direction == Direction.CHANCE else f"<strong>{said}</strong>"
    return f'<span class="was">{was}; {told}</span>'


@register.simple_tag
def named_wrongly(named: int, wrong: float) -> str:
    """How many figures are named, and how many of these are expected to be wrong."""
    return judging_words.named_wrongly(named, wrong)


@register.filter
def fair_words(fair: Fair) -> str:
    """What is known of one person's figure beside colleagues with the same kinds of work."""
    return judging_words.compared(fair.one, fair.compared)


@register.filter
def cause_words(fair: Fair) -> str:
    """Whose a gap is; nothing where nobody asked."""
    return "" if fair.cause is None else judging_words.cause(fair.cause, fair.one)


@register.filter
def together_words(one: Together) -> str:
    """How large a gap is that is no single person's, and how sure it is."""
    return gap_words.together(one.gap, one.kpi)


@register.filter
def signed(value: float, unit: str) -> str:
    """A difference with its unit: durations as such, shares in points."""
    return gap_words.signed(value, unit)
