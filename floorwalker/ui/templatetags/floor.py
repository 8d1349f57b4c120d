"""How do figures, charts and terms appear on a page? The only tags that print numbers about people."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import template
from django.utils.html import format_html
from django.utils.safestring import SafeString, mark_safe
from django.utils.translation import gettext as _

from floorwalker.charts.render import Drawing
from floorwalker.estimate import Answer, NoEstimate
from floorwalker.insight.change import Change
from floorwalker.insight.judgement import Target
from floorwalker.insight.scorecard import Point
from floorwalker.ui import notice_words, words
from floorwalker.ui.failure_words import say_failed
from floorwalker.ui.judging_words import percent
from floorwalker.ui.load_words import say_found, say_of_load

COUNTED = "counted"
# How figures are made that are no plain ones: where somebody stands, the same contacts may say another plain figure.
AT_THE_SAME_WORK = frozenset({"local_level", "reading"})
register = template.Library()


@register.simple_tag
def estimate(answer: Answer | None) -> SafeString:
    """A figure with its interval and count, or the reason why there is none."""
    if answer is None:
        return format_html('<span class="none">–</span>')
    if isinstance(answer, NoEstimate):
        return format_html('<span class="none">{}</span>', words.no_figure(answer))
    likely = words.interval(answer)
    is_adjusted = answer.method in AT_THE_SAME_WORK
    return format_html(
        '<span class="figure"><span class="value">{}</span>{}{}{}</span>',
        words.value(answer),
        format_html(' <span class="likely">{}</span> ', likely) if likely else " ",
        "" if answer.method == COUNTED else format_html('<span class="n">{}</span>', words.how_many(answer)),
        format_html(' <span class="n">{}</span>', _("at the same work as colleagues")) if is_adjusted else "",
    )


@register.filter
def aim_words(target: Target, unit: str) -> str:
    """What is aimed for, in the measure's unit."""
    return words.bounds(target, unit)


@register.filter
def figure_words(value: float, unit: str) -> str:
    """A bare figure, such as a standard, in its measure's unit."""
    return words.figure(value, unit)


@register.filter
def movement(weeks: Sequence[Point]) -> str:
    """The sentence of a drawing of weeks."""
    return words.movement(weeks)


@register.simple_tag
def drawing(drawn: Drawing) -> SafeString:
    """A drawing of our own, light and dark; its sentence and table stand beside it."""
    both = '<div class="drawing"><div class="on-light">{}</div><div class="on-dark">{}</div></div>'
    return format_html(both, mark_safe(drawn.light), mark_safe(drawn.dark))  # noqa: S308  our own charts, no user text unescaped


@register.simple_tag
def svg(text: str) -> SafeString:
    """A small inline picture that Floorwalker drew itself."""
    return mark_safe(text)  # noqa: S308  made of numbers by charts/


@register.filter
def item(mapping: dict[Any, Any], key: Any) -> Any:
    """The value of a key in a mapping."""
    return mapping.get(key)


@register.filter
def last_day(to_day: date | None) -> date | None:
    """The last day on which a dated row counts, of the first on which it does not."""
    return None if to_day is None else to_day - timedelta(days=1)


@register.filter
def as_text(value: Any) -> str:
    """A value of a fact row as people read it."""
    return words.plain(value)


@register.filter
def is_number(value: Any) -> bool:
    """Whether a value of a fact row stands to the right of its column."""
    return isinstance(value, int | float) and not isinstance(value, bool)


@register.filter
def cut_underscores(name: str) -> str:
    """A column's name as words."""
    return name.replace("_", " ")


@register.filter
def verdict_words(state: str) -> str:
    """One of the three states, in words."""
    return words.verdict(state)


@register.filter
def as_count(value: int | None) -> str:
    """A whole number with its thousands apart."""
    return "–" if value is None else f"{value:,}"


@register.filter
def notice_sentence(notice: Any) -> str:
    """What a notice says."""
    return notice_words.sentence(notice.code, notice.params)


@register.filter
def as_share(value: float) -> str:
    """A share in per cent."""
    return words.figure(value, "share", 0)


@register.filter
def as_sure(probability: float) -> str:
    """A probability in per cent; nothing is called certain."""
    return percent(probability)


@register.filter
def as_duration(seconds: float) -> str:
    """Seconds in the units in which people think of them."""
    return words.duration(seconds)


@register.filter
def was_words(change: Change) -> str:
    """What a figure was."""
    return words.change_was(change)


@register.filter
def change_words(change: Change, better: Any) -> str:
    """Whether a difference is more than chance."""
    return words.change_said(change, str(better))


@register.filter
def channel_words(channel: str) -> str:
    """A channel's name."""
    return words.channel_names().get(channel, channel)


@register.filter
def of_row(text: str) -> str:
    """What was found in a row that was left out: the product's words in the reader's language, the row's own as they are."""
    return say_found(text) if text else ""


@register.filter
def of_load(text: str) -> str:
    """A kept sentence of a load, such as why a row was left out, in the reader's language."""
    return say_of_load(text) if text else ""


@register.filter
def of_failure(text: str) -> str:
    """Why a load failed altogether, in the reader's language."""
    return say_failed(text) if text else ""


@register.filter
def in_language(text: str) -> str:
    """A name or meaning of the catalogue of measures, in the reader's language."""
    return words.in_language(text)
