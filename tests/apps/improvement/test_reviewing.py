"""Is a cycle looked at on its days alone, is nothing closed that nobody looked at, and can every decision be opened again?"""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import Any

import pytest

from floorwalker.apps.coaching.models import Look
from floorwalker.apps.improvement.deciding import Decided, decide_cycle
from floorwalker.apps.improvement.doing import note_doing
from floorwalker.apps.improvement.models import Cycle, Stage
from floorwalker.apps.improvement.reviewing import complete_reviews, hold_review
from floorwalker.apps.people.models import AuditEntry
from floorwalker.apps.standards.models import Change
from floorwalker.cli import effects
from floorwalker.errors import Refused
from floorwalker.insight.reviewed import Verdict
from tests.apps.conftest import NOW, Floor
from tests.apps.improvement.made import WEEK, looked_at, planned
from tests.apps.standards.made import published_standard


def test_between_looks_there_is_no_verdict(floor: Floor) -> None:
    cycle = planned(floor, floor.teams[0], weeks_ago=3)
    early = looked_at(cycle, verdict="improved")
    page = floor.client("leader").get(f"/improvement/{cycle.pk}/").content.decode()
    assert "It worked" not in page
    with pytest.raises(Refused, match="on its day, and not before"):
        hold_review(cycle.reviews.get(week=4), "It helps.", by=floor.users["boss"], at=NOW)
    with pytest.raises(Refused, match="before it was looked at"):
        decide_cycle(cycle, Decided("keep", "It helps."), by=floor.users["boss"], at=NOW)
    assert Look.objects.get() == early and not hasattr(Cycle.objects.get(), "decision")


def test_from_the_log_to_the_decision_and_the_next_cycle(floor: Floor) -> None:
    cycle, leader = planned(floor, floor.teams[0]), floor.client("leader")
    home = f"/improvement/{cycle.pk}/"
    note = {"on": NOW.date().isoformat(), "words": "The new price list came out", "is_confounder": "yes"}
    assert leader.post(f"{home}log/", note).status_code == 302
    looked_at(cycle, at=NOW - WEEK, verdict="cannot_tell")
    newest = looked_at(cycle)
    page = leader.get(f"{home}reviews/4/").content.decode()
    assert "That it worked is not proven." in page and "Would have come back by itself" in page
    assert "better by 5.1 points" in page and "The new price list" in page and "What else happened:" in page
    assert "effects of 4.7 points or more" in page
    assert leader.post(f"{home}reviews/4/", {"said": "They like it."})["Location"] == f"{home}decide/"
    assert Cycle.objects.get().reviews.get(week=4).look == newest
    later = looked_at(cycle, verdict="improved")
    shown = leader.get(home).content.decode()
    assert "That it worked is not proven." in shown and "It worked" not in shown and later.pk != newest.pk
    answer = leader.post(f"{home}decide/", {"verdict": "change", "because": "Half of it came back by itself."})
    assert answer["Location"] == f"/improvement/new/?before={cycle.pk}"
    listed = leader.get("/improvement/").content.decode()
    assert "The next cycle is to be opened." in listed and "That it worked is not proven." in listed
    given = {"title": "Fewer transfers, again", "owner": floor.users["leader"].pk, "cause_words": "Still the menu."}
    assert leader.post(answer["Location"], given).status_code == 302
    again = Cycle.objects.get(before=cycle)
    assert again.stage == Stage.PLAN and again.measure == cycle.measure
    told = leader.get(home).content.decode()
    assert "It goes on in:" in told and "Half of it came back by itself." in told
    assert AuditEntry.objects.filter(verb__in=("hold_review", "decide_cycle")).count() == 2


def test_a_decision_shows_what_it_was_based_on_whatever_is_worked_out_later(floor: Floor) -> None:
    cycle, boss = planned(floor, floor.agents[0]), floor.users["boss"]
    look = looked_at(cycle, verdict="trade_off")
    hold_review(cycle.reviews.get(week=4), "Faster, and worse.", by=boss, at=NOW)
    decide_cycle(cycle, Decided("stop", "It cost more than it gave."), by=boss, at=NOW)
    looked_at(cycle, 8, verdict="improved", at=NOW + timedelta(weeks=4))
    kept = Cycle.objects.get().decision
    assert kept.look == look and kept.found is not None and kept.found["look"]["naive_change"] == 0.084
    page = floor.client("agent").get(f"/improvement/{cycle.pk}/").content.decode()
    assert "A trade-off, not an improvement" in page and "It worked" not in page and "Decided: stop it." in page
    assert "Hold the review" not in page


def test_a_look_shows_whether_it_lasts_and_what_speaks_against_it(floor: Floor) -> None:
    cycle, leader = planned(floor, floor.teams[0], weeks_ago=9), floor.client("leader")
    other = {"number": 9, "kind": "training", "begins": "2026-10-01", "shared": 3}
    blocks = [[0.03, -0.01, 0.07], [0.012, -0.02, 0.05]]
    looked_at(cycle, 8, verdict="joint", joint=[other], by_block=blocks, is_conclusive=False)
    page = leader.get(f"/improvement/{cycle.pk}/reviews/8/").content.decode()
    assert "none of them claims it" in page and "training from 1 Oct 2026 (3 of 12)" in page
    assert "Something alike was seen before" in page and "Whether it lasts" in page
    assert "Weeks 2 to 4" in page and "Weeks 5 to 8" in page and "better by 1.2 points" in page


