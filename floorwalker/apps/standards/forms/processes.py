"""What is asked about a process?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.standards.access import Reach
from floorwalker.apps.standards.forms.aims import owner_field
from floorwalker.apps.standards.models import Process
from floorwalker.apps.standards.models.processes import LONGEST_ABOUT, LONGEST_NAME
from floorwalker.apps.standards.owning import ProcessWords
from floorwalker.apps.standards.saying import places_said
from floorwalker.ui.days import DayField


class ProcessForm(forms.Form):
    """Its name, what it is, who answers for it, where it runs, and from when on."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    about = forms.CharField(
        label=_("What is it?"), max_length=LONGEST_ABOUT, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )
    owner = owner_field(_("Who answers for it?"))
    place = forms.ChoiceField(label=_("Whose contacts go through it?"))
    reason = forms.CharField(
        label=_("Only contacts for this reason"),
        max_length=200,
        required=False,
        help_text=_("As the data name it. Left empty: all of that place."),
    )
    from_day = DayField(label=_("Counts from"))

    def __init__(self, *args: Any, reach: Reach, on: date, process: Process | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.reach = reach
        place = self.fields["place"]
        assert isinstance(place, forms.ChoiceField)
        place.choices = places_said(reach, ("centre", "site", "queue"))
        self.fields["from_day"].initial = on
        if process is not None:
            del self.fields["from_day"]

    @property
    def said(self) -> ProcessWords:
        """As the actions take it."""
        given = self.cleaned_data
        place = self.reach.given(self.reach.by_code[given["place"]])
        return ProcessWords(given["name"], given["owner"], given["about"], reason=given["reason"], **place)
