"""Does a target set for one place show there and at once, in sight of what was reached, set only by whom it is given to?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.utils import timezone

from floorwalker.apps.people.actions import add_user
from floorwalker.apps.people.models import Team
from floorwalker.apps.standards.actions import set_target
from floorwalker.apps.standards.models import Target
from floorwalker.errors import Refused
from tests.apps.conftest import LONG_AGO, NOW, Floor

ADDRESS = "/measures/transfer_rate/target/"
WEEK = "?from=2023-11-27&to=2023-12-03"


def given(place: str, value: str = "12", **more: str) -> dict[str, str]:
    return {"place": place, "value": value, "from_day": "2023-11-01", "reason": "New people sit there."} | more


def test_a_teams_target_shows_on_the_next_request_in_each_place_that_it_is_for(floor: Floor) -> None:
    boss, team = floor.client("boss"), floor.teams[0]
    pages = {
        "board": f"/teams/{team.pk}/{WEEK}",
        "branch": f"/teams/{floor.branch.pk}/{WEEK}",
        "agent": f"/agents/{floor.agents[0].pk}/{WEEK}",
        "centre": f"/centre/{WEEK}",
        "other": f"/teams/{floor.teams[1].pk}/{WEEK}",
    }
    before = {name: boss.get(page).content.decode() for name, page in pages.items()}
    assert not [name for name, text in before.items() if "at most 12%" in text]
    assert boss.post(ADDRESS, given(f"team:{team.pk}")).status_code == 302
    after = {name: boss.get(page).content.decode() for name, page in pages.items()}
    assert sorted(name for name, text in after.items() if "at most 12%" in text) == [
        "agent",
        "board",
        "branch",
        "centre",
    ]
    assert "the target is that of team Avocet" in after["board"] and "at most 45%" in after["other"]
    sheet = boss.get(f"/centre/figures.csv{WEEK}").content.decode()
    assert "team Avocet" in sheet and ",0.12," in sheet
    assert boss.get(f"/teams/{team.pk}/figures.pdf{WEEK}").content.startswith(b"%PDF")


def test_whoever_sets_a_target_while_another_does_is_told_whose_gave_way(floor: Floor) -> None:
    """Two windows, one first day: the later counts, and nobody's goes without a word."""
    place = f"team:{floor.teams[1].pk}"
    first = floor.client("boss").post(ADDRESS, given(place), follow=True).content.decode()
    assert "It takes the place of" not in first
    second = floor.client("site_boss").post(ADDRESS, given(place, "20"), follow=True).content.decode()
    assert "It takes the place of at most 12%, which boss had set from the same day on." in second
    assert Target.objects.get(team=floor.teams[1]).value == 0.2


def test_a_band_is_set_and_told_with_its_side(floor: Floor) -> None:
    boss = floor.client("boss")
    address = "/measures/average_handle_time/target/"
    asked = {"place": "centre:0", "low": "1", "high": "2", "from_day": "2023-11-01", "reason": "To see it missed."}
    assert boss.post(address, asked).status_code == 302
    text = boss.get(f"/measures/average_handle_time/{WEEK}").content.decode()
    assert "Target: 1.0 s to 2.0 s; too high by more than chance." in text
    board = boss.get(f"/teams/{floor.teams[0].pk}/{WEEK}").content.decode()
    assert "too high by more than chance" in board
    wrong = boss.post(address, asked | {"low": "3"})
    assert wrong.status_code == 422 and "The upper end lies above the lower one." in wrong.content.decode()


def test_the_form_shows_what_was_reached_only_to_whom_it_may_be_shown(floor: Floor) -> None:
    boss = floor.client("boss").get(f"{ADDRESS}?place=team:{floor.teams[0].pk}").content.decode()
    assert "What the last 13 weeks reached" in boss and "from " in boss and 'class="figure"' in boss
    assert "Today&#x27;s target there: at most 45%" in boss or "Today's target there: at most 45%" in boss
    admin = floor.client("admin").get(f"{ADDRESS}?place=centre:0").content.decode()
    assert 'class="figure"' not in admin and "your role shows none of this place" in admin


