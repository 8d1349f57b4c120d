"""A recording that a store holds, without a look through it: for tests of pages, and of who may open them."""

from __future__ import annotations

import os
from datetime import datetime, timedelta
from pathlib import Path

import numpy as np
from django.conf import settings

from floorwalker.apps.people.models import Agent
from floorwalker.apps.recordings.measuring import measure_recording
from floorwalker.apps.recordings.models import Kind, Recording, RecordingPart, Search
from tests.apps.conftest import NOW
from tests.media.sounds import MU_LAW, tone, write_wav

TOML = """
[recordings.kept]
folder = "{folder}"
pattern = '(?P<contact>.+)'
lanes = ["agent", "customer"]
"""
SECONDS = 12


def kept_folder() -> Path:
    """The folder of a store that floorwalker.toml of the present home names, made where it is not there."""
    home = settings.FLOORWALKER.home
    folder: Path = home / "kept"
    folder.mkdir(exist_ok=True)
    written = home / "floorwalker.toml"
    if not written.exists():
        written.write_text(TOML.format(folder=folder))
    return folder


def conversation() -> np.ndarray:
    """Two lanes that speak in turns, so that a picture shows who spoke when."""
    seconds = np.arange(SECONDS * 8000) / 8000
    loud = 0.3 + 0.2 * np.sin(2 * np.pi * seconds / 1.3)
    first = np.where((seconds % 6) < 3, tone(SECONDS) * 2 * loud, 0)
    return np.stack([first, np.where((seconds % 6) >= 3, tone(SECONDS) * 1.2 * loud, 0)])


def keep_recording(agent: Agent, *, at: datetime = NOW - timedelta(days=1), measured: bool = False) -> Recording:
    """A recording of one agent's contact, a mu-law file of two lanes; measured: with its waveform."""
    name = f"{agent.pk}.wav"
    path = kept_folder() / name
    content = write_wav(conversation() if measured else None, codec=MU_LAW, bits=8)
    path.write_bytes(content)
    os.utime(path, (NOW.timestamp(),) * 2)
    search, _new = Search.objects.get_or_create(store="kept", defaults={"began_at": NOW, "ended_at": NOW})
    identity = agent.identities.filter(kind="agent").first()
    assert identity is not None
    key = bytes([agent.pk % 256]) * 16
    recording, _new = Recording.objects.get_or_create(
        store="kept",
        name=name,
        defaults={
            "kind": Kind.SOUND,
            "size_bytes": len(content),
            "changed_ns": path.stat().st_mtime_ns,
            "found_at": NOW,
            "seen_in": search,
            "contact_key": key,
            "contact_at": at,
            "channel": "voice",
            "found_by": "contact",
        },
    )
    RecordingPart.objects.get_or_create(
        recording=recording, segment_key=key, defaults={"identity": identity, "contact_key": key}
    )
    if measured:
        measure_recording(recording, at=NOW)
    return recording
