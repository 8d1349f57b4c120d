"""How does a program find a contact, begin to evaluate it in somebody's place, answer the form and submit it?

Submitting is not releasing: that is an act of its own (`release_evaluation`). What was submitted is changed by a further
marking alone, which is begun with a reason (`edit_evaluation`).
"""

from __future__ import annotations

from datetime import date, datetime
from typing import Literal

from django.http import HttpRequest
from django.utils import timezone
from ninja import Field, Query, Schema

from floorwalker.apps.evaluations import beginning, handing_in
from floorwalker.apps.evaluations.access import find_evaluation, find_open_marking, find_to_evaluate, is_hidden_from
from floorwalker.apps.evaluations.api.evaluations import router, shown_to
from floorwalker.apps.evaluations.api.given import MarkingGiven, OpenMarking, read_marking, require_complete
from floorwalker.apps.evaluations.api.shapes import EvaluationInFull, EvaluationOf
from floorwalker.apps.evaluations.contacts import part_of, parts_in_contact, parts_of, queue_names
from floorwalker.apps.evaluations.models import EvaluationForm, Purpose
from floorwalker.apps.people.access import only, today, user_of
from floorwalker.apps.people.models import Agent
from floorwalker.insight.parts import Part
from floorwalker.ui.rest.problems import Problematic
from floorwalker.ui.rest.shown import LARGEST, Day, Id
from floorwalker.ui.rest.tags import require_unchanged

KEY = r"^[0-9a-f]{32}$"


class PartsAsked(Schema):
    """Up to which day."""

    until: Day | None = Field(None, description="the last day; without it, the last of which contacts are known")


class PartOf(Schema):
    """One agent's part of a contact, which can be evaluated."""

    part: str = Field(description="its key in the facts: 32 hexadecimal digits")
    day: date = Field(description="the day on which it counts")
    contact: str = Field(description="the key of the contact")
    entered_at: datetime
    channel: str
    queue: str | None = None
    reason: str | None = None
    talk_seconds: float | None = None
    hold_seconds: float | None = None
    wrap_up_seconds: float | None = None
    place: int = Field(description="which part of the contact it is, in the order in which they were answered")
    places: int = Field(description="how many parts the contact has")

    @classmethod
    def of(cls, part: Part, queues: dict[bytes, str]) -> PartOf:
        """A part; queues: their names by key."""
        same = ("entered_at", "channel", "talk_seconds", "hold_seconds", "wrap_up_seconds", "place", "places")
        return cls(
            part=part.segment_key.hex(),
            day=part.local_day,
            contact=part.contact_key.hex(),
            queue=queues.get(part.queue_key or b""),
            reason=part.reason or None,
            **{name: getattr(part, name) for name in same},
        )


class Parts(Schema):
    """The agent's latest parts of four weeks, the newest first."""

    items: list[PartOf]
    before: date | None = Field(None, description="the day up to which to ask for what was before, where there is any")


class InSource(Schema):
    """A contact as the system knows it from which it was loaded."""

    source: str = Field(max_length=60, description="the kind of source, such as asterisk_queue_log")
    origin: str = Field(max_length=120, description="the origin with which it was loaded")
    id: str = Field(min_length=1, max_length=200, description="the contact's or the whole call's id there")


class EvaluationGiven(Schema):
    """What to evaluate: an agent's part of a contact, by its key or by the contact's id in its source."""

    agent: int = Field(ge=1, le=LARGEST)
    form: int = Field(ge=1, le=LARGEST, description="its version in use is the one by which it is marked")
    purpose: Literal["official", "coaching", "self"] | None = Field(
        None, description="without it, official where the owner of the token may, else coaching; of oneself self"
    )
    day: Day = Field(description="the day of the contact")
    part: str | None = Field(None, pattern=KEY, description="the key of the part, as /agents/{agent_id}/parts lists it")
    contact: InSource | None = Field(None, description="in place of the part")
    whole: bool = Field(False, description="the whole contact, and not this agent's part alone, where it has several")


