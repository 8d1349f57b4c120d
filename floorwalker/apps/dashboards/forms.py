"""Which forms are there on pages with figures?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.dashboards.mailing import HOURS
from floorwalker.apps.dashboards.models import EventKind, Rhythm, Whose
from floorwalker.apps.people.models import Site
from floorwalker.ui.days import DayField


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


class EventForm(forms.Form):
    """Something that happened on the floor."""

    title = forms.CharField(label=_("What happened"), max_length=60)
    kind = forms.ChoiceField(label=_("Kind"), choices=EventKind.choices, initial=EventKind.CHANGE)
    first_day = DayField(label=_("First day"))
    last_day = DayField(
        label=_("Last day"),
        required=False,
        help_text=_("Leave it empty where it lasts, or was of one day."),
    )

    def clean(self) -> dict[str, Any]:
        """Something ends on the day on which it begins, or later."""
        given = super().clean() or {}
        first, last = given.get("first_day"), given.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("This would end before it begins: take a later day."))
        return given


class TrendNoteForm(forms.Form):
    """What a person makes of a change."""

    what = forms.CharField(label=_("What changed"), max_length=600, widget=forms.Textarea(attrs={"rows": 2}))
    cause = forms.CharField(
        label=_("Likely cause"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
    whose = forms.ChoiceField(label=_("Whose it is"), choices=Whose.choices, initial=Whose.PROCESS)
    decision = forms.CharField(
        label=_("What was decided"), max_length=600, required=False, widget=forms.Textarea(attrs={"rows": 2})
    )
