"""Is a draw what it says: quotas, chances, lots and proof; and do its contacts reach their evaluators, and only them?"""

from __future__ import annotations

from datetime import date, timedelta

import pytest
from django.utils import timezone
from django.utils.dateformat import format as date_format

from floorwalker.apps.evaluations import drawing, planning, populations, tasks
from floorwalker.apps.evaluations.drawing import begin_drawn, draw_plan, set_aside
from floorwalker.apps.evaluations.models import (
    Drawn,
    Evaluation,
    EvaluationForm,
    Every,
    Picked,
    Purpose,
    SamplingPlan,
)
from floorwalker.apps.evaluations.planning import Asked, begins_on, change_plan
from floorwalker.apps.evaluations.proving import prove_draw
from floorwalker.apps.people.merging import merge_agents
from floorwalker.apps.people.models import AuditEntry
from floorwalker.errors import Refused
from floorwalker.insight.drawable import Filter
from tests.apps.conftest import LONG_AGO, Floor
from tests.apps.evaluations.drawn import QUOTA, draw_of, drawn_at, plan_of
from tests.apps.evaluations.made import NOW, sent, submitted


@pytest.fixture
def plan(floor: Floor, form: EvaluationForm) -> SamplingPlan:
    return plan_of(floor, form)


def test_everybody_has_her_quota_by_known_chances(floor: Floor, plan: SamplingPlan) -> None:
    made = draw_of(floor, plan)
    found = populations.read_population(Filter.read(made.kept))
    assert made.population == len(found) and (made.last_day - made.first_day).days == 6
    assert all(made.first_day <= one.local_day <= made.last_day for one in found)
    n = {agent: sum(one.agent == agent for one in found) for agent in {one.agent for one in found}}
    firsts = made.drawn.filter(second_of=None)
    assert {one.picked for one in firsts} == {Picked.RANDOM}
    for agent, many in n.items():
        hers = firsts.filter(agent=agent)
        assert hers.count() == min(QUOTA, many)
        assert {one.probability for one in hers} == {min(1, QUOTA / many)}
    entry = AuditEntry.objects.get(verb="draw_plan")
    assert entry.detail["seed"] == made.seed and entry.detail["digest"] == made.digest


def test_a_draw_proves_itself_and_shows_what_was_changed(floor: Floor, plan: SamplingPlan) -> None:
    made = draw_of(floor, plan)
    proof = prove_draw(made)
    assert proof.is_whole and proof.drawn == made.drawn.filter(second_of=None).count() and proof.digest == made.digest
    # Facts that were corrected since are said of the agents whom they concern; all others still come out the same.
    some = made.drawn.first()
    agent = next(key for key, number in made.kept["agents"].items() if number == some.agent_id)
    made.by_agent[str(some.agent_id)] = [made.by_agent[str(some.agent_id)][0] + 2, "0" * 64]
    made.save()
    proof = prove_draw(made)
    assert proof.holds and not proof.is_whole and agent
    assert [(one.agent, one.before - one.now) for one in proof.corrected] == [(str(some.agent), 2)]
    # A contact that was exchanged, or another seed, is found out.
    other = made.drawn.filter(second_of=None).exclude(agent=some.agent).first()
    Drawn.objects.filter(pk=other.pk).update(segment_key=b"x" * 16)
    assert prove_draw(made).other == (str(other.agent),)
    made.seed = "0" * 32
    assert not prove_draw(made).in_trail


def test_what_is_drawn_once_is_not_drawn_until_it_pleases(floor: Floor, plan: SamplingPlan) -> None:
    draw_of(floor, plan)
    with pytest.raises(Refused, match="drawn already"):
        draw_of(floor, plan)
    with pytest.raises(Refused, match="do not reach"):
        drawing.draw_plan(plan, by=None, at=drawn_at() + timedelta(days=28))
    planning.end_plan(plan, on=drawn_at().date() - timedelta(days=20), by=floor.users["analyst"], at=NOW)
    with pytest.raises(Refused, match="has ended"):
        drawing.draw_plan(plan, by=None, at=drawn_at() - timedelta(days=7))


