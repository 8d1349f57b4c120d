"""Which named rows does a simulated day become?"""

from __future__ import annotations

from collections.abc import Callable, Iterable, Sequence

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.facts.tables import (
    ALERT,
    ATTRIBUTES,
    CONTACT,
    CRITERIA,
    EVALUATION,
    INSTANT,
    SEGMENT,
    STATE_INTERVAL,
    SURVEY,
    AlertOutcome,
    Direction,
    Outcome,
    Purpose,
    Selection,
    Table,
)
from floorwalker.ingest.source import Mapped, Page, Request
from floorwalker.sources.simulated.aftermath import SURVEY_OPEN_DAYS
from floorwalker.sources.simulated.arrays import Bools, Floats, Ints
from floorwalker.sources.simulated.day import SiteDay
from floorwalker.sources.simulated.quality import BUSINESS, CUSTOMER, FATAL, FORM, FORM_VERSION, QUESTIONS
from floorwalker.sources.simulated.shifts import HOUR
from floorwalker.sources.simulated.states import DETAILS, STATES

CUSTOMER_PREFIX = "+441632"
CUSTOMERS_A_SITE = 10**7
Columns = dict[str, pa.Array]


def map_page(page: Page, request: Request) -> Mapped:
    """The rows of a page of whole days; every record is used."""
    days: Sequence[SiteDay] = page.records
    read = sum(day.size for day in days)
    return Mapped(read=read, used=read, rows=tables_of(days))


def tables_of(days: Sequence[SiteDay]) -> dict[str, pa.Table]:
    """The named rows of all these days (at least one), by table."""
    makers: tuple[tuple[Table, Callable[[SiteDay], Columns]], ...] = (
        (CONTACT, _contacts),
        (SEGMENT, _segments),
        (ALERT, _alerts),
        (STATE_INTERVAL, _states),
        (SURVEY, _surveys),
        (EVALUATION, _evaluations),
    )
    return {table.name: _table(table, map(make, days)) for table, make in makers}


def _table(table: Table, parts: Iterable[Columns]) -> pa.Table:
    return pa.concat_tables(_fit(table, part) for part in parts)


def _fit(table: Table, columns: Columns) -> pa.Table:
    schema = pa.schema([field for field in table.named_schema if field.name in columns])
    return pa.table([columns[field.name].cast(field.type) for field in schema], schema=schema)


def _contacts(day: SiteDay) -> Columns:
    contacts, handled = day.contacts, day.contacts.handled
    left = contacts.left >= 0
    agent = _people(day, contacts.person)
    ended = np.where(left, contacts.left, contacts.released)
    wait = np.where(left, contacts.left, contacts.answered) - contacts.entered
    outcome = _words((Outcome.ANSWERED, Outcome.ABANDONED), np.where(left, 1, np.where(handled, 0, -1)))
    return {
        "contact_id": _ids(day, contacts.number),
        "chain_id": _ids(day, contacts.chain),
        "first_in_chain": pa.array(contacts.first_in_chain),
        **_work(day, contacts.work),
        "customer": _customers(day, contacts.customer),
        "entered_at": _instants(contacts.entered),
        "answered_at": _instants(contacts.answered),
        "ended_at": _instants(ended),
        "wait_seconds": _seconds(wait, left | handled),
        "outcome": outcome,
        "answered_by": agent,
        "first_agent": agent,
        "last_agent": agent,
        "handled": pa.array(handled),
        "resolved": pa.array(contacts.flagged_resolved, mask=~handled),
        "promised_callback": _always(False, len(handled)),
        "incomplete": _always(False, len(handled)),
        "site": _site(day, len(handled)),
    }


