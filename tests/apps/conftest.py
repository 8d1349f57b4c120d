"""A small centre with two teams, its people, and everyone who may log in: shared by the tests of the pages."""

from __future__ import annotations

from collections.abc import Callable, Iterator
from contextlib import AbstractContextManager
from dataclasses import dataclass
from datetime import UTC, date, datetime
from functools import partial
from pathlib import Path

import pytest
from django.conf import settings
from django.test import Client

from floorwalker.apps.dashboards import asking
from floorwalker.apps.people import actions
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.apps.standards.actions import set_target
from floorwalker.facts.keys import fact_key
from floorwalker.facts.lake import Lake
from floorwalker.jobs.publish import publish_dimensions
from floorwalker.jobs.rolling import roll_up_all
from tests.installation import Installation, new_installation
from tests.postgresql import cluster
from tests.sources.asterisk_queue_log.lines import write_log

NOW = datetime(2026, 11, 20, 12, tzinfo=UTC)
LONG_AGO = date(2020, 1, 1)


@pytest.fixture(scope="session")
def loaded(tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, Path]:
    """A home with two weeks of calls in its lake, rolled up, and a copy of the names that the load saw."""
    folder = tmp_path_factory.mktemp("floor")
    home = new_installation(folder / "home")
    log = folder / "queue_log"
    log.write_text("\n".join(write_log(2400, seed=5, seconds_between=600)) + "\n")
    home.load("asterisk_queue_log", log)
    roll_up_all(home.lake)
    kept = folder / "outbox"
    kept.mkdir()
    for path in home.config.outbox.glob("*.jsonl"):
        (kept / path.name).write_text(path.read_text())
    return home, kept


@pytest.fixture(scope="session")
def postgresql() -> Iterator[str]:
    """The address of a PostgreSQL database of this run's own."""
    with cluster() as address:
        yield address


Commit = Callable[[], AbstractContextManager[object]]


@pytest.fixture
def commit(django_capture_on_commit_callbacks: Callable[..., AbstractContextManager[object]]) -> Commit:
    """A block at whose end happens what follows a commit; the test's own transaction is taken back all the same."""
    return partial(django_capture_on_commit_callbacks, execute=True)


@dataclass(frozen=True)
class Floor:
    """The people of the small centre."""

    teams: tuple[Team, Team]
    agents: tuple[Agent, ...]
    users: dict[str, User]
    lake: Lake

    def client(self, name: str) -> Client:
        """A browser in which that user is logged in."""
        client = Client()
        client.force_login(self.users[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        return client


@pytest.fixture
def floor(
    db: None, loaded: tuple[Installation, Path], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Floor]:
    """Named users for every question of rights, over the loaded facts."""
    home, kept = loaded
    monkeypatch.setattr(settings, "FLOORWALKER", home.config)
    for path in kept.glob("*.jsonl"):
        (tmp_path / path.name).write_text(path.read_text())
    actions.register_sightings(tmp_path, at=NOW)
    boss = actions.add_user("boss", "operations_manager", by="test", at=NOW)
    agents = tuple(Agent.objects.order_by("name"))
    teams = tuple(
        Team.objects.create(name=name, key=fact_key("", "", "team", name)) for name in ("Avocet", "Kingfisher")
    )
    for number, agent in enumerate(agents):
        actions.join_team(agent, teams[number % 2], on=LONG_AGO, by=boss, at=NOW)
    users = {
        "boss": boss,
        "admin": actions.add_user("admin", "administrator", by="test", at=NOW),
        "leader": actions.add_user("leader", "team_leader", by="test", at=NOW, team=teams[0]),
        "other_leader": actions.add_user("other_leader", "team_leader", by="test", at=NOW, team=teams[1]),
        "agent": actions.add_user("agent", "agent", by="test", at=NOW, agent=agents[0]),
        "nobody": actions.add_user("nobody", "agent", by="test", at=NOW),
    }
    for measure, value in {"transfer_rate": 0.45, "ring_no_answer_rate": 0.5, "service_level": 0.8}.items():
        set_target(measure, value, from_day=LONG_AGO, by=boss, at=NOW)
    publish_dimensions(home.lake)
    asking.lake.cache_clear()
    yield Floor(teams=(teams[0], teams[1]), agents=agents, users=users, lake=home.lake)
    asking.lake.cache_clear()
