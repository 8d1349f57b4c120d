"""What does a person ask, when days, names and parameters are written on the command line?"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date

import click

from floorwalker.cli.opening import Home
from floorwalker.errors import KpiError
from floorwalker.kpis.dimensions import Value, find_dimension

NAMED = ("site", "team", "agent", "queue")


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
    for name, text in _pairs(given, "--where"):
        dimension = find_dimension(name)
        values = home.names.keys(name, text) if name in NAMED else (dimension.read(text),)
        where[name] = where.get(name, ()) + values
    return where


def read_numbers(given: Sequence[str]) -> dict[str, float]:
    numbers: dict[str, float] = {}
    for name, text in _pairs(given, "--param"):
        try:
            numbers[name] = float(text)
        except ValueError as error:
            raise KpiError(f"parameter {name} is not a number", where=f"--param {name}={text}", found=text) from error
    return numbers
