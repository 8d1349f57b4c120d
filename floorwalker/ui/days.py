"""Which days may be written down in a form, or by a program? None so far away that nothing can lie before or after it."""

from __future__ import annotations

from datetime import date
from typing import Any

from django import forms
from django.core.validators import MaxValueValidator, MinValueValidator
from django.utils.translation import gettext_lazy as _

# Room on both sides for the days before and after.
EARLIEST, LATEST = date(1901, 1, 1), date(2199, 12, 31)


class DayField(forms.DateField):
    """A day, chosen in a calendar or written."""

    def __init__(self, **given: Any) -> None:
        given.setdefault("widget", forms.DateInput(format="%Y-%m-%d", attrs={"type": "date"}))
        super().__init__(**given)
        self.validators += [
            MinValueValidator(EARLIEST, _("No day before 1901 is meant here.")),
            MaxValueValidator(LATEST, _("No day after 2199 is meant here.")),
        ]
