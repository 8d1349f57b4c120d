"""Which forms are there on pages with figures?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.kpis.definition import Kpi


class TargetForm(forms.Form):
    """A target from a day on; shares are typed in per cent, durations in seconds."""

    value = forms.FloatField(label=_("Target"), min_value=0)
    from_day = forms.DateField(label=_("From"), widget=forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))

    def __init__(self, *args: Any, kpi: Kpi, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.kpi = kpi
        units = {"share": _("in per cent"), "seconds": _("in seconds")}
        self.fields["value"].help_text = units.get(kpi.unit, kpi.unit)

    def clean_value(self) -> float:
        """The value in the measure's own unit."""
        value: float = self.cleaned_data["value"]
        if self.kpi.unit != "share":
            return value
        if value > 100:
            raise forms.ValidationError(_("A share is 100 per cent at most."))
        return value / 100
