"""How is a guessed mapping written, so that a person sees what was guessed, from what, and what is still a question?"""

from __future__ import annotations

import json
import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from floorwalker.sources.csv_files.assign import Assignment
from floorwalker.sources.csv_files.criteria import criterion_text
from floorwalker.sources.csv_files.fields import FIELDS, FieldKind, RowKind
from floorwalker.sources.csv_files.headings import FILLERS
from floorwalker.sources.csv_files.hints import guess_decimal, guess_order, guess_zone, words_for_nobody
from floorwalker.sources.csv_files.mapping import ATTRIBUTES_AT_MOST, NO_HEADING
from floorwalker.sources.csv_files.meanings import (
    LEAST_NUMBERS,
    guess_points,
    guess_scale,
    guess_unit,
    guess_values,
    question_code,
    zero_means_unrated,
)
from floorwalker.sources.csv_files.profile import ColumnProfile
from floorwalker.sources.csv_files.worked import are_calls, nobody_worked, outcome_by_work
from floorwalker.sources.csv_files.yaml_text import scalar

COMMENT_COLUMN = 58
ATTRIBUTE_VALUES = 50
_GENERIC = frozenset({"agent", "customer", "call", "ticket", "contact", "case"})
_ROW_MEANING = {
    RowKind.CONTACTS: "each row is one contact",
    RowKind.SURVEYS: "each row is one survey answer: every row has a score, and nothing says how a contact went",
    RowKind.EVALUATIONS: "each row is one evaluation of an agent's work",
    RowKind.STATES: "each row is one stretch of an agent's time",
}


@dataclass(frozen=True)
class Sample:
    """What was looked at."""

    file: str
    sheets: tuple[str, ...]
    header_row: int | None
    rows: int
    notes: tuple[str, ...] = ()
    delimiter: str | None = None


@dataclass(frozen=True)
class Line:
    """A line of YAML and the comment beside it."""

    text: str
    comment: str = ""

    def __str__(self) -> str:
        if not self.comment:
            return self.text
        comment = re.sub(r"[\r\n\t]+", " ", self.comment)
        return f"{self.text:<{COMMENT_COLUMN}} # {comment}" if self.text else f"# {comment}"


def write_mapping(sample: Sample, columns: Sequence[ColumnProfile], found: Assignment) -> str:
    """The mapping as YAML text."""
    used = [*found.columns.values(), *([found.clock] if found.clock is not None else [])]
    left = [column for column in columns if not any(column is other for other in used)]
    criteria, left = _criteria(left, found.rows)
    attributes, asides = _sort_out(left, found)
    lines = [
        *_head(sample, len(columns)),
        Line(f"rows: {found.rows}", _ROW_MEANING[found.rows]),
        *_where(sample),
        *_time_lines(columns, found),
        *_file_lines(sample, columns, found),
        Line(""),
        Line("columns:"),
        *(line for name in FIELDS if name in found.columns for line in _field_lines(name, found)),
        *_outcome_without_column(found),
        *criteria,
        *_attribute_lines(attributes),
        *_default_lines(found),
        *_left_out(asides),
    ]
    return "\n".join(str(line).rstrip() for line in lines) + "\n"


def _head(sample: Sample, columns: int) -> list[Line]:
    return [
        Line("", f"A first mapping for {sample.file}: {sample.rows:,} rows and {columns} columns were looked at."),
        Line(
            "",
            "A # begins a comment. A question mark in it asks you something; everything else is a guess with its ground.",
        ),
        *(Line("", note) for note in sample.notes),
    ]


def _where(sample: Sample) -> list[Line]:
    lines = []
    if len(sample.sheets) == 1:
        lines.append(Line(f"sheet: {scalar(sample.sheets[0])}"))
    elif sample.sheets:
        names = ", ".join(json.dumps(name, ensure_ascii=False) for name in sample.sheets)
        lines.append(Line(f"sheet: [{names}]", "they have the same headings; only the first was looked at"))
    if sample.header_row is not None:
        none = sample.header_row == NO_HEADING
        lines.append(
            Line(
                f"header_row: {'none' if none else sample.header_row}",
                "columns are named by their place" if none else "",
            )
        )
    return lines


