"""What is asked about a meeting, its brief, its questions and its actions?"""

from __future__ import annotations

from collections.abc import Iterable
from datetime import UTC, datetime
from typing import Any
from zoneinfo import ZoneInfo

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.huddles.holding import LONGEST_MINUTES
from floorwalker.apps.huddles.models import ItemKind, Meeting, MeetingKind
from floorwalker.apps.huddles.models.meetings import LONGEST_ITEM, LONGEST_WORDS
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.ui.days import DayField

USUAL_MINUTES = {MeetingKind.HUDDLE: 10, MeetingKind.TEAM_MEETING: 60, MeetingKind.REVIEW: 60}


def zone_of(team: Team) -> ZoneInfo:
    """By which clock a team meets: its site's."""
    return ZoneInfo(team.site.timezone if team.site is not None else "UTC")


class MeetingForm(forms.Form):
    """Of which kind, when, and for how long."""

    kind = forms.ChoiceField(label=_("Kind"), choices=MeetingKind.choices)
    day = DayField(label=_("Day"))
    time = forms.TimeField(
        label=_("Time"),
        widget=forms.TimeInput(format="%H:%M", attrs={"type": "time"}),
        help_text=_("By the team's clock."),
    )
    minutes = forms.IntegerField(label=_("Minutes"), min_value=1, max_value=LONGEST_MINUTES, initial=10)

    def __init__(self, *args: Any, team: Team, at: datetime, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.zone = zone_of(team)
        local = at.astimezone(self.zone)
        self.fields["day"].initial = local.date()
        self.fields["time"].initial = local.replace(minute=0 if local.minute < 30 else 30).strftime("%H:%M")

    @property
    def planned_for(self) -> datetime:
        """The instant that was meant."""
        given = datetime.combine(self.cleaned_data["day"], self.cleaned_data["time"], self.zone)
        return given.astimezone(UTC)


class ItemForm(forms.Form):
    """Something else to say."""

    kind = forms.ChoiceField(label=_("What for"), choices=ItemKind.choices, initial=ItemKind.OTHER)
    words = forms.CharField(label=_("What is said"), max_length=LONGEST_ITEM, widget=forms.Textarea(attrs={"rows": 2}))


class QuestionForm(forms.Form):
    """A question to the meeting."""

    words = forms.CharField(label=_("Your question"), max_length=LONGEST_ITEM)


class AnswerForm(forms.Form):
    """An answer to a question."""

    words = forms.CharField(label=_("Answer"), max_length=LONGEST_WORDS, widget=forms.Textarea(attrs={"rows": 3}))


class ActionForm(forms.Form):
    """What somebody takes on, and by when."""

    words = forms.CharField(label=_("What will be done"), max_length=LONGEST_ITEM)
    owner = forms.ChoiceField(label=_("By whom"))
    due_on = DayField(label=_("By which day"))

    def __init__(self, *args: Any, users: Iterable[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.users = {str(user.pk): user for user in users}
        owner = self.fields["owner"]
        assert isinstance(owner, forms.ChoiceField)
        owner.choices = [(pk, user.called) for pk, user in self.users.items()]

    @property
    def chosen(self) -> User:
        """Who was chosen."""
        return self.users[self.cleaned_data["owner"]]


class SettleForm(forms.Form):
    """Done, or dropped with a word."""

    outcome = forms.CharField(
        label=_("What came of it"), max_length=LONGEST_ITEM, required=False, help_text=_("Needed where it is dropped.")
    )


class EndForm(forms.Form):
    """What is worth keeping of a meeting that is over."""

    notes = forms.CharField(
        label=_("Notes"), max_length=LONGEST_WORDS, required=False, widget=forms.Textarea(attrs={"rows": 3})
    )


class AttendanceForm(forms.Form):
    """Who was there."""

    there = forms.MultipleChoiceField(label=_("Who was there"), required=False, widget=forms.CheckboxSelectMultiple)

    def __init__(self, *args: Any, meeting: Meeting, members: Iterable[Agent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.members = {str(agent.pk): agent for agent in members}
        noted = list(meeting.attendances.all())
        there = self.fields["there"]
        assert isinstance(there, forms.MultipleChoiceField)
        there.choices = [(pk, agent.name) for pk, agent in self.members.items()]
        there.initial = [str(one.agent_id) for one in noted if one.there] if noted else list(self.members)

    @property
    def present(self) -> list[Agent]:
        """Those who were."""
        return [self.members[pk] for pk in self.cleaned_data["there"]]
