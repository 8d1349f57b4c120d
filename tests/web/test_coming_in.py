"""Who can come in, and what does a page let a browser do?"""

from __future__ import annotations

import pytest
from django.test import Client
from django.test.utils import override_settings

from floorwalker.apps.people import actions
from tests.apps.conftest import NOW

PASSWORD = "seven quiet lanterns"
LOG_IN = "/account/login/"
MEMORY_OF_ITS_OWN = {"default": {"BACKEND": "django.core.cache.backends.locmem.LocMemCache", "LOCATION": "guessing"}}


@pytest.mark.django_db
def test_somebody_who_left_cannot_log_in_any_more() -> None:
    user = actions.add_user("robin", "operations_manager", by="test", at=NOW, password=PASSWORD)
    user.is_active = False
    user.save()
    answer = Client().post(LOG_IN, {"login": "robin", "password": PASSWORD}, follow=True)
    assert "_auth_user_id" not in answer.client.session
    assert answer.status_code == 200 and "This log-in is closed" in answer.content.decode()


@pytest.mark.django_db
@override_settings(CACHES=MEMORY_OF_ITS_OWN)
def test_guessing_passwords_is_slowed_down() -> None:
    actions.add_user("robin", "operations_manager", by="test", at=NOW, password=PASSWORD)
    client = Client()
    answers = [client.post(LOG_IN, {"login": "robin", "password": f"guess {n}"}) for n in range(40)]
    assert answers[-1].status_code == 429 and "Too many tries" in answers[-1].content.decode()
    right = Client().post(LOG_IN, {"login": "robin", "password": PASSWORD})
    assert "_auth_user_id" not in right.wsgi_request.session


@pytest.mark.django_db
def test_the_log_in_page_is_as_strict_as_all_others() -> None:
    answer = Client().get(LOG_IN)
    policy = answer.headers["Content-Security-Policy"]
    directives = dict(part.strip().split(" ", 1) for part in policy.split(";"))
    assert directives["default-src"] == "'none'" and directives["script-src"] == "'self'"
    assert directives["style-src"] == "'self'" and directives["frame-ancestors"] == "'none'"
    assert answer.headers["X-Content-Type-Options"] == "nosniff"
    assert 'lang="en-gb"' in answer.content.decode()


@pytest.mark.django_db
def test_a_session_is_new_after_the_log_in() -> None:
    actions.add_user("robin", "operations_manager", by="test", at=NOW, password=PASSWORD)
    client = Client()
    session = client.session
    session["before"] = True
    session.save()
    before = session.session_key
    client.post(LOG_IN, {"login": "robin", "password": PASSWORD})
    assert client.session.session_key != before


@pytest.mark.django_db
def test_where_to_go_after_the_log_in_is_a_page_of_ours() -> None:
    actions.add_user("robin", "operations_manager", by="test", at=NOW, password=PASSWORD)
    answer = Client().post(LOG_IN, {"login": "robin", "password": PASSWORD, "next": "https://elsewhere.example/"})
    assert answer.status_code == 302 and answer.headers["Location"] == "/"


@pytest.mark.django_db
def test_the_theme_is_kept_and_leads_back_to_pages_of_ours_only() -> None:
    client = Client()
    answer = client.post("/theme/", {"theme": "dark", "next": "//elsewhere.example/"})
    assert answer.headers["Location"] == "/"
    assert 'data-theme="dark"' in client.get(LOG_IN).content.decode()
    client.post("/theme/", {"theme": '"><script>', "next": LOG_IN})
    assert 'data-theme="dark"' in client.get(LOG_IN).content.decode()


@pytest.mark.django_db
def test_other_host_names_are_not_answered() -> None:
    assert Client().get(LOG_IN, headers={"host": "elsewhere.example"}).status_code == 400


@pytest.mark.django_db
def test_the_password_can_be_changed_and_the_page_says_so() -> None:
    user = actions.add_user("robin", "operations_manager", by="test", at=NOW, password=PASSWORD)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    new = {"oldpassword": PASSWORD, "password1": "nine loud harbours", "password2": "nine loud harbours"}
    answer = client.post("/account/password/", new, follow=True)
    assert answer.status_code == 200 and 'role="status"' in answer.content.decode()
    user.refresh_from_db()
    assert user.check_password("nine loud harbours")
