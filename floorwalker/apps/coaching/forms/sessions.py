"""What is asked of whoever plans a talk, signs one, asks for one, or does something with a colleague?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime, time, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.alongside import Wish
from floorwalker.apps.coaching.models import CoachingProposal, CoachingSession, SessionKind
from floorwalker.apps.coaching.models.sessions import BY_A_COLLEAGUE, LONGEST_PROMISE, LONGEST_WORDS
from floorwalker.apps.coaching.planning import Planned
from floorwalker.apps.coaching.talking import MOST_MINUTES, Agreed
from floorwalker.apps.people.access import today
from floorwalker.apps.people.models import Agent
from floorwalker.apps.standards.forms.aims import measures_to_choose
from floorwalker.ui.days import DayField
from floorwalker.ui.several import SeveralField

FEW_LINES, SOME_LINES = {"rows": 2}, {"rows": 4}
USUAL_TIME, USUAL_MINUTES = time(10), 30
USUAL_REVIEW = timedelta(days=28)


def measures(nothing: Any) -> list[tuple[Any, Any]]:
    """The measures by which people can be held, and none."""
    return [("", nothing), *measures_to_choose(of_people=True)]


class WhenForm(forms.Form):
    """A day and a time, by the clock of the site."""

    topic = forms.CharField(
        label=_("What is it to be about?"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs=FEW_LINES)
    )
    day = DayField(label=_("Day"))
    clock = forms.TimeField(
        label=_("Time"), widget=forms.TimeInput(attrs={"type": "time"}, format="%H:%M"), initial=USUAL_TIME
    )

    def planned_for(self, zone: str) -> datetime:
        """The instant that was meant, by the clock of that place."""
        day, clock = self.cleaned_data["day"], self.cleaned_data["clock"]
        return datetime.combine(day, clock, ZoneInfo(zone))


class PlanForm(WhenForm):
    """With whom, about what, by which measure, when."""

    people = SeveralField(
        label=_("With whom?"),
        queryset=Agent.objects.none(),
        widget=forms.CheckboxSelectMultiple,
        help_text=_("One person, or several for a group."),
    )
    measure = forms.ChoiceField(
        label=_("Which measure is it to move?"),
        required=False,
        help_text=_("It can be left open until something is agreed."),
    )
    field_order = ("people", "topic", "measure", "day", "clock")

    def __init__(self, given: Any, *, people: Sequence[Agent], proposal: CoachingProposal | None, **more: Any) -> None:
        super().__init__(given, **more)
        fields: dict[str, Any] = self.fields
        fields["people"].queryset = Agent.objects.filter(pk__in=[one.pk for one in people]).order_by("name")
        fields["measure"].choices = measures(_("none yet"))
        self.proposal = proposal
        if proposal is not None:
            fields["topic"].required = False

    @property
    def plan(self) -> Planned:
        """The session that was described."""
        given, people = self.cleaned_data, list(self.cleaned_data["people"])
        kind = SessionKind.ONE_TO_ONE if len(people) == 1 else SessionKind.GROUP
        when = self.planned_for(zone_of(people[0]))
        return Planned(kind, people, when, given["topic"], given["measure"], self.proposal)


def zone_of(agent: Agent | None) -> str:
    """By which clock somebody works."""
    return "UTC" if agent is None or agent.site is None else agent.site.timezone


class AgreedForm(forms.Form):
    """What the coach writes in the talk: her own words, the one thing that is agreed, by what it is told, until when."""

    coach_words = forms.CharField(
        label=_("What does the coach say?"),
        required=False,
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs=SOME_LINES),
    )
    promise = forms.CharField(
        label=_("The one thing that we agree on"),
        required=False,
        max_length=LONGEST_PROMISE,
        widget=forms.Textarea(attrs=FEW_LINES),
        help_text=_("Something that can be done, and that both can see whether it was."),
    )
    measure = forms.ChoiceField(label=_("By which measure will it be told whether it helped?"), required=False)
    review_on = DayField(label=_("Looked at again on"), required=False)
    minutes = forms.IntegerField(
        label=_("How many minutes did it take?"), required=False, min_value=1, max_value=MOST_MINUTES
    )

    def __init__(self, given: Any, *, session: CoachingSession) -> None:
        kept = {
            "coach_words": session.coach_words,
            "promise": session.promise,
            "measure": session.measure,
            "review_on": session.review_on or today() + USUAL_REVIEW,
            "minutes": session.minutes or USUAL_MINUTES,
        }
        super().__init__(given, initial=kept)
        fields: dict[str, Any] = self.fields
        if session.kind == SessionKind.OF_COACH:
            del fields["measure"]
        else:
            fields["measure"].choices = measures(_("choose"))

    @property
    def agreed(self) -> Agreed:
        """What was written."""
        return Agreed(**{"measure": "", **self.cleaned_data})


class AskForm(forms.Form):
    """What somebody would like to talk about."""

    because = forms.CharField(
        label=_("What would you like to talk about?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs=SOME_LINES),
    )
    measure = forms.ChoiceField(label=_("Is it about a measure?"), required=False)

    def __init__(self, given: Any) -> None:
        super().__init__(given)
        fields: dict[str, Any] = self.fields
        fields["measure"].choices = measures(_("none"))


class ProposeForm(AskForm):
    """Whom somebody would coach, and why."""

    agent = forms.ModelChoiceField(label=_("Who?"), queryset=Agent.objects.none())
    field_order = ("agent", "because", "measure")

    def __init__(self, given: Any, *, people: Sequence[Agent], agent: Agent | None) -> None:
        super().__init__(given)
        fields: dict[str, Any] = self.fields
        fields["agent"].queryset = Agent.objects.filter(pk__in=[one.pk for one in people]).order_by("name")
        fields["because"].label = _("Why?")
        self.initial["agent"] = agent


class SupportForm(WhenForm):
    """What somebody would like to do with a colleague."""

    kind = forms.ChoiceField(
        label=_("What would you like to do together?"), choices=[(one.value, one.label) for one in BY_A_COLLEAGUE]
    )
    colleague = forms.ModelChoiceField(label=_("With whom?"), queryset=Agent.objects.none())
    gives = forms.BooleanField(label=_("I offer it: my colleague learns from me"), required=False)
    field_order = ("kind", "colleague", "topic", "day", "clock", "gives")

    def __init__(self, given: Any, *, people: Sequence[Agent], own: Agent) -> None:
        super().__init__(given)
        fields: dict[str, Any] = self.fields
        fields["colleague"].queryset = Agent.objects.filter(pk__in=[one.pk for one in people]).order_by("name")
        self.own = own

    @property
    def wish(self) -> Wish:
        """What was wished for."""
        given = self.cleaned_data
        when = self.planned_for(zone_of(self.own))
        return Wish(SessionKind(given["kind"]), given["colleague"], when, given["topic"], given["gives"])
