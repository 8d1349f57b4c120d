"""Who is proposed for a talk, once, and never for what is the team's or everybody's?"""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta
from typing import Any

import pytest

from floorwalker.apps.coaching import figuring, proposing
from floorwalker.apps.coaching.models import (
    CoachingProposal,
    CoachingSession,
    Decision,
    Matter,
    MatterDecision,
    ProposedBy,
)
from floorwalker.apps.people.models import Agent
from floorwalker.errors import Refused
from floorwalker.insight.cause import Caused, Causes, Share
from floorwalker.insight.comparison import Comparison, Judged, Verdict
from floorwalker.insight.kept_gaps import KeptGaps
from floorwalker.insight.scorecard import Period
from floorwalker.insight.waterfall import Waterfall
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.levels import Cause
from tests.apps.coaching.talks import MEASURE, now, planned
from tests.apps.conftest import Floor

PERIOD = Period(date(2023, 11, 6), date(2023, 12, 3))
NIGHT = datetime(2026, 11, 20, 4, tzinfo=UTC)


def kept(*said: tuple[Agent, Cause, float]) -> KeptGaps:
    """What the night has said: each of these is named; whose the gap is, and how sure it is the person's own."""
    kpi = catalogue()[MEASURE]
    judged, caused = [], []
    for agent, cause, personal in said:
        key = bytes(agent.key)
        own = Share(key, 0.1, 0.05, 0.15, personal)
        steps = Waterfall(0.0, 0.0, 0.0, 0.1, 0.0)
        judged.append(Judged(key, None, 200, 0.6, 0.6, 0.55, 0.65, 0.8, 0.97, True, Verdict.WORSE, standard=0.45))
        caused.append(Caused(key, None, 200, cause, 0.9, 0.1, personal, steps, own))
    compared = Comparison(kpi, tuple(judged), 0.03, 0.45)
    causes = Causes(kpi, 0.45, False, 0.03, None, (), tuple(caused), ())
    return KeptGaps(MEASURE, PERIOD, compared, causes, NIGHT)


def night_says(monkeypatch: pytest.MonkeyPatch, *said: tuple[Agent, Cause, float]) -> None:
    found = (kept(*said),)
    for module in (proposing, figuring):
        monkeypatch.setattr(module, "kept_gaps", lambda: found)


