"""Which forms are there about recordings?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.utils.translation import gettext as _
from django.utils.translation import gettext_lazy

from floorwalker.apps.recordings.models import LONGEST_NOTE
from floorwalker.ui.clocks import clock, read_clock


class ClockField(forms.CharField):
    """A moment of a recording, as a player shows it."""

    def __init__(self, **given: Any) -> None:
        super().__init__(max_length=20, **given)
        self.widget.attrs |= {"inputmode": "text", "autocomplete": "off", "size": 8}

    def clean(self, value: Any) -> float | None:
        """In seconds; nothing where nothing was written."""
        text = super().clean(value)
        if not text:
            return None
        found = read_clock(text)
        if found is None:
            raise ValidationError(_("“%(text)s” is no moment of a recording. Write for example 4:37.") % {"text": text})
        return found


class MarkForm(forms.Form):
    """From when, to when, and what there is to hear."""

    begins = ClockField(label=gettext_lazy("From"))
    ends = ClockField(label=gettext_lazy("To"), required=False)
    note = forms.CharField(
        label=gettext_lazy("Note"),
        max_length=LONGEST_NOTE,
        required=False,
        widget=forms.TextInput(attrs={"autocomplete": "off"}),
    )

    def __init__(self, *args: Any, seconds: float | None, **given: Any) -> None:
        super().__init__(*args, **given)
        self.seconds = seconds

    def clean(self) -> dict[str, Any]:
        """Within the recording, and the end behind the beginning."""
        found = super().clean() or {}
        begins, ends = found.get("begins"), found.get("ends")
        if begins is not None and ends is not None and ends <= begins:
            self.add_error("ends", _("A mark ends after it begins."))
        for name, moment in (("begins", begins), ("ends", ends)):
            if moment is not None and self.seconds is not None and moment > self.seconds:
                said = _("The recording ends at %(length)s.") % {"length": clock(self.seconds)}
                self.add_error(name, said)
        return found
