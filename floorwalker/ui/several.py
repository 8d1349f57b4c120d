"""How are several of a list chosen in a form? As Django has it, but a number that no record can have is a wrong choice, not an error
of the database."""

from __future__ import annotations

from typing import Any

from django import forms
from django.core.exceptions import ValidationError
from django.db import models

from floorwalker.ui.whole_numbers import whole_number


class SeveralField(forms.ModelMultipleChoiceField):  # type: ignore[type-arg]  # only in the stubs it has a parameter
    """Any of those that a queryset holds."""

    def clean(self, value: Any) -> models.QuerySet[Any]:
        """What was chosen; ValidationError where something else was sent."""
        for one in value if isinstance(value, list | tuple) else ():
            if str(one).isdecimal() and not whole_number(str(one)):
                raise ValidationError(
                    self.error_messages["invalid_choice"], code="invalid_choice", params={"value": one}
                )
        return super().clean(value)
