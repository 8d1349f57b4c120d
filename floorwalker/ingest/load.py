"""How does input become facts? One run: fetch, map, check, key, stage, merge, commit, bookmark; and a receipt that adds up."""

from __future__ import annotations

import importlib
import pkgutil
import secrets
from collections import Counter
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

import pyarrow as pa

import floorwalker
from floorwalker.config import Config
from floorwalker.errors import SourceError
from floorwalker.facts.current import commit_current, read_current
from floorwalker.facts.derive import derive_repeats, observed_memberships
from floorwalker.facts.keys import site_key
from floorwalker.facts.lake import DIMENSIONS, Lake
from floorwalker.facts.merge import Counts, Merge
from floorwalker.facts.replay import CALL_TABLES, Replay
from floorwalker.facts.staging import open_staging
from floorwalker.facts.tables import CONTACT, FACTS, STATE_INTERVAL, TABLES, Table
from floorwalker.ingest.checks import check_balance, check_rows
from floorwalker.ingest.customers import open_customer_keys
from floorwalker.ingest.keying import SEEN, Keying, complete
from floorwalker.ingest.outbox import write_sightings
from floorwalker.ingest.receipt import Receipt, Records
from floorwalker.ingest.source import Bookmark, Flag, Mapped, Page, Reject, Request, Site, Source
from floorwalker.ingest.store import IntakeStore

Progress = Callable[[float, str], None]
Clock = Callable[[], datetime]
AfterMerge = Callable[[Merge], None]

STATE_LEAD = timedelta(days=1)


def silent(share: float, stage: str) -> None:
    """Progress that nobody watches."""


@dataclass(frozen=True)
class Order:
    """What is asked of one load. `after_merge` builds what depends on facts (roll-ups), before the commit."""

    source: str
    paths: tuple[Path, ...]
    site: Site
    origin: str
    settings: Mapping[str, str] = field(default_factory=dict)
    mapping: str | None = None
    mapping_path: str | None = None
    follow: bool = False
    after_merge: AfterMerge | None = None


def find_source(name: str) -> Source:
    """The source in the folder of that name; SourceError lists those that exist."""
    if name not in source_names():
        raise SourceError(
            f"there is no source {name!r}",
            expected=", ".join(source_names()),
            mend="`floorwalker sources` lists them with what each reads",
        )
    source: Source = importlib.import_module(f"floorwalker.sources.{name}").SOURCE
    return source


def source_names() -> tuple[str, ...]:
    """The folders of `floorwalker/sources`."""
    folder = Path(floorwalker.__file__).parent / "sources"
    return tuple(sorted(module.name for module in pkgutil.iter_modules([str(folder)]) if module.ispkg))


def load(
    order: Order,
    config: Config,
    lake: Lake,
    *,
    now: Clock,
    progress: Progress = silent,
    should_stop: Callable[[], bool] = lambda: False,
) -> Receipt | None:
    """Run one load and return its receipt; None when following found nothing new.

    Nothing of a load that fails or is killed is ever visible, and loading the same again changes nothing. A stop asked
    for through `should_stop` keeps what was read so far: the receipt says so, and adds up.
    """
    run = _Run(order, config, lake, now, progress, should_stop)
    return run.run()