def test_lots_keep_to_roles_and_teams(floor: Floor, form: EvaluationForm) -> None:
    plan = plan_of(floor, form, quota=20, twice=0.2)
    analyst = plan.evaluators.get(user=floor.users["analyst"])
    planning.give_teams(analyst, [floor.teams[0]], by=floor.users["boss"], at=NOW)
    made = draw_of(floor, plan)
    hers = made.drawn.filter(evaluator=floor.users["analyst"], second_of=None)
    assert hers.filter(own_team=True).count() <= 0.75 * hers.count()
    assert hers.filter(own_team=True).exists()
    # Whose role ends at a team gets nobody outside it, and that these are her own stays to be seen.
    of_team = made.drawn.filter(evaluator=floor.users["team_analyst"])
    reached = {agent.pk for agent in populations.Agent.objects.in_teams([floor.teams[0]], drawn_at().date())}
    assert {one.agent_id for one in of_team} <= reached
    seconds = made.drawn.exclude(second_of=None)
    assert seconds and all(one.evaluator_id != one.second_of.evaluator_id for one in seconds)


def test_nobody_gets_her_own_contacts(floor: Floor, form: EvaluationForm) -> None:
    analyst = floor.users["analyst"]
    analyst.agent = floor.agents[3]
    analyst.save()
    made = draw_of(floor, plan_of(floor, form, evaluators=[analyst], twice=0))
    own = made.drawn.filter(agent=floor.agents[3])
    assert own and {one.evaluator for one in own} == {None}


def test_what_is_looked_for_is_beside_the_sample_and_has_no_chance(floor: Floor, form: EvaluationForm) -> None:
    plain = draw_of(floor, plan_of(floor, form, twice=0))
    made = draw_of(floor, plan_of(floor, form, "With long ones", twice=0, targeted=2, causes=["long"]))
    targeted = made.drawn.filter(picked=Picked.TARGETED)
    assert targeted and {(one.cause, one.probability) for one in targeted} == {("long", None)}
    assert max(targeted.filter(agent=agent).count() for agent in floor.agents) <= 2
    random = {bytes(one.segment_key) for one in made.drawn.filter(picked=Picked.RANDOM)}
    assert not random & {bytes(one.segment_key) for one in targeted}
    assert len(random) == plain.drawn.count()
    assert prove_draw(made).is_whole


def test_its_evaluator_begins_it_and_its_chance_goes_along(floor: Floor, plan: SamplingPlan) -> None:
    made = draw_of(floor, plan)
    mine = Drawn.objects.waiting_for(floor.users["analyst"]).filter(second_of=None).first()
    with pytest.raises(Refused, match="not waiting for you"):
        begin_drawn(mine, by=floor.users["team_analyst"], at=NOW)
    begun = begin_drawn(mine, by=floor.users["analyst"], at=NOW)
    assert (begun.picked, begun.purpose, begun.inclusion_probability) == (
        *(Picked.RANDOM, Purpose.OFFICIAL),
        mine.probability,
    )
    assert bytes(begun.segment_key) == bytes(mine.segment_key) and begun.version == made.plan.form.published
    assert begin_drawn(mine, by=floor.users["analyst"], at=NOW) == begun
    with pytest.raises(Refused, match="not waiting any more"):
        set_aside(mine, "It was empty", by=floor.users["analyst"], at=NOW)


def test_the_second_evaluator_sees_nothing_of_the_first(floor: Floor, form: EvaluationForm) -> None:
    draw_of(floor, plan_of(floor, form, twice=1.0))
    second = Drawn.objects.exclude(second_of=None).filter(evaluator=floor.users["team_analyst"]).first()
    first = begin_drawn(second.second_of, by=second.second_of.evaluator, at=NOW)
    first = submitted(floor, first, sent())
    blind = begin_drawn(second, by=floor.users["team_analyst"], at=NOW)
    assert blind.purpose == Purpose.CALIBRATION and blind.pk != first.pk
    submitted(floor, blind, sent(q1="yes"))
    seen = Evaluation.objects.visible_to(floor.users["team_analyst"], NOW.date())
    assert blind in seen and first not in seen
    # Nor the first of the second; whoever else reads evaluations sees the first.
    assert blind not in Evaluation.objects.visible_to(first.evaluator, NOW.date())
    assert first in Evaluation.objects.visible_to(floor.users["leader"], NOW.date())


