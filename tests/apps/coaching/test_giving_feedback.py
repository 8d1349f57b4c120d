"""Is feedback refused that cannot be used, who may give it to whom, and can it be taken back?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest
from django.utils import timezone

from floorwalker.apps.coaching.access import receivers
from floorwalker.apps.coaching.giving import give_feedback, take_back
from floorwalker.apps.coaching.models import EvidenceKind, Feedback, FeedbackSource, Leaning
from floorwalker.apps.people.models import AuditEntry
from floorwalker.errors import Refused
from tests.apps.coaching.said import SEEN, feedback_of, said
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.made import published_form, released, sent

FORM = {
    "leaning": "strength",
    "about": "measure:transfer_rate",
    "behaviour": "You said whom you pass the call to.",
    "seen": SEEN,
    "effect": "The customer waited without worry.",
}


@pytest.mark.parametrize(
    ("left_out", "refused"),
    [
        ({"seen": " "}, "needs evidence"),
        ({"behaviour": ""}, "says what was done"),
        ({"effect": ""}, "what it led to"),
        ({"next_step": ""}, "proposes a next step"),
        ({"about": ""}, "about a measure or a standard"),
        ({"about": "standard:987654"}, "about a measure or a standard"),
    ],
)
def test_what_cannot_be_used_is_refused(floor: Floor, left_out: dict[str, Any], refused: str) -> None:
    with pytest.raises(Refused, match=refused):
        feedback_of(floor, **left_out)
    assert not Feedback.objects.exists()


def test_a_strength_needs_no_next_step_and_keeps_its_evidence(floor: Floor) -> None:
    given = feedback_of(floor, leaning=Leaning.STRENGTH, next_step="")
    assert (given.source, given.measure, given.matter.code) == (
        FeedbackSource.LEADER,
        "transfer_rate",
        "measure:transfer_rate",
    )
    assert [(one.kind, one.note) for one in given.evidence.all()] == [(EvidenceKind.NOTE, SEEN)]
    assert AuditEntry.objects.get(verb="give_feedback").detail["agent"] == floor.agents[0].pk


def test_the_same_thing_said_twice_is_one_matter(floor: Floor) -> None:
    first, second = feedback_of(floor), feedback_of(floor, by="mate", at=NOW + timedelta(hours=1))
    assert first.matter_id == second.matter_id and second.source == FeedbackSource.PEER
    first.matter.refresh_from_db()
    assert first.matter.newest_at == NOW + timedelta(hours=1)


def test_an_evaluation_is_evidence_where_it_is_hers_and_released(floor: Floor) -> None:
    form = published_form(floor.users["analyst"])
    shown = released(floor, form, sent())
    given = feedback_of(floor, seen="", evaluation=shown)
    assert given.evidence.get().marking_id == shown.stands_id and given.contacts == 1
    with pytest.raises(Refused, match="no evidence here"):
        feedback_of(floor, floor.agents[2], seen="", evaluation=shown)


def test_who_may_give_to_whom(floor: Floor) -> None:
    agent, mate = floor.users["agent"], floor.users["mate"]
    known = {name: {one.pk for one in receivers(floor.users[name], NOW.date())} for name in floor.users}
    assert floor.agents[2].pk in known["agent"] and floor.agents[0].pk not in known["agent"]
    assert floor.agents[1].pk not in known["agent"], "of another site"
    assert known["leader"] >= {floor.agents[0].pk, floor.agents[2].pk} and floor.agents[1].pk not in known["leader"]
    assert not known["analyst"] and not known["nobody"] and len(known["boss"]) == len(floor.agents)
    for by, to in ((agent, floor.agents[0]), (mate, floor.agents[1]), (floor.users["analyst"], floor.agents[0])):
        with pytest.raises(Refused, match="may not give feedback"):
            give_feedback(to, said(), by=by, at=NOW)


def test_only_who_coaches_keeps_a_private_note(floor: Floor) -> None:
    with pytest.raises(Refused, match="a note of her own"):
        feedback_of(floor, by="mate", private=True)
    assert feedback_of(floor, private=True).private
    page = floor.client("leader").get(f"/agents/{floor.agents[0].pk}/feedback/give/").content.decode()
    assert "It is disclosable all the same" in page
    assert (
        "disclosable" not in floor.client("mate").get(f"/agents/{floor.agents[0].pk}/feedback/give/").content.decode()
    )


def test_it_is_taken_back_within_a_day_by_whoever_gave_it(floor: Floor) -> None:
    given = feedback_of(floor)
    with pytest.raises(Refused, match="only whoever gave"):
        take_back(given, by=floor.users["boss"], at=NOW)
    with pytest.raises(Refused, match="within a day"):
        take_back(given, by=floor.users["leader"], at=NOW + timedelta(days=1))
    take_back(given, by=floor.users["leader"], at=NOW + timedelta(hours=23))
    assert not Feedback.objects.standing().exists()
    with pytest.raises(Refused, match="taken back already"):
        take_back(given, by=floor.users["leader"], at=NOW + timedelta(hours=23))


def test_the_form_gives_and_lists_and_takes_back(floor: Floor) -> None:
    mate, address = floor.client("mate"), f"/agents/{floor.agents[0].pk}/feedback/give/"
    assert floor.agents[0].name in mate.get("/feedback/give/?q=" + floor.agents[0].name[:4]).content.decode()
    bad = mate.post(address, FORM | {"seen": ""})
    assert bad.status_code == 422 and "feedback needs evidence" in bad.content.decode()
    assert mate.post(address, FORM).status_code == 302
    given = Feedback.objects.get()
    assert "Take it back" in mate.get("/feedback/given/").content.decode()
    assert floor.client("leader").post(f"/feedback/given/{given.pk}/take-back/").status_code == 404
    assert mate.post(f"/feedback/given/{given.pk}/take-back/").status_code == 302
    given.refresh_from_db()
    assert given.taken_back_at is not None and given.taken_back_at <= timezone.now()
    assert "taken back" in mate.get("/feedback/given/").content.decode()
    assert FORM["behaviour"] not in floor.client("agent").get("/feedback/").content.decode()
