"""Are aims told with what serves them and what serves none, and set only where somebody may?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from floorwalker.apps.coaching.aiming import aims_for
from floorwalker.apps.people.models import AuditEntry, Team
from floorwalker.apps.standards.aiming import Words, aims_of_work, change_aim, set_aim
from floorwalker.apps.standards.models import Aim
from floorwalker.errors import Refused
from tests.apps.conftest import NOW, Floor
from tests.apps.standards.made import TODAY, an_aim, published_standard


def test_an_aim_tells_what_serves_it_and_a_standard_without_one_is_told_apart(floor: Floor) -> None:
    version = published_standard(floor)
    boss = floor.client("boss")
    text = boss.get("/aims/").content.decode()
    assert "Customers need to call once" in text and version.title in text
    assert "None: each standard serves an aim" in text
    aim = Aim.objects.get()
    Aim.objects.filter(pk=aim.pk).update(from_day=TODAY - timedelta(days=300), to_day=TODAY)
    over = boss.get("/aims/").content.decode()
    assert "None: each standard serves an aim" not in over


def test_an_aim_is_known_by_something_that_exists(floor: Floor) -> None:
    boss = floor.users["boss"]
    given = {"wording": "To be kind", "owner": boss, "from_day": TODAY, "to_day": TODAY + timedelta(days=30)}
    with pytest.raises(Refused, match="something by which it is known"):
        set_aim(Words(**given), by=boss, at=NOW)
    with pytest.raises(Refused, match="no such measure"):
        set_aim(Words(**given, measure="kindness"), by=boss, at=NOW)
    with pytest.raises(Refused, match="ends after it begins"):
        set_aim(Words(**given | {"to_day": TODAY}, known_by="Letters"), by=boss, at=NOW)
    assert set_aim(Words(**given, known_by="What customers write"), by=boss, at=NOW).measure == ""


def test_aims_are_set_where_somebody_sets_targets_and_the_trail_keeps_no_words(floor: Floor) -> None:
    aim = an_aim(floor.users["boss"])
    words = Words("Another", floor.users["boss"], aim.from_day, aim.to_day, "transfer_rate")
    with pytest.raises(Refused, match="may not set aims there"):
        change_aim(aim, words, by=floor.users["site_boss"], at=NOW)
    change_aim(aim, words, by=floor.users["boss"], at=NOW)
    entry = AuditEntry.objects.get(verb="change_aim")
    assert entry.detail["changed"] == ["wording"] and "Another" not in str(entry.detail)


def test_the_page_sets_one(floor: Floor) -> None:
    boss = floor.client("boss")
    given = {
        "wording": "Short waits",
        "place": f"team:{floor.teams[0].pk}",
        "owner": floor.users["boss"].pk,
        "measure": "wait_median",
        "from_day": "2026-11-01",
        "last_day": "2026-12-31",
    }
    assert boss.post("/aims/new/", given).status_code == 302
    made = Aim.objects.get(wording="Short waits")
    assert made.team == floor.teams[0] and made.to_day.isoformat() == "2027-01-01"
    assert boss.post("/aims/new/", given | {"measure": ""}).status_code == 422
    assert "Short waits" in floor.client("agent").get("/aims/").content.decode()
    assert "Short waits" not in floor.client("other_leader").get("/aims/").content.decode()


def test_somebodys_work_can_serve_the_aims_of_every_team_above_hers(floor: Floor) -> None:
    boss, other = floor.users["boss"], floor.teams[1]
    team = Team.objects.get(pk=floor.teams[0].pk)
    centre, branch, elsewhere = (an_aim(boss, **place) for place in ({}, {"team": team.parent}, {"team": other}))
    over = an_aim(boss, team=team)
    Aim.objects.filter(pk=over.pk).update(from_day=TODAY - timedelta(days=60), to_day=TODAY)
    assert aims_of_work(team, TODAY) == [centre, branch]
    assert aims_for(floor.agents[0], TODAY) == [centre, branch], "for a person by the same rule as for her team"
    assert elsewhere in aims_of_work(other, TODAY) and branch not in aims_of_work(other, TODAY)
    site = an_aim(boss, site=floor.agents[0].site)
    assert aims_of_work(None, TODAY, site=site.site_id) == [centre, site] and aims_of_work(None, TODAY) == [centre]
