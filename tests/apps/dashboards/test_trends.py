"""Is a change told where it is to be seen, marked with what happened on the floor, and kept with what people made of it?"""

from __future__ import annotations

import re
from datetime import timedelta

from django.urls import reverse

from floorwalker.apps.dashboards.actions import note_event
from floorwalker.apps.dashboards.models import EventKind, FloorEvent, TrendNote
from floorwalker.apps.people import actions
from floorwalker.apps.people.models import AuditEntry, Site
from tests.apps.conftest import NOW
from tests.apps.dashboards.conftest import Judged

NOTE = {"what": "Calls are longer", "cause": "The new form", "whose": "process", "decision": "Shorten the form"}


def test_changes_are_told_with_their_dates_and_the_budget_of_false_alarms(judged: Judged) -> None:
    page = judged.page("boss", "/changes/")
    assert "false alarms of this kind a month" in page
    told = re.findall(r"(up|down) since about ([^,]+), noticed on ([^,]+),", page)
    assert bool(told) != ("changed beyond what everybody saw. That is an answer" in page)
    assert judged.page("boss", "/changes/?to=nonsense") and judged.page("boss", "/changes/?to=1900-01-01")


def test_what_changed_for_everybody_is_told_by_kind_of_contact(judged: Judged) -> None:
    page = judged.page("leader", "/changes/processes/")
    assert re.search(r"kinds? of contact changed for everybody", page), "the simulated floor plants one"
    assert "for everyone (likely" in page


def test_everybody_and_each_kind_of_contact_are_followed_day_by_day(judged: Judged) -> None:
    """The kind that the floor plants is dated, and its chart is a page of its own."""
    address = "/changes/processes/average_handle_time/"
    assert address in judged.page("leader", "/changes/processes/")
    page = judged.page("leader", address)
    assert "Has it changed?" in page and "Show as table" in page and "false alarms of this kind a month" in page
    found = re.search(r'href="([^"]*of=[^"]*)">([^<]+)</a></th><td[^>]*>About [\d.]+ (?:s|min) up since about', page)
    assert found is not None, "a kind of contact became longer"
    kind = judged.page("leader", found[1].replace("&amp;", "&"))
    assert f": {found[2]}</h1>" in kind and "beyond all other kinds" in kind
    judged.page("leader", f"{address}?of=nothing", 404)
    judged.page("leader", "/changes/processes/contacts_handled/", 404)
    judged.page("agent", address, 404)


def test_everybody_is_followed_by_site_where_there_are_several(judged: Judged) -> None:
    """Of two each has its chart; whoever keeps one site sees that alone, and has no choice."""
    address = "/changes/processes/average_handle_time/"
    main, other = (Site.objects.get(name=name) for name in ("Cardiff", "Main"))
    whole = judged.page("boss", address)
    assert "All sites" in whole and f"site={other.pk}" in judged.page("boss", "/changes/processes/")
    of_main = judged.page("boss", f"{address}?site={main.pk}")
    assert f"Everybody of {main}, day by day" in of_main and f"&amp;site={main.pk}" in of_main
    # All of the floor works there: the drawing is that of everybody.
    drawn = [re.search(r'class="chart".*?</figure>|<svg.*?</svg>', page, re.S) for page in (whole, of_main)]
    assert drawn[0] and drawn[1] and drawn[0][0] == drawn[1][0]
    assert "Too few days are known" in judged.page("boss", f"{address}?site={other.pk}")
    for nobodys in ("nothing", "999"):
        judged.page("boss", f"{address}?site={nobodys}", 404)
    judged.users["keeper"] = actions.add_user("keeper", "process_owner", site=other, by="test", at=NOW)
    own = judged.page("keeper", address)
    assert "Too few days are known" in own and "All sites" not in own
    judged.page("keeper", f"{address}?site={main.pk}", 404)


def test_a_chart_marks_what_happened_and_keeps_what_people_made_of_it(judged: Judged) -> None:
    last = judged.lake.snapshot().days("segment")[1]  # type: ignore[index]
    happened = last - timedelta(days=20)
    note_event("New order form", EventKind.CHANGE, happened, None, by=judged.users["boss"], at=NOW)
    for name in ("leader", "agent"):
        agent = judged.users["agent"].agent_id
        address = reverse("agent_trend", args=[agent, "average_handle_time"])
        page = judged.page(name, address)
        assert "Has it changed?" in page and "New order form" in page and "Show as table" in page
        answer = judged.client(name).post(reverse("agent_trend_note", args=[agent, "average_handle_time"]), NOTE)
        assert answer.status_code == 302
        assert f"{judged.users[name]}, " in judged.page(name, address)
    assert TrendNote.objects.count() == 2, "a second note leaves the first as it was"
    assert AuditEntry.objects.filter(verb="write_trend_note").count() == 2


def test_a_note_without_what_changed_is_refused_in_its_place(judged: Judged) -> None:
    address = reverse("team_trend_note", args=[judged.teams[0].pk, "average_handle_time"])
    answer = judged.client("leader").post(address, NOTE | {"what": " "})
    assert answer.status_code == 422 and "Shorten the form" in answer.content.decode()
    assert not TrendNote.objects.exists()


def test_a_team_has_a_chart_and_a_measure_without_one_says_so(judged: Judged) -> None:
    page = judged.page("leader", reverse("team_trend", args=[judged.teams[0].pk, "average_handle_time"]))
    assert "Has it changed?" in page and "<svg" in page
    page = judged.page("leader", reverse("team_trend", args=[judged.teams[0].pk, "occupancy"]))
    assert "No chart is drawn of this measure" in page


def test_an_event_is_noted_and_taken_off_by_those_who_may(judged: Judged) -> None:
    leader, boss = judged.client("leader"), judged.client("boss")
    given = {"title": "Lines down", "kind": "outage", "first_day": "2026-01-05", "last_day": "2026-01-04"}
    assert leader.post("/changes/events/", given).status_code == 422
    assert leader.post("/changes/events/", given | {"last_day": ""}).status_code == 302
    event = FloorEvent.objects.get()
    own = note_event("Sale", EventKind.CAMPAIGN, NOW.date(), None, by=judged.users["boss"], at=NOW)
    assert leader.post(reverse("remove_floor_event", args=[own.pk])).status_code == 404
    assert boss.post(reverse("remove_floor_event", args=[event.pk])).status_code == 302
    assert "Lines down" not in judged.page("boss", "/changes/events/") and "Sale" in judged.page(
        "boss", "/changes/events/"
    )
