"""What is there to test feedback with? Something that was said, on a day, of one of the small centre's people."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from floorwalker.apps.coaching.giving import Said, give_feedback
from floorwalker.apps.coaching.models import Feedback, Leaning
from floorwalker.apps.people.models import Agent
from tests.apps.conftest import NOW, Floor

SEEN = "On the afternoon of the 18th, the call about a late parcel."


def said(**more: Any) -> Said:
    """Something that can be used."""
    given: dict[str, Any] = {
        "leaning": Leaning.DEVELOPMENT,
        "about": "measure:transfer_rate",
        "behaviour": "The call was passed on before the customer had said why she rang.",
        "effect": "She had to tell it twice.",
        "next_step": "Ask one question before passing a call on.",
        "seen": SEEN,
    }
    return Said(**given | more)


def feedback_of(
    floor: Floor, agent: Agent | None = None, *, by: str = "leader", at: datetime = NOW, **more: Any
) -> Feedback:
    """Feedback to the first agent by her leader, or to and by others."""
    return give_feedback(agent or floor.agents[0], said(**more), by=floor.users[by], at=at)
