"""Which evaluations does a list hold, and what does it tell of each?"""

from __future__ import annotations

from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.utils.translation import gettext as _

from floorwalker.apps.evaluations import saying
from floorwalker.apps.evaluations.access import is_hidden_from
from floorwalker.apps.evaluations.models import Evaluation, EvaluationQuerySet, Purpose, State
from floorwalker.apps.evaluations.queueing import releasable
from floorwalker.apps.people.models import User

STATES: dict[State, dict[str, Any]] = {
    State.SUBMITTED: {"submitted_at__isnull": False, "released_at": None},
    State.RELEASED: {"released_at__isnull": False, "acknowledged_at": None, "appeal": None},
    State.ACKNOWLEDGED: {"acknowledged_at__isnull": False, "appeal": None},
    State.APPEALED: {"appeal__isnull": False, "appeal__decided_at": None},
    State.DECIDED: {"appeal__decided_at__isnull": False},
    State.BEGUN: {"submitted_at": None},
}


@dataclass(frozen=True)
class Asked:
    """What a list is cut to. left: to what people who have left handed in, and the reader may release."""

    agent: str = ""
    purpose: str = ""
    state: str = ""
    left: bool = False

    def found(self, user: User, on: date) -> EvaluationQuerySet:
        """What of it the user may see."""
        found = Evaluation.objects.visible_to(user, on).with_words()
        if self.agent:
            found = found.filter(agent__name__icontains=self.agent)
        if self.purpose:
            found = found.filter(purpose=self.purpose)
        if self.state:
            found = found.filter(**STATES[State(self.state)])
        if self.left:
            found = found.filter(pk__in=releasable(user, on).order_by().values("pk"))
        return found

    @property
    def said(self) -> str:
        """The same in words, for what stands below a file."""
        purpose = str(Purpose(self.purpose).label) if self.purpose else ""
        state = str(State(self.state).label) if self.state else ""
        left = _("handed in by people who evaluate no more") if self.left else ""
        return ", ".join(filter(None, (self.agent, purpose, state, left)))

    @property
    def states(self) -> list[tuple[str, str, bool]]:
        """The states to choose from, and which is chosen."""
        return [(str(one), str(one.label), one == self.state) for one in STATES]


def read_asked(given: Mapping[str, str]) -> Asked:
    """What the address asks for; what there is not is not asked."""
    purpose, state = given.get("purpose", ""), given.get("state", "")
    return Asked(
        given.get("agent", "").strip()[:100],
        purpose if purpose in Purpose.values else "",
        state if state in State.values else "",
        left=bool(given.get("left")),
    )


@dataclass(frozen=True)
class Told:
    """One line: an evaluation, its score in words where the reader may know it, and how far it is."""

    evaluation: Evaluation
    score: str
    fatal: bool
    state: str
    is_recorded: bool


def told(evaluation: Evaluation, user: User, on: date, heard: Collection[bytes]) -> Told:
    """What a line tells this reader; heard: the contacts of which a recording is known."""
    hidden = evaluation.stands is None or is_hidden_from(evaluation, user, on)
    marking = None if hidden else evaluation.stands
    return Told(
        evaluation,
        "" if marking is None else saying.share(marking.agent_share),
        marking is not None and marking.agent_fatal,
        str(evaluation.state.label),
        bytes(evaluation.contact_key) in heard,
    )


def exported(found: EvaluationQuerySet, user: User, on: date) -> tuple[tuple[str, ...], Iterator[tuple[Any, ...]]]:
    """The heading of the file and its rows; what is hidden from the reader on the page is empty here."""
    heading = (
        *(_("Evaluation"), _("Agent"), _("Evaluator"), _("Form"), _("Version"), _("Purpose"), _("Contact"), _("Queue")),
        *(_("Channel"), _("Submitted"), _("Released"), _("State"), _("Score"), _("Score before the fatal rule")),
        *(_("Score of the contact"), _("Fatal"), _("Missed complaint"), _("Vulnerable customer")),
    )
    return heading, (_row(one, user, on) for one in found.iterator(chunk_size=500))


def _row(one: Evaluation, user: User, on: date) -> tuple[Any, ...]:
    marking = None if one.stands is None or is_hidden_from(one, user, on) else one.stands
    marks: tuple[Any, ...] = (None,) * 6
    if marking is not None:
        marks = (
            *(marking.agent_share, marking.agent_before_fatal, marking.contact_share),
            *(int(marking.agent_fatal), int(marking.missed_complaint), int(marking.vulnerable_customer)),
        )
    return (
        *(one.pk, str(one.agent), str(one.evaluator), str(one.version.form), one.version.number, one.purpose),
        *(one.contact_at.isoformat(), one.queue, one.channel, _instant(one.submitted_at), _instant(one.released_at)),
        *(str(one.state.label), *marks),
    )


def _instant(at: Any) -> str | None:
    return None if at is None else at.isoformat()
