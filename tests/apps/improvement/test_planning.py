"""Is a plan chosen among several, does chance say who begins, and does nothing of how people were chosen change later?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from floorwalker.apps.coaching.models import Look, RecordShown
from floorwalker.apps.improvement.drawing import draw_lot, draw_order, shuffled
from floorwalker.apps.improvement.forms.planning import PlanForm
from floorwalker.apps.improvement.models import Cycle, Stage
from floorwalker.apps.improvement.options import Considered, consider
from floorwalker.apps.improvement.planning import Begins, plan_cycle
from floorwalker.apps.improvement.reaching import people_in_reach
from floorwalker.apps.people.models import Agent
from floorwalker.errors import Refused
from floorwalker.insight.effect import can_be_judged
from floorwalker.kpis.catalogue import catalogue
from tests.apps.coaching.past import past_action
from tests.apps.conftest import NOW, Floor
from tests.apps.improvement.made import a_cycle, a_plan, with_options
from tests.apps.standards.made import TODAY, process_of

DAY = NOW.date()


def test_a_plan_is_made_on_the_page_and_shown_again(floor: Floor) -> None:
    cycle, leader = a_cycle(floor, floor.teams[0], by="leader"), floor.client("leader")
    page = f"/improvement/{cycle.pk}/plan/"
    assert "at least two things" in leader.get(page).content.decode()
    for kind, words in (("coaching", "Listen together"), ("process", "Another menu")):
        assert leader.post(page, {"do": "consider", "kind": kind, "words": words}).status_code == 302
    first, second = cycle.options.all()
    shown = leader.get(page).content.decode()
    assert "Choose one of the options" in shown
    given = {"do": "plan", "chosen": first.pk, "because": "It is quick", "begins_on": TODAY.isoformat()}
    given |= {"owner": floor.users["leader"].pk, "guardrail_0": "first_contact_resolution"}
    without = leader.post(page, given)
    assert without.status_code == 422 and "why not" in without.content.decode()
    assert leader.post(page, given | {f"why_not_{second.pk}": "Not ours to change"}).status_code == 302
    cycle = Cycle.objects.get()
    made = cycle.intervention
    assert made is not None and cycle.stage == Stage.DO
    assert (made.kind, made.guardrails, made.weeks_shown) == ("coaching", ["first_contact_resolution"], 12)
    assert [row.team for row in made.rolled_out.all()] == [floor.teams[0]]
    due = [(one.week, one.due_on) for one in cycle.reviews.all()]
    assert due == [(week, TODAY + timedelta(weeks=week)) for week in (4, 8, 12)]
    told = leader.get(f"/improvement/{cycle.pk}/").content.decode()
    assert "It is quick" in told and "Not ours to change" in told and "Not yet: the next review is on" in told
    assert leader.get(page).status_code == 302


@pytest.mark.parametrize(
    ("more", "refused"),
    [
        ({"because": ""}, "a choice has a reason"),
        ({"why_not": {}}, "it is said why not"),
        ({"guardrails": ("transfer_rate",)}, "cannot be a guardrail"),
        ({"begins_on": DAY - timedelta(days=1)}, "cannot be added later"),
    ],
)
def test_a_plan_that_is_not_whole_is_refused(floor: Floor, more: dict[str, object], refused: str) -> None:
    cycle = with_options(floor, a_cycle(floor, floor.teams[0]))
    with pytest.raises(Refused, match=refused):
        plan_cycle(cycle, a_plan(floor, cycle, **more), by=floor.users["boss"], at=NOW)


def test_one_option_is_no_choice_and_time_alone_is_no_target(floor: Floor) -> None:
    boss, cycle = floor.users["boss"], a_cycle(floor, floor.teams[0], "average_handle_time")
    with_options(floor, cycle)
    with pytest.raises(Refused, match="does not stand alone"):
        plan_cycle(cycle, a_plan(floor, cycle), by=boss, at=NOW)
    plan = a_plan(floor, cycle, guardrails=("first_contact_resolution",))
    cycle.options.last().delete()
    with pytest.raises(Refused, match="one option is no choice"):
        plan_cycle(cycle, plan, by=boss, at=NOW)


@pytest.mark.parametrize(
    "measure", ["contacts_per_hour", "occupancy", "utilisation", "contacts_handled", "average_handle_time"]
)
def test_every_measure_of_efficiency_is_known_as_one(measure: str) -> None:
    assert catalogue()[measure].is_of_efficiency and not catalogue()["transfer_rate"].is_of_efficiency


def test_what_no_review_could_judge_is_not_planned(floor: Floor) -> None:
    boss, cycle = floor.users["boss"], with_options(floor, a_cycle(floor, floor.teams[0]))
    for rail in ("occupancy", "service_level", "average_talk_time"):
        with pytest.raises(Refused, match="no review could tell an effect on this measure"):
            plan_cycle(cycle, a_plan(floor, cycle, guardrails=(rail,)), by=boss, at=NOW)
    plan_cycle(cycle, a_plan(floor, cycle, guardrails=("first_contact_resolution",)), by=boss, at=NOW)


def test_only_what_a_review_could_judge_is_offered_as_a_guardrail(floor: Floor) -> None:
    for about in (floor.teams[0], floor.agents[0], process_of(floor)):
        cycle = a_cycle(floor, about)
        form = PlanForm(cycle=cycle, on=TODAY)
        offered = [name for name, _said in form.fields["guardrail_0"].choices if name]  # type: ignore[attr-defined]
        assert {"first_contact_resolution", "csat_top_box"} - {cycle.measure} <= set(offered)
        assert cycle.measure not in offered
        unit = "team" if cycle.process is None else "queue" if cycle.process.queue_id else "site"
        assert all(can_be_judged(catalogue()[name], unit) for name in offered)
        assert not {"occupancy", "utilisation"} & set(offered), "planning refuses them"


def test_before_it_is_planned_it_is_said_what_a_review_could_show(floor: Floor) -> None:
    cycle = with_options(floor, a_cycle(floor, floor.teams[0]))
    page = floor.client("leader").get(f"/improvement/{cycle.pk}/plan/").content.decode()
    assert "No review could tell whether it worked: one team alone is held against 19 others" in page
    of_process = with_options(floor, a_cycle(floor, process_of(floor)))
    page = floor.client("boss").get(f"/improvement/{of_process.pk}/plan/").content.decode()
    assert "So few orders are possible that chance alone brings about even the best result 100% of the time" in page


def test_an_option_is_written_down_once(floor: Floor) -> None:
    cycle = with_options(floor, a_cycle(floor, floor.teams[0]))
    said = cycle.options.order_by("pk")[0]
    with pytest.raises(Refused, match="written down already"):
        consider(cycle, Considered(said.kind, f" {said.words.upper()} "), by=floor.users["boss"], at=NOW)
    consider(cycle, Considered("training", said.words), by=floor.users["boss"], at=NOW)


def test_what_was_planned_is_not_planned_again(floor: Floor) -> None:
    boss, cycle = floor.users["boss"], with_options(floor, a_cycle(floor, floor.agents[0]))
    RecordShown.objects.create(by=boss, measure=cycle.measure, agent=floor.agents[0], weeks=52, at=NOW)
    made = plan_cycle(cycle, a_plan(floor, cycle), by=boss, at=NOW)
    assert [row.agent for row in made.treated.all()] == [floor.agents[0]] and made.weeks_shown == 52
    with pytest.raises(Refused, match="planned already"):
        plan_cycle(cycle, a_plan(floor, cycle), by=boss, at=NOW)
    told = floor.client("boss").post(f"/improvement/{cycle.pk}/plan/", {"do": "plan"}, follow=True).content.decode()
    assert "It is planned already." in told and "is not kept" not in told, "what was sent twice is kept"
    late = {"do": "consider", "kind": "training", "words": "A day of practice"}
    told = floor.client("boss").post(f"/improvement/{cycle.pk}/plan/", late, follow=True).content.decode()
    assert "Your option is not kept: “A day of practice”" in told
    with pytest.raises(Refused, match="planned already"):
        consider(cycle, Considered("training", "Too late"), by=boss, at=NOW)
    with pytest.raises(Refused, match="may not carry"):
        consider(cycle, Considered("training", "Not mine"), by=floor.users["other_leader"], at=NOW)


def test_teams_begin_in_the_order_that_chance_drew_or_it_is_said_why_not(floor: Floor) -> None:
    boss, teams = floor.users["boss"], floor.teams
    cycle = with_options(floor, a_cycle(floor, process_of(floor)))
    client = floor.client("boss")
    client.post(f"/improvement/{cycle.pk}/teams/", {"team": [team.pk for team in teams]})
    cycle.refresh_from_db()
    drawn = cycle.drawn_order
    assert drawn is not None and drawn["order"] == shuffled([team.pk for team in teams], drawn["seed"])
    with pytest.raises(Refused, match="drawn already"):
        draw_order(cycle, teams, by=boss, at=NOW)
    assert drawn["seed"] in client.get(f"/improvement/{cycle.pk}/plan/").content.decode()
    by_pk = {team.pk: team for team in teams}
    kept = [Begins(by_pk[pk], DAY + place * timedelta(weeks=4), place + 1) for place, pk in enumerate(drawn["order"])]
    other = [Begins(one.team, kept[1 - place].on) for place, one in enumerate(kept)]
    with pytest.raises(Refused, match="chance did not say"):
        plan_cycle(cycle, a_plan(floor, cycle, teams=tuple(other)), by=boss, at=NOW)
    plan_cycle(cycle, a_plan(floor, cycle, teams=tuple(other), departed="The other has no leader now"), by=boss, at=NOW)
    assert "no leader now" in client.get(f"/improvement/{cycle.pk}/").content.decode()


def test_a_lot_says_who_begins_and_is_drawn_once(floor: Floor) -> None:
    boss, cycle = floor.users["boss"], with_options(floor, a_cycle(floor, floor.teams[0], "first_contact_resolution"))
    people = Agent.objects.bulk_create(Agent(name=f"Person {n}", key=bytes([n]) * 16) for n in range(100, 150))
    pool = list(Agent.objects.filter(pk__in=[one.pk for one in people]))
    for few, begin in ((pool[:40], 24), (pool, 10), (pool, 40)):
        with pytest.raises(Refused):
            draw_lot(cycle, few, begin, DAY, by=boss, at=NOW)
    lot = draw_lot(cycle, pool, 25, DAY, by=boss, at=NOW)
    first = list(lot.entries.filter(first=True).values_list("agent", flat=True))
    assert first == shuffled([one.pk for one in pool], lot.seed)[:25] and lot.entries.count() == 50
    assert lot.waits_until == DAY + timedelta(weeks=13)
    with pytest.raises(Refused, match="drawn already"):
        draw_lot(cycle, pool, 25, DAY, by=boss, at=NOW)
    with pytest.raises(Refused, match="chance did not say"):
        plan_cycle(cycle, a_plan(floor, cycle, people=tuple(pool[:25])), by=boss, at=NOW)
    chosen = tuple(Agent.objects.filter(pk__in=first))
    made = plan_cycle(cycle, a_plan(floor, cycle, people=chosen), by=boss, at=NOW)
    assert made.lot == lot and made.treated.count() == 25


def test_a_plan_shows_what_like_actions_closed_and_keeps_what_it_had_shown(floor: Floor) -> None:
    boss, cycle = floor.users["boss"], with_options(floor, a_cycle(floor, floor.agents[0]))
    client, address = floor.client("boss"), f"/improvement/{cycle.pk}/"
    assert (
        "Coaching: assumed, no past yet. Taken is about 25% of a gap" in client.get(f"{address}plan/").content.decode()
    )
    Agent.objects.bulk_create(Agent(name=f"Person {n}", key=bytes([n]) * 16) for n in range(100, 124))
    for one in Agent.objects.filter(name__startswith="Person "):
        past_action([one], boss, 0.05, begins_on=TODAY - timedelta(weeks=20))
    told = "Coaching, from 24 past reviews with 24 people: closes about 49% of a gap"
    assert told in client.get(f"{address}plan/").content.decode()
    made = plan_cycle(cycle, a_plan(floor, cycle, begins_on=TODAY), by=boss, at=datetime.combine(TODAY, NOW.timetz()))
    assert made.before is not None and made.before["gap"] == cycle.gap["size"]["gap"] and made.before["people"] == 1
    Look.objects.all().delete()
    kept = client.get(address).content.decode()
    assert told in kept and "A change of how work is done: assumed, no past yet" in kept
    assert Cycle.objects.get().shown["version"] == 1


def test_who_declines_a_lot_that_was_offered_is_seen_to(floor: Floor) -> None:
    boss, cycle = floor.users["boss"], with_options(floor, a_cycle(floor, floor.teams[0]))
    page = f"/improvement/{cycle.pk}/"
    plan_cycle(cycle, a_plan(floor, cycle), by=boss, at=NOW)
    assert "had been offered" not in floor.client("boss").get(page).content.decode(), "too few for a lot"
    Cycle.objects.update(shown=cycle.shown | {"lot_offered": True})
    assert (
        "A lot among people who are equally urgent had been offered" in floor.client("boss").get(page).content.decode()
    )


def test_what_is_everybodys_becomes_nobodys_own_by_way_of_a_team(floor: Floor) -> None:
    boss, cycle = floor.users["boss"], with_options(floor, a_cycle(floor, floor.teams[0]))
    plan = a_plan(floor, cycle, people=(floor.agents[0],))
    found = dict(cycle.cause or {})
    for primary, refused in (("systemic", True), ("team", False)):
        Cycle.objects.filter(pk=cycle.pk).update(cause=found | {"primary": primary})
        cycle.refresh_from_db()
        assert (people_in_reach(cycle, boss, DAY) == []) is refused
        if refused:
            with pytest.raises(Refused, match="this gap is everybody's"):
                plan_cycle(cycle, plan, by=boss, at=NOW)
    assert plan_cycle(cycle, plan, by=boss, at=NOW).treated.count() == 1
    other = with_options(floor, a_cycle(floor, process_of(floor)))
    with pytest.raises(Refused, match="chosen from a team"):
        plan_cycle(other, a_plan(floor, other, people=(floor.agents[0],)), by=boss, at=NOW)


def test_time_is_not_guarded_by_time(floor: Floor) -> None:
    boss, cycle = floor.users["boss"], with_options(floor, a_cycle(floor, floor.teams[0], "average_handle_time"))
    with pytest.raises(Refused, match="not guarded by another one"):
        plan_cycle(cycle, a_plan(floor, cycle, guardrails=("average_hold_time",)), by=boss, at=NOW)
    guarded = plan_cycle(cycle, a_plan(floor, cycle, guardrails=("first_contact_resolution",)), by=boss, at=NOW)
    assert guarded.guardrails == ["first_contact_resolution"]
