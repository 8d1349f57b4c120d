"""When one row is one contact: which contact, which agent's part of it and which survey does it state?"""

from __future__ import annotations

from dataclasses import dataclass

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.facts.tables import CONTACT, SEGMENT, SURVEY, TEXT, Channel, Outcome, Table
from floorwalker.sources.csv_files.fields import IN_PROGRESS
from floorwalker.sources.csv_files.page import (
    PageReader,
    came_before,
    instant_array,
    is_word,
    number_array,
    only_where,
    possible,
    without_open,
)
from floorwalker.sources.csv_files.times import SECOND
from floorwalker.sources.csv_files.zones import Instants

Columns = dict[str, pa.Array]


@dataclass(frozen=True)
class Course:
    """How each contact went: its instants, the seconds of its stages, and who was part of it."""

    entered: Instants
    answered: Instants
    left: Instants
    wrapped: Instants
    wait: np.ndarray
    talk: np.ndarray
    hold: np.ndarray
    wrap_up: np.ndarray
    connected: np.ndarray
    handled: np.ndarray


def contact_rows(page: PageReader) -> tuple[dict[str, pa.Table], np.ndarray]:
    """Rows of `contact`, `segment` and `survey` for the rows of a page that can be used, and which those are."""
    ids = page.ids()
    outcome = page.code("outcome")
    work = work_columns(page)
    entered = page.begin()
    demand_time(page, entered.known, page.mapping.fields["entered"].columns)
    _demand_outcome(page, outcome)
    outcome = _without_nobody(page, outcome)
    course = _course(page, entered, outcome, work["channel"])
    parts = {
        CONTACT: _contact(page, ids, outcome, work, course),
        SEGMENT: _segment(page, ids, work, course),
        SURVEY: _survey(page, ids, work, course),
    }
    flags = page.problems.flag_lists()
    used = ~page.problems.rejected
    return {
        table.name: _rows(table, {**columns, "flags": flags}, used & where) for table, (columns, where) in parts.items()
    }, used


def work_columns(page: PageReader) -> Columns:
    """What every row about work may be split by."""
    columns = {
        "queue": page.text("queue"),
        "channel": page.code("channel"),
        "direction": page.code("direction"),
        "reason": page.text("reason"),
        "disposition": page.text("disposition"),
        "team": page.text("team"),
    }
    attributes = page.attributes()
    return columns if attributes is None else {**columns, "attributes": attributes}


def demand_time(page: PageReader, known: np.ndarray, columns: tuple[str, ...]) -> None:
    """Reject the rows that do not say when they began."""
    named = " and ".join(map(repr, columns))
    page.problems.reject(
        ~known,
        "no time",
        lambda row: f"nothing in column {named}",
        "when it began",
        "complete the row, or map another column",
    )


def _demand_outcome(page: PageReader, outcome: pa.Array) -> None:
    page.problems.reject(
        np.asarray(pc.is_null(outcome)),
        "no outcome",
        lambda row: "an empty cell",
        "whether it was answered or abandoned",
        "say under columns.outcome what `empty:` means",
    )


def _without_nobody(page: PageReader, outcome: pa.Array) -> pa.Array:
    """Contacts said to be answered, of which the file names no agent and no talk though it has both: they left otherwise."""
    lengths = [page.seconds(name) for name in ("talk", "handle") if name in page.mapping.fields]
    if "agent" not in page.mapping.fields or not lengths:
        return outcome
    silent = np.logical_and.reduce([np.nan_to_num(length) == 0 for length in lengths])
    alone = is_word(outcome, Outcome.ANSWERED) & silent & np.asarray(pc.is_null(page.text("agent")))
    page.problems.flag(alone, "answered_by_nobody")
    return (
        pc.replace_with_mask(outcome, pa.array(alone), pa.scalar(str(Outcome.FLOWED_OUT), TEXT))
        if alone.any()
        else outcome
    )


