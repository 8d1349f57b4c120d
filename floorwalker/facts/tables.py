"""Which fact tables are there, what is one row of each, and in what units are its columns?

A source hands in *named* rows: the columns below with `given` set, where people, queues, teams and customers appear as
the source writes them (text). The lake holds *keyed* rows: the same columns, those names turned into 16-byte keys, and
the columns that `ingest` and `derive` add. Names never reach the lake.

How a column's name differs between the two forms is `Column.given` (the name in the source's rows); `refers_to` says
what the key stands for. `UTC` instants, seconds, shares from 0 to 1 and site-local days throughout.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import pyarrow as pa

KEY = pa.binary()
INSTANT = pa.timestamp("us", tz="UTC")
DAY_TYPE = pa.date32()
TEXT = pa.string()
ATTRIBUTES = pa.map_(pa.string(), pa.string())
CRITERIA = pa.map_(pa.string(), pa.float64())
FLAGS = pa.list_(pa.string())


class Refers(StrEnum):
    """What a key column stands for; each kind has its own way from the source's text to a key."""

    SELF = "self"
    SITE = "site"
    CONTACT = "contact"
    CHAIN = "chain"
    AGENT = "agent"
    QUEUE = "queue"
    TEAM = "team"
    CUSTOMER = "customer"
    EVALUATOR = "evaluator"


class Outcome(StrEnum):
    """How a contact left its queue; null while the customer still waits."""

    ANSWERED = "answered"
    ABANDONED = "abandoned"
    FLOWED_OUT = "flowed_out"
    CALLBACK_TAKEN = "callback_taken"
    VOICEMAIL = "voicemail"
    SELF_SERVED = "self_served"
    FAILED = "failed"


class Channel(StrEnum):
    """The channels that a contact may use."""

    VOICE = "voice"
    EMAIL = "email"
    CHAT = "chat"
    MESSAGING = "messaging"
    SOCIAL = "social"
    CALLBACK = "callback"
    TASK = "task"


class Direction(StrEnum):
    """Who began the contact."""

    INBOUND = "inbound"
    OUTBOUND = "outbound"
    INTERNAL = "internal"


class AlertOutcome(StrEnum):
    """How one ringing of one agent ended."""

    ANSWERED = "answered"
    NO_ANSWER = "no_answer"
    CALLER_GAVE_UP = "caller_gave_up"


class Purpose(StrEnum):
    """What an evaluation is for; only official ones are figures about a person."""

    OFFICIAL = "official"
    COACHING = "coaching"
    SELF = "self"
    PEER = "peer"
    CALIBRATION = "calibration"


class Selection(StrEnum):
    """How the contact of an evaluation was chosen; only what chance chose speaks for the others."""

    RANDOM = "random"
    TARGETED = "targeted"


class StateClass(StrEnum):
    """The classes of an agent's time."""

    PRODUCTIVE_CONTACT = "productive_contact"
    AVAILABLE = "available"
    AUX_WORK = "aux_work"
    BREAK = "break"
    SYSTEM_FAULT = "system_fault"
    OFFLINE = "offline"


@dataclass(frozen=True)
class Column:
    """One column: its type in the lake, its meaning with unit, and the name under which a source gives it.

    given: the name in a source's rows; None when no source gives it. A column with `refers_to` is text there.
    Tables of which no column is given, but what every row carries, hold records of work alone (`jobs/records.py`).
    derived: written by `facts/derive.py` from several rows; never compared when a row arrives again.
    """

    name: str
    type: pa.DataType
    meaning: str
    given: str | None = None
    refers_to: Refers | None = None
    derived: bool = False

    @property
    def given_type(self) -> pa.DataType:
        """The type in a source's rows."""
        return TEXT if self.refers_to is not None else self.type


