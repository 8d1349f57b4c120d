"""What does a column look like, by its heading and by its values?"""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Container, Sequence
from dataclasses import dataclass
from functools import cached_property

import numpy as np
import pyarrow as pa
import pyarrow.compute as pc

from floorwalker.sources.csv_files.durations import read_durations, read_numbers
from floorwalker.sources.csv_files.headings import FILLERS, FREE_TEXT, KNOWN_WORDS, OTHER_MATTERS, PEOPLE, SENSITIVE
from floorwalker.sources.csv_files.instants import read_clock, read_times
from floorwalker.sources.csv_files.mapping import EMPTY_WORDS
from floorwalker.sources.csv_files.score_words import ScoreWords, read_score_words
from floorwalker.sources.csv_files.study import clean
from floorwalker.sources.csv_files.times import DAY, Read, Times
from floorwalker.sources.csv_files.words import NO_WORDS, YES_WORDS

ALMOST_EMPTY = 0.02
LEAST_WORDS_OF_QUESTION = 5
MOST_SCORE_WORDS = 24
_SHORTEST_PART = 3
_CAMEL = re.compile(r"(?<=[a-z0-9])(?=[A-Z])|(?<=[A-Z])(?=[A-Z][a-z])")
_EMAIL = r"^[^@\s]+@[^@\s]+\.[^@\s]+$"
_PHONE = r"^(?:\+|00)?\d[\d ()/-]{6,19}$"
_AGENTS = r"(?i)\bagent\b"
_NAMES = frozenset({"name", "forename", "surname", "firstname", "lastname"})
_OF_PEOPLE = frozenset({"customer", "client", "caller", "contact", "first", "last", "full", "user", "middle"})


