"""What is asked of whoever plans a training, and of those who were there?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.forms.sessions import FEW_LINES, USUAL_TIME, measures, zone_of
from floorwalker.apps.coaching.models import Training
from floorwalker.apps.coaching.models.training import LONGEST_SUBJECT, LONGEST_WORDS
from floorwalker.apps.coaching.training import LEAST_MINUTES, LEAST_RATING, MOST_MINUTES, MOST_RATING, Course
from floorwalker.apps.people.models import Agent, User
from floorwalker.ui.days import DayField
from floorwalker.ui.several import SeveralField


class CourseForm(forms.Form):
    """Its subject, when, how long, by whom, with whom, and what it is to move."""

    subject = forms.CharField(label=_("Subject"), max_length=LONGEST_SUBJECT)
    people = SeveralField(label=_("With whom?"), queryset=Agent.objects.none(), widget=forms.CheckboxSelectMultiple)
    day = DayField(label=_("Day"))
    clock = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial=USUAL_TIME
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=LEAST_MINUTES, max_value=MOST_MINUTES, initial=60)
    outside_trainer = forms.CharField(
        label=_("Trainer from outside"),
        max_length=LONGEST_SUBJECT,
        required=False,
        help_text=_("Empty: I give it myself."),
    )
    is_mentoring = forms.BooleanField(label=_("A mentor's talk with several"), required=False)
    measure = forms.ChoiceField(
        label=_("Which measure is it to move?"),
        required=False,
        help_text=_("Where one is named, whether it worked is worked out after 4, 8 and 12 weeks."),
    )
    refresh_on = DayField(label=_("Due again on"), required=False)

    def __init__(self, given: Any, *, people: Sequence[Agent], **more: Any) -> None:
        super().__init__(given, **more)
        fields: dict[str, Any] = self.fields
        fields["people"].queryset = Agent.objects.filter(pk__in=[one.pk for one in people]).order_by("name")
        fields["measure"].choices = measures(_("none"))

    def course(self, by: User, refreshes: Training | None) -> Course:
        """The training that was described."""
        given, people = self.cleaned_data, list(self.cleaned_data["people"])
        outside = given["outside_trainer"].strip()
        return Course(
            subject=given["subject"],
            agents=people,
            planned_for=datetime.combine(given["day"], given["clock"], ZoneInfo(zone_of(people[0]))),
            minutes=given["minutes"],
            trainer=None if outside else by,
            outside_trainer=outside,
            is_mentoring=given["is_mentoring"],
            measure=given["measure"],
            refresh_on=given["refresh_on"],
            refreshes=refreshes,
        )


class LearnedForm(forms.Form):
    """What one takes from it, and how useful it was."""

    learned = forms.CharField(
        label=_("What do you take from it?"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs=FEW_LINES)
    )
    rating = forms.IntegerField(
        label=_("How useful was it, from 1 (not at all) to 5 (very)?"), min_value=LEAST_RATING, max_value=MOST_RATING
    )
