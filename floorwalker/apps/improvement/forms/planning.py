"""What is asked when a cycle is planned: what could be done, what is chosen and why, from when on, and for whom?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext as _now
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.models import ActionKind
from floorwalker.apps.improvement.guarding import possible_guardrails, proposed_guardrails
from floorwalker.apps.improvement.models import Cycle
from floorwalker.apps.improvement.models.cycles import LONGEST_TEXT, LONGEST_TITLE
from floorwalker.apps.improvement.models.doing import LONGEST_WORDS
from floorwalker.apps.improvement.options import Considered
from floorwalker.apps.improvement.owners import owners_for
from floorwalker.apps.improvement.planning import Begins, Plan
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.apps.standards.forms.aims import measures_to_choose
from floorwalker.ui.days import DayField

MOST_GUARDRAILS = 3


def words_field(label: Any, *, required: bool = True) -> forms.CharField:
    """A sentence or two."""
    return forms.CharField(
        label=label, max_length=LONGEST_WORDS, required=required, widget=forms.Textarea(attrs={"rows": 2})
    )


class OptionForm(forms.Form):
    """One thing that could be done, and what it takes."""

    kind = forms.ChoiceField(label=_("What kind of action is it?"), choices=ActionKind.choices)
    words = words_field(_("What could be done?"))
    hours = forms.FloatField(label=_("Hours that it takes"), required=False, min_value=0)
    cost = forms.CharField(label=_("What else it costs"), required=False, max_length=LONGEST_TITLE)

    @property
    def said(self) -> Considered:
        """As the action takes it."""
        given = self.cleaned_data
        return Considered(given["kind"], given["words"], given["hours"], given["cost"])


class PlanForm(forms.Form):
    """The choice with its reasons, the first day, guardrails, and who begins: single people, or teams one after another."""

    chosen = forms.ChoiceField(label=_("Which of these is done?"), widget=forms.RadioSelect)
    because = words_field(_("Why this one?"))
    words = forms.CharField(
        label=_("Who does what?"),
        required=False,
        max_length=LONGEST_TEXT,
        widget=forms.Textarea(attrs={"rows": 3}),
    )
    begins_on = DayField(
        label=_("First day"), help_text=_("It is looked at 4, 8 and 12 weeks later, and not in between.")
    )
    owner = forms.ModelChoiceField(label=_("Who answers for it?"), queryset=User.objects.none(), empty_label=None)
    hours = forms.FloatField(label=_("Hours that it takes"), required=False, min_value=0)
    cost = forms.CharField(label=_("What else it costs"), required=False, max_length=LONGEST_TITLE)

    def __init__(
        self,
        *args: Any,
        cycle: Cycle,
        on: date,
        people: Sequence[Agent] = (),
        teams: Sequence[Team] = (),
        first: Sequence[int] = (),
        **kwargs: Any,
    ) -> None:
        super().__init__(*args, **kwargs)
        self.cycle, self.people, self.teams = cycle, people, teams
        self.options = list(cycle.options.all())
        chosen, owner = self.fields["chosen"], self.fields["owner"]
        assert isinstance(chosen, forms.ChoiceField) and isinstance(owner, forms.ModelChoiceField)
        chosen.choices = [(str(one.pk), f"{one.get_kind_display()}: {one.words}") for one in self.options]
        owner.queryset = owners_for(cycle.about, on)
        owner.initial = cycle.owner_id
        self.fields["begins_on"].initial = on + timedelta(days=7)
        self._ask_why_not()
        self._ask_guardrails()
        self._ask_people(first)
        self._ask_teams()
        if people or teams:
            self.fields["departed"] = words_field(_("If not as chance drew it: why not?"), required=False)

    def _ask_why_not(self) -> None:
        for option in self.options:
            label = _now("If not “%(words)s”: why not?") % {"words": option.words[:80]}
            self.fields[f"why_not_{option.pk}"] = words_field(label, required=False)

    def _ask_guardrails(self) -> None:
        proposed = proposed_guardrails(self.cycle)
        possible = possible_guardrails(self.cycle, in_parts=bool(self.people or self.teams))
        choices = [("", _("none")), *(pair for pair in measures_to_choose() if pair[0] in possible)]
        for place in range(MOST_GUARDRAILS):
            label = _now("What must not get worse? (%(n)d)") % {"n": place + 1}
            initial = proposed[place] if place < len(proposed) else ""
            self.fields[f"guardrail_{place}"] = forms.ChoiceField(
                label=label, choices=choices, required=False, initial=initial
            )

    def _ask_people(self, first: Sequence[int]) -> None:
        if self.people:
            self.fields["people"] = forms.MultipleChoiceField(
                label=_("For whom is it? Nobody chosen: for the whole team."),
                choices=[(str(one.pk), one.name) for one in self.people],
                required=False,
                initial=[str(pk) for pk in first],
                widget=forms.CheckboxSelectMultiple,
            )

    def _ask_teams(self) -> None:
        order = (self.cycle.drawn_order or {}).get("order", [])
        for team in self.teams:
            initial = order.index(team.pk) + 1 if team.pk in order else ""
            places = [("", _("not in this plan")), *((n, str(n)) for n in range(1, len(self.teams) + 1))]
            self.fields[f"place_{team.pk}"] = forms.TypedChoiceField(
                label=_now("In which place does %(team)s begin?") % {"team": team.name},
                choices=places,
                coerce=int,
                empty_value=None,
                required=False,
                initial=initial,
            )
        if self.teams:
            self.fields["every_weeks"] = forms.IntegerField(
                label=_("Weeks from one place to the next"), initial=4, min_value=0, max_value=12
            )

    @property
    def plan(self) -> Plan:
        """As the action takes it."""
        given = self.cleaned_data
        chosen = next(one for one in self.options if str(one.pk) == given["chosen"])
        known = {str(one.pk): one for one in self.people}
        guardrails = (given[f"guardrail_{place}"] for place in range(MOST_GUARDRAILS))
        return Plan(
            chosen=chosen,
            because=given["because"],
            why_not={one.pk: given[f"why_not_{one.pk}"] for one in self.options if one != chosen},
            begins_on=given["begins_on"],
            owner=given["owner"],
            guardrails=tuple(dict.fromkeys(filter(None, guardrails))),
            words=given["words"],
            cost=given["cost"] or chosen.cost,
            hours=chosen.hours if given["hours"] is None else given["hours"],
            people=tuple(known[pk] for pk in given.get("people", ())),
            teams=self._begins(given),
            departed=given.get("departed", ""),
        )

    def _begins(self, given: dict[str, Any]) -> tuple[Begins, ...]:
        order = (self.cycle.drawn_order or {}).get("order", [])
        found = [(given[f"place_{team.pk}"], team) for team in self.teams if given[f"place_{team.pk}"] is not None]
        every = timedelta(weeks=given.get("every_weeks") or 0)
        return tuple(
            Begins(
                team, given["begins_on"] + (place - 1) * every, order.index(team.pk) + 1 if team.pk in order else None
            )
            for place, team in sorted(found, key=lambda pair: (pair[0], pair[1].pk))
        )


class LotForm(forms.Form):
    """How many begin now, and when."""

    begin = forms.IntegerField(label=_("How many begin now?"), min_value=1)
    begins_on = DayField(label=_("First day"))
