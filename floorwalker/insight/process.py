"""Which kinds of contact changed for everyone, so that nobody is blamed for them?"""

from __future__ import annotations

from dataclasses import dataclass, replace

import numpy as np

from floorwalker.insight.capped import Capped
from floorwalker.insight.cells import AgentCells, read_cells
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.query import Facts
from floorwalker.stats.case_mix import Scale
from floorwalker.stats.cells import Cells, Index
from floorwalker.stats.process import WEEK, WEEKS, find_shifts

# Raised whenever the method gives other figures: kept statements name the version that made them.
VERSION = 3
# Of a single week on either side nobody knows how weeks differ by chance.
LEAST_WEEKS = 2
# What fewer people did is theirs and not everybody's, and whoever reads of it would read of them.
LEAST_PEOPLE = 4


@dataclass(frozen=True)
class Changed:
    """One kind of contact, by reason where there are reasons, else by queue: the last weeks against those before.

    change, low, high: of durations a share (0.12: 12 % longer), else in the measure's own unit; None where it was not seen
    in both, where fewer than four people handled it, and where nothing tells what is chance: there is no other kind, or no
    week differs from another.
    """

    kind: object
    change: float | None
    low: float | None
    high: float | None
    flagged: bool
    n: int


@dataclass(frozen=True)
class Processes:
    """Every kind of contact; capped: what very long contacts counted as."""

    kpi: Kpi
    kinds: tuple[Changed, ...]
    capped: Capped | None = None


def read_processes(facts: Facts, kpi_id: str, period: Period, where: Where) -> Processes | None:
    """Hold the last weeks of a period against as many before them; None where no agent has a contact."""
    read = read_cells(facts, kpi_id, period, where)
    return None if read is None else processes_of_read(read)


def processes_of_read(read: AgentCells) -> Processes:
    """The same of cells that were read already."""
    names, stratum = by_reason(read)
    days = read.cells.days
    weeks = min(WEEKS, days // WEEK // 2)
    cells = read.cells.sorted_by(stratum, len(names))
    if weeks < LEAST_WEEKS:
        counts = cells.by_stratum(cells.n)
        few = (Changed(name, None, None, None, False, round(float(counts[place]))) for place, name in enumerate(names))
        return Processes(read.kpi, tuple(few), read.capped)
    # Whole weeks that end with the period.
    skipped = days % WEEK
    if skipped:
        latest = cells.where(cells.day >= skipped)
        cells = replace(latest, day=latest.day - skipped, days=days - skipped)
    shift = find_shifts(cells, read.scale, weeks)
    counts = cells.by_stratum(cells.n)
    sized = np.expm1 if read.scale is Scale.RATIO else np.asarray
    known = np.isfinite(shift.low) & np.isfinite(shift.high) & (people_of_kinds(cells) >= LEAST_PEOPLE)
    change, low, high = (sized(np.where(known, values, np.nan)) for values in (shift.change, shift.low, shift.high))
    kinds = tuple(
        Changed(
            name,
            _known(change[place]),
            _known(low[place]),
            _known(high[place]),
            bool(shift.named[place] and known[place]),
            round(float(counts[place])),
        )
        for place, name in enumerate(names)
    )
    return Processes(read.kpi, kinds, read.capped)


def people_of_kinds(cells: Cells) -> Index:
    """By stratum how many agents have contacts of it."""
    pairs = np.unique(cells.stratum * cells.agents + cells.agent)
    return np.bincount(pairs // cells.agents, minlength=cells.strata)


def _known(value: float) -> float | None:
    return None if np.isnan(value) else float(value)


def by_reason(read: AgentCells) -> tuple[list[object], np.ndarray]:
    """Strata by reason, where they have one that tells; else by queue."""
    has_reasons = any(len(kind) > 2 and kind[2] is not None for kind in read.kinds)
    told = [kind[2] if has_reasons and len(kind) > 2 else None if has_reasons else kind[0] for kind in read.kinds]
    names = sorted(set(told), key=lambda one: (one is None, str(one)))
    place = {name: number for number, name in enumerate(names)}
    return names, np.array([place[one] for one in told])[read.cells.stratum]
