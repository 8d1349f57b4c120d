"""What is asked about the evidence of a performance review?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models.appraising import LONGEST_WORDS
from floorwalker.ui.days import DayField


class PackForm(forms.Form):
    """Which days are looked back on."""

    from_day = DayField(label=_("From"))
    last_day = DayField(label=_("Last day"))

    def clean(self) -> dict[str, Any] | None:
        """The last day is not before the first."""
        found = super().clean() or {}
        first, last = found.get("from_day"), found.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        return found


class PackWordsForm(forms.Form):
    """What one makes of the year."""

    words = forms.CharField(
        label=_("What do you make of this year?"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 5})
    )
