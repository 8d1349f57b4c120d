"""Is a gap kept as it is when somebody takes it on, and is nobody made answer for what is everybody's?"""

from __future__ import annotations

from typing import Any

from floorwalker.apps.coaching.models import Matter
from floorwalker.apps.improvement.deciding import Decided, decide_cycle
from floorwalker.apps.improvement.models import Cycle, Stage
from floorwalker.apps.improvement.reviewing import hold_review
from floorwalker.apps.improvement.saying import question_said
from floorwalker.apps.people.models import AuditEntry
from floorwalker.apps.standards.actions import set_target
from floorwalker.insight.frozen import from_json
from tests.apps.conftest import LONG_AGO, NOW, Floor
from tests.apps.improvement.made import planned
from tests.apps.standards.made import process_of

# Of this nobody can tell yet whose it is; that too many transfer is everybody's.
OWN = "first_contact_resolution"


def asked(about: str, measure: str = "transfer_rate") -> str:
    return f"/improvement/new/?measure={measure}&{about}"


def given(floor: Floor, who: str = "leader", **more: Any) -> dict[str, Any]:
    return {"title": "Fewer transfers", "owner": floor.users[who].pk, "cause_words": "The menu misleads."} | more


def test_a_gap_of_a_team_is_taken_on_and_kept_as_it_was(floor: Floor) -> None:
    leader = floor.client("leader")
    address = asked(f"team={floor.teams[0].pk}")
    page = leader.get(address).content.decode()
    assert "Transfer rate" in page and "aimed for: at most 45%" in page and "As it stood on" in page
    answer = leader.post(address, given(floor))
    cycle = Cycle.objects.get()
    assert answer.status_code == 302 and answer["Location"] == f"/improvement/{cycle.pk}/"
    assert (cycle.about, cycle.stage, cycle.owner) == (floor.teams[0], Stage.PLAN, floor.users["leader"])
    figure = from_json(cycle.gap["figure"])
    assert figure.kpi == "transfer_rate" and figure.answer.n > 0 and figure.target is not None
    assert AuditEntry.objects.get(verb="open_cycle").detail["measure"] == "transfer_rate"
    set_target("transfer_rate", 0.01, from_day=LONG_AGO, by=floor.users["boss"], at=NOW)
    shown = leader.get(answer["Location"]).content.decode()
    assert "aimed for: at most 45%" in shown and "The menu misleads." in shown and "The plan is to be made." in shown
    assert "Fewer transfers" in leader.get("/improvement/").content.decode()
    # Whether it worked is asked once there is something to judge.
    for stage, question in ((Stage.PLAN, "What is to be done?"), (Stage.REVIEW, "Did it work?")):
        said = question_said(Cycle(stage=stage))
        assert said == question
    assert "<h1>What is to be done? Fewer transfers</h1>" in shown and "Did it work?" not in shown


def test_what_is_everybodys_is_nobodys_own_and_the_page_leads_to_the_process(floor: Floor) -> None:
    process = process_of(floor)
    boss = floor.users["boss"]
    set_target("transfer_rate", 0.02, from_day=LONG_AGO, by=boss, at=NOW)
    address = asked(f"agent={floor.agents[0].pk}")
    client = floor.client("boss")
    page = client.get(address).content.decode()
    assert "This is not one person&#x27;s to mend" in page or "not one person" in page
    assert f"process={process.pk}" in page and "Take it on" not in page
    refused = client.post(address, given(floor, "boss"))
    assert refused.status_code == 422 and not Cycle.objects.exists()
    taken = client.post(asked(f"process={process.pk}"), given(floor, "process_owner", cause_words=""))
    assert taken.status_code == 302 and Cycle.objects.get().cause["primary"] == "systemic"


def test_where_the_figures_do_not_say_whose_it_is_words_are_asked_for(floor: Floor) -> None:
    leader = floor.client("leader")
    address = asked(f"agent={floor.agents[2].pk}", OWN)
    without = leader.post(address, given(floor, cause_words=""))
    assert without.status_code == 422 and "in your words, what is behind it" in without.content.decode()
    assert leader.post(address, given(floor)).status_code == 302
    again = leader.post(address, given(floor))
    assert again.status_code == 422 and "is under way" in again.content.decode()


def test_who_may_not_improve_there_finds_no_page_and_answers_for_nothing(floor: Floor) -> None:
    team, agent = floor.teams[0].pk, floor.agents[0].pk
    for who in ("other_leader", "process_owner"):
        assert floor.client(who).get(asked(f"team={team}")).status_code == 404
        assert floor.client(who).get(asked(f"agent={agent}")).status_code == 404
    assert floor.client("agent").get(asked(f"agent={agent}")).status_code == 404
    stranger = floor.client("leader").post(asked(f"team={team}"), given(floor, "other_leader"))
    assert stranger.status_code == 422


