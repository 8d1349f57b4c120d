"""What can people say of themselves, who asks, and who belongs to which group? Answers are opened here and nowhere else."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from datetime import date, datetime

from django.utils.translation import gettext as _

from floorwalker.apps.evaluations.models import GroupQuestion, OwnWord
from floorwalker.apps.evaluations.models.groups import FEWEST_CHOICES, LONGEST_CHOICE, MOST_CHOICES
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.people.sealing import Seal
from floorwalker.errors import Refused

SEAL = Seal(
    "own-words.key",
    unread="what people said of themselves cannot be read",
    damaged="what people said of themselves",
    mend="end the question and ask anew: answers are voluntary and may be given again",
)


@action
def ask_question(wording: str, why: str, choices: Sequence[str], *, by: User, at: datetime) -> GroupQuestion:
    """Ask everybody, with the reason; from now on each may answer."""
    kept = list(dict.fromkeys(one.strip()[:LONGEST_CHOICE] for one in choices if one.strip()))
    if not FEWEST_CHOICES <= len(kept) <= MOST_CHOICES:
        raise Refused(
            _("there must be something to choose from"),
            found=str(len(kept)),
            expected=f"{FEWEST_CHOICES} – {MOST_CHOICES}",
        )
    made = GroupQuestion.objects.create(wording=wording, why=why, choices=kept, asked_by=by, asked_at=at)
    record(by.username, "ask_group_question", made, at, wording=wording, choices=kept)
    return made


def own_words(agent: Agent) -> dict[int, str]:
    """What an agent said of herself, by question; for her own eyes."""
    found = OwnWord.objects.filter(agent=agent, question__ended_at=None)
    return {one.question_id: SEAL.open(one.sealed) for one in found}


def members_by_own_word(question: GroupQuestion, on: date) -> Mapping[bytes, str]:
    """By agent's key what she said; for `insight/groups.py`, which tells nothing of fewer than ten."""
    found = question.said.counting_on(on).select_related("agent")
    return {bytes(one.agent.key): SEAL.open(one.sealed) for one in found}
