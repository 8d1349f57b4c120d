"""What do the cells of one page say, field by field? Unreadable cells reject their row; impossible ones are flagged."""

from __future__ import annotations

from collections.abc import Mapping

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.facts.tables import ATTRIBUTES, INSTANT, TEXT
from floorwalker.sources.csv_files.durations import read_durations, read_numbers
from floorwalker.sources.csv_files.fields import FIELDS, OPEN
from floorwalker.sources.csv_files.mapping import FileMapping, MappedField
from floorwalker.sources.csv_files.problems import Problems
from floorwalker.sources.csv_files.rows import Rows
from floorwalker.sources.csv_files.study import moments
from floorwalker.sources.csv_files.times import DAY, LATEST, Read, Times
from floorwalker.sources.csv_files.zones import Instants, in_folds, settle_named, to_utc

EARLIEST_PLAUSIBLE = np.datetime64("1980-01-01", "us").astype(np.int64)
NOTHING = pa.scalar(None, TEXT)
# What a mapping's `values` say of a word that means that nobody answered.
NO_SCORE = "none"


class PageReader:
    """Reads the fields of one page by a mapping; what is wrong with a row goes to `problems`."""

    def __init__(self, rows: Rows, mapping: FileMapping, zone: str) -> None:
        self.rows = rows
        self.mapping = mapping
        self.zone = zone
        self.count = len(rows.raw)
        self.problems = Problems(rows.lines, rows.raw)

    # text and codes

    def ids(self) -> pa.Array:
        """What names each row; a row without its id is rejected."""
        if self.rows.names is not None:
            return pa.array(self.rows.names, TEXT)
        ids = self.text("id")
        self.problems.reject(
            _null(ids),
            "no id",
            lambda row: "an empty cell",
            "an id in every row",
            "leave `id` out of the mapping if rows may lack one",
        )
        return ids

    def text(self, name: str) -> pa.Array:
        """Words as the file has them, renamed where the mapping says so; the default where a cell is empty."""
        part, default = self.mapping.fields.get(name), self.mapping.defaults.get(name)
        plain = self._nothing() if part is None else self._renamed(part)
        return plain if default is None else pc.fill_null(plain, default)

    def code(self, name: str) -> pa.Array:
        """Words of our own; a word that the mapping does not know rejects its row."""
        part, default = self.mapping.fields.get(name), self.mapping.defaults.get(name)
        words = FIELDS[name].words
        if part is None:
            return self._nothing() if default is None else pa.repeat(pa.scalar(default, TEXT), self.count)
        known = dict(part.values) or {word: word for word in words}
        cells = self.rows.cells[part.columns[0]]
        found = _look_up(cells, known, part.other)
        strange = np.asarray(pc.and_(pc.is_valid(cells), pc.is_null(found)))
        self.problems.reject(
            strange,
            f"unknown word for {name}",
            lambda row: f"{cells[row].as_py()!r} in column {part.columns[0]!r}",
            f"one of {', '.join(sorted(known))}",
            f"add the word under columns.{name}.values, or say `other:` for all others",
        )
        meaning = part.empty if part.empty is not None else default
        return found if meaning is None else pc.if_else(pc.is_null(cells), meaning, found)

    def yes(self, name: str) -> pa.Array:
        """A yes or no as a bool, null where nothing is said."""
        return pc.equal(self.code(name), "yes")

    def attributes(self) -> pa.Array | None:
        """The further columns of the mapping as one map a row, without the empty ones."""
        if not self.mapping.attributes:
            return None
        parts = [(name, self._renamed(part)) for name, part in self.mapping.attributes.items()]
        held = np.array([~_null(cells) for _, cells in parts]).T
        offsets = np.concatenate([[0], np.cumsum(held.sum(axis=1))]).astype(np.int32)
        rows, columns = np.nonzero(held)
        items = pa.concat_arrays([cells for _, cells in parts]).take(pa.array(columns * self.count + rows))
        keys = pa.array([name for name, _ in parts], TEXT).take(pa.array(columns))
        return pa.MapArray.from_arrays(pa.array(offsets), keys, items, type=ATTRIBUTES)

    def _renamed(self, part: MappedField) -> pa.Array:
        cells = self.rows.cells[part.columns[0]]
        if part.values or part.other is not None:
            found = _look_up(cells, part.values, part.other)
            cells = pc.coalesce(found, cells)
        return cells if part.empty is None else pc.fill_null(cells, part.empty)

    def _nothing(self) -> pa.Array:
        return pa.nulls(self.count, TEXT)

    # figures

    def seconds(self, name: str) -> np.ndarray:
        """Seconds, NaN where there are none; a negative duration is flagged and left empty."""
        part = self.mapping.fields.get(name)
        if part is None:
            return np.full(self.count, np.nan)
        seconds, wrong = read_durations(self.rows.cells[part.columns[0]], part.unit, self.mapping.decimal)
        self._reject_cells(
            wrong, part, f"{name} is no duration", "seconds, or h:mm:ss, or a number in the `unit` of the mapping"
        )
        negative = seconds < 0
        self.problems.flag(negative, "negative_duration")
        return np.where(negative, np.nan, seconds)

    def score(self) -> tuple[np.ndarray, np.ndarray]:
        """Scores, NaN where there is none, and where a survey was answered at all."""
        part = self.mapping.fields.get("score")
        if part is None:
            return np.full(self.count, np.nan), np.zeros(self.count, bool)
        return self.figures(part, "score is no number", "columns.score")

    def figures(self, part: MappedField, reason: str, where: str) -> tuple[np.ndarray, np.ndarray]:
        """Figures on the scale of their field, NaN where there is none, and where anything stands at all."""
        cells = self._renamed(part)
        cells = pc.if_else(pc.equal(cells, NO_SCORE), NOTHING, cells)
        score, wrong = read_numbers(cells, self.mapping.decimal)
        self._reject_cells(wrong, part, reason, f"a number, or a word listed under {where}.values")
        if part.scale is not None:
            outside = (score < min(part.scale)) | (score > max(part.scale))
            self.problems.flag(outside, "score_outside_scale")
            score = np.where(outside, np.nan, score)
        return score, ~_null(cells)

    # times

    def begin(self) -> Instants:
        """The instant that sets a row's day, from the column that the mapping names for it."""
        name = self.mapping.begins
        times = self._times(name)
        if times is None:
            return nowhere(self.count)
        late = in_folds(self.rows.facts.folds, times, self.rows.lines)
        return self._exists(name, to_utc(times, self.zone, late))

    def instants(self, name: str, after: Instants) -> Instants:
        """Any other instant. Of an hour that came twice, the first pass that is not before `after` is meant."""
        times = self._times(name)
        if times is None:
            return nowhere(self.count)
        first = to_utc(times, self.zone)
        late = first.twice & after.known & (first.micros < after.micros)
        return self._exists(name, to_utc(times, self.zone, late) if late.any() else first)

    def _times(self, name: str) -> Times | None:
        part = self.mapping.fields.get(name)
        if part is None:
            return None
        times = moments(part, self.rows.cells, self.rows.facts.orders.get(name))
        far = times.fine & ((times.micros < EARLIEST_PLAUSIBLE) | (times.micros >= LATEST))
        for where, reason, expected, mend in (
            (times.state == Read.UNKNOWN, f"{name} is no time", "a date and time", _MEND_FORMAT),
            (times.state == Read.NO_SUCH_DAY, f"{name} is no day of the calendar", "a day that exists", _MEND_FORMAT),
            (
                times.state == Read.AMBIGUOUS,
                f"{name}: day or month first?",
                "a date that can be read in one way",
                _MEND_ORDER,
            ),
            (far, f"{name} is no plausible time", "a time between 1980 and 2099", _MEND_FORMAT),
        ):
            self._reject_cells(where, part, reason, expected, mend.format(name=name))
        times, foreign = settle_named(times, self.zone)
        self._reject_cells(
            foreign & ~far,
            part,
            f"{name} is in a time zone that is not the site's",
            f"the abbreviation that {self.zone} has at that time, or an offset such as +01:00",
            _MEND_ZONE,
        )
        return times

    def _exists(self, name: str, instants: Instants) -> Instants:
        part = self.mapping.fields[name]
        expected = f"a time that the clocks in {self.zone} showed"
        self._reject_cells(
            instants.never, part, f"{name} fell in the hour that the clocks skipped", expected, _MEND_ZONE
        )
        return instants

    def _reject_cells(
        self,
        where: np.ndarray,
        part: MappedField,
        reason: str,
        expected: str,
        mend: str = "correct the row, or the mapping",
    ) -> None:
        def found(row: int) -> str:
            cells = (self.rows.cells[column][row].as_py() or "" for column in part.columns)
            return f"{' '.join(cells)!r} in column {' and '.join(map(repr, part.columns))}"

        self.problems.reject(where, reason, found, expected, mend)


