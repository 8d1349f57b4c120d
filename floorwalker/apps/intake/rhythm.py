"""How often does something usually come from a source, and when is it overdue?

The rule, with its numbers here and nowhere else: the usual gap is the median of the gaps between a source's last loads.
It is overdue when three times that gap has passed since the last load ended, but never before an hour where a log is
followed, or a day otherwise. Fewer than three gaps are no rhythm, and nothing is overdue. Where nothing is followed, loads
within an hour of one another are one sitting, so that a history loaded file by file makes no rhythm; loads that read
another one again are nobody's rhythm. After 90 days of silence a source is taken to be given up.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

from floorwalker.ingest.remembered import LOADED, RUNNING, STOPPED, LoadRow

LOADS_LOOKED_AT = 20
FEWEST_GAPS = 3
PATIENCE_GAPS = 3
LEAST_PATIENCE_FOLLOWED = timedelta(hours=1)
LEAST_PATIENCE = timedelta(days=1)
ONE_SITTING = timedelta(hours=1)
GIVEN_UP_AFTER = timedelta(days=90)

# Of the rows of one load; fewer rows than this are too few to speak of a share.
MOST_REJECTED_SHARE = 0.05
FEWEST_ROWS = 20


@dataclass(frozen=True)
class Silence:
    """A source from which nothing has come for longer than usual."""

    last_at: datetime
    usual_seconds: float


def silence(loads: Sequence[LoadRow], at: datetime) -> Silence | None:
    """Whether a source, of which these are the latest loads, newest first, is silent for longer than usual."""
    if not loads or loads[0].state == RUNNING:
        return None
    regular = [row for row in loads if row.state in (LOADED, STOPPED) and row.again_of is None]
    if not regular:
        return None
    followed = regular[0].follows
    sittings = _sittings(regular, followed=followed)
    gaps = [(later - earlier).total_seconds() for earlier, later in pairwise(sittings)]
    if len(gaps) < FEWEST_GAPS:
        return None
    usual = median(gaps)
    last_at = max(row.finished_at or row.began_at for row in regular)
    least = LEAST_PATIENCE_FOLLOWED if followed else LEAST_PATIENCE
    overdue = at - last_at > max(PATIENCE_GAPS * timedelta(seconds=usual), least)
    return Silence(last_at, usual) if overdue and at - last_at < GIVEN_UP_AFTER else None


def rejects_too_much(load: LoadRow) -> bool:
    """Whether a load left out more of its rows than can be passed over."""
    return load.read_count >= FEWEST_ROWS and load.rejected_share > MOST_REJECTED_SHARE


def last_ended(loads: Sequence[LoadRow]) -> LoadRow | None:
    """The latest of these loads, newest first, that is over and did not only read another one again."""
    return next((row for row in loads if row.state != RUNNING and row.again_of is None), None)


def _sittings(loads: Sequence[LoadRow], *, followed: bool) -> list[datetime]:
    """When loads began, the earliest first; those close together once, where no log is followed."""
    found: list[datetime] = []
    for at in sorted(row.began_at for row in loads):
        if followed or not found or at - found[-1] >= ONE_SITTING:
            found.append(at)
    return found
