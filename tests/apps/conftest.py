"""A small centre with two teams, its people, and everyone who may log in: shared by the tests of the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator, Sequence
from contextlib import AbstractContextManager, contextmanager
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from functools import cache, partial
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.contrib.auth.hashers import make_password
from django.test import Client

from floorwalker.apps.coaching.learning import learnt_by
from floorwalker.apps.notices.actions import raise_notice
from floorwalker.apps.notices.models import Notice, Severity
from floorwalker.apps.people import actions
from floorwalker.apps.people import lake as door
from floorwalker.apps.people.models import Agent, Right, Site, Team, User
from floorwalker.apps.people.sessions import begin_session
from floorwalker.apps.people.sighting import register_sightings
from floorwalker.apps.standards.actions import set_target
from floorwalker.config import Mail
from floorwalker.facts.current import Current, read_current
from floorwalker.facts.keys import fact_key, site_key
from floorwalker.facts.lake import Lake
from floorwalker.jobs.publish import publish_dimensions
from floorwalker.jobs.rolling import roll_up_all
from tests.apps.again import once_more, written
from tests.installation import Installation, new_installation
from tests.once import copied, made_once
from tests.sources.asterisk_queue_log.lines import write_log

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)
# What of the people of the floor each lake was given, and what it was then.
_published: dict[Path, tuple[int, Current]] = {}
# A server at which nobody answers.
MAIL = Mail("127.0.0.1", 9, "none", "", "", "floor@example.org", "https://floor.example.org")


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, Path]:
    """A home with two weeks of calls in its lake, rolled up, and a copy of the names that the load saw."""
    folder = copied(made_once("floor", _load), tmp_path_factory.mktemp("floor"))
    return new_installation(folder / "home"), folder / "outbox"


def _load(folder: Path) -> None:
    """Load them into a home in that folder, and keep the names beside it."""
    home = new_installation(folder / "home")
    log = folder / "queue_log"
    log.write_text("\n".join(write_log(2400, seed=5, seconds_between=600)) + "\n")
    home.load("asterisk_queue_log", log)
    roll_up_all(home.lake)
    kept = folder / "outbox"
    kept.mkdir()
    for path in home.config.outbox.glob("*.jsonl"):
        (kept / path.name).write_text(path.read_text())


@pytest.fixture(autouse=True)
def nothing_was_learnt() -> None:
    """What was worked out of past actions in another test is not remembered: rows have the same numbers there."""
    learnt_by.cache_clear()


Commit = Callable[[], AbstractContextManager[object]]


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]) -> Commit:
    """A block at whose end happens what follows a commit; the test's own transaction is taken back all the same."""
    return partial(django_capture_on_commit_callbacks, execute=True)