def test_a_manager_of_one_site_sets_targets_there_alone(floor: Floor) -> None:
    client = floor.client("site_boss")
    team, other = floor.teams[1], floor.teams[0]
    assert client.post(ADDRESS, given(f"team:{team.pk}")).status_code == 302
    for place in (f"team:{other.pk}", "centre:0", "channel:voice", "team:x", f"site:{10**20}"):
        assert client.post(ADDRESS, given(place)).status_code == 404, place
    assert Target.objects.get(team=team).set_by == floor.users["site_boss"]
    with pytest.raises(Refused, match="may not set targets there"):
        set_target("transfer_rate", 0.1, team=other, from_day=LONG_AGO, by=floor.users["site_boss"], at=NOW)
    with pytest.raises(Refused, match="may not set targets there"):
        set_target("transfer_rate", 0.1, from_day=LONG_AGO, by=floor.users["leader"], at=NOW)


def test_a_manager_of_a_branch_sets_targets_for_the_teams_below_it(floor: Floor) -> None:
    user = add_user("branch_boss", "operations_manager", by="test", at=NOW, team=floor.branch)
    set_target("transfer_rate", 0.1, team=floor.teams[0], from_day=LONG_AGO, by=user, at=NOW)
    with pytest.raises(Refused):
        set_target("transfer_rate", 0.1, team=floor.teams[1], from_day=LONG_AGO, by=user, at=NOW)


def test_the_list_says_who_set_what_when_and_why_and_ends_it(floor: Floor) -> None:
    boss = floor.client("boss")
    boss.post(ADDRESS, given(f"team:{floor.teams[0].pk}"))
    text = boss.get("/targets/?measure=transfer_rate").content.decode()
    for words in ("team Avocet", "at most 12%", "New people sit there.", "boss", "from 1 Nov 2023 on"):
        assert words in text, words
    assert "Service level" not in text.split("</form>")[-1]
    target = Target.objects.get(team=floor.teams[0])
    day = (timezone.now() + timedelta(days=3)).date()
    assert boss.post(f"/targets/{target.pk}/end/", {"on": day.isoformat()}).status_code == 302
    target.refresh_from_db()
    assert target.to_day == day
    assert boss.post(f"/targets/{target.pk}/end/", {"on": ""}).status_code == 422


def test_another_teams_own_target_is_nobodys_business_on_the_list(floor: Floor) -> None:
    for team, value in zip(floor.teams, (0.11, 0.22), strict=True):
        set_target("transfer_rate", value, team=team, from_day=LONG_AGO, by=None, at=NOW)
    for who, seen in {"agent": {"11%"}, "leader": {"11%"}, "other_leader": {"22%"}, "boss": {"11%", "22%"}}.items():
        text = floor.client(who).get("/targets/").content.decode()
        assert {value for value in ("11%", "22%") if value in text} == seen, who


def test_a_coming_target_is_told_beside_the_figures_before_it_counts(floor: Floor) -> None:
    boss = floor.client("boss")
    boss.post(ADDRESS, given("centre:0", "33", from_day="2023-12-04"))
    text = boss.get(f"/teams/{floor.teams[0].pk}/{WEEK}").content.decode()
    assert "at most 45%" in text
    assert "from 4 Dec 2023 on, after this period, the target is at most 33%" in text


def test_whoever_moved_on_is_held_to_the_target_of_the_board(floor: Floor) -> None:
    """Agent 4 works in the second team by now; what she did in the first is judged by the first team's target."""
    first, second = floor.teams
    set_target("transfer_rate", 0.0001, team=first, from_day=LONG_AGO, by=None, at=NOW)
    set_target("transfer_rate", 0.9999, team=second, from_day=LONG_AGO, by=None, at=NOW)
    assert Team.objects.count() == 3
    board = floor.client("boss").get(f"/teams/{first.pk}/?from=2023-11-20&to=2023-12-10").content.decode()
    assert "at most 0.01%" in board and "at most 99.99%" not in board
    other = floor.client("boss").get(f"/teams/{second.pk}/?from=2023-11-20&to=2023-12-10").content.decode()
    assert "at most 99.99%" in other and "at most 0.01%" not in other
