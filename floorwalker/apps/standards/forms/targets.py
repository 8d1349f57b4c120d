"""What is asked about a target?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.standards.models import LONGEST_REASON
from floorwalker.kpis.definition import Better, Kpi
from floorwalker.ui.days import DayField


class TargetForm(forms.Form):
    """A value or a band from a day on, and why; shares are typed in per cent, durations in seconds."""

    value = forms.FloatField(required=False, min_value=0)
    low = forms.FloatField(label=_("Band: not below"), required=False, min_value=0)
    high = forms.FloatField(label=_("Band: not above"), required=False, min_value=0)
    from_day = DayField(label=_("From"))
    last_day = DayField(label=_("Last day"), required=False, help_text=_("Left empty: until another is set."))
    reason = forms.CharField(
        label=_("Why this value?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Everybody for whom it holds can read this."),
    )

    def __init__(self, *args: Any, kpi: Kpi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kpi = kpi
        units = {"share": _("in per cent"), "seconds": _("in seconds")}
        unit = units.get(kpi.unit, kpi.unit.replace("_", " "))
        if kpi.better is Better.BAND:
            del self.fields["value"]
            self.fields["low"].required = self.fields["high"].required = True
            self.fields["low"].help_text = unit
        else:
            self.fields["value"].label = _("At least") if kpi.better is Better.UP else _("At most")
            self.fields["value"].help_text = unit
            self.fields["low"].help_text = _("Instead of one value, where too much would be wrong as well.")

    @property
    def to_day(self) -> date | None:
        """The first day on which it no longer counts."""
        last: date | None = self.cleaned_data.get("last_day")
        return None if last is None else last + timedelta(days=1)

    @property
    def bounds(self) -> dict[str, Any]:
        """The values in the measure's own unit, as `set_target` takes them."""
        return {name: self._own(self.cleaned_data.get(name)) for name in ("value", "low", "high")}

    def clean(self) -> dict[str, Any] | None:
        """One value, or both ends of a band, of which the lower is lower; the last day is not before the first."""
        found = super().clean() or {}
        value, low, high = (found.get(name) for name in ("value", "low", "high"))
        names = [name for name in ("value", "low", "high") if name in self.fields]
        if not any(name in self.errors for name in names):
            self._check(names[0], value, low, high)
        first, last = found.get("from_day"), found.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        return found

    def _check(self, first: str, value: float | None, low: float | None, high: float | None) -> None:
        if value is None and low is None and high is None:
            self.add_error(first, _("Give a value, or both ends of a band."))
        elif value is not None and (low is not None or high is not None):
            self.add_error("low", _("One value or a band, not both."))
        elif (low is None) != (high is None):
            self.add_error("high" if high is None else "low", _("A band has two ends."))
        elif low is not None and high is not None and low >= high:
            self.add_error("high", _("The upper end lies above the lower one."))
        if self.kpi.unit == "share":
            for name, given in (("value", value), ("low", low), ("high", high)):
                if given is not None and given > 100:
                    self.add_error(name, _("A share is 100 per cent at most."))

    def _own(self, given: float | None) -> float | None:
        return given / 100 if given is not None and self.kpi.unit == "share" else given


class EndForm(forms.Form):
    """The first day on which a target no longer counts."""

    on = DayField(label=_("No longer from"))
