"""What is asked of whoever hands over, thanks, opens or answers a pulse?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from datetime import date, timedelta
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.huddles.models import PulseQuestion
from floorwalker.apps.huddles.models.handing_over import LONGEST_WORDS as LONGEST_NOTE
from floorwalker.apps.huddles.models.pulse import LONGEST_QUESTION
from floorwalker.apps.huddles.models.thanking import LONGEST_WORDS
from floorwalker.apps.huddles.pulsing import USUAL, VALUES
from floorwalker.apps.huddles.thanking import Receiver
from floorwalker.apps.people.models import Agent, Team
from floorwalker.ui.days import DayField

A_WEEK = timedelta(days=7)
HOURS = (
    (12, _("the next 12 hours")),
    (24, _("the next day")),
    (72, _("the next three days")),
    (168, _("the next week")),
)


class HandOverForm(forms.Form):
    """A note for the next shift."""

    words = forms.CharField(
        label=_("What must the next shift know?"), max_length=LONGEST_NOTE, widget=forms.Textarea(attrs={"rows": 4})
    )
    hours = forms.TypedChoiceField(label=_("It holds for"), choices=HOURS, coerce=int, initial=24)


class ThanksForm(forms.Form):
    """To whom, and what for."""

    to = forms.ChoiceField(label=_("Whom do you thank?"))
    words = forms.CharField(
        label=_("What for?"),
        max_length=LONGEST_WORDS,
        widget=forms.Textarea(attrs={"rows": 3}),
        help_text=_("What was done, and what it led to."),
    )

    def __init__(self, *args: Any, teams: Iterable[Team], agents: Iterable[Agent], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self.receivers = {f"team-{team.pk}": Receiver(team=team) for team in teams}
        self.receivers |= {f"agent-{agent.pk}": Receiver(agent=agent) for agent in agents}
        to = self.fields["to"]
        assert isinstance(to, forms.ChoiceField)
        # Nobody is thanked because the list happens to begin with them.
        to.choices = [("", _("choose")), *((code, one.name) for code, one in self.receivers.items())]

    @property
    def receiver(self) -> Receiver:
        """Who was chosen."""
        return self.receivers[self.cleaned_data["to"]]


class OpenPulseForm(forms.Form):
    """Three questions, and until when."""

    first = forms.CharField(label=_("First question"), max_length=LONGEST_QUESTION)
    second = forms.CharField(label=_("Second question"), max_length=LONGEST_QUESTION)
    third = forms.CharField(label=_("Third question"), max_length=LONGEST_QUESTION)
    closes_on = DayField(
        label=_("Closes on"), help_text=_("From this day on nobody answers, and the answers are told.")
    )

    def __init__(self, *args: Any, on: date, **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for name, usual in zip(("first", "second", "third"), USUAL, strict=True):
            self.fields[name].initial = usual
        self.fields["closes_on"].initial = on + A_WEEK

    @property
    def questions(self) -> list[str]:
        """In their order."""
        return [self.cleaned_data[name] for name in ("first", "second", "third")]


class PulseForm(forms.Form):
    """An answer from 1 to 5 to each question."""

    def __init__(self, *args: Any, questions: Sequence[PulseQuestion], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        for question in questions:
            self.fields[f"q{question.place}"] = forms.TypedChoiceField(
                label=question.words,
                choices=[(value, str(value)) for value in VALUES],
                coerce=int,
                widget=forms.RadioSelect,
            )

    @property
    def values(self) -> dict[int, int]:
        """By place, the answer."""
        return {int(name[1:]): value for name, value in self.cleaned_data.items()}
