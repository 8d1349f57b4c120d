"""Is an appeal for which nobody is left told to whoever can find somebody, and to whoever appealed?"""

from __future__ import annotations

from django.utils import timezone

from floorwalker.apps.evaluations import answering_back, appealing
from floorwalker.apps.evaluations.answering import read_given
from floorwalker.apps.evaluations.evaluating import note_opening
from floorwalker.apps.evaluations.handing_in import submit_marking
from floorwalker.apps.evaluations.left_behind import give_back_appeals
from floorwalker.apps.evaluations.models import EvaluationForm
from floorwalker.apps.evaluations.reminders import due
from floorwalker.apps.evaluations.unclaimed import unclaimable
from floorwalker.apps.notices.models import About
from floorwalker.apps.people.models import User
from tests.apps.conftest import Floor
from tests.apps.evaluations.made import released, sent


def told(about: About) -> set[str]:
    """Who is to be reminded of something."""
    to = [one.user for one in due(timezone.now()) if one.about == about]
    return {*User.objects.filter(pk__in=to).values_list("username", flat=True)}


def test_an_appeal_that_nobody_can_take_is_told(floor: Floor, form: EvaluationForm) -> None:
    found, now = released(floor, form, sent()), timezone.now()
    note_opening(found, by=floor.users["team_analyst"], at=now)
    agent, address = floor.client("agent"), f"/evaluations/{found.pk}/"
    answering_back.show_marks(found, by=floor.users["agent"], at=now)
    page = agent.post(f"{address}answer/", {"do": "appeal", "reason": "I did greet."}, follow=True).content.decode()
    # The analyst made the marks, her colleague has read them: nobody is promised.
    assert "Your appeal is kept. Nobody can take it yet" in page and "Another evaluator marks this contact" not in page
    assert "can find somebody else" in page
    assert told(About.TAKE_APPEAL) == set() and told(About.FIND_FOR_APPEAL) == {"analyst", "boss"}
    page = floor.client("boss").get("/evaluations/appeals/").content.decode()
    assert "Appeals that nobody can take" in page and f'href="{address}"' in page
    # Somebody is found: her colleague is said not to have read them, and it waits as any other does.
    found.openings.filter(user=floor.users["team_analyst"]).delete()
    assert unclaimable(now) == [] and told(About.FIND_FOR_APPEAL) == set()
    assert told(About.TAKE_APPEAL) == {"team_analyst"}
    assert "can find somebody else" not in agent.get(address).content.decode()
    assert "Appeals that nobody can take" not in floor.client("boss").get("/evaluations/appeals/").content.decode()


def test_an_appeal_that_is_taken_or_decided_waits_for_nobody(floor: Floor, form: EvaluationForm) -> None:
    found, now = released(floor, form, sent()), timezone.now()
    answering_back.show_marks(found, by=floor.users["agent"], at=now)
    appeal = appealing.raise_appeal(found, "x", (), by=floor.users["agent"], at=now)
    assert unclaimable(now) == []
    User.objects.filter(username="team_analyst").update(is_active=False)
    assert unclaimable(now) == [appeal]
    User.objects.filter(username="team_analyst").update(is_active=True)
    appealing.take_appeal(appeal, by=floor.users["team_analyst"], at=now)
    note_opening(found, by=floor.users["team_analyst"], at=now)
    assert unclaimable(now) == []


def test_who_marked_blind_and_comes_back_can_take_it(floor: Floor, form: EvaluationForm) -> None:
    found, now = released(floor, form, sent()), timezone.now()
    answering_back.show_marks(found, by=floor.users["agent"], at=now)
    appeal = appealing.raise_appeal(found, "x", (), by=floor.users["agent"], at=now)
    blind = appealing.take_appeal(appeal, by=floor.users["team_analyst"], at=now)
    submit_marking(blind, read_given(found.version.asks, sent()), by=floor.users["team_analyst"], at=now)
    User.objects.filter(username="team_analyst").update(is_active=False)
    assert give_back_appeals(at=now) == [appeal]
    assert unclaimable(now) == [appeal], "away"
    User.objects.filter(username="team_analyst").update(is_active=True)
    # She knows her own marks of it and not those that are appealed against.
    assert appealing.may_take(found, User.objects.get(username="team_analyst"), now) and unclaimable(now) == []
