"""What does a centre's own list of its people say, and what would change if it were taken over?

A CSV with a heading, in any order of columns: name (or first and last name), staff number, e-mail, extension, team,
started, left. Nothing is guessed about who somebody is: a row is the person with that staff number, else the one whose
extension it names, else the only one of that name; two of a name are a problem to be settled, not a choice to be made.
"""

from __future__ import annotations

import codecs
import csv
import io
from collections import Counter
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from floorwalker.apps.people.describing import Description
from floorwalker.apps.people.matching import words_of
from floorwalker.apps.people.models import Agent, Identity
from floorwalker.errors import Refused

MOST_ROWS = 20_000
MOST_BYTES = 10 * 1024 * 1024
# By field, the headings that mean it, in lower case.
HEADINGS: Mapping[str, tuple[str, ...]] = {
    "name": ("name", "agent", "full name", "employee", "employee name", "agent name", "display name"),
    "first": ("first name", "forename", "given name", "firstname"),
    "last": ("last name", "surname", "family name", "lastname"),
    "staff_number": ("staff number", "employee number", "employee id", "staff id", "personnel number", "id", "payroll"),
    "email": ("email", "e-mail", "mail", "email address"),
    "extension": ("extension", "ext", "phone", "agent id", "login", "user name", "username"),
    "team": ("team", "team name", "group"),
    "started_on": ("started", "start date", "started on", "hire date", "date of joining", "joined"),
    "left_on": ("left", "leave date", "left on", "end date", "leaving date", "termination date"),
}
FORMS = ("%Y-%m-%d", "%d/%m/%Y", "%d.%m.%Y", "%d %b %Y", "%d %B %Y", "%d-%m-%Y")


class Change(StrEnum):
    """What a row of a directory would do."""

    NEW = "new"
    CHANGES = "changes"
    SAME = "same"
    PROBLEM = "problem"


@dataclass(frozen=True)
class Planned:
    """One row: what it says, whom it is about (nobody yet: a new person), and what it would do."""

    line: int
    said: Description
    team: str
    agent: Agent | None
    change: Change
    differences: tuple[str, ...] = ()
    problem: str = ""


def decode(content: bytes, name: str) -> str:
    """The text of an uploaded file; Refused where it is none."""
    if len(content) > MOST_BYTES:
        raise Refused(
            f"{name} is too large for a directory", found=f"{len(content):,} bytes", expected=f"{MOST_BYTES:,}"
        )
    if b"\0" in content[:4096] and not content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)):
        raise Refused(f"{name} is not a text file", expected="CSV", mend="save the table as CSV first")
    encoding = "utf-16" if content.startswith((codecs.BOM_UTF16_LE, codecs.BOM_UTF16_BE)) else "utf-8-sig"
    try:
        return content.decode(encoding)
    except UnicodeError:
        return content.decode("cp1252", errors="replace")


def plan(text: str) -> list[Planned]:
    """What taking the directory over would do, row by row; Refused where it is no directory at all."""
    rows = list(_rows(text))
    numbers = Counter(row["staff_number"] for _line, row in rows if row.get("staff_number"))
    finder = _Finder(Agent.objects.on_the_floor())
    return [_plan_row(line, row, numbers, finder) for line, row in rows]


def _rows(text: str) -> Iterator[tuple[int, dict[str, str]]]:
    try:
        dialect: type[csv.Dialect] | csv.Dialect = csv.Sniffer().sniff(text[:8192], delimiters=",;\t|")
    except csv.Error:
        dialect = csv.excel
    reader = csv.reader(io.StringIO(text), dialect)
    heading = next(reader, [])
    fields = _fields(heading)
    for number, values in enumerate(reader, start=2):
        if number > MOST_ROWS + 1:
            raise Refused("the directory is too long", expected=f"at most {MOST_ROWS:,} rows", mend="cut it into parts")
        if any(value.strip() for value in values):
            yield number, {name: values[i].strip() for i, name in fields.items() if i < len(values)}


