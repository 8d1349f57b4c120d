"""Who comes in by the API? Whoever has a live token, in its owner's place, no more often than is agreed.

Session cookies open nothing here: a browser would send them along with what another site asks for. Nothing of a request
is read before its token is known.
"""

from __future__ import annotations

from collections.abc import Callable
from datetime import datetime

from django.conf import settings
from django.http import HttpRequest, HttpResponse
from django.utils import timezone
from ninja.security import HttpBearer

from floorwalker.apps.notices.models import Area, Token
from floorwalker.apps.notices.once import answer_once
from floorwalker.apps.notices.tokens import count_use, find_live, seconds_left
from floorwalker.apps.people.acting import acting_by_token
from floorwalker.apps.people.second_factors import lacks_second_factor
from floorwalker.ui.rest.problems import PROBLEM_TYPE, Problematic, answer, answer_status
from floorwalker.ui.rest.tags import names_tag, tag_of

PLACE = "/api/v1/"
READING = ("GET", "HEAD", "OPTIONS")
SCHEME = "bearer"


class ApiDoor:
    """Everything under the API's place passes here, and nothing else does."""

    def __init__(self, get_response: Callable[[HttpRequest], HttpResponse]) -> None:
        self.get_response = get_response

    def __call__(self, request: HttpRequest) -> HttpResponse:
        if not request.path_info.startswith(PLACE):
            return self.get_response(request)
        at = timezone.now()
        limits: dict[str, str] = {}
        try:
            token = _token_of(request, at)
            limits |= _within_limits(token, at)
            _refuse_too_large(request)
            response = self._inside(request, token, at)
        except Problematic as told:
            response, limits = answer(told.problem), limits | told.headers
        return _finished(request, response, limits)

    def _inside(self, request: HttpRequest, token: Token, at: datetime) -> HttpResponse:
        request.user = token.user
        request.api_token = token  # type: ignore[attr-defined]
        with acting_by_token(token.beginning):
            return answer_once(request, token, at, lambda: self.get_response(request))


def _token_of(request: HttpRequest, at: datetime) -> Token:
    scheme, _blank, text = request.headers.get("Authorization", "").partition(" ")
    token = find_live(text.strip(), at) if scheme.lower() == SCHEME else None
    if token is None:
        raise Problematic(
            401,
            where="Authorization",
            expected="Bearer and a token that is neither ended nor expired",
            mend="make a token on the page API tokens",
        )
    if lacks_second_factor(token.user, at.date()):
        raise Problematic(
            403,
            found="an owner without a second factor, whose role asks for one",
            expected="one who has set it up",
            mend="log in to the pages, which lead to setting it up",
        )
    return token


def _refuse_too_large(request: HttpRequest) -> None:
    most, said = settings.DATA_UPLOAD_MAX_MEMORY_SIZE or 0, request.META.get("CONTENT_LENGTH") or "0"
    if not said.isdecimal() or int(said) > most:
        raise Problematic(413, found=f"{said[:20]} bytes", expected=f"at most {most}")


def _within_limits(token: Token, at: datetime) -> dict[str, str]:
    most = settings.FLOORWALKER.api_requests_per_minute
    used, left = count_use(token, at), seconds_left(at)
    told = {
        "RateLimit-Limit": str(most),
        "RateLimit-Remaining": str(max(0, most - used)),
        "RateLimit-Reset": str(left),
    }
    if used > most:
        raise Problematic(
            429,
            found=f"{used} in this minute",
            expected=f"at most {most} a minute",
            mend=f"wait {left} seconds",
            headers=told | {"Retry-After": str(left)},
        )
    return told


def _finished(request: HttpRequest, response: HttpResponse, headers: dict[str, str]) -> HttpResponse:
    """The answer in the API's own forms: problems as such, what can be kept with its mark."""
    if response.status_code >= 400 and not response.headers.get("Content-Type", "").startswith(PROBLEM_TYPE):
        kept = {name: response[name] for name in ("Allow", "Content-Range") if name in response}
        response = answer_status(response.status_code)
        headers = headers | kept
    if response.status_code == 401:
        headers = headers | {"WWW-Authenticate": "Bearer"}
    if response.status_code == 200 and request.method in ("GET", "PUT") and not response.streaming:
        response = _marked(request, response)
    for name, value in headers.items():
        response[name] = value
    if not (response.streaming and response.has_header("Cache-Control")):
        # What is sent part by part, such as a sound, says itself that nobody keeps it.
        response["Cache-Control"] = "private, no-cache" if request.method in READING else "no-store"
    return response


def _marked(request: HttpRequest, response: HttpResponse) -> HttpResponse:
    response.headers.setdefault("ETag", tag_of(response.content))
    if request.method != "GET" or not names_tag(request.headers.get("If-None-Match"), response["ETag"]):
        return response
    unchanged = HttpResponse(status=304)
    unchanged["ETag"] = response["ETag"]
    return unchanged


class Bearer(HttpBearer):
    """Whether the token that came in is for this area, and for changes where something is changed."""

    def __init__(self, area: Area | None) -> None:
        self.area = area
        super().__init__()

    def authenticate(self, request: HttpRequest, token: str) -> Token | None:
        """The token that the door let in; without the door nobody comes here."""
        known = getattr(request, "api_token", None)
        if not isinstance(known, Token):
            return None
        if self.area is not None and self.area not in known.areas:
            raise Problematic(
                403,
                found=f"a token for {', '.join(known.areas)}",
                expected=f"one for {self.area}",
                mend="make a token that is for this area too",
            )
        if request.method not in READING and not known.may_write:
            raise Problematic(403, found="a token that only reads", expected="one that may change something")
        return known