def _segments(day: SiteDay) -> Columns:
    contacts = day.contacts
    mine = np.flatnonzero(contacts.handled)
    ends = np.where(contacts.passed_on, 0, np.where(contacts.ended_by_agent, 1, 2))[mine]
    person = contacts.person[mine]
    return {
        "segment_id": _ids(day, contacts.number[mine]),
        "contact_id": _ids(day, contacts.number[mine]),
        "agent": _people(day, person),
        **_work(day, contacts.work[mine]),
        "team": _teams(day, person),
        "entered_at": _instants(contacts.entered[mine]),
        "answered_at": _instants(contacts.answered[mine]),
        "ended_at": _instants(contacts.released[mine]),
        "wrapped_at": _instants(contacts.wrapped[mine]),
        "ring_seconds": _seconds(contacts.ring[mine]),
        "talk_seconds": _seconds(contacts.talk[mine]),
        "hold_seconds": _seconds(contacts.hold[mine]),
        "wrap_up_seconds": _seconds(contacts.wrap_up[mine]),
        "handled": _always(True, len(mine)),
        "transferred_out": pa.array(contacts.passed_on[mine]),
        "ended_by": _words(("transfer", "agent", "customer"), ends),
        "incomplete": _always(False, len(mine)),
        "site": _site(day, len(mine)),
    }


def _alerts(day: SiteDay) -> Columns:
    """Ringings that were answered (mail does not ring), then those that were not."""
    contacts, rings = day.contacts, day.rings
    rang = np.flatnonzero(contacts.handled & (contacts.ring > 0))
    contact = np.concatenate([rang, rings.contact])
    person = np.concatenate([contacts.person[rang], rings.person])
    outcome = np.concatenate([np.zeros(len(rang), dtype=np.int64), np.where(rings.gave_up, 2, 1)])
    ended = np.concatenate([contacts.answered[rang], rings.ended])
    numbers = _ids(day, contacts.number[contact])
    return {
        "alert_id": pc.binary_join_element_wise(
            numbers, pa.array(ended - contacts.entered[contact]).cast(pa.string()), "-"
        ),
        "contact_id": numbers,
        "agent": _people(day, person),
        **_work(day, contacts.work[contact]),
        "team": _teams(day, person),
        "rang_at": _instants(ended),
        "ring_seconds": _seconds(np.concatenate([contacts.ring[rang], rings.length])),
        "outcome": _words((AlertOutcome.ANSWERED, AlertOutcome.NO_ANSWER, AlertOutcome.CALLER_GAVE_UP), outcome),
        "site": _site(day, len(contact)),
    }


def _states(day: SiteDay) -> Columns:
    states = day.states
    agent = _people(day, states.person)
    began = pa.array(states.started).cast(pa.string())
    return {
        "state_id": pc.binary_join_element_wise(agent, began, " "),
        "agent": agent,
        "team": _teams(day, states.person),
        "state": _words(STATES, states.state),
        "detail": _words(DETAILS, states.detail),
        "started_at": _instants(states.started),
        "ended_at": _instants(states.ended),
        "seconds": _seconds(states.ended - states.started),
        "handled_count": pa.array(states.handled.astype(np.int32)),
        "site": _site(day, len(agent)),
    }


def _surveys(day: SiteDay) -> Columns:
    surveys, contacts = day.surveys, day.contacts
    asked = surveys.contact
    person, count = contacts.person[asked], len(asked)
    return {
        "survey_id": _ids(day, contacts.number[asked]),
        "contact_id": _ids(day, contacts.number[asked]),
        "agent": _people(day, person),
        **_work(day, contacts.work[asked]),
        "team": _teams(day, person),
        "attributes": _invitations(surveys.by_text_message),
        "customer": _customers(day, contacts.customer[asked]),
        "contact_at": _instants(contacts.entered[asked]),
        "invited_at": _instants(surveys.invited),
        "answered_at": _instants(surveys.answered),
        "closes_at": _instants(surveys.invited + SURVEY_OPEN_DAYS * 24 * HOUR),
        "score": pa.array(surveys.score, mask=np.isnan(surveys.score)),
        "scale_least": _always(1.0, count),
        "scale_most": _always(5.0, count),
        "question": _always("satisfaction", count),
        "site": _site(day, count),
    }


