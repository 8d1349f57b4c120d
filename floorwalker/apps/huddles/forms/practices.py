"""What is asked about something that works well?"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.huddles.models import PracticeKind
from floorwalker.apps.huddles.models.practices import LONGEST_TITLE, LONGEST_WORDS
from floorwalker.apps.huddles.practising import Proposed, Stretch
from floorwalker.apps.people.models import Agent
from floorwalker.apps.recordings.models import Recording
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui.clocks import read_clock
from floorwalker.ui.words import in_language


def measures() -> list[tuple[str, str]]:
    """Every measure by name."""
    named = sorted(((kpi.id, in_language(kpi.name)) for kpi in catalogue().values()), key=lambda one: one[1])
    return [("", str(_("no single measure"))), *named]


class PracticeForm(forms.Form):
    """In which form, in which words, whose it is, and by what it is found."""

    kind = forms.ChoiceField(label=_("Kind"), choices=PracticeKind.choices, initial=PracticeKind.TIP)
    title = forms.CharField(label=_("Title"), max_length=LONGEST_TITLE)
    words = forms.CharField(
        label=_("What works, and when?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 4}),
        help_text=_("No names, numbers or addresses of customers. Somebody else checks that before it is published."),
    )
    whose = forms.ChoiceField(label=_("Whose is it?"), required=False)
    named = forms.BooleanField(label=_("With my name, where it is mine"), required=False)
    measure = forms.ChoiceField(label=_("What it helps"), required=False)
    tags = forms.CharField(
        label=_("Reasons for contact, or other words"),
        max_length=400,
        required=False,
        help_text=_("By these it is found; a comma between two."),
    )
    recording = forms.IntegerField(
        label=_("Number of the recording"), min_value=1, required=False, help_text=_("Of a clip alone.")
    )
    begins = forms.CharField(label=_("From (such as 1:20)"), max_length=12, required=False)
    ends = forms.CharField(label=_("To (such as 1:45)"), max_length=12, required=False)

    def __init__(self, *args: Any, people: Iterable[Agent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.people = {str(agent.pk): agent for agent in people}
        whose, measure = self.fields["whose"], self.fields["measure"]
        assert isinstance(whose, forms.ChoiceField) and isinstance(measure, forms.ChoiceField)
        named = [(pk, agent.name) for pk, agent in self.people.items()]
        whose.choices = [("", _("nobody's in particular")), *named]
        measure.choices = measures()

    def proposed(self, recording: Recording | None) -> Proposed:
        """As the action takes it."""
        given = self.cleaned_data
        begins, ends = read_clock(given["begins"]), read_clock(given["ends"])
        whole = recording is not None and begins is not None and ends is not None
        return Proposed(
            kind=PracticeKind(given["kind"]),
            title=given["title"],
            words=given["words"],
            whose=self.people.get(given["whose"]),
            named=given["named"],
            measure=given["measure"],
            tags=tuple(given["tags"].split(",")),
            stretch=Stretch(recording, begins, ends) if whole else None,  # type: ignore[arg-type]
        )


class SearchForm(forms.Form):
    """What works for a measure or a reason of contact."""

    q = forms.CharField(label=_("Words"), max_length=200, required=False)
    measure = forms.ChoiceField(label=_("What it helps"), required=False)
    reason = forms.CharField(label=_("Reason for contact"), max_length=80, required=False)

    def __init__(self, *args: Any, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        measure = self.fields["measure"]
        assert isinstance(measure, forms.ChoiceField)
        measure.choices = measures()


class HelpedForm(forms.Form):
    """Whether it helped."""

    words = forms.CharField(label=_("In a few words"), max_length=LONGEST_TITLE, required=False)
