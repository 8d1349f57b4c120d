"""What is asked about an aim?"""

from __future__ import annotations

from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.people.models import User
from floorwalker.apps.standards.access import Reach
from floorwalker.apps.standards.aiming import Words
from floorwalker.apps.standards.models import Aim
from floorwalker.apps.standards.models.aims import LONGEST_WORDING
from floorwalker.apps.standards.saying import places_said
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Attribution, Better
from floorwalker.ui import words
from floorwalker.ui.days import DayField


def measures_to_choose(*, of_people: bool = False) -> list[tuple[str, str]]:
    """Every measure by which something, or by which people, can be held, by name."""
    known = [
        (kpi.id, words.in_language(kpi.name))
        for kpi in catalogue().values()
        if kpi.better is not Better.CONTEXT and not (of_people and kpi.attribution is Attribution.NONE)
    ]
    return sorted(known, key=lambda pair: pair[1].casefold())


def owner_field(label: Any) -> forms.Field:
    """Somebody who can log in."""
    people = User.objects.filter(is_active=True).order_by("username")
    return forms.ModelChoiceField(label=label, queryset=people, empty_label=None)


class AimForm(forms.Form):
    """What somebody wants to reach in a period, whose aim it is, who answers for it, and how it is known."""

    wording = forms.CharField(label=_("What do we want to reach?"), max_length=LONGEST_WORDING)
    place = forms.ChoiceField(label=_("Whose aim is it?"))
    owner = owner_field(_("Who answers for it?"))
    measure = forms.ChoiceField(label=_("By which measure is it known?"), required=False)
    known_by = forms.CharField(
        label=_("Or how else is it known?"),
        max_length=LONGEST_WORDING,
        required=False,
        help_text=_("What can be seen, where no measure counts it."),
    )
    from_day = DayField(label=_("From"))
    last_day = DayField(label=_("Last day"))

    def __init__(self, *args: Any, reach: Reach, aim: Aim | None = None, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        place, measure = self.fields["place"], self.fields["measure"]
        assert isinstance(place, forms.ChoiceField) and isinstance(measure, forms.ChoiceField)
        place.choices = places_said(reach, ("centre", "site", "team"))
        measure.choices = [("", _("none")), *measures_to_choose()]
        if aim is not None:
            del self.fields["place"]

    def clean(self) -> dict[str, Any] | None:
        """The last day is not before the first; a measure, or words."""
        found = super().clean() or {}
        first, last = found.get("from_day"), found.get("last_day")
        if first and last and last < first:
            self.add_error("last_day", _("The last day lies before the first."))
        if not found.get("measure") and not found.get("known_by"):
            self.add_error("measure", _("Name a measure, or say below how it will be seen."))
        return found

    @property
    def said(self) -> Words:
        """As the actions take it."""
        given = self.cleaned_data
        last: date = given["last_day"]
        return Words(
            wording=given["wording"],
            owner=given["owner"],
            from_day=given["from_day"],
            to_day=last + timedelta(days=1),
            measure=given["measure"],
            known_by=given["known_by"],
        )
