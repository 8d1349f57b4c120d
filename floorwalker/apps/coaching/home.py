"""What of feedback, coaching and objectives does a home page show? One function for each subject.

Whether anything waits is asked of all of them together, and only what does is read. But a leader's sessions are counted, and
which objectives wait is asked at once: to ask whether any does would cost as much.
"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from floorwalker.apps.coaching import feedback_at_home, home_objectives, sessions_at_home, training_due
from floorwalker.apps.people.models import User
from floorwalker.apps.people.probing import any_of
from floorwalker.ui.parts import Part


def parts(user: User, at: datetime) -> Iterator[Part]:
    """What waits of these subjects; nothing where nothing does."""
    waits = any_of(
        user,
        **sessions_at_home.asks(user, at),
        **feedback_at_home.asks(user, at),
        trainings=training_due.concerning(user, at),
    )
    yield from sessions_at_home.led_parts(user, at, has_proposals=waits.get("proposals", False))
    if waits["own"] or waits["answers"]:
        yield from sessions_at_home.own_parts(user, at)
    yield from home_objectives.parts(user, at)
    if waits["unseen"] or waits["matters"]:
        yield from feedback_at_home.feedback_parts(user, at)
    if waits["trainings"]:
        yield from training_due.training_parts(user, at)
