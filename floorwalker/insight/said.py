"""What is said of people, teams and kinds of contact in a period? What was kept of it, where that still holds; else worked out.

Pages ask here and nowhere else, so that what a page shows and what was kept of it cannot differ. What was read or worked out
is remembered by this process for each state of the facts.
"""

from __future__ import annotations

import threading
from collections import OrderedDict
from collections.abc import Callable, Hashable, Mapping, Sequence
from datetime import date
from typing import TypeVar, cast

from floorwalker.facts.current import Claim
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.answering import answer_of_read, answer_together
from floorwalker.insight.basis import Rules, basis_of
from floorwalker.insight.beside import begin
from floorwalker.insight.cause import Causes
from floorwalker.insight.cells import read_cells
from floorwalker.insight.comparison import NONE_OF_THEIR_OWN, Comparison
from floorwalker.insight.competence import Speed, read_competence
from floorwalker.insight.funnel import Funnel, read_funnel
from floorwalker.insight.gaps import Gaps, find_gaps
from floorwalker.insight.level import LevelCharts, read_levels
from floorwalker.insight.people_levels import read_people_levels
from floorwalker.insight.person_level import PersonLevel
from floorwalker.insight.process import Processes
from floorwalker.insight.scorecard import Period, Where
from floorwalker.insight.standing import Question
from floorwalker.insight.statements import Method, read_said
from floorwalker.insight.trend import ALARMS_A_MONTH, ControlChart, Trends, Unit, read_chart
from floorwalker.insight.written import Answer
from floorwalker.kpis.catalogue import catalogue, find_kpi

# So many answers are kept for whoever asks next; an answer about 10,000 agents takes some megabytes.
MOST_KEPT = 128

Said = TypeVar("Said")


def comparison(
    facts: Snapshot,
    kpi_id: str,
    period: Period,
    where: Where,
    *,
    standard: float | None = None,
    of_teams: Mapping[bytes, float] = NONE_OF_THEIR_OWN,
    of_people: Mapping[bytes, float] = NONE_OF_THEIR_OWN,
) -> Comparison | None:
    """`compare_agents`, once for each question and state of the facts."""
    return compared(facts, kpi_id, period, where, Rules(standard, dict(of_teams), dict(of_people)))


def compared(facts: Snapshot, kpi_id: str, period: Period, where: Where, rules: Rules) -> Comparison | None:
    """The same by rules that are at hand."""
    return cast(Comparison | None, answer(facts, Method.COMPARISON, kpi_id, period, where, rules))


def causes(
    facts: Snapshot, kpi_id: str, period: Period, where: Where, *, standard: float | None = None
) -> Causes | None:
    """`read_causes`, once for each question and state of the facts."""
    return cast(Causes | None, answer(facts, Method.CAUSE, kpi_id, period, where, Rules(standard)))


def gaps(
    facts: Snapshot, kpi_id: str, period: Period, where: Where, *, standard: float | None, rules: Rules
) -> Gaps | None:
    """`find_gaps`, once for each question and state of the facts; None where nobody has such a contact.

    standard: from what causes measure a gap; rules: by what people are compared, who are named by that.
    """
    # Asked for each time, so that neither is let go while what rests on it is still in use.
    caused = causes(facts, kpi_id, period, where, standard=standard)
    people = compared(facts, kpi_id, period, where, rules)
    asked = ("gaps", kpi_id, period, _frozen(where), standard, rules.told(Method.COMPARISON))
    return _once(facts, asked, lambda: None if caused is None else find_gaps(caused, people))


def trends(
    facts: Snapshot, kpi_id: str, period: Period, where: Where, *, alarms_a_month: float = ALARMS_A_MONTH
) -> Trends | None:
    """`read_trends`, once for each question and state of the facts."""
    rules = Rules(alarms_a_month=alarms_a_month)
    return cast(Trends | None, answer(facts, Method.TREND, kpi_id, period, where, rules))


def chart(facts: Snapshot, kpi_id: str, period: Period, kind: Unit, key: bytes) -> ControlChart | None:
    """`read_chart` of one agent or team, once for each question and state of the facts; not kept: its days are the facts."""
    return _once(facts, ("chart", kpi_id, period, kind, key), lambda: read_chart(facts, kpi_id, period, {}, kind, key))


def funnel(facts: Snapshot, kpi_id: str, period: Period, where: Where) -> Funnel | None:
    """`read_funnel`, once for each question and state of the facts; not kept: it judges nobody."""
    asked = ("funnel", kpi_id, period, _frozen(where))
    return _once(facts, asked, lambda: read_funnel(facts, kpi_id, period, where))


def competence(facts: Snapshot, kpi_id: str, period: Period, where: Where, teams: frozenset[bytes] | None) -> Speed:
    """`read_competence`, once for each question and state of the facts; not kept: it judges nobody."""
    asked = ("competence", kpi_id, period, _frozen(where), teams)
    return _once(facts, asked, lambda: read_competence(facts, kpi_id, period, where, teams))


def levels(facts: Snapshot, kpi_id: str, period: Period, where: Where) -> LevelCharts | None:
    """`read_levels` of everybody, once for each question and state of the facts; not kept: its days are the facts."""
    asked = ("levels", kpi_id, period, _frozen(where))
    return _once(facts, asked, lambda: read_levels(facts, kpi_id, period, where))