def test_a_measure_that_belongs_to_nobody_leads_to_a_process(floor: Floor) -> None:
    process = process_of(floor)
    page = floor.client("boss").get(asked(f"team={floor.teams[0].pk}", "service_level")).content.decode()
    assert "belongs to nobody in particular" in page and f"process={process.pk}" in page
    answer = floor.client("boss").post(asked(f"process={process.pk}", "service_level"), given(floor, "boss"))
    assert answer.status_code == 302 and Cycle.objects.get().cause is None


def test_without_a_gap_one_is_chosen(floor: Floor) -> None:
    page = floor.client("leader").get("/improvement/new/").content.decode()
    assert "Avocet" in page and "Kingfisher" not in page
    chosen = floor.client("leader").get(f"/improvement/new/?measure=transfer_rate&about=team:{floor.teams[0].pk}")
    assert chosen["Location"] == asked(f"team={floor.teams[0].pk}")


def test_an_agent_reads_the_cycle_about_herself_and_no_other(floor: Floor) -> None:
    leader = floor.client("leader")
    leader.post(asked(f"agent={floor.agents[0].pk}", OWN), given(floor))
    leader.post(asked(f"agent={floor.agents[2].pk}", OWN), given(floor))
    own, mates = Cycle.objects.get(agent=floor.agents[0]), Cycle.objects.get(agent=floor.agents[2])
    agent = floor.client("agent")
    listed = agent.get("/improvement/").content.decode()
    assert f"/improvement/{own.pk}/" in listed and f"/improvement/{mates.pk}/" not in listed
    assert agent.get(f"/improvement/{own.pk}/").status_code == 200
    assert agent.get(f"/improvement/{mates.pk}/").status_code == 404
    assert floor.client("nobody").get("/improvement/").status_code == 404


def test_a_matter_of_feedback_leads_to_a_cycle_about_whom_it_is_and_nobody_else(floor: Floor) -> None:
    given_at = {"opened_at": NOW, "newest_at": NOW}
    matter = Matter.objects.create(agent=floor.agents[2], code=f"measure:{OWN}", **given_at)
    other = Matter.objects.create(agent=floor.agents[1], code=f"measure:{OWN}", **given_at)
    leader = floor.client("leader")
    assert leader.post(f"/improvement/new/?matter={matter.pk}", given(floor)).status_code == 302
    assert Cycle.objects.get().matter == matter and Cycle.objects.get().measure == OWN
    assert leader.get(f"/improvement/new/?matter={other.pk}").status_code == 404
    assert leader.get(asked(f"agent={floor.agents[0].pk}&matter={other.pk}")).status_code == 404


def test_whose_a_persons_gap_is_does_not_hang_on_days_that_somebody_picks(floor: Floor) -> None:
    set_target("transfer_rate", 0.02, from_day=LONG_AGO, by=floor.users["boss"], at=NOW)
    client, days = floor.client("boss"), "&from=2026-01-05&to=2026-01-05"
    address = asked(f"agent={floor.agents[0].pk}{days}")
    page = client.get(address).content.decode()
    assert "This is not one person" in page and "about the days from 5 Jan 2026 to 5 Jan 2026" not in page
    assert client.post(address, given(floor, "boss")).status_code == 422 and not Cycle.objects.exists()
    team = client.get(asked(f"team={floor.teams[0].pk}{days}")).content.decode()
    assert "about the days from 5 Jan 2026 to 5 Jan 2026" in team, "of a team they are hers to choose"


def test_a_cycle_goes_on_from_a_decision_and_once(floor: Floor) -> None:
    cycle, client = planned(floor, floor.teams[0], weeks_ago=5), floor.client("boss")
    address = f"/improvement/new/?before={cycle.pk}&measure={OWN}&team={floor.teams[0].pk}"
    early = client.post(address, given(floor, "boss"))
    assert early.status_code == 422 and "is not decided yet" in early.content.decode()
    hold_review(cycle.reviews.get(week=4), "It is liked.", by=floor.users["boss"], at=NOW)
    decide_cycle(cycle, Decided("change", "Half of it."), by=floor.users["boss"], at=NOW)
    assert client.post(address, given(floor, "boss")).status_code == 302
    again = client.post(address.replace(OWN, "transfer_rate"), given(floor, "boss"))
    assert again.status_code == 422 and "goes on in another cycle already" in again.content.decode()
