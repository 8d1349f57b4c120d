"""Is every address open to those who may, and to nobody else? Every route, every persona, own, other and former."""

from __future__ import annotations

import logging
from collections.abc import Collection, Iterator, Mapping
from contextlib import contextmanager
from datetime import date
from http import HTTPStatus
from itertools import count
from typing import Any

import pytest
from django.core import mail
from django.http import HttpRequest, HttpResponse, HttpResponseNotFound
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse
from django.views.defaults import page_not_found

from floorwalker.apps.people.models import Scope, User
from floorwalker.apps.standards.models import AdjustedTarget
from floorwalker.web import urls
from tests.apps.conftest import Floor
from tests.apps.opening import AT_EACH_CHANGE, SOME_OF_THEM, as_it_was, opens
from tests.apps.rights import ADJUSTS, LOGGED_IN, OPEN, PERSONAS, PRIVACY, ROUTES, addresses, data
from tests.apps.standards.made import REASON

# Where whoever agrees to targets of single people reads why; and who hands a person all that is kept of her.
REASON_IS_ON = {"adjustments": ADJUSTS, "adjustment": ADJUSTS, "kept_of_agent": PRIVACY}


def routes() -> set[str]:
    return set(_names(get_resolver().url_patterns))


def _names(patterns: list[URLPattern | URLResolver]) -> Iterator[str]:
    for pattern in patterns:
        if isinstance(pattern, URLResolver) and pattern.app_name == "ninja":
            continue  # the API's operations have a matrix of their own: rights_api.py
        if isinstance(pattern, URLResolver):
            yield from _names(pattern.url_patterns)
        else:
            yield str(pattern.name or pattern.pattern)


def test_rights_every_route_has_a_row() -> None:
    assert routes() == ROUTES.keys() | OPEN
    assert not ROUTES.keys() & OPEN


@pytest.mark.parametrize("some", SOME_OF_THEM)
def test_rights_matrix(floor: Floor, some: str, caplog: pytest.LogCaptureFixture) -> None:
    """And no address, whatever it answers, tells why somebody's target was adjusted: there is one for the first agent."""
    places = addresses(floor)
    for who in some.split():
        with as_it_was(), most_refusals_without_their_page(), roles_read_after_changes():
            hold(floor, places, who, caplog)


@pytest.mark.slow
@pytest.mark.parametrize("some", SOME_OF_THEM)
def test_rights_matrix_opens_every_page_to_whoever_may(
    floor: Floor, some: str, caplog: pytest.LogCaptureFixture
) -> None:
    places = addresses(floor)
    for who in some.split():
        with as_it_was():
            hold(floor, places, who, caplog, whole=True)


@contextmanager
def most_refusals_without_their_page() -> Iterator[None]:
    """Whoever may not is refused by the view at each change, everywhere; what tells her so, the same page each time, is drawn
    for one refusal in forty, and by `make slow` for all: drawing it takes four times as long as refusing."""
    refusals = count()

    def told(request: HttpRequest, exception: Exception) -> HttpResponse:
        return page_not_found(request, exception) if next(refusals) % 40 == 0 else HttpResponseNotFound()

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(urls, "handler404", told, raising=False)
        yield


@contextmanager
def roles_read_after_changes() -> Iterator[None]:
    """What somebody's roles allow is read anew after each change that is made, where the product reads it for each request, as
    does `make slow`: a quarter of all that a refusal takes."""
    read: dict[tuple[int, date], Scope] = {}
    plain_read, plain_post = User._read_scope, Client.post

    def read_scope(user: User, day: date) -> Scope:
        if (user.pk, day) not in read:
            read[user.pk, day] = plain_read(user, day)
        return read[user.pk, day]

    def post(client: Client, *words: Any, **named: Any) -> Any:
        answer = plain_post(client, *words, **named)
        if answer.status_code < HTTPStatus.BAD_REQUEST:
            read.clear()
        return answer

    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(User, "_read_scope", read_scope)
        patch.setattr(Client, "post", post)
        yield


def hold(
    floor: Floor,
    places: Mapping[str, Mapping[str, Any]],
    who: str,
    caplog: pytest.LogCaptureFixture,
    *,
    whole: bool = False,
) -> None:
    """Ask for every address in a persona's place; of the pages that she may open, unless whole, those at which it is her turn."""
    caplog.set_level(logging.DEBUG)
    wrong = []
    client = Client() if who == "anonymous" else floor.client(who)
    client.raise_request_exception = False
    for route, row in ROUTES.items():
        assert places.get(route, {"": {}}).keys() == row.allowed.keys(), route
    for turn, (route, what) in enumerate(cells()):
        row = ROUTES[route]
        if not whole and row.method == "get" and who in row.allowed[what] and not opens(who, row.allowed[what], turn):
            continue
        address = reverse(route, kwargs=places.get(route, {"": {}})[what])
        answer = getattr(client, row.method)(address, data(route, floor))
        if not fits(answer, who, row.allowed[what]):
            wrong.append((route, what, "may" if who in row.allowed[what] else "may not", answer.status_code))
        if tells_the_reason(answer) and who not in REASON_IS_ON.get(route, ()):
            wrong.append((route, what, "tells the reason", answer.status_code))
    assert wrong == [], who
    assert AdjustedTarget.objects.filter(reason=REASON).exists()
    assert REASON not in caplog.text and not any(REASON in str(one.message()) for one in mail.outbox)


def cells() -> Iterator[tuple[str, str]]:
    """Every route with all that it may concern."""
    return ((route, what) for route, row in ROUTES.items() for what in row.allowed)


def fits(answer: HttpResponse, who: str, allowed: Collection[str]) -> bool:
    """Whether somebody who may was answered, and somebody who may not was told that nothing is there, or to log in."""
    status = answer.status_code
    if status == 302 and answer["Location"].startswith("/account/login/"):
        status = 401
    return status < 400 or status == 422 if who in allowed else status == (401 if who == "anonymous" else 404)


def test_every_page_is_opened_by_several_at_each_change() -> None:
    """By all who may, where they are few."""
    for turn, (route, what) in enumerate(cells()):
        allowed = ROUTES[route].allowed[what]
        assert sum(opens(who, allowed, turn) for who in PERSONAS) == min(len(allowed), AT_EACH_CHANGE), (route, what)
    turns = [{opens(who, LOGGED_IN, turn) for turn in range(len(PERSONAS))} for who in LOGGED_IN]
    assert turns == [{True, False}] * len(LOGGED_IN)


def tells_the_reason(answer: HttpResponse) -> bool:
    """Whether it stands in what is answered, in its headings or where it sends on to."""
    return REASON.encode() in answer.getvalue() or REASON in str(answer.headers)


def test_rights_matrix_has_no_holes(floor: Floor) -> None:
    """Its size, said in the record of a run with -s; each cell says yes or no."""
    cells = sum(len(row.allowed) for row in ROUTES.values()) * len(PERSONAS)
    print(f"rights matrix: {len(ROUTES)} routes, {len(PERSONAS)} personas, {cells} cells")
    assert all(allowed <= LOGGED_IN for row in ROUTES.values() for allowed in row.allowed.values())
