"""What does every page know of its reader's wishes?"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest

THEMES = ("system", "light", "dark", "contrast")
COOKIE = "theme"


def appearance(request: HttpRequest) -> dict[str, object]:
    """The theme that the reader chose: as the system says, light, dark, or more contrast; and by what one may log in."""
    return {"theme": chosen_theme(request), "themes": THEMES, "sign_on": settings.SIGN_ON}


def chosen_theme(request: HttpRequest) -> str:
    """The theme in the cookie, or the system's."""
    theme = request.COOKIES.get(COOKIE, "system")
    return theme if theme in THEMES else "system"
