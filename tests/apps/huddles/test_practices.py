"""Is nothing published without the yes of whoever did it and another's check, and gone when the yes is taken back?"""

from __future__ import annotations

from datetime import timedelta
from typing import Any

import pytest

from floorwalker.apps.coaching.guarding import guardrails_of
from floorwalker.apps.coaching.models import Treated
from floorwalker.apps.evaluations.evaluating import release_evaluation
from floorwalker.apps.evaluations.suggesting import Wanted, suggestions
from floorwalker.apps.huddles import practising
from floorwalker.apps.huddles.models import Practice, PracticeKind, TakenUp
from floorwalker.apps.huddles.practising import Proposed, Stretch
from floorwalker.apps.huddles.trying import join_wave
from floorwalker.apps.people.models import Agent
from floorwalker.errors import Refused
from tests.apps.coaching.past import WEEK, look_at, reviewed
from tests.apps.coaching.talks import planned
from tests.apps.conftest import NOW, Floor
from tests.apps.evaluations.made import begin, missed, published_form, sent, submitted
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


def test_of_two_who_act_on_the_same_page_the_second_is_told_what_happened(floor: Floor) -> None:
    made = a_tip(floor)
    stale, taken_back = Practice.objects.get(), Practice.objects.get()
    practising.check_practice(made, by=floor.users["analyst"], at=NOW)
    with pytest.raises(Refused, match="checked already"):
        practising.check_practice(stale, by=floor.users["analyst"], at=NOW)
    practising.agree_practice(stale, named=False, by=floor.users["agent"], at=NOW)
    practising.withdraw_practice(stale, by=floor.users["agent"], at=NOW)
    for late in (
        lambda: practising.agree_practice(taken_back, named=True, by=floor.users["agent"], at=NOW),
        lambda: practising.take_up(taken_back, by=floor.users["mate"], at=NOW),
        lambda: practising.withdraw_practice(taken_back, "Again", by=floor.users["leader"], at=NOW),
    ):
        with pytest.raises(Refused, match="was withdrawn"):
            late()
    assert Practice.objects.get().published_at is not None and not TakenUp.objects.exists()


def test_who_takes_it_up_together_is_looked_at_together_and_told_of_from_five_up(floor: Floor) -> None:
    made, mate = published(floor), floor.users["mate"]
    taken = practising.take_up(made, by=mate, at=NOW)
    wave = taken.intervention
    assert wave is not None and (wave.kind, wave.measure, wave.guardrails) == (
        "peer_support",
        "transfer_rate",
        guardrails_of("transfer_rate"),
    )
    practising.take_up(made, by=mate, at=NOW + 2 * WEEK)
    assert wave.treated.count() == 1, "said twice it is said once"
    look_at(wave, reviewed(0.05, kpi="transfer_rate"), week=4)
    page = floor.client("mate").get(f"/practices/{made.pk}/").content.decode()
    assert "What it did to the figures: Transfer rate" in page and "It is told from 5 people up" in page
    assert "the action explains" not in page, "of one person it would be her own figure"
    Agent.objects.bulk_create(Agent(name=f"Person {n}", key=(2000 + n).to_bytes(16, "big")) for n in range(4))
    for one in Agent.objects.filter(name__startswith="Person "):
        Treated.objects.create(intervention=wave, agent=one, from_day=NOW.date())
    page = floor.client("mate").get(f"/practices/{made.pk}/").content.decode()
    assert "what is left for the action: better by 5.0 points" in page
    later = TakenUp.objects.create(practice=made, agent=floor.agents[3], at=NOW)
    again = join_wave(made, later.agent, mate, NOW + 5 * WEEK)
    assert again is not None and again.pk != wave.pk, "another wave"


def test_what_moves_no_figure_of_people_is_no_intervention(floor: Floor) -> None:
    made = a_tip(floor, measure="")
    practising.agree_practice(made, named=False, by=floor.users["agent"], at=NOW)
    practising.check_practice(made, by=floor.users["analyst"], at=NOW)
    assert practising.take_up(made, by=floor.users["mate"], at=NOW).intervention is None


def test_what_fits_best_is_suggested_first_and_three_at_most(floor: Floor) -> None:
    for number in range(4):
        made = a_tip(floor, title=f"Before a transfer {number}", tags=("billing",) if number == 3 else ())
        practising.agree_practice(made, named=False, by=floor.users["agent"], at=NOW)
        practising.check_practice(made, by=floor.users["analyst"], at=NOW + timedelta(minutes=number))
    user, asked = floor.users["mate"], Wanted(reason="Billing", words=("Explains the transfer before it is made",))
    (best,), (measured,), none, chance = suggestions(
        [asked, Wanted(measure="transfer_rate"), Wanted(measure="csat_mean"), Wanted(words=("before anything",))],
        user,
        NOW.date(),
    )
    assert [one.title for one in best.context["practices"]] == [f"Before a transfer {n}" for n in (3, 2, 1)]
    assert best.context["address"] == "/practices/?reason=Billing"
    assert (
        measured.context["address"] == "/practices/?measure=transfer_rate" and len(measured.context["practices"]) == 3
    )
    assert none == chance == []
    assert suggestions([], user, NOW.date()) == []


def test_it_stands_beside_what_was_missed_once_released_and_where_a_talk_is_prepared(floor: Floor) -> None:
    made = a_tip(floor, title="Greeted by name, always", words="Greeted callers stay calm.", measure="", whose=None)
    practising.check_practice(made, by=floor.users["analyst"], at=NOW)
    form = published_form(floor.users["analyst"])
    begun = begin(floor, floor.agents[0], form)
    handed_in = submitted(floor, begun, sent() | missed("q1", "no", "agent"))
    analyst, address = floor.client("analyst"), f"/evaluations/{begun.pk}/"
    before = analyst.get(address).content.decode()
    assert f'href="/practices/{made.pk}/"' not in before, "until it is released it is the evaluator's alone"
    release_evaluation(handed_in, by=floor.users["analyst"], at=NOW)
    after = analyst.get(address).content.decode()
    assert (
        f'href="/practices/{made.pk}/"' in after and 'href="/practices/' in after.split("What works well with", 1)[-1]
    )
    session = planned(floor)
    page = floor.client("leader").get(f"/coaching/sessions/{session.pk}/prepare/").content.decode()
    assert "What works well for others?" in page and f'href="/practices/{made.pk}/"' in page