@router.get("/agents/{agent_id}/parts", response=Parts)
def list_parts(request: HttpRequest, agent_id: Id, asked: Query[PartsAsked]) -> object:
    """An agent's contacts that the owner of the token may evaluate; an agent's own for herself."""
    agent, _purposes = find_to_evaluate(user_of(request), agent_id, today())
    parts, before = parts_of(agent, asked.until)
    names = queue_names([part.queue_key for part in parts])
    return Parts(items=[PartOf.of(part, names) for part in parts], before=before)


@router.post("/evaluations", response={201: EvaluationOf})
def begin_evaluation(request: HttpRequest, given: EvaluationGiven) -> object:
    """Begin to evaluate a contact as the owner of the token; begun before, by the same form and for the same, it is that one."""
    user = user_of(request)
    agent, purposes = find_to_evaluate(user, given.agent, today())
    form = only(EvaluationForm.objects.in_use().filter(pk=given.form).first())
    purpose = purposes[0] if given.purpose is None else Purpose(given.purpose)
    part = _part(agent, given)
    whole = given.whole and part.places > 1
    at = timezone.now()
    made = beginning.begin_evaluation(part, agent, only(form.published), purpose, whole=whole, by=user, at=at)
    return EvaluationOf.of(made, hidden=is_hidden_from(made, user, today()))


@router.get("/evaluations/{evaluation_id}/answers", response=OpenMarking)
def read_answers(request: HttpRequest, evaluation_id: Id) -> object:
    """The marking that the owner of the token is making, with what is still missing; the score is not told before the end."""
    return OpenMarking.of(find_open_marking(user_of(request), evaluation_id, today()))


@router.put("/evaluations/{evaluation_id}/answers", response=OpenMarking)
def write_answers(request: HttpRequest, evaluation_id: Id, given: MarkingGiven) -> object:
    """Keep what was answered so far. Nothing is handed in by that."""
    user, on = user_of(request), today()
    marking = find_open_marking(user, evaluation_id, on)
    require_unchanged(request, OpenMarking.of(marking))
    kept = read_marking(marking.evaluation.version.asks, given, on)
    # Without a turn, as on the page: who saves between these two lines changes the count of saves, and this one is refused.
    handing_in.save_marking(marking, kept, saves=marking.saves, by=user, at=timezone.now())
    return OpenMarking.of(find_open_marking(user, evaluation_id, on))


@router.post("/evaluations/{evaluation_id}/submit", response=EvaluationInFull)
def submit_evaluation(request: HttpRequest, evaluation_id: Id, given: MarkingGiven) -> object:
    """Hand a marking in with these answers: it is final, and not yet released to the agent."""
    user, on = user_of(request), today()
    marking = find_open_marking(user, evaluation_id, on)
    asks = marking.evaluation.version.asks
    kept = read_marking(asks, given, on)
    require_complete(asks, kept["answers"])
    handing_in.submit_marking(marking, kept, by=user, at=timezone.now())
    return shown_to(user, find_evaluation(user, evaluation_id, on))


def _part(agent: Agent, given: EvaluationGiven) -> Part:
    if (given.part is None) == (given.contact is None):
        raise Problematic(
            422,
            where="part",
            found="neither" if given.part is None else "part and contact",
            expected="the key of a part, or a contact in its source",
        )
    if given.part is not None:
        part = part_of(agent, bytes.fromhex(given.part), given.day)
        found = [] if part is None else [part]
    else:
        assert given.contact is not None
        found = parts_in_contact(agent, given.contact.source, given.contact.origin, given.contact.id, given.day)
    if not found:
        raise Problematic(
            404,
            "this agent has no part in such a contact",
            where="contact" if given.part is None else "part",
            expected=f"a contact of {given.day}",
            mend="see /agents/{agent_id}/parts for those that there are",
        )
    if len(found) > 1:
        raise Problematic(
            409,
            "this agent has several parts in that contact",
            where="contact",
            found=", ".join(one.segment_key.hex() for one in found),
            expected="one of them",
            mend="name it as part",
        )
    return found[0]
