"""Is nothing published without the yes of whoever did it and another's check, and gone when the yes is taken back?"""

from __future__ import annotations

from typing import Any

import pytest

from floorwalker.apps.huddles import practising
from floorwalker.apps.huddles.models import Practice, PracticeKind, TakenUp
from floorwalker.apps.huddles.practising import Proposed, Stretch
from floorwalker.errors import Refused
from tests.apps.conftest import NOW, Floor
from tests.apps.recordings.rows import keep_recording


def a_tip(floor: Floor, **more: Any) -> Practice:
    """Of the agent, proposed by her leader."""
    given: dict[str, Any] = {
        "kind": PracticeKind.PHRASE,
        "title": "Say what happens next",
        "words": "Before I put you on hold: it takes about a minute, and I will be back.",
        "whose": floor.agents[0],
        "measure": "transfer_rate",
        "tags": ("Billing", " billing ", "delivery  dates"),
    }
    return practising.propose_practice(Proposed(**given | more), by=floor.users["leader"], at=NOW)


def published(floor: Floor) -> Practice:
    made = a_tip(floor)
    practising.agree_practice(made, named=False, by=floor.users["agent"], at=NOW)
    return practising.check_practice(made, by=floor.users["analyst"], at=NOW)


def test_it_needs_the_yes_of_whoever_did_it_and_the_check_of_another(floor: Floor) -> None:
    made = a_tip(floor)
    assert practising.search() == []
    for name in ("leader", "mate", "boss"):
        with pytest.raises(Refused, match="whoever did it agrees"):
            practising.agree_practice(made, named=True, by=floor.users[name], at=NOW)
    for name in ("leader", "agent", "mate", "other_leader", "nobody"):
        with pytest.raises(Refused, match="somebody else checks"):
            practising.check_practice(made, by=floor.users[name], at=NOW)
    practising.check_practice(made, by=floor.users["analyst"], at=NOW)
    assert practising.search() == []
    practising.agree_practice(made, named=False, by=floor.users["agent"], at=NOW)
    assert practising.search() == [made]


def test_before_it_is_published_only_those_see_it_who_must(floor: Floor) -> None:
    made = a_tip(floor)
    for name, status in (("agent", 200), ("leader", 200), ("analyst", 200), ("mate", 404), ("other_leader", 404)):
        assert floor.client(name).get(f"/practices/{made.pk}/").status_code == status, name
    made = published(floor)
    page = floor.client("other_leader").get(f"/practices/{made.pk}/").content.decode()
    assert made.words in page and floor.agents[0].name not in page


def test_the_yes_can_be_taken_back_without_a_reason_and_then_it_is_gone(floor: Floor) -> None:
    made = published(floor)
    with pytest.raises(Refused, match="not yours to withdraw"):
        practising.withdraw_practice(made, "Old", by=floor.users["mate"], at=NOW)
    with pytest.raises(Refused, match="needs words"):
        practising.withdraw_practice(made, "", by=floor.users["leader"], at=NOW)
    agent = floor.client("agent")
    agent.post(f"/practices/{made.pk}/settle/", {"do": "withdraw"})
    assert practising.search() == []
    for name in ("agent", "leader", "mate"):
        assert floor.client(name).get(f"/practices/{made.pk}/").status_code == 404


def test_it_is_found_by_words_measure_and_reason_and_by_address(floor: Floor) -> None:
    made = published(floor)
    for given in (
        {"text": "HOLD minute"},
        {"text": "bill"},
        {"measure": "transfer_rate"},
        {"reason": "Delivery dates"},
    ):
        assert practising.search(**given) == [made], given
    for given in ({"text": "refund"}, {"measure": "average_handle_time"}, {"reason": "delivery"}):
        assert practising.search(**given) == [], given
    mate = floor.client("mate")
    assert made.title in mate.get("/practices/?measure=transfer_rate&reason=billing").content.decode()
    assert made.title not in mate.get("/practices/?measure=average_handle_time").content.decode()


def test_a_clip_is_a_stretch_of_a_recording_of_nobody_else(floor: Floor) -> None:
    own, mates = keep_recording(floor.agents[0]), keep_recording(floor.agents[2])
    with pytest.raises(Refused, match="stretch of a recording"):
        a_tip(floor, kind=PracticeKind.CLIP)
    with pytest.raises(Refused, match="somebody else's"):
        a_tip(floor, kind=PracticeKind.CLIP, stretch=Stretch(mates, 1.0, 2.0))
    with pytest.raises(Refused, match="ends after it begins"):
        a_tip(floor, kind=PracticeKind.CLIP, stretch=Stretch(own, 3.0, 2.0))
    made = a_tip(floor, kind=PracticeKind.CLIP, stretch=Stretch(own, 1.0, 2.0))
    assert made.evidence is not None and made.evidence.recording == own
    practising.agree_practice(made, named=True, by=floor.users["agent"], at=NOW)
    practising.check_practice(made, by=floor.users["analyst"], at=NOW)
    # The words are for everybody, the sound for whoever may hear it anyway.
    assert f"/recordings/{own.pk}/" in floor.client("leader").get(f"/practices/{made.pk}/").content.decode()
    mate = floor.client("mate").get(f"/practices/{made.pk}/").content.decode()
    assert f"/recordings/{own.pk}/" not in mate and floor.agents[0].name in mate


def test_who_tries_it_says_whether_it_helped_and_whose_it_is_does_not_count(floor: Floor) -> None:
    made, mate = published(floor), floor.client("mate")
    for name in ("agent", "leader"):
        with pytest.raises(Refused, match="not yours to try"):
            practising.take_up(made, by=floor.users[name], at=NOW)
    mate.post(f"/practices/{made.pk}/settle/", {"do": "take_up"})
    mate.post(f"/practices/{made.pk}/settle/", {"do": "take_up"})
    taken = TakenUp.objects.get()
    assert "nobody has told yet" in mate.get(f"/practices/{made.pk}/").content.decode()
    with pytest.raises(Refused, match="whoever tried it"):
        practising.tell_whether_it_helped(taken, True, by=floor.users["agent"], at=NOW)
    mate.post(f"/practices/{made.pk}/settle/", {"do": "not_helped", "words": "Too long for me"})
    assert "1 who tried it has told; it helped 0." in mate.get(f"/practices/{made.pk}/").content.decode()


def test_the_page_proposes_what_is_ones_own_and_it_waits_for_a_check(floor: Floor) -> None:
    agent = floor.client("agent")
    given = {"kind": "tip", "title": "Breathe", "words": "Once, before each call.", "whose": str(floor.agents[0].pk)}
    assert agent.post("/practices/new/", given | {"whose": str(floor.agents[2].pk)}).status_code == 422
    assert agent.post("/practices/new/", given | {"kind": "clip"}).status_code == 422
    agent.post("/practices/new/", given | {"named": "on", "tags": "calm, focus"})
    made = Practice.objects.get()
    assert made.agreed_at is not None and made.named and {tag.tag for tag in made.tags.all()} == {"calm", "focus"}
    leader = floor.client("leader")
    assert "Waits for you" in leader.get("/practices/").content.decode()
    leader.post(f"/practices/{made.pk}/settle/", {"do": "check"})
    assert "Breathe" in floor.client("mate").get("/practices/").content.decode()
    assert floor.client("analyst").get("/practices/new/").status_code == 404
