"""Which forms are there about people?"""

from __future__ import annotations

from typing import Any

from django import forms
from django.utils.translation import gettext_lazy as _


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
