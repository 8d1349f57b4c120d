"""Does a provider let in whom it may, with the roles of the groups, and nobody on a token that cannot be believed?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import Any

import pytest
import requests
from allauth.socialaccount.models import SocialAccount
from django.conf import settings
from django.core.cache import cache
from django.http import HttpResponse
from django.test import Client
from django.utils import timezone

from floorwalker.apps.people import actions
from floorwalker.apps.people.models import Agent, AuditEntry, RoleGrant, Team, User
from floorwalker.apps.people.signing_on import check_roles
from floorwalker.errors import ConfigError
from floorwalker.sign_on import GroupRole, SignOn, read_sign_on
from floorwalker.web.secrets import provider_apps
from tests.apps.conftest import NOW
from tests.web.oidc import CLIENT, SECRET, Provider, new_key, provider_at_work

PASSWORD = "seven quiet lanterns"
TO_PROVIDER = "/account/sign-on/login/"
ROLES = (
    GroupRole("floor-managers", "operations_manager"),
    GroupRole("avocet-leaders", "team_leader", team="Avocet"),
    GroupRole("ghosts", "team_leader", team="Nowhere"),
)

pytestmark = pytest.mark.django_db


@pytest.fixture
def provider(monkeypatch: pytest.MonkeyPatch) -> Iterator[Provider]:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    monkeypatch.setenv("no_proxy", "127.0.0.1")
    cache.clear()
    with provider_at_work() as known:
        known.claims = {"sub": "4711", "preferred_username": "robin", "groups": ["floor-managers", "all-staff"]}
        use(monkeypatch, known)
        yield known


def use(monkeypatch: pytest.MonkeyPatch, known: Provider, **other: Any) -> SignOn:
    said = SignOn("the office", known.address, CLIENT, SECRET, roles=ROLES, **other)
    monkeypatch.setattr(settings, "SIGN_ON", said)
    monkeypatch.setattr(settings, "SOCIALACCOUNT_PROVIDERS", {"openid_connect": {"APPS": provider_apps(said)}})
    return said


@pytest.fixture
def robin() -> User:
    """Known here by the user name alone, without a role and without a password."""
    user = actions.add_user("robin", "agent", by="test", at=NOW)
    actions.end_role(user.grants.get(), on=date(2026, 1, 1), by="test", at=NOW)
    return user


def go(client: Client, path: str = TO_PROVIDER) -> HttpResponse:
    """The whole way: to the provider, through it, and back with its code."""
    there = client.get(path)
    assert there.status_code == 302, there.content.decode()
    back = requests.get(there.headers["Location"], allow_redirects=False, timeout=5)
    return client.get(back.headers["Location"].removeprefix("http://testserver"))  # type: ignore[return-value]


def is_in(client: Client) -> bool:
    return "_auth_user_id" in client.session


def held(user: User) -> set[tuple[str, str | None, bool]]:
    found = RoleGrant.objects.on(timezone.now().date()).filter(user=user).select_related("team")
    return {(one.role, one.team.name if one.team else None, one.by_group) for one in found}


def test_somebody_known_comes_in_with_the_roles_of_the_groups(provider: Provider, robin: User) -> None:
    client = Client()
    assert "Log in with the office" in client.get("/account/login/").content.decode()
    answer = go(client, TO_PROVIDER + "?next=/measures/")
    assert (answer.status_code, answer.headers["Location"]) == (302, "/measures/") and provider.exchanged == 1
    assert client.get("/centre/").status_code == 200
    assert held(robin) == {("operations_manager", None, True)}
    entry = AuditEntry.objects.filter(verb="grant_role").get()
    assert (entry.by, entry.subject) == ("single sign-on", f"user:{robin.pk}")
    assert AuditEntry.objects.get(verb="log_in").detail == {"ways": ["socialaccount"]}
    account = SocialAccount.objects.get()
    assert (account.uid, account.user_id, account.extra_data) == ("4711", robin.pk, {})


def test_roles_follow_the_groups_and_those_given_by_hand_stay(provider: Provider, robin: User) -> None:
    team = Team.objects.create(name="Avocet", key=b"a" * 16)
    actions.grant_role(robin, "process_owner", from_day=None, by="test", at=NOW)
    go(Client())
    assert held(robin) == {("operations_manager", None, True), ("process_owner", None, False)}
    provider.claims["groups"] = "avocet-leaders"
    go(Client())
    assert held(robin) == {("team_leader", "Avocet", True), ("process_owner", None, False)}
    provider.claims["groups"] = ["all-staff", "ghosts", 7]
    client = Client()
    go(client)
    assert is_in(client) and held(robin) == {("process_owner", None, False)}
    ended = RoleGrant.objects.get(user=robin, team=team)
    assert (
        ended.to_day == timezone.now().date()
        and AuditEntry.objects.filter(verb="end_role", by="single sign-on").count() == 2
    )


def test_a_role_that_a_person_gave_is_not_given_again_nor_ended(provider: Provider, robin: User) -> None:
    actions.grant_role(robin, "operations_manager", from_day=None, by="test", at=NOW)
    go(Client())
    provider.claims["groups"] = []
    client = Client()
    go(client)
    assert is_in(client) and held(robin) == {("operations_manager", None, False)}


def test_whoever_is_in_no_group_stays_outside_and_reads_why(provider: Provider, robin: User) -> None:
    provider.claims["groups"] = ["all-staff"]
    client = Client()
    answer = go(client)
    assert answer.status_code == 403 and "No group of yours opens anything here" in answer.content.decode()
    assert not is_in(client) and AuditEntry.objects.filter(verb="sign_on_refused", subject=f"user:{robin.pk}").exists()


def test_leaving_every_group_ends_the_sessions_that_are_open(provider: Provider, robin: User) -> None:
    first = Client()
    go(first)
    assert first.get("/measures/").status_code == 200
    provider.claims["groups"] = 7
    assert go(Client()).status_code == 403
    assert held(robin) == set() and first.get("/measures/").status_code == 302


@pytest.mark.parametrize("name", ["nobody-here", "", None, 17])
def test_somebody_unknown_stays_outside_and_is_not_added(provider: Provider, robin: User, name: object) -> None:
    provider.claims["preferred_username"] = name
    client, before = Client(), User.objects.count()
    answer = go(client)
    assert answer.status_code == 403 and "nobody like that is known" in answer.content.decode()
    assert not is_in(client) and User.objects.count() == before and not SocialAccount.objects.exists()


def test_who_is_who_is_settled_once_and_not_by_a_name_that_changes(provider: Provider, robin: User) -> None:
    go(Client())
    actions.add_user("wren", "agent", by="test", at=NOW)
    provider.claims["preferred_username"] = "wren"
    client = Client()
    go(client)
    assert client.session["_auth_user_id"] == str(robin.pk)


def test_no_claim_opens_an_administrators_log_in(provider: Provider) -> None:
    actions.add_user("robin", "administrator", by="test", at=NOW, password=PASSWORD)
    client = Client()
    answer = go(client)
    assert (
        answer.status_code == 403 and "an administrator&#x27;s log-in" in answer.content.decode() and not is_in(client)
    )


def test_a_closed_log_in_stays_closed(provider: Provider, robin: User) -> None:
    go(Client())
    User.objects.filter(pk=robin.pk).update(is_active=False)
    client = Client()
    assert go(client).headers["Location"] == "/account/inactive/" and not is_in(client)


def test_an_agent_is_found_by_number_and_gets_a_log_in(provider: Provider, monkeypatch: pytest.MonkeyPatch) -> None:
    use(monkeypatch, provider, person_claim="employee", person_is="staff_number")
    agent = Agent.objects.create(name="Wren Tallow", staff_number="0042", key=b"w" * 16)
    provider.claims |= {"employee": "0042"}
    client = Client()
    go(client)
    assert is_in(client) and agent.user.username == "0042" and not agent.user.has_usable_password()


@pytest.mark.parametrize(("verified", "comes_in"), [(True, True), (False, False), (None, False), ("true", False)])
def test_an_e_mail_counts_only_where_it_is_verified(
    provider: Provider, monkeypatch: pytest.MonkeyPatch, verified: object, comes_in: bool
) -> None:
    use(monkeypatch, provider, person_claim="email", person_is="email")
    Agent.objects.create(name="Wren Tallow", email="wren@floor.example", key=b"w" * 16)
    provider.claims |= {"email": "Wren@floor.example", "email_verified": verified}
    client = Client()
    go(client)
    assert is_in(client) is comes_in


@pytest.mark.parametrize(
    "lie",
    [
        {"iss": "https://elsewhere.example"},
        {"aud": "another-client"},
        {"nonce": "another-question"},
        {"nonce": None},
        {"exp": 1_700_000_000},
        {"exp": None},
        {"sub": None},
    ],
    ids=lambda lie: "-".join(f"{name}" for name in lie),
)
def test_a_token_that_lies_lets_nobody_in(provider: Provider, robin: User, lie: dict[str, object]) -> None:
    provider.lies = lie
    refused(provider)


def test_a_token_that_the_provider_did_not_sign_lets_nobody_in(provider: Provider, robin: User) -> None:
    provider.signs_with = new_key()
    refused(provider)


@pytest.mark.parametrize("algorithm", ["HS256", "none"])
def test_a_signature_that_anybody_could_make_is_none(provider: Provider, robin: User, algorithm: str) -> None:
    provider.algorithm, provider.signs_with = (
        algorithm,
        "a shared secret that is long enough" if algorithm != "none" else "",
    )
    refused(provider)


def test_without_a_token_and_with_another_issuer_nobody_comes_in(provider: Provider, robin: User) -> None:
    provider.sends_token = False
    refused(provider)
    provider.sends_token, provider.named_issuer = True, "https://elsewhere.example"
    client = Client()
    assert client.get(TO_PROVIDER).status_code == 401 and not is_in(client)


def test_a_provider_that_is_away_is_said_to_be_so(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NO_PROXY", "127.0.0.1")
    use(monkeypatch, Provider(address="http://127.0.0.1:1"))
    answer = Client().get(TO_PROVIDER)
    assert answer.status_code == 401 and "could not be believed" in answer.content.decode()


def refused(provider: Provider) -> None:
    client = Client()
    answer = go(client)
    assert answer.status_code == 401 and "could not be believed" in answer.content.decode()
    assert not is_in(client) and not RoleGrant.objects.filter(by_group=True).exists()
    assert AuditEntry.objects.filter(verb="sign_on_failed").exists()


def test_a_code_of_another_browser_is_worth_nothing(provider: Provider, robin: User) -> None:
    there = Client().get(TO_PROVIDER)
    back = requests.get(there.headers["Location"], allow_redirects=False, timeout=5).headers["Location"]
    other = Client()
    assert other.get(back.removeprefix("http://testserver")).status_code == 401 and not is_in(other)


def test_who_turned_back_is_at_the_log_in_again(provider: Provider) -> None:
    client = Client()
    state = client.get(TO_PROVIDER).headers["Location"].split("state=")[1].split("&")[0]
    answer = client.get(f"/account/sign-on/back/?error=access_denied&state={state}", follow=True)
    assert answer.redirect_chain[-1][0] == "/account/login/"


def test_without_a_provider_there_is_no_such_door() -> None:
    assert settings.SIGN_ON is None
    assert Client().get(TO_PROVIDER).status_code == Client().get("/account/sign-on/back/").status_code == 404
    assert "Log in with the" not in Client().get("/account/login/").content.decode()


TOML = """[sign_on]
name = "the office"
issuer = "https://id.example"
client_id = "floorwalker"
[[sign_on.role]]
group = "avocet-leaders"
role = "team_leader"
team = "Avocet"
"""


def test_the_provider_is_read_from_the_settings_and_its_secret_is_not_among_them(tmp_path: Path) -> None:
    assert read_sign_on(tmp_path, {}) is None
    (tmp_path / "floorwalker.toml").write_text(TOML)
    (tmp_path / "secret").write_text("quiet\n")
    found = read_sign_on(tmp_path, {"FLOORWALKER_SIGN_ON_SECRET_FILE": str(tmp_path / "secret")})
    assert found is not None and (found.name, found.client_secret) == ("the office", "quiet")
    assert found.roles == (GroupRole("avocet-leaders", "team_leader", team="Avocet"),)
    check_roles(found)


@pytest.mark.parametrize(
    ("was", "now", "named"),
    [
        ("https://id.example", "http://id.example", "TLS"),
        ('client_id = "floorwalker"\n', "", "missing"),
        ("name =", "client_secret =", "nobody knows"),
        ('client_id = "floorwalker"', "client_id = 4", "cannot be used"),
        ('client_id = "floorwalker"', 'client_id = "x"\nperson_is = "nickname"', "person_is"),
        ('team = "Avocet"', 'team = "Avocet"\nsite = "Main"', "no role like that"),
        ("[sign_on]", "[sign_on", "cannot be read"),
        ('role = "team_leader"', 'role = "captain"', "there is not"),
        ('role = "team_leader"', 'role = "administrator"', "there is not"),
        ('team = "Avocet"\n', "", "there is not"),
    ],
)
def test_settings_that_cannot_be_stop_the_start(tmp_path: Path, was: str, now: str, named: str) -> None:
    assert was in TOML
    (tmp_path / "floorwalker.toml").write_text(TOML.replace(was, now))
    with pytest.raises(ConfigError, match=named):
        check_roles(read_sign_on(tmp_path, {}))


def test_a_secret_file_that_is_not_there_is_named(tmp_path: Path) -> None:
    (tmp_path / "floorwalker.toml").write_text(TOML)
    with pytest.raises(ConfigError, match="cannot be read"):
        read_sign_on(tmp_path, {"FLOORWALKER_SIGN_ON_SECRET_FILE": str(tmp_path / "gone")})