@dataclass(frozen=True)
class ColumnProfile:
    """One column of a sample: its heading, its cells without blanks, null where empty, and how many rows differ at all.

    known_as: what it holds where the file has no headings and is of a kind that is known.
    """

    name: str
    cells: pa.Array
    different_rows: int
    known_as: str | None = None

    @cached_property
    def tokens(self) -> tuple[str, ...]:
        """The words of the heading in lower case."""
        words = re.findall(r"[^\W_]+", _CAMEL.sub(" ", self.known_as or self.name).lower())
        return tuple(part for word in words for part in _apart(word))

    @cached_property
    def telling(self) -> tuple[str, ...]:
        """The words of the heading that say something."""
        return tuple(t for t in self.tokens if t not in FILLERS and not t.isdigit()) or self.tokens

    @cached_property
    def asks(self) -> bool:
        """Whether the heading is a question, as those of survey forms are: then one telling word of it is enough."""
        return self.name.rstrip().endswith("?") or len(self.telling) >= LEAST_WORDS_OF_QUESTION

    # how full, how different

    @cached_property
    def held(self) -> pa.Array:
        """The cells that are not empty."""
        return self.cells.drop_null()

    @cached_property
    def filled(self) -> float:
        """The share of rows in which it holds something."""
        return len(self.held) / len(self.cells) if len(self.cells) else 0.0

    @cached_property
    def counts(self) -> dict[str, int]:
        """How often each value comes, in the order of first sight."""
        return dict(Counter(self.held.to_pylist()))

    @property
    def distinct(self) -> int:
        """How many different values there are."""
        return len(self.counts)

    @property
    def unique(self) -> bool:
        """Whether every row has a value that no other row has; rows that stand twice, word for word, are one."""
        return self.filled == 1.0 and self.distinct == self.different_rows

    @property
    def almost_empty(self) -> bool:
        """Whether hardly any row holds something."""
        return self.filled < ALMOST_EMPTY

    # what the values are

    @cached_property
    def times(self) -> Times:
        """The values read as moments."""
        return read_times(self.held)

    @cached_property
    def moment_share(self) -> float:
        """The share of values that are dates, or dates with times, in whatever form."""
        readable = np.isin(self.times.state, (Read.FINE, Read.AMBIGUOUS))
        return _share(readable & ~self._bare_numbers)

    @cached_property
    def number_moment_share(self) -> float:
        """The share of values that are bare numbers in the range of Excel's days or of seconds since 1970."""
        return _share((self.times.state == Read.FINE) & self._bare_numbers)

    @cached_property
    def day_only_share(self) -> float:
        """The share of values that are dates without a time of day."""
        return _share(self.times.day_only)

    @property
    def always_midnight(self) -> bool:
        """Whether every moment is the very begin of a day, as exports of spreadsheets write a day."""
        fine = self.times.fine | (self.times.state == Read.AMBIGUOUS)
        return bool(fine.any()) and bool((self.times.micros[fine] % DAY == 0).all())

    @cached_property
    def clock_share(self) -> float:
        """The share of values that are times of day, written with a colon or as a fraction of a day."""
        clocks = read_clock(self.held)
        return _share(clocks.fine & ~(self._bare_numbers & (self.numbers == 0)))

    @cached_property
    def duration_share(self) -> float:
        """The share of values that can be read as durations."""
        return _share(~read_durations(self.held)[1])

    @cached_property
    def seconds(self) -> np.ndarray:
        """The values read as durations in seconds."""
        return read_durations(self.held)[0]

    @cached_property
    def colon_share(self) -> float:
        """The share of values with a colon."""
        return _share(np.asarray(pc.match_substring(self.held, ":")))

    @cached_property
    def numbers(self) -> np.ndarray:
        """The values read as numbers, NaN for others."""
        return read_numbers(self.held)[0]

    @cached_property
    def number_share(self) -> float:
        """The share of values that are numbers."""
        return _share(self._bare_numbers)

    @property
    def _bare_numbers(self) -> np.ndarray:
        bare: np.ndarray = ~np.isnan(self.numbers)
        return bare

    @property
    def whole(self) -> bool:
        """Whether every number is a whole one."""
        numbers = self.numbers[self._bare_numbers]
        return bool(len(numbers)) and bool((numbers == np.floor(numbers)).all())

    def word_share(self, words: Container[str]) -> float:
        """The share of values that are among these words."""
        known = sum(count for value, count in self.counts.items() if value.casefold() in words)
        return known / max(1, len(self.held))

    @cached_property
    def yes_no(self) -> bool:
        """Whether it says yes and no, one way or another."""
        words = {value.casefold() for value in self.counts}
        return bool(words) and len(words) <= 2 and words <= YES_WORDS | NO_WORDS

    @cached_property
    def score_words(self) -> ScoreWords | None:
        """What it holds as survey answers in words, stars or faces; None where it holds none of a known scale."""
        return read_score_words(self.counts) if 0 < self.distinct <= MOST_SCORE_WORDS else None

    @cached_property
    def free_text(self) -> bool:
        """Whether people write sentences in it."""
        if not self.held:
            return False
        words = np.asarray(pc.count_substring(self.held, " ")) + 1
        long = np.asarray(pc.utf8_length(self.held))
        headed = bool(set(self.tokens) & FREE_TEXT) and words.mean() > 1.5
        return bool((headed or words.mean() > 4 or long.max() > 120) and self.distinct > 12)

    @cached_property
    def addresses(self) -> bool:
        """Whether the values are e-mail addresses or telephone numbers."""
        pattern = f"{_EMAIL}|{_PHONE}"
        return (
            bool(self.held)
            and _share(np.asarray(pc.match_substring_regex(self.held, pattern))) > 0.8
            and self.moment_share < 0.5
        )

    @property
    def headed(self) -> bool:
        """Whether a heading names it, and not only its place."""
        return self.known_as is not None or re.fullmatch(r"column \d+", self.name) is None

    # what it must not be used for

    @property
    def names_a_person(self) -> bool:
        """Whether the heading speaks of a person, or the values are addresses of persons."""
        tokens = set(self.tokens)
        names = bool(tokens & _NAMES) and set(self.telling) <= _NAMES | _OF_PEOPLE
        alone = set(self.telling) <= _OF_PEOPLE and "customer" in tokens
        agents = _share(np.asarray(pc.match_substring_regex(self.held, _AGENTS))) > 0.2 and self.distinct > 2
        return names or alone or agents or bool(tokens & PEOPLE) or (self.addresses and self.distinct > 12)

    @property
    def sensitive(self) -> bool:
        """Whether the heading speaks of what a person is."""
        return bool(set(self.tokens) & SENSITIVE)

    @property
    def other_matter(self) -> bool:
        """Whether the heading speaks of an order, a product or another thing than the contact."""
        return bool(set(self.tokens) & OTHER_MATTERS)


def profile_columns(
    names: Sequence[str], rows: Sequence[Sequence[str]], known_as: Sequence[str] = ()
) -> list[ColumnProfile]:
    """A profile of each column of some rows. known_as: what the columns hold, where no heading says it."""
    empty = frozenset(EMPTY_WORDS)
    columns = zip(*rows, strict=True) if rows else ([] for _ in names)
    different = len(set(map(tuple, rows)))
    meanings: Sequence[str | None] = known_as or [None] * len(names)
    return [
        ColumnProfile(name, clean(list(cells), empty), different, known)
        for name, cells, known in zip(names, columns, meanings, strict=True)
    ]


def _apart(word: str) -> tuple[str, ...]:
    """A word of a heading; two, where it is two known ones without a space."""
    if word in KNOWN_WORDS or word in FILLERS:
        return (word,)
    for cut in range(_SHORTEST_PART, len(word) - _SHORTEST_PART + 1):
        if word[:cut] in KNOWN_WORDS and word[cut:] in KNOWN_WORDS:
            return word[:cut], word[cut:]
    return (word,)


def _share(where: np.ndarray) -> float:
    return float(where.mean()) if len(where) else 0.0
