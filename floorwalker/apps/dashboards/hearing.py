"""What is said beside figures of customers who answered a survey, of those who did not?"""

from __future__ import annotations

from collections.abc import Iterable, Mapping

from floorwalker.apps.dashboards.question import Question
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.nonresponse import listens, read_heard
from floorwalker.insight.scorecard import Where
from floorwalker.kpis.definition import Kpi
from floorwalker.ui import survey_words


def heard_in(facts: Snapshot, kpis: Iterable[Kpi], question: Question, where: Where) -> Mapping[str, str]:
    """By measure the sentences of those that count answers to surveys, in the period that was asked for."""
    asked = [kpi.id for kpi in kpis if listens(kpi)]
    return {name: survey_words.heard(one) for name, one in read_heard(facts, asked, question.period, where).items()}