@dataclass(frozen=True)
class Table:
    """One fact table: its grain, its key, the instant that sets its day, and its columns."""

    name: str
    grain: str
    day_from: str
    columns: tuple[Column, ...]

    @property
    def key(self) -> str:
        """The name of the key column."""
        return self.columns[0].name

    @property
    def column_names(self) -> tuple[str, ...]:
        """All columns in the lake's order."""
        return tuple(column.name for column in self.columns)

    @property
    def given(self) -> tuple[Column, ...]:
        """The columns that a source hands in."""
        return tuple(column for column in self.columns if column.given is not None)

    @property
    def named_schema(self) -> pa.Schema:
        """The schema of a source's rows."""
        return pa.schema([pa.field(c.given, c.given_type) for c in self.given if c.given is not None])

    @property
    def schema(self) -> pa.Schema:
        """The schema in the lake."""
        return pa.schema([pa.field(c.name, c.type) for c in self.columns])

    def column(self, name: str) -> Column:
        """The column of that name."""
        return next(column for column in self.columns if column.name == name)


def _given(name: str, type: pa.DataType, meaning: str) -> Column:
    return Column(name, type, meaning, given=name)


def _key(name: str, given: str, refers_to: Refers, meaning: str) -> Column:
    return Column(name, KEY, meaning, given=given, refers_to=refers_to)


# Columns that `ingest` stamps on every row. `local_day` comes last: it is the partition.
STAMP = (
    Column("source", TEXT, "which connector read it"),
    Column("origin", TEXT, "which system it came from (--set origin=...; the site's code by default)"),
    _key("site_key", "site", Refers.SITE, "the site; its zone sets the local day"),
    _given("flags", FLAGS, "data-quality flags: well formed but impossible; the impossible part is empty"),
    _given("version", pa.int64(), "the source's own version of the row, greater is newer; null where it has none"),
    Column("load_id", TEXT, "the load that wrote this row"),
    Column("local_minute", pa.int16(), "minute of the site's local day, 0 to 1439"),
    Column("local_day", pa.date32(), "the site's local day; the partition"),
)

# What every row about work may be split by.
WORK = (
    _key("queue_key", "queue", Refers.QUEUE, "the queue; null for contacts outside any queue"),
    _given("channel", TEXT, "voice, email, chat, messaging, social, callback or task"),
    _given("direction", TEXT, "inbound, outbound or internal"),
    _given("reason", TEXT, "contact reason, known before the agent acts"),
    _given("disposition", TEXT, "contact reason or result set by the agent"),
    _key("observed_team_key", "team", Refers.TEAM, "the team that this row itself states"),
    _given("attributes", ATTRIBUTES, "up to eight further columns of a mapping"),
)

CONTACT = Table(
    name="contact",
    grain="one visit of one customer to one queue, or one ticket, or one chat",
    day_from="entered_at",
    columns=(
        _key("contact_key", "contact_id", Refers.CONTACT, "the contact"),
        _key(
            "chain_key",
            "chain_id",
            Refers.CHAIN,
            "ties visits, transfers and callbacks of one call; the contact's own id when empty",
        ),
        _given("first_in_chain", pa.bool_(), "true on one contact of a chain, so that customers' calls add up"),
        *WORK,
        _key(
            "customer_key",
            "customer",
            Refers.CUSTOMER,
            "keyed hash of the customer's number or address; null when unknown",
        ),
        _given("entered_at", INSTANT, "queue entry, or creation for asynchronous channels"),
        _given("answered_at", INSTANT, "connected to an agent"),
        _given("ended_at", INSTANT, "left by everybody; null while the contact is open"),
        _given("wait_seconds", pa.float64(), "from queue entry to answer, or to leaving the queue unanswered"),
        _given("outcome", TEXT, "how it left the queue (Outcome); null while waiting"),
        _key("answered_by", "answered_by", Refers.AGENT, "the agent who answered"),
        _key("first_agent", "first_agent", Refers.AGENT, "the agent of its first handled segment"),
        _key("last_agent", "last_agent", Refers.AGENT, "the agent of its last handled segment"),
        _given("handled", pa.bool_(), "some agent's part has ended"),
        _given("resolved", pa.bool_(), "the agent's own flag; null where the source has none"),
        _given(
            "promised_callback", pa.bool_(), "the centre calls back as promised: neither a first nor a repeat contact"
        ),
        _given("incomplete", pa.bool_(), "rebuilt from fragments; completed when the rest arrives"),
        Column(
            "next_same_reason_seconds",
            pa.int64(),
            "to the customer's next contact on the same reason, within 28 days",
            derived=True,
        ),
        Column(
            "previous_same_reason_seconds",
            pa.int64(),
            "since the previous one on the same reason, within 28 days",
            derived=True,
        ),
        Column(
            "first_handled_in_chain",
            pa.bool_(),
            "whether it is the first handled one of its chain; null where the chain is one contact",
            derived=True,
        ),
        Column("next_any_reason_seconds", pa.int64(), "to the customer's next contact, within 28 days", derived=True),
        Column(
            "previous_any_reason_seconds",
            pa.int64(),
            "since the customer's previous contact, within 28 days",
            derived=True,
        ),
        *STAMP,
    ),
)

