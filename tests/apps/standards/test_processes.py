"""Does every process have an owner, in whose hands is the list, and does what was there before stay readable?"""

from __future__ import annotations

from datetime import timedelta

import pytest

from floorwalker.apps.people.models import AuditEntry, Site
from floorwalker.apps.standards.models import Process
from floorwalker.apps.standards.owning import ProcessWords, add_process, change_process, end_process
from floorwalker.errors import Refused
from tests.apps.conftest import NOW, Floor
from tests.apps.standards.made import process_of

DAY = NOW.date()


def test_a_process_is_named_once_and_has_somebody_who_can_log_in(floor: Floor) -> None:
    boss, owner = floor.users["boss"], floor.users["process_owner"]
    add_process(ProcessWords("Refunds", owner), from_day=DAY, by=boss, at=NOW)
    with pytest.raises(Refused, match="this name already"):
        add_process(ProcessWords("refunds ", owner), from_day=DAY, by=boss, at=NOW)
    owner.is_active = False
    with pytest.raises(Refused, match="cannot log in"):
        add_process(ProcessWords("Returns", owner), from_day=DAY, by=boss, at=NOW)


def test_whoever_manages_one_site_names_processes_of_that_site_alone(floor: Floor) -> None:
    site_boss = floor.users["site_boss"]
    own = site_boss.grants.get(site__isnull=False).site
    made = add_process(ProcessWords("Parking", site_boss, site=own), from_day=DAY, by=site_boss, at=NOW)
    elsewhere = Site.objects.exclude(pk=own.pk).first()
    for words in (ProcessWords("All", site_boss), ProcessWords("There", site_boss, site=elsewhere)):
        with pytest.raises(Refused, match="may not name a process there"):
            add_process(words, from_day=DAY, by=site_boss, at=NOW)
        with pytest.raises(Refused, match="may not name a process there"):
            change_process(made, words, by=site_boss, at=NOW)
    assert floor.client("site_boss").post(f"/processes/{process_of(floor).pk}/", {"do": "end"}).status_code == 404


def test_another_owner_is_told_in_the_trail_and_an_end_stays(floor: Floor) -> None:
    boss, made = floor.users["boss"], process_of(floor)
    change_process(made, ProcessWords("Delivery days", boss), by=boss, at=NOW)
    entry = AuditEntry.objects.get(verb="change_process")
    assert entry.detail["was"] == {"name": "Delivery dates", "owner": "process_owner"}
    end_process(made, on=DAY, by=boss, at=NOW)
    assert not Process.objects.on(DAY).exists() and Process.objects.on(DAY - timedelta(days=1)).exists()
    with pytest.raises(Refused, match="ended already"):
        end_process(made, on=DAY, by=boss, at=NOW)


def test_the_pages_list_add_change_and_end(floor: Floor) -> None:
    boss = floor.client("boss")
    empty = floor.client("agent").get("/processes/").content.decode()
    assert "No process has an owner yet" in empty and "<form method" not in empty.split("<main")[1].split("</main>")[0]
    given = {"name": "Delivery dates", "owner": floor.users["process_owner"].pk, "place": "centre:"}
    given |= {"from_day": "2026-11-01"}
    bad = boss.post("/processes/", given | {"name": ""})
    assert bad.status_code == 422
    place = boss.get("/processes/").content.decode().split('name="place"')[1].split('option value="')[1].split('"')[0]
    assert boss.post("/processes/", given | {"place": place}).status_code == 302
    made = Process.objects.get()
    page = floor.client("agent").get(f"/processes/{made.pk}/").content.decode()
    assert "Delivery dates" in page and "Change it" not in page
    changed = given | {"do": "change", "name": "Delivery days", "place": place}
    assert boss.post(f"/processes/{made.pk}/", changed).status_code == 302
    assert boss.post(f"/processes/{made.pk}/", {"do": "end", "on": "2027-01-01"}).status_code == 302
    assert "no longer from 1 Jan 2027" in boss.get("/processes/").content.decode()
