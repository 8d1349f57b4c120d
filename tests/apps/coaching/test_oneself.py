"""Does one's own view come before the figures, stay one's own until it is shared, and lead on to what could come of it?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from floorwalker.apps.coaching.assessing import (
    Beside,
    Rated,
    begin_assessment,
    both_views,
    finish_assessment,
    share_assessment,
    stands_beside,
)
from floorwalker.apps.coaching.models import Feedback, FeedbackSource, Leaning, Reflection, SeenAs, SelfAssessment
from floorwalker.apps.coaching.reflecting import coaches_of, share_reflection, write_reflection
from floorwalker.errors import Refused
from floorwalker.insight.judgement import State
from tests.apps.conftest import NOW, Floor
from tests.apps.standards.made import published_standard


def finished(floor: Floor) -> SelfAssessment:
    agent, by = floor.agents[0], floor.users["agent"]
    begun = begin_assessment(agent, by=by, at=NOW)
    rated = [
        Rated(SeenAs.STRENGTH, "I know who can help", measure="transfer_rate"),
        Rated(SeenAs.DEVELOP, "I miss some", measure="ring_no_answer_rate"),
    ]
    return finish_assessment(begun, rated, "A good summer", floor.lake.snapshot(), by=by, at=NOW)


@pytest.mark.parametrize(
    ("seen", "state", "beside"),
    [
        (SeenAs.STRENGTH, State.ABOVE, Beside.AGREE),
        (SeenAs.STRENGTH, State.BELOW, Beside.HIGHER),
        (SeenAs.FINE, State.BELOW, Beside.HIGHER),
        (SeenAs.DEVELOP, State.BELOW, Beside.AGREE),
        (SeenAs.DEVELOP, State.ABOVE, Beside.LOWER),
        (SeenAs.DEVELOP, State.UNCLEAR, Beside.CANNOT_TELL),
        (SeenAs.UNKNOWN, State.BELOW, Beside.CANNOT_TELL),
    ],
)
def test_both_views_stand_beside_each_other(seen: SeenAs, state: State, beside: Beside) -> None:
    assert stands_beside(seen, state) is beside


def test_no_figure_before_the_own_view_is_finished(floor: Floor) -> None:
    agent = floor.client("agent")
    asked = agent.get("/self-assessment/").content.decode()
    assert "Your own view comes first" in asked and 'class="figure"' not in asked
    begun = begin_assessment(floor.agents[0], by=floor.users["agent"], at=NOW)
    assert both_views(begun) == [] and agent.get(f"/self-assessments/{begun.pk}/").status_code == 404
    form = {"m-transfer_rate": "strength", "m-ring_no_answer_rate": "develop", "words": "A good summer"}
    answer = agent.post("/self-assessment/", form)
    assert answer.status_code == 302 and answer["Location"] == f"/self-assessments/{begun.pk}/"
    page = agent.get(answer["Location"]).content.decode()
    assert 'class="figure"' in page and "A good summer" in page and "A strength of mine" in page
    assert "?measure=ring_no_answer_rate" in page, "what she wants to get better at leads on to an objective"


def test_whoever_has_just_seen_the_figures_does_not_guess_them_again(floor: Floor) -> None:
    made = finished(floor)
    with pytest.raises(Refused, match="a short while ago"):
        begin_assessment(floor.agents[0], by=floor.users["agent"], at=NOW + timedelta(days=27))
    assert begin_assessment(floor.agents[0], by=floor.users["agent"], at=NOW + timedelta(days=28)) != made


def test_whoever_has_seen_no_figure_may_begin_again(floor: Floor) -> None:
    agent, by = floor.agents[0], floor.users["agent"]
    begun = begin_assessment(agent, by=by, at=NOW)
    standard = published_standard(floor).standard
    made = finish_assessment(begun, [Rated(SeenAs.FINE, standard=standard)], "", floor.lake.snapshot(), by=by, at=NOW)
    assert begin_assessment(agent, by=by, at=NOW) != made


def test_until_then_the_page_says_from_which_day_on(floor: Floor) -> None:
    agent = floor.client("agent")
    agent.post("/self-assessment/", {"m-transfer_rate": "strength", "m-ring_no_answer_rate": "fine", "words": ""})
    page = agent.get("/self-assessment/").content.decode()
    assert "seen the figures only lately" in page and "m-transfer_rate" not in page
    made = SelfAssessment.objects.get()
    assert (
        agent.post("/self-assessment/", {"m-transfer_rate": "fine", "m-ring_no_answer_rate": "fine"}).status_code == 422
    )
    assert SelfAssessment.objects.get() == made


def test_who_could_not_tell_is_told_just_that(floor: Floor) -> None:
    agent, by = floor.agents[0], floor.users["agent"]
    begun = begin_assessment(agent, by=by, at=NOW)
    rated = [Rated(SeenAs.UNKNOWN, measure="transfer_rate")]
    made = finish_assessment(begun, rated, "", floor.lake.snapshot(), by=by, at=NOW)
    share_assessment(made, by=by, at=NOW)
    address = f"/self-assessments/{made.pk}/"
    own, coachs = (floor.client(who).get(address).content.decode() for who in ("agent", "leader"))
    assert "You could not tell." in own and "This could not be told from within." in coachs
    assert "Cannot be told yet" not in own + coachs


def test_only_what_people_can_aim_at_leads_on_to_an_objective(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    made = finished(floor)
    address = f"/self-assessments/{made.pk}/"
    assert "?measure=ring_no_answer_rate" in floor.client("agent").get(address).content.decode()
    monkeypatch.setattr("floorwalker.apps.coaching.views.oneself.measures_of_people", list)
    page = floor.client("agent").get(address).content.decode()
    assert "?measure=" not in page and "What could come of it" in page


def test_it_is_her_own_and_shared_by_her_alone(floor: Floor) -> None:
    made = finished(floor)
    kept = {one.rating.measure: one for one in both_views(made)}
    assert kept["transfer_rate"].figure is not None and kept["transfer_rate"].figure.said_at == NOW
    with pytest.raises(Refused, match="is finished"):
        finish_assessment(made, [], "", floor.lake.snapshot(), by=floor.users["agent"], at=NOW)
    with pytest.raises(Refused, match="one's own"):
        begin_assessment(floor.agents[0], by=floor.users["leader"], at=NOW)
    assert floor.client("leader").get(f"/self-assessments/{made.pk}/").status_code == 404
    share_assessment(made, by=floor.users["agent"], at=NOW)
    assert floor.client("leader").get(f"/self-assessments/{made.pk}/").status_code == 200
    assert floor.client("former_leader").get(f"/self-assessments/{made.pk}/").status_code == 404
    said = {one.measure: one for one in Feedback.objects.filter(source=FeedbackSource.ONESELF)}
    assert said["transfer_rate"].leaning == Leaning.STRENGTH and said["transfer_rate"].words == "I know who can help"
    assert said["ring_no_answer_rate"].leaning == Leaning.DEVELOPMENT
    with pytest.raises(Refused, match="shared already"):
        share_assessment(made, by=floor.users["agent"], at=NOW)


def test_the_log_is_private_entry_by_entry(floor: Floor) -> None:
    agent, leader, own = floor.agents[0], floor.users["leader"], floor.users["agent"]
    address = f"/agents/{agent.pk}/reflections/"
    assert floor.client("agent").post(address, {"happened": ""}).status_code == 422
    floor.client("agent").post(address, {"happened": "A customer cried", "next_time": "I wait"})
    entry = Reflection.objects.get()
    write_reflection(agent, "Another day", "", "", by=own, at=NOW)
    assert "A customer cried" not in floor.client("leader").get(address).content.decode()
    for other in ("mate", "former_leader", "other_leader"):
        with pytest.raises(Refused, match="somebody who coaches you"):
            share_reflection(entry, floor.users[other], by=own, at=NOW)
    with pytest.raises(Refused, match="writer's own"):
        share_reflection(entry, leader, by=leader, at=NOW)
    assert leader in coaches_of(agent, NOW) and floor.users["mate"] not in coaches_of(agent, NOW)
    floor.client("agent").post(f"/reflections/{entry.pk}/share/", {"user": leader.pk})
    shared = floor.client("leader").get(address).content.decode()
    assert "A customer cried" in shared and "Another day" not in shared
    assert "A customer cried" not in floor.client("boss").get(address).content.decode()
    assert floor.client("leader").post(address, {"happened": "x"}).status_code == 404