SEGMENT = Table(
    name="segment",
    grain="one agent's part of a contact, with talk; an agent who never talked has none",
    day_from="entered_at",
    columns=(
        _key("segment_key", "segment_id", Refers.SELF, "the segment"),
        _key("contact_key", "contact_id", Refers.CONTACT, "its contact"),
        _key("identity_key", "agent", Refers.AGENT, "the agent as the source knows her or him"),
        *WORK,
        _given("entered_at", INSTANT, "the contact's queue entry: sets the day"),
        _given("answered_at", INSTANT, "the agent and the customer were connected"),
        _given("ended_at", INSTANT, "the conversation ended for this agent; null while it lasts"),
        _given("wrapped_at", INSTANT, "wrap-up ended; the end of the conversation where there is none"),
        _given("ring_seconds", pa.float64(), "ringing before this agent answered"),
        _given("talk_seconds", pa.float64(), "talking"),
        _given("hold_seconds", pa.float64(), "customer on hold; null where the source does not tell it from talk"),
        _given("wrap_up_seconds", pa.float64(), "work after the conversation; null where the source has none"),
        _given("handled", pa.bool_(), "the agent's part has ended"),
        _given("transferred_out", pa.bool_(), "the agent passed the contact on"),
        _given("ended_by", TEXT, "agent, customer, transfer or system"),
        _given("incomplete", pa.bool_(), "rebuilt from fragments"),
        *STAMP,
    ),
)

ALERT = Table(
    name="alert",
    grain="one ringing of one agent",
    day_from="rang_at",
    columns=(
        _key("alert_key", "alert_id", Refers.SELF, "the ringing"),
        _key("contact_key", "contact_id", Refers.CONTACT, "the contact that rang"),
        _key("identity_key", "agent", Refers.AGENT, "the agent who was rung"),
        *WORK,
        _given("rang_at", INSTANT, "the end of the ringing"),
        _given("ring_seconds", pa.float64(), "how long it rang"),
        _given("outcome", TEXT, "answered, no_answer or caller_gave_up (AlertOutcome)"),
        *STAMP,
    ),
)

STATE_INTERVAL = Table(
    name="state_interval",
    grain="one stretch of one agent's time in one state, split at the site's midnight",
    day_from="started_at",
    columns=(
        _key("state_key", "state_id", Refers.SELF, "the stretch"),
        _key("identity_key", "agent", Refers.AGENT, "the agent"),
        _key("observed_team_key", "team", Refers.TEAM, "the team that this row itself states"),
        _given("state", TEXT, "class of the time (StateClass)"),
        _given("detail", TEXT, "the source's own code for it, such as a pause reason"),
        _given("started_at", INSTANT, "began"),
        _given("ended_at", INSTANT, "ended; null while it lasts"),
        _given("seconds", pa.float64(), "its length; null while it lasts"),
        _given("handled_count", pa.int32(), "contacts whose handling by this agent ended within it"),
        *STAMP,
    ),
)

