"""When does a session end? After the shift, unused, with the password, the last role, the log-in, and when somebody says so."""

from __future__ import annotations

import pytest
from django.conf import settings
from django.test import Client
from django.utils import timezone

from floorwalker.apps.people import actions
from floorwalker.apps.people.closing import close_log_in, open_log_in
from floorwalker.apps.people.models import AuditEntry, User
from floorwalker.apps.people.sessions import BEGAN, SEEN, device_of, end_sessions
from floorwalker.config import Config
from floorwalker.errors import ConfigError, Refused
from tests.apps.conftest import NOW

PASSWORD = "seven quiet lanterns"
FIREFOX = "Mozilla/5.0 (X11; Linux x86_64; rv:140.0) Gecko/20100101 Firefox/140.0"

pytestmark = pytest.mark.django_db


@pytest.fixture
def robin() -> User:
    return actions.add_user("robin", "operations_manager", by="test", at=NOW, password=PASSWORD)


@pytest.fixture
def admin() -> User:
    return actions.add_user("admin", "administrator", by="test", at=NOW, password=PASSWORD)


def log_in(name: str = "robin", **headers: str) -> Client:
    client = Client(headers=headers)
    client.post("/account/login/", {"login": name, "password": PASSWORD})
    return client


def is_in(client: Client) -> bool:
    return client.get("/measures/").status_code == 200


def wind_back(client: Client, **seconds: int) -> None:
    session = client.session
    for name, by in seconds.items():
        session[name] -= by
    session.save()


def test_a_session_that_nobody_uses_ends_and_says_why(robin: User) -> None:
    client = log_in()
    idle = settings.FLOORWALKER.session_idle_minutes * 60
    wind_back(client, **{SEEN: idle - 30})
    assert is_in(client)
    wind_back(client, **{SEEN: idle + 30})
    answer = client.get("/measures/", follow=True)
    assert (
        answer.redirect_chain[-1][0].startswith("/account/login/") and "You were logged out" in answer.content.decode()
    )


def test_use_prolongs_a_session_up_to_the_end_of_the_shift(robin: User) -> None:
    client = log_in()
    wind_back(client, **{BEGAN: 11 * 3600, SEEN: 3600})
    assert is_in(client)
    assert client.session[SEEN] - client.session[BEGAN] > 10 * 3600
    wind_back(client, **{BEGAN: 3700})
    assert not is_in(client)


def test_how_long_is_said_by_the_installation(tmp_path: object) -> None:
    assert Config.from_environment({}).session_idle_minutes == 120
    assert Config.from_environment({"FLOORWALKER_SESSION_IDLE_MINUTES": "30"}).session_idle_minutes == 30
    for wrong in ("4", "721", "long"):
        with pytest.raises(ConfigError, match="logged out"):
            Config.from_environment({"FLOORWALKER_SESSION_IDLE_MINUTES": wrong})


def test_own_sessions_are_listed_and_ended_one_by_one(robin: User) -> None:
    here, there = log_in(), log_in(user_agent=FIREFOX)
    page = here.get("/account/").content.decode()
    assert "Firefox, Linux" in page and "127.0.0.1" in page
    assert is_in(there)
    lost = robin.usersession_set.get(user_agent=FIREFOX)
    assert log_in("robin").post(f"/account/sessions/{lost.pk}/end/").status_code == 302
    assert not is_in(there) and is_in(here)


def test_somebody_elses_session_is_not_there(robin: User, admin: User) -> None:
    client = log_in()
    theirs = log_in("admin")
    number = admin.usersession_set.get().pk
    assert client.post(f"/account/sessions/{number}/end/").status_code == 404 and is_in(theirs)


def test_all_others_end_and_this_one_stays(robin: User) -> None:
    here, there = log_in(), log_in()
    here.post("/account/sessions/others/end/")
    assert is_in(here) and not is_in(there)
    assert robin.usersession_set.count() == 1


