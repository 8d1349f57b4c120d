"""Which facts follow from the kept events of the calls and agents that a load touched?

Events are kept, so order, overlap and repetition cannot matter: for every call with a new event, contacts, segments and
alerts are derived again from all events known of it; for every agent with a new event, the time line (`timelines.py`).
Work goes by days of calls, so memory stays bounded. The SQL is the source's own (`Source.derive`), over these relations:

event           all known events of the touched calls of the batch (the columns of CALL_COLUMNS)
system_event    events that belong to no call and no agent (restarts), to a week after the batch

A call whose id tells when it was created lies on one day (`call_at`). Other calls are *loose*: they lie on the day of
their first event and last into the next day at most. Their ids may be used again: on days that follow on each other
every second begins another call, and each goes by its id and its day (`id@day`), so that it has keys of its own.
"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from datetime import date, timedelta

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.facts.engine import Engine, sql_text
from floorwalker.facts.merge import Counts, Merge, batches_of_days
from floorwalker.facts.relations import DAY
from floorwalker.facts.tables import ALERT, CONTACT, SEGMENT, SOURCE_EVENT, Table

SYSTEM_REACH = timedelta(days=7)
ONE_DAY = timedelta(days=1)
CALLS_PER_BATCH = 100_000
CALL_TABLES = (CONTACT, SEGMENT, ALERT)
# A row derived from a call can lie on the day before the call's own day, or some days after it.
NEIGHBOURS = tuple(timedelta(days=shift) for shift in range(-1, 4))

# From a loose call's day to those on which another of the same id may have rows on the same days.
LOOSE_REACH = tuple(timedelta(days=shift) for shift in range(-6, 7))

# What the derivation of calls asks of an event.
CALL_COLUMNS = (
    "event_key, happened_at, event, event_rank, queue_key, identity_key, customer_key, hold_seconds, "
    "talk_seconds, ring_seconds, position, detail, line"
)

# What a restart of the system cut: a stretch from {0} to {1}, or still open.
SPANS_RESTART = "exists (from new_restart as r where {0} < r.happened_at and coalesce({1} >= r.happened_at, true))"


def _name_of(call_id: str, day: str, loose: str) -> str:
    """SQL for what a call goes by: an id that may be used again tells nothing without the day."""
    return f"case when {loose} then {call_id} || '@' || ({day})::varchar else {call_id} end"


Stamp = Callable[[Table, str], None]
Progress = Callable[[float, str], None]


@dataclass
class Replay:
    """One load's replay: `take` keeps events page by page, `derive` makes the facts that follow from them.

    `stamp(table, query)` adds the query's rows to `staged_<table>` with their site-local day.
    """

    merge: Merge
    prepare: Mapping[str, str]
    derivation: Mapping[str, str]
    source: str
    origin: str
    stamp: Stamp
    progress: Progress

    def __post_init__(self) -> None:
        self.engine.run("create or replace table touched_call (call_id varchar, call_day date, loose boolean)")
        self.engine.run("create or replace table touched_agent (identity_key blob, from_day date)")
        self.engine.run("create or replace table flagged (event_key blob, line bigint, code varchar)")
        self.engine.run("create or replace table new_restart (happened_at timestamptz)")

    @property
    def engine(self) -> Engine:
        """The staging area's engine: everything here happens beside the staged rows."""
        return self.merge.staging.engine

    @property
    def mine(self) -> str:
        """The condition that a row came from this source and origin."""
        return f"source = {sql_text(self.source)} and origin = {sql_text(self.origin)}"

    # events: kept as they come, so that everything later reads one place

    def take(self, events: pa.Table) -> Counts:
        """Keep those events of a page that are not known yet, and note the calls and agents that they touch."""
        new = self._not_yet_known(events)
        if new.num_rows:
            self.merge.append_new(SOURCE_EVENT, new)
            self._touch(new)
        return Counts(produced=events.num_rows, new=new.num_rows, unchanged=events.num_rows - new.num_rows)

    def _not_yet_known(self, events: pa.Table) -> pa.Table:
        """Without the events that the lake holds, and each repeated one once."""
        held = self.merge.snapshot.relation_of_days(SOURCE_EVENT.name, pc.unique(events[DAY]).to_pylist())
        known = self.engine.sql(
            f"""with repeated as (select event_key, min(place) as place from arriving group by event_key having count(*) > 1)
            select place from arriving where event_key in (select event_key from {held} as held)
            union select a.place from arriving as a join repeated as r on a.event_key = r.event_key and a.place > r.place""",
            arriving=pa.table({"event_key": events["event_key"], "place": np.arange(events.num_rows)}),
        )
        if known.num_rows == 0:
            return events
        mask = np.ones(events.num_rows, dtype=bool)
        mask[known["place"].to_numpy()] = False
        return events.filter(pa.array(mask))

    def _touch(self, new: pa.Table) -> None:
        self.engine.run(
            f"""insert into touched_call select distinct call_id, {DAY}, call_at is null
            from new_event where call_id is not null""",
            new_event=new,
        )
        self.engine.run(
            f"""insert into touched_agent select identity_key, min({DAY}) from new_event
            where identity_key is not null group by 1""",
            new_event=new,
        )
        self.engine.run(
            "insert into new_restart select happened_at from new_event where call_id is null and identity_key is null",
            new_event=new,
        )

    def derive_calls(self) -> None:
        """Derive into `staged_*` the facts of all touched calls."""
        self._touch_calls_cut_by_restarts()
        self.engine.run("create or replace table touched_call as select distinct * from touched_call")
        self._place_loose_calls()
        self._derive_calls()

    def _touch_calls_cut_by_restarts(self) -> None:
        """Calls that were under way when a newly learnt restart happened are derived again."""
        row = self.engine.rows("select min(happened_at) as a, max(happened_at) as b from new_restart")[0]
        if row["a"] is None or "contact" not in self.merge.current.tables:
            return
        first, last = (row["a"] - SYSTEM_REACH).date(), row["b"].date() + ONE_DAY
        contacts = self.merge.snapshot.relation("contact", first, last)
        events = self.merge.snapshot.relation("source_event", first - ONE_DAY, last)
        self.engine.run(
            f"""create or replace table cut_chain as select distinct chain_key from {contacts} as c
            where {self.mine} and {SPANS_RESTART.format("c.entered_at", "c.ended_at")}"""
        )
        names = ("call_id", *(_name_of("call_id", day, "call_at is null") for day in (DAY, f"{DAY} - 1")))
        cut = " or ".join(f"fact_key(source, origin, 'chain', {name}) in (from cut_chain)" for name in names)
        self.engine.run(
            f"""insert into touched_call select distinct call_id, {DAY}, call_at is null from {events} as e
            where {self.mine} and call_id is not null and ({cut})"""
        )

    def _place_loose_calls(self) -> None:
        """A loose call lies on the day of its first event, which an earlier load may have brought.

        Where calls of one id are so near that their rows can lie on the same days, they are derived again together.
        """
        touched = self.engine.rows("select distinct call_day as d from touched_call where loose")
        if not touched:
            return
        self.engine.run("create or replace table loose_day (call_id varchar, day date)")
        looked: set[date] = set()
        found = {row["d"] for row in touched}
        while new := {day + shift for day in found for shift in LOOSE_REACH} - looked:
            looked |= new
            events = self.merge.snapshot.relation_of_days("source_event", new)
            self.engine.run(
                f"""insert into loose_day select distinct call_id, {DAY} from {events} as e
                where {self.mine} and call_at is null and call_id in (select call_id from touched_call where loose)"""
            )
            found = {row["d"] for row in self.engine.rows("select distinct day as d from loose_day")}
        self.engine.run(
            """create or replace table touched_call as
            from touched_call where not loose
            union all
            select distinct call_id, day - ((day - min(day) over (partition by call_id, stretch)) % 2)::int, true from (
              select *, day - row_number() over (partition by call_id order by day)::int as stretch from loose_day
            )"""
        )

    # calls

    def _derive_calls(self) -> None:
        sizes = self._sizes("touched_call", "call_day")
        done, total = 0, max(1, sum(sizes.values()))
        for days in batches_of_days(sorted(sizes), sizes, limit=CALLS_PER_BATCH):
            self._select_events(days[0], days[-1])
            for name, query in self.prepare.items():
                self.engine.run(f"create or replace table {name} as {query}")
            for table in CALL_TABLES:
                self.stamp(table, self.derivation[table.name])
            self.engine.run(f"insert into flagged {self.derivation['flag']}")
            done += sum(sizes[day] for day in days)
            self.progress(done / total, "deriving contacts")

    def _select_events(self, first: date, last: date) -> None:
        events = self.merge.snapshot.relation("source_event", first, last + ONE_DAY)
        self.engine.run(
            f"""create or replace table event as
            select {_name_of("t.call_id", "t.call_day", "t.loose")} as call_id, {CALL_COLUMNS} from {events} as e
            join touched_call as t on e.call_id = t.call_id
              and t.call_day between '{first}' and '{last}'
              and case when t.loose then e.call_at is null and e.{DAY} - t.call_day in (0, 1) else e.{DAY} = t.call_day end
            where {self.mine}"""
        )
        later = self.merge.snapshot.relation("source_event", first, last + SYSTEM_REACH)
        self.engine.run(
            f"""create or replace table system_event as select event, happened_at from {later} as e
            where {self.mine} and call_id is null and identity_key is null"""
        )

    # earlier rows of the touched calls, to be replaced or gone

    def call_window(self) -> list[date]:
        """The days on which rows of the touched calls can lie."""
        days = [row["d"] for row in self.engine.rows("select distinct call_day as d from touched_call")]
        return sorted({day + shift for day in days for shift in NEIGHBOURS})

    def find_gone(self) -> None:
        """Tables `gone_*`: earlier rows of touched calls that no longer follow from the events."""
        window = self.call_window()
        snapshot = self.merge.snapshot
        contacts = snapshot.relation_of_days("contact", window)
        chain = f"fact_key({sql_text(self.source)}, {sql_text(self.origin)}, 'chain', name)"
        self.engine.run(
            f"""create or replace table earlier_contact as select * from {contacts} as c
            where {self.mine} and chain_key in (select {chain} from (
              select {_name_of("call_id", "call_day", "loose")} as name from touched_call
              -- A loose call may have gone by a later day, until its first was known, or by its id alone in an older lake.
              union all select unnest([call_id, call_id || '@' || (call_day + 1)::varchar]) from touched_call where loose
            ))"""
        )
        for table in CALL_TABLES:
            held = "earlier_contact" if table is CONTACT else snapshot.relation_of_days(table.name, window)
            of_calls = "" if table is CONTACT else "and contact_key in (select contact_key from earlier_contact)"
            self.engine.run(
                f"""create or replace table gone_{table.name} as select * from {held} as held
                where {table.key} not in (select {table.key} from fresh_{table.name}) {of_calls}"""
            )

    def _sizes(self, table: str, day: str) -> dict[date, int]:
        rows = self.engine.rows(f"select {day} as d, count(*) as n from {table} group by 1 order by 1")
        return {row["d"]: row["n"] for row in rows}
