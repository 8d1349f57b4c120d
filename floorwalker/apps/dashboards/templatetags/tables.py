"""How does a heading say and change in which order its table stands? By a link that keeps the rest of the address."""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import template
from django.http import HttpRequest
from django.utils.html import format_html, format_html_join
from django.utils.safestring import SafeString
from django.utils.translation import gettext as _

from floorwalker.apps.dashboards.sorting import sorted_weeks
from floorwalker.insight.scorecard import Point

register = template.Library()
ARROWS = {"ascending": "▲", "descending": "▼", "": "↕"}


@register.simple_tag(takes_context=True)
def aria_sort(context: dict[str, Any], key: str, default: str = "", parameter: str = "sort") -> SafeString:
    """The attribute that tells in which order a column stands, where the table stands by it."""
    order = _order(context["request"], key, default, parameter)
    return format_html(' aria-sort="{}"', order) if order else SafeString("")


@register.simple_tag(takes_context=True)
def sort_link(
    context: dict[str, Any], key: str, label: str, *, name: str = "", default: str = "name", parameter: str = "sort"
) -> SafeString:
    """The link that sorts by a column, rising at first and then falling. name: of the column, where the label says less."""
    request = context["request"]
    order = _order(request, key, default, parameter)
    asked = request.GET.copy()
    asked[parameter] = f"-{key}" if order == "ascending" else key
    told = format_html('<span class="unseen"> {}</span>', _("by %(name)s") % {"name": name}) if name else ""
    return format_html(
        '<a class="sort" href="?{}">{}{} <span aria-hidden="true">{}</span></a>',
        asked.urlencode(),
        label,
        told,
        ARROWS[order],
    )


@register.simple_tag(takes_context=True)
def order_options(
    context: dict[str, Any], key: str, name: str, parameter: str = "sort", *, judged: bool = False
) -> SafeString:
    """The two orders by a column as options of a select: what a phone has no room for over the columns.

    judged: the column orders by how figures stand, not by figures.
    """
    asked = context["request"].GET.get(parameter, "")
    words = (
        (_("%(name)s, first who misses"), _("%(name)s, first who meets"))
        if judged
        else (_("%(name)s, lowest first"), _("%(name)s, highest first"))
    )
    said = dict(zip((key, f"-{key}"), words, strict=True))
    return format_html_join(
        "",
        '<option value="{}"{}>{}</option>',
        (
            (value, SafeString(" selected") if value == asked else "", told % {"name": name})
            for value, told in said.items()
        ),
    )


@register.filter
def weeks_sorted(weeks: Iterable[Point], sort: str) -> list[Point]:
    """Weeks in the order that the address asks for."""
    return sorted_weeks(weeks, sort)


def _order(request: HttpRequest, key: str, default: str, parameter: str) -> str:
    asked = request.GET.get(parameter, "") or default
    if asked.removeprefix("-") != key:
        return ""
    return "descending" if asked.startswith("-") else "ascending"
