"""What is asked of somebody about her own work?"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _

from floorwalker.apps.coaching.assessing import Rated
from floorwalker.apps.coaching.models import SeenAs
from floorwalker.apps.coaching.models.oneself import LONGEST_WORDS
from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models import StandardVersion
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui import words

SAID = forms.Textarea(attrs={"rows": 2})


class SelfAuditForm(forms.Form):
    """One question for each measure and each standard, and why; then in all."""

    def __init__(
        self, *args: Any, measures: Sequence[str], standards: Sequence[StandardVersion], **kwargs: Any
    ) -> None:
        super().__init__(*args, **kwargs)
        self._of: dict[str, dict[str, Any]] = {}
        for name in measures:
            self._ask(f"m-{name}", words.in_language(catalogue()[name].name), {"measure": name})
        for version in standards:
            self._ask(f"s-{version.standard_id}", version.title, {"standard": version.standard})
        self.fields["words"] = forms.CharField(
            label=_("What else do you see in your work?"), required=False, max_length=LONGEST_WORDS, widget=SAID
        )

    def _ask(self, code: str, label: str, of: dict[str, Any]) -> None:
        self._of[code] = of
        self.fields[code] = forms.ChoiceField(label=label, choices=SeenAs.choices, initial=SeenAs.UNKNOWN)
        why = _("What makes you say so? (%(about)s)") % {"about": label}
        self.fields[f"{code}-why"] = forms.CharField(label=why, required=False, max_length=LONGEST_WORDS, widget=SAID)

    @property
    def rated(self) -> list[Rated]:
        """As the action takes it."""
        given = self.cleaned_data
        return [Rated(SeenAs(given[code]), given[f"{code}-why"], **of) for code, of in self._of.items()]


class ReflectionForm(forms.Form):
    """What happened, what one thinks of it, and what one does the next time."""

    happened = forms.CharField(label=_("What happened?"), max_length=LONGEST_WORDS, widget=SAID)
    thought = forms.CharField(label=_("What do you make of it?"), required=False, max_length=LONGEST_WORDS, widget=SAID)
    next_time = forms.CharField(
        label=_("What will you do the next time?"), required=False, max_length=LONGEST_WORDS, widget=SAID
    )


class ShareForm(forms.Form):
    """With whom."""

    user = forms.ChoiceField(label=_("With whom?"))

    def __init__(self, *args: Any, coaches: Sequence[User], **kwargs: Any) -> None:
        super().__init__(*args, **kwargs)
        self._known = {str(one.pk): one for one in coaches}
        field = self.fields["user"]
        assert isinstance(field, forms.ChoiceField)
        field.choices = [(key, str(one)) for key, one in self._known.items()]

    @property
    def chosen(self) -> User:
        """The one."""
        return self._known[self.cleaned_data["user"]]
