"""What is written down when a token or a webhook is made?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.notices.actions import LONGEST_LIFE, NAME_LENGTH
from floorwalker.apps.notices.models import Area, Event
from floorwalker.apps.notices.sending import LONGEST
from floorwalker.apps.people.access import today
from floorwalker.ui.days import DayField

USUAL_LIFE = timedelta(days=90)
READ, WRITE = "read", "write"


class TokenForm(forms.Form):
    """A new token: for which program, what it may, until when."""

    name = forms.CharField(label=_("Which program is it for?"), max_length=NAME_LENGTH)
    access = forms.ChoiceField(
        label=_("What may it do?"),
        choices=[(READ, _("Read")), (WRITE, _("Read and change"))],
        initial=READ,
        help_text=_("Never more than you may yourself at that moment."),
    )
    areas = forms.MultipleChoiceField(
        label=_("What is it for?"), choices=Area.choices, widget=forms.CheckboxSelectMultiple, initial=[Area.FIGURES]
    )
    expires_on = DayField(
        label=_("Last day"),
        help_text=_("At most a year from today."),
    )

    def __init__(self, *given: Any, **named: Any) -> None:
        super().__init__(*given, **named)
        self.fields["expires_on"].initial = today() + USUAL_LIFE
        limits = {"min": today().isoformat(), "max": (today() + LONGEST_LIFE - timedelta(days=1)).isoformat()}
        self.fields["expires_on"].widget.attrs |= limits


class HookForm(forms.Form):
    """A new webhook: which address is told of which events."""

    name = forms.CharField(label=_("What hears there?"), max_length=NAME_LENGTH)
    url = forms.CharField(label=_("Address"), max_length=LONGEST, help_text=_("It begins with https://"))
    events = forms.MultipleChoiceField(
        label=_("What is it told of?"), choices=Event.choices, widget=forms.CheckboxSelectMultiple
    )
