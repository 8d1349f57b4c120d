"""Which column holds which of our things? The heading proposes, the values decide, the best fit is served first."""

from __future__ import annotations

from collections.abc import Callable, Container, Sequence
from dataclasses import dataclass

import numpy as np

from floorwalker.sources.csv_files.fields import FIELDS, YES_NO, FieldKind, RowKind
from floorwalker.sources.csv_files.headings import COUNTED, MEASURED, OTHER_SCORES, PEOPLE, PHRASES, UNSURE_AGENT
from floorwalker.sources.csv_files.profile import ColumnProfile
from floorwalker.sources.csv_files.words import (
    CHANNEL_WORDS,
    DIRECTION_WORDS,
    OUTCOME_WORDS,
    STATE_WORDS,
    direction_of,
    outcome_of,
)
from floorwalker.sources.csv_files.worked import nobody_worked, word_means_nobody

LEAST_FIT = 0.55
LEAST_FIT_OF_TEXT = 0.75
FIT_OF_QUESTION = 0.8
FEW_TIMES = 3
ALMOST_UNIQUE = 0.98
MOST_ROWS_OF_CHAIN = 8
MOST_CODES = 12
LEAST_SCORED, LEAST_POSSIBLE = 0.9, 0.8
# Words of headings that tell that somebody evaluated what an agent did.
EVALUATED = frozenset("quality qa qm evaluation evaluated evaluator audit audited scorecard".split())
STARTS = frozenset({"start", "started", "begin", "entered", "queued", "arrival", "call", "beginn"})
LATER = frozenset({"end", "ended", "answer", "answered", "stop", "finish", "closed", "ende"})
MATTERS = frozenset({"case", "ticket", "call", "conversation", "contact"})


@dataclass(frozen=True)
class Assignment:
    """Which column holds what. clock: the column of the time of day where the begin stands in two; guessed: by value alone."""

    rows: RowKind
    columns: dict[str, ColumnProfile]
    clock: ColumnProfile | None = None
    guessed: frozenset[str] = frozenset()


def assign(columns: Sequence[ColumnProfile]) -> Assignment:
    """The columns of a sample, each given to at most one thing of ours."""
    rows = _row_kind(columns, _best_fits(columns, RowKind.CONTACTS))
    found = _best_fits(columns, rows)
    begin = "started" if rows is RowKind.STATES else "entered"
    guessed = set()
    if begin not in found and "evaluated" not in found:
        other = _any_moment(columns, found)
        if other is not None:
            found = {name: column for name, column in found.items() if column is not other} | {begin: other}
            guessed.add(begin)
    if "id" not in found:
        ids = [column for column in columns if column not in found.values() and _is_some_id(column)]
        if ids:
            found["id"] = ids[0]
            guessed.add("id")
    if rows is RowKind.CONTACTS and "outcome" not in found:
        by_value = _outcome_by_value([column for column in columns if column not in found.values()], found)
        if by_value is not None:
            found["outcome"] = by_value
            guessed.add("outcome")
    return Assignment(rows, found, _clock(columns, found, begin), frozenset(guessed))


def holds_totals(columns: Sequence[ColumnProfile], found: Assignment) -> list[ColumnProfile]:
    """The columns that count many contacts in one row; none where each row is one contact."""
    if "id" in found.columns and "id" not in found.guessed:
        return []
    return [
        column
        for column in columns
        if set(column.tokens) & COUNTED
        and column.number_share > 0.9
        and column.whole
        and column.number_moment_share < 0.8
        and np.nanmedian(column.numbers) > 1
    ]


