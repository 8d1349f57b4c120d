"""Can nobody be told from a pulse: not from what is shown, nor from what is kept, nor from the order or the time of anything?"""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest
from django.core import serializers
from django.db import connection, models
from django.test.utils import CaptureQueriesContext

from floorwalker.apps.huddles.models import Pulse, PulseAnswer, PulseQuestion, PulseTurn
from floorwalker.apps.huddles.pulsing import USUAL, answer_pulse, open_pulse, told_of
from floorwalker.apps.people import actions
from floorwalker.apps.people.models import AuditEntry, Team, User
from floorwalker.errors import Refused
from tests.apps.conftest import Floor

# As pages reckon it.
AT = datetime.now(UTC)
TODAY = AT.date()
A_WEEK = timedelta(days=7)
READERS = ("agent", "mate", "leader", "branch_leader", "boss")


def a_round(floor: Floor) -> Pulse:
    words = [str(one) for one in USUAL]
    return open_pulse(floor.teams[0], words, closes_on=TODAY + A_WEEK, by=floor.users["leader"], at=AT)


def members(floor: Floor, count: int) -> list[User]:
    """The agent, the mate, and others of the first team who log in."""
    known = [floor.users["agent"], floor.users["mate"]]
    others = [agent for number, agent in enumerate(floor.agents) if number % 2 == 0 and number not in (0, 2, 4)]
    for number in range(count - len(known)):
        known.append(actions.add_user(f"member{number}", "agent", by="test", at=AT, agent=others[number]))
    return known[:count]


def answered(floor: Floor, rows: list[tuple[int, int, int]]) -> Pulse:
    pulse = a_round(floor)
    for user, values in zip(members(floor, len(rows)), rows, strict=True):
        answer_pulse(pulse, dict(enumerate(values)), by=user, at=AT)
    return pulse


def over(pulse: Pulse) -> None:
    Pulse.objects.filter(pk=pulse.pk).update(opened_on=TODAY - A_WEEK, closes_on=TODAY)


def pages(floor: Floor, pulse: Pulse) -> dict[str, bytes]:
    """What every reader is answered, without what is drawn anew for each form."""
    found = {}
    for name in READERS:
        text = floor.client(name).get(f"/teams/{pulse.team_id}/climate/").content.decode()
        found[name] = "\n".join(line for line in text.splitlines() if "csrfmiddlewaretoken" not in line).encode()
    return found


def kept() -> dict[str, list[tuple[object, ...]]]:
    """Every row of the pulse, in the order in which the database gives them."""
    every: list[type[models.Model]] = [Pulse, PulseQuestion, PulseTurn, PulseAnswer]
    with connection.cursor() as cursor:
        found = {}
        for model in every:
            cursor.execute(f"select * from {model._meta.db_table}")
            found[model._meta.db_table] = cursor.fetchall()
    return found


@pytest.mark.parametrize("closed", [False, True])
def test_below_five_two_worlds_with_one_answer_changed_look_alike(floor: Floor, closed: bool) -> None:
    """And so does a world in which nobody answered, to whoever cannot have answered herself."""
    pulse = answered(floor, [(5, 4, 3), (4, 4, 4), (1, 1, 1), (2, 3, 4)])
    if closed:
        over(pulse)
    one = pages(floor, pulse)
    raised = PulseAnswer.objects.filter(question__pulse=pulse, question__place=0)
    raised.filter(value=1).update(count=0)
    raised.filter(value=5).update(count=2)
    assert pages(floor, pulse) == one
    PulseAnswer.objects.update(count=0)
    empty = pages(floor, pulse)
    assert {name: empty[name] for name in READERS} == one
    assert told_of(Pulse.objects.get(pk=pulse.pk), TODAY) is None


def test_from_five_up_the_counts_are_told_once_it_is_over_and_to_all_alike(floor: Floor) -> None:
    pulse = answered(floor, [(5, 4, 3), (4, 4, 4), (1, 1, 1), (2, 3, 4), (5, 5, 5)])
    assert told_of(pulse, TODAY) is None and b'<th scope="col">5' not in pages(floor, pulse)["leader"]
    over(pulse)
    told = told_of(Pulse.objects.get(pk=pulse.pk), TODAY)
    assert told is not None
    assert [one.counts for one in told] == [
        ((1, 1), (2, 1), (3, 0), (4, 1), (5, 2)),
        ((1, 1), (2, 0), (3, 1), (4, 2), (5, 1)),
        ((1, 1), (2, 0), (3, 1), (4, 2), (5, 1)),
    ]
    tables = {page.split(b"<tbody>")[1].split(b"</tbody>")[0] for page in pages(floor, pulse).values()}
    assert len(tables) == 1


def test_nothing_that_is_kept_joins_a_turn_and_an_answer(floor: Floor) -> None:
    """The same people in another order with each other's answers leave the very same rows of answers, in the same order."""
    fields = {field.name for field in PulseTurn._meta.get_fields()}
    assert fields == {"id", "pulse", "user"}, "a turn has no instant, and no way to an answer"
    assert {field.name for field in PulseAnswer._meta.get_fields()} == {"id", "question", "value", "count"}
    rows = [(5, 4, 3), (4, 4, 4), (1, 1, 1), (2, 3, 4)]
    pulse = answered(floor, rows)
    before = kept()
    PulseTurn.objects.all().delete()
    PulseAnswer.objects.update(count=0)
    for user, values in zip(members_again(floor), rows[::-1], strict=True):
        answer_pulse(pulse, dict(enumerate(values)), by=user, at=AT)
    after = kept()
    assert after["huddles_pulseanswer"] == before["huddles_pulseanswer"]
    assert [row[1:] for row in after["huddles_pulseturn"]] == [row[1:] for row in before["huddles_pulseturn"]]