class _Run:
    def __init__(
        self, order: Order, config: Config, lake: Lake, now: Clock, progress: Progress, should_stop: Callable[[], bool]
    ) -> None:
        self.order = order
        self.lake = lake
        self.config = config
        self.now = now
        self.progress = progress
        self.should_stop = should_stop
        self.source = find_source(order.source)
        self.store = IntakeStore(config.intake)
        self.started_at = now()
        self.load_id = f"{self.started_at:%Y%m%dT%H%M%S.%f}Z-{secrets.token_hex(2)}"
        self.records = Records()
        self.notes: Counter[str] = Counter()
        self.flags: Counter[str] = Counter()
        self.bookmarks: dict[str, Bookmark] = {}
        self.problems: list[tuple[str, Reject]] = []
        self.flagged: list[tuple[str, Flag]] = []
        self.stopped = False

    def run(self) -> Receipt | None:
        request = self._request()
        pages = self.source.fetch(request)
        first = next(pages, None)
        if first is None and self.order.follow:
            return None
        self.store.begin(self.load_id, self.source.name, self.order.origin, self.order.site.code, self.started_at)
        try:
            return self._load(request, _chain(first, pages))
        except BaseException:
            self.store.fail(self.load_id, "failed", self.now())
            raise

    def _request(self) -> Request:
        bookmarks = self.store.bookmarks(self.order.source, self.order.origin) if self.order.follow else {}
        order = self.order
        if order.follow and not self.source.can_follow:
            raise SourceError(f"{order.source} cannot be followed", expected="a source that reads a growing log")
        if self.source.needs_mapping and order.mapping is None:
            raise SourceError(
                f"{order.source} needs a mapping",
                expected="--mapping FILE",
                mend="`floorwalker mapping guess FILE --out mapping.yaml` writes a first one",
            )
        return Request(
            paths=order.paths,
            site=order.site,
            origin=order.origin,
            settings=self.source.settle(order.settings),
            sql=self.lake.engine.sql,
            mapping=order.mapping,
            mapping_path=order.mapping_path,
            follow=order.follow,
            bookmarks=bookmarks,
        )

    def _load(self, request: Request, pages: Iterator[Page]) -> Receipt:
        with open_staging(
            self.config.intake / "staging", self.load_id, self.config.memory_limit_megabytes * 3 // 5
        ) as staging:
            self.staging = staging
            self.keying = self._keying(request)
            self._stage(request, pages)
            if self.records.used:
                self._write_sightings()
                facts, through = self._merge()
            else:
                facts, through = {}, None
            receipt = self._receipt(facts, through)
            self.store.finish(receipt, self.problems, self.flagged, self.bookmarks.values())
            return receipt

    def _keying(self, request: Request) -> Keying:
        sites = {self.order.site.code: self.order.site}
        if self.source.sites is not None:
            sites |= {site.code: site for site in self.source.sites(request)}
        has_rows = not TABLES.keys().isdisjoint(self.lake.snapshot().current.tables)
        return Keying(
            source=self.source.name,
            origin=self.order.origin,
            load_id=self.load_id,
            site=self.order.site,
            sites=sites,
            customers=open_customer_keys(self.config.keys, lake_has_rows=has_rows),
            engine=self.lake.engine,
        )

    # reading

    def _stage(self, request: Request, pages: Iterator[Page]) -> None:
        total = self.source.size(request) if self.source.size else 0
        done = 0
        for page in pages:
            if self.should_stop():
                self.stopped = True
                return
            mapped = self.source.map_page(page, request)
            check_balance(self.source.name, page.file, mapped)
            self._account(page, mapped)
            for name, rows in mapped.rows.items():
                self._stage_rows(TABLES[name], rows)
            done += page.size
            self.progress(min(1.0, done / total) if total else 0.0, "reading")

    def _stage_rows(self, table: Table, named: pa.Table) -> None:
        if named.num_rows:
            keyed = self.keying.rows(table, named)
            check_rows(table, keyed)
            self.staging.add(table, keyed)

    def _account(self, page: Page, mapped: Mapped) -> None:
        self.records.read += mapped.read
        self.records.used += mapped.used
        self.records.ignored.update(mapped.ignored)
        self.records.rejected.update(reject.reason for reject in mapped.rejects)
        self.notes.update(dict.fromkeys(mapped.notes, 1))
        self.problems += [(page.file, reject) for reject in mapped.rejects]
        self._flag(page.file, mapped.flags)
        if page.bookmark is not None:
            self.bookmarks[page.bookmark.file] = page.bookmark

    def _flag(self, file: str, flags: Sequence[Flag]) -> None:
        self.flags.update(flag.code for flag in flags)
        self.flagged += [(file, flag) for flag in flags]

    # names

    def _write_sightings(self) -> None:
        write_sightings(
            self.config.outbox,
            self.load_id,
            self.source.name,
            self.order.origin,
            self.keying.sighted.values(),
            self._days_seen(),
            self.keying.sites.values(),
        )

    def _days_seen(self) -> dict[bytes, tuple[date, date, str]]:
        parts = [
            f"select {column.name} as k, local_day as d, site_key from staged_{table.name} where {column.name} is not null"
            for table in TABLES.values()
            for column in table.given
            if column.refers_to in SEEN and self.staging.count(f"(from staged_{table.name} limit 1)")
        ]
        if not parts:
            return {}
        codes = {site_key(code): code for code in self.keying.sites}
        rows = self.staging.engine.rows(
            f"select k, min(d) as a, max(d) as b, arg_min(site_key, d) as s from ({' union all '.join(parts)}) group by k"
        )
        return {row["k"]: (row["a"], row["b"], codes[row["s"]]) for row in rows}

    # merging

    def _merge(self) -> tuple[dict[str, Counts], datetime | None]:
        with self.lake.writing():
            current = read_current(self.lake.path)
            merge = Merge(self.lake, self.staging, current, self.load_id, self.now())
            facts = self._merge_events(merge) if self.source.derive else self._merge_rows(merge)
            self._observe_memberships(merge)
            through = self._complete_through()
            merge.current = merge.current.with_completeness(self.source.name, self.order.origin, through)
            if self.order.after_merge is not None:
                self.progress(1.0, "rolling up")
                self.order.after_merge(merge)
            if merge.current != current:
                commit_current(self.lake.path, merge.current)
        return facts, through

    def _merge_rows(self, merge: Merge) -> dict[str, Counts]:
        facts: dict[str, Counts] = {}
        tables = [table for table in FACTS if self.staging.count(f"(from staged_{table.name} limit 1)")]
        for table in FACTS:
            repeated = self._deduplicate(table)
            facts[table.name] = repeated
        derive_repeats(self.staging, merge.snapshot)
        for number, table in enumerate(tables):
            self.progress(number / len(tables), f"keeping {table.name}")
            facts[table.name] += merge.merge(table)
        return {table.name: facts[table.name] for table in tables}

    def _deduplicate(self, table: Table) -> Counts:
        """Table `fresh_<table>`: one row a key; what repeats within the load is counted as known."""
        staged, fresh, key = f"staged_{table.name}", f"fresh_{table.name}", table.key
        engine = self.staging.engine
        engine.run(
            f"create or replace table {fresh} as select * from {staged} "
            f"qualify row_number() over (partition by {key} order by version desc nulls last, arrival desc) = 1"
        )
        extra = self.staging.count(staged) - self.staging.count(fresh)
        return Counts(produced=extra, unchanged=extra)

    def _merge_events(self, merge: Merge) -> dict[str, Counts]:
        replay = Replay(
            merge=merge,
            prepare=self._settled(self.source.prepare),
            derive=self._settled(self.source.derive),
            source=self.source.name,
            origin=self.order.origin,
            stamp=self._stamp,
            progress=self.progress,
        )
        facts = {"source_event": replay.run()}
        for table in FACTS:
            self._rename(f"staged_{table.name}", f"fresh_{table.name}", table)
        replay.find_gone()
        window = sorted({*replay.call_window(), *derive_repeats(self.staging, merge.snapshot, gone=True)})
        for number, table in enumerate(CALL_TABLES):
            self.progress(number / len(CALL_TABLES), f"keeping {table.name}")
            facts[table.name] = merge.merge(table, window=window)
        days = replay.derive_states()
        if days:
            self._rename("staged_state_interval", "fresh_state_interval", STATE_INTERVAL)
            replay.find_gone_states(days)
            self.progress(0.9, "keeping state_interval")
            facts[STATE_INTERVAL.name] = merge.merge(STATE_INTERVAL, window=days)
        self._take_flags()
        return facts

    def _rename(self, staged: str, fresh: str, table: Table) -> None:
        engine = self.staging.engine
        engine.run(f"drop table if exists {fresh}")
        engine.run(f"alter table {staged} rename to {fresh}")
        self.staging.create(staged, table)

    def _settled(self, queries: Mapping[str, str]) -> dict[str, str]:
        """The source's queries with source, origin and time zone filled in."""
        words = {":source": self.source.name, ":origin": self.order.origin, ":timezone": self.order.site.timezone}

        def settled(query: str) -> str:
            for word, value in words.items():
                query = query.replace(word, "'" + value.replace("'", "''") + "'")
            return query

        return {name: settled(query) for name, query in queries.items()}

    def _stamp(self, table: Table, query: str) -> None:
        """Add derived rows to the staged table, with the site's day and minute."""
        rows = self.staging.engine.sql(query)
        if rows.num_rows == 0:
            return
        columns = {name: rows[name] for name in rows.column_names}
        columns["site_key"] = pa.chunked_array(
            [pa.repeat(pa.scalar(site_key(self.order.site.code), pa.binary()), rows.num_rows)]
        )
        columns |= self.keying.stamp(rows[table.day_from], None)
        self.staging.add(table, complete(table, columns, rows.num_rows))

    def _take_flags(self) -> None:
        found = self.staging.engine.rows(
            "select distinct line, code from flagged where event_key in (select event_key from staged_source_event) order by all"
        )
        meanings = self.source.flag_meanings
        files = sorted({Path(path).name for path in map(str, self.order.paths)})
        self._flag(
            ", ".join(files), [Flag(row["line"], row["code"], meanings.get(row["code"], ""), "") for row in found]
        )

    def _observe_memberships(self, merge: Merge) -> None:
        if observed_memberships(self.staging, merge.snapshot):
            rows = self.staging.engine.sql("from observed_membership order by all")
            schema = DIMENSIONS["observed_membership"]
            merge.current = self.lake.replace(
                "observed_membership", rows.select(schema.names).cast(schema), merge.current
            )

    def _complete_through(self) -> datetime | None:
        instants = {
            "source_event": ("happened_at",),
            CONTACT.name: ("entered_at", "answered_at", "ended_at"),
            "segment": ("answered_at", "ended_at", "wrapped_at"),
            "state_interval": ("started_at", "ended_at"),
            "survey": ("answered_at", "contact_at", "invited_at"),
        }
        parts = [
            f"select max(greatest({', '.join(columns)})) as t from staged_{name}" for name, columns in instants.items()
        ]
        row = self.staging.engine.rows(f"select max(t) as t from ({' union all '.join(parts)})")[0]
        through: datetime | None = row["t"]
        return through

    def _receipt(self, facts: dict[str, Counts], through: datetime | None) -> Receipt:
        return Receipt(
            load_id=self.load_id,
            source=self.source.name,
            origin=self.order.origin,
            site=self.order.site.code,
            started_at=self.started_at,
            ended_at=self.now(),
            records=self.records,
            facts=facts,
            flags=dict(self.flags),
            notes=tuple(self.notes),
            complete_through=through,
            stopped=self.stopped,
        )


def _chain(first: Page | None, rest: Iterator[Page]) -> Iterator[Page]:
    if first is not None:
        yield first
        yield from rest
