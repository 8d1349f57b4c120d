"""What is asked while a cycle is done, when it is reviewed, and when it is decided?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.improvement.models import Cycle, Verdict
from floorwalker.apps.improvement.models.cycles import LONGEST_TEXT
from floorwalker.apps.people.models import User
from floorwalker.apps.standards.access import readable
from floorwalker.apps.standards.models import Change, StandardVersion
from floorwalker.ui.days import DayField


class DoingForm(forms.Form):
    """What happened, on which day, and whether it was done for the cycle or happened besides."""

    on = DayField(label=_("Day"))
    words = forms.CharField(
        label=_("What happened?"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 3})
    )
    is_confounder = forms.ChoiceField(
        label=_("Was it done for this cycle?"),
        choices=[("", _("Yes, it belongs to it")), ("yes", _("No: it happened besides, and could move the measure"))],
        required=False,
    )


class ReviewForm(forms.Form):
    """What is said of it."""

    said = forms.CharField(
        label=_("What do those who do the work say, and what do you make of it?"),
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 4}),
    )


class DecideForm(forms.Form):
    """Keep, change or stop; why; and what was changed of a standard because of it."""

    verdict = forms.ChoiceField(label=_("What becomes of it?"), choices=Verdict.choices, widget=forms.RadioSelect)
    because = forms.CharField(label=_("Why?"), max_length=LONGEST_TEXT, widget=forms.Textarea(attrs={"rows": 4}))
    change = forms.ChoiceField(
        label=_("What was changed of a standard because of it?"),
        required=False,
        help_text=_("It is written down on the page of the standard first, and chosen here."),
    )

    def __init__(self, *args: Any, cycle: Cycle, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        change = self.fields["change"]
        assert isinstance(change, forms.ChoiceField)
        change.choices = [("", _("nothing")), *changes_to_choose(cycle, user, on)]

    @property
    def chosen_change(self) -> Change | None:
        """The change that was chosen."""
        chosen = self.cleaned_data["change"]
        return Change.objects.get(pk=chosen) if chosen else None


def changes_to_choose(cycle: Cycle, user: User, on: date) -> list[tuple[str, str]]:
    """What was changed of standards that the reader may read since the cycle was opened, the newest first."""
    current = StandardVersion.objects.current().filter(readable(user, on))
    titles = dict(current.values_list("standard", "title"))
    found = Change.objects.filter(standard__in=titles, on__gte=cycle.opened_at.date())
    return [(str(one.pk), f"{titles[one.standard_id]}: {one.changed[:80]}") for one in found]
