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

HEADINGS = ("agent", "name", "key")


def read_treated(path: Path, start: date, names: Names, option: str) -> dict[bytes, date]:
    """By agent her first day, `start` where her line has none. BadParameter naming line and mend."""
    found: dict[bytes, date] = {}
    for line, name, rest in _lines(path, option):
        agent = _agent(name, names, path, line, option)
        if agent in found:
            raise _wrong(path, line, f"{name} is named twice", "leave her or him in one line", option)
        found[agent] = _day(rest[0], path, line, option) if rest and rest[0] else start
        if found[agent] < start:
            mend = f"let --start be the first day of all, {found[agent]} or before"
            raise _wrong(path, line, f"{name} begins on {found[agent]}, before --start {start}", mend, option)
    return found


def read_agents(path: Path, names: Names, option: str) -> list[bytes]:
    """The agents of a file, one a line."""
    return [_agent(name, names, path, line, option) for line, name, _rest in _lines(path, option)]


def _lines(path: Path, option: str) -> Iterator[tuple[int, str, list[str]]]:
    """Number, name and what follows, of every line that holds something; a heading is none."""
    try:
        text = path.read_text(encoding="utf-8-sig")
    except UnicodeDecodeError as error:
        raise click.BadParameter(f"{path} is no text in UTF-8: save it as such", param_hint=option) from error
    empty = True
    reader = csv.reader(text.splitlines())
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


def _agent(name: str, names: Names, path: Path, line: int, option: str) -> bytes:
    try:
        (key,) = names.keys("agent", name)
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