def test_what_is_set_aside_says_why_and_stays(floor: Floor, plan: SamplingPlan) -> None:
    draw_of(floor, plan)
    mine = Drawn.objects.waiting_for(floor.users["analyst"]).first()
    with pytest.raises(Refused, match="say why"):
        set_aside(mine, "  ", by=floor.users["analyst"], at=NOW)
    with pytest.raises(Refused, match="not waiting for you"):
        set_aside(mine, "Silent", by=floor.users["team_analyst"], at=NOW)
    set_aside(mine, "There is no sound", by=floor.users["analyst"], at=NOW)
    assert mine not in Drawn.objects.waiting_for(floor.users["analyst"])
    mine.refresh_from_db()
    assert mine.set_aside_why == "There is no sound"
    assert "sound" not in str(AuditEntry.objects.get(verb="set_aside_drawn").detail)
    with pytest.raises(Refused, match="not waiting for you"):
        begin_drawn(mine, by=floor.users["analyst"], at=NOW)


def test_drawn_contacts_follow_the_name_and_the_proof_holds(floor: Floor, plan: SamplingPlan) -> None:
    made = draw_of(floor, plan)
    merge_agents(floor.agents[0], floor.agents[1], by="boss", at=NOW)
    assert not made.drawn.filter(agent=floor.agents[1]).exists()
    assert prove_draw(made).is_whole


def test_a_plan_asks_for_one_in_four_outside_and_for_evaluators(floor: Floor, form: EvaluationForm) -> None:
    with pytest.raises(Refused, match="own teams"):
        plan_of(floor, form, outside=0.2)
    with pytest.raises(Refused, match="nobody would evaluate"):
        plan_of(floor, form, evaluators=[])
    with pytest.raises(Refused, match="does not let her evaluate"):
        plan_of(floor, form, evaluators=[floor.users["leader"]])


def test_weeks_and_months_are_the_last_that_were_over() -> None:
    day = date(2026, 3, 4)
    assert [str(one) for one in Every.WEEK.ended_before(day)] == ["2026-02-23", "2026-03-01"]
    assert [str(one) for one in Every.MONTH.ended_before(day)] == ["2026-02-01", "2026-02-28"]
    monday = date(2026, 3, 2)
    assert [str(one) for one in Every.WEEK.ended_before(monday)] == ["2026-02-23", "2026-03-01"]


def test_a_plan_is_made_drawn_proved_and_worked_off_on_pages(floor: Floor, form: EvaluationForm) -> None:
    client = floor.client("analyst")
    analyst = floor.users["analyst"]
    given = {"name": "Weekly", "form": form.pk, "quota": 2, "every": "week", "outside": 25, "twice": 10, "targeted": 0}
    answer = client.post("/sampling/", given | {"outside": 10})
    page = answer.content.decode()
    assert answer.status_code == 422 and "greater than or equal to 25" in page and "This field is required" in page
    answer = client.post("/sampling/", given | {"evaluators": [analyst.pk]})
    plan = SamplingPlan.objects.get()
    assert answer["Location"] == f"/sampling/{plan.pk}/"
    # Sent twice, or named like another: told beside what was typed, of which nothing is lost.
    for address, typed, said in (
        ("/sampling/", given | {"evaluators": [analyst.pk]}, "there is a plan of this name already"),
        ("/forms/", {"name": form.name, "respond_days": 9}, "there is a form of this name already"),
    ):
        again = client.post(address, typed)
        assert again.status_code == 422 and said in again.content.decode()
        assert f'value="{typed["name"]}"' in again.content.decode()
    assert SamplingPlan.objects.count() == EvaluationForm.objects.count() == 1
    page = client.get(answer["Location"]).content.decode()
    assert "2 evaluations place an agent within about 15 points to either side." in page
    assert "Comparing agents takes about 16 evaluations of each." in page and "8 weeks" in page
    # Today's last week is not in the facts: drawn is the one that they end with.
    assert "do not reach the end" in client.post(f"/sampling/{plan.pk}/draw/", follow=True).content.decode()
    SamplingPlan.objects.update(from_day=LONG_AGO)
    made = tasks.draw_due(drawn_at())
    assert [one.drawn_by for one in made] == ["floorwalker"] and tasks.draw_due(drawn_at()) == []
    page = client.get(f"/sampling/draws/{made[0].pk}/").content.decode()
    assert f"the same {made[0].drawn.count()} come out" in page and made[0].seed in page
    page = client.get("/evaluations/queue/").content.decode()
    first = Drawn.objects.waiting_for(analyst).first()
    assert f"Drawn for you: {made[0].drawn.count()} contacts" in page and "no recording is known" in page
    assert f'action="/evaluations/drawn/{first.pk}/begin/"' in page and 'data-key="begin_drawn"' in page
    answer = client.post(f"/evaluations/drawn/{first.pk}/begin/")
    assert answer["Location"] == f"/evaluations/{Evaluation.objects.get().pk}/mark/"
    second = Drawn.objects.waiting_for(analyst).first()
    client.post(f"/evaluations/drawn/{second.pk}/aside/", {"why": "There is no sound"})
    page = client.get(f"/sampling/draws/{made[0].pk}/").content.decode()
    assert "There is no sound" in page


