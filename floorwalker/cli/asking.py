"""What does a person ask, when days, names and parameters are written on the command line?"""

from __future__ import annotations

import math
from collections.abc import Iterable, Sequence
from datetime import date

import click

from floorwalker.apps.dashboards.plain import WORDS, read_value
from floorwalker.cli.near import did_you_mean
from floorwalker.cli.opening import Home
from floorwalker.errors import KpiError
from floorwalker.facts.tables import Table
from floorwalker.kpis.catalogue import catalogue, find_kpi
from floorwalker.kpis.dimensions import ATTRIBUTE, DIMENSIONS, Value
from floorwalker.kpis.query import KpiQuery

LEAST_LIKENESS_OF_MEASURES = 0.3
# What a standard and a gap may be: whatever is beyond them was mistyped.
MOST_SECONDS, MOST_SCORE, LEAST_DELTA = 30 * 86_400.0, 1000.0, 1e-5


def check_measures(names: Iterable[str]) -> None:
    """BadParameter with the nearest ids where there is no such measure."""
    for name in names:
        if name not in catalogue():
            near = did_you_mean(name, catalogue(), LEAST_LIKENESS_OF_MEASURES)
            raise click.BadParameter(
                f"there is no measure {name!r}{near}\n`floorwalker kpi list` shows them all", param_hint="ID"
            )


def check_standard(value: float | None, kpi_id: str) -> None:
    """BadParameter where figures of a measure cannot be held against that value."""
    unit = find_kpi(kpi_id, catalogue()).unit
    if value is None or (math.isfinite(value) and _is_possible(value, unit)):
        return
    expected = {"seconds": "seconds above 0, up to thirty days", "share": "a share from 0 to 1"}
    raise click.BadParameter(expected.get(unit, "a number that the measure may have"), param_hint="--standard")


def _is_possible(value: float, unit: str) -> bool:
    if unit == "seconds":
        return 0 < value <= MOST_SECONDS
    return 0 <= value <= (1 if unit == "share" else MOST_SCORE)


def check_delta(value: float | None, kpi_id: str) -> None:
    """BadParameter where no gap of that size can matter, or every one would."""
    unit = find_kpi(kpi_id, catalogue()).unit
    most = {"seconds": MOST_SECONDS, "share": 1.0}.get(unit, MOST_SCORE)
    if value is not None and not LEAST_DELTA <= value <= most:
        raise click.BadParameter(f"a gap above 0: from {LEAST_DELTA:g} to {most:,.0f}", param_hint="--delta")


def check_dimensions(names: Iterable[str], option: str) -> None:
    """BadParameter with the nearest names where figures cannot be split so."""
    for name in names:
        if name in DIMENSIONS or (name.startswith(ATTRIBUTE) and name != ATTRIBUTE):
            continue
        if "," in name and option == "--by":
            each = " ".join(f"--by {part.strip()}" for part in name.split(","))
            raise click.BadParameter(f"{name!r}: write each split apart: {each}", param_hint=option)
        raise click.BadParameter(
            f"figures cannot be split by {name!r}{did_you_mean(name, DIMENSIONS)}\n"
            f"They can by {', '.join(DIMENSIONS)} and attribute:NAME",
            param_hint=option,
        )


def check_attributes(names: Iterable[str], query: KpiQuery, home: Home) -> None:
    """BadParameter with those that there are, where no row of the facts that are asked has an attribute of that name."""
    asked = [name.removeprefix(ATTRIBUTE) for name in names if name.startswith(ATTRIBUTE)]
    tables = {find_kpi(name, catalogue()).table for name in query.kpis}
    for table in tables if asked else ():
        known = _attributes(table, query, home)
        missing = [name for name in asked if known is not None and name not in known]
        if missing:
            there = (
                ", ".join(f"{ATTRIBUTE}{name}" for name in sorted(known or ()))
                or "none: the mapping names no further columns"
            )
            raise click.BadParameter(
                f"no {table.name} of these days has an attribute {missing[0]!r}{did_you_mean(missing[0], known or ())}\n"
                f"There are: {there}",
                param_hint="--by, --where",
            )


def _attributes(table: Table, query: KpiQuery, home: Home) -> set[str] | None:
    """The names of attributes that rows of these days have; None where the table has none at all, or no rows."""
    if not any(column.name == "attributes" for column in table.columns) or home.snapshot.days(table.name) is None:
        return None
    rows = home.snapshot.sql(
        "select distinct unnest(map_keys(attributes)) as name"
        f" from {home.snapshot.relation(table.name, query.first_day, query.last_day)} where attributes is not null"
    )
    return {str(row["name"]) for row in rows.to_pylist()}


def check_period(first: date | None, last: date | None) -> None:
    """BadParameter where the period ends before it begins."""
    if first is not None and last is not None and first > last:
        raise click.BadParameter(f"the last day, {last}, is before the first, {first}", param_hint="--to")


def read_day(text: str | None, option: str) -> date | None:
    if text is None:
        return None
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise click.BadParameter(f"{text!r} is not a day such as 2026-03-09", param_hint=option) from error


def _pairs(given: Sequence[str], option: str) -> list[tuple[str, str]]:
    pairs = []
    for text in given:
        name, equals, value = text.partition("=")
        if not equals or not name:
            raise click.BadParameter(f"{text!r} is not KEY=VALUE", param_hint=option)
        pairs.append((name, value))
    return pairs


def read_where(given: Sequence[str], home: Home) -> dict[str, tuple[Value, ...]]:
    where: dict[str, tuple[Value, ...]] = {}
    pairs = _pairs(given, "--where")
    check_dimensions((name for name, _ in pairs), "--where")
    for name, text in pairs:
        if not text:
            raise click.BadParameter(f"{name}= names no {name}", param_hint="--where")
        if name in WORDS and text not in WORDS[name]:
            near = did_you_mean(text, WORDS[name])
            raise click.BadParameter(
                f"there is no {name} {text!r}{near}\nThere are {', '.join(WORDS[name])}", param_hint="--where"
            )
        where[name] = where.get(name, ()) + read_value(name, text, home.names)
    return where


def read_numbers(given: Sequence[str]) -> dict[str, float]:
    numbers: dict[str, float] = {}
    for name, text in _pairs(given, "--param"):
        try:
            numbers[name] = float(text)
        except ValueError as error:
            raise KpiError(f"parameter {name} is not a number", where=f"--param {name}={text}", found=text) from error
    return numbers
