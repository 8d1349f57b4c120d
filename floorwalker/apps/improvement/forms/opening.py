"""What is asked when a gap is taken on?"""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.improvement.access import improvable_processes, improvable_teams
from floorwalker.apps.improvement.models.cycles import LONGEST_TEXT, LONGEST_TITLE, Subject
from floorwalker.apps.improvement.opening import Opening
from floorwalker.apps.improvement.owners import owners_for
from floorwalker.apps.people.models import User
from floorwalker.apps.standards.access import readable
from floorwalker.apps.standards.aiming import readable_aims
from floorwalker.apps.standards.forms.aims import measures_to_choose
from floorwalker.apps.standards.models import Aim, ServiceStandard, StandardVersion


class ChooseForm(forms.Form):
    """Of what is the gap? For whoever does not come from a gap that a page shows. A person's begins on her own page."""

    measure = forms.ChoiceField(label=_("Measure"))
    about = forms.ChoiceField(label=_("Whose gap is it?"))

    def __init__(self, *args: Any, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measure, about = self.fields["measure"], self.fields["about"]
        assert isinstance(measure, forms.ChoiceField) and isinstance(about, forms.ChoiceField)
        measure.choices = measures_to_choose()
        processes = [(f"process:{one.pk}", one.name) for one in improvable_processes(user, on)]
        teams = [(f"team:{one.pk}", one.name) for one in improvable_teams(user, on)]
        about.choices = [(_("A process"), processes), (_("A team"), teams)]


class OpenForm(forms.Form):
    """A title, who answers for it, what is behind the gap, and which aim and standard it serves."""

    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    owner = forms.ModelChoiceField(label=_("Who answers for it?"), queryset=User.objects.none(), empty_label=None)
    cause_words = forms.CharField(
        label=_("In your words: what is behind it?"),
        max_length=LONGEST_TEXT,
        required=False,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("What you have seen and heard, and what those who do the work say."),
    )
    aim = forms.ModelChoiceField(
        label=_("Which aim does it serve?"), queryset=Aim.objects.none(), required=False, empty_label=_("none")
    )
    standard = forms.ChoiceField(label=_("Which standard is it about?"), required=False)

    def __init__(self, *args: Any, about: Subject, user: User, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        owner, aim, standard = (self.fields[name] for name in ("owner", "aim", "standard"))
        assert isinstance(owner, forms.ModelChoiceField) and isinstance(aim, forms.ModelChoiceField)
        assert isinstance(standard, forms.ChoiceField)
        owner.queryset = owners_for(about, on)
        aim.queryset = Aim.objects.on(on).filter(readable_aims(user, on))
        standard.choices = [("", _("none")), *standards_to_choose(user, on)]

    def opening(self, **more: Any) -> Opening:
        """As the action takes it."""
        given = self.cleaned_data
        standard = ServiceStandard.objects.filter(pk=given["standard"]).first() if given["standard"] else None
        return Opening(given["title"], given["owner"], given["cause_words"], given["aim"], standard, **more)


def standards_to_choose(user: User, on: date) -> list[tuple[str, str]]:
    """The standards that the user may read, by title."""
    found = StandardVersion.objects.current().filter(readable(user, on)).order_by("title")
    return [(str(standard), title) for standard, title in found.values_list("standard", "title")]