_MEND_FORMAT = "correct the row, or say `format:` under columns.{name}"
_MEND_ORDER = (
    "is 03/04 the 3 April or the 4 March? Say `dates: day-month-year` or `dates: month-day-year` in the mapping"
)
_MEND_ZONE = "name the zone of the times under `timezone` in the mapping"


def nowhere(count: int) -> Instants:
    """No instant in any row."""
    nothing = np.zeros(count, bool)
    return Instants(np.zeros(count, np.int64), nothing, nothing, nothing, nothing)


def came_before(value: Instants, floor: Instants) -> np.ndarray:
    """Where an instant comes before another; a day without a time does so only when it has ended by then."""
    latest = np.where(value.day_only, value.micros + DAY - 1, value.micros)
    before: np.ndarray = value.known & floor.known & (latest < floor.micros)
    return before


def possible(value: Instants, impossible: np.ndarray, *floors: Instants) -> Instants:
    """The instants that are not impossible; a day without a time is its first moment that is not before any floor."""
    micros = value.micros
    for floor in floors:
        micros = np.where(value.day_only & floor.known, np.maximum(micros, floor.micros), micros)
    return Instants(micros, value.known & ~impossible, value.twice, value.never, value.day_only)


def instant_array(instants: Instants) -> pa.Array:
    """Instants as the lake has them."""
    return pa.array(instants.micros, mask=~instants.known).cast(INSTANT)


def number_array(values: np.ndarray) -> pa.Array:
    """Numbers with null for NaN."""
    return pa.array(values, pa.float64(), from_pandas=True)


def is_word(codes: pa.Array, *words: str) -> np.ndarray:
    """Where a code is one of these words; false where there is none."""
    return np.asarray(pc.is_in(codes, value_set=pa.array(words, TEXT)))


def only_where(values: pa.Array, where: np.ndarray) -> pa.Array:
    """The values in these rows, null in the others."""
    return pc.if_else(pa.array(where), values, pa.scalar(None, values.type))


def without_open(outcome: pa.Array) -> pa.Array:
    """Outcomes as the lake has them: null while the contact still waits."""
    return pc.if_else(pc.equal(outcome, OPEN), NOTHING, outcome)


def _null(cells: pa.Array) -> np.ndarray:
    return np.asarray(pc.is_null(cells))


def _look_up(cells: pa.Array, known: Mapping[str, str], other: str | None) -> pa.Array:
    """What each word means, each distinct word looked up once; `other` for those not listed."""
    encoded = cells.dictionary_encode()
    meanings = [known.get(word.casefold(), other) for word in encoded.dictionary.to_pylist()]
    return pa.array(meanings, TEXT).take(encoded.indices)