def _best_fits(columns: Sequence[ColumnProfile], rows: RowKind) -> dict[str, ColumnProfile]:
    offers = []
    for order, (name, phrases) in enumerate(PHRASES.items()):
        if name not in FIELDS or rows not in FIELDS[name].rows:
            continue
        for place, column in enumerate(columns):
            fit, phrase = _heading_fit(column, phrases)
            least = LEAST_FIT_OF_TEXT if FIELDS[name].kind is FieldKind.TEXT else LEAST_FIT
            if fit >= least and _ACCEPTS_OF.get((rows, name), _ACCEPTS[name])(column):
                offers.append((-round(fit, 6), _rank(name, order), phrase, place, name))
    found: dict[str, ColumnProfile] = {}
    for *_, place, name in sorted(offers):
        if name not in found and columns[place] not in found.values():
            found[name] = columns[place]
    return found


def _heading_fit(column: ColumnProfile, phrases: Sequence[str]) -> tuple[float, int]:
    """How much of the heading the best phrase explains, and its place in the list (the earlier the better)."""
    heading = set(column.telling)
    plain = {token[:-1] if len(token) > 3 and token.endswith("s") else token for token in column.tokens} | set(
        column.tokens
    )
    best = (0.0, 0)
    for place, phrase in enumerate(phrases):
        words = set(phrase.split())
        if words <= plain:
            explained = len(words & heading) or 1
            fit = explained / max(len(heading), explained) + 0.1 * explained
            if column.asks and explained < len(heading):
                fit = max(fit, FIT_OF_QUESTION)
            best = max(best, (fit, -place))
    return best[0], -best[1]


def _rank(name: str, order: int) -> int:
    """Things whose words are checked against a vocabulary come before those that would take any text."""
    return order if name not in _VOCABULARY else order - 100


def _row_kind(columns: Sequence[ColumnProfile], found: dict[str, ColumnProfile]) -> RowKind:
    evidence = {"outcome", "wait", "talk", "handle", "hold", "wrap_up", "ended"} & set(found)
    states = _best_fits(columns, RowKind.STATES)
    if {"state", "agent", "started"} <= set(states) and {"stopped", "lasted"} & set(states) and "score" not in found:
        return RowKind.STATES
    if _are_evaluations(columns, _best_fits(columns, RowKind.EVALUATIONS)):
        return RowKind.EVALUATIONS
    if "score" in found and found["score"].filled >= 0.98 and not evidence:
        return RowKind.SURVEYS
    return RowKind.CONTACTS


def _are_evaluations(columns: Sequence[ColumnProfile], found: dict[str, ColumnProfile]) -> bool:
    """Whether somebody scored agents' work: each row says whose and how well, and who did it or that it is quality."""
    if not {"agent", "score"} <= set(found) or found["score"].filled < LEAST_SCORED:
        return False
    said = set(found["score"].tokens) & EVALUATED or any(set(column.tokens) & EVALUATED for column in columns)
    contacts = {"outcome", "wait"} & set(_best_fits(columns, RowKind.CONTACTS))
    return not contacts and ("evaluator" in found or bool(said))


def holds_other_scores(columns: Sequence[ColumnProfile], found: Assignment) -> ColumnProfile | None:
    """A column of scores that no customer gave, in a file that says nothing else of a contact: evaluations, audits."""
    said = {"outcome", "wait", "talk", "handle", "ended", "answered", "score", "channel", "queue", "direction"} & set(
        found.columns
    )
    scores = (column for column in columns if set(column.tokens) & OTHER_SCORES and column.number_share > 0.9)
    return next((column for column in scores if not said and column is not found.columns.get("id")), None)


def holds_bare_states(columns: Sequence[ColumnProfile], found: Assignment) -> ColumnProfile | None:
    """A column of agents' states in a file that says when each began, but neither its end nor its length."""
    states = _best_fits(columns, RowKind.STATES)
    work = {"id", "queue", "customer", "wait", "talk", "handle", "ended", "score", "direction"} & set(found.columns)
    bare = {"state", "agent", "started"} <= set(states) and not {"stopped", "lasted"} & set(states)
    if not bare or work or states["state"].word_share(STATE_WORDS) < 0.8:
        return None
    return states["state"] if states["state"].word_share(OUTCOME_WORDS) < 0.5 else None


