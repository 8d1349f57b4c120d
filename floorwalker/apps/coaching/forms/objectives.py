"""What is asked when somebody proposes an objective, checks in, or ends one?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.aiming import aims_for
from floorwalker.apps.coaching.models import ActionKind, Objective
from floorwalker.apps.coaching.models.objectives import LONGEST_WORDING, LONGEST_WORDS
from floorwalker.apps.coaching.reaching import LONGEST, SHORTEST, Expects, Wanted
from floorwalker.apps.people.models import Agent
from floorwalker.insight.cells import compares_people
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Better
from floorwalker.ui import words
from floorwalker.ui.days import DayField

USUAL = timedelta(weeks=12)
# What a person can do; processes and systems are changed in a cycle of improvement.
PERSONAL = (ActionKind.COACHING, ActionKind.TRAINING, ActionKind.MENTORING, ActionKind.PEER_SUPPORT)
EXPECTS = (
    (Expects.QUARTER, _("a quarter of the way to the best quarter of colleagues, as is usual")),
    (Expects.HALF, _("half of that way, twice what is usual")),
    (Expects.NOTHING, _("nothing that is known yet")),
)


def measures_of_people() -> list[tuple[str, str]]:
    """Measures in which one person can have an objective, by name."""
    known = [
        (kpi.id, words.in_language(kpi.name))
        for kpi in catalogue().values()
        if kpi.better is not Better.CONTEXT and compares_people(kpi)
    ]
    return sorted(known, key=lambda pair: pair[1].casefold())


class ProposeForm(forms.Form):
    """A measure, a day, an action with its kind, and what it is taken to do."""

    measure = forms.ChoiceField(label=_("Which measure?"), help_text=_("One that a person's own work can move."))
    due_on = DayField(label=_("By when?"), help_text=_("In four weeks at the earliest, in half a year at the latest."))
    action = forms.CharField(label=_("What is done for it?"), max_length=LONGEST_WORDING)
    action_kind = forms.ChoiceField(
        label=_("What kind of action is that?"), choices=[(one.value, one.label) for one in PERSONAL]
    )
    expects = forms.ChoiceField(
        label=_("How much of the way is the action expected to go?"), choices=EXPECTS, initial=Expects.QUARTER
    )
    review_weeks = forms.TypedChoiceField(
        label=_("How often is it looked at?"),
        coerce=int,
        choices=[(2, _("every 2 weeks")), (4, _("every 4 weeks"))],
        initial=4,
    )
    aim = forms.ChoiceField(label=_("Which aim does it serve?"), required=False)

    def __init__(self, *args: Any, agent: Agent, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._on, self._aims = on, {str(one.pk): one for one in aims_for(agent, on)}
        measure, aim = self.fields["measure"], self.fields["aim"]
        assert isinstance(measure, forms.ChoiceField) and isinstance(aim, forms.ChoiceField)
        measure.choices = [("", _("choose")), *measures_of_people()]
        aim.choices = [("", _("none")), *((key, one.wording) for key, one in self._aims.items())]

    def clean_due_on(self) -> date:
        """Neither so near that nothing can change, nor so far that nobody knows."""
        due: date = self.cleaned_data["due_on"]
        if not SHORTEST <= due - self._on <= LONGEST:
            raise forms.ValidationError(_("Choose a day between four weeks and half a year from today."))
        return due

    def wanted(self, replaces: Objective | None) -> Wanted:
        """As the proposal takes it."""
        given = self.cleaned_data
        return Wanted(
            measure=given["measure"],
            due_on=given["due_on"],
            action=given["action"],
            action_kind=ActionKind(given["action_kind"]),
            expects=Expects(given["expects"]),
            aim=self._aims.get(given["aim"]),
            review_weeks=given["review_weeks"],
            replaces=replaces,
        )


class CheckInForm(forms.Form):
    """What was tried, and what comes next."""

    said = forms.CharField(
        label=_("What have you tried, and what comes next?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
    )


class EndObjectiveForm(forms.Form):
    """Why somebody says no, or ends it early."""

    because = forms.CharField(
        label=_("Why does it end?"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 2})
    )
