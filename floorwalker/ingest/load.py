"""How does input become facts? One run: fetch, map, check, key, stage, merge, commit, bookmark; and a receipt that adds up."""

from __future__ import annotations

import importlib
import pkgutil
from collections import Counter
from collections.abc import Callable, Iterator, Sequence
from datetime import datetime
from pathlib import Path

import pyarrow as pa

import floorwalker
from floorwalker.config import Config
from floorwalker.errors import FloorwalkerError, SourceError
from floorwalker.facts.current import commit_current, read_current
from floorwalker.facts.derive import observed_memberships
from floorwalker.facts.lake import Lake
from floorwalker.facts.merge import Counts, Merge, name_load
from floorwalker.facts.staging import Staging, open_staging
from floorwalker.facts.tables import TABLES, Table
from floorwalker.ingest.ahead import one_ahead
from floorwalker.ingest.checks import check_balance, check_rows
from floorwalker.ingest.customers import open_customer_keys
from floorwalker.ingest.keying import Keying
from floorwalker.ingest.merging import EventMerging, Merging, Progress, RowMerging
from floorwalker.ingest.order import Order
from floorwalker.ingest.outbox import write_sightings
from floorwalker.ingest.receipt import Receipt, Records
from floorwalker.ingest.seen import Seen
from floorwalker.ingest.source import Bookmark, Flag, Mapped, Page, Reject, Request, Source
from floorwalker.ingest.store import IntakeStore

Clock = Callable[[], datetime]
# How much further a load must have come before that is kept for those who watch.
STEP_SHARE = 0.02


def silent(share: float, stage: str) -> None:
    """Progress that nobody watches."""


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
        self.watcher = progress
        self.noted = (0.0, "")
        self.should_stop = should_stop
        self.source = find_source(order.source)
        self.store = IntakeStore(config.intake)
        self.started_at = now()
        self.load_id = name_load(self.started_at)
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
        with self.store.under_way(self.load_id):
            self.store.begin(self.load_id, self.order, self.started_at)
            try:
                return self._load(request, _chain(first, pages))
            except BaseException as error:
                self.store.fail(self.load_id, "failed", self.now(), _why(error))
                raise

    def progress(self, share: float, stage: str) -> None:
        """Tell whoever watches how far this is, and keep it for other processes, in steps that are worth a write."""
        self.watcher(share, stage)
        if stage != self.noted[1] or share >= self.noted[0] + STEP_SHARE:
            self.noted = share, stage
            self.store.note_progress(self.load_id, share, stage)

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
        memory, folder = self.config.memory_limit_megabytes, self.config.intake / "staging"
        # Two engines in one process: the staging area's has most of the work, the lake's maps lines and rolls up.
        with self.lake.engine.limited(memory // 4), open_staging(folder, self.load_id, memory // 2) as staging:
            self.keying = self._keying(request)
            self.seen = Seen(self.lake.engine, self.started_at)
            keep = self._keep_events if self.source.derive else self._keep_rows
            receipt = self._receipt(keep(request, pages, staging))
            self.store.finish(receipt, self.problems, self.flagged, tuple(self.bookmarks.values()))
            return receipt

    def _keep_rows(self, request: Request, pages: Iterator[Page], staging: Staging) -> dict[str, Counts]:
        merging = RowMerging(staging, self.progress)
        self._read(request, pages, merging)
        with self.lake.writing():
            return self._settle(self._merge(staging), merging)

    def _keep_events(self, request: Request, pages: Iterator[Page], staging: Staging) -> dict[str, Counts]:
        """Events go into their table while they are read, so the lake is locked from the first page on."""
        with self.lake.writing():
            merge = self._merge(staging)
            merging = EventMerging(merge, self.source, self.order.origin, self.order.site, self.progress)
            self._read(request, pages, merging)
            return self._settle(merge, merging)

    def _merge(self, staging: Staging) -> Merge:
        return Merge(self.lake, staging, read_current(self.lake.path), self.load_id, self.now())

    def _settle(self, merge: Merge, merging: Merging) -> dict[str, Counts]:
        """Merge what was read and commit it; names go to the outbox before."""
        if not self.records.used:
            return {}
        self._write_sightings()
        facts = merging.finish(merge)
        for file, flag in merging.flagged():
            self._flag(file, [flag])
        self._observe_memberships(merge)
        merge.current = merge.current.with_completeness(self.source.name, self.order.origin, self.seen.through)
        if self.order.after_merge is not None:
            self.progress(1.0, "rolling up")
            merge.staging.forget()
            # What the staging area had is free now, and daily sums need it.
            with self.lake.engine.limited(self.config.memory_limit_megabytes * 3 // 4):
                self.order.after_merge(merge)
        if merge.current != read_current(self.lake.path):
            commit_current(self.lake.path, merge.current)
        return facts

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

    def _read(self, request: Request, pages: Iterator[Page], merging: Merging) -> None:
        total = self.source.size(request) if self.source.size else 0
        done = 0
        for page, mapped in one_ahead((page, self.source.map_page(page, request)) for page in pages):
            if self.should_stop():
                self.stopped = True
                return
            check_balance(self.source.name, page.file, mapped)
            self._account(page, mapped)
            for name, rows in mapped.rows.items():
                self._take(TABLES[name], rows, page.file, merging)
            done += page.size
            self.progress(min(1.0, done / total) if total else 0.0, "reading")

    def _take(self, table: Table, named: pa.Table, file: str, merging: Merging) -> None:
        if named.num_rows:
            keyed = self.keying.rows(table, named)
            check_rows(table, keyed)
            self.seen.note(table, keyed)
            merging.take(table, keyed, file)

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
            self.seen.days(self.keying.sites),
            self.keying.sites.values(),
        )

    def _observe_memberships(self, merge: Merge) -> None:
        if observed_memberships(merge.staging, merge.snapshot):
            rows = merge.staging.engine.sql("from observed_membership")
            merge.current = self.lake.replace({"observed_membership": rows}, merge.current)

    def _receipt(self, facts: dict[str, Counts]) -> Receipt:
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
            notes=(*self.notes, *self.seen.notes()),
            complete_through=self.seen.through,
            stopped=self.stopped,
        )


def _why(error: BaseException) -> str:
    """Why a load failed, without what was found: that may be somebody's number."""
    if not isinstance(error, FloorwalkerError):
        return type(error).__name__
    said = error.what if error.where is None else f"{error.where}: {error.what}"
    return said if error.mend is None else f"{said} ({error.mend})"


def _chain(first: Page | None, rest: Iterator[Page]) -> Iterator[Page]:
    if first is not None:
        yield first
        yield from rest
