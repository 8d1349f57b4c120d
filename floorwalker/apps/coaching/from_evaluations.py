"""What do released evaluations say of people, and what of how work is done?

To a person go her misses, what she met of a standard or of what she once missed, and the evaluator's words; once she has asked
for the marks, and never while an appeal is open. A miss whose cause lies outside the agent goes to the process or the team.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime, timedelta

from django.db.models import Q, QuerySet

from floorwalker.apps.coaching.filing import file_feedback
from floorwalker.apps.coaching.models import Evidence, EvidenceKind, Feedback, FeedbackSource, Leaning, Matter
from floorwalker.apps.coaching.responsible import Went, door_of, processes_on
from floorwalker.apps.evaluations.models import Evaluation, Marking, Miss, Purpose, QuestionStandard
from floorwalker.apps.people.acting import action
from floorwalker.apps.standards.models import ServiceStandard

# What was released longer ago is past talking about; the evaluations themselves stay.
LOOK_BACK = timedelta(days=28)
TOLD = (Purpose.OFFICIAL, Purpose.COACHING, Purpose.PEER)
OF_ALL = "quality_score"


def collect_evaluations(at: datetime) -> int:
    """Bring in what is new, and take back what an edit or an appeal has replaced; how many pieces are new. Twice is as once."""
    _take_back_replaced(at)
    made = sum(_collect_of_agent(one, at=at) for one in _new_for_agents(at))
    return made + sum(_collect_outside(one, at=at) for one in _new_outside(at))


def _released(at: datetime) -> QuerySet[Evaluation]:
    open_appeal = Q(appeal__isnull=False, appeal__decided_at=None)
    found = Evaluation.objects.filter(purpose__in=TOLD, released_at__gte=at - LOOK_BACK, released_at__lte=at)
    return found.exclude(open_appeal).exclude(stands=None).select_related("stands", "version", "agent", "evaluator")


def _new_for_agents(at: datetime) -> list[Evaluation]:
    found = list(_released(at).exclude(seen_at=None))
    known = _known([_key(one.stands_id) for one in found])
    return [one for one in found if _key(one.stands_id) not in known]


def _new_outside(at: datetime) -> list[Miss]:
    stand = _released(at).values("stands")
    misses = Miss.objects.filter(marking__in=stand, outside=True).select_related(
        "cause", "marking__stands_for__version"
    )
    found = list(misses.select_related("marking__stands_for__agent", "marking__stands_for__version", "cause"))
    known = _known([_key(one.marking_id, one.question) for one in found])
    return [one for one in found if _key(one.marking_id, one.question) not in known]


def _known(keys: list[str]) -> set[str]:
    return set(Feedback.objects.filter(key__in=keys).values_list("key", flat=True))


def _key(marking: int | None, question: str = "") -> str:
    return f"evaluation:{marking}:{question}" if question else f"evaluation:{marking}"


@action
def _collect_of_agent(evaluation: Evaluation, *, at: datetime) -> int:
    """Everything of one evaluation that is the agent's, and last what tells that it was brought in."""
    marking = evaluation.stands
    assert marking is not None, "asked for"
    made = 0
    for code, feedback in _of_questions(evaluation, marking):
        file_feedback(evaluation.agent, code, feedback, [_marks(evaluation, marking, feedback)], at=at)
        made += 1
    whole = _feedback(evaluation, Leaning.OPEN, key=_key(marking.pk), words=marking.words, measure=OF_ALL)
    code = f"form:{evaluation.version.form_id}"
    file_feedback(evaluation.agent, code, whole, [_marks(evaluation, marking, whole)], at=at)
    return made + 1


def _of_questions(evaluation: Evaluation, marking: Marking) -> Iterator[tuple[str, Feedback]]:
    """By the code of its matter: each miss of the agent's own, and what she met where that says something."""
    misses = {one.question: one for one in marking.misses.all()}
    standards = _standards(evaluation)
    open_codes = set(Matter.objects.of_agent(evaluation.agent).values_list("code", flat=True))
    for question in marking.judged:
        standard, miss = standards.get(question), misses.get(question)
        code = _code(evaluation, question, standard)
        if miss is not None and miss.outside:
            continue
        if miss is None and standard is None and code not in open_codes:
            continue
        leaning = Leaning.STRENGTH if miss is None else Leaning.DEVELOPMENT
        words = "" if miss is None else miss.comment
        measure = "" if standard is not None else OF_ALL
        key = _key(marking.pk, question)
        yield code, _feedback(evaluation, leaning, key=key, words=words, measure=measure, standard=standard)


@action
def _collect_outside(miss: Miss, *, at: datetime) -> int:
    """One miss that was not the agent's: to whoever answers for the process, else to the team; 1, or 0 where that is nobody."""
    marking, evaluation = miss.marking, miss.marking.stands_for
    went = Went(_bytes(evaluation.site_key), _bytes(evaluation.queue_key), evaluation.reason)
    day = evaluation.contact_at.date()
    whose = door_of(evaluation.agent, went, processes_on(at.date()), day)
    if whose is None:
        return 0
    standard = _standards(evaluation).get(miss.question)
    words = "\n".join(one for one in ("" if miss.cause is None else str(miss.cause), miss.comment) if one)
    feedback = _feedback(
        evaluation,
        Leaning.DEVELOPMENT,
        key=_key(marking.pk, miss.question),
        words=words,
        measure=OF_ALL if standard is None else "",
        standard=standard,
    )
    # No agent stands in the evidence of what is not hers.
    marks = _marks(evaluation, marking, feedback)
    marks.agent = None
    file_feedback(whose, _code(evaluation, miss.question, standard), feedback, [marks], at=at)
    return 1


def _bytes(key: bytes | memoryview | None) -> bytes | None:
    return None if key is None else bytes(key)


def _standards(evaluation: Evaluation) -> dict[str, ServiceStandard]:
    asked = QuestionStandard.objects.filter(version=evaluation.version_id).select_related("standard")
    return {one.question: one.standard for one in asked}


def _code(evaluation: Evaluation, question: str, standard: ServiceStandard | None) -> str:
    if standard is not None:
        return f"standard:{standard.pk}"
    return f"question:{evaluation.version.form_id}:{question}"


def _feedback(
    evaluation: Evaluation,
    leaning: Leaning,
    *,
    key: str,
    words: str,
    measure: str,
    standard: ServiceStandard | None = None,
) -> Feedback:
    peer = evaluation.purpose == Purpose.PEER
    return Feedback(
        source=FeedbackSource.PEER if peer else FeedbackSource.EVALUATION,
        leaning=leaning,
        key=key,
        words=words,
        measure=measure,
        standard=standard,
        contacts=1,
    )


def _marks(evaluation: Evaluation, marking: Marking, feedback: Feedback) -> Evidence:
    return Evidence(
        kind=EvidenceKind.MARKS,
        agent=evaluation.agent,
        contact_key=evaluation.contact_key,
        marking=marking,
        question=feedback.key.partition(":")[2].partition(":")[2],
    )


def _take_back_replaced(at: datetime) -> None:
    """What rests on marks that stand no longer."""
    brought = Feedback.objects.standing().filter(key__startswith="evaluation:")
    replaced = brought.filter(evidence__marking__isnull=False, evidence__marking__stands_for=None)
    Feedback.objects.filter(pk__in=list(replaced.values_list("pk", flat=True))).update(taken_back_at=at)
