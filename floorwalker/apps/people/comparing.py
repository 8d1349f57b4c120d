"""What would change if a directory were taken over?

Nothing is guessed about who somebody is: a row is the person with that staff number, else the one whose extension it
names, else the only one of that name; two of a name are a problem to be settled, not a choice to be made. Nor may two
rows be about one person: which of them counted would hang on their order.
"""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import date, datetime
from enum import StrEnum

from django.core.exceptions import ValidationError
from django.core.validators import validate_email
from django.utils.translation import gettext as _

from floorwalker.apps.people.describing import Description
from floorwalker.apps.people.directory import rows_of
from floorwalker.apps.people.matching import words_of
from floorwalker.apps.people.models import Agent, Identity, Membership
from floorwalker.ui.days import EARLIEST, LATEST

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


class _Impossible(Exception):
    """Why a row cannot be taken over."""


def plan(text: str, on: date) -> list[Planned]:
    """What taking the directory over would do, row by row; Refused where it is no directory at all.

    on: the day from which its teams are to count.
    """
    rows = list(rows_of(text))
    numbers = Counter(row["staff_number"] for _line, row in rows if row.get("staff_number"))
    finder = _Finder(Agent.objects.all(), on)
    return _once_each([_plan_row(line, row, numbers, finder) for line, row in rows])


class _Finder:
    """Whom does a row mean? By staff number, by extension, by name: in that order, and never one of several."""

    def __init__(self, agents: Iterable[Agent], on: date) -> None:
        self._by_number = {agent.staff_number: agent for agent in agents if agent.staff_number}
        self._by_pk = {agent.pk: agent for agent in agents if agent.is_on_the_floor}
        self._by_extension: defaultdict[str, set[int]] = defaultdict(set)
        self._by_words: defaultdict[tuple[str, ...], set[int]] = defaultdict(set)
        for agent_id, name in Identity.objects.exclude(agent=None).values_list("agent", "name"):
            if agent_id in self._by_pk:
                self._by_extension[name.rpartition("/")[2].partition("@")[0].casefold()].add(agent_id)
        for agent in self._by_pk.values():
            self._by_words[_words(agent.name)].add(agent.pk)
        entered = Membership.objects.on(on).order_by("pk").values_list("agent", "team__name")
        self.team: Mapping[int, str] = dict(entered)

    def find(self, said: Description, extension: str) -> Agent | None:
        """The person; nobody where nobody is known yet."""
        known = self._by_number.get(said.staff_number) if said.staff_number else None
        if known is not None:
            if not known.is_on_the_floor:
                raise _Impossible(
                    _("staff number %(number)s is that of %(name)s, who is not on the floor any more")
                    % {"number": said.staff_number, "name": known.merged_into or known}
                )
            return known
        candidates = self._by_extension.get(extension.casefold(), set()) if extension else set()
        candidates = candidates or self._by_words.get(_words(said.name), set())
        if len(candidates) > 1:
            raise _Impossible(
                _("%(n)d people may be meant: give the row a staff number or an extension of one")
                % {"n": len(candidates)}
            )
        return self._by_pk[next(iter(candidates))] if candidates else None


def _words(name: str) -> tuple[str, ...]:
    """What a name is known by: its words without accents and order; as it is written, where it has no Latin letter."""
    return words_of(name) or tuple(name.casefold().split())


def _plan_row(line: int, row: dict[str, str], numbers: Counter[str], finder: _Finder) -> Planned:
    name = row.get("name") or f"{row.get('first', '')} {row.get('last', '')}".strip()
    said, team = Description(name, row.get("staff_number", ""), row.get("email", "")), row.get("team", "")
    try:
        said = replace(said, started_on=_day(row.get("started_on", "")), left_on=_day(row.get("left_on", "")))
        _check(said, team, numbers)
        agent = finder.find(said, row.get("extension", ""))
        if agent is None:
            return Planned(line, said, team, None, Change.NEW)
        merged = merge_into(agent, said)
        _check_days(merged)
    except _Impossible as impossible:
        return Planned(line, said, team, None, Change.PROBLEM, problem=str(impossible))
    differences = tuple(_differences(agent, merged, team, finder.team.get(agent.pk, "")))
    return Planned(line, merged, team, agent, Change.CHANGES if differences else Change.SAME, differences)


