"""What becomes of answers? They are saved as often as one likes, and handed in once: then their score and misses are kept."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from django.db import transaction
from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.beginning import check_is_hers
from floorwalker.apps.evaluations.blinding import check_is_blind, end_where_all_handed_in
from floorwalker.apps.evaluations.models import Evaluation, Marking, Miss, Why
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.evaluators import know_evaluator
from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models import RootCause
from floorwalker.errors import Refused
from floorwalker.insight.marking import Score, find_asked, mark

SAVED = ("answers", "words", "missed_complaint", "vulnerable_customer", "saves", "saved_at")
OF_A_MARKING = ("evaluation__version", "evaluation__calibration__session")


def save_marking(marking: Marking, given: Mapping[str, Any], *, saves: int, by: User, at: datetime) -> Marking:
    """Keep what was answered so far; saves: how often it had been saved when the page was read.

    No act yet, and so neither an entry in the trail nor a turn: nothing is decided, and hundreds may be marking at once. One
    statement asks whether it may still be changed and changes it; only where it did not is the marking read, to say why.
    """
    if marking.submitted_at is not None or marking.by_id != by.pk or marking.evaluation.calibration_id is not None:
        _check_is_open(marking, by)
    _fill(marking, given, at)
    marking.saves = saves + 1
    still = Marking.objects.filter(pk=marking.pk, by=by, submitted_at=None, saves=saves)
    if not still.update(**{name: getattr(marking, name) for name in SAVED}):
        _check_is_open(marking, by)
        raise Refused(
            _("this evaluation was changed in another window"), mend=_("open it anew; what you see there is the newest")
        )
    return marking


@action
def submit_marking(marking: Marking, given: Mapping[str, Any], *, by: User, at: datetime) -> Evaluation:
    """Make a marking final. It is not released by that: the agent reads it when somebody lets her."""
    marking = _open(marking, by)
    check_is_hers(marking.evaluation, by)
    _fill(marking, given, at)
    asks = marking.evaluation.version.asks
    # What was answered before the answer that led to it was changed is not asked any more, and is not said either.
    asked = {question.code for question in find_asked(asks, marking.given)}
    marking.answers = {code: one for code, one in marking.answers.items() if code in asked}
    score = mark(asks, marking.given)
    if score.unanswered:
        raise Refused(_("some questions are not answered yet"), found=str(len(score.unanswered)))
    marking.keep_score(score)
    marking.submitted_at = at
    marking.save()
    _keep_misses(marking, score)
    know_evaluator(by, at.date())
    evaluation = marking.evaluation
    if marking.why != Why.APPEAL:
        evaluation.let_stand(marking, at)
        evaluation.save(update_fields=["stands", "submitted_at", "acknowledged_at", "respond_by"])
    record(
        by.username,
        "submit_evaluation",
        evaluation,
        at,
        marking=marking.number,
        why=str(marking.why),
        score=marking.agent_share,
    )
    end_where_all_handed_in(evaluation, at)
    return evaluation


def _open(marking: Marking, by: User) -> Marking:
    """The marking as it is now, where this user may still change it."""
    every = Marking.objects.select_for_update(of=("self",)).select_related(*OF_A_MARKING)
    found = every.filter(pk=marking.pk).first()
    if found is None:  # an edit that gave way to an appeal, or went back, between the question and the answer
        raise Refused(_("somebody else changed this meanwhile"))
    if found.submitted_at is not None:
        raise Refused(_("this marking is submitted and is not changed any more"))
    if found.by_id != by.pk:
        raise Refused(_("somebody else is marking this"))
    check_is_blind(found.evaluation)
    return found


@transaction.atomic
def _check_is_open(marking: Marking, by: User) -> None:
    """Refuse, with the reason, where this user may not change the marking any more."""
    _open(marking, by)


def _fill(marking: Marking, given: Mapping[str, Any], at: datetime) -> None:
    """What a page gave; where a cause lies is looked up, not believed."""
    causes = RootCause.objects.in_bulk([one["cause"] for one in given["answers"].values() if one.get("cause")])
    marking.answers = {code: _with_place(one, causes) for code, one in given["answers"].items()}
    marking.words = given["words"]
    marking.missed_complaint, marking.vulnerable_customer = given["missed_complaint"], given["vulnerable_customer"]
    marking.saves, marking.saved_at = marking.saves + 1, at


def _with_place(answer: Mapping[str, Any], causes: Mapping[int, RootCause]) -> dict[str, Any]:
    """An answer with whether its cause lies outside the agent; a cause that there is not is none."""
    cause = causes.get(answer.get("cause", 0))
    kept = {name: value for name, value in answer.items() if name != "cause"}
    return kept if cause is None else kept | {"cause": cause.pk, "outside": not cause.is_the_agents}


def _keep_misses(marking: Marking, score: Score) -> None:
    for code in score.misses:
        given = marking.answers[code]
        if not given.get("comment") or not given.get("cause"):
            raise Refused(_("a miss needs a comment and a root cause"), found=code)
    Miss.objects.bulk_create(
        Miss(
            marking=marking,
            question=code,
            cause_id=marking.answers[code]["cause"],
            outside=code in score.outside,
            comment=marking.answers[code]["comment"],
        )
        for code in score.misses
    )
