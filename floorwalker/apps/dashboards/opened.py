"""Which of somebody's older weeks does a reader open, on a page, in a file or by a program? What may have steered a choice is noted."""

from __future__ import annotations

from collections.abc import Collection, Iterable
from datetime import date

from django.utils import timezone

from floorwalker.apps.coaching.records_shown import note_record, weeks_back
from floorwalker.apps.dashboards.question import Question
from floorwalker.apps.dashboards.shown import Row
from floorwalker.apps.dashboards.statements import Statement
from floorwalker.apps.people.models import Agent, User
from floorwalker.facts.snapshot import Snapshot


def note_opened(
    facts: Snapshot, question: Question, agent: Agent, measures: Collection[str], by: User, *more: date
) -> None:
    """Note how far back a page of one person reaches: its period, what stands beside it, and what else it draws (`more`)."""
    _note(facts, question, [agent], measures, by, *more)


def note_board(facts: Snapshot, question: Question, rows: Iterable[Row], measures: Collection[str], by: User) -> None:
    """Note how far back a board of people reaches, for each of them: of whom figures stand there by name."""
    people = [row.subject for row in rows if isinstance(row.subject, Agent)]
    if people:
        _note(facts, question, people, measures, by)


def _note(
    facts: Snapshot, question: Question, people: Collection[Agent], measures: Collection[str], by: User, *more: date
) -> None:
    beside = () if question.beside is None else (question.beside.first,)
    weeks = weeks_back(facts, question.period.first, *beside, *more)
    note_record(measures, weeks, of=people, by=by, at=timezone.now())


def note_told(facts: Snapshot, agent: Agent, told: Iterable[Statement], by: User) -> None:
    """Note how far back what was said of somebody reaches, by measure."""
    first: dict[str, date] = {}
    for one in told:
        first[one.measure] = min(one.first, first.get(one.measure, one.first))
    for measure, day in first.items():
        note_record((measure,), weeks_back(facts, day), of=[agent], by=by, at=timezone.now())
