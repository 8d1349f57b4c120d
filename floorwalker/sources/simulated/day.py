"""What is known of one site's day when it is over?

Plain columns by number, instants as milliseconds since 1970 in UTC, durations in milliseconds, -1 where nothing is.
"""

from __future__ import annotations

from dataclasses import dataclass, fields, replace
from datetime import date, datetime, time
from typing import Self

import numpy as np

from floorwalker.ingest.source import Site
from floorwalker.sources.simulated.arrays import Bools, Floats, Ints
from floorwalker.sources.simulated.people import Roster
from floorwalker.sources.simulated.shifts import HOUR


@dataclass(frozen=True)
class Contacts:
    """Contacts that left their queue on this day, or that still wait when the floor ends (agent, answered, left: -1)."""

    number: Ints
    chain: Ints
    first_in_chain: Bools
    work: Ints
    customer: Ints
    entered: Ints
    answered: Ints
    left: Ints
    released: Ints
    wrapped: Ints
    person: Ints
    ring: Ints
    talk: Ints
    hold: Ints
    wrap_up: Ints
    passed_on: Bools
    cut: Bools
    ended_by_agent: Bools
    flagged_resolved: Bools

    @property
    def handled(self) -> Bools:
        """Those that somebody handled."""
        return np.asarray(self.person >= 0)


@dataclass(frozen=True)
class Rings:
    """Ringings that nobody answered: unheard, or the customer gave up meanwhile. contact: place in `Contacts`."""

    contact: Ints
    person: Ints
    ended: Ints
    length: Ints
    gave_up: Bools


@dataclass(frozen=True)
class States:
    """The gapless time line of each person on shift. state: place in `STATES`; detail: place in `DETAILS`, -1 for none."""

    person: Ints
    state: Ints
    detail: Ints
    started: Ints
    ended: Ints
    handled: Ints


@dataclass(frozen=True)
class Surveys:
    """Invitations, answered (score 1 to 5) or not (answered -1). contact: place in `Contacts`."""

    contact: Ints
    invited: Ints
    answered: Ints
    score: Floats
    by_text_message: Bools


@dataclass(frozen=True)
class Evaluations:
    """Evaluations of contacts. contact: place in `Contacts`; second: done again by somebody else, blind.

    share: with which chance the contact was chosen; met: (evaluations, questions); score: what counts, of 1.
    """

    contact: Ints
    evaluator: Ints
    second: Bools
    share: Floats
    evaluated: Ints
    released: Ints
    acknowledged: Ints
    met: Bools
    score: Floats
    before_fatal: Floats
    missed_complaint: Bools
    vulnerable: Bools
    disputed: Bools
    overturned: Bools

    def of(self, some: Bools) -> Self:
        """Only these of them."""
        return replace(self, **{field.name: getattr(self, field.name)[some] for field in fields(self)})


@dataclass(frozen=True)
class SiteDay:
    """One day of one site."""

    roster: Roster
    number: int
    on: date
    team: Ints
    contacts: Contacts
    rings: Rings
    states: States
    surveys: Surveys
    evaluations: Evaluations
    evaluators: tuple[str, ...]

    @property
    def size(self) -> int:
        """How many records there are: contacts, ringings, stretches of time, surveys and evaluations."""
        parts = (self.contacts.number, self.rings.person, self.states.person, self.surveys.contact)
        return sum(len(part) for part in (*parts, self.evaluations.contact))


def midnight_milliseconds(site: Site, on: date) -> int:
    """Where a site's day begins, such that its opening hours lie at their hour: twelve hours before its noon.

    On the two days of a clock change this is an hour off midnight itself, when nobody works and nobody writes.
    """
    noon = datetime.combine(on, time(12), tzinfo=site.zone)
    return int(noon.timestamp()) * 1000 - 12 * HOUR
