"""What may be typed to call a calibration session, and to write down what was agreed about a question?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.evaluations.blinding import LEAST_PEOPLE
from floorwalker.apps.evaluations.calibrating import Called
from floorwalker.apps.evaluations.convening import MOST_CONTACTS
from floorwalker.apps.evaluations.models import EvaluationForm, SamplingPlan
from floorwalker.apps.evaluations.models.draws import LONGEST_NAME
from floorwalker.apps.evaluations.populations import who_may_evaluate
from floorwalker.apps.people.models import User
from floorwalker.ui.several import SeveralField

USUAL_DAYS = timedelta(days=7)


def _day() -> forms.DateInput:
    return forms.DateInput(attrs={"type": "date"}, format="%Y-%m-%d")


class CallForm(forms.Form):
    """Who marks side by side, by which form, and until when."""

    name = forms.CharField(label=_("Name"), max_length=LONGEST_NAME)
    form = forms.ModelChoiceField(label=_("Form"), queryset=EvaluationForm.objects.none(), empty_label=None)
    participants = SeveralField(
        label=_("Who takes part"),
        help_text=_("Their roles must reach the agents whose contacts are marked."),
        queryset=User.objects.none(),
        widget=forms.CheckboxSelectMultiple,
    )
    opens_on = forms.DateField(label=_("To be marked from"), widget=_day())
    due = forms.DateField(label=_("To be marked until"), widget=_day())

    def __init__(self, given: Any, *, on: date) -> None:
        super().__init__(given, initial={"opens_on": on, "due": on + USUAL_DAYS})
        fields: dict[str, Any] = self.fields
        fields["form"].queryset = EvaluationForm.objects.in_use()
        fields["participants"].queryset = who_may_evaluate(on, officially=False)

    def clean(self) -> dict[str, Any] | None:
        """Two people at least, and a day after the other."""
        found = super().clean() or {}
        if "participants" in found and len(found["participants"]) < LEAST_PEOPLE:
            self.add_error("participants", _("Choose two people at least: nobody can be compared with herself."))
        if found.get("due") and found.get("opens_on") and found["due"] < found["opens_on"]:
            self.add_error("due", _("The last day lies before the first."))
        return found

    @property
    def called(self) -> Called:
        """The session that was described."""
        return Called(**self.cleaned_data)


class DrawForm(forms.Form):
    """From what chance chooses, and how many."""

    plan = forms.ModelChoiceField(
        label=_("From what this plan draws"), queryset=SamplingPlan.objects.none(), empty_label=None
    )
    many = forms.IntegerField(label=_("Contacts"), min_value=1, max_value=MOST_CONTACTS, initial=3)

    def __init__(self, given: Any, *, on: date) -> None:
        super().__init__(given)
        fields: dict[str, Any] = self.fields
        fields["plan"].queryset = SamplingPlan.objects.on(on)