def _time_lines(columns: Sequence[ColumnProfile], found: Assignment) -> list[Line]:
    lines = [
        Line(
            "",
            "timezone: Europe/London   ? Times without a zone are the site's own; name another zone here if they are not.",
        )
    ]
    zone = guess_zone(found)
    if zone is not None:
        lines = [Line(f"timezone: {zone.value}", zone.ground)]
    order = guess_order(columns, found)
    if order is not None and order.value is not None:
        lines.append(Line(f"dates: {order.value}", order.ground))
    elif order is not None:
        lines += [Line("", order.ground), Line("", "dates: day-month-year (or month-day-year)")]
    return lines


def _file_lines(sample: Sample, columns: Sequence[ColumnProfile], found: Assignment) -> list[Line]:
    """The decimal sign, and words that stand for nothing."""
    decimal, nobody = guess_decimal(columns, sample.delimiter), words_for_nobody(found)
    lines = [] if decimal is None else [Line(f'decimal: "{decimal.value}"', decimal.ground)]
    if nobody:
        words = ", ".join(json.dumps(word, ensure_ascii=False) for word in nobody)
        lines.append(Line(f"empty: [{words}]", "in the column of agents these name nobody"))
    return lines


def _field_lines(name: str, found: Assignment) -> list[Line]:
    column = found.columns[name]
    if FIELDS[name].kind is FieldKind.CODE:
        return _code_lines(name, column, "  ", nobody_worked(found.columns) if name == "outcome" else None)
    if FIELDS[name].kind is FieldKind.DURATION:
        return [_duration_line(name, column, found)]
    if FIELDS[name].kind is FieldKind.INSTANT:
        return [_instant_line(name, column, found)]
    if FIELDS[name].kind is FieldKind.SCORE:
        return _score_lines(column, found.rows)
    return [Line(f"  {name}: {scalar(column.name)}", _text_comment(name, column))]


def _text_comment(name: str, column: ColumnProfile) -> str:
    if name == "id":
        return _id_comment(column)
    if name == "chain" and column.distinct < len(column.held):
        return (
            f"{column.distinct} different in {len(column.held):,} rows; ? are these rows visits or steps of one call? "
            "Each row counts as one contact: where it is only a step, keep one row for each call"
        )
    # Names and numbers of people are not repeated in a file that is made to be kept.
    people = name in ("agent", "team", "customer", "evaluator")
    values = f"{column.distinct} different" + ("" if people else f": {_examples(column)}")
    extra = {
        "reason": "; ? known before the agent acts (menu, form)? If the agent sets it, write `disposition`",
        "team": "; the agent's team, or whoever leads it",
        "customer": "; only a keyed hash of it is kept",
    }
    return values + extra.get(name, "")


def _id_comment(column: ColumnProfile) -> str:
    rows = len(column.cells)
    if not column.unique:
        empty = rows - len(column.held)
        return f"? {len(column.held) - column.distinct} rows have the id of another row: the last one counts" + (
            f"; {empty} have none and are rejected" if empty else ""
        )
    again = rows - column.different_rows
    return f"no value comes twice in {rows:,} rows" + (f" but in {again} that are the same throughout" if again else "")


def _instant_line(name: str, column: ColumnProfile, found: Assignment) -> Line:
    example = next(iter(column.counts), "")
    if found.clock is not None and name in ("entered", "started"):
        clock = next(iter(found.clock.counts), "")
        return Line(
            f"  {name}: [{scalar(column.name)}, {scalar(found.clock.name)}]",
            f"date and time in two columns: {example} {clock}",
        )
    form = guess_format(column)
    text = scalar(column.name) if form is None else f"{{column: {scalar(column.name)}, format: {form}}}"
    return Line(f"  {name}: {text}", _instant_comment(name, column, found, example))


def _instant_comment(name: str, column: ColumnProfile, found: Assignment, example: str) -> str:
    said = {"day-month-year": "day first", "month-day-year": "month first"}.get(column.times.evidence.order(None) or "")
    parts = [f"such as {example}" + (f", {said}" if said else "")]
    if column.day_only_share > 0.95:
        parts.append("a day without a time")
    if name in found.guessed:
        parts.append("? no heading says when it began; this is the earliest time known")
    if name == "answered" and found.rows is RowKind.SURVEYS:
        parts.append("only checked against `entered`")
    return "; ".join(parts)


def guess_format(column: ColumnProfile) -> str | None:
    """The format of a column of bare numbers that are moments."""
    if column.number_moment_share <= 0.8:
        return None
    middle = float(np.nanmedian(column.numbers))
    return "excel" if middle < 1e6 else "epoch-seconds" if middle < 1e11 else "epoch-milliseconds"


