"""Which rows do the pages of gaps and of changes hold? The same for their files and for programs."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import asdict, dataclass, fields, replace
from datetime import date, datetime
from typing import Any

from django.http import HttpRequest
from django.utils.translation import gettext as _

from floorwalker.apps.dashboards.gaps import OfMeasure, read_gaps
from floorwalker.apps.dashboards.priorities import UNNAMED, Listed, ShownAction
from floorwalker.apps.dashboards.processes import read_process_changes
from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.dashboards.reach import Reach
from floorwalker.apps.dashboards.trends import read_changes
from floorwalker.apps.people.models import Team, User
from floorwalker.facts.snapshot import Snapshot
from floorwalker.kpis.definition import Kpi
from floorwalker.stats.gains import Candidate
from floorwalker.stats.priority import NotChosen
from floorwalker.ui import objective_words
from floorwalker.ui.exports import Sheet
from floorwalker.ui.words import day, instant


@dataclass(frozen=True)
class GapRow:
    """One gap: whose (system, team or person), how sure, how far from the standard, and what it comes to in the period.

    id: the team's or agent's; None for everybody, and for those in no team. gap, low, high: in the measure's unit, positive is
    worse; cost: the unit times the n contacts; capped: as what very long contacts counted, nothing where none did.
    """

    measure: str
    whose: str
    id: int | None
    name: str
    sureness: str
    probability: float
    gap: float
    low: float
    high: float
    cost: float
    cost_low: float
    cost_high: float
    n: int
    unit: str
    standard: float
    definition: str
    sentence: str
    capped: str


@dataclass(frozen=True)
class ChangeRow:
    """One change of a team or an agent, beyond what everybody saw; size: in the measure's unit, positive is up."""

    measure: str
    kind: str
    id: int
    name: str
    began: date
    detected: date
    up: bool
    worse: bool
    size: float
    unit: str
    definition: str
    sentence: str
    capped: str


@dataclass(frozen=True)
class KindRow:
    """One kind of contact, the last four weeks against the four before; change: of durations a share (0.12: 12 % longer).

    changed: whether it surely did, for everybody; None where it was not seen in both.
    """

    measure: str
    kind: str
    change: float | None
    low: float | None
    high: float | None
    changed: bool
    n: int
    unit: str
    definition: str
    sentence: str
    capped: str


@dataclass(frozen=True)
class PriorityRow:
    """One action of the page of what comes first, or one that is not taken now, with the reason.

    action: coach, team, process or evidence; listed: chosen, ticket (for the owner of a process), or why not; gain, low,
    high: seconds of work a month; id: of the agent or the team, None of everybody; rests: from which past it is known what
    such an action closes, or that it is assumed.
    """

    listed: str
    action: str
    id: int | None
    name: str
    measure: str
    hours: float
    gain: float
    low: float
    high: float
    definition: str
    sentence: str
    rests: str = ""


FoundRow = GapRow | ChangeRow | KindRow | PriorityRow


def gap_rows(
    request: HttpRequest, facts: Snapshot, kpis: Sequence[Kpi], *, real_alone: bool
) -> tuple[Question, list[GapRow]]:
    """The gaps of some measures, as their page orders them; real_alone: not those that only may be there."""
    found = read_gaps(request, facts, kpis)
    return found["question"], [row for one in found["measures"] for row in _gaps(one, real_alone)]


def _gaps(one: OfMeasure, real_alone: bool) -> Iterator[GapRow]:
    for shown in one.real if real_alone else one.shown:
        gap, said = shown.gap, shown.said
        low, high = gap.cost_range
        yield GapRow(
            measure=one.kpi.id,
            whose=str(gap.whose),
            id=shown.subject_id,
            name=shown.name,
            sureness=str(gap.sureness),
            probability=gap.share.probability,
            gap=gap.share.gap,
            low=gap.share.low,
            high=gap.share.high,
            cost=gap.cost,
            cost_low=low,
            cost_high=high,
            n=gap.n,
            unit=one.kpi.unit,
            standard=one.gaps.causes.standard,
            definition=one.kpi.stamp,
            sentence=f"{said['sure']}; {said['size']}; {said['cost']}",
            capped=one.said["capped"],
        )


