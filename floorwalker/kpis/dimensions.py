"""By what may figures be split or filtered, and how does each split read and write its values?

A dimension is computed from *cell columns*: what the first pass over the facts groups by, and what a roll-up keeps.
Agent, team and queue need the dated dimensions of the lake as well (see `resolve.py`); the others stand alone.
"""

from __future__ import annotations

import datetime
import re
from collections.abc import Callable
from dataclasses import dataclass
from functools import lru_cache

from floorwalker.errors import KpiError

Value = bytes | str | int | datetime.date | None

ATTRIBUTE = "attribute:"
DISPOSITION_MARK = " (set by the agent)"
AGENT = "agent"  # stands for the attribution's column among cell columns
PEOPLE = ("agent", "team")


@dataclass(frozen=True)
class Dimension:
    """One way to split.

    cells: the cell columns it is computed from; sql: how, over the alias `c`, or None where dated dimensions decide;
    read: what a person writes -> value (KpiError when it cannot be read); write: value -> what a person reads.
    """

    name: str
    cells: tuple[str, ...]
    sql: str | None
    read: Callable[[str], Value]
    write: Callable[[Value], str | int | bytes | None]


def cell_sql(column: str) -> str:
    """How the first pass computes a cell column from a fact row with the alias `f`."""
    if column.startswith(ATTRIBUTE):
        return f"f.attributes[{text_literal(column.removeprefix(ATTRIBUTE))}]"
    return {
        "hour": "(f.local_minute // 60)::smallint",
        "half_hour": "(f.local_minute // 30)::smallint",
        "band": "(f.local_minute // 240)::smallint",
    }.get(column, f'f."{column}"')


def needs_columns(column: str) -> str:
    """The fact column behind a cell column."""
    if column.startswith(ATTRIBUTE):
        return "attributes"
    return {"hour": "local_minute", "half_hour": "local_minute", "band": "local_minute"}.get(column, column)


def find_dimension(name: str) -> Dimension:
    """The dimension of that name; KpiError lists them when there is none."""
    if name in DIMENSIONS:
        return DIMENSIONS[name]
    if name.startswith(ATTRIBUTE) and len(name) > len(ATTRIBUTE):
        return Dimension(name, (name,), f'c."{name.replace(chr(34), chr(34) * 2)}"', str, _same)
    raise KpiError(
        f"figures cannot be split by {name!r}",
        found=name,
        expected=", ".join([*DIMENSIONS, "attribute:NAME"]),
    )


def text_literal(text: str) -> str:
    """Text as an SQL literal."""
    return "'" + text.replace("'", "''") + "'"


def literal(value: Value | float) -> str:
    """Any value as an SQL literal."""
    if value is None:
        return "null"
    if isinstance(value, bytes):
        return f"unhex('{value.hex()}')"
    if isinstance(value, datetime.date):
        return f"date '{value.isoformat()}'"
    if isinstance(value, str):
        return text_literal(value)
    return repr(value)


def _same(value: Value) -> str | int | bytes | None:
    return value.isoformat() if isinstance(value, datetime.date) else value


def _key(text: str) -> Value:
    if not re.fullmatch(r"[0-9a-f]{32}", text):
        raise KpiError("not a key", found=text, expected="32 hexadecimal digits")
    return bytes.fromhex(text)


def _calendar(pattern: str, suffix: str, expected: str) -> Callable[[str], Value]:
    """Reads a day, or the first day of a week or month: the suffix completes what is written to a day."""

    def read(text: str) -> Value:
        try:
            return (
                datetime.date.fromisoformat(text + suffix)
                if re.fullmatch(pattern, text)
                else _no_period(text, expected)
            )
        except ValueError:
            return _no_period(text, expected)

    return read


def _no_period(text: str, expected: str) -> Value:
    raise KpiError("no such period", found=text, expected=expected)


def _hour(text: str) -> Value:
    if not text.isdigit() or int(text) > 23:
        raise KpiError("not an hour", found=text, expected="0 to 23")
    return int(text)


def _half_hour(text: str) -> Value:
    match = re.fullmatch(r"([01]\d|2[0-3]):(00|30)", text)
    if match is None:
        raise KpiError("not an interval", found=text, expected="its start, such as 09:30")
    return int(match[1]) * 2 + (match[2] == "30")


def _band(text: str) -> Value:
    match = re.fullmatch(r"(\d\d)-(\d\d)", text)
    if match is None or int(match[1]) % 4 or int(match[2]) - int(match[1]) != 4:
        raise KpiError("not a band of the day", found=text, expected="00-04, 04-08, 08-12, 12-16, 16-20 or 20-24")
    return int(match[1]) // 4


def _formatted(form: Callable[[datetime.date], str]) -> Callable[[Value], str | None]:
    return lambda value: form(value) if isinstance(value, datetime.date) else None


def _counted(form: Callable[[int], str | int]) -> Callable[[Value], str | int | None]:
    return lambda value: form(value) if isinstance(value, int) else None


def _reason(value: Value) -> str | int | bytes | None:
    return value if value is None else str(value)


DIMENSIONS: dict[str, Dimension] = {
    dimension.name: dimension
    for dimension in (
        Dimension("site", ("site_key",), "c.site_key", _key, _same),
        Dimension("team", (AGENT, "observed_team_key", "local_day"), None, _key, _same),
        Dimension("agent", (AGENT, "local_day"), None, _key, _same),
        Dimension("queue", ("queue_key", "local_day"), None, _key, _same),
        Dimension("channel", ("channel",), "c.channel", str, _same),
        Dimension("direction", ("direction",), "c.direction", str, _same),
        Dimension(
            "reason",
            ("reason", "disposition"),
            f"coalesce(c.reason, c.disposition || {text_literal(DISPOSITION_MARK)})",
            str,
            _reason,
        ),
        Dimension(
            "day", ("local_day",), "c.local_day", _calendar(r"\d{4}-\d\d-\d\d", "", "a day such as 2026-03-09"), _same
        ),
        Dimension(
            "week",
            ("local_day",),
            "date_trunc('week', c.local_day)::date",
            _calendar(r"\d{4}-W\d\d", "-1", "an ISO week such as 2026-W07"),
            # A board has a row for every agent and week, and few weeks.
            _formatted(lru_cache(maxsize=1024)(lambda day: day.strftime("%G-W%V"))),
        ),
        Dimension(
            "month",
            ("local_day",),
            "date_trunc('month', c.local_day)::date",
            _calendar(r"\d{4}-\d\d", "-01", "a month such as 2026-03"),
            _formatted(lambda day: day.strftime("%Y-%m")),
        ),
        Dimension("hour", ("hour",), "c.hour", _hour, _counted(lambda hour: hour)),
        Dimension(
            "interval", ("half_hour",), "c.half_hour", _half_hour, _counted(lambda i: f"{i // 2:02}:{i % 2 * 30:02}")
        ),
        Dimension("band", ("band",), "c.band", _band, _counted(lambda i: f"{i * 4:02}-{i * 4 + 4:02}")),
    )
}
