"""Can what a load was asked for be read again, and from which files?

Loading again is harmless by design: keys are stable, so what is known stays as it is. A mapping and files that were mended
meanwhile are read as they are now.
"""

from __future__ import annotations

from dataclasses import replace
from pathlib import Path

from floorwalker.errors import Refused
from floorwalker.ingest.bookmarks import find_rotated, is_same_file
from floorwalker.ingest.order import AfterMerge, Order
from floorwalker.ingest.remembered import LoadRow
from floorwalker.ingest.source import Bookmark, Site

BY_HAND = "load the same data again on the command line: floorwalker load"


def order_again(row: LoadRow, after_merge: AfterMerge | None = None) -> Order:
    """What a load was asked for, with the present files and mapping; Refused, in words, where they are gone."""
    if row.asked is None:
        raise Refused("what this load was asked for is not known: an earlier version kept no note of it", mend=BY_HAND)
    if not row.paths:
        raise Refused(f"{row.source} reads no files, so there is nothing to read again", mend=BY_HAND)
    order = Order(
        source=row.source,
        paths=_files(row),
        site=Site(row.site, row.asked["timezone"], row.asked["country"]),
        origin=row.origin,
        settings=row.asked["settings"],
        mapping=row.asked["mapping"],
        mapping_path=row.asked["mapping_path"],
        after_merge=after_merge,
        again_of=row.id,
    )
    return _with_present_mapping(order)


def why_not_again(row: LoadRow) -> Refused | None:
    """Why a load cannot be read again; None where it can."""
    try:
        order_again(row)
    except Refused as refused:
        return refused
    return None


def _files(row: LoadRow) -> tuple[Path, ...]:
    if row.follows:
        found = {mark.file: _followed(mark) for mark in row.marks}
    else:
        found = {path: Path(path) if Path(path).exists() else None for path in row.paths}
    gone = [path for path, there in found.items() if there is None]
    if gone or not found:
        raise Refused(
            "the files of this load are gone",
            found=f"{', '.join(gone or row.paths)}: not there any more, or another file by now",
            mend=f"put them back where they were, or {BY_HAND}",
        )
    return tuple(path for path in found.values() if path is not None)


def _followed(mark: Bookmark) -> Path | None:
    """The file in which a following load ended: in its place, or where its rotation has put it."""
    path = Path(mark.file)
    if is_same_file(path, mark):
        return path
    return find_rotated(sorted(path.parent.glob(path.name + "?*")), mark)


def _with_present_mapping(order: Order) -> Order:
    """The mapping as its file says today; the one that was used where that file is gone."""
    if order.mapping_path is None:
        return order
    try:
        return replace(order, mapping=Path(order.mapping_path).read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError):
        return order
