"""What is asked when a team sets itself a goal, or ends one?"""

from __future__ import annotations

from datetime import datetime
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.huddles.models import TeamGoal
from floorwalker.apps.huddles.models.goals import LONGEST_WORDS
from floorwalker.apps.huddles.setting_goals import WEEKS, WantedGoal, meetings_to_agree_in
from floorwalker.apps.people.models import Team
from floorwalker.apps.standards.aiming import aims_of_work
from floorwalker.insight.team_goal import goal_measures
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui import words

USUAL_WEEKS = 8
FEW_LINES = {"rows": 2}


class GoalForm(forms.Form):
    """A measure, a target, for how long, and why; shares are typed in per cent, durations in seconds."""

    measure = forms.ChoiceField(label=_("Which measure?"), help_text=_("One that a team can be judged by."))
    target = forms.FloatField(label=_("Target"), help_text=_("Shares in per cent, durations in seconds."))
    weeks = forms.TypedChoiceField(
        label=_("For how long?"),
        coerce=int,
        choices=[(n, n) for n in WEEKS],
        initial=USUAL_WEEKS,
        help_text=_("In weeks, from the next Monday on. The last four are what is judged."),
    )
    words = forms.CharField(
        label=_("Why does the team want it?"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs=FEW_LINES)
    )
    aim = forms.ChoiceField(label=_("Which aim does it serve?"), required=False)
    meeting = forms.ChoiceField(
        label=_("In which meeting was it agreed?"),
        required=False,
        help_text=_("Who was noted as there is who agreed to it."),
    )

    def __init__(self, *args: Any, team: Team, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._aims = {str(one.pk): one for one in aims_of_work(team, at.date())}
        self._meetings = {str(one.pk): one for one in meetings_to_agree_in(team, at)}
        known = sorted(((kpi.id, words.in_language(kpi.name)) for kpi in goal_measures()), key=lambda pair: pair[1])
        self._choose("measure", [("", _("choose")), *known])
        self._choose("aim", [("", _("none")), *((key, one.wording) for key, one in self._aims.items())])
        held = ((key, f"{one.get_kind_display()}, {words.day(one.planned_for)}") for key, one in self._meetings.items())
        self._choose("meeting", [("", _("none")), *held])

    def _choose(self, name: str, choices: list[tuple[Any, Any]]) -> None:
        field = self.fields[name]
        assert isinstance(field, forms.ChoiceField)
        field.choices = choices

    def wanted(self, replaces: TeamGoal | None) -> WantedGoal:
        """As it is set."""
        given = self.cleaned_data
        share = catalogue()[given["measure"]].unit == "share"
        return WantedGoal(
            measure=given["measure"],
            target=given["target"] / 100 if share else given["target"],
            weeks=given["weeks"],
            words=given["words"],
            aim=self._aims.get(given["aim"]),
            meeting=self._meetings.get(given["meeting"]),
            replaces=replaces,
        )


class EndGoalForm(forms.Form):
    """Why it ends before its day."""

    because = forms.CharField(
        label=_("Why does it end?"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs=FEW_LINES)
    )
