"""In which language does a page answer, and does the choice come along?"""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client

from floorwalker.apps.people import actions
from floorwalker.apps.people.models import AuditEntry, User
from tests.apps.conftest import NOW

PASSWORD = "seven quiet lanterns"
LOG_IN = "/account/login/"
WELSH = 'lang="cy"'


def page(client: Client, **headers: str) -> str:
    """The log-in page, as far as the end of its opening tag."""
    return client.get(LOG_IN, headers=headers).content.decode().split("<head>")[0]


@pytest.mark.django_db
def test_a_browser_that_asks_for_welsh_gets_it_before_anybody_has_logged_in() -> None:
    assert WELSH in page(Client(), **{"accept-language": "cy, en;q=0.5"})
    assert 'lang="en-gb"' in page(Client(), **{"accept-language": "de"})


@pytest.mark.django_db
def test_the_choice_is_kept_in_the_browser_and_leads_back_to_pages_of_ours_only() -> None:
    client = Client()
    answer = client.post("/language/", {"language": "cy", "next": "//elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    cookie = answer.cookies[settings.LANGUAGE_COOKIE_NAME]
    assert cookie["httponly"] and cookie["samesite"] == "Lax" and cookie["max-age"]
    assert WELSH in page(client)
    client.post("/language/", {"language": '"><script>', "next": LOG_IN})
    assert WELSH in page(client)
    assert 'value="en-gb" lang="en-gb">English</button>' in client.get(LOG_IN).content.decode()
    assert client.get("/language/").status_code == 405


@pytest.mark.django_db
def test_the_choice_is_kept_with_the_log_in_and_comes_along_to_another_browser() -> None:
    actions.add_user("robin", "operations_manager", by="test", at=NOW, password=PASSWORD)
    given = {"login": "robin", "password": PASSWORD}
    first = Client()
    first.post(LOG_IN, given)
    first.post("/language/", {"language": "cy"})
    first.post("/language/", {"language": "cy"})
    assert User.objects.get(username="robin").language == "cy"
    assert AuditEntry.objects.filter(verb="set_language", by="robin").count() == 1
    other = Client()
    assert WELSH not in page(other)
    assert WELSH in other.post(LOG_IN, given, follow=True).content.decode().split("<head>")[0]