def test_a_changed_plan_draws_from_the_next_week_on_and_what_was_drawn_stays_provable(
    floor: Floor, form: EvaluationForm
) -> None:
    plan = plan_of(floor, form)
    drawn = draw_of(floor, plan)
    client = floor.client("analyst")
    page = client.get(f"/sampling/{plan.pk}/change/").content.decode()
    assert 'name="name"' not in page and f'value="{QUOTA}"' in page
    # It tells from when on it would hold by the rhythm that is chosen, and by the other one.
    days = [begins_on(plan, every, timezone.localdate()) for every in (Every.WEEK, Every.MONTH)]
    assert f"It holds from {date_format(days[0], 'j M Y')} on" in page
    monthly = client.post(f"/sampling/{plan.pk}/change/", {"every": "month"}).content.decode()
    assert f"It holds from {date_format(days[1], 'j M Y')} on" in monthly
    given = {"form": form.pk, "quota": 5, "every": "week", "outside": 30, "twice": 0, "targeted": 0}
    evaluators = {"evaluators": [floor.users["analyst"].pk]}
    assert client.post(f"/sampling/{plan.pk}/change/", given | {"evaluators": []}).status_code == 422
    made = change_plan(
        plan,
        Asked("Another name", form, 5, evaluators=[floor.users["analyst"]]),
        by=floor.users["analyst"],
        at=drawn_at(),
    )
    plan.refresh_from_db()
    # From the Monday after; the week under way is still drawn by the version so far, on that Monday too.
    monday = drawn_at().date() + timedelta(days=7)
    assert (made.name, made.from_day, plan.to_day) == (plan.name, monday, monday)
    assert (plan.quota, made.quota) == (QUOTA, 5) and made.versions == plan.versions == [made, plan]
    assert prove_draw(drawn).is_whole
    with pytest.raises(Refused, match="begins later"):
        draw_plan(made, by=None, at=drawn_at() + timedelta(days=7))
    # By the month from now on: from the last Monday before the first of a month, until which weeks are drawn.
    monthly = Asked("x", form, 4, every=Every.MONTH, evaluators=[floor.users["analyst"]])
    made = change_plan(made, monthly, by=floor.users["analyst"], at=drawn_at())
    plan.refresh_from_db()
    assert (made.from_day.weekday(), plan.to_day) == (0, made.from_day) and made.from_day >= monday
    assert (made.from_day + timedelta(days=6)).day <= 7
    # Not begun yet, it gives way to what is said instead of it; what has been followed is not changed.
    instead = Asked("x", form, 4, evaluators=[floor.users["analyst"]])
    later = change_plan(made, instead, by=floor.users["analyst"], at=drawn_at())
    assert (later.follows, later.quota, later.from_day) == (plan, 4, monday)
    assert not SamplingPlan.objects.filter(pk=made.pk).exists()
    assert client.post(f"/sampling/{later.pk}/change/", given | evaluators).status_code == 302
    assert SamplingPlan.objects.get(follows=later).outside == 0.3
    with pytest.raises(Refused, match="has ended"):
        change_plan(plan, Asked("x", form, 1), by=floor.users["analyst"], at=drawn_at())
    assert client.get(f"/sampling/{plan.pk}/change/").status_code == 302
    assert "Versions" in client.get(f"/sampling/{plan.pk}/").content.decode()