def _evaluations(day: SiteDay) -> Columns:
    found, contacts = day.evaluations, day.contacts
    person, count = contacts.person[found.contact], len(found.contact)
    numbers, official = _ids(day, contacts.number[found.contact]), pa.array(~found.second)
    nobody = pa.scalar(None, pa.bool_())
    return {
        "evaluation_id": pc.binary_join_element_wise(
            numbers, _words(("first", "second"), found.second.astype(np.int64)), "-"
        ),
        "contact_id": numbers,
        "agent": _people(day, person),
        "evaluator": _words(day.evaluators, found.evaluator),
        **_work(day, contacts.work[found.contact]),
        "team": _teams(day, person),
        "contact_at": _instants(contacts.entered[found.contact]),
        "evaluated_at": _instants(found.evaluated),
        "released_at": _instants(found.released),
        "acknowledged_at": _instants(found.acknowledged),
        "form": _always(FORM, count),
        "form_version": _always(FORM_VERSION, count),
        "purpose": _words((Purpose.OFFICIAL, Purpose.CALIBRATION), found.second.astype(np.int64)),
        "selection": _always(str(Selection.RANDOM), count),
        "inclusion_probability": pa.array(found.share),
        "score": pa.array(found.score),
        "score_before_fatal": pa.array(found.before_fatal),
        "fatal": pa.array(~found.met[:, FATAL]),
        "customer_defect": pa.array(~found.met[:, CUSTOMER]),
        "business_defect": pa.array(~found.met[:, BUSINESS]),
        "compliance_defect": pa.array(~found.met[:, FATAL]),
        "missed_complaint": pa.array(found.missed_complaint),
        "vulnerable": pa.array(found.vulnerable),
        "disputed": pc.if_else(official, pa.array(found.disputed), nobody),
        "overturned": pa.array(found.overturned, mask=~found.disputed),
        "criteria": _criteria(found.met),
        "site": _site(day, count),
    }


def _criteria(met: Bools) -> pa.Array:
    count, questions = met.shape
    keys = pa.array(QUESTIONS).take(pa.array(np.tile(np.arange(questions), count)))
    offsets = pa.array(np.arange(count + 1) * questions, pa.int32())
    return pa.MapArray.from_arrays(offsets, keys, pa.array(met.ravel().astype(np.float64))).cast(CRITERIA)


def _work(day: SiteDay, work: Ints) -> Columns:
    menu = day.roster.menu
    queue = menu.queue_of[work]
    return {
        "queue": _words([one.name for one in menu.queues], queue),
        "channel": _words([one.channel for one in menu.queues], queue),
        "direction": _always(str(Direction.INBOUND), len(work)),
        "reason": _words(menu.reasons, work),
    }


def _words(words: Sequence[str], number: Ints) -> pa.Array:
    """The word of each number; null for -1."""
    return pa.array([str(word) for word in words], pa.string()).take(pa.array(number, mask=number < 0))


def _people(day: SiteDay, person: Ints) -> pa.Array:
    return _words(day.roster.names, person)


def _teams(day: SiteDay, person: Ints) -> pa.Array:
    return _words(day.roster.teams, np.where(person >= 0, day.team[person], -1))


def _ids(day: SiteDay, number: Ints) -> pa.Array:
    return pc.binary_join_element_wise(day.roster.site.code, pa.array(number).cast(pa.string()), "-")


def _customers(day: SiteDay, customer: Ints) -> pa.Array:
    """Numbers of an area that is kept for fiction; null for those who withhold theirs."""
    number = pa.array(CUSTOMERS_A_SITE * (day.roster.number + 1) + customer, mask=customer < 0)
    return pc.binary_join_element_wise(CUSTOMER_PREFIX, number.cast(pa.string()), "")


def _instants(milliseconds: Ints) -> pa.Array:
    """Instants; null where there is none."""
    return pa.array(milliseconds * 1000, mask=milliseconds < 0).cast(INSTANT)


def _seconds(milliseconds: Ints, known: Bools | None = None) -> pa.Array:
    seconds: Floats = milliseconds / 1000
    return pa.array(seconds, mask=None if known is None else ~known)


def _invitations(by_text_message: Bools) -> pa.Array:
    count = len(by_text_message)
    words = _words(("email", "text message"), by_text_message.astype(np.int64))
    keys = pa.repeat("invitation", count)
    return pa.MapArray.from_arrays(pa.array(np.arange(count + 1), pa.int32()), keys, words).cast(ATTRIBUTES)


def _always(value: object, count: int) -> pa.Array:
    return pa.repeat(pa.scalar(value), count)


def _site(day: SiteDay, count: int) -> pa.Array:
    return pa.repeat(day.roster.site.code, count)
