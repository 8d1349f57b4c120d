"""How are many questions answered at once? Measures of one table and period are read together, and fitted once for all methods."""

from __future__ import annotations

from collections.abc import Callable, Iterable, Iterator
from functools import cached_property, partial
from typing import TypeAlias

from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.basis import Rules
from floorwalker.insight.cause import causes_of_read
from floorwalker.insight.cells import AgentCells, Made, read_together
from floorwalker.insight.comparison import compare_read
from floorwalker.insight.process import processes_of_read
from floorwalker.insight.scorecard import Where
from floorwalker.insight.standing import Question
from floorwalker.insight.statements import Method
from floorwalker.insight.trend import trends_of_read
from floorwalker.insight.written import Answer

Work: TypeAlias = Callable[[Rules], Answer | None]


def answer_of_read(
    read: AgentCells | None, facts: Snapshot, question: Question, where: Where, rules: Rules
) -> Answer | None:
    """The answer of the question's method; None where no agent had such a contact."""
    if read is None:
        return None
    if question.method is Method.COMPARISON:
        own = {"of_teams": rules.of_teams, "of_people": rules.of_people}
        return compare_read(read, facts, question.period, where, standard=rules.standard, delta=rules.delta, **own)
    if question.method is Method.CAUSE:
        return causes_of_read(read, facts, question.period, where, standard=rules.standard, delta=rules.delta)
    if question.method is Method.TREND:
        return trends_of_read(read, alarms_a_month=rules.alarms_a_month)
    return processes_of_read(read)


def answer_together(
    facts: Snapshot, questions: Iterable[Question], where: Where | None = None
) -> Iterator[tuple[Question, Work]]:
    """Each question with the work that answers it by the rules that it is given, in an order in which little is read twice.

    Nothing is read before somebody asks for the first answer, and what was read is let go before the next is.
    """
    asked: dict[tuple[object, ...], list[Question]] = {}
    for question in questions:
        kpi = question.kpi
        asked.setdefault((question.period, kpi.table.name, kpi.attribution), []).append(question)
    for some in asked.values():
        shelf = _Shelf(facts, some, where or {})
        for question in some:
            yield question, partial(shelf.answer, question)


class _Shelf:
    """The cells of the measures of one table and period."""

    def __init__(self, facts: Snapshot, questions: Iterable[Question], where: Where) -> None:
        self._facts, self._where = facts, where
        self._left = list(questions)
        self._cells: dict[str, AgentCells | None] = {}

    @cached_property
    def _made(self) -> dict[str, Made]:
        kpis = dict.fromkeys(question.kpi.id for question in self._left)
        return read_together(self._facts, tuple(kpis), self._left[0].period, self._where)

    def answer(self, question: Question, rules: Rules) -> Answer | None:
        """Answer one; the cells of its measure are let go with its last question, and what was read with the last of all."""
        name = question.kpi.id
        if name not in self._cells:
            self._cells[name] = self._made.pop(name)()
        read = self._cells[name]
        self._left.remove(question)
        if all(other.kpi != question.kpi for other in self._left):
            del self._cells[name]
        return answer_of_read(read, self._facts, question, self._where, rules)
