"""Who and what was seen in the data? Names that loads leave in the outbox become agents, teams, queues, sites and evaluators."""

from __future__ import annotations

import json
from contextlib import suppress
from datetime import date, datetime
from pathlib import Path
from typing import Any

from floorwalker.apps.people.acting import action, publish_on_commit
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import Agent, Evaluator, Identity, Queue, Site, Team
from floorwalker.errors import SourceError
from floorwalker.facts.keys import site_key

ROWS_PER_TRANSACTION = 500
SUBJECTS: dict[str, type[Agent] | type[Team] | type[Queue]] = {"agent": Agent, "team": Team, "queue": Queue}


def register_sightings(outbox: Path, *, at: datetime) -> int:
    """Register the names that loads have seen; reading the same file twice registers nothing twice.

    A file is removed only when everything in it is committed. Returns how many names were new.
    """
    return sum(_register_file(path, at) for path in sorted(outbox.glob("*.jsonl")))


def _register_file(path: Path, at: datetime) -> int:
    try:
        text = path.read_text(encoding="utf-8")
    except FileNotFoundError:
        return 0  # another process registers the same outbox, and was faster
    # Not splitlines: a name may hold a character that only Unicode takes for the end of a line.
    rows = [_sighting(line, path) for line in text.split("\n") if line]
    created = sum(
        _register(rows[start : start + ROWS_PER_TRANSACTION], path.stem, at)
        for start in range(0, len(rows), ROWS_PER_TRANSACTION)
    )
    with suppress(FileNotFoundError):
        path.unlink()
    return created


def _sighting(line: str, path: Path) -> dict[str, Any]:
    try:
        row: dict[str, Any] = json.loads(line)
    except ValueError as error:
        raise SourceError(
            "a list of names that a load left cannot be read",
            where=str(path),
            found=line[:80],
            mend="move this file away and load the same data again: facts stay as they are, names are written anew",
        ) from error
    return row


@action
def _register(rows: list[dict[str, Any]], load_id: str, at: datetime) -> int:
    sites: dict[str, Site | None] = {row["site"]: _site(row) for row in rows if row["kind"] == "site"}
    keys = [bytes.fromhex(row["key"]) for row in rows]
    known: dict[bytes, Identity | Evaluator] = {}
    for model in (Identity, Evaluator):
        known |= {bytes(found.key): found for found in model.objects.filter(key__in=keys)}
    created = 0
    for row in rows:
        if row["kind"] == "site":
            continue
        key = bytes.fromhex(row["key"])
        if key in known:
            _seen_again(known[key], row)
            continue
        if row["site"] not in sites:
            sites[row["site"]] = Site.objects.filter(code=row["site"]).first()
        known[key] = _first_sight(row, sites[row["site"]])
        created += 1
    if created:
        record(SYSTEM, "register_sightings", f"load:{load_id}", at, names=created)
    return created


def _site(row: dict[str, Any]) -> Site:
    values = {
        "name": row["name"],
        "timezone": row["timezone"],
        "country": row["country"] or "",
        "key": site_key(row["site"]),
    }
    site, created = Site.objects.get_or_create(code=row["site"], defaults=values)
    if created:
        publish_on_commit()
    return site


def _seen_again(identity: Identity | Evaluator, row: dict[str, Any]) -> None:
    first, last = date.fromisoformat(row["first_day"]), date.fromisoformat(row["last_day"])
    if first < identity.first_day or last > identity.last_day:
        identity.first_day = min(first, identity.first_day)
        identity.last_day = max(last, identity.last_day)
        identity.save(update_fields=["first_day", "last_day"])


def _first_sight(row: dict[str, Any], site: Site | None) -> Identity | Evaluator:
    kind, key = row["kind"], bytes.fromhex(row["key"])
    told = {
        "key": key,
        "source": row["source"],
        "origin": _storable(row["origin"], 120),
        "name": _storable(row["name"], 300),
        "first_day": date.fromisoformat(row["first_day"]),
        "last_day": date.fromisoformat(row["last_day"]),
    }
    if kind == "evaluator":
        return Evaluator.objects.create(**told)
    subject = SUBJECTS[kind].objects.create(name=_storable(row["name"], 200), site=site, key=key)
    return Identity.objects.create(kind=kind, **told, **{kind: subject})


def _storable(text: str, length: int) -> str:
    """A name from data as every database takes it: PostgreSQL refuses the zero byte and what is too long."""
    return text.replace("\x00", "\ufffd")[:length]
