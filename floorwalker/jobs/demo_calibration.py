"""Do the demo's evaluators mark alike? Sessions that were talked over, one to talk about now, and one to be marked blind."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

import numpy as np

from floorwalker.apps.evaluations.calibrating import (
    Called,
    Settled,
    agree_on,
    begin_calibration,
    call_session,
    close_session,
)
from floorwalker.apps.evaluations.contacts import parts_of
from floorwalker.apps.evaluations.convening import add_contact
from floorwalker.apps.evaluations.handing_in import submit_marking
from floorwalker.apps.evaluations.models import (
    CalibrationContact,
    CalibrationSession,
    Drawn,
    Evaluation,
    EvaluationForm,
)
from floorwalker.apps.people.models import Agent, User
from floorwalker.insight.parts import Part
from floorwalker.jobs.demo_evaluations import MET, MISSES, answers_given

A_DAY, A_WEEK = timedelta(days=1), timedelta(days=7)
SEED = 23
# How often each question is missed on these contacts, and how often one of the participants hears it the other way.
MISSED = {"q1": 0.4, "q2": 0.25, "q3": 0.4, "q6": 0.2}
HEARD_OTHERWISE = {"q1": 0.3, "q2": 0.1, "q3": 0.12, "q6": 0.05}
ARGUED, NEXT = "q1", "q3"
GUIDANCE = "The first name is enough, if it comes before the first question to the customer."
NOTE = "Two of us waited for the family name."
MINUTES = "We heard the three openings again, and agreed in a quarter of an hour."


@dataclass(frozen=True)
class Held:
    """A session: how many days ago it was held, over how many contacts, and whether it was talked over."""

    name: str
    days_ago: int
    contacts: int
    talked_over: bool


HELD = (
    Held("How we greet", 17, 4, True),
    Held("What happens next", 11, 3, True),
    Held("How we greet, again", 2, 3, False),
)
BLIND = Held("This week, blind", 0, 2, False)


def mark_side_by_side(analysts: Sequence[User], leader: User, *, at: datetime) -> None:
    """Hold the sessions, once: each over contacts of one person of the leader's team that nobody has marked before."""
    form = EvaluationForm.objects.in_use().first()
    if form is None or CalibrationSession.objects.exists():
        return
    people, luck = [*analysts, leader], np.random.default_rng(SEED)
    agents = Agent.objects.evaluated_by(leader, at.date()).on_the_floor().order_by("pk")
    for held, agent in zip((*HELD, BLIND), agents, strict=False):
        on = at - held.days_ago * A_DAY
        session = _called(form, held, agent, people, on)
        if session is None:
            continue
        heard = {one.pk: {code for code, often in MISSED.items() if luck.random() < often} for one in _all(session)}
        for user in [leader] if held is BLIND else people:
            for contact in _all(session):
                _mark(contact, user, heard[contact.pk], luck, on)
        if held.talked_over:
            _talk_over(session, heard, by=people[0], at=on + timedelta(hours=2))


def _called(
    form: EvaluationForm, held: Held, agent: Agent, people: Sequence[User], at: datetime
) -> CalibrationSession | None:
    """The session with its contacts; nothing where the floor is too young for it."""
    parts = list(_unmarked(agent, at))[: held.contacts]
    if len(parts) < held.contacts:
        return None
    called = Called(held.name, form, people, at.date(), (at + A_WEEK).date())
    session = call_session(called, by=people[0], at=at)
    for part in parts:
        add_contact(session, part, agent, by=people[0], at=at)
    return session


def _unmarked(agent: Agent, at: datetime) -> Iterator[Part]:
    """Contacts from before a moment that nobody has marked, or has to mark."""
    known = {bytes(key) for key in Evaluation.objects.values_list("contact_key", flat=True)}
    known |= {bytes(key) for key in Drawn.objects.values_list("contact_key", flat=True)}
    return (part for part in parts_of(agent, (at - A_DAY).date())[0] if part.contact_key not in known)


def _all(session: CalibrationSession) -> list[CalibrationContact]:
    return list(session.contacts.select_related("session__version__form", "agent").order_by("pk"))


def _mark(contact: CalibrationContact, user: User, heard: set[str], luck: np.random.Generator, at: datetime) -> None:
    """One participant's marking: what is to be heard there, and what she hears otherwise."""
    otherwise = {code for code, often in HEARD_OTHERWISE.items() if luck.random() < often}
    made = begin_calibration(contact, by=user, at=at)
    marking = made.open_marking
    assert marking is not None, "it was begun just now"
    missed = {code: MISSES[code][0] for code in sorted(heard ^ otherwise)}
    submit_marking(marking, answers_given(missed), by=user, at=at + timedelta(hours=1))


def _talk_over(session: CalibrationSession, heard: Mapping[int, set[str]], *, by: User, at: datetime) -> None:
    """What was argued about is agreed; how the first of it is to be read waits to be taken over into the form."""
    for code, guidance, note in ((ARGUED, GUIDANCE, NOTE), (NEXT, "", "")):
        answers: dict[int, dict[str, Any]] = {
            contact: {"option": MISSES[code][0].option if code in missed else MET[code]}
            for contact, missed in heard.items()
        }
        agree_on(session, Settled(code, answers, guidance, note), by=by, at=at)
    close_session(session, MINUTES, by=by, at=at)