def members_again(floor: Floor) -> list[User]:
    made = list(User.objects.filter(username__startswith="member").order_by("pk"))
    return [floor.users["agent"], floor.users["mate"], *made]


def test_the_database_is_asked_alike_whatever_is_answered(floor: Floor) -> None:
    """All fifteen counts are there before anybody answers, and every answer writes all of them in one statement."""
    pulse, users = a_round(floor), members(floor, 2)
    assert PulseAnswer.objects.filter(question__pulse=pulse, count=0).count() == 15
    asked = []
    for user, values in zip(users, ((1, 1, 1), (5, 3, 2)), strict=True):
        with CaptureQueriesContext(connection) as found:
            answer_pulse(pulse, dict(enumerate(values)), by=user, at=AT)
        asked.append([one["sql"].split(" WHERE ")[0].split(" CASE ")[0] for one in found if "pulse" in one["sql"]])
    assert len(asked[0]) == len(asked[1])
    writes = [[sql for sql in some if sql.startswith(("UPDATE", "INSERT"))] for some in asked]
    assert [[sql.split()[0] for sql in some] for some in writes] == [["INSERT", "UPDATE"]] * 2


def test_the_trail_and_the_turn_tell_nothing_of_the_answer(floor: Floor) -> None:
    pulse = answered(floor, [(5, 1, 2)])
    assert [entry.verb for entry in AuditEntry.objects.filter(subject=f"pulse:{pulse.pk}")] == ["open_pulse"]
    assert not AuditEntry.objects.filter(by="agent", verb__contains="pulse").exists()
    assert set(serializers.serialize("python", PulseTurn.objects.all())[0]["fields"]) == {"pulse", "user"}


def test_who_is_asked_answers_once_all_three_while_it_is_open(floor: Floor) -> None:
    pulse, agent = a_round(floor), floor.users["agent"]
    whole = {0: 3, 1: 3, 2: 3}
    for name in ("leader", "boss", "other_leader", "analyst", "nobody"):
        with pytest.raises(Refused, match="not for you"):
            answer_pulse(pulse, whole, by=floor.users[name], at=AT)
    for values in ({0: 3, 1: 3}, {0: 3, 1: 3, 2: 6}, {0: 3, 1: 3, 2: 3, 3: 3}):
        with pytest.raises(Refused, match="from 1 to 5"):
            answer_pulse(pulse, values, by=agent, at=AT)
    answer_pulse(pulse, whole, by=agent, at=AT)
    with pytest.raises(Refused, match="answered already"):
        answer_pulse(pulse, whole, by=agent, at=AT)
    with pytest.raises(Refused, match="not for you, or is over"):
        answer_pulse(pulse, whole, by=floor.users["mate"], at=AT + A_WEEK)
    with pytest.raises(Refused, match="open in this team already"):
        a_round(floor)


def test_the_pages_ask_and_thank(floor: Floor) -> None:
    leader, agent, team = floor.client("leader"), floor.client("agent"), floor.teams[0]
    asked = {"first": "One?", "second": "Two?", "third": "Three?", "closes_on": (TODAY + A_WEEK).isoformat()}
    assert leader.post(f"/teams/{team.pk}/climate/", asked | {"closes_on": "2020-01-01"}).status_code == 422
    leader.post(f"/teams/{team.pk}/climate/", asked)
    pulse = Pulse.objects.get()
    assert leader.get(f"/climate/{pulse.pk}/").status_code == 404
    assert "Answer three questions" in agent.get("/").content.decode()
    assert agent.post(f"/climate/{pulse.pk}/", {"q0": "1", "q1": "2"}).status_code == 422
    page = agent.post(f"/climate/{pulse.pk}/", {"q0": "1", "q1": "2", "q2": "3"}, follow=True).content.decode()
    assert "your name is nowhere beside it" in page
    assert "Answer three questions" not in agent.get("/").content.decode()
    assert "answered already" in agent.get(f"/climate/{pulse.pk}/").content.decode()


def test_a_whole_and_its_part_are_not_asked_at_once(floor: Floor) -> None:
    words, boss = [str(one) for one in USUAL], floor.users["boss"]
    given = {"closes_on": TODAY + A_WEEK, "by": boss, "at": AT}
    part = a_round(floor)
    assert Team.objects.get(pk=floor.teams[0].pk).parent == floor.branch
    with pytest.raises(Refused, match="is a part of this one"):
        open_pulse(floor.branch, words, **given)
    Pulse.objects.filter(pk=part.pk).update(opened_on=TODAY - A_WEEK, closes_on=TODAY)
    open_pulse(floor.branch, words, **given)
    with pytest.raises(Refused, match="of which this is a part"):
        open_pulse(floor.teams[0], words, **given)


def test_whoever_answers_twice_is_told_that_she_has_answered(floor: Floor) -> None:
    members(floor, 6)
    pulse, agent = a_round(floor), floor.client("agent")
    values = {"q0": "1", "q1": "2", "q2": "3"}
    assert "your name is nowhere" in agent.post(f"/climate/{pulse.pk}/", values, follow=True).content.decode()
    again = agent.post(f"/climate/{pulse.pk}/", values | {"q0": "5"}, follow=True)
    assert again.status_code == 200 and "You have answered already." in again.content.decode()
    assert PulseAnswer.objects.filter(count__gt=0).count() == 3
