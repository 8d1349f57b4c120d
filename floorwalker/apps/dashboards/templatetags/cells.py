"""How does one cell of a board look? A tag and no template: a board has a hundred of them."""

from __future__ import annotations

from django import template
from django.utils.html import escape
from django.utils.safestring import SafeString, mark_safe

from floorwalker.apps.dashboards.board import Shown
from floorwalker.insight.change import Change, Direction
from floorwalker.insight.scorecard import State
from floorwalker.ui import words
from floorwalker.ui.templatetags.floor import estimate

register = template.Library()


@register.simple_tag
def cell(shown: Shown) -> SafeString:
    """The mark of its state, the figure or the reason why there is none, and its drawings."""
    if shown.cell is None:
        return mark_safe('<span class="none">–</span>')
    mark, verdict = "", ""
    if shown.state != State.NO_TARGET:
        mark = '<span class="mark" aria-hidden="true"></span> '
        verdict = f' <span class="unseen">{escape(words.verdict(shown.state))}</span>'
    drawn = f'<span class="drawn">{shown.bar}{shown.spark}</span>' if shown.bar or shown.spark else ""
    change = _change(shown.cell.change, shown.column.better) if shown.cell.change else ""
    figure = f"{estimate(shown.cell.answer)}{change}"
    return mark_safe(f'<div class="cell {shown.state}">{mark}{figure}{verdict}{drawn}</div>')  # noqa: S308  our own words and drawings


def _change(change: Change, better: str) -> str:
    """What the figure was in the period it is compared with, and whether the difference is more than chance."""
    was, said = escape(words.change_was(change)), escape(words.change_said(change, better))
    if not said:
        return f'<span class="was">{was}</span>'
    told = said if change.direction == Direction.CHANCE else f"<strong>{said}</strong>"
    return f'<span class="was">{was}; {told}</span>'