def _duration_line(name: str, column: ColumnProfile, found: Assignment) -> Line:
    unit, comment = guess_unit(name, column, found.columns)
    text = scalar(column.name) if unit is None else f"{{column: {scalar(column.name)}, unit: {unit}}}"
    return Line(f"  {name}: {text}", comment)


def _score_lines(column: ColumnProfile, rows: RowKind) -> list[Line]:
    worst, best = guess_points(column) if rows is RowKind.EVALUATIONS else guess_scale(column)
    scale = f"scale: [{worst:g}, {best:g}]"
    if column.number_share < LEAST_NUMBERS and column.score_words is not None:
        figures = [
            Line(
                f"      {scalar(word)}: {'none' if figure is None else f'{figure:g}'}",
                "nobody answered" * (figure is None),
            )
            for word, figure in column.score_words.values.items()
        ]
        head = [Line("  score:"), Line(f"    column: {scalar(column.name)}"), Line(f"    {scale}", "? [worst, best]")]
        return [*head, Line("    values:"), *figures]
    if zero_means_unrated(column):
        text = f'  score: {{column: {scalar(column.name)}, scale: [1, {best:g}], values: {{"0": none}}}}'
        return [Line(text, f"from 1 to {best:g}; ? 0 is taken as not rated")]
    comment = f"from {np.nanmin(column.numbers):g} to {np.nanmax(column.numbers):g}; ? [worst, best] of the scale"
    return [Line(f"  score: {{column: {scalar(column.name)}, {scale}}}", comment)]


def _code_lines(name: str, column: ColumnProfile, indent: str, nobody: np.ndarray | None = None) -> list[Line]:
    guessed = guess_values(name, column, nobody)
    lines = [Line(f"{indent}{name}:"), Line(f"{indent}  column: {scalar(column.name)}"), Line(f"{indent}  values:")]
    lines += [Line(f"{indent}    {scalar(word)}: {meaning}", comment) for word, meaning, comment in guessed.values]
    if guessed.empty is not None:
        lines.append(Line(f"{indent}  empty: {guessed.empty}", "? what an empty cell means"))
    if guessed.other is not None:
        lines.append(Line(f"{indent}  other: {guessed.other}", "? what every other word means"))
    if name != "direction" and "direction" in guessed.also:
        lines += _code_lines("direction", column, indent)
    return lines


def _outcome_without_column(found: Assignment) -> list[Line]:
    """What tells answered from other contacts when no column says it: an empty answer time, no talk, no agent."""
    by_work = (
        outcome_by_work(found.columns) if found.rows is RowKind.CONTACTS and "outcome" not in found.columns else None
    )
    if by_work is None:
        return []
    name, meaning = by_work.column.name, by_work.meaning
    zeros = ", ".join(f"{json.dumps(zero)}: {meaning}" for zero in by_work.zeros)
    parts = [
        f"column: {scalar(name)}",
        *([f"values: {{{zeros}}}"] if zeros else []),
        f"empty: {meaning}",
        "other: answered",
    ]
    question = f"? answered where {name} is filled{' and not nought' if zeros else ''}, else {meaning}"
    return [Line(f"  outcome: {{{', '.join(parts)}}}", question)]


def _criteria(left: Sequence[ColumnProfile], rows: RowKind) -> tuple[list[Line], list[ColumnProfile]]:
    """The columns that hold answers to single questions of an evaluation, and those that are left."""
    if rows is not RowKind.EVALUATIONS:
        return [], list(left)
    told = [(column, criterion_text(column, scalar(column.name))) for column in left]
    found = [(column, text) for column, text in told if text is not None]
    if not found:
        return [], list(left)
    names = _own_names([column for column, _ in found])
    lines = [Line(f"  {name}: {text}", comment) for name, (_, (text, comment)) in zip(names, found, strict=True)]
    head = [Line(""), Line("criteria:", "answers to single questions; `none` is what did not apply")]
    return [*head, *lines], [column for column, text in told if text is None]


def _own_names(columns: Sequence[ColumnProfile]) -> list[str]:
    """A short name for each, no two alike."""
    taken: list[str] = []
    for column in columns:
        name = _attribute_name(column)
        while name in taken:
            name += "_2"
        taken.append(name)
    return taken