def _course(page: PageReader, entered: Instants, outcome: pa.Array, channel: pa.Array) -> Course:
    connected = is_word(outcome, Outcome.ANSWERED, IN_PROGRESS)
    handled = is_word(outcome, Outcome.ANSWERED)
    given = page.instants("answered", entered)
    early = came_before(given, entered)
    page.problems.flag(early, "answered_before_entered")
    said = possible(given, early, entered)
    wait = _wait(page.seconds("wait"), entered, said)
    answered = _where(_or(said, _later(entered, wait), ~early), connected)
    ended = _ended(page, entered, answered)
    call = is_word(channel, Channel.VOICE) & _only_calls(page)
    wait = _until_hung_up(wait, entered, ended, call & is_word(outcome, Outcome.ABANDONED))
    talk, hold, wrap_up = _stages(page, answered, ended, call)
    page.problems.flag((talk > 0) & ~connected, "talk_without_answer")
    spoken = _later(answered, talk + np.nan_to_num(hold))
    given_up = _where(_later(entered, wait), ~connected)
    left = _where(_or(_or(ended, spoken), given_up), handled | ~connected)
    wrapped = _later(left, np.nan_to_num(wrap_up))
    return Course(entered, answered, left, wrapped, wait, talk, hold, wrap_up, connected, handled)


def _wait(given: np.ndarray, entered: Instants, answered: Instants) -> np.ndarray:
    """The wait that the file states, else the time from entry to answer where both have a time of day."""
    exact = entered.known & answered.known & ~entered.day_only & ~answered.day_only
    between = np.where(exact, (answered.micros - entered.micros) / SECOND, np.nan)
    return np.where(np.isnan(given), between, given)


def _until_hung_up(wait: np.ndarray, entered: Instants, ended: Instants, hung_up: np.ndarray) -> np.ndarray:
    """The wait of an abandoned call is the time until its end, where the file does not state it."""
    exact = hung_up & entered.known & ended.known & ~entered.day_only & ~ended.day_only
    return np.where(np.isnan(wait) & exact, (ended.micros - entered.micros) / SECOND, wait)


def _ended(page: PageReader, entered: Instants, answered: Instants) -> Instants:
    ended = page.instants("ended", entered)
    before_entry = came_before(ended, entered)
    before_answer = came_before(ended, answered) & ~before_entry
    page.problems.flag(before_entry, "ended_before_entered")
    page.problems.flag(before_answer, "ended_before_answered")
    return possible(ended, before_entry | before_answer, entered, answered)


def _only_calls(page: PageReader) -> bool:
    """Whether every row is a call: a ticket about one that came by phone is solved days after it was answered."""
    channel = page.mapping.fields.get("channel")
    return channel is None or set(channel.values.values()) <= {str(Channel.VOICE)}


