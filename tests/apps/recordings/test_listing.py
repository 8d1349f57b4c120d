"""Does the list of recordings hold one row a contact, cut to what is asked, and lead to the evaluations that the reader may read?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from floorwalker.apps.people.models import Identity, IdentityKind
from floorwalker.apps.recordings.models import Kind, Recording
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.made import published_form, released, sent
from tests.apps.recordings.rows import WORDS, keep_file, keep_recording


def shown(floor: Floor, who: str, **asked: object) -> list[int]:
    """The numbers of the recordings that the list opens for a user."""
    page = floor.client(who).get("/recordings/", asked)
    assert page.status_code == 200
    return [row.first.pk for row in page.context["rows"]]


def test_a_contact_is_one_row_and_the_list_is_cut_to_what_is_asked(floor: Floor) -> None:
    own, other, mate = floor.agents[:3]
    early = keep_recording(own, at=NOW - timedelta(days=3))
    words = keep_file(own, "own.vtt", Kind.TRANSCRIPT, WORDS.encode(), at=NOW - timedelta(days=3))
    late = keep_recording(mate)
    others = keep_recording(other)
    assert shown(floor, "leader") == [late.pk, early.pk]
    page = floor.client("leader").get("/recordings/").content.decode()
    assert "sound, transcript" in page and f"/recordings/{words.pk}/" not in page and "<audio" not in page
    assert shown(floor, "leader", transcript="yes") == [early.pk]
    assert shown(floor, "leader", transcript="no") == [late.pk]
    assert shown(floor, "leader", day=f"{NOW - timedelta(days=3):%Y-%m-%d}") == [early.pk]
    assert shown(floor, "leader", name=mate.name) == shown(floor, "leader", agent=mate.pk) == [late.pk]
    assert shown(floor, "leader", team=floor.teams[0].pk) == [late.pk, early.pk]
    assert not shown(floor, "leader", agent=other.pk) and shown(floor, "other_leader") == [others.pk]
    queue = Identity.objects.filter(kind=IdentityKind.QUEUE).first()
    assert queue is not None
    late.parts.update(queue_key=queue.key)
    assert shown(floor, "leader", queue=queue.queue_id) == [late.pk]
    # A team that is not the reader's is not asked for, nor is what is no day.
    assert shown(floor, "leader", team=floor.teams[1].pk, day="soon") == [late.pk, early.pk]
    assert shown(floor, "agent") == [early.pk] and not shown(floor, "admin")


def test_a_recording_and_the_evaluations_of_its_contact_lead_to_each_other(
    floor: Floor,
) -> None:
    evaluated = released(floor, published_form(floor.users["analyst"]), sent())
    agent = evaluated.agent
    sound = keep_recording(agent)
    sound.parts.update(contact_key=evaluated.contact_key)
    Recording.objects.filter(pk=sound.pk).update(contact_key=evaluated.contact_key)
    unheard = keep_recording(floor.agents[2])
    there, here = f"/recordings/{sound.pk}/", f"/evaluations/{evaluated.pk}/"
    assert here in floor.client("analyst").get(there).content.decode()
    assert f'href="{there}"' in floor.client("analyst").get(here).content.decode()
    assert here in floor.client("analyst").get("/recordings/").content.decode()
    assert shown(floor, "analyst", evaluated="yes") == [sound.pk]
    assert unheard.pk in shown(floor, "analyst", evaluated="no") and sound.pk not in shown(
        floor, "analyst", evaluated="no"
    )


@pytest.mark.parametrize(("name", "there"), [("leader", True), ("analyst", True), ("agent", False), ("admin", False)])
def test_evaluations_lead_those_who_hear_others_to_the_list(floor: Floor, name: str, there: bool) -> None:
    page = floor.client(name).get("/evaluations/").content.decode()
    assert ('<a href="/recordings/">' in page.split("<main")[1]) is there