def _fields(heading: list[str]) -> dict[int, str]:
    meaning = {words: name for name, all_words in HEADINGS.items() for words in all_words}
    found: dict[int, str] = {}
    for index, words in enumerate(heading):
        name = meaning.get(words.strip().lower().replace("_", " "))
        if name is not None and name not in found.values():
            found[index] = name
    if "name" not in found.values() and not {"first", "last"} <= set(found.values()):
        raise Refused(
            "no column says who it is about",
            found=", ".join(heading)[:120] or "an empty file",
            expected="a heading with Name, or First name and Last name",
        )
    return found


class _Finder:
    """Whom does a row mean? By staff number, by extension, by name: in that order, and never one of several."""

    def __init__(self, agents: Iterable[Agent]) -> None:
        self.agents = list(agents)
        self._by_number = {agent.staff_number: agent for agent in self.agents if agent.staff_number}
        self._by_extension: dict[str, set[int]] = {}
        self._by_words: dict[tuple[str, ...], set[int]] = {}
        by_pk = {agent.pk: agent for agent in self.agents}
        self._by_pk = by_pk
        for identity in Identity.objects.filter(agent__in=list(by_pk)):
            assert identity.agent_id is not None
            bare = identity.name.rpartition("/")[2].partition("@")[0].casefold()
            self._by_extension.setdefault(bare, set()).add(identity.agent_id)
        for agent in self.agents:
            self._by_words.setdefault(words_of(agent.name), set()).add(agent.pk)

    def find(self, said: Description, extension: str) -> tuple[Agent | None, str]:
        """The person, or nobody with what stands in the way (nothing: nobody is known yet)."""
        if said.staff_number in self._by_number:
            return self._by_number[said.staff_number], ""
        candidates = self._by_extension.get(extension.casefold(), set()) if extension else set()
        candidates = candidates or self._by_words.get(words_of(said.name), set())
        if len(candidates) > 1:
            return None, f"{len(candidates)} people may be meant: give the row a staff number or an extension of one"
        return (self._by_pk[next(iter(candidates))], "") if candidates else (None, "")


def _plan_row(line: int, row: dict[str, str], numbers: Counter[str], finder: _Finder) -> Planned:
    name = row.get("name") or f"{row.get('first', '')} {row.get('last', '')}".strip()
    try:
        started, left = _day(row.get("started_on", "")), _day(row.get("left_on", ""))
    except ValueError as error:
        return _problem(line, Description(name), row, str(error))
    said = Description(name, row.get("staff_number", ""), row.get("email", ""), started, left)
    if not name:
        return _problem(line, said, row, "no name")
    if said.staff_number and numbers[said.staff_number] > 1:
        return _problem(line, said, row, f"staff number {said.staff_number} stands in several rows")
    if started and left and left < started:
        return _problem(line, said, row, f"left on {left}, before starting on {started}")
    agent, problem = finder.find(said, row.get("extension", ""))
    if problem:
        return _problem(line, said, row, problem)
    if agent is None:
        return Planned(line, said, row.get("team", ""), None, Change.NEW)
    merged = merge_into(agent, said)
    differences = tuple(_differences(agent, merged, row.get("team", "")))
    return Planned(
        line, merged, row.get("team", ""), agent, Change.CHANGES if differences else Change.SAME, differences
    )


def _problem(line: int, said: Description, row: dict[str, str], problem: str) -> Planned:
    return Planned(line, said, row.get("team", ""), None, Change.PROBLEM, problem=problem)


def merge_into(agent: Agent, said: Description) -> Description:
    """What will be known: the directory's word where it says something, else what is known already."""
    return Description(
        said.name or agent.name,
        said.staff_number or agent.staff_number,
        said.email or agent.email,
        said.started_on or agent.started_on,
        said.left_on or agent.left_on,
    )


def _differences(agent: Agent, said: Description, team: str) -> Iterator[str]:
    for name in ("name", "staff_number", "email", "started_on", "left_on"):
        if getattr(agent, name) != getattr(said, name):
            yield f"{name.replace('_', ' ')}: {getattr(agent, name) or '–'} → {getattr(said, name) or '–'}"
    present = agent.memberships.order_by("-from_day").first()
    if team and (present is None or present.team.name.casefold() != team.casefold()):
        yield f"team: {present.team.name if present else '–'} → {team}"


def _day(text: str) -> date | None:
    if not text:
        return None
    for form in FORMS:
        try:
            return datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
    raise ValueError(f"{text!r} is not a day such as 2026-03-09 or 09/03/2026")
