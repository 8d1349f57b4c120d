"""Which forms are there about people?"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date
from typing import Any

from django import forms
from django.db.models import Q, QuerySet
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import Agent, Queue, Role, Site, Team, User
from floorwalker.apps.people.queueing import queue_parameters
from floorwalker.errors import Refused
from floorwalker.ui import words
from floorwalker.ui.days import DayField
from floorwalker.ui.keys import BY_CODE, find_clashes, keys_with, read_keys

ONE_KEY = {"autocomplete": "off", "autocapitalize": "off", "spellcheck": "false", "size": "5"}
WEEKDAYS = dict(
    enumerate((_("Monday"), _("Tuesday"), _("Wednesday"), _("Thursday"), _("Friday"), _("Saturday"), _("Sunday")))
)


class FirstPassword(forms.Form):
    """The password that an invited user chooses."""

    password = forms.CharField(
        label=_("Choose a password"),
        help_text=_("At least 12 characters; several words in a row are good."),
        widget=forms.PasswordInput(attrs={"autocomplete": "new-password"}),
    )
    again = forms.CharField(
        label=_("The same again"), widget=forms.PasswordInput(attrs={"autocomplete": "new-password"})
    )

    def clean(self) -> dict[str, Any] | None:
        """Both must be alike."""
        found = super().clean()
        if found and found.get("password") != found.get("again"):
            self.add_error("again", _("The two are not alike."))
        return found


class Details(forms.Form):
    """What is known of a person.

    Each field remembers what stood there: only what its reader changed is written down, so that nothing is taken back that
    somebody else wrote meanwhile.
    """

    name = forms.CharField(label=_("Name"), max_length=200)
    staff_number = forms.CharField(label=_("Staff number"), max_length=60, required=False)
    email = forms.EmailField(label=_("E-mail"), required=False)
    started_on = DayField(label=_("Started on"), required=False)
    left_on = DayField(label=_("Left on"), required=False, help_text=_("The last day of work."))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for field in self.fields.values():
            field.show_hidden_initial = True

    def clean(self) -> dict[str, Any] | None:
        """Nobody leaves before starting."""
        found = super().clean() or {}
        if found.get("started_on") and found.get("left_on") and found["left_on"] < found["started_on"]:
            self.add_error("left_on", _("This day lies before the start."))
        return found


class Move(forms.Form):
    """Into which team, from which day on; no team: what the data state counts again."""

    team = forms.ModelChoiceField(
        Team.objects.all(), label=_("Team"), required=False, empty_label=_("As the data state it")
    )
    on = DayField(label=_("From"), help_text=_("Any day: before today, the past is told anew."))

    def __init__(self, *args: Any, teams: QuerySet[Team], **named: Any) -> None:
        super().__init__(*args, **named)
        _choose_among(self, "team", teams)


class Pattern(forms.Form):
    """Hours of each day of the week, from a day on."""

    on = DayField(label=_("From"))

    def __init__(self, *args: Any, **named: Any) -> None:
        super().__init__(*args, **named)
        for number, day in WEEKDAYS.items():
            self.fields[f"day{number}"] = forms.DecimalField(
                label=day, min_value=0, max_value=24, decimal_places=2, required=False
            )

    @property
    def minutes(self) -> list[int]:
        """Minutes of each day, Monday first; a field left empty is a day off."""
        return [round(60 * (self.cleaned_data[f"day{number}"] or 0)) for number in range(7)]


class Skills(forms.Form):
    """What somebody can do, a line each."""

    skills = forms.CharField(
        label=_("Skills, one a line"), required=False, widget=forms.Textarea(attrs={"rows": 4}), max_length=4000
    )
    on = DayField(label=_("From"))


class Grant(forms.Form):
    """A role for a team, a site or the centre, from a day on."""

    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    team = forms.ModelChoiceField(Team.objects.all(), label=_("For the team"), required=False, empty_label=_("–"))
    site = forms.ModelChoiceField(Site.objects.all(), label=_("For the site"), required=False, empty_label=_("–"))
    on = DayField(label=_("From"))

    def offered(self) -> list[tuple[forms.BoundField, list[tuple[object, str]]]]:
        """Each field with what there is to choose, read once however many rows of a page show it."""
        return [(field, [*getattr(field.field, "choices", ())]) for field in self]


class LogIn(forms.Form):
    """A new log-in."""

    username = forms.CharField(label=_("User name"), max_length=150)
    role = forms.ChoiceField(label=_("Role"), choices=Role.choices)
    team = forms.ModelChoiceField(Team.objects.all(), label=_("For the team"), required=False, empty_label=_("–"))
    agent = forms.ModelChoiceField(
        Agent.objects.on_the_floor().filter(user=None), label=_("Who is the agent"), required=False, empty_label=_("–")
    )


class Keyboard(forms.Form):
    """By which keys somebody works, and whether single keys work at all; kept: keys of commands that are not shown."""

    on = forms.BooleanField(label=_("Single keys work"), required=False)

    def __init__(self, *args: Any, commands: Sequence[str], kept: Mapping[str, str], **named: Any) -> None:
        super().__init__(*args, **named)
        self.commands, self.kept = commands, kept
        for code in commands:
            self.fields[code] = forms.CharField(
                label=str(BY_CODE[code].name),
                required=False,
                max_length=10,
                widget=forms.TextInput(attrs=ONE_KEY),
            )

    def clean(self) -> dict[str, Any] | None:
        """Keys that are none, or that two commands would share, are refused where they stand."""
        found = super().clean() or {}
        for code in self.commands:
            try:
                found[code] = read_keys(found.get(code, ""))
            except Refused as error:
                self.add_error(code, error.what)
        for key, reason in () if self.errors else find_clashes(keys_with({**self.kept, **self.keys})):
            self.add_error(key.code if key.code in self.fields else None, reason)
        return found

    @property
    def keys(self) -> dict[str, str]:
        """The keys that were written, by command."""
        return {code: self.cleaned_data[code] for code in self.commands}


class SecondFactorRoles(forms.Form):
    """The roles that may be used with a second factor only."""

    roles = forms.MultipleChoiceField(
        label=_("Roles"), choices=Role.choices, required=False, widget=forms.CheckboxSelectMultiple
    )


class TeamForm(forms.Form):
    """A team's name and place."""

    name = forms.CharField(label=_("Name"), max_length=200)
    parent = forms.ModelChoiceField(Team.objects.all(), label=_("Part of"), required=False, empty_label=_("–"))
    site = forms.ModelChoiceField(Site.objects.all(), label=_("Site"), required=False, empty_label=_("–"))

    def __init__(self, *args: Any, user: User, on: date, team: Team | None = None, **named: Any) -> None:
        super().__init__(*args, **named)
        self.reach, self.team = user.scope_on(on).managed, team
        # Where it lies now is a choice too, whoever manages that place: else it would leave it with any other change.
        parents = Q(pk__in=Team.objects.managed_by(user, on).values("pk")) | Q(pk=team and team.parent_id)
        _choose_among(self, "parent", Team.objects.filter(parents))
        if not self.reach.everywhere:
            sites = Q(pk__in=self.reach.sites) | Q(pk=team and team.site_id)
            _choose_among(self, "site", Site.objects.filter(sites))

    def clean(self) -> dict[str, Any] | None:
        """Whoever manages some sites only makes no team beside them, which nobody of them would see again."""
        found = super().clean() or {}
        stays = self.team is not None and not (self.team.parent or self.team.site)
        placed = found.get("parent") or found.get("site") or stays
        if not self.reach.everywhere and not self.errors and not placed:
            self.add_error("site", _("Choose the site, or the team that this one is part of: you manage those only."))
        return found