def _check(said: Description, team: str, numbers: Counter[str]) -> None:
    if not said.name:
        raise _Impossible(_("no name"))
    for text, most in ((said.name, 200), (said.staff_number, 60), (said.email, 254), (team, 200)):
        if len(text) > most or not text.isprintable():
            raise _Impossible(
                _("“%(text)s” is longer than %(n)d characters, or holds signs that nobody can type")
                % {"text": text[:40], "n": most}
            )
    if said.email:
        try:
            validate_email(said.email)
        except ValidationError as error:
            raise _Impossible(_("“%(text)s” is no e-mail address") % {"text": said.email[:60]}) from error
    if said.staff_number and numbers[said.staff_number] > 1:
        raise _Impossible(_("staff number %(number)s stands in several rows") % {"number": said.staff_number})
    _check_days(said)


def _check_days(said: Description) -> None:
    if said.started_on and said.left_on and said.left_on < said.started_on:
        raise _Impossible(
            _("left on %(left)s, before starting on %(started)s") % {"left": said.left_on, "started": said.started_on}
        )


def _once_each(planned: list[Planned]) -> list[Planned]:
    """The same, with a problem for every row that is about somebody of whom another row is too."""
    lines: defaultdict[object, list[int]] = defaultdict(list)
    for one in planned:
        lines[_whom(one)].append(one.line)
    return [
        replace(one, agent=None, change=Change.PROBLEM, problem=_several(lines[_whom(one)]))
        if one.change != Change.PROBLEM and len(lines[_whom(one)]) > 1
        else one
        for one in planned
    ]


def _whom(one: Planned) -> object:
    """Whom a row is about: the person who is known; else the number, or the name alone, of the one who would be new."""
    if one.change == Change.PROBLEM:
        return "problem", one.line
    if one.agent is not None:
        return one.agent.pk
    return one.said.staff_number or ("name", one.said.name.casefold())


def _several(lines: list[int]) -> str:
    return _("several rows are about the same person: %(lines)s") % {"lines": ", ".join(map(str, lines[:10]))}


def merge_into(agent: Agent, said: Description) -> Description:
    """What will be known: the directory's word where it says something, else what is known already."""
    return Description(
        said.name or agent.name,
        said.staff_number or agent.staff_number,
        said.email or agent.email,
        said.started_on or agent.started_on,
        said.left_on or agent.left_on,
    )


def _differences(agent: Agent, said: Description, team: str, present: str) -> Iterator[str]:
    names = {
        "name": _("name: %(was)s → %(now)s"),
        "staff_number": _("staff number: %(was)s → %(now)s"),
        "email": _("e-mail: %(was)s → %(now)s"),
        "started_on": _("started on: %(was)s → %(now)s"),
        "left_on": _("left on: %(was)s → %(now)s"),
    }
    for name, sentence in names.items():
        if getattr(agent, name) != getattr(said, name):
            yield sentence % {"was": getattr(agent, name) or "–", "now": getattr(said, name) or "–"}
    if team and present.casefold() != team.casefold():
        yield _("team: %(was)s → %(now)s") % {"was": present or "–", "now": team}


def _day(text: str) -> date | None:
    if not text:
        return None
    for form in FORMS:
        try:
            found = datetime.strptime(text, form).date()  # noqa: DTZ007  a day has no zone
        except ValueError:
            continue
        if EARLIEST <= found <= LATEST:
            return found
    raise _Impossible(_("“%(text)s” is not a day such as 2026-03-09 or 09/03/2026") % {"text": text[:40]})
