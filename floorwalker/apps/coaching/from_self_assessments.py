"""What does somebody say of her own work, once she has shared it? Her strengths, and what she wants to get better at."""

from __future__ import annotations

from datetime import datetime, timedelta

from floorwalker.apps.coaching.filing import file_feedback
from floorwalker.apps.coaching.models import Feedback, FeedbackSource, Leaning, SeenAs, SelfRating
from floorwalker.apps.people.acting import action

LOOK_BACK = timedelta(days=28)
# What is as it should be, and what she cannot tell, is nothing to decide about.
LEANINGS = {SeenAs.STRENGTH: Leaning.STRENGTH, SeenAs.DEVELOP: Leaning.DEVELOPMENT}


def collect_self_assessments(at: datetime) -> int:
    """Bring in what was shared lately; how many pieces are new. Twice is as once."""
    shared = SelfRating.objects.filter(
        assessment__shared_at__gte=at - LOOK_BACK, assessment__shared_at__lte=at, seen_as__in=LEANINGS
    )
    found = list(shared.select_related("assessment__agent", "standard"))
    known = set(Feedback.objects.filter(key__in=map(_key, found)).values_list("key", flat=True))
    new = [one for one in found if _key(one) not in known]
    for one in new:
        _collect(one, at=at)
    return len(new)


def _key(one: SelfRating) -> str:
    return f"oneself:{one.pk}"


@action
def _collect(one: SelfRating, *, at: datetime) -> None:
    agent = one.assessment.agent
    code = f"measure:{one.measure}" if one.standard_id is None else f"standard:{one.standard_id}"
    feedback = Feedback(
        source=FeedbackSource.ONESELF,
        leaning=LEANINGS[SeenAs(one.seen_as)],
        key=_key(one),
        words=one.words,
        measure=one.measure,
        standard=one.standard,
        # She wrote it: nothing of it is news to her.
        seen_at=at,
    )
    file_feedback(agent, code, feedback, [], at=at)