def _sort_out(
    columns: Sequence[ColumnProfile], found: Assignment
) -> tuple[list[ColumnProfile], list[tuple[ColumnProfile, str]]]:
    """The columns that make good attributes, and the others with the reason why they are left out."""
    attributes: list[ColumnProfile] = []
    asides: list[tuple[ColumnProfile, str]] = []
    people = frozenset(
        word for name in ("agent", "team") if name in found.columns for word in found.columns[name].counts
    )
    for column in columns:
        reason = _why_not(column, people)
        if reason is None and len(attributes) == ATTRIBUTES_AT_MOST:
            reason = (
                f"? a ninth attribute; {ATTRIBUTES_AT_MOST} are the most: swap it with one of them if it matters more"
            )
        if reason is None:
            attributes.append(column)
        else:
            asides.append((column, reason))
    return attributes, asides


def _why_not(column: ColumnProfile, people: frozenset[str]) -> str | None:
    if column.filled == 0.0:
        return "empty"
    if not column.headed:
        return (
            f"? no heading says what it is; such as {_examples(column)}"
            if not column.names_a_person
            else "? addresses of people"
        )
    if column.almost_empty:
        return f"almost empty: filled in {len(column.held)} rows"
    if column.sensitive:
        return "? says what a person is: take it only where that is lawful and needed"
    if column.names_a_person or (column.headed and not people.isdisjoint(column.counts) and not column.number_share):
        return "? names a person: names must not reach the facts; leave it out, or map it as agent, team or customer"
    if column.free_text:
        return "free text"
    if column.unique:
        return "another id"
    if max(column.moment_share, column.number_moment_share * (not column.whole)) > 0.5:
        return "? a time with no use here"
    if column.distinct > max(12, min(ATTRIBUTE_VALUES, len(column.held) // 5)):
        return f"{column.distinct} different values: too many to compare"
    if column.number_share > 0.9 and (not column.whole or column.distinct > 12):
        return "numbers with no use here"
    if column.duration_share > 0.9 and column.colon_share > 0.5:
        return "? a duration with no use here"
    return None if column.distinct > 1 else "the same in every row"


def _attribute_lines(columns: Sequence[ColumnProfile]) -> list[Line]:
    if not columns:
        return []
    lines = [Line(""), Line("attributes:", "further columns to compare by: --by attribute:NAME")]
    for name, column in zip(_own_names(columns), columns, strict=True):
        lines.append(Line(f"  {name}: {scalar(column.name)}", f"{column.distinct} different: {_examples(column)}"))
    return lines


def _attribute_name(column: ColumnProfile) -> str:
    words = [token for token in column.tokens if token not in FILLERS]
    telling = [word for word in words if word not in _GENERIC] or words or list(column.tokens)
    return "_".join(re.sub(r"[^a-z0-9]", "", word) or "x" for word in telling) or "column"


def _default_lines(found: Assignment) -> list[Line]:
    lines = []
    if found.rows is RowKind.STATES:
        return []
    phone = {"wait", "talk", "hold", "wrap_up", "ring"} & set(found.columns)
    if "channel" not in found.columns and (phone or are_calls(found.columns)):
        chat = any("chat" in column.tokens for column in found.columns.values())
        told = ", ".join(sorted(phone)) or "contacts that end within hours"
        ground = "the headings speak of chats" if chat else f"the file has {told} and no channel"
        lines.append(Line(f"  channel: {'chat' if chat else 'voice'}", f"? {ground}"))
    if found.rows is RowKind.CONTACTS and not _says_direction(found):
        lines.append(Line("  direction: inbound", "? nothing says who began the contact"))
    if found.rows is RowKind.CONTACTS and "outcome" not in found.columns and not _outcome_without_column(found):
        lines.append(
            Line("  outcome: answered", "? nothing tells answered from abandoned: every row counts as answered")
        )
    if "score" in found.columns and found.rows is not RowKind.EVALUATIONS:
        lines.append(Line(f"  question: {question_code(found.columns['score'])}", "code of the survey's question"))
    return [Line(""), Line("defaults:"), *lines] if lines else []


def _says_direction(found: Assignment) -> bool:
    """Whether a column says who began a contact, be it that of channels or of outcomes."""
    mixed = (guess_values(name, found.columns[name]) for name in ("channel", "outcome") if name in found.columns)
    return "direction" in found.columns or any("direction" in guessed.also for guessed in mixed)


def _left_out(asides: Sequence[tuple[ColumnProfile, str]]) -> list[Line]:
    if not asides:
        return []
    return [Line(""), Line("", "Left out:"), *(Line("", f"  {column.name}: {reason}") for column, reason in asides)]


def _examples(column: ColumnProfile) -> str:
    shown = ", ".join(value if len(value) <= 24 else value[:23] + "…" for value in list(column.counts)[:3])
    return " ".join(shown.split()) + (", …" if column.distinct > 3 else "")
