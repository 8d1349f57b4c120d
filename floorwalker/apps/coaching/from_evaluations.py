"""What do released evaluations say of people, and what of how work is done?

To a person go her misses, what she met of a standard or of what she once missed, and the evaluator's words; once she has asked
for the marks, and never while an appeal is open. A miss whose cause lies outside the agent goes to the process or the team.
"""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from datetime import datetime, timedelta
from functools import reduce
from operator import or_

from django.db.models import Q, QuerySet

from floorwalker.apps.coaching.filing import file_feedback, since
from floorwalker.apps.coaching.models import Evidence, EvidenceKind, Feedback, FeedbackSource, Leaning, Matter
from floorwalker.apps.coaching.responsible import Went, door_of, processes_on
from floorwalker.apps.evaluations.models import Evaluation, Miss, Purpose, QuestionStandard
from floorwalker.apps.people.acting import action
from floorwalker.apps.standards.models import ServiceStandard

# What changed longer ago, and was not missed by a worker that stood still, is past talking about; the evaluations stay.
LOOK_BACK = timedelta(days=28)
TOLD = (Purpose.OFFICIAL, Purpose.COACHING, Purpose.PEER)
OF_ALL = "quality_score"
KEYS = "evaluation:"


@dataclass(frozen=True)
class Part:
    """What one evaluation says of one matter: one contact, however many of its questions ask about the same standard."""

    code: str
    standard: ServiceStandard | None
    questions: tuple[str, ...]
    misses: tuple[Miss, ...]

    @property
    def leaning(self) -> Leaning:
        """What was missed once is not met."""
        return Leaning.DEVELOPMENT if self.misses else Leaning.STRENGTH

    @property
    def words(self) -> str:
        """What the evaluator wrote at its questions."""
        return "\n".join(one.comment for one in self.misses if one.comment)


def collect_evaluations(at: datetime) -> int:
    """Bring in what is new, and take back what an edit or an appeal has replaced; how many pieces are new. Twice is as once."""
    _take_back_replaced(at)
    made = sum(_collect_of_agent(one, at=at) for one in _new_for_agents(at))
    return made + sum(_collect_outside(evaluation, part, at=at) for evaluation, part in _new_outside(at))


def _released(at: datetime) -> QuerySet[Evaluation]:
    """What may be new: released, opened by its agent, decided after an appeal, or marked anew not long ago."""
    stamps = ("released_at", "seen_at", "appeal__decided_at", "stands__submitted_at")
    begin = since(KEYS, at, LOOK_BACK)
    lately = reduce(or_, (Q(**{f"{stamp}__gte": begin, f"{stamp}__lte": at}) for stamp in stamps))
    open_appeal = Q(appeal__isnull=False, appeal__decided_at=None)
    found = Evaluation.objects.filter(lately, purpose__in=TOLD, released_at__lte=at).exclude(open_appeal)
    return found.exclude(stands=None).select_related("stands", "version", "agent", "evaluator")


def _new_for_agents(at: datetime) -> list[Evaluation]:
    found = list(_released(at).exclude(seen_at=None))
    known = _known([_key(one.stands_id) for one in found])
    return [one for one in found if _key(one.stands_id) not in known]


def _new_outside(at: datetime) -> list[tuple[Evaluation, Part]]:
    """Misses that were not the agent's, once she has asked for the marks or has let the days to answer pass.

    Her team's inbox tells of them: before that she would know where something was missed, and could not mark it herself any more.
    """
    known_to_her = Q(seen_at__isnull=False) | Q(respond_by__lt=at.date())
    outside = _released(at).filter(known_to_her, stands__misses__outside=True).distinct()
    found = [(one, part) for one in outside.prefetch_related("stands__misses__cause") for part in _outside(one)]
    known = _known([_key_of(one, part) for one, part in found])
    return [(one, part) for one, part in found if _key_of(one, part) not in known]


def _known(keys: list[str]) -> set[str]:
    return set(Feedback.objects.filter(key__in=keys).values_list("key", flat=True))


def _key(marking: int | None, question: str = "") -> str:
    return f"{KEYS}{marking}:{question}" if question else f"{KEYS}{marking}"


def _key_of(evaluation: Evaluation, part: Part) -> str:
    return _key(evaluation.stands_id, part.questions[0])


