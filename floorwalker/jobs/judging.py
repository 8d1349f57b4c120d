"""How is fair judgement kept up by itself? The standing questions are answered anew where anything changed, and kept.

Answers are worked out beside loads, from the facts as they were committed when the run began; the lock of writers is taken
only to add what is new. A run that is killed leaves nothing: the next one begins with what is not answered yet.
"""

from __future__ import annotations

import logging
import threading
import time
from collections import Counter
from collections.abc import Callable, Iterator
from dataclasses import dataclass, field
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from math import inf

import pyarrow as pa
from django.db import connection

from floorwalker.apps.dashboards.fairness import judged_measures, rules_of
from floorwalker.apps.standards.holding import Agreed
from floorwalker.config import Config
from floorwalker.facts.current import Claim, read_current
from floorwalker.facts.lake import Lake
from floorwalker.facts.saying import Kept, keep
from floorwalker.facts.snapshot import Snapshot
from floorwalker.facts.staging import begun_loads
from floorwalker.insight.answering import Work, answer_together
from floorwalker.insight.basis import Rules, basis_of, same_rules
from floorwalker.insight.said import claimed
from floorwalker.insight.scorecard import Period
from floorwalker.insight.standing import Question, standing_questions
from floorwalker.insight.statements import as_rows, differs, newest_instant, rows_said, stamp
from floorwalker.insight.written import Answer
from floorwalker.jobs.capping import renew_caps

LOOK_SECONDS = 20.0
# Loads pour in while less than this lies between two commits; a run waits for them, but not for ever.
QUIET_SECONDS = 60.0
PATIENCE_SECONDS = 900.0
# Answers to surveys trickle in all day: what was said of the same days is looked at again after so long.
REST = timedelta(hours=3)

logger = logging.getLogger(__name__)
Progress = Callable[[float, str], None]
Clock = Callable[[], datetime]


class Outcome(StrEnum):
    """What became of one question."""

    SAID = "said"  # something new was said, and kept
    UNCHANGED = "unchanged"  # worked out anew, and the same as before
    NOBODY = "nobody"  # nobody had such a contact
    STANDS = "stands"  # nothing that it rests on has changed: not worked out


@dataclass(frozen=True)
class Judgement:
    """One question of a run: what became of it, how long it took, how many subjects were spoken of."""

    question: Question
    outcome: Outcome
    seconds: float
    subjects: int = 0


@dataclass
class Run:
    """What a run has found so far."""

    judgements: list[Judgement] = field(default_factory=list)
    rows: list[pa.Table] = field(default_factory=list)
    claims: dict[str, Claim] = field(default_factory=dict)


def judge_floor(
    lake: Lake, *, now: Clock = lambda: datetime.now(UTC), progress: Progress | None = None
) -> list[Judgement]:
    """Answer what is due, and keep it in one commit; caps of very long contacts first, where it is time to look at them."""
    renew_caps(lake, now())
    facts = lake.snapshot()
    questions = standing_questions(facts, judged_measures(), now())
    run = Run()
    rules = RulesHeld()
    asked = list(_open(facts, questions, rules, run))
    for number, (question, work) in enumerate(answer_together(facts, asked)):
        if progress is not None:
            progress(number / len(asked), "judging")
        _judge(facts, question, work, rules.of(question), run, now)
    if run.claims or set(facts.current.claims) != {question.name for question in questions}:
        keep(lake, Kept(tuple(run.rows), run.claims), [question.name for question in questions])
    return run.judgements


def _open(facts: Snapshot, questions: list[Question], rules: RulesHeld, run: Run) -> Iterator[Question]:
    """The questions of which something that they rest on has changed; the others are noted as they stand."""
    for question in questions:
        began = time.perf_counter()
        if claimed(facts, question, rules.of(question)) is None:
            yield question
        else:
            run.judgements.append(Judgement(question, Outcome.STANDS, time.perf_counter() - began))


