"""Does a performance review rest on a year as it stood, with her words first, signed by both, on one page?"""

from __future__ import annotations

import io
from datetime import timedelta

import pypdf
import pytest

from floorwalker.apps.coaching.appraising import make_pack, sign_pack, write_in_pack
from floorwalker.apps.coaching.models import (
    AppraisalPack,
    Feedback,
    FeedbackSource,
    Leaning,
    Matter,
    Objective,
    ObjectiveState,
)
from floorwalker.apps.coaching.showing_appraisals import Pack
from floorwalker.errors import Refused
from tests.apps.coaching.kept import objective_of
from tests.apps.conftest import LONG_AGO, NOW, Floor

TODAY = NOW.date()


def a_pack(floor: Floor, by: str = "leader") -> AppraisalPack:
    agent = floor.agents[0]
    return make_pack(agent, LONG_AGO, TODAY, floor.lake.snapshot(), by=floor.users[by], at=NOW)


def test_it_is_kept_as_it_stood_and_without_what_is_private(floor: Floor) -> None:
    leader, agent = floor.users["leader"], floor.agents[0]
    before = NOW - timedelta(days=30)
    goal = objective_of(agent, leader, at=before, agreed=True)
    matter = Matter.objects.create(agent=agent, code="measure:transfer_rate", opened_at=before, newest_at=before)
    given = {"matter": matter, "source": FeedbackSource.LEADER, "given_by": leader, "given_at": before}
    Feedback.objects.create(**given, leaning=Leaning.STRENGTH, behaviour="She says who will call")
    Feedback.objects.create(**given, leaning=Leaning.OPEN, behaviour="Not for her eyes", private=True)
    pack = a_pack(floor)
    assert pack.gathered["strengths"] == 1 and "Not for her eyes" not in str(pack.gathered)
    Objective.objects.filter(pk=goal.pk).update(state=ObjectiveState.REACHED, wording="Another")
    kept = Pack(AppraisalPack.objects.get())
    assert [(wording, number) for wording, _state, number in kept.objectives] == [(goal.wording, goal.pk)]
    names = [one.kpi for _name, one in kept.figures]
    assert names == ["ring_no_answer_rate", "transfer_rate"] and kept.figures[0][1].said_at == NOW
    with pytest.raises(Refused, match="days that are over"):
        make_pack(agent, LONG_AGO, TODAY + timedelta(days=1), floor.lake.snapshot(), by=leader, at=NOW)
    with pytest.raises(Refused, match="four weeks or more"):
        make_pack(agent, TODAY - timedelta(days=27), TODAY, floor.lake.snapshot(), by=leader, at=NOW)
    assert a_pack(floor) == pack, "a form that is sent twice gathers once"
    later = make_pack(agent, LONG_AGO, TODAY, floor.lake.snapshot(), by=leader, at=NOW + timedelta(hours=1))
    assert later != pack, "what was corrected since may be gathered anew"
    with pytest.raises(Refused, match="may not gather"):
        a_pack(floor, by="former_leader")


def test_her_words_come_first_and_both_sign(floor: Floor) -> None:
    pack, leader, agent = a_pack(floor), floor.users["leader"], floor.users["agent"]
    with pytest.raises(Refused, match="own words come first"):
        write_in_pack(pack, "A good year", by=leader, at=NOW)
    write_in_pack(pack, "I learned to wait", by=agent, at=NOW)
    with pytest.raises(Refused, match="both write before"):
        sign_pack(pack, by=agent, at=NOW)
    write_in_pack(pack, "A good year", by=leader, at=NOW)
    sign_pack(pack, by=agent, at=NOW)
    with pytest.raises(Refused, match="what is signed"):
        write_in_pack(pack, "No", by=agent, at=NOW)
    with pytest.raises(Refused, match="signed this already"):
        sign_pack(pack, by=agent, at=NOW)
    with pytest.raises(Refused, match="whoever wrote"):
        sign_pack(pack, by=floor.users["boss"], at=NOW)
    sign_pack(pack, by=leader, at=NOW)
    with pytest.raises(Refused, match="may not write"):
        write_in_pack(pack, "Me too", by=floor.users["mate"], at=NOW)
    assert pack.agent_signed_at == pack.leader_signed_at == NOW


def test_page_and_paper_say_the_same_on_one_page(floor: Floor) -> None:
    agent, leader = floor.client("agent"), floor.client("leader")
    address = f"/agents/{floor.agents[0].pk}/reviews/"
    made = leader.post(address, {"from_day": "2020-01-01", "last_day": "2026-11-19"})
    page = made["Location"]
    assert leader.post(page, {"words": "A good year"}).status_code == 200, "the refusal is told on the page"
    agent.post(page, {"words": "I learned to wait"})
    leader.post(page, {"words": "A good year"})
    agent.post(page, {"do": "sign"})
    text = leader.get(page).content.decode()
    assert text.index("I learned to wait") < text.index("A good year") < text.index("Transfer rate")
    paper = pypdf.PdfReader(io.BytesIO(leader.get(page + "review.pdf").content))
    assert len(paper.pages) == 1 and "I learned to wait" in paper.pages[0].extract_text()