def change_rows(facts: Snapshot, user: User, on: date, last: date) -> list[ChangeRow]:
    """What the charts of everybody whom the user may see noticed in the last four weeks."""
    return [
        ChangeRow(
            measure=one.kpi.id,
            kind="team" if isinstance(one.about, Team) else "agent",
            id=one.about.pk,
            name=one.name,
            began=one.drift.began,
            detected=one.drift.detected,
            up=one.drift.up,
            worse=one.drift.worse,
            size=one.drift.size,
            unit=one.kpi.unit,
            definition=one.kpi.stamp,
            sentence=one.said,
            capped=one.capped,
        )
        for one in read_changes(facts, user, on, last)
    ]


def kind_rows(facts: Snapshot, last: date) -> list[KindRow]:
    """Every kind of contact of every measure by which people are judged."""
    return [
        KindRow(
            measure=one.kpi.id,
            kind=kind.name,
            change=kind.changed.change,
            low=kind.changed.low,
            high=kind.changed.high,
            changed=kind.changed.flagged,
            n=kind.changed.n,
            unit=one.kpi.unit,
            definition=one.kpi.stamp,
            sentence=kind.said,
            capped=one.capped,
        )
        for one in read_process_changes(facts, last)
        for kind in (*one.changed, *one.others)
    ]


def priority_rows(listed: Listed) -> list[PriorityRow]:
    """What is proposed, tickets, and what is not taken now; of whom there may be nothing at all, nobody is told."""
    taken = (*listed.first, *listed.also)
    rows = [_priority("chosen", one) for one in taken] + [_priority("ticket", one) for one in listed.tickets]
    return rows + [_not_taken(one, listed) for one in listed.found.found.others if one.why not in UNNAMED]


def _priority(name: str, shown: ShownAction) -> PriorityRow:
    one = shown.one
    row = _of_candidate(name, one.candidate, shown.reach, shown.kpi, "; ".join((shown.said["gain"], shown.said["why"])))
    low, high = one.range
    return replace(row, action=str(one.kind), hours=one.hours, gain=one.gain, low=low, high=high, rests=shown.rests)


def _not_taken(one: NotChosen, listed: Listed) -> PriorityRow:
    kpi = listed.told.kpi(one.candidate)
    return _of_candidate(str(one.why), one.candidate, listed.reach, kpi, objective_words.why_not(one.why))


def _of_candidate(listed: str, one: Candidate, reach: Reach, kpi: Kpi, sentence: str) -> PriorityRow:
    low, high = one.gain_range
    return PriorityRow(
        listed=listed,
        action=str(one.kind),
        id=reach.id_of(one),
        name=reach.name_of(one),
        measure=kpi.id,
        hours=one.hours,
        gain=one.gain,
        low=low,
        high=high,
        definition=kpi.stamp,
        sentence=sentence,
    )


def sheet_of_rows(
    title: str, kind: type[FoundRow], rows: Iterable[FoundRow], days: str, filtered: str, who: str, at: datetime
) -> Sheet:
    """A table of such rows, with who took it, when, of which days and with which filter."""
    columns = tuple(field.name for field in fields(kind))
    told = tuple(tuple(_plain(value) for value in asdict(row).values()) for row in rows)
    stamps = dict.fromkeys(row.definition for row in rows)
    about = (
        (_("Page"), title),
        (_("Taken by"), who),
        (_("Taken at"), instant(at)),
        (_("Period"), days),
        (_("Filter"), filtered or _("all contacts")),
        (_("Definitions"), ", ".join(stamps)),
    )
    return Sheet(title, columns, told, about)


def _plain(value: Any) -> Any:
    """Yes and no as numbers, which every spreadsheet can add up."""
    return int(value) if isinstance(value, bool) else value


def four_weeks_to(last: date) -> str:
    """The days of the pages of changes, in words."""
    return _("four weeks to %(day)s") % {"day": day(last)}