def test_a_look_that_comes_after_the_review_is_shown_and_changes_nothing(floor: Floor) -> None:
    cycle, boss = planned(floor, floor.teams[0]), floor.users["boss"]
    hold_review(cycle.reviews.get(week=4), "They like it.", by=boss, at=NOW)
    decide_cycle(cycle, Decided("keep", "It is liked."), by=boss, at=NOW)
    address = f"/improvement/{cycle.pk}/"
    before = floor.client("leader").get(address).content.decode()
    assert "It had not been looked at yet." in before
    assert complete_reviews(looked_at(cycle, verdict="trade_off", at=NOW + timedelta(hours=14))) == 1
    page = floor.client("leader").get(address).content.decode()
    assert "It was held before the figures were there." in page and "A trade-off" in page
    assert "On what was known then: It had not been looked at yet." in page
    assert Cycle.objects.get().decision.look is None


def test_a_review_is_held_once_and_a_decided_cycle_stays(floor: Floor) -> None:
    cycle, boss = planned(floor, floor.teams[0]), floor.users["boss"]
    review = cycle.reviews.get(week=4)
    with pytest.raises(Refused, match="nothing was said"):
        hold_review(review, " ", by=boss, at=NOW)
    hold_review(review, "Without figures yet.", by=boss, at=NOW)
    with pytest.raises(Refused, match="held already"):
        hold_review(review, "Again.", by=boss, at=NOW)
    for said, refused in ((Decided("keep", ""), "has a reason"), (Decided("forget", "x"), "no such decision")):
        with pytest.raises(Refused, match=refused):
            decide_cycle(cycle, said, by=boss, at=NOW)
    decide_cycle(cycle, Decided("keep", "It is liked."), by=boss, at=NOW)
    for act in (
        lambda: decide_cycle(cycle, Decided("stop", "x"), by=boss, at=NOW),
        lambda: note_doing(cycle, "x", on=NOW.date(), is_confounder=False, by=boss, at=NOW),
        lambda: hold_review(cycle.reviews.get(week=8), "x", by=boss, at=NOW + 9 * WEEK),
    ):
        with pytest.raises(Refused):
            act()


def test_whoever_only_reads_changes_nothing(floor: Floor) -> None:
    cycle, agent = planned(floor, floor.agents[0]), floor.client("agent")
    for part in ("plan/", "log/", "decide/", "reviews/4/"):
        assert agent.get(f"/improvement/{cycle.pk}/{part}").status_code == 404
    with pytest.raises(Refused, match="may not carry"):
        note_doing(cycle, "x", on=NOW.date(), is_confounder=False, by=floor.users["agent"], at=NOW)
    assert floor.client("leader").get(f"/improvement/{cycle.pk}/reviews/5/").status_code == 404


def test_the_command_line_tells_what_was_kept_and_works_it_out_again_where_that_is_asked(floor: Floor) -> None:
    cycle = planned(floor, floor.teams[0])
    looked_at(cycle, verdict="improved")
    home: Any = SimpleNamespace(snapshot=floor.lake.snapshot())
    kept = effects._of_cycle(home, cycle.pk, None, anew=False)
    assert kept.verdict is Verdict.IMPROVED and kept.treated == 12
    assert effects._of_cycle(home, cycle.pk, 4, anew=False) == kept
    anew = effects._of_cycle(home, cycle.pk, 4, anew=True)
    assert anew.verdict is not Verdict.IMPROVED and Look.objects.get().verdict == "improved"
    assert effects._of_cycle(home, cycle.pk, 8, anew=False).verdict is not Verdict.IMPROVED, (
        "of week 8 nothing was kept"
    )


def test_of_two_who_act_on_the_same_page_the_second_is_told_what_happened(floor: Floor) -> None:
    cycle, boss, leader = planned(floor, floor.teams[0]), floor.users["boss"], floor.users["leader"]
    theirs, review = Cycle.objects.get(), cycle.reviews.get(week=4)
    also = theirs.reviews.get(week=4)
    hold_review(review, "It is liked.", by=boss, at=NOW)
    with pytest.raises(Refused, match="held already"):
        hold_review(also, "Nobody likes it.", by=leader, at=NOW)
    theirs = Cycle.objects.get()
    decide_cycle(cycle, Decided("keep", "It is liked."), by=boss, at=NOW)
    with pytest.raises(Refused, match="decided already"):
        decide_cycle(theirs, Decided("stop", "Nobody likes it."), by=leader, at=NOW)
    assert Cycle.objects.get().decision.verdict == "keep"


def test_a_changed_standard_and_the_cycle_that_changed_it_lead_to_each_other(floor: Floor) -> None:
    version = published_standard(floor)
    cycle, boss = planned(floor, floor.teams[0]), floor.users["boss"]
    planned(floor, floor.teams[1])
    hold_review(cycle.reviews.get(week=4), "It is liked.", by=boss, at=NOW)
    given = {"found": "It was asked twice", "changed": "One question less", "on": NOW.date()}
    change = Change.objects.create(standard=version.standard, noted_by=boss, noted_at=NOW, **given)
    decide_cycle(cycle, Decided("keep", "It is liked.", change), by=boss, at=NOW)
    client, listed = floor.client("boss"), f"/improvement/?standard={version.standard_id}"
    page = client.get(f"/standards/{version.standard_id}/").content.decode()
    assert f'href="{listed}"' in page
    assert f"/standards/{version.standard_id}/" in client.get(f"/improvement/{cycle.pk}/").content.decode()
    found = client.get(listed).content.decode()
    assert version.title in found and found.count("<tr>") == 2, "the head, and the one that changed it"
    assert floor.client("boss").get("/improvement/?standard=999999").status_code == 404
    assert f'href="{listed}"' not in floor.client("agent").get(f"/standards/{version.standard_id}/").content.decode()