@dataclass(frozen=True)
class Floor:
    """The people of the small centre."""

    teams: tuple[Team, Team]
    branch: Team
    agents: tuple[Agent, ...]
    users: dict[str, User]
    lake: Lake
    load_id: str
    notice: Notice

    @property
    def named(self) -> dict[str, Agent]:
        """Seen from agent 0: oneself, a team mate, somebody of the other team, and one who moved there."""
        return {"own": self.agents[0], "mate": self.agents[2], "other": self.agents[1], "moved": self.agents[4]}

    def client(self, name: str) -> Client:
        """A browser in which that user is logged in."""
        client = Client()
        client.force_login(self.users[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        begin_session(session)
        session.save()
        return client


@cache
def _one_password() -> str:
    """Everybody's, hashed once: nobody logs in by it here."""
    return make_password("correct horse battery staple")


def _users(teams: Sequence[Team], branch: Team, site: Site, agents: Sequence[Agent], boss: User) -> dict[str, User]:
    """Named users for every question of rights; one who led the first team until a while ago among them."""

    def add(name: str, role: str, **given: Any) -> User:
        return actions.add_user(name, role, by="test", at=NOW, **given)

    former = add("former_leader", "team_leader", team=teams[0])
    actions.end_role(former.grants.get(), on=date(2026, 6, 1), by=boss, at=NOW)
    return {
        "admin": add("admin", "administrator"),
        "leader": add("leader", "team_leader", team=teams[0]),
        "other_leader": add("other_leader", "team_leader", team=teams[1]),
        "former_leader": former,
        "branch_leader": add("branch_leader", "team_leader", team=branch),
        "team_analyst": add("team_analyst", "quality_analyst", team=teams[0]),
        "analyst": add("analyst", "quality_analyst"),
        "site_boss": add("site_boss", "operations_manager", site=site),
        "process_owner": add("process_owner", "process_owner"),
        "assessor": add("assessor", "assessor"),
        "verifier": add("verifier", "internal_verifier"),
        "privacy": add("privacy", "privacy_officer"),
        "agent": add("agent", "agent", agent=agents[0]),
        "mate": add("mate", "agent", agent=agents[2]),
        "nobody": add("nobody", "agent"),
    }


def _people(kept: Path, folder: Path) -> dict[str, Any]:
    """What of a floor is written in the database."""
    for path in kept.glob("*.jsonl"):
        (folder / path.name).write_text(path.read_text())
    register_sightings(folder, at=NOW)
    boss = actions.add_user("boss", "operations_manager", by="test", at=NOW)
    agents = tuple(Agent.objects.order_by("name"))
    teams = tuple(
        Team.objects.create(name=name, key=fact_key("", "", "team", name)) for name in ("Avocet", "Kingfisher")
    )
    branch = Team.objects.create(name="Waterside", key=fact_key("", "", "team", "Waterside"))
    other_site = Site.objects.create(code="Bangor", name="Bangor", timezone="Europe/London", key=site_key("Bangor"))
    Team.objects.filter(pk=teams[0].pk).update(parent=branch)
    Team.objects.filter(pk=teams[1].pk).update(site=other_site)
    for number, agent in enumerate(agents):
        actions.join_team(agent, teams[number % 2], on=LONG_AGO, by=boss, at=NOW)
    actions.join_team(agents[4], teams[1], on=date(2026, 11, 1), by=boss, at=NOW)
    users = {"boss": boss} | _users(teams, branch, other_site, agents, boss)
    for user in users.values():
        user.password = _one_password()
        user.save(update_fields=["password"])
    for measure, value in {"transfer_rate": 0.45, "ring_no_answer_rate": 0.5, "service_level": 0.8}.items():
        set_target(measure, value, from_day=LONG_AGO, by=boss, at=NOW)
    notice = raise_notice(
        "load_died",
        "a test",
        to=Right.SEE_LOADS,
        severity=Severity.WARN,
        at=NOW,
        params={"title": "Queue log", "origin": "Main"},
    )
    return {"teams": teams, "branch": branch, "agents": agents, "users": users, "notice": notice}


@contextmanager
def reading(opened: Lake) -> Iterator[None]:
    """Within this, pages read the facts through that lake, as those of one web process do: it knows what was asked of it before."""
    door.lake.cache_clear()
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(door, "Lake", lambda _config: opened)
        door.lake()
    yield
    door.lake.cache_clear()


def _publish(lake: Lake) -> None:
    """The people of the floor into the lake, where it does not hold these very rows from the test before."""
    if _published.get(lake.path) != (written("floor"), read_current(lake.path)):
        publish_dimensions(lake)
        _published[lake.path] = written("floor"), read_current(lake.path)


@pytest.fixture
def floor(
    db: None, loaded: tuple[Installation, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Floor]:
    """Named users for every question of rights, over the loaded facts."""
    home, kept = loaded
    monkeypatch.setattr(settings, "FLOORWALKER", replace(home.config, mail=MAIL))
    people = once_more("floor", lambda: _people(kept, tmp_path))
    _publish(home.lake)
    with reading(home.lake):
        yield Floor(lake=home.lake, load_id=home.store.loads()[-1].id, **people)
