"""Who had another action on the same measure in the same weeks: held against nobody, and told beside whoever was treated twice?"""

from __future__ import annotations

from datetime import date, timedelta

from floorwalker.apps.coaching.asking import people_asked, planned_weeks, review
from floorwalker.apps.coaching.committing import Places
from floorwalker.apps.coaching.meanwhile import joint_with, key_of, meanwhile, moving
from floorwalker.apps.coaching.models import ActionKind, Intervention, Lot
from floorwalker.apps.coaching.seeing import find_person, is_oneself
from floorwalker.apps.people.models import Agent, Identity, Queue, Team
from floorwalker.insight.planned import review_day
from floorwalker.insight.reviewed import Verdict
from tests.apps.conftest import NOW, Floor

HANDLE, SETTLED, SCORE = "average_handle_time", "first_contact_resolution", "csat_top_box"
BEGINS = date(2026, 6, 1)
UNTIL = review_day(BEGINS, 12)


def act(floor: Floor, measure: str, *whom: Agent | Team, begins: date = BEGINS, **more: object) -> Intervention:
    """An action on a measure, with people or teams."""
    made = Intervention.objects.create(
        **{"kind": ActionKind.COACHING, "measure": measure, "begins_on": begins} | more,
        decided_at=NOW,
        decided_by=floor.users["boss"],
    )
    for one in whom:
        if isinstance(one, Agent):
            made.treated.create(agent=one, from_day=begins)
        else:
            made.rolled_out.create(team=one, from_day=begins)
    return made


def keys(*whom: Agent | Team) -> set[bytes]:
    return {bytes(one.key) for one in whom}


def test_an_action_on_something_else_excludes_nobody(floor: Floor) -> None:
    first, second, third, fourth = floor.agents[:4]
    own = act(floor, HANDLE, first)
    act(floor, SCORE, second)
    act(floor, HANDLE, third)
    act(floor, SETTLED, fourth)  # what handle time is paid for with
    asked = people_asked(own, UNTIL)
    assert asked.others == keys(third, fourth) and asked.joint == ()
    assert moving(HANDLE, ["transfer_rate"]) == {HANDLE, SETTLED, "transfer_rate"}


def test_what_is_over_long_before_or_was_called_off_excludes_nobody(floor: Floor) -> None:
    act(floor, HANDLE, floor.agents[1], begins=BEGINS - timedelta(weeks=13))
    act(floor, HANDLE, floor.agents[2], begins=UNTIL)
    act(floor, HANDLE, floor.agents[3], cancelled_at=NOW)
    found = meanwhile({HANDLE}, BEGINS)
    assert (found.people, found.teams) == (frozenset(), frozenset())


def test_a_team_in_which_it_is_rolled_out_is_held_against_nobody_and_people_with_their_own_are_left_out(
    floor: Floor,
) -> None:
    person, team = act(floor, HANDLE, floor.agents[1]), act(floor, HANDLE, floor.branch)
    asked = people_asked(person, UNTIL)
    below = Team.objects.filter(pk=floor.branch.pk).with_descendants()
    assert asked.other_teams == keys(*below) and len(below) > 1
    found = meanwhile(moving(HANDLE), BEGINS, (team.pk,))
    assert found.people == keys(floor.agents[1]) and not found.teams


def test_two_actions_with_one_person_are_told_of_each_other(floor: Floor) -> None:
    one = floor.agents[0]
    coaching = act(floor, HANDLE, one, floor.agents[1])
    training = act(floor, HANDLE, one, begins=BEGINS + timedelta(weeks=2), kind=ActionKind.TRAINING)
    act(floor, SETTLED, one)
    late = act(floor, HANDLE, one, begins=BEGINS + timedelta(weeks=9))
    (found,) = joint_with(coaching, review_day(BEGINS, 8))
    assert (found.number, found.kind, found.begins, found.shared) == (training.pk, "training", training.begins_on, 1)
    assert [other.number for other in joint_with(coaching, UNTIL)] == [training.pk, late.pk]
    assert coaching.pk in {other.number for other in joint_with(training, UNTIL)}


def test_a_roll_out_in_somebodys_team_is_told_beside_her_own(floor: Floor) -> None:
    person, team = act(floor, HANDLE, floor.agents[0]), act(floor, HANDLE, floor.branch)
    both = joint_with(person, UNTIL)
    assert [(one.number, one.shared) for one in both] == [(team.pk, 1)]
    again = act(floor, HANDLE, floor.teams[0], begins=BEGINS + timedelta(weeks=1))
    assert {one.number for one in joint_with(team, UNTIL)} == {again.pk}


def test_who_was_found_to_be_somebody_else_is_that_person(floor: Floor) -> None:
    was, person = floor.agents[1], floor.agents[2]
    own = act(floor, HANDLE, was)
    other = act(floor, HANDLE, person, begins=BEGINS + timedelta(weeks=1))
    Agent.objects.filter(pk=was.pk).update(merged_into=person)
    own = Intervention.objects.get(pk=own.pk)
    asked = people_asked(own, UNTIL)
    assert set(asked.treated) == keys(person) and asked.others == frozenset()
    assert [one.number for one in asked.joint] == [other.pk]
    bystander = act(floor, HANDLE, floor.agents[3])
    assert people_asked(bystander, UNTIL).others == keys(person)


def test_a_lot_whose_others_wait_shortly_has_one_review(floor: Floor) -> None:
    lot = Lot.objects.create(
        measure=HANDLE, seed="1", drawn_by=floor.users["boss"], drawn_at=NOW, waits_until=BEGINS + timedelta(weeks=9)
    )
    assert planned_weeks(act(floor, HANDLE, floor.agents[0], lot=lot)) == (8,)
    assert planned_weeks(act(floor, HANDLE, floor.agents[0])) == (4, 8, 12)


def test_of_a_queue_without_others_it_is_said_that_nobody_can_tell(floor: Floor) -> None:
    """Service level belongs to nobody; of a queue it is read all the same."""
    facts = floor.lake.snapshot()
    known, queue = facts.days("contact"), Queue.objects.order_by("pk").first()
    assert known is not None
    made = act(floor, "service_level", begins=known[1] - timedelta(weeks=5), queue=queue)
    found = review(facts, made, known[1])
    assert found is not None and found.verdict is Verdict.CANNOT_TELL
    assert found.reason == "too_few_before", "two weeks of facts say nothing of the time before"


def test_what_is_ones_own_stays_so_when_one_was_found_to_be_somebody_else(floor: Floor) -> None:
    was, person, user = floor.agents[4], floor.agents[0], floor.users["agent"]
    Agent.objects.filter(pk=was.pk).update(merged_into=person)
    was.refresh_from_db()
    assert is_oneself(user, was) and is_oneself(user, person) and not is_oneself(user, floor.agents[2])
    assert find_person(user, was.pk, BEGINS) == person and key_of(was) == bytes(person.key)
    Identity.objects.filter(agent=was).update(agent=person)
    assert Places().identities[was.pk] == Places().identities[person.pk]
