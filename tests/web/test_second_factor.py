"""Is a second factor asked for where it is set up or required, and does everything else wait for it?"""

from __future__ import annotations

import re
import time

import pytest
from allauth.mfa.models import Authenticator
from allauth.mfa.totp.internal.auth import format_hotp_value, hotp_value
from django.conf import settings
from django.test import Client
from django.utils import timezone

from floorwalker.apps.people import actions
from floorwalker.apps.people.factor_secrets import FILE_NAME
from floorwalker.apps.people.models import AuditEntry, Role, User
from floorwalker.apps.people.second_factors import (
    LEADERS_AND_UP,
    has_second_factor,
    lacks_second_factor,
    require_second_factor,
    reset_second_factor,
    roles_with_second_factor,
)
from floorwalker.errors import Refused
from tests.apps.conftest import NOW

PASSWORD = "seven quiet lanterns"
LOG_IN, ACCOUNT = "/account/login/", "/account/"
APP, STEP, CODES = "/account/second-factor/app/", "/account/second-factor/step/", "/account/second-factor/codes/"

pytestmark = pytest.mark.django_db


@pytest.fixture
def robin() -> User:
    return actions.add_user("robin", "operations_manager", by="test", at=NOW, password=PASSWORD)


def log_in(name: str = "robin") -> Client:
    client = Client()
    client.post(LOG_IN, {"login": name, "password": PASSWORD})
    return client


def code_of(secret: str, steps: int = 0) -> str:
    """The code of this half minute, or of so many before it; never so late in one that it is asked for in the next."""
    if (left := 30 - time.time() % 30) < 3:
        time.sleep(left)
    return format_hotp_value(hotp_value(secret, int(time.time()) // 30 + steps))


def set_up(client: Client) -> str:
    """Set up an app as a person does; the secret that it was shown."""
    page = client.get(APP).content.decode()
    assert "data:image/svg+xml;base64," in page
    found = re.search(r'class="secret">([A-Z2-7]+)<', page)
    assert found is not None
    answer = client.post(APP, {"code": code_of(found[1], -1)})
    assert answer.status_code == 302 and answer.headers["Location"] == CODES, answer.content.decode()
    return found[1]


def verbs() -> list[str]:
    return list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))


def test_an_app_is_set_up_and_then_asked_for(robin: User, django_capture_on_commit_callbacks: object) -> None:
    with django_capture_on_commit_callbacks(execute=True):  # type: ignore[operator]
        secret = set_up(log_in())
    assert has_second_factor(robin) and "app_activated" in verbs()
    client = Client()
    answer = client.post(LOG_IN, {"login": "robin", "password": PASSWORD})
    assert answer.headers["Location"] == STEP and client.get("/").status_code == 302
    assert client.post(STEP, {"code": "000000"}).status_code == 200
    assert verbs()[-1] == "second_factor_failed" and "_auth_user_id" not in client.session
    assert client.post(STEP, {"code": code_of(secret)}).status_code == 302
    assert client.get("/").status_code == 200
    assert AuditEntry.objects.filter(verb="log_in").last().detail == {"ways": ["password", "totp"]}  # type: ignore[union-attr]


def test_a_code_lets_nobody_in_twice(robin: User) -> None:
    secret = set_up(log_in())
    code = code_of(secret)
    for expected in (True, False):
        client = log_in()
        client.post(STEP, {"code": code})
        assert ("_auth_user_id" in client.session) is expected


def test_a_recovery_code_works_once(robin: User) -> None:
    client = log_in()
    set_up(client)
    page = client.get(CODES).content.decode()
    codes = re.findall(r"<code>(\w+)</code>", page)
    assert len(codes) == 10 and client.get(CODES + "file/").content.decode().split() == codes
    for expected in (True, False):
        other = log_in()
        other.post(STEP, {"code": codes[0]})
        assert ("_auth_user_id" in other.session) is expected
    client.post(CODES + "new/")
    assert not set(codes) & set(re.findall(r"<code>(\w+)</code>", client.get(CODES).content.decode()))


