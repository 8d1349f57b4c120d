"""What is asked about a development plan?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.aiming import aims_for
from floorwalker.apps.coaching.developing import Thing
from floorwalker.apps.coaching.models import DevelopmentPlan, ItemKind, Objective
from floorwalker.apps.coaching.models.objectives import LONGEST_WORDING, LONGEST_WORDS
from floorwalker.apps.people.models import Agent
from floorwalker.ui.days import DayField

USUAL = timedelta(days=182)
SAID = forms.Textarea(attrs={"rows": 3})


class PlanForm(forms.Form):
    """A period, the aims that it serves, and what one wants to come of it."""

    from_day = DayField(label=_("From"))
    last_day = DayField(label=_("Last day"))
    words = forms.CharField(
        label=_("What do you want to come of it, in your own words?"), max_length=LONGEST_WORDS, widget=SAID
    )
    aims = forms.MultipleChoiceField(
        label=_("Which aims does it serve?"), required=False, widget=forms.CheckboxSelectMultiple
    )

    def __init__(self, *args: Any, agent: Agent, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.known = {str(one.pk): one for one in aims_for(agent, on)}
        aims = self.fields["aims"]
        assert isinstance(aims, forms.MultipleChoiceField)
        aims.choices = [(key, one.wording) for key, one in self.known.items()]

    def clean(self) -> dict[str, Any] | None:
        """The last day is not before the first."""
        found = super().clean() or {}
        first, last = found.get("from_day"), found.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        return found


class PlanWordsForm(forms.Form):
    """One's own words about the plan."""

    words = forms.CharField(
        label=_("What do you want to come of it, in your own words?"), max_length=LONGEST_WORDS, widget=SAID
    )


class ThingForm(forms.Form):
    """Something to learn, to shadow, to talk about or to look at again; or one of the person's objectives."""

    kind = forms.ChoiceField(label=_("What is it?"), choices=ItemKind.choices)
    words = forms.CharField(label=_("In words"), max_length=LONGEST_WORDING, required=False)
    objective = forms.ModelChoiceField(
        label=_("Which objective?"), queryset=Objective.objects.none(), required=False, empty_label=_("none")
    )
    due_on = DayField(label=_("By when?"))

    def __init__(self, *args: Any, plan: DevelopmentPlan, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        field = self.fields["objective"]
        assert isinstance(field, forms.ModelChoiceField)
        field.queryset = Objective.objects.open().filter(agent__in=plan.agent.numbers_of_person())
        field.label_from_instance = _wording  # type: ignore[assignment]

    @property
    def thing(self) -> Thing:
        """As the action takes it."""
        given = self.cleaned_data
        return Thing(ItemKind(given["kind"]), given["due_on"], given["words"], given["objective"])


def _wording(objective: Objective) -> str:
    return objective.wording


class LearnedForm(forms.Form):
    """What was learned, or why it is dropped."""

    words = forms.CharField(label=_("What was learned, or why is it dropped?"), max_length=LONGEST_WORDING, widget=SAID)