def _outcome_by_value(free: Sequence[ColumnProfile], found: dict[str, ColumnProfile]) -> ColumnProfile | None:
    """A column whose words are those of outcomes whatever its heading, or codes that part worked from unworked rows."""
    for column in free:
        if column.distinct > 1 and column.word_share(OUTCOME_WORDS) > 0.95 and not column.number_share:
            return column
    nobody = nobody_worked(found)
    for column in free:
        headed = _heading_fit(column, PHRASES["outcome"])[0] >= LEAST_FIT
        if nobody is not None and headed and 1 < column.distinct <= MOST_CODES:
            told = {word_means_nobody(column, word, nobody) for word in column.counts}
            if told == {True, False}:
                return column
    return None


def _any_moment(columns: Sequence[ColumnProfile], found: dict[str, ColumnProfile]) -> ColumnProfile | None:
    """Some column of times when no heading says that it is the begin: one of another use first, since it is of the contact."""
    used = [found[name] for name in ("answered", "survey_answered", "ended") if name in found]
    return next(
        (
            column
            for column in [*used, *columns]
            if column.moment_share > 0.8 and column.filled >= 0.95 and not column.other_matter
        ),
        None,
    )


def _clock(columns: Sequence[ColumnProfile], found: dict[str, ColumnProfile], begin: str) -> ColumnProfile | None:
    """The column of the time of day, where the begin is a day without one, or always midnight: that of the start if there are several."""
    if begin not in found or not (found[begin].day_only_share > 0.95 or found[begin].always_midnight):
        return None
    clocks = [column for column in columns if column not in found.values() and _is_clock(column)]
    starts = [column for column in clocks if set(column.tokens) & STARTS]
    others = [column for column in clocks if not set(column.tokens) & LATER]
    return next(iter([*starts, *others, *clocks]), None)


def _is_clock(column: ColumnProfile) -> bool:
    headed = bool(set(column.tokens) & {"time", "hour", "clock", "at", "uhrzeit", "heure", "hora"})
    return column.clock_share > 0.95 and column.filled >= 0.95 and headed


def _is_id(column: ColumnProfile) -> bool:
    almost = column.distinct >= ALMOST_UNIQUE * column.different_rows and column.filled >= ALMOST_UNIQUE
    return almost and column.moment_share < 0.5 and not column.free_text


def _is_some_id(column: ColumnProfile) -> bool:
    """Whether it names each row, and its heading says that it is made for that and not for people."""
    tokens = set(column.tokens)
    named = bool(tokens & {"id", "key", "nr", "number"}) and not tokens & (PEOPLE | {"agent", "customer", "caller"})
    return column.unique and _is_id(column) and named and not column.addresses


def _is_chain(column: ColumnProfile) -> bool:
    """What several rows share: few of them, or it would be a name."""
    return _is_name(column) and not column.unique and column.distinct > len(column.held) / MOST_ROWS_OF_CHAIN


def _is_name(column: ColumnProfile) -> bool:
    return not column.almost_empty and column.moment_share < 0.5 and not column.free_text and not column.yes_no


def _is_agent(column: ColumnProfile) -> bool:
    if set(column.telling) <= UNSURE_AGENT | MATTERS and column.distinct * FEW_TIMES > len(column.held):
        return False
    return _is_name(column) and not (column.asks and column.number_share > 0.5)


def _is_queue(column: ColumnProfile) -> bool:
    """A queue's name may be a number; a time in the queue is told by a word for what it counts."""
    seconds = set(column.tokens) == {"in", "queue"} and column.number_share > 0.9
    return _is_name(column) and not set(column.tokens) & MEASURED and not seconds


def _is_wait(column: ColumnProfile) -> bool:
    said = bool(set(column.tokens) & MEASURED) or column.tokens == ("in", "queue") or column.colon_share > 0.5
    named = set(column.telling) != {"queue"} or said
    return _is_duration(column) and named


