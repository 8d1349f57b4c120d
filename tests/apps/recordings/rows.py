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
WORDS = """WEBVTT

00:00.000 --> 00:02.800
<v Agent>Good morning, Example Telecom. What can I do for you?

00:03.000 --> 00:05.800
<v Customer>My line has been dead since Tuesday, and nobody has called me back.

00:06.000 --> 00:08.800
<v Agent>I am sorry. I am booking an engineer for tomorrow, and I will call you at ten to hear that it works.

00:09.000 --> 00:11.900
<v Customer>Thank you. That is all I wanted to know.
"""


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
    content = write_wav(conversation() if measured else None, codec=MU_LAW, bits=8)
    recording = keep_file(agent, f"{agent.pk}.wav", Kind.SOUND, content, at=at)
    if measured:
        measure_recording(recording, at=NOW)
    return recording


def keep_file(
    agent: Agent, name: str, kind: Kind, content: bytes, *, at: datetime = NOW - timedelta(days=1), late: float = 0
) -> Recording:
    """A file of one agent's contact; late: by how many seconds it begins after the others."""
    path = kept_folder() / name
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
            "kind": kind,
            "size_bytes": len(content),
            "changed_ns": path.stat().st_mtime_ns,
            "found_at": NOW,
            "seen_in": search,
            "began_at": at + timedelta(seconds=late),
            "contact_key": key,
            "contact_at": at,
            "channel": "voice",
            "found_by": "contact",
        },
    )
    RecordingPart.objects.get_or_create(
        recording=recording, segment_key=key, defaults={"identity": identity, "contact_key": key}
    )
    return recording
