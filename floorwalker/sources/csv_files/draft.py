"""How is a guessed mapping written, so that a person sees what was guessed, from what, and what is still a question?"""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from floorwalker.sources.csv_files.assign import Assignment
from floorwalker.sources.csv_files.fields import FIELDS, FieldKind, RowKind
from floorwalker.sources.csv_files.instants import Read
from floorwalker.sources.csv_files.mapping import ATTRIBUTES_AT_MOST, NO_HEADING
from floorwalker.sources.csv_files.meanings import guess_scale, guess_unit, guess_values, question_code
from floorwalker.sources.csv_files.profile import ColumnProfile
from floorwalker.sources.csv_files.words import FILLERS
from floorwalker.sources.csv_files.yaml_text import scalar

COMMENT_COLUMN = 58
ATTRIBUTE_VALUES = 50
_GENERIC = frozenset({"agent", "customer", "call", "ticket", "contact", "case"})
_ROW_MEANING = {
    RowKind.CONTACTS: "each row is one contact",
    RowKind.SURVEYS: "each row is one survey answer: every row has a score, and nothing says how a contact went",
    RowKind.STATES: "each row is one stretch of an agent's time",
}


@dataclass(frozen=True)
class Sample:
    """What was looked at."""

    file: str
    sheet: str | None
    header_row: int | None
    rows: int
    notes: tuple[str, ...] = ()


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
    attributes, asides = _sort_out(left)
    lines = [
        *_head(sample, len(columns)),
        Line(f"rows: {found.rows}", _ROW_MEANING[found.rows]),
        *_where(sample),
        *_time_lines(found),
        Line(""),
        Line("columns:"),
        *(line for name in FIELDS if name in found.columns for line in _field_lines(name, found)),
        *_outcome_without_column(found),
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
    if sample.sheet is not None:
        lines.append(Line(f"sheet: {scalar(sample.sheet)}"))
    if sample.header_row is not None:
        none = sample.header_row == NO_HEADING
        lines.append(
            Line(
                f"header_row: {'none' if none else sample.header_row}",
                "columns are named by their place" if none else "",
            )
        )
    return lines


def _time_lines(found: Assignment) -> list[Line]:
    lines = [
        Line(
            "",
            "timezone: Europe/London   ? Times without a zone are the site's own; name another zone here if they are not.",
        )
    ]
    unsure = [
        column.name
        for name, column in found.columns.items()
        if FIELDS[name].kind is FieldKind.INSTANT
        and column.times.evidence.order(None) is None
        and bool((column.times.state == Read.AMBIGUOUS).any())
    ]
    if unsure:
        question = (
            f"? Is 03/04 in {', '.join(unsure)} the 3 April or the 4 March? Until you say so such rows are rejected."
        )
        lines += [Line("", question), Line("", "dates: day-month-year (or month-day-year)")]
    return lines


def _field_lines(name: str, found: Assignment) -> list[Line]:
    column = found.columns[name]
    if FIELDS[name].kind is FieldKind.CODE:
        return _code_lines(name, column, "  ")
    if FIELDS[name].kind is FieldKind.DURATION:
        return [_duration_line(name, column)]
    if FIELDS[name].kind is FieldKind.INSTANT:
        return [_instant_line(name, column, found)]
    if FIELDS[name].kind is FieldKind.SCORE:
        return [_score_line(column)]
    return [Line(f"  {name}: {scalar(column.name)}", _text_comment(name, column))]


def _text_comment(name: str, column: ColumnProfile) -> str:
    if name == "id":
        return f"no value comes twice in {len(column.cells):,} rows"
    # Names and numbers of people are not repeated in a file that is made to be kept.
    people = name in ("agent", "team", "customer")
    values = f"{column.distinct} different" + ("" if people else f": {_examples(column)}")
    extra = {
        "reason": "; ? known before the agent acts (menu, form)? If the agent sets it, write `disposition`",
        "team": "; the agent's team, or whoever leads it",
        "customer": "; only a keyed hash of it is kept",
    }
    return values + extra.get(name, "")


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


def _duration_line(name: str, column: ColumnProfile) -> Line:
    unit, comment = guess_unit(column)
    text = scalar(column.name) if unit is None else f"{{column: {scalar(column.name)}, unit: {unit}}}"
    return Line(f"  {name}: {text}", comment)


def _score_line(column: ColumnProfile) -> Line:
    worst, best = guess_scale(column)
    comment = f"from {np.nanmin(column.numbers):g} to {np.nanmax(column.numbers):g}; ? [worst, best] of the scale"
    return Line(f"  score: {{column: {scalar(column.name)}, scale: [{worst:g}, {best:g}]}}", comment)


def _code_lines(name: str, column: ColumnProfile, indent: str) -> list[Line]:
    guessed = guess_values(name, column)
    lines = [Line(f"{indent}{name}:"), Line(f"{indent}  column: {scalar(column.name)}"), Line(f"{indent}  values:")]
    lines += [Line(f"{indent}    {scalar(word)}: {meaning}", comment) for word, meaning, comment in guessed.values]
    if guessed.empty is not None:
        lines.append(Line(f"{indent}  empty: {guessed.empty}", "? what an empty cell means"))
    if guessed.other is not None:
        lines.append(Line(f"{indent}  other: {guessed.other}", "? what every other word means"))
    if name == "channel" and "direction" in guessed.also:
        lines += _code_lines("direction", column, indent)
    return lines


def _outcome_without_column(found: Assignment) -> list[Line]:
    """What tells answered from abandoned when no column says it: an empty answer time or talk."""
    if found.rows is not RowKind.CONTACTS or "outcome" in found.columns:
        return []
    for name in ("answered", "talk", "handle"):
        column = found.columns.get(name)
        if column is not None and 0 < column.filled < 0.995:
            question = f"? answered where {column.name} is filled, else abandoned"
            text = f"  outcome: {{column: {scalar(column.name)}, empty: abandoned, other: answered}}"
            return [Line(text, question)]
    return []


def _sort_out(columns: Sequence[ColumnProfile]) -> tuple[list[ColumnProfile], list[tuple[ColumnProfile, str]]]:
    """The columns that make good attributes, and the others with the reason why they are left out."""
    attributes: list[ColumnProfile] = []
    asides: list[tuple[ColumnProfile, str]] = []
    for column in columns:
        reason = _why_not(column)
        if reason is None and len(attributes) == ATTRIBUTES_AT_MOST:
            reason = (
                f"? a ninth attribute; {ATTRIBUTES_AT_MOST} are the most: swap it with one of them if it matters more"
            )
        if reason is None:
            attributes.append(column)
        else:
            asides.append((column, reason))
    return attributes, asides


def _why_not(column: ColumnProfile) -> str | None:
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
    if column.names_a_person:
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
    taken: set[str] = set()
    for column in columns:
        name = _attribute_name(column)
        while name in taken:
            name += "_2"
        taken.add(name)
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
    if "channel" not in found.columns and phone:
        lines.append(Line("  channel: voice", f"? the file has {', '.join(sorted(phone))} and no channel"))
    if found.rows is RowKind.CONTACTS and not {"channel", "direction"} & set(found.columns):
        lines.append(Line("  direction: inbound", "? nothing says who began the contact"))
    if found.rows is RowKind.CONTACTS and "outcome" not in found.columns and not _outcome_without_column(found):
        lines.append(
            Line("  outcome: answered", "? nothing tells answered from abandoned: every row counts as answered")
        )
    if "score" in found.columns:
        lines.append(Line(f"  question: {question_code(found.columns['score'])}", "code of the survey's question"))
    return [Line(""), Line("defaults:"), *lines] if lines else []


def _left_out(asides: Sequence[tuple[ColumnProfile, str]]) -> list[Line]:
    if not asides:
        return []
    return [Line(""), Line("", "Left out:"), *(Line("", f"  {column.name}: {reason}") for column, reason in asides)]


def _examples(column: ColumnProfile) -> str:
    shown = ", ".join(value if len(value) <= 24 else value[:23] + "…" for value in list(column.counts)[:3])
    return " ".join(shown.split()) + (", …" if column.distinct > 3 else "")
