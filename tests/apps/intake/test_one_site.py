"""Does whoever manages one site see what came in there, and nothing of the others?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.test import Client
from django.utils import timezone

from floorwalker.apps.intake.home import parts
from floorwalker.apps.intake.memory import sites_of_loads
from floorwalker.apps.intake.watching import watch_sources
from floorwalker.apps.notices.models import Notice
from floorwalker.apps.people import actions
from floorwalker.apps.people.models import Queue, Site
from floorwalker.apps.standards.actions import set_target
from floorwalker.facts.keys import fact_key
from floorwalker.ingest.source import Site as LoadedSite
from tests.apps.conftest import NOW, Floor
from tests.apps.intake.conftest import Intake

BANGOR = LoadedSite("Bangor", "Europe/London", "GB")


@pytest.fixture
def loads(intake: Intake) -> tuple[str, str]:
    """A load of the site that has a manager of its own, and one of another site; with rows left out in both."""
    here = intake.home.load("asterisk_queue_log", intake.write_log(20, 3, "here"), site=BANGOR)
    return here.load_id, intake.home.load("asterisk_queue_log", intake.write_log(30, 5, "elsewhere")).load_id


def statuses(client: Client, load: str) -> list[int]:
    asked = [client.get(f"/data/loads/{load}/"), client.post(f"/data/loads/{load}/again/")]
    return [answer.status_code for answer in asked]


def test_loads_of_other_sites_are_not_there(intake: Intake, loads: tuple[str, str]) -> None:
    here, elsewhere = loads
    for name, wanted in (("site_boss", [404, 404]), ("boss", [200, 302])):
        client = intake.floor.client(name)
        assert statuses(client, elsewhere) == wanted
        assert statuses(client, here)[0] == 200
    page = intake.floor.client("site_boss").get("/data/").content.decode()
    assert here in page and elsewhere not in page and "3 rows wait for repair" in page
    assert elsewhere in intake.floor.client("boss").get("/data/").content.decode()


def test_rows_of_other_sites_are_not_there(intake: Intake, loads: tuple[str, str]) -> None:
    here, elsewhere = loads
    client = intake.floor.client("site_boss")
    page = client.get("/data/rejects/").content.decode()
    assert "3 rows could not be used" in page and elsewhere not in page
    assert "No row is like that." in client.get(f"/data/rejects/?load={elsewhere}").content.decode()
    taken = b"".join(client.get("/data/rejects/rows.csv").streaming_content).decode()  # type: ignore[attr-defined]
    assert here in taken and elsewhere not in taken
    assert "8 rows could not be used" in intake.floor.client("boss").get("/data/rejects/").content.decode()
    (part,) = parts(intake.floor.users["site_boss"], timezone.now())
    assert part.context["rows"] == 3 and [one.last.id for one in part.context["standings"]] == [here]


def test_notices_of_other_sites_are_for_others(intake: Intake, loads: tuple[str, str]) -> None:
    watch_sources(intake.home.store, timezone.now() + timedelta(days=1))
    found = {notice.site for notice in Notice.objects.open().filter(code="rows_rejected")}
    assert found == {"Bangor", "Main"}
    theirs = Notice.objects.get(code="rows_rejected", site="Main")
    client = intake.floor.client("site_boss")
    page = client.get("/notices/").content.decode()
    assert f"/notices/{theirs.pk}/" not in page and "(Bangor)" in page and "(Main)" not in page
    assert client.post(f"/notices/{theirs.pk}/read/").status_code == 404
    assert f"/notices/{theirs.pk}/" in intake.floor.client("boss").get("/notices/").content.decode()


def test_a_role_for_a_team_reaches_its_sites_loads(floor: Floor) -> None:
    today = timezone.now().date()
    for team, reached in ((floor.teams[1], frozenset({"Bangor"})), (floor.teams[0], frozenset())):
        user = actions.add_user(f"of {team}", "operations_manager", team=team, by="test", at=NOW)
        assert sites_of_loads(user, today) == reached
    assert sites_of_loads(floor.users["admin"], today) is None


def test_targets_of_other_sites_are_not_listed(floor: Floor) -> None:
    far = Site.objects.create(code="Far", name="Farside", timezone="UTC", key=b"f" * 16)
    queues = [
        Queue.objects.create(name=f"Line {site}", site=site, key=fact_key("", "", "queue", site.code))
        for site in (far, Site.objects.get(code="Bangor"))
    ]
    given = {"from_day": timezone.now().date(), "by": floor.users["boss"], "at": NOW}
    for place in (
        {"site": far},
        {"site": queues[1].site},
        {"queue": queues[0]},
        {"queue": queues[1]},
        {"team": floor.teams[0]},
        {"team": floor.teams[1]},
        {"channel": "email"},
    ):
        set_target("transfer_rate", 0.31, **place, **given)
    page = floor.client("site_boss").get("/targets/").content.decode()
    main = page[page.index("<main") : page.index("</main>")]
    for name in ("Bangor", "Line Bangor", "Kingfisher"):
        assert name in main
    for name in ("Farside", "Line Farside", "Avocet"):
        assert name not in main
    everything = floor.client("boss").get("/targets/").content.decode()
    assert all(name in everything for name in ("Farside", "Line Farside", "Avocet", "Kingfisher"))
