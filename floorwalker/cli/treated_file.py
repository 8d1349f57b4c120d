"""Who was treated from when, or drawn among whom, as somebody wrote it in a file? A line each; what is wrong is told by its line."""

from __future__ import annotations

import csv
from collections.abc import Iterator
from datetime import date
from pathlib import Path
from typing import TYPE_CHECKING

import click

from floorwalker.errors import KpiError

if TYPE_CHECKING:
    from floorwalker.apps.people.names import Names

HEADINGS = ("agent", "name", "key", "team", "site")
UNITS = ("team", "site")


def unit_of_file(path: Path, option: str) -> str:
    """What the lines name: teams or sites where the first line says so, else agents."""
    first = next(
        (cell.strip().casefold() for row in csv.reader(_text(path, option)) for cell in row[:1] if cell.strip()), ""
    )
    return first if first in UNITS else "agent"


def read_treated(path: Path, start: date, names: Names, option: str, unit: str = "agent") -> dict[bytes, date]:
    """By agent (or team, or site) the first day, `start` where a line has none. BadParameter naming line and mend."""
    found: dict[bytes, date] = {}
    for line, name, rest in _lines(path, option):
        agent = _key(unit, name, names, path, line, option)
        if agent in found:
            raise _wrong(path, line, f"{name} is named twice", "leave one of the lines out", option)
        found[agent] = _day(rest[0], path, line, option) if rest and rest[0] else start
        if found[agent] < start:
            mend = f"let --start be the first day of all, {found[agent]} or before"
            raise _wrong(path, line, f"{name} begins on {found[agent]}, before --start {start}", mend, option)
    return found


def read_agents(path: Path, names: Names, option: str) -> list[bytes]:
    """The agents of a file, one a line."""
    return [_key("agent", name, names, path, line, option) for line, name, _rest in _lines(path, option)]


def _lines(path: Path, option: str) -> Iterator[tuple[int, str, list[str]]]:
    """Number, name and what follows, of every line that holds something; a heading is none."""
    empty = True
    reader = csv.reader(_text(path, option))
    for row in reader:
        cells = [cell.strip() for cell in row]
        if not any(cells) or (empty and cells[0].casefold() in HEADINGS):
            continue
        empty = False
        if len(cells) > 2 and any(cells[2:]):
            raise _wrong(path, reader.line_num, "more than a name and a day", 'write "Name, 2026-03-02"', option)
        yield reader.line_num, cells[0], cells[1:]
    if empty:
        raise click.BadParameter(f"{path} names nobody: write one agent a line", param_hint=option)


def _text(path: Path, option: str) -> list[str]:
    try:
        return path.read_text(encoding="utf-8-sig").splitlines()
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"{path} is no text in UTF-8: save it as such", param_hint=option) from error


def _key(unit: str, name: str, names: Names, path: Path, line: int, option: str) -> bytes:
    try:
        (key,) = names.keys(unit, name)
    except KpiError as error:
        mend = (
            f"there are {error.found}: write the digits"
            if error.found
            else error.expected or "write a name as pages show it"
        )
        raise _wrong(path, line, error.what, mend, option) from error
    return key


def _day(text: str, path: Path, line: int, option: str) -> date:
    try:
        return date.fromisoformat(text)
    except ValueError as error:
        raise _wrong(path, line, f"{text!r} is no day", "write it such as 2026-03-02", option) from error


def _wrong(path: Path, line: int, found: str, mend: str, option: str) -> click.BadParameter:
    return click.BadParameter(f"{path}, line {line}: {found}; {mend}", param_hint=option)
