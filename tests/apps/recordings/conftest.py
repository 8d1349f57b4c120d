"""A folder of recordings beside the small centre: one call of each of four agents, and one that went through two hands."""

from __future__ import annotations

import os
import re
from collections.abc import Iterator
from dataclasses import dataclass, replace
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from floorwalker.apps.people.models import Agent
from floorwalker.apps.recordings.finding import find_recordings
from floorwalker.apps.recordings.models import Recording, Search
from floorwalker.media.settings import StoreSettings
from tests.apps.conftest import NOW, Floor
from tests.media.sounds import write_wav

PATTERN = r"(?P<contact>\d+\.\d+)(?:_(?P<agent>[^_]+))?"
TOML = """
[recordings.calls]
folder = "{folder}"
pattern = '{pattern}'
"""


@dataclass(frozen=True)
class Call:
    """A call of the loaded log: its id there, its contact, and who had a part in it."""

    call_id: str
    contact_key: bytes
    answered_at: datetime
    names: tuple[str, ...]


@dataclass(frozen=True)
class Calls:
    """A store of recordings, and the calls that may be recorded."""

    floor: Floor
    store: StoreSettings
    every: tuple[Call, ...]

    @property
    def folder(self) -> Path:
        """Where they lie."""
        return self.store.folder

    def of(self, *agents: Agent) -> Call:
        """The first call in which just these have a part."""
        names = tuple(sorted(agent.name for agent in agents))
        return next(call for call in self.every if call.names == names)

    def of_two(self) -> Call:
        """The first call that visited two queues and was answered by another agent in each."""
        return next(call for call in self.every if len(call.names) == 2)

    def keep(self, name: str, content: bytes | None = None) -> Path:
        """A file of the store, written an hour ago; without content half a second of sound."""
        path = self.folder / name
        path.parent.mkdir(parents=True, exist_ok=True)
        path.write_bytes(write_wav() if content is None else content)
        os.utime(path, (NOW.timestamp() - 3600,) * 2)
        return path

    def find(self, **changed: Any) -> Search:
        """Look through the store."""
        return find_recordings(replace(self.store, **changed), self.floor.lake.snapshot(), by=None, at=NOW)

    def recorded(self, *agents: Agent, name: str = "{}.wav") -> Recording:
        """A recording of the first call of these, found."""
        call = self.of(*agents)
        self.keep(name.format(call.call_id))
        self.find()
        return Recording.objects.get(name=name.format(call.call_id))

    def client(self, name: str) -> Client:
        """A browser in which that user is logged in."""
        return self.floor.client(name)


QUERY = """
select e.call_id, arg_min(s.contact_key, s.answered_at) as contact_key, min(s.answered_at) as answered_at,
  list_sort(list(distinct s.identity_key)) as identities
from {segment} s join {contact} c using (contact_key)
join (select distinct call_id, fact_key('asterisk_queue_log', 'Main', 'chain', call_id) as chain_key from {event}) e
  using (chain_key)
group by e.call_id having bool_and(s.handled) order by answered_at
"""


@pytest.fixture
def calls(floor: Floor, tmp_path: Path) -> Iterator[Calls]:
    """An empty store that floorwalker.toml of the centre's home names, and the calls of its log."""
    facts = floor.lake.snapshot()
    query = QUERY.format(
        segment=facts.relation("segment"), contact=facts.relation("contact"), event=facts.relation("source_event")
    )
    names = {bytes(key): name for key, name in Agent.objects.values_list("identities__key", "name")}
    every = tuple(
        Call(
            row["call_id"],
            row["contact_key"],
            row["answered_at"],
            tuple(sorted(names[key] for key in row["identities"])),
        )
        for row in facts.sql(query).to_pylist()
    )
    folder = tmp_path / "calls"
    folder.mkdir()
    written = settings.FLOORWALKER.home / "floorwalker.toml"
    written.write_text(TOML.format(folder=folder, pattern=PATTERN))
    yield Calls(floor, StoreSettings("calls", folder, re.compile(PATTERN)), every)
    written.unlink()
