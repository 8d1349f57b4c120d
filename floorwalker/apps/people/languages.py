"""In which language does somebody read? What was chosen is kept with the log-in, and goes with it to any browser."""

from __future__ import annotations

from datetime import datetime

from django.conf import settings
from django.http import HttpResponse

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import User


@action
def set_language(user: User, language: str, *, at: datetime) -> User:
    """Keep the language that somebody chose for herself."""
    if user.language != language:
        user.language = language
        user.save(update_fields=["language"])
        record(user.username, "set_language", user, at, language=language)
    return user


def language_of(user: User) -> str:
    """In which language somebody is written to, where no browser says it."""
    return user.language or settings.LANGUAGE_CODE


def keep_language(response: HttpResponse, language: str, *, secure: bool) -> None:
    """Tell the browser in which language its pages are written; also before anybody has logged in."""
    response.set_cookie(
        settings.LANGUAGE_COOKIE_NAME,
        language,
        max_age=settings.LANGUAGE_COOKIE_AGE,
        httponly=True,
        samesite="Lax",
        secure=secure,
    )
