"""What may be typed where people are asked something of themselves?"""

from __future__ import annotations

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.evaluations.models.groups import LONGEST_ASKED, LONGEST_CHOICE, LONGEST_WHY, MOST_CHOICES

LONGEST_LIST = MOST_CHOICES * (LONGEST_CHOICE + 2)


class GroupQuestionForm(forms.Form):
    """A question, its reason and its answers."""

    wording = forms.CharField(label=_("What do we ask?"), max_length=LONGEST_ASKED)
    why = forms.CharField(
        label=_("Why do we ask it?"),
        help_text=_("Everybody reads this beside the question."),
        max_length=LONGEST_WHY,
        widget=forms.Textarea(attrs={"rows": 2}),
    )
    choices = forms.CharField(
        label=_("Answers to choose from, one a line"), max_length=LONGEST_LIST, widget=forms.Textarea(attrs={"rows": 4})
    )

    @property
    def listed(self) -> list[str]:
        """The answers."""
        return str(self.cleaned_data["choices"]).splitlines()
