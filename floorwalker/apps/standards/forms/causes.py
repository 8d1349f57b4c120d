"""What is asked about a root cause?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.standards.models import LONGEST_CAUSE, CauseKind, RootCause
from floorwalker.ui.days import DayField


class CauseForm(forms.Form):
    """A new root cause: what it is called, of which kind, below which other, and from when on."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_CAUSE)
    code = forms.SlugField(
        label=_("Code"),
        max_length=60,
        help_text=_("Small letters, digits, - and _: by it files and programs know the cause, and it never changes."),
    )
    kind = forms.ChoiceField(label=_("Where it lies"), choices=CauseKind.choices)
    parent = forms.ModelChoiceField(
        label=_("Part of"), queryset=RootCause.objects.none(), required=False, empty_label=_("nothing wider")
    )
    from_day = DayField(label=_("Can be chosen from"))

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        parent = self.fields["parent"]
        assert isinstance(parent, forms.ModelChoiceField)
        parent.queryset = RootCause.objects.on(on).in_order()
        self.fields["from_day"].initial = on


class RenameCauseForm(forms.Form):
    """The same cause in better words."""

    name = forms.CharField(
        label=_("Name"),
        max_length=LONGEST_CAUSE,
        required=False,
        help_text=_("Left empty: the usual words of its kind, in each reader's language."),
    )
