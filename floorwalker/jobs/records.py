"""How do records of work, such as answers to surveys, become facts? Each context hands over all that it has.

A context's `facts.records()` gives keyed rows by table, without the columns that are stamped here. They are merged by key:
the same twice changes nothing, what changed replaces what was (which is kept beside the table, as with every correction),
and what the context no longer gives leaves the table in the same way. Nobody has to say what has changed since: a context
with many records offers `facts.stamps()` too, and only those with another stamp than last time are asked for.
"""

from __future__ import annotations

import logging
import threading
from collections import Counter
from collections.abc import Iterable, Mapping
from datetime import UTC, date, datetime, timedelta
from typing import TypeAlias
from zoneinfo import ZoneInfo

import pyarrow as pa
from django.db import connection

from floorwalker.apps.people.models import Site
from floorwalker.config import Config
from floorwalker.errors import LakeError
from floorwalker.facts.current import RECORDS, commit_current, read_current
from floorwalker.facts.engine import sql_text
from floorwalker.facts.lake import Lake
from floorwalker.facts.merge import Counts, Merge, name_load
from floorwalker.facts.published import clear_published
from floorwalker.facts.relations import DAY
from floorwalker.facts.staging import Staging, open_staging
from floorwalker.facts.tables import KEY, TABLES, TEXT, Refers, Table
from floorwalker.ingest import source
from floorwalker.ingest.checks import check_rows
from floorwalker.ingest.customers import CustomerKeys, open_customer_keys
from floorwalker.ingest.distinct import by_distinct
from floorwalker.ingest.keying import Keying, complete
from floorwalker.jobs.changed import Changed, find_changed
from floorwalker.jobs.finding import offers
from floorwalker.jobs.rolling import roll_up_load

# By table the rows that a context contributes, in parts of any size.
Records: TypeAlias = Mapping[str, Iterable[pa.Table]]
STAMPED = frozenset({"source", "origin", "load_id", "local_day", "local_minute"})
NIGHT_HOUR = 2
LOOK_SECONDS = 30.0

logger = logging.getLogger(__name__)


