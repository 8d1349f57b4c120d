"""Is it asked who somebody is before much leaves, and is a program that empties the house stopped in words?"""

from __future__ import annotations

from collections.abc import Iterator

import pytest
from django.core.cache import cache
from django.test import Client

from floorwalker.apps.people import taking_out
from floorwalker.apps.people.models import AuditEntry
from floorwalker.apps.people.sessions import BEGAN
from tests.apps.conftest import Floor

CENTRE = "/centre/figures.csv?period=4"


@pytest.fixture(autouse=True)
def _empty_cache(db: None) -> Iterator[None]:
    cache.clear()
    yield
    cache.clear()


def long_ago(client: Client) -> Client:
    client.get("/account/")
    session = client.session
    session[BEGAN] -= 3600
    session.save()
    return client


def team_file(floor: Floor) -> str:
    return f"/teams/{floor.teams[0].pk}/figures.csv"


def exports() -> int:
    return AuditEntry.objects.filter(verb__in=("export", "export_rejects")).count()


def test_files_of_the_whole_centre_ask_who_it_is(floor: Floor) -> None:
    boss = long_ago(floor.client("boss"))
    asked = boss.get(CENTRE)
    assert asked.status_code == 302 and asked.headers["Location"].startswith("/account/again/") and exports() == 0
    back = boss.post(asked.headers["Location"], {"password": "correct horse battery staple"})
    assert back.headers["Location"] == CENTRE
    assert boss.get(CENTRE).status_code == 200 and exports() == 1


def test_one_team_does_not_ask_and_many_rows_do(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    boss = long_ago(floor.client("boss"))
    assert boss.get(team_file(floor)).status_code == 200
    monkeypatch.setattr(taking_out, "BULK_ROWS", 20)
    assert boss.get(team_file(floor)).status_code == 302 and exports() == 1


def test_whoever_has_just_logged_in_is_not_asked_again(floor: Floor) -> None:
    assert floor.client("boss").get(CENTRE).status_code == 200


def test_many_files_in_a_short_time_are_refused_in_words(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_out, "MOST_FILES", 2)
    boss = floor.client("boss")
    rejects = "/data/rejects/rows.csv"
    assert boss.get(team_file(floor)).status_code == boss.get(rejects).status_code == 200
    answer = boss.get(team_file(floor).replace(".csv", ".pdf"))
    assert answer.status_code == 429 and 500 < int(answer.headers["Retry-After"]) <= 600
    page = answer.content.decode()
    assert "many files in a short time" in page and "try again after" in page and "UTC" in page
    assert exports() == 2
    assert floor.client("analyst").get(team_file(floor)).status_code == 200, "everybody is counted apart"


def test_after_a_while_files_leave_again(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(taking_out, "MOST_FILES", 1)
    boss = floor.client("boss")
    assert boss.get(team_file(floor)).status_code == 200
    monkeypatch.setattr(taking_out, "WITHIN_SECONDS", 0)
    assert boss.get(team_file(floor)).status_code == 200


def test_what_is_counted_is_the_same_for_every_worker(floor: Floor) -> None:
    """The cache is a table of the database, not the memory of one process."""
    floor.client("boss").get(team_file(floor))
    assert type(cache._connections[cache._alias]).__name__ == "DatabaseCache"  # type: ignore[attr-defined]
