"""Which forms are there on pages with figures?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.dashboards.mailing import HOURS
from floorwalker.apps.dashboards.models import Rhythm
from floorwalker.apps.people.models import Site


class AddressForm(forms.Form):
    """Where somebody reads mail."""

    address = forms.EmailField(
        label=_("Your e-mail address"), help_text=_("A link is sent there, to show that it is yours.")
    )


class AddressOf(forms.Form):
    """Where somebody else reads mail."""

    address = forms.EmailField(
        label=_("E-mail address"), help_text=_("A link is sent there; until it is opened nothing else is.")
    )


class ScheduleForm(forms.Form):
    """How often and when a view is sent."""

    rhythm = forms.ChoiceField(label=_("How often"), choices=Rhythm.choices, initial=Rhythm.WEEKLY)
    hour = forms.TypedChoiceField(
        label=_("At"), coerce=int, initial=7, choices=[(hour, f"{hour:02}:00") for hour in range(HOURS)]
    )
    site = forms.ModelChoiceField(Site.objects.order_by("name"), label=_("By the clock of"), empty_label=None)
    with_sheet = forms.BooleanField(label=_("With a table for Excel"), required=False)

    def __init__(self, *args: Any, **given: Any) -> None:
        super().__init__(*args, **given)
        self.fields["site"].initial = Site.objects.order_by("name").first()
