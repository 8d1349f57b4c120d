"""What do surveys say in these weeks, of whom the reader may see, and what did customers write?"""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from floorwalker.apps.people.lake import lake
from floorwalker.apps.people.models import Agent, Identity, User
from floorwalker.apps.surveys.bank import YES_NO
from floorwalker.apps.surveys.models import Answer, QuestionKind
from floorwalker.apps.surveys.models.answers import AnswerQuerySet
from floorwalker.estimate import Answer as Figure
from floorwalker.facts.current import RECORDS
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.nonresponse import listens, read_heard
from floorwalker.insight.scorecard import Period, Where
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi
from floorwalker.kpis.query import KpiQuery
from floorwalker.kpis.run import run_together
from floorwalker.ui import survey_words

WEEK = timedelta(days=7)
INTEGRITY = "survey_attribution_integrity"


@dataclass(frozen=True)
class Said:
    """A measure of what customers say: the figure of those who answered, and what is true of all."""

    kpi: Kpi
    figure: str
    of_all: str


@dataclass(frozen=True)
class Overview:
    """What surveys say in a period.

    answered: how many of those who were asked, once where that is the same for all measures; integrity: of how many it is
    known whom they are about; as_of: up to when the product's own answers are counted.
    """

    period: Period
    answered: tuple[str, ...]
    said: tuple[Said, ...]
    integrity: Figure | None
    as_of: datetime | None


def overview(where: Where | None, weeks: int, *, of_centre: bool) -> Overview | None:
    """The last weeks of surveys in the facts; None where there are none, or none that the reader may see."""
    facts = lake().snapshot()
    days = facts.days("survey")
    if days is None or where is None:
        return None
    period = Period(days[1] - weeks * WEEK + timedelta(days=1), days[1])
    measures = sorted((kpi for kpi in catalogue().values() if listens(kpi)), key=lambda kpi: kpi.id)
    heard = read_heard(facts, [kpi.id for kpi in measures], period, where)
    said = tuple(
        Said(kpi, survey_words.seen(heard[kpi.id]), survey_words.of_all(heard[kpi.id]))
        for kpi in measures
        if kpi.id in heard
    )
    answered = tuple(dict.fromkeys(survey_words.answered(one) for one in heard.values()))
    integrity = _integrity(facts, period, where) if of_centre else None
    return Overview(period, answered, said, integrity, facts.current.completeness.get((RECORDS, "surveys")))


def _integrity(facts: Snapshot, period: Period, where: Where) -> Figure | None:
    rows = run_together([KpiQuery((INTEGRITY,), period.first, period.last, (), where)], facts)[0]
    return rows[0].answer if rows else None


# in words


@dataclass(frozen=True)
class Read:
    """What a customer wrote, about whom, and what else she answered."""

    answer: Answer
    agent: Agent | None
    scores: tuple[tuple[str, str], ...]


def answers_in_words(user: User, on: date, wanted: str = "") -> AnswerQuerySet:
    """What customers wrote about those whom the user may see, the latest first; wanted: words that stand in it."""
    found = Answer.objects.in_words().visible_to(user, on).select_related("invitation", "question")
    return found.filter(text__icontains=wanted) if wanted else found


def as_read(answers: Iterable[Answer]) -> list[Read]:
    """Answers with whom they are about and what else was answered; two questions to the database, however many they are."""
    shown = list(answers)
    agents, scores = _agents(shown), _scores(shown)
    return [Read(one, agents.get(_key(one)), tuple(scores.get(one.invitation_id, ()))) for one in shown]


def _key(answer: Answer) -> bytes:
    return bytes(answer.invitation.identity_key or b"")


def _agents(shown: Sequence[Answer]) -> dict[bytes, Agent]:
    found = Identity.objects.filter(key__in={_key(one) for one in shown}).select_related("agent")
    return {bytes(one.key): one.agent for one in found if one.agent is not None}


def _scores(shown: Sequence[Answer]) -> dict[int, list[tuple[str, str]]]:
    found: dict[int, list[tuple[str, str]]] = {}
    scored = Answer.objects.present().filter(invitation__in=[one.invitation_id for one in shown], score__isnull=False)
    for one in scored.select_related("question").order_by("question__position"):
        found.setdefault(one.invitation_id, []).append((str(one.question.get_kind_display()), _in_words(one)))
    return found


def _in_words(one: Answer) -> str:
    """The answer as it was given: a number of its scale, or the word that stands for it."""
    score = int(one.score or 0)
    return str(YES_NO[score]) if one.question.kind == QuestionKind.RESOLVED else str(score)
