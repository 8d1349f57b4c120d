"""Does what was drawn for somebody who has left go to others of the plan, and does the draw stay what it was?"""

from __future__ import annotations

from datetime import date

import pytest

from floorwalker.apps.evaluations import passing_on
from floorwalker.apps.evaluations.drawing import begin_drawn
from floorwalker.apps.evaluations.evaluating import note_opening
from floorwalker.apps.evaluations.models import Drawn, EvaluationForm
from floorwalker.apps.evaluations.passing_on import left_in
from floorwalker.apps.evaluations.populations import reached
from floorwalker.apps.evaluations.proving import prove_draw
from floorwalker.apps.evaluations.tasks import give_back
from floorwalker.apps.people import acting
from floorwalker.apps.people.models import AuditEntry, User
from tests.apps.conftest import Floor
from tests.apps.evaluations.drawn import draw_of, drawn_at, plan_of
from tests.apps.evaluations.made import NOW, leaves, second_analyst, sent, submitted


def test_what_was_drawn_for_somebody_who_left_goes_to_others(floor: Floor, form: EvaluationForm) -> None:
    leaver, analyst = second_analyst(floor), floor.users["analyst"]
    made, at = draw_of(floor, plan_of(floor, form, twice=0, evaluators=[analyst, leaver])), drawn_at()
    hers = set(Drawn.objects.waiting_for(leaver).values_list("pk", flat=True))
    begun = begin_drawn(Drawn.objects.get(pk=min(hers)), by=leaver, at=NOW)
    give_back(at)
    assert hers - {begun.drawn.pk} and not Drawn.objects.exclude(by_lot=None).exists(), "she is there"
    leaves(leaver, at)
    page = floor.client("analyst").get(f"/sampling/draws/{made.pk}/").content.decode()
    assert "of this plan within minutes" in page and "nobody else of this plan may" not in page, "not looked at yet"
    give_back(at)
    passed = Drawn.objects.exclude(by_lot=None)
    assert {one.pk for one in passed} == hers - {begun.drawn.pk}
    told = {(one.by_lot, one.evaluator, one.passed_on_at) for one in passed}
    assert told == {(leaver, analyst, at)}
    # It is in the trail and on the draw's page, and the draw still proves itself.
    entries = AuditEntry.objects.filter(verb="pass_on_drawn")
    assert {(one.detail["was"], one.detail["now"]) for one in entries} == {("second_analyst", "analyst")}
    assert entries.count() == passed.count() and prove_draw(made).is_whole and left_in(made, at.date()) == []
    page = floor.client("analyst").get(f"/sampling/draws/{made.pk}/").content.decode()
    assert page.count("second_analyst by lot, analyst since") == passed.count()
    give_back(at)
    assert entries.count() == passed.count(), "once is enough"


def test_no_other_action_waits_where_nobody_has_left_or_nobody_can_have_it(
    floor: Floor, form: EvaluationForm, monkeypatch: pytest.MonkeyPatch
) -> None:
    asked: list[User] = []
    turns: list[int] = []

    def counted(user: User, on: date) -> frozenset[int]:
        asked.append(user)
        return reached(user, on)

    leaver, analyst = second_analyst(floor), floor.users["analyst"]
    for name in ("Every week", "And again"):
        draw_of(floor, plan_of(floor, form, name, twice=0, evaluators=[analyst, leaver]))
    monkeypatch.setattr(passing_on, "reached", counted)
    monkeypatch.setattr(acting, "take_turn", lambda: turns.append(1))
    assert passing_on.pass_on_drawn(at=drawn_at()) == [] and turns == []
    assert sorted(user.username for user in asked) == ["analyst", "second_analyst"], "each once, of both draws"
    leaves(leaver)
    leaves(analyst)
    assert passing_on.pass_on_drawn(at=drawn_at()) == [] and turns == [], "nobody is there who could have it"
    User.objects.filter(pk=analyst.pk).update(is_active=True)
    passed = passing_on.pass_on_drawn(at=drawn_at())
    assert len(turns) == len({one.draw_id for one in passed}) == 2


def test_nobody_is_given_both_of_two_nor_what_was_read(floor: Floor, form: EvaluationForm) -> None:
    made, at = draw_of(floor, plan_of(floor, form, twice=1.0)), drawn_at()
    second = made.drawn.exclude(second_of=None).filter(evaluator=floor.users["team_analyst"]).first()
    assert second is not None and second.second_of is not None
    leaves(floor.users["team_analyst"])
    give_back(at)
    # The only other one has the first: it waits on, and the page says so.
    second.refresh_from_db()
    assert second.evaluator == floor.users["team_analyst"] and second in left_in(made, at.date())
    page = floor.client("analyst").get(f"/sampling/draws/{made.pk}/").content.decode()
    assert "nobody else of this plan may" in page and "of this plan within minutes" not in page
    # A third joins the plan; not where she has read the marks of the first.
    third = second_analyst(floor)
    made.plan.evaluators.create(user=third)
    first = submitted(floor, begin_drawn(second.second_of, by=floor.users["analyst"], at=NOW), sent())
    note_opening(first, by=third, at=NOW)
    give_back(at)
    assert [one.pk for one in left_in(made, at.date())] == [second.pk]
    assert not Drawn.objects.filter(evaluator=third, second_of__evaluator=third).exists()
    assert Drawn.objects.waiting_for(third).exists()