SURVEY = Table(
    name="survey",
    grain="one invitation to, or one answer of, a satisfaction survey",
    day_from="contact_at",
    columns=(
        _key("survey_key", "survey_id", Refers.SELF, "the survey"),
        _key("contact_key", "contact_id", Refers.CONTACT, "its contact, where known"),
        _key("identity_key", "agent", Refers.AGENT, "the agent whom it concerns, fixed when it was sent"),
        *WORK,
        _key("customer_key", "customer", Refers.CUSTOMER, "keyed hash of the customer"),
        _given("contact_at", INSTANT, "the contact's queue entry, else the answer: sets the day"),
        _given("invited_at", INSTANT, "sent to the customer; null where the source lists answers only"),
        _given("answered_at", INSTANT, "answered; null while it is not"),
        _given("closes_at", INSTANT, "no longer answerable after this; null where unknown"),
        _given("score", pa.float64(), "the answer on its own scale"),
        _given("scale_least", pa.float64(), "worst answer of the scale"),
        _given("scale_most", pa.float64(), "best answer of the scale"),
        _given(
            "question",
            TEXT,
            "code of the question; nps, ces and resolved have measures of their own, any other is satisfaction",
        ),
        _given(
            "first_in_survey",
            pa.bool_(),
            "true on one row of an invitation to several questions, so that invitations add up; null: it has one row",
        ),
        *STAMP,
    ),
)

EVALUATION = Table(
    name="evaluation",
    grain="one evaluation of one agent's part of a contact by one evaluator, as it stands after appeals",
    day_from="contact_at",
    columns=(
        _key("evaluation_key", "evaluation_id", Refers.SELF, "the evaluation"),
        _key("contact_key", "contact_id", Refers.CONTACT, "its contact, where known"),
        _key("identity_key", "agent", Refers.AGENT, "the agent whose work was evaluated"),
        _key("evaluator_key", "evaluator", Refers.EVALUATOR, "who evaluated"),
        *WORK,
        _given("contact_at", INSTANT, "the contact's queue entry, else the evaluation: sets the day"),
        _given("evaluated_at", INSTANT, "finished by the evaluator"),
        _given("released_at", INSTANT, "shown to the agent; null while it is not"),
        _given("acknowledged_at", INSTANT, "read by the agent, in the agent's own word; null while it is not"),
        _given("form", TEXT, "code of the form"),
        _given("form_version", TEXT, "version of the form"),
        _given("purpose", TEXT, "official, coaching, self, peer or calibration (Purpose)"),
        _given("selection", TEXT, "random or targeted (Selection)"),
        _given(
            "inclusion_probability", pa.float64(), "with which chance chose this contact, 0 to 1; null where unknown"
        ),
        _given("score", pa.float64(), "what counts, 0 to 1"),
        _given("score_before_fatal", pa.float64(), "before a fatal miss was counted, 0 to 1; null where unknown"),
        _given("fatal", pa.bool_(), "a fatal question was missed; null where the form has none"),
        _given("customer_defect", pa.bool_(), "something critical to the customer was missed; null as above"),
        _given("business_defect", pa.bool_(), "something critical to the business was missed; null as above"),
        _given("compliance_defect", pa.bool_(), "something critical to compliance was missed; null as above"),
        _given(
            "missed_complaint", pa.bool_(), "the customer complained and nobody noted it; null where not looked for"
        ),
        _given("vulnerable", pa.bool_(), "the customer was vulnerable; null where not looked for"),
        _given("disputed", pa.bool_(), "the agent appealed; null where nobody can"),
        _given("overturned", pa.bool_(), "the appeal changed it; null while not disputed or not yet decided"),
        _given(
            "criteria",
            CRITERIA,
            "by code of the question the share of what was possible, 0 to 1; no entry where it did not apply",
        ),
        *STAMP,
    ),
)

