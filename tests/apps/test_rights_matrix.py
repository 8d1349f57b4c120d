"""Is every address open to those who may, and to nobody else? Every route, every persona, own, other and former."""

from __future__ import annotations

import logging
from collections.abc import Iterator

import pytest
from django.core import mail
from django.http import HttpResponse
from django.test import Client
from django.urls import URLPattern, URLResolver, get_resolver, reverse

from floorwalker.apps.standards.models import AdjustedTarget
from tests.apps.conftest import Floor
from tests.apps.rights import ADJUSTS, LOGGED_IN, OPEN, PERSONAS, ROUTES, addresses, data
from tests.apps.standards.made import REASON

# Where whoever agrees to targets of single people reads why.
REASON_IS_ON = ("adjustments", "adjustment")


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


@pytest.mark.parametrize("who", PERSONAS)
def test_rights_matrix(floor: Floor, who: str, caplog: pytest.LogCaptureFixture) -> None:
    """And no address, whatever it answers, tells why somebody's target was adjusted: there is one for the first agent."""
    caplog.set_level(logging.DEBUG)
    places = addresses(floor)
    client = Client() if who == "anonymous" else floor.client(who)
    client.raise_request_exception = False
    wrong = []
    for route, row in ROUTES.items():
        known = places.get(route, {"": {}})
        assert known.keys() == row.allowed.keys(), route
        for what, arguments in known.items():
            answer = getattr(client, row.method)(reverse(route, kwargs=arguments), data(route, floor))
            answered = answer.status_code
            if answered == 302 and answer["Location"].startswith("/account/login/"):
                answered = 401
            expected = who in row.allowed[what]
            fits = answered < 400 or answered == 422 if expected else answered == (401 if who == "anonymous" else 404)
            if not fits:
                wrong.append((route, what, "may" if expected else "may not", answered))
            if tells_the_reason(answer) and (who not in ADJUSTS or route not in REASON_IS_ON):
                wrong.append((route, what, "tells the reason", answered))
    assert wrong == []
    assert AdjustedTarget.objects.filter(reason=REASON).exists()
    assert REASON not in caplog.text and not any(REASON in str(one.message()) for one in mail.outbox)


def tells_the_reason(answer: HttpResponse) -> bool:
    """Whether it stands in what is answered, in its headings or where it sends on to."""
    return REASON.encode() in answer.getvalue() or REASON in str(answer.headers)


def test_rights_matrix_has_no_holes(floor: Floor) -> None:
    """Its size, said in the record of a run with -s; each cell says yes or no."""
    cells = sum(len(row.allowed) for row in ROUTES.values()) * len(PERSONAS)
    print(f"rights matrix: {len(ROUTES)} routes, {len(PERSONAS)} personas, {cells} cells")
    assert all(allowed <= LOGGED_IN for row in ROUTES.values() for allowed in row.allowed.values())