def _judge(facts: Snapshot, question: Question, work: Work, rules: Rules, run: Run, now: Clock) -> None:
    began = time.perf_counter()
    basis = basis_of(facts, question.method, question.kpi, question.period, rules)
    found = work(rules)
    outcome, rows, said_at = _compare(facts, question, found, basis, now)
    run.claims[question.name] = Claim(basis, said_at)
    if outcome is Outcome.SAID and rows is not None:
        run.rows.append(rows)
    subjects = 0 if rows is None else rows.num_rows - 1
    run.judgements.append(Judgement(question, outcome, time.perf_counter() - began, subjects))


def _compare(
    facts: Snapshot, question: Question, found: Answer | None, basis: str, now: Clock
) -> tuple[Outcome, pa.Table | None, datetime | None]:
    """What became of a question: its rows, and since when they have been said."""
    method, kpi, period = question.method, question.kpi, question.period
    if found is None:
        return Outcome.NOBODY, None, None
    at = now()
    rows = as_rows(found, stamp(method, kpi, period, at, basis, facts.current.sequence))
    before = newest_instant(facts, method, kpi.id, period)
    if before is not None and not differs(rows, rows_said(facts, method, kpi.id, period, before)):
        return Outcome.UNCHANGED, rows, before
    return Outcome.SAID, rows, at


class RulesHeld:
    """What figures are held against on the last day of a period, as pages hold them; read once for each such day."""

    def __init__(self) -> None:
        self._by_period: dict[Period, Agreed] = {}

    def of(self, question: Question) -> Rules:
        """The centre's target, where there is one, and those of teams and people that have another."""
        period, measure = question.period, question.kpi.id
        if period not in self._by_period:
            self._by_period[period] = Agreed.read(period)
        agreed = self._by_period[period]
        return rules_of(agreed, measure)


def is_due(lake: Lake, at: datetime) -> bool:
    """Whether a standing question would be answered from other facts or by other rules than its kept answer was.

    Corrections that trickle in are gathered for some hours: pages work such an answer out themselves meanwhile.
    """
    facts = lake.snapshot()
    rules = RulesHeld()
    return any(_is_due(facts, question, rules, at) for question in standing_questions(facts, judged_measures(), at))


def _is_due(facts: Snapshot, question: Question, rules: RulesHeld, at: datetime) -> bool:
    claim = facts.current.claims.get(question.name)
    if claim is None:
        return True
    basis = basis_of(facts, question.method, question.kpi, question.period, rules.of(question))
    rests = claim.said_at is not None and at - claim.said_at < REST and same_rules(claim.basis, basis)
    return claim.basis != basis and not rests


def judge_when_quiet(config: Config, lake: Lake, stop: threading.Event) -> None:
    """Answer what becomes due, until `stop` is set."""
    watch, last_complaint = Watch(config, lake), ""
    while not stop.wait(LOOK_SECONDS):
        try:
            if watch.says_go(time.monotonic(), datetime.now(UTC)):
                _log(judge_floor(lake))
            last_complaint = ""
        except Exception as error:
            complaint = f"{type(error).__name__}: {error}"
            if complaint != last_complaint:
                logger.error("judgements will be tried again: %s", complaint)
            last_complaint = complaint
        finally:
            connection.close()


def _log(found: list[Judgement]) -> None:
    counted = Counter(one.outcome for one in found)
    told = ", ".join(f"{count} {outcome}" for outcome, count in sorted(counted.items()))
    logger.info("judged in %.1f s: %s", sum(one.seconds for one in found), told)


class Watch:
    """Is something due, and is it quiet enough, or has it waited long enough?"""

    def __init__(self, config: Config, lake: Lake) -> None:
        self._staging, self._lake = config.intake / "staging", lake
        self._sequence, self._moved, self._due_since = -1, 0.0, inf

    def says_go(self, clock: float, at: datetime) -> bool:
        """Whether to judge now; clock: seconds that only go forwards."""
        sequence = read_current(self._lake.path).sequence
        if sequence != self._sequence:
            self._sequence, self._moved = sequence, clock
        if not is_due(self._lake, at):
            self._due_since = inf
            return False
        self._due_since = min(self._due_since, clock)
        return self._is_quiet(clock) or clock - self._due_since >= PATIENCE_SECONDS

    def _is_quiet(self, clock: float) -> bool:
        loading = self._staging.exists() and bool(begun_loads(self._staging))
        return not loading and clock - self._moved >= QUIET_SECONDS
