"""What is asked about a target that is agreed with one person?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent
from floorwalker.apps.standards.forms.aims import measures_to_choose
from floorwalker.apps.standards.models import LONGEST_REASON
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui.days import DayField


class AdjustForm(forms.Form):
    """With whom, in which measure, what instead, for how long, and why; shares in per cent, durations in seconds."""

    agent = forms.ModelChoiceField(label=_("With whom?"), queryset=Agent.objects.none(), empty_label=None)
    measure = forms.ChoiceField(label=_("Measure"))
    value = forms.FloatField(
        label=_("At least, or at most"),
        required=False,
        min_value=0,
        help_text=_("Which of the two, the measure says. Shares in per cent, durations in seconds."),
    )
    low = forms.FloatField(label=_("Band: not below"), required=False, min_value=0)
    high = forms.FloatField(label=_("Band: not above"), required=False, min_value=0)
    from_day = DayField(label=_("Counts from"))
    review_on = DayField(label=_("Looked at again on"))
    reason = forms.CharField(
        label=_("Why?"),
        max_length=LONGEST_REASON,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("Read by those alone whose role agrees to such targets: on no other page, in no file and no log."),
    )

    def __init__(self, *args: Any, agents: Sequence[Agent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        agent, measure = self.fields["agent"], self.fields["measure"]
        assert isinstance(agent, forms.ModelChoiceField) and isinstance(measure, forms.ChoiceField)
        agent.queryset = Agent.objects.filter(pk__in=[one.pk for one in agents]).order_by("name")
        measure.choices = measures_to_choose(of_people=True)

    def clean(self) -> dict[str, Any] | None:
        """A value or both ends of a band; shares up to 100 per cent."""
        found = super().clean() or {}
        given = {name: found[name] for name in ("value", "low", "high") if found.get(name) is not None}
        if not given:
            self.add_error("value", _("Give a value, or both ends of a band."))
        elif self._is_share:
            for name, bound in given.items():
                if bound > 100:
                    self.add_error(name, _("A share is 100 per cent at most."))
        return found

    @property
    def _is_share(self) -> bool:
        kpi = catalogue().get(self.cleaned_data.get("measure", ""))
        return kpi is not None and kpi.unit == "share"

    @property
    def bounds(self) -> dict[str, float | None]:
        """The values in the measure's own unit."""
        given = {name: self.cleaned_data.get(name) for name in ("value", "low", "high")}
        return {name: one / 100 if one is not None and self._is_share else one for name, one in given.items()}
