"""Which names did a load see? Written for the people context before the lake commits; names are nowhere else below it."""

from __future__ import annotations

import json
import os
from collections.abc import Iterable, Mapping
from datetime import date
from pathlib import Path

from floorwalker.facts.keys import site_key
from floorwalker.ingest.keying import Sighted
from floorwalker.ingest.source import Site

Days = Mapping[bytes, tuple[date, date, str]]


def write_sightings(
    folder: Path, load_id: str, source: str, origin: str, sighted: Iterable[Sighted], days: Days, sites: Iterable[Site]
) -> None:
    """One JSON line a name (key, kind, source, origin, name, site, first and last day); complete or not there at all.

    days: by key, the first and last local day and the site's code; a name without rows is not a sighting.
    """
    lines = [
        json.dumps(
            {
                "key": site_key(site.code).hex(),
                "kind": "site",
                "source": source,
                "origin": origin,
                "name": site.code,
                "site": site.code,
                "timezone": site.timezone,
                "country": site.country,
            }
        )
        for site in sites
    ]
    for seen in sighted:
        if seen.key in days:
            first, last, site_code = days[seen.key]
            row = {"key": seen.key.hex(), "kind": seen.kind, "source": source, "origin": origin, "name": seen.name}
            row |= {"site": site_code, "first_day": first.isoformat(), "last_day": last.isoformat()}
            lines.append(json.dumps(row, ensure_ascii=False))
    folder.mkdir(parents=True, exist_ok=True)
    temporary = folder / f"{load_id}.new"
    with temporary.open("w", encoding="utf-8") as file:
        file.write("".join(line + "\n" for line in lines))
        file.flush()
        os.fsync(file.fileno())
    temporary.replace(folder / f"{load_id}.jsonl")