def people_levels(facts: Snapshot, kpi_id: str, last: date, where: Where) -> Mapping[bytes, PersonLevel]:
    """`read_people_levels`, once for each question and state of the facts; not kept: it judges nobody."""
    return _once(facts, _levels_asked(kpi_id, last, where), lambda: read_people_levels(facts, kpi_id, last, where))


def are_levels_at_hand(facts: Snapshot, kpi_id: str, last: date, where: Where) -> bool:
    """Whether this process knows them already."""
    with _lock:
        return (_state(facts), _levels_asked(kpi_id, last, where)) in _kept


def _levels_asked(kpi_id: str, last: date, where: Where) -> Hashable:
    return "people levels", kpi_id, last, _frozen(where)


def processes(facts: Snapshot, kpi_id: str, period: Period, where: Where) -> Processes | None:
    """`read_processes`, once for each question and state of the facts."""
    return cast(Processes | None, answer(facts, Method.PROCESS, kpi_id, period, where, Rules()))


def answer(facts: Snapshot, method: Method, kpi_id: str, period: Period, where: Where, rules: Rules) -> Answer | None:
    """The kept answer where it holds, else the one worked out now; once for each state of the facts."""
    question = Question(method, find_kpi(kpi_id, catalogue()), period)
    return _once(facts, _told(question, where, rules), lambda: _kept_or_new(facts, question, where, rules))


def is_at_hand(facts: Snapshot, method: Method, kpi_id: str, period: Period, where: Where, rules: Rules) -> bool:
    """Whether the answer is known to this process, or was kept: else it must be worked out."""
    question = Question(method, find_kpi(kpi_id, catalogue()), period)
    with _lock:
        if _key(facts, question, where, rules) in _kept:
            return True
    return not where and claimed(facts, question, rules) is not None


def prepare(
    facts: Snapshot, asked: Sequence[tuple[Method, str, Rules]], period: Period, where: Where, *, wait: bool = True
) -> bool:
    """Have several answers at hand for whoever asks for them next: those that are not yet are worked out together.

    Without `wait` that is begun beside whoever asks, and False says that it is not done; asking again begins nothing twice.
    """
    known = catalogue()
    questions = [(Question(method, find_kpi(kpi_id, known), period), rules) for method, kpi_id, rules in asked]
    missing = [
        (question, rules)
        for question, rules in questions
        if not is_at_hand(facts, question.method, question.kpi.id, period, where, rules)
    ]
    if missing and not wait:
        what = ("judging", _state(facts), period, _frozen(where))
        begin(what, lambda: _work_out_together(facts, missing, where))
        return False
    _work_out_together(facts, missing, where)
    return True


def _work_out_together(facts: Snapshot, asked: Sequence[tuple[Question, Rules]], where: Where) -> None:
    held = {question.name: rules for question, rules in asked}
    for question, work in answer_together(facts, [question for question, _rules in asked], where):
        rules = held[question.name]
        _remember(_key(facts, question, where, rules), work(rules))


def _told(question: Question, where: Where, rules: Rules) -> Hashable:
    return question.name, _frozen(where), rules.told(question.method)


def _key(facts: Snapshot, question: Question, where: Where, rules: Rules) -> Hashable:
    return _state(facts), _told(question, where, rules)


def _kept_or_new(facts: Snapshot, question: Question, where: Where, rules: Rules) -> Answer | None:
    claim = None if where else claimed(facts, question, rules)
    if claim is None:
        return work_out(facts, question, where, rules)
    if claim.said_at is None:
        return None
    return read_said(facts, question.method, question.kpi.id, question.period, claim.said_at)


def claimed(facts: Snapshot, question: Question, rules: Rules) -> Claim | None:
    """What is kept in answer to the question; None where nothing is, or where it was said of other facts or by other rules."""
    claim = facts.current.claims.get(question.name)
    if claim is None or claim.basis != basis_of(facts, question.method, question.kpi, question.period, rules):
        return None
    return claim


def work_out(facts: Snapshot, question: Question, where: Where, rules: Rules) -> Answer | None:
    """The answer of the method itself."""
    return answer_of_read(read_cells(facts, question.kpi.id, question.period, where), facts, question, where, rules)


_kept: OrderedDict[Hashable, object] = OrderedDict()
_lock = threading.Lock()


def _once(facts: Snapshot, question: Hashable, work: Callable[[], Said]) -> Said:
    """The answer that was kept for this state of the facts, or a new one; two who ask at once may both work it out."""
    key = (_state(facts), question)
    with _lock:
        if key in _kept:
            _kept.move_to_end(key)
            return cast(Said, _kept[key])
    found = work()
    _remember(key, found)
    return found


def _remember(key: Hashable, found: object) -> None:
    with _lock:
        _kept[key] = found
        while len(_kept) > MOST_KEPT:
            _kept.popitem(last=False)


def _state(facts: Snapshot) -> Hashable:
    """The facts that an answer may rest on: the versions of all tables, and up to when each source was read."""
    current = facts.current
    return facts.lake.path, frozenset(current.tables.items()), frozenset(current.completeness.items())


def _frozen(where: Where) -> Hashable:
    return frozenset((name, frozenset(values)) for name, values in where.items())
