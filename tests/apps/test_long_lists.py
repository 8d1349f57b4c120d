"""Does a long list turn over to its end, although no page counts it whole?"""

from __future__ import annotations

from collections.abc import Callable

import pytest
from django.core.paginator import Page
from django.template import engines
from django.test import RequestFactory

from floorwalker.apps.people.models import User
from floorwalker.ui import long_lists
from floorwalker.ui.long_lists import LongPaginator, page_of

pytestmark = pytest.mark.django_db

Turned = Callable[[str | None], Page[User]]


@pytest.fixture
def turned(monkeypatch: pytest.MonkeyPatch) -> Turned:
    """Eleven names, two a page, of which no more than two pages ahead are counted."""
    monkeypatch.setattr(long_lists, "AHEAD", 2)
    User.objects.bulk_create(User(username=f"n{n:02}") for n in range(11))
    found = User.objects.filter(username__startswith="n").order_by("username")
    return lambda asked: page_of(found, 2, asked)


def said(page: Page[User]) -> str:
    """What the page says of where one is."""
    request = RequestFactory().get("/")
    return engines["django"].get_template("ui/_pages.html").render({"page": page}, request)


def test_it_is_turned_over_page_by_page_to_its_end(turned: Turned) -> None:
    page, names, counted = turned(None), [], []
    while True:
        names += [user.username for user in page]
        assert isinstance(page.paginator, LongPaginator)
        counted.append((page.number, page.paginator.num_pages, page.paginator.is_cut))
        if not page.has_next():
            break
        page = turned(str(page.next_page_number()))
    assert names == [f"n{n:02}" for n in range(11)]
    assert counted == [(1, 3, True), (2, 4, True), (3, 5, True), (4, 6, False), (5, 6, False), (6, 6, False)]


def test_it_says_more_than_only_where_there_are_more(turned: Turned) -> None:
    assert "Page 1 of more than 3" in said(turned(None))
    assert "Page 4 of 6" in said(turned("4"))


@pytest.mark.parametrize("asked", ["", "x", "-1", "0", "²", "1.5", "9" * 5000])
def test_what_is_no_page_is_the_first(turned: Turned, asked: str) -> None:
    assert turned(asked).number == 1


def test_a_page_beyond_the_end_is_the_last(turned: Turned) -> None:
    assert turned("999999").number == 6