def _stages(
    page: PageReader, answered: Instants, ended: Instants, call: np.ndarray
) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Talk, hold and wrap-up; what one figure for all of them leaves over is talk, or wrap-up where talk is known."""
    talk, hold, wrap_up, handle = (page.seconds(name) for name in ("talk", "hold", "wrap_up", "handle"))
    held = np.nan_to_num(hold)
    rest = np.maximum(handle - held - np.nan_to_num(talk), 0)
    wrap_up = np.where(np.isnan(wrap_up) & ~np.isnan(talk), rest, wrap_up)
    talk = np.where(np.isnan(talk), np.maximum(handle - held - np.nan_to_num(wrap_up), 0), talk)
    exact = call & answered.known & ended.known & ~answered.day_only & ~ended.day_only
    between = np.where(exact, np.maximum((ended.micros - answered.micros) / SECOND - held, 0), np.nan)
    return np.where(np.isnan(talk), between, talk), hold, wrap_up


def _contact(
    page: PageReader, ids: pa.Array, outcome: pa.Array, work: Columns, course: Course
) -> tuple[Columns, np.ndarray]:
    agent = page.text("agent")
    by = only_where(agent, course.connected)
    of = only_where(agent, course.handled)
    chain = page.text("chain")
    columns = {
        "contact_id": ids,
        "chain_id": chain,
        "first_in_chain": only_where(pa.repeat(pa.scalar(True), page.count), np.asarray(pc.is_null(chain))),
        **work,
        "customer": page.text("customer"),
        "entered_at": instant_array(course.entered),
        "answered_at": instant_array(course.answered),
        "ended_at": instant_array(course.left),
        "wait_seconds": number_array(course.wait),
        "outcome": pc.replace_with_mask(
            without_open(outcome), pa.array(is_word(outcome, IN_PROGRESS)), pa.scalar(str(Outcome.ANSWERED), TEXT)
        ),
        "answered_by": by,
        "first_agent": of,
        "last_agent": of,
        "handled": pa.array(course.handled),
        "resolved": only_where(page.yes("resolved"), course.connected),
        "promised_callback": page.yes("promised_callback"),
    }
    return columns, np.ones(page.count, bool)


def _segment(page: PageReader, ids: pa.Array, work: Columns, course: Course) -> tuple[Columns, np.ndarray]:
    columns = {
        "segment_id": ids,
        "contact_id": ids,
        "agent": page.text("agent"),
        **work,
        "entered_at": instant_array(course.entered),
        "answered_at": instant_array(course.answered),
        "ended_at": instant_array(course.left),
        "wrapped_at": instant_array(course.wrapped),
        "ring_seconds": number_array(page.seconds("ring")),
        "talk_seconds": number_array(course.talk),
        "hold_seconds": number_array(course.hold),
        "wrap_up_seconds": number_array(course.wrap_up),
        "handled": pa.array(course.handled),
        "transferred_out": page.yes("transferred"),
        "ended_by": page.code("ended_by"),
    }
    return columns, course.connected


def _survey(page: PageReader, ids: pa.Array, work: Columns, course: Course) -> tuple[Columns, np.ndarray]:
    columns, has_answer, invited = survey_columns(page, course.entered)
    columns |= {
        "survey_id": ids,
        "contact_id": ids,
        "agent": only_where(page.text("agent"), course.connected),
        **work,
        "contact_at": instant_array(course.entered),
    }
    return columns, has_answer | invited


def survey_columns(page: PageReader, contact_at: Instants) -> tuple[Columns, np.ndarray, np.ndarray]:
    """What a row says of its survey, whether it was answered, and whether it was sent."""
    score, has_answer = page.score()
    invited = page.instants("survey_invited", contact_at)
    closes = page.instants("survey_closes", contact_at)
    given = page.instants("survey_answered", contact_at)
    before_contact = came_before(given, contact_at)
    before_invited = came_before(given, invited) & ~before_contact
    page.problems.flag(before_contact, "survey_answered_before_contact")
    page.problems.flag(before_invited, "survey_answered_before_invited")
    answered = possible(given, before_contact | before_invited, contact_at, invited)
    part = page.mapping.fields.get("score")
    worst, best = part.scale if part is not None and part.scale is not None else (None, None)
    columns = {
        "customer": page.text("customer"),
        "invited_at": instant_array(invited),
        "answered_at": instant_array(answered),
        "closes_at": instant_array(closes),
        "score": number_array(score),
        "scale_least": pa.repeat(pa.scalar(worst, pa.float64()), page.count),
        "scale_most": pa.repeat(pa.scalar(best, pa.float64()), page.count),
        "question": page.text("question"),
    }
    return columns, has_answer, invited.known


def _rows(table: Table, columns: Columns, where: np.ndarray) -> pa.Table:
    return named_rows(table, columns).filter(pa.array(where))


def named_rows(table: Table, columns: Columns) -> pa.Table:
    """A table of the columns that are given, in the order and types of the fact table's named schema."""
    fields = [field for field in table.named_schema if field.name in columns]
    return pa.table([columns[field.name].cast(field.type) for field in fields], schema=pa.schema(fields))


def _later(instants: Instants, seconds: np.ndarray) -> Instants:
    """So many seconds later; unknown where either is."""
    known = instants.known & ~np.isnan(seconds) & ~instants.day_only
    micros = instants.micros + np.where(known, np.nan_to_num(seconds) * SECOND, 0).astype(np.int64)
    return Instants(micros, known, instants.twice, instants.never, instants.day_only)


def _or(first: Instants, second: Instants, allowed: np.ndarray | None = None) -> Instants:
    """The first where it is known, else the second (where that is allowed)."""
    known = first.known | (second.known if allowed is None else second.known & allowed)
    day_only = np.where(first.known, first.day_only, second.day_only)
    micros = np.where(first.known, first.micros, second.micros)
    return Instants(micros, known, first.twice, first.never, day_only)


def _where(instants: Instants, where: np.ndarray) -> Instants:
    return Instants(instants.micros, instants.known & where, instants.twice, instants.never, instants.day_only)
