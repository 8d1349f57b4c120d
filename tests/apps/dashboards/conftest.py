"""A simulated centre large enough for people to be judged fairly: sixty agents and twelve weeks, with planted truths."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from floorwalker.apps.people import actions
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.apps.people.observing import keep_observed
from floorwalker.apps.people.sessions import begin_session
from floorwalker.apps.people.sighting import register_sightings
from floorwalker.facts.lake import Lake
from floorwalker.jobs.capping import renew_caps
from floorwalker.jobs.publish import publish_dimensions
from tests.apps.again import once_more
from tests.apps.conftest import NOW, reading
from tests.installation import Installation, new_installation
from tests.once import copied, made_once

SETTINGS = {"agents": "60", "days": "84", "seed": "4"}


@pytest.fixture(scope="session")
def simulated(tmp_path_factory: pytest.TempPathFactory) -> tuple[Installation, dict[str, str]]:
    """A home with the simulated floor in its lake, and the names that the load saw, by file."""
    home = new_installation(copied(made_once("judged", _load), tmp_path_factory.mktemp("judged")))
    return home, {path.name: path.read_text() for path in home.config.outbox.glob("*.jsonl")}


def _load(folder: Path) -> None:
    home = new_installation(folder)
    home.load("simulated", settings=SETTINGS, at=NOW)
    assert renew_caps(home.lake, datetime.now(UTC))


@dataclass(frozen=True)
class Judged:
    """The people of the simulated centre."""

    lake: Lake
    users: dict[str, User]
    teams: tuple[Team, ...]

    def client(self, name: str) -> Client:
        """A browser in which that user is logged in."""
        client = Client()
        client.force_login(self.users[name], backend="allauth.account.auth_backends.AuthenticationBackend")
        session = client.session
        begin_session(session)
        session.save()
        return client

    def page(self, name: str, address: str, status: int = 200) -> str:
        """What that user reads there."""
        answer = self.client(name).get(address)
        assert answer.status_code == status
        return answer.content.decode()


def _people(home: Installation, names: dict[str, str], folder: Path) -> dict[str, Any]:
    """What of them is written in the database."""
    for name, text in names.items():
        (folder / name).write_text(text)
    register_sightings(folder, at=NOW)
    facts = home.snapshot
    keep_observed(facts.sql(f"from {facts.relation('observed_membership')}").to_pylist())
    teams = tuple(Team.objects.order_by("name"))
    mate = Agent.objects.in_teams(Team.objects.filter(pk=teams[0].pk), NOW.date()).order_by("name")[0]
    users = {
        "boss": actions.add_user("boss", "operations_manager", by="test", at=NOW),
        "owner": actions.add_user("owner", "process_owner", by="test", at=NOW),
        "leader": actions.add_user("leader", "team_leader", team=teams[0], by="test", at=NOW),
        "agent": actions.add_user("agent", "agent", agent=mate, by="test", at=NOW),
    }
    return {"users": users, "teams": teams}


@pytest.fixture
def judged(
    db: None, simulated: tuple[Installation, dict[str, str]], tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> Iterator[Judged]:
    """A manager, a process owner, the leader of the first team and one of its agents, over the simulated facts."""
    home, names = simulated
    monkeypatch.setattr(settings, "FLOORWALKER", replace(home.config))
    people = once_more("judged", lambda: _people(home, names, tmp_path))
    publish_dimensions(home.lake)
    with reading(home.lake):
        yield Judged(home.lake, **people)