def test_the_database_holds_no_secret_in_clear(robin: User) -> None:
    secret = set_up(log_in())
    kept = Authenticator.objects.get(user=robin, type="totp").data["secret"]
    assert secret not in kept and (settings.FLOORWALKER.keys / FILE_NAME).stat().st_mode & 0o077 == 0


def test_a_role_that_asks_for_it_opens_nothing_without(robin: User) -> None:
    client = log_in()
    assert client.get("/measures/").status_code == 200
    require_second_factor([Role.OPERATIONS_MANAGER], by="test", at=NOW)
    assert lacks_second_factor(User.objects.get(pk=robin.pk), timezone.now().date())
    for address in ("/", "/measures/", "/people/", "/centre/", "/people/second-factors/"):
        answer = client.get(address)
        assert (answer.status_code, answer.headers["Location"]) == (302, ACCOUNT), address
    assert client.post("/people/teams/", {"name": "Dunlin"}).headers["Location"] == ACCOUNT
    assert client.get("/measures/", headers={"HX-Request": "true"}).headers["HX-Redirect"] == ACCOUNT
    assert "Set up a second factor first" in client.get(ACCOUNT).content.decode()
    set_up(client)
    assert client.get("/measures/").status_code == 200


def test_other_roles_are_left_alone() -> None:
    actions.add_user("wren", "agent", by="test", at=NOW, password=PASSWORD)
    require_second_factor(LEADERS_AND_UP, by="test", at=NOW)
    assert log_in("wren").get("/measures/").status_code == 200


def test_nobody_is_asked_until_an_administrator_says_so(robin: User) -> None:
    assert roles_with_second_factor() == frozenset()
    admin = actions.add_user("admin", "administrator", by="test", at=NOW, password=PASSWORD)
    client = log_in("admin")
    assert client.post("/people/second-factors/", {"roles": ["team_leader", "nonsense"]}).status_code == 422
    assert client.post("/people/second-factors/", {"roles": ["operations_manager"]}).status_code == 302
    assert "robin" in client.get("/people/second-factors/").content.decode()
    entry = AuditEntry.objects.get(verb="require_second_factor")
    assert (entry.by, entry.detail) == (admin.username, {"roles": ["operations_manager"]})
    require_second_factor([Role.OPERATIONS_MANAGER], by="test", at=NOW)
    assert AuditEntry.objects.filter(verb="require_second_factor").count() == 1


def test_a_lost_factor_is_reset_and_its_owner_is_told(robin: User) -> None:
    client = log_in()
    set_up(client)
    admin = actions.add_user("admin", "administrator", by="test", at=NOW, password=PASSWORD)
    assert log_in("admin").post(f"/people/log-ins/{robin.pk}/second-factor/").status_code == 302
    assert not has_second_factor(robin) and client.get("/measures/").status_code == 302
    again = Client()
    page = again.post(LOG_IN, {"login": "robin", "password": PASSWORD}, follow=True).content.decode()
    assert "taken away by admin" in page and "reset second factor" in again.get(ACCOUNT).content.decode()
    with pytest.raises(Refused, match="your own"):
        reset_second_factor(admin, by=admin, at=NOW)
    with pytest.raises(Refused, match="no second factor"):
        reset_second_factor(robin, by=admin, at=NOW)


def test_a_factor_is_changed_only_by_who_says_again_who_she_is(robin: User) -> None:
    client = log_in()
    session = client.session
    session["floorwalker_began"] -= 3600
    session.save()
    answer = client.get(APP)
    assert answer.status_code == 302 and answer.headers["Location"].startswith("/account/again/")
    assert client.post("/account/again/?next=" + APP, {"password": "wrong wrong wrong"}).status_code == 200
    assert client.post("/account/again/?next=" + APP, {"password": PASSWORD}).headers["Location"] == APP
    assert client.get(APP).status_code == 200
