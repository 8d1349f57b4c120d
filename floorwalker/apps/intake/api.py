"""What came in, what was left out of it, and how is it read again? For programs, as on the pages."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import datetime
from functools import cached_property
from itertools import islice
from typing import Any, overload

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Router, Schema

from floorwalker.apps.intake import memory
from floorwalker.apps.intake.actions import note_export
from floorwalker.apps.intake.forms import read_where
from floorwalker.apps.intake.tasks import enqueue_again
from floorwalker.apps.people.access import today, user_of
from floorwalker.ingest.remembered import LoadRow, Repair, Where
from floorwalker.ingest.store import IntakeStore
from floorwalker.ui.rest.paging import Page, Paging, page_of

router = Router()
ROUTERS: dict[str, list[Router]] = {"data": [router]}


class LoadOf(Schema):
    """One load, and the balance of what it read: read = used + ignored + rejected."""

    id: str
    source: str
    origin: str
    site: str
    state: str = Field(description="running, loaded, stopped, failed or died")
    began_at: datetime
    finished_at: datetime | None = None
    read: int
    used: int
    ignored: int
    rejected: int
    flagged: int
    problem: str | None = None
    again_of: str | None = None
    settled_by: str | None = None

    @classmethod
    def of(cls, row: LoadRow) -> LoadOf:
        """A load."""
        return cls(**load_fields(row))


class LoadWithReceipt(LoadOf):
    """One load with its whole receipt, as it was printed."""

    receipt: dict[str, Any] | None = None
    paths: list[str]


class RepairOf(Schema):
    """Rows that are mended in one way: of one source, for one reason."""

    source: str
    reason: str
    expected: str
    mend: str
    rows: int
    files: int

    @classmethod
    def of(cls, repair: Repair) -> RepairOf:
        """One way to mend."""
        return cls(
            source=repair.source,
            reason=repair.reason,
            expected=repair.expected,
            mend=repair.mend,
            rows=repair.rows,
            files=repair.files,
        )


class RejectsAsked(Schema):
    """Which rows that were left out."""

    load: str = Field("", max_length=100)
    source: str = Field("", max_length=100)
    reason: str = Field("", max_length=300)


class RejectOf(Schema):
    """A row that was left out, with its place and its reason."""

    load: str
    source: str
    reason: str
    file: str | None = None
    line: int | None = None
    found: str | None = None
    expected: str | None = None
    mend: str | None = None
    record: str | None = None


class AskedAgain(Schema):
    """What was asked for and the worker will do."""

    load: str


class RejectList(Sequence[dict[str, Any]]):
    """Rows that were left out, of which only the part that is asked for is kept in memory."""

    def __init__(self, store: IntakeStore, where: Where) -> None:
        self._store, self._where = store, where

    @cached_property
    def _count(self) -> int:
        return self._store.count_rejects(self._where)

    def __len__(self) -> int:
        return self._count

    @overload
    def __getitem__(self, wanted: int) -> dict[str, Any]: ...

    @overload
    def __getitem__(self, wanted: slice) -> list[dict[str, Any]]: ...

    def __getitem__(self, wanted: int | slice) -> dict[str, Any] | list[dict[str, Any]]:
        part = wanted if isinstance(wanted, slice) else slice(wanted, wanted + 1)
        start, stop, _step = part.indices(len(self))
        rows = list(islice(self._store.rejected(self._where), start, stop))
        return rows if isinstance(wanted, slice) else rows[0]


def load_fields(row: LoadRow) -> dict[str, Any]:
    """What is told of every load."""
    return {
        **{name: getattr(row, name) for name in ("id", "source", "origin", "site", "state", "problem")},
        **{name: getattr(row, name) for name in ("began_at", "finished_at", "again_of", "settled_by")},
        "read": row.read_count,
        "used": row.used_count,
        "ignored": row.ignored_count,
        "rejected": row.rejected_count,
        "flagged": row.flagged_count,
    }


def _store(request: HttpRequest) -> IntakeStore:
    return memory.require_loads(user_of(request), today())


@router.get("/loads", response=Page[LoadOf])
def list_loads(request: HttpRequest, paging: Query[Paging]) -> object:
    """All loads, the latest first."""
    return page_of(request, memory.LoadList(_store(request)), paging, LoadOf.of)


@router.get("/loads/{load_id}", response=LoadWithReceipt)
def read_load(request: HttpRequest, load_id: str) -> object:
    """One load with its receipt."""
    row = memory.find_load(_store(request), load_id)
    return {**load_fields(row), "receipt": row.receipt, "paths": list(row.paths)}


@router.post("/loads/{load_id}/again", response={202: AskedAgain})
def read_again(request: HttpRequest, load_id: str) -> object:
    """Have a load's files read again by the worker; what is known already stays as it is."""
    row = memory.find_load(_store(request), load_id)
    enqueue_again(row, by=user_of(request), at=timezone.now())
    return {"load": row.id}


@router.get("/repairs", response=Page[RepairOf])
def list_repairs(request: HttpRequest, asked: Query[RejectsAsked], paging: Query[Paging]) -> object:
    """Which rows wait in quarantine, by what mends them."""
    return page_of(request, _store(request).repairs(read_where(_given(asked))), paging, RepairOf.of)


@router.get("/rejects", response=Page[RejectOf])
def list_rejects(request: HttpRequest, asked: Query[RejectsAsked], paging: Query[Paging]) -> object:
    """The rows that were left out, each with its reason; that they were taken along is noted as on the page."""
    store, where = _store(request), read_where(_given(asked))
    rows = RejectList(store, where)
    note_export(where, min(paging.limit, len(rows)), by=user_of(request), at=timezone.now())
    return page_of(request, rows, paging, _reject)


def _given(asked: RejectsAsked) -> Mapping[str, str]:
    return {name: str(value) for name, value in asked.model_dump().items()}


def _reject(row: Mapping[str, Any]) -> RejectOf:
    return RejectOf(**{name: row[name] for name in RejectOf.model_fields})