def test_an_administrator_ends_all_sessions_of_somebody(robin: User, admin: User) -> None:
    client = log_in()
    assert log_in("admin").post(f"/people/log-ins/{robin.pk}/sessions/end/").status_code == 302
    assert not is_in(client)
    entry = AuditEntry.objects.get(verb="end_sessions")
    assert (entry.by, entry.subject) == ("admin", f"user:{robin.pk}")


def test_a_session_begun_by_other_ways_ends_too(robin: User, admin: User) -> None:
    client = Client()
    client.force_login(robin, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert is_in(client)
    end_sessions(robin, by=admin, at=NOW)
    assert not is_in(client)


def test_a_new_password_ends_the_other_sessions(robin: User) -> None:
    here, there = log_in(), log_in()
    new = {"oldpassword": PASSWORD, "password1": "nine loud harbours", "password2": "nine loud harbours"}
    here.post("/account/password/", new)
    assert is_in(here) and not is_in(there)
    assert AuditEntry.objects.filter(verb="change_password", by="robin").count() == 1


def test_the_last_role_ends_the_sessions_and_an_earlier_one_does_not(robin: User, admin: User) -> None:
    today, at = timezone.now().date(), timezone.now()
    first = robin.grants.get()
    second = actions.grant_role(robin, "process_owner", from_day=None, by=admin, at=at)
    client = log_in()
    actions.end_role(first, on=today, by=admin, at=at)
    assert is_in(client)
    actions.end_role(second, on=today, by=admin, at=at)
    assert not is_in(client)


def test_a_closed_log_in_is_closed_at_once_and_can_be_opened(robin: User, admin: User) -> None:
    client = log_in()
    office = log_in("admin")
    assert office.post(f"/people/log-ins/{robin.pk}/close/").status_code == 302
    assert not is_in(client) and not is_in(log_in())
    assert office.post(f"/people/log-ins/{robin.pk}/open/").status_code == 302
    assert is_in(log_in())
    with pytest.raises(Refused, match="your own"):
        close_log_in(admin, by=admin, at=NOW)
    with pytest.raises(Refused, match="last administrator"):
        close_log_in(admin, by=robin, at=NOW)
    with pytest.raises(Refused, match="is open"):
        open_log_in(robin, by=admin, at=NOW)


def test_somebody_without_a_password_can_choose_one() -> None:
    user = actions.add_user("wren", "agent", by="test", at=NOW)
    client = Client()
    client.force_login(user, backend="allauth.account.auth_backends.AuthenticationBackend")
    assert client.get("/account/password/").headers["Location"] == "/account/password/first/"
    assert client.get("/account/password/first/").status_code == 200
    chosen = {"password1": "nine loud harbours", "password2": "nine loud harbours"}
    assert client.post("/account/password/first/", chosen).status_code == 302
    user.refresh_from_db()
    assert user.check_password("nine loud harbours") and is_in(client)


def test_tries_are_in_the_trail_without_what_was_typed(robin: User) -> None:
    Client().post("/account/login/", {"login": "robin", "password": "a wrong password"})
    Client().post("/account/login/", {"login": "my secret by mistake", "password": "x"})
    found = [(e.by, e.subject, e.detail) for e in AuditEntry.objects.filter(verb="log_in_failed").order_by("id")]
    assert found == [("floorwalker", f"user:{robin.pk}", {}), ("floorwalker", "nobody", {})]
    log_in()
    entry = AuditEntry.objects.get(verb="log_in")
    assert (entry.by, entry.detail) == ("robin", {"ways": ["password"]})


def test_what_a_browser_says_of_itself_is_two_words() -> None:
    chrome = "Mozilla/5.0 (Windows NT 10.0; Win64; x64) AppleWebKit/537.36 Chrome/140.0 Safari/537.36"
    assert (device_of(FIREFOX), device_of(chrome), device_of("curl/8")) == ("Firefox, Linux", "Chrome, Windows", "")