def test_an_objective_begins_with_the_gap_that_is_surest_her_own(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    agent, mate, page = floor.agents[0], floor.agents[1], f"/agents/{floor.agents[0].pk}/objectives/new/"
    chosen, leader = f'<option value="{MEASURE}" selected>', floor.client("leader")
    night_says(monkeypatch, (agent, Cause.PERSONAL, 0.9))
    with monkeypatch.context() as held:
        held.setattr(figuring, "_standard", lambda *_asked: 0.6)
        assert chosen not in leader.get(page).content.decode(), "she was judged by what does not hold for her"
    for said, begins in (
        ((agent, Cause.PERSONAL, 0.9), True),
        ((agent, Cause.TEAM, 0.2), False),
        ((mate, Cause.PERSONAL, 0.9), False),
    ):
        night_says(monkeypatch, said)
        shown = leader.get(page).content.decode()
        assert (chosen in shown) is begins
        assert ('<option value="" selected>choose</option>' in shown) is not begins
    assert '<option value="csat_top_box" selected>' in leader.get(f"{page}?measure=csat_top_box").content.decode()


def decided(floor: Floor, code: str, decision: Decision) -> Matter:
    """A matter of the first agent's, of which she has said what becomes of it."""
    agent, by = floor.agents[0], floor.users["agent"]
    made = Matter.objects.create(
        agent=agent, code=code, opened_at=NIGHT, newest_at=NIGHT, decision=decision, decided_at=NIGHT
    )
    MatterDecision.objects.create(matter=made, decision=decision, because="It costs me most", by=by, at=NIGHT)
    return made


def test_only_what_is_surely_hers_is_proposed_and_once(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    own, mate, other, moved = (floor.named[name] for name in ("own", "mate", "other", "moved"))
    said = (own, Cause.PERSONAL, 0.93), (mate, Cause.SYSTEMIC, 0.1), (other, Cause.TEAM, 0.1)
    night_says(monkeypatch, *said, (moved, Cause.PERSONAL, 0.7))
    assert proposing.propose(NIGHT) == 1
    assert proposing.propose(NIGHT + timedelta(days=1)) == 0
    made = CoachingProposal.objects.get()
    assert (made.agent, made.proposed_by, made.measure, made.probability) == (own, ProposedBy.FIGURES, MEASURE, 0.93)
    assert made.frozen is not None and made.frozen.kpi == MEASURE
    page = floor.client("leader").get("/coaching/").content.decode()
    assert "93%" in page and "of 1 person everybody" in page and "Processes and their owners" in page
    assert "93%" not in floor.client("other_leader").get("/coaching/").content.decode()


def test_figures_are_read_once_however_many_are_proposed(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    reads: list[int] = []
    read = figuring.read_lines

    def counted(*asked: Any, **more: Any) -> Any:
        reads.append(1)
        return read(*asked, **more)

    monkeypatch.setattr(figuring, "read_lines", counted)
    night_says(monkeypatch, *((agent, Cause.PERSONAL, 0.93) for agent in floor.agents[:4]))
    assert proposing.propose(NIGHT) == 4 and len(reads) == 1
    assert proposing.propose(NIGHT + timedelta(days=1)) == 0 and len(reads) == 1, "and nothing of who is left alone"
    assert all(one.frozen is not None for one in CoachingProposal.objects.all())


def test_what_was_declined_or_is_planned_is_left_alone(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    night_says(monkeypatch, (floor.agents[0], Cause.PERSONAL, 0.93))
    proposing.propose(NIGHT)
    made = CoachingProposal.objects.get()
    with pytest.raises(Refused, match="with a reason"):
        proposing.decline_proposal(made, " ", by=floor.users["leader"], at=NIGHT)
    with pytest.raises(Refused, match="no role of yours"):
        proposing.decline_proposal(made, "No", by=floor.users["other_leader"], at=NIGHT)
    floor.client("leader").post(f"/coaching/proposals/{made.pk}/decline/", {"because": "She was ill"})
    made.refresh_from_db()
    assert made.closed_because == "She was ill"
    with pytest.raises(Refused, match="something has become"):
        proposing.decline_proposal(made, "Again", by=floor.users["leader"], at=NIGHT)
    opened = floor.client("leader").get(f"/coaching/plan/?proposal={made.pk}", follow=True)
    assert "Something has become of this proposal already" in opened.content.decode()
    assert opened.redirect_chain == [("/coaching/", 302)]
    assert proposing.propose(now()) == 0


def test_feedback_to_act_on_is_proposed_unless_it_is_everybodys(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    night_says(monkeypatch, (floor.agents[0], Cause.SYSTEMIC, 0.1))
    decided(floor, f"measure:{MEASURE}", Decision.ACT)
    decided(floor, "standard:7", Decision.WATCH)
    acted = decided(floor, "question:3:q1", Decision.ACT)
    assert (proposing.propose(NIGHT), proposing.propose(NIGHT)) == (1, 0)
    made = CoachingProposal.objects.get()
    assert (made.matter, made.proposed_by, made.because) == (acted, ProposedBy.FEEDBACK, "It costs me most")


def test_no_talk_with_one_person_about_what_is_everybodys(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    night_says(monkeypatch, (floor.agents[0], Cause.SYSTEMIC, 0.1))
    with pytest.raises(Refused, match="not this person's own"):
        planned(floor, measure=MEASURE)
    with pytest.raises(Refused, match="not this person's own"):
        proposing.propose_with_reason(floor.agents[0], "Look", MEASURE, by=floor.users["leader"], at=NIGHT)
    assert not CoachingSession.objects.exists()


def test_an_agent_asks_and_her_leader_plans(floor: Floor) -> None:
    agent = floor.client("agent")
    assert agent.post("/coaching/ask/", {"because": "Angry callers"}).status_code == 302
    again = agent.post("/coaching/ask/", {"because": "Angry callers"})
    assert again.status_code == 422 and "you have asked already" in again.content.decode()
    made = CoachingProposal.objects.get()
    leader = floor.client("leader")
    assert "Angry callers" in leader.get("/coaching/").content.decode()
    day = (now().date() + timedelta(days=2)).isoformat()
    sent = {"proposal": made.pk, "people": [made.agent_id], "day": day, "clock": "10:00", "topic": ""}
    assert leader.post("/coaching/plan/", sent).status_code == 302
    made.refresh_from_db()
    assert made.closed_at is not None and made.sessions.get().weeks_shown == 12
    assert leader.post("/coaching/plan/", sent).status_code == 422
    assert "a session was planned" in agent.get("/coaching/mine/").content.decode()


def test_people_ask_for_themselves(floor: Floor) -> None:
    with pytest.raises(Refused, match="for themselves"):
        proposing.ask_for_coaching(floor.agents[2], "Calls", "", by=floor.users["agent"], at=NIGHT)
    with pytest.raises(Refused, match="what it is to be about"):
        proposing.ask_for_coaching(floor.agents[0], " ", "", by=floor.users["agent"], at=NIGHT)
    with pytest.raises(Refused, match="no such measure"):
        proposing.ask_for_coaching(floor.agents[0], "Calls", "unheard_of", by=floor.users["agent"], at=NIGHT)


def test_a_leader_proposes_with_a_reason(floor: Floor) -> None:
    leader = floor.client("leader")
    sent = {"agent": floor.agents[0].pk, "because": "", "measure": ""}
    assert leader.post("/coaching/propose/", sent).status_code == 422
    assert leader.post("/coaching/propose/", sent | {"because": "Long silences"}).status_code == 302
    assert "Long silences" in leader.get("/coaching/").content.decode()
    foreign = sent | {"agent": floor.named["other"].pk, "because": "Long silences"}
    assert leader.post("/coaching/propose/", foreign).status_code == 422