@action
def _collect_of_agent(evaluation: Evaluation, *, at: datetime) -> int:
    """Everything of one evaluation that is the agent's, and last what tells that it was brought in."""
    marking = evaluation.stands
    assert marking is not None, "asked for"
    agent, parts = evaluation.agent.person, list(_own(evaluation))
    for part in parts:
        file_feedback(agent, part.code, _feedback(evaluation, part), _marks(evaluation, part), at=at)
    whole = Part(f"form:{evaluation.version.form_id}", None, ("",), ())
    told = _said(evaluation, Leaning.OPEN, key=_key(marking.pk), words=marking.words)
    file_feedback(agent, whole.code, told, _marks(evaluation, whole), at=at)
    return len(parts) + 1


def _own(evaluation: Evaluation) -> Iterator[Part]:
    """Each thing that was asked about, with the agent's own misses; of what she met only what says something.

    Of a standard that several questions ask about she has met what none of them missed.
    """
    marking = evaluation.stands
    assert marking is not None, "asked for"
    misses = {one.question: one for one in marking.misses.all()}
    hers = [one for one in marking.judged if one not in misses or not misses[one].outside]
    open_codes = set(Matter.objects.of_agent(evaluation.agent.person).values_list("code", flat=True))
    for part in _by_matter(evaluation, hers, misses):
        if part.misses or part.standard is not None or part.code in open_codes:
            yield part


def _outside(evaluation: Evaluation) -> Iterator[Part]:
    marking = evaluation.stands
    assert marking is not None, "asked for"
    misses = {one.question: one for one in marking.misses.all() if one.outside}
    yield from _by_matter(evaluation, [one for one in marking.judged if one in misses], misses)


def _by_matter(evaluation: Evaluation, questions: Iterable[str], misses: Mapping[str, Miss]) -> Iterator[Part]:
    standards = _standards(evaluation)
    together: dict[str, list[str]] = {}
    for question in questions:
        together.setdefault(_code(evaluation, question, standards.get(question)), []).append(question)
    for code, some in together.items():
        missed = tuple(misses[one] for one in some if one in misses)
        # What is missed comes first: it gives the piece its name, and leads to where it was heard.
        ordered = sorted(some, key=lambda one: one not in misses)
        yield Part(code, standards.get(some[0]), tuple(ordered), missed)


@action
def _collect_outside(evaluation: Evaluation, part: Part, *, at: datetime) -> int:
    """What was not the agent's: to whoever answers for the process, else to the team; 1, or 0 where that is nobody."""
    went = Went(_bytes(evaluation.site_key), _bytes(evaluation.queue_key), evaluation.reason)
    day = evaluation.contact_at.date()
    whose = door_of(evaluation.agent, went, processes_on(at.date()), day)
    if whose is None:
        return 0
    causes = dict.fromkeys(str(one.cause) for one in part.misses if one.cause is not None)
    feedback = _feedback(evaluation, part)
    feedback.words = "\n".join((*causes, *([part.words] if part.words else [])))
    marks = _marks(evaluation, part)
    for one in marks:
        # No agent stands in the evidence of what is not hers.
        one.agent = None
    file_feedback(whose, part.code, feedback, marks, at=at)
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


def _feedback(evaluation: Evaluation, part: Part) -> Feedback:
    made = _said(evaluation, part.leaning, key=_key_of(evaluation, part), words=part.words)
    if part.standard is not None:
        made.measure, made.standard = "", part.standard
    return made


def _said(evaluation: Evaluation, leaning: Leaning, *, key: str, words: str) -> Feedback:
    peer = evaluation.purpose == Purpose.PEER
    source = FeedbackSource.PEER if peer else FeedbackSource.EVALUATION
    return Feedback(source=source, leaning=leaning, key=key, words=words, measure=OF_ALL, contacts=1)


def _marks(evaluation: Evaluation, part: Part) -> list[Evidence]:
    """One piece, which leads to the first of its questions."""
    return [
        Evidence(
            kind=EvidenceKind.MARKS,
            agent=evaluation.agent,
            contact_key=evaluation.contact_key,
            marking=evaluation.stands,
            question=part.questions[0],
        )
    ]


def _take_back_replaced(at: datetime) -> None:
    """What rests on marks that stand no longer."""
    brought = Feedback.objects.standing().filter(key__startswith=KEYS)
    replaced = brought.filter(evidence__marking__isnull=False, evidence__marking__stands_for=None)
    Feedback.objects.filter(pk__in=list(replaced.values_list("pk", flat=True))).update(taken_back_at=at)
