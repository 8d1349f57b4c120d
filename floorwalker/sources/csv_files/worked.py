"""Did anybody work on the contact of a row? What talk, answer and agent say where no word of the file says it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np
import pyarrow.compute as pc

from floorwalker.sources.csv_files.durations import read_durations
from floorwalker.sources.csv_files.fields import OPEN
from floorwalker.sources.csv_files.instants import read_times
from floorwalker.sources.csv_files.profile import ColumnProfile
from floorwalker.sources.csv_files.times import SECOND
from floorwalker.sources.csv_files.words import NOBODY

ALMOST_ALL = 0.95
LONGEST_USUAL_CALL = 2 * 3600 * SECOND
OF_CALLS = frozenset({"wait", "ring", "talk", "hold", "wrap_up"})


@dataclass(frozen=True)
class OutcomeByWork:
    """A column that tells worked from unworked rows: its cells that mean nobody worked, and what those rows then are."""

    column: ColumnProfile
    zeros: tuple[str, ...]
    empty: bool
    meaning: str


def nobody_worked(found: Mapping[str, ColumnProfile]) -> np.ndarray | None:
    """Where nobody talked or answered, by what the file has of talk and answer, else by the agent; None where nothing tells."""
    signs = [_silent(found[name]) for name in ("talk", "handle") if name in found]
    if "answered" in found:
        signs.append(_empty(found["answered"]))
    if not signs and "agent" in found:
        signs.append(nobody_named(found["agent"]))
    if not signs:
        return None
    nobody: np.ndarray = np.logical_and.reduce(signs)
    return nobody


def nobody_named(agent: ColumnProfile) -> np.ndarray:
    """Where the column of agents names nobody."""
    return np.array([cell is None or cell.casefold() in NOBODY for cell in agent.cells.to_pylist()], bool)


def word_means_nobody(column: ColumnProfile, word: str, nobody: np.ndarray | None) -> bool | None:
    """Whether the rows with this word are those where nobody worked, or those where somebody did; None where neither."""
    if nobody is None:
        return None
    here = np.asarray(pc.fill_null(pc.equal(pc.utf8_lower(column.cells), word.lower()), False))
    share = float(nobody[here].mean()) if here.any() else 0.5
    if share >= ALMOST_ALL:
        return True
    return False if share <= 1 - ALMOST_ALL else None


def outcome_by_work(found: Mapping[str, ColumnProfile]) -> OutcomeByWork | None:
    """The column that tells answered contacts from others where no column of outcomes does."""
    calls = are_calls(found)
    lost = "abandoned" if calls else OPEN
    names = ("answered", "talk", "handle") if calls else ("ended", "answered", "handle")
    for name in names:
        column = found.get(name)
        if column is None:
            continue
        zeros = _zeros(column) if name in ("talk", "handle") else ()
        silent = _silent(column) if zeros else _empty(column)
        if 0.005 < silent.mean() < 1.0:
            return OutcomeByWork(column, zeros, column.filled < 1.0, lost)
    agent = found.get("agent")
    if agent is not None and calls and 0.005 < nobody_named(agent).mean() < 1.0:
        return OutcomeByWork(agent, (), True, lost)
    return None


def are_calls(found: Mapping[str, ColumnProfile]) -> bool:
    """Whether the rows are calls rather than tickets: they have stages of calls, or nearly all end within hours, answered or not."""
    if OF_CALLS & set(found):
        return True
    entered, ended = found.get("entered"), found.get("ended")
    if (
        entered is None
        or ended is None
        or "answered" not in found
        or entered.day_only_share
        or ended.filled < ALMOST_ALL
    ):
        return False
    begins, ends = read_times(entered.cells), read_times(ended.cells)
    both = begins.fine & ends.fine
    return bool(both.any()) and bool(np.median(ends.micros[both] - begins.micros[both]) < LONGEST_USUAL_CALL)


def _silent(column: ColumnProfile) -> np.ndarray:
    silent: np.ndarray = np.nan_to_num(read_durations(column.cells)[0]) == 0
    return silent


def _zeros(column: ColumnProfile) -> tuple[str, ...]:
    """How the column writes a length of nought."""
    seconds, wrong = read_durations(column.held)
    return tuple(sorted(set(column.held.filter(pc.equal(seconds, 0.0)).to_pylist()))) if not wrong.all() else ()


def _empty(column: ColumnProfile) -> np.ndarray:
    return np.asarray(pc.is_null(column.cells))
