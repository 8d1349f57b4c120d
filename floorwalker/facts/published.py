"""What had a context given when its records of work were published last? By record a stamp of everything its row hangs on.

The file lies in the lake and is named by `current.json`, so that it is there with the rows that it tells of or not at all. It is
no fact: without it, or where it was written for rows of another shape, everything is given again, and the same again changes
nothing.
"""

from __future__ import annotations

import hashlib
from collections.abc import Iterable, Mapping
from pathlib import Path

import pyarrow as pa
import pyarrow.parquet as pq

from floorwalker.facts.current import Current

FOLDER = "published"
SHAPE = b"shape"
SCHEMA = pa.schema([("record", pa.string()), ("stamp", pa.binary())])


def digest_of(parts: Iterable[object]) -> str:
    """A short name for what these parts say."""
    found = hashlib.blake2b(digest_size=16)
    for part in parts:
        found.update(repr(part).encode() + b"\x1e")
    return found.hexdigest()


def read_published(lake: Path, current: Current, name: str, shape: str) -> dict[str, bytes]:
    """The stamps of last time by record; none where nothing is known of them, or rows have another shape by now."""
    path = _path(lake, name, current.published.get(name, ""))
    if name not in current.published or not path.exists():
        return {}
    found = pq.read_table(path)
    if (found.schema.metadata or {}).get(SHAPE) != shape.encode():
        return {}
    return dict(zip(found["record"].to_pylist(), found["stamp"].to_pylist(), strict=True))


def keep_published(lake: Path, current: Current, name: str, shape: str, stamps: Mapping[str, bytes]) -> Current:
    """Write the stamps of this time beside those of last time; they count as soon as the state is committed."""
    digest = digest_of([shape, *stamps.items()])
    path = _path(lake, name, digest)
    if not path.exists():
        path.parent.mkdir(exist_ok=True)
        rows = pa.table([list(stamps), list(stamps.values())], schema=SCHEMA.with_metadata({SHAPE: shape.encode()}))
        # A file has its name only when it is whole.
        pq.write_table(rows, path.with_suffix(".new"))
        path.with_suffix(".new").replace(path)
    return current.with_published(name, digest)


def clear_published(lake: Path, current: Current) -> None:
    """Remove the files that the committed state does not name any more."""
    named = {_path(lake, name, digest) for name, digest in current.published.items()}
    for path in (lake / FOLDER).glob("*.*"):
        if path not in named:
            path.unlink()


def _path(lake: Path, name: str, digest: str) -> Path:
    return lake / FOLDER / f"{name}-{digest}.parquet"