class QueueLimit(forms.Form):
    """One queue's own limit of a measure."""

    queue = forms.ModelChoiceField(Queue.objects.all(), label=_("Queue"))
    name = forms.ChoiceField(label=_("Limit"))
    value = forms.FloatField(label=_("Seconds"), help_text=_("An hour is 3600, a day 86400."), min_value=0)
    on = DayField(label=_("From"), required=False, help_text=_("Left empty: for all days that are not set otherwise."))

    def __init__(self, *args: Any, queues: QuerySet[Queue], **named: Any) -> None:
        super().__init__(*args, **named)
        _choose_among(self, "queue", queues)
        choices = [(name, words.in_language(parameter.meaning)) for name, parameter in queue_parameters().items()]
        self.fields["name"].choices = choices  # type: ignore[attr-defined]


def _choose_among(form: forms.Form, name: str, found: QuerySet[Any]) -> None:
    """Offer these only: what its reader does not manage is no choice."""
    field = form.fields[name]
    assert isinstance(field, forms.ModelChoiceField)
    field.queryset = found


class Directory(forms.Form):
    """A centre's own list of its people."""

    file = forms.FileField(label=_("CSV file"), help_text=_("With a heading; nothing is changed yet."))


class TakeOver(forms.Form):
    """From which day the teams of a directory count."""

    moves_on = DayField(label=_("Teams count from"))
