"""How alike do people mark, without working out anew what has not changed? Sessions that are over never change.

What was worked out is kept together with a digest of what it was worked out from: each session's own figures as long as it and
the sessions pooled with it are what they were, the figures over all sessions as long as all of them are. What differs is worked
out again, and takes the place of what was kept. Whatever is kept may be lost at any time.
"""

from __future__ import annotations

import hashlib
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from django.core.cache import cache

from floorwalker import __version__
from floorwalker.apps.evaluations.arguing import sheets_of
from floorwalker.apps.evaluations.models import AgreedAnswer, CalibrationContact, CalibrationSession, Evaluation
from floorwalker.insight.alike import LEAST_SESSIONS, Alike, Passed, alike_in_question, alike_in_scores, pass_of
from floorwalker.insight.calibrating import LEVELS, Lean, Sheet, lean_of

DAYS_KEPT = 90


@dataclass(frozen=True)
class Together:
    """What all sessions tell: agreement on scores, on each question of the latest version by its code, and who leans where."""

    pooled: Alike
    questions: Mapping[str, Alike]
    leans: Mapping[int, Lean]


@dataclass(frozen=True)
class _Kept:
    """By the digest of what it was worked out from: each session with those pooled before it, and all of them together."""

    passed: Mapping[str, Passed]
    together: Mapping[str, Together]


def found_in_all(shown: Sequence[CalibrationSession]) -> tuple[list[Passed], Together]:
    """Each of these sessions, in their order, with what is pooled up to it; and what all of them tell."""
    digests = _digests(shown)
    windows = [_digest(digests[_first(number) : number + 1]) for number in range(len(shown))]
    everything = _digest(digests)
    key = f"alike:{__version__}:{_digest([one.pk for one in shown])}"
    kept: _Kept = cache.get(key) or _Kept({}, {})
    if everything not in kept.together or not kept.passed.keys() >= set(windows):
        kept = _work_out(shown, windows, everything, kept)
        # Of what changed while it was worked out nobody knows whether it is the one or the other.
        if _digests(shown) == digests:
            cache.set(key, kept, DAYS_KEPT * 24 * 3600)
    return [kept.passed[one] for one in windows], kept.together[everything]


def _work_out(shown: Sequence[CalibrationSession], windows: Sequence[str], everything: str, kept: _Kept) -> _Kept:
    of_session = sheets_of(shown)
    sheets = [of_session[one.pk] for one in shown]
    passed = {
        window: kept.passed.get(window) or pass_of(sheets[_first(number) : number + 1])
        for number, window in enumerate(windows)
    }
    return _Kept(passed, {everything: kept.together.get(everything) or _together(sheets)})


def _first(number: int) -> int:
    """The first of the sessions that are pooled with this one."""
    return max(0, number + 1 - LEAST_SESSIONS)


def _together(sheets: Sequence[Sheet]) -> Together:
    latest = sheets[-1].form.questions if sheets else ()
    questions = {one.code: alike_in_question(sheets, one.code) for one in latest if one.kind in LEVELS}
    return Together(alike_in_scores(sheets), questions, lean_of(sheets))


def _digests(shown: Sequence[CalibrationSession]) -> list[str]:
    """Of each session what its figures hang on: a version, a marking that was handed in and a contact never change."""
    told: dict[int, list[Any]] = {one.pk: [one.pk, one.version_id] for one in shown}
    contacts = CalibrationContact.objects.filter(session__in=told).order_by("pk")
    done = Evaluation.objects.filter(calibration__session__in=told, stands__isnull=False).order_by("pk")
    agreed = AgreedAnswer.objects.filter(contact__session__in=told).order_by("contact", "question")
    for rows in (
        contacts.values_list("session", "pk"),
        done.values_list("calibration__session", "calibration", "evaluator", "stands"),
        agreed.values_list("contact__session", "contact", "question", "answer"),
    ):
        for session, *row in rows:
            told[session].append(row)
    return [_digest(told[one.pk]) for one in shown]


def _digest(of: object) -> str:
    return hashlib.blake2b(repr(of).encode(), digest_size=16).hexdigest()
