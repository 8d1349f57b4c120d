"""Which contacts of the demo can be heard? Some that were evaluated and some that wait to be: sound and words that were made for them."""

from __future__ import annotations

import os
from collections.abc import Iterable, Sequence
from datetime import datetime
from pathlib import Path

import numpy as np
from django.db.models import F

from floorwalker.apps.evaluations.models import Drawn, Evaluation
from floorwalker.apps.people.models import User
from floorwalker.apps.recordings.actions import keep_waveform
from floorwalker.apps.recordings.finding import find_recordings
from floorwalker.apps.recordings.models import Kind, Recording
from floorwalker.apps.recordings.screening import screen, unscreened
from floorwalker.config import Config
from floorwalker.facts.lake import Lake
from floorwalker.jobs.demo_contacts import Named, named_contacts
from floorwalker.jobs.demo_sound import AGENT, CUSTOMER, Line, sound_of, spoken, subtitles_of
from floorwalker.media.measuring import measure_file
from floorwalker.media.settings import read_stores
from floorwalker.sign_on import FILE_NAME

STORE = "demo"
# Of those that were evaluated, and of those that wait in each evaluator's queue, the first.
MOST, MOST_WAITING = 6, 5
SEED = 20
TALKS: tuple[Sequence[Line], ...] = (
    (
        (AGENT, "Good morning, you are speaking to the ferry desk. What can I do for you?"),
        (CUSTOMER, "I booked the crossing on Friday, and now the confirmation says Saturday."),
        (AGENT, "Let me look. May I have the number of the booking and the name of the street you live in?"),
        (CUSTOMER, "It is seven seven two, and the street is Quay Row."),
        (AGENT, "Thank you. I see it: the system moved all bookings of the small boat by a day."),
        (CUSTOMER, "Nobody told me. I have taken the Friday off."),
        (AGENT, "I am sorry for that. I put you on the evening boat on Friday, at the same price."),
        (CUSTOMER, "Yes, that will do. Thank you."),
        (AGENT, "You get a new confirmation within the hour. Have a good crossing."),
    ),
    (
        (AGENT, "Ferry desk, hello."),
        (CUSTOMER, "I would like to know what is left on my travel card."),
        (AGENT, "There are forty two crossings left on it."),
        (CUSTOMER, "And does it run out at some time?"),
        (AGENT, "At the end of next year. I call you back about the exact day."),
        (CUSTOMER, "When will that be?"),
        (AGENT, "Soon. Goodbye."),
    ),
    (
        (AGENT, "Good afternoon, this is the ferry desk. How can I help?"),
        (CUSTOMER, "My bicycle was left on the quay, and nobody will say whose fault it is."),
        (
            AGENT,
            "That should not happen. Your bicycle stayed behind, and you want to know when it comes. Is that right?",
        ),
        (CUSTOMER, "Yes, and I want this noted as a complaint."),
        (AGENT, "It is noted as one. It comes over on the noon boat, and you have an answer within five working days."),
        (CUSTOMER, "Good. That is all I wanted."),
    ),
)


def let_them_be_heard(config: Config, lake: Lake, *, at: datetime) -> None:
    """Make sounds and transcripts of calls, have them found as any recording is, and drawn; nothing where stores are set up."""
    if read_stores(config.home):
        return
    folder = config.home / "demo-recordings"
    contacts = [contact for contact in named_contacts(lake, _wanted()) if contact.ended_at is not None]
    _write(folder, contacts)
    _set_up(config, folder)
    find_recordings(read_stores(config.home)[STORE], lake.snapshot(), by=None, at=at)
    _draw(folder, at=at)


def _wanted() -> list[bytes]:
    """The contacts whose evaluation was released last, and those that each evaluator comes to first."""
    calls = Evaluation.objects.filter(channel="voice").order_by(F("released_at").desc(nulls_last=True), "pk")
    keys = [bytes(one.contact_key) for one in calls[:MOST]]
    waiting = Drawn.objects.filter(channel="voice", evaluator__isnull=False)
    for user in User.objects.filter(pk__in=waiting.values("evaluator")).order_by("pk"):
        keys += [
            bytes(one.contact_key) for one in Drawn.objects.waiting_for(user).filter(channel="voice")[:MOST_WAITING]
        ]
    return list(dict.fromkeys(keys))


def _draw(folder: Path, *, at: datetime) -> None:
    """What the worker does with any recording, done before the first page is opened; apart is not needed for sounds of our own."""
    for sound in Recording.objects.matched().filter(store=STORE, kind=Kind.SOUND):
        with (folder / sound.name).open("rb") as file:
            keep_waveform(sound, measure_file(file, sound.name), at=at)
    for transcript in unscreened():
        screen(transcript, at=at)


def _write(folder: Path, contacts: Iterable[Named]) -> None:
    folder.mkdir(mode=0o700, exist_ok=True)
    random = np.random.default_rng(SEED)
    for number, contact in enumerate(contacts):
        turns = spoken(TALKS[number % len(TALKS)])
        for ending, content in ((".wav", sound_of(turns, random)), (".vtt", subtitles_of(turns).encode())):
            path = folder / f"{contact.name}{ending}"
            path.write_bytes(content)
            # As old as its call: what was written just now may still be growing, and waits.
            then = (contact.ended_at or contact.entered_at).timestamp()
            os.utime(path, (then, then))


def _set_up(config: Config, folder: Path) -> None:
    said = f"""
# The sounds of the demo, made by the program itself.
[recordings.{STORE}]
folder = '{folder.resolve()}'
pattern = '^(?P<contact>[^/]+)\\.(?:wav|vtt)$'
source = "simulated"
lanes = ["agent", "customer"]
"""
    with (config.home / FILE_NAME).open("a", encoding="utf-8") as file:
        file.write(said)