READING = Table(
    name="reading",
    grain="one person asked once to read one version of a standard: on publishing, and again with each refresher",
    day_from="asked_at",
    columns=(
        Column("reading_key", KEY, "the asking of that person", refers_to=Refers.SELF),
        Column("identity_key", KEY, "the agent who was asked; null for whoever leads and handles no contacts"),
        Column("observed_team_key", KEY, "always null: teams are those of the agent"),
        Column("standard", TEXT, "code of the standard"),
        Column("standard_version", TEXT, "version of the standard"),
        Column("asking", pa.int32(), "how often it was asked: 1 on publishing, then the refreshers"),
        Column("asked_at", INSTANT, "asked to read it"),
        Column("due_at", INSTANT, "the end of the day by which it was to be read"),
        Column("acknowledged_at", INSTANT, "read, in the person's own word; null while it is not"),
        Column("checked_at", INSTANT, "first try of the check of understanding; null where there is none, or none yet"),
        Column("answered", pa.int32(), "questions of the check that were answered at the first try; null as above"),
        Column("answered_right", pa.int32(), "how many of them were answered right at the first try; null as above"),
        *STAMP,
    ),
)

COMMITMENT = Table(
    name="commitment",
    grain="one thing that was to be done in the improvement loop: answered, held, kept, reached, reviewed, attended or done",
    day_from="begun_at",
    columns=(
        Column("commitment_key", KEY, "the commitment", refers_to=Refers.SELF),
        Column("identity_key", KEY, "the agent whom it concerns; null where it concerns a team or a process"),
        Column("observed_team_key", KEY, "always null: teams are those of the agent"),
        Column(
            "kind",
            TEXT,
            "feedback, session, promise, objective, training, coverage, effect, attendance, action, team_goal, review or cycle",
        ),
        Column("detail", TEXT, "what sort of it: source of feedback, kind of session, action or meeting; a code"),
        Column("measure", TEXT, "the measure that it was to move, where one was named"),
        Column("begun_at", INSTANT, "given, planned or agreed: sets the day"),
        Column("due_at", INSTANT, "by when it was to be done; null where no day was agreed"),
        Column("done_at", INSTANT, "done; null while it is not"),
        Column("outcome", TEXT, "what became of it, as a code; null while that is not known"),
        Column("minutes", pa.float64(), "how long it took, where that is kept"),
        *STAMP,
    ),
)

SOURCE_EVENT = Table(
    name="source_event",
    grain="one line of an event log, kept so that facts can be derived again",
    day_from="call_at",
    columns=(
        _key("event_key", "event_id", Refers.SELF, "digest of source, origin and line: identical lines are one event"),
        _given("call_id", TEXT, "the call as the log names it"),
        _given(
            "call_at", INSTANT, "when the call was created, else the event: sets the day, so that a call stays together"
        ),
        _given("happened_at", INSTANT, "when the event was written"),
        _given("event", TEXT, "the event's name"),
        _given("event_rank", pa.int16(), "order among events of one call in the same second"),
        _key("queue_key", "queue", Refers.QUEUE, "the queue"),
        _key("identity_key", "agent", Refers.AGENT, "the agent"),
        _key("customer_key", "customer", Refers.CUSTOMER, "keyed hash of the caller"),
        _given("hold_seconds", pa.float64(), "waited before the answer"),
        _given("talk_seconds", pa.float64(), "talked"),
        _given("ring_seconds", pa.float64(), "rang"),
        _given("position", pa.int32(), "place in the queue"),
        _given("detail", TEXT, "a code, such as a pause reason or kind of transfer; never a name"),
        _given("line", pa.int64(), "line of its file where it was first seen"),
        *STAMP,
    ),
)

FACTS: tuple[Table, ...] = (CONTACT, SEGMENT, ALERT, STATE_INTERVAL, SURVEY, EVALUATION, READING, COMMITMENT)
TABLES: dict[str, Table] = {table.name: table for table in (*FACTS, SOURCE_EVENT)}

SUPERSEDED = "_superseded"


def superseded_name(table: Table) -> str:
    """The table that keeps what corrections replaced."""
    return f"{table.name}{SUPERSEDED}"


def superseded_schema(table: Table) -> pa.Schema:
    """The table's own columns, and for how long and through which load the row was known."""
    return pa.schema([*table.schema, ("known_from", INSTANT), ("known_to", INSTANT), ("superseded_by", TEXT)])
