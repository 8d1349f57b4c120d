"""What of feedback, coaching and objectives does a home page show? One function for each subject."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from floorwalker.apps.coaching import home_objectives
from floorwalker.apps.coaching.feedback_at_home import feedback_parts
from floorwalker.apps.coaching.sessions_at_home import session_parts
from floorwalker.apps.coaching.training_due import training_parts
from floorwalker.apps.people.models import User
from floorwalker.ui.parts import Part


def parts(user: User, at: datetime) -> Iterator[Part]:
    """What waits of these subjects; nothing where nothing does."""
    yield from session_parts(user, at)
    yield from home_objectives.parts(user, at)
    yield from feedback_parts(user, at)
    yield from training_parts(user, at)