def publish_records(config: Config, lake: Lake, *, at: datetime, everything: bool = False) -> dict[str, Counts]:
    """Bring the records of work of every context into the lake, in one commit; by table, what that changed.

    at: the instant up to which the records are complete: now; everything: whatever is known of last time, give all of them.
    """
    load_id, memory = name_load(at), config.memory_limit_megabytes
    with (
        lake.engine.limited(memory // 4),
        open_staging(lake.staging, load_id, memory // 2) as staging,
        # They are read under the lock: who publishes last has read last.
        lake.writing(),
    ):
        merge = Merge(lake, staging, read_current(lake.path), load_id, at)
        found = _Publishing(config, merge, everything=everything).run()
        if merge.current != read_current(lake.path):
            clear_published(lake.path, commit_current(lake.path, merge.current))
        return found


class _Publishing:
    def __init__(self, config: Config, merge: Merge, *, everything: bool) -> None:
        self._merge, self._everything = merge, everything
        self._changed: dict[str, Changed] = {}
        self._staging: Staging = merge.staging
        self._sites, self._memory = _sites(), config.memory_limit_megabytes
        has_rows = not TABLES.keys().isdisjoint(merge.current.tables)
        self._customers: CustomerKeys = open_customer_keys(config.keys, lake_has_rows=has_rows)

    def run(self) -> dict[str, Counts]:
        """Stage, merge, roll up; the caller commits."""
        contexts = [context for context in offers("records") if self._take(context)]
        counts = {table.name: self._replace(table) for table in TABLES.values() if self._concerns(table)}
        for context in contexts:
            through = self._merge.at
            self._merge.current = self._merge.current.with_completeness(RECORDS, context, through)
        if counts:
            self._staging.forget()
            # What the staging area had is free now, and daily sums need it.
            with self._merge.lake.engine.limited(self._memory * 3 // 4):
                roll_up_load(self._merge)
        return counts

    def _take(self, context: str) -> bool:
        """Stage what a context has to give, or only what is not as it was last time; whether it has anything."""
        read, stamps = offers("records")[context], offers("stamps").get(context)
        if stamps is None:
            return self._stage(context, read())
        found = find_changed(self._merge, context, stamps(), self._sites, everything=self._everything)
        self._changed |= found
        self._stage(context, read({name: one.records for name, one in found.items()}))
        return any(one.records or one.unchanged for one in found.values())

    def _stage(self, context: str, records: Records) -> bool:
        """Stamp and stage what a context gives; whether it gave anything."""
        given = Counter[str]()
        for name, parts in records.items():
            for rows in parts:
                if rows.num_rows:
                    given[name] += rows.num_rows
                    self._staging.add(TABLES[name], self._stamped(context, TABLES[name], rows))
        return given.total() > 0

    def _stamped(self, context: str, table: Table, rows: pa.Table) -> pa.Table:
        _check_columns(context, table, rows)
        keying = Keying(
            source=RECORDS,
            origin=context,
            load_id=self._merge.load_id,
            site=next(iter(self._sites.values())),
            sites={site.code: site for site in self._sites.values()},
            customers=self._customers,
            engine=self._staging.engine,
        )
        columns = {name: rows[name] for name in rows.column_names}
        for column in table.columns:
            if column.refers_to is Refers.CUSTOMER and column.name in columns:
                columns[column.name] = self._customers.without_erased(columns[column.name])
        codes = by_distinct(columns["site_key"], lambda key: self._sites[key].code, TEXT)
        columns |= keying.stamp(columns[table.day_from], codes)
        stamped = complete(table, columns, rows.num_rows)
        check_rows(table, stamped)
        return stamped

    def _concerns(self, table: Table) -> bool:
        if table.name in self._changed:
            return self._changed[table.name].is_anything
        return self._staging.has_rows(f"staged_{table.name}") or bool(self._days_held(table))

    def _days_held(self, table: Table) -> list[date]:
        """The days in which records of work lie that were published before."""
        if table.name not in self._merge.current.tables:
            return []
        held = self._merge.snapshot.relation(table.name)
        query = f"select distinct {DAY} as d from {held} as held where source = {sql_text(RECORDS)} order by d"
        return [row["d"] for row in self._staging.engine.rows(query)]

    def _replace(self, table: Table) -> Counts:
        """Let the staged rows be all records of work that the table has, but for those that are as they were."""
        if table.name in self._changed:
            return self._renew(table, self._changed[table.name])
        days, run = self._days_held(table), self._staging.engine.run
        self._staging.freshen(table)
        _check_keys(self._staging, table)
        if days:
            held = self._merge.snapshot.relation_of_days(table.name, days)
            run(
                f"create or replace table gone_{table.name} as select {', '.join(table.column_names)} from {held} as held "
                f"where source = {sql_text(RECORDS)} and {table.key} not in (select {table.key} from fresh_{table.name})"
            )
        return self._merge.merge(table, window=days)

    def _renew(self, table: Table, changed: Changed) -> Counts:
        """Merge the staged rows, and let go what its context gives no more; all other rows stay as they are."""
        untouched = Counts(produced=changed.unchanged, unchanged=changed.unchanged)
        self._staging.freshen(table)
        _check_keys(self._staging, table)
        if table.name not in self._merge.current.tables:
            return untouched + self._merge.merge(table, window=())
        held, key, engine = self._merge.snapshot.relation(table.name), table.key, self._staging.engine
        engine.run(
            f"create or replace table gone_{table.name} as select {', '.join(table.column_names)} from {held} as held "
            f"where {key} in (select {key} from gone_keys)",
            gone_keys=pa.table({key: pa.array(changed.gone, KEY)}),
        )
        days = engine.rows(
            f"select distinct {DAY} as d from {held} as held where {key} in (select {key} from fresh_{table.name}) "
            f"union select {DAY} from gone_{table.name} order by d"
        )
        return untouched + self._merge.merge(table, window=[row["d"] for row in days])


def _sites() -> dict[bytes, source.Site]:
    return {bytes(site.key): source.Site(site.code, site.timezone, site.country or None) for site in Site.objects.all()}


def _check_columns(context: str, table: Table, rows: pa.Table) -> None:
    """What a context gives must be columns of the table, with what every row needs; else it is a defect of it."""
    given, needed = set(rows.column_names), {table.key, table.day_from, "site_key"}
    if given - set(table.column_names) or given & STAMPED or not needed <= given:
        raise LakeError(
            "a context gives rows that do not fit their table",
            where=f"{context}.facts.records(), table {table.name}",
            found=", ".join(sorted(given)),
            expected=f"{', '.join(sorted(needed))} and others of docs/tables.md, without {', '.join(sorted(STAMPED))}",
        )


def _check_keys(staging: Staging, table: Table) -> None:
    repeated = f"(select {table.key} from fresh_{table.name} group by all having count(*) > 1)"
    count = staging.count(repeated)
    if count:
        raise LakeError(
            "a context gives the same record twice", where=f"table {table.name}", found=f"{count} keys that repeat"
        )


# nights


def publish_each_night(config: Config, lake: Lake, stop: threading.Event) -> None:
    """Publish when the worker starts and once every night, until `stop` is set; what fails is tried again."""
    published: date | None = None
    last_complaint = ""
    while not stop.is_set():
        try:
            at = datetime.now(UTC)
            night = night_of(at, _zone())
            if night != published:
                _log(publish_records(config, lake, at=at))
                published = night
            last_complaint = ""
        except Exception as error:
            complaint = f"{type(error).__name__}: {error}"
            if complaint != last_complaint:
                logger.error("records of work will be published again: %s", complaint)
            last_complaint = complaint
        finally:
            connection.close()
        stop.wait(LOOK_SECONDS)


def night_of(at: datetime, zone: ZoneInfo) -> date:
    """The day before whose morning an instant lies: a night begins at two o'clock, when the day before has ended."""
    return (at.astimezone(zone) - timedelta(hours=NIGHT_HOUR)).date()


def _zone() -> ZoneInfo:
    first = Site.objects.order_by("pk").first()
    return ZoneInfo(first.timezone if first else "UTC")


def _log(found: Mapping[str, Counts]) -> None:
    for table, counts in found.items():
        if counts.new or counts.changed or counts.gone:
            told = f"{counts.new} new, {counts.changed} changed, {counts.gone} gone"
            logger.info("records of work published to %s: %s", table, told)