def _is_reason(column: ColumnProfile) -> bool:
    few = column.distinct <= max(12, min(200, len(column.held) // 5))
    return _is_name(column) and few and column.number_share < 0.5


def _is_moment(column: ColumnProfile) -> bool:
    share = max(column.moment_share, column.number_moment_share)
    return share > 0.8 and not column.almost_empty and not column.other_matter


def _is_begin(column: ColumnProfile) -> bool:
    return _is_moment(column) and column.filled >= 0.95


def _is_duration(column: ColumnProfile) -> bool:
    return column.duration_share > 0.9 and not column.almost_empty and column.moment_share < 0.5 and not column.yes_no


def _is_evaluation_score(column: ColumnProfile) -> bool:
    """Points or percent, in whatever fine steps."""
    if column.number_share < 0.95 or column.almost_empty or set(column.tokens) & _NO_EVALUATIONS:
        return False
    possible = (column.numbers >= 0) & (column.numbers <= 100)
    return bool(possible[~np.isnan(column.numbers)].mean() >= LEAST_POSSIBLE)


def _is_score(column: ColumnProfile) -> bool:
    if set(column.tokens) & OTHER_SCORES:
        return False
    if column.number_share < 0.95 and column.score_words is not None:
        return not column.almost_empty
    if column.number_share < 0.95 or column.almost_empty:
        return False
    return bool(np.nanmin(column.numbers) >= 0 and np.nanmax(column.numbers) <= 100) and column.distinct <= 101


def _is_customer(column: ColumnProfile) -> bool:
    telling = column.addresses or (column.distinct > 12 and column.moment_share < 0.5)
    return not column.almost_empty and telling and not column.free_text and "name" not in column.tokens


def _is_outcome(column: ColumnProfile) -> bool:
    """Words for outcomes, or for outcomes and directions mixed; a column of directions alone is none."""
    if column.yes_no:
        return True
    known = sum(count for word, count in column.counts.items() if outcome_of(word) is not None)
    directions = sum(count for word, count in column.counts.items() if outcome_of(word) is None and direction_of(word))
    return known > 0 and (known + directions) > 0.6 * len(column.held) and column.number_share < 0.5


def _has_words(words: Container[str], least: float) -> Callable[[ColumnProfile], bool]:
    return lambda column: column.word_share(words) >= least and column.number_share < 0.5


def _is_yes_no(column: ColumnProfile) -> bool:
    return column.yes_no


_VOCABULARY = frozenset({"outcome", "channel", "direction", "state", "resolved", "transferred"})
_ACCEPTS: dict[str, Callable[[ColumnProfile], bool]] = {
    "id": _is_id,
    "chain": _is_chain,
    "contact": _is_name,
    "agent": _is_agent,
    "team": _is_name,
    "queue": _is_queue,
    "reason": _is_reason,
    "disposition": _is_reason,
    "customer": _is_customer,
    "outcome": _is_outcome,
    "channel": _has_words(CHANNEL_WORDS, 0.5),
    "direction": _has_words(DIRECTION_WORDS, 0.8),
    "state": _has_words(STATE_WORDS, 0.5),
    "resolved": _is_yes_no,
    "transferred": _is_yes_no,
    "entered": _is_begin,
    "started": _is_begin,
    "score": _is_score,
}
_NO_EVALUATIONS = OTHER_SCORES - EVALUATED - {"compliance"}
_ACCEPTS |= dict.fromkeys(("evaluator", "form", "form_version"), _is_name)
_ACCEPTS |= {name: _is_yes_no for name, f in FIELDS.items() if f.words == YES_NO and name not in _ACCEPTS}
_ACCEPTS |= {name: _is_moment for name, f in FIELDS.items() if f.kind is FieldKind.INSTANT and name not in _ACCEPTS}
_ACCEPTS |= {name: _is_duration for name, f in FIELDS.items() if f.kind is FieldKind.DURATION} | {"wait": _is_wait}
# Where the same thing of ours looks otherwise in one sort of file.
_ACCEPTS_OF: dict[tuple[RowKind, str], Callable[[ColumnProfile], bool]] = {
    (RowKind.EVALUATIONS, "score"): _is_evaluation_score,
}
