"""How do keyed rows become facts of the lake: taken as they are, or derived from the events that they are?"""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Protocol

import pyarrow as pa

from floorwalker.facts.derive import derive_repeats
from floorwalker.facts.engine import sql_text
from floorwalker.facts.keys import site_key
from floorwalker.facts.merge import Counts, Merge
from floorwalker.facts.replay import CALL_TABLES, Replay
from floorwalker.facts.snapshot import Snapshot
from floorwalker.facts.staging import Staging
from floorwalker.facts.tables import FACTS, STATE_INTERVAL, Table
from floorwalker.facts.timelines import TimeLines
from floorwalker.ingest.source import Flag, Site, Source

Progress = Callable[[float, str], None]
Flagged = tuple[str, Flag]


class Merging(Protocol):
    """Takes a load's rows page by page, and merges them when all are read."""

    def take(self, table: Table, rows: pa.Table, file: str) -> None:
        """One page of keyed rows of one table, from that file."""

    def finish(self, merge: Merge) -> dict[str, Counts]:
        """The balance of every table concerned."""

    def flagged(self) -> list[Flagged]:
        """Records that were used although part of them turned out to be impossible, each with its file."""


class RowMerging:
    """Rows that are facts already: staged, each key taken once, merged."""

    def __init__(self, staging: Staging, progress: Progress) -> None:
        self._staging = staging
        self._progress = progress

    def take(self, table: Table, rows: pa.Table, file: str) -> None:
        """Stage a page."""
        self._staging.add(table, rows)

    def finish(self, merge: Merge) -> dict[str, Counts]:
        """Merge table by table."""
        tables = [table for table in FACTS if self._staging.has_rows(f"staged_{table.name}")]
        facts = {
            table.name: self._take_each_key_once(table) + self._leave_out_older(table, merge.snapshot)
            for table in tables
        }
        derive_repeats(self._staging, merge.snapshot)
        for number, table in enumerate(tables):
            self._progress(number / len(tables), f"keeping {table.name}")
            facts[table.name] += merge.merge(table)
        return facts

    def flagged(self) -> list[Flagged]:
        """None: a source of rows flags while it maps."""
        return []

    def _take_each_key_once(self, table: Table) -> Counts:
        """Fill `fresh_<table>`; what repeats within the load is counted as known."""
        staged, key = f"staged_{table.name}", table.key
        repeated = f"(select {key} from {staged} group by {key} having count(*) > 1)"
        if self._staging.count(repeated) == 0:
            self._staging.freshen(table)
            return Counts()
        self._staging.freshen(
            table,
            f"from {staged} qualify row_number() over (partition by {key} order by version desc nulls last, arrival desc) = 1",
        )
        extra = self._staging.count(staged) - self._staging.count(f"fresh_{table.name}")
        return Counts(produced=extra, unchanged=extra)

    def _leave_out_older(self, table: Table, snapshot: Snapshot) -> Counts:
        """Rows of which the lake knows a newer version change nothing, and nothing may be derived from them."""
        fresh, key = f"fresh_{table.name}", table.key
        if (
            table.name not in snapshot.current.tables
            or self._staging.count(f"(from {fresh} where version is not null)") == 0
        ):
            return Counts()
        older = (
            f"(select f.{key} from {fresh} as f join {snapshot.relation(table.name)} as h on f.{key} = h.{key} "
            "where h.version > f.version)"
        )
        count = self._staging.count(older)
        if count:
            self._staging.freshen(table, f"from {fresh} where {key} not in {older}")
        return Counts(produced=count, unchanged=count)


class EventMerging:
    """Events of a log: kept as they come; the facts of all calls and agents that they touch are derived again."""

    def __init__(self, merge: Merge, source: Source, origin: str, site: Site, progress: Progress) -> None:
        self._merge = merge
        self._staging = merge.staging
        self._site = site
        self._meanings = source.flag_meanings
        self._progress = progress
        self._words = {":source": source.name, ":origin": origin, ":timezone": site.timezone}
        self._events = Counts()
        self._replay = Replay(
            merge=merge,
            prepare=self._settled(source.prepare),
            derivation=self._settled(source.derive),
            source=source.name,
            origin=origin,
            stamp=self._stamp,
            progress=progress,
        )

    def take(self, table: Table, rows: pa.Table, file: str) -> None:
        """Keep a page of events, and remember where each stood."""
        places = rows.select(["event_key", "line"]).append_column("file", pa.array([file] * rows.num_rows))
        self._staging.note("read_event", places)
        self._events += self._replay.take(rows)

    def finish(self, merge: Merge) -> dict[str, Counts]:
        """Derive and merge calls first, then time lines, which need them."""
        facts = {"source_event": self._events}
        self._replay.derive_calls()
        for table in CALL_TABLES:
            self._staging.freshen(table)
        self._replay.find_gone()
        window = sorted({*self._replay.call_window(), *derive_repeats(self._staging, merge.snapshot, gone=True)})
        for number, table in enumerate(CALL_TABLES):
            self._progress(number / len(CALL_TABLES), f"keeping {table.name}")
            facts[table.name] = merge.merge(table, window=window)
        lines = TimeLines(self._replay)
        days = lines.derive()
        if days:
            lines.find_gone(days)
            self._progress(0.9, "keeping state_interval")
            facts[STATE_INTERVAL.name] = merge.merge(STATE_INTERVAL, window=days)
        return facts

    def flagged(self) -> list[Flagged]:
        """Lines of this load that the derivation found impossible in part."""
        if self._staging.count("flagged") == 0:
            return []
        found = self._staging.engine.rows(
            "select r.file, min(r.line) as line, f.code from flagged as f join read_event as r "
            "on f.event_key = r.event_key group by f.event_key, r.file, f.code order by all"
        )
        return [(row["file"], Flag(row["line"], row["code"], self._meanings.get(row["code"], ""), "")) for row in found]

    def _settled(self, queries: Mapping[str, str]) -> dict[str, str]:
        """The source's queries with source, origin and time zone filled in."""

        def settled(query: str) -> str:
            for word, value in self._words.items():
                query = query.replace(word, sql_text(value))
            return query

        return {name: settled(query) for name, query in queries.items()}

    def _stamp(self, table: Table, query: str) -> None:
        """Add derived rows to the staged table, with source, site, load and the site's day and minute."""
        self._staging.add_query(
            table,
            f"""select * exclude (local_at), cast(local_at as date) as local_day,
              cast(60 * hour(local_at) + minute(local_at) as smallint) as local_minute,
              {sql_text(self._words[":source"])} as source, {sql_text(self._words[":origin"])} as origin,
              {sql_text(self._merge.load_id)} as load_id, from_hex('{site_key(self._site.code).hex()}') as site_key,
              0 as arrival
            from (select *, timezone({sql_text(self._site.timezone)}, {table.day_from}) as local_at from ({query}))""",
        )
