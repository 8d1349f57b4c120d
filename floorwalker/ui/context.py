"""What does every page know of its reader's wishes?"""

from __future__ import annotations

from django.conf import settings
from django.http import HttpRequest
from django.utils.translation import get_language

THEMES = ("system", "light", "dark", "contrast")
COOKIE = "theme"


def appearance(request: HttpRequest) -> dict[str, object]:
    """The theme that the reader chose, the themes that there are, the other languages, and by what one may log in."""
    return {
        "theme": chosen_theme(request),
        "themes": THEMES,
        "other_languages": other_languages(),
        "sign_on": settings.SIGN_ON,
    }


def other_languages() -> list[tuple[str, str]]:
    """The languages in which this page is not written now: code, and the name in that language itself."""
    return [(code, name) for code, name in settings.LANGUAGES if code != get_language()]


def chosen_theme(request: HttpRequest) -> str:
    """The theme in the cookie, or the system's."""
    theme = request.COOKIES.get(COOKIE, "system")
    return theme if theme in THEMES else "system"
