"""Does the list of root causes grow, change and end without changing what was said by it, and in whose hands is it?"""

from __future__ import annotations

from datetime import date

import pytest
from django.utils import translation

from floorwalker.apps.people.models import AuditEntry
from floorwalker.apps.standards.causing import add_cause, end_cause, rename_cause
from floorwalker.apps.standards.models import CauseKind, RootCause
from floorwalker.errors import Refused
from tests.apps.conftest import NOW, Floor

MARCH, JUNE = date(2026, 3, 1), date(2026, 6, 1)


def test_a_new_centre_has_one_of_each_kind_named_in_the_readers_language(db: None) -> None:
    assert {one.kind for one in RootCause.objects.on(MARCH)} == set(CauseKind)
    with translation.override("en"):
        assert [str(one) for one in RootCause.objects.on(MARCH) if one.is_the_agents] == ["the agent"]


def test_a_cause_holds_from_its_day_to_its_end_and_ends_with_the_wider_one(floor: Floor) -> None:
    given = {"by": floor.users["boss"], "at": NOW}
    wide = add_cause("billing", "The billing system", "system", from_day=MARCH, **given)
    narrow = add_cause("billing-slow", "It is slow", "system", parent=wide, from_day=MARCH, **given)
    assert narrow in RootCause.objects.on(MARCH) and not narrow.counts_on(date(2026, 2, 28))
    end_cause(wide, on=JUNE, **given)
    narrow.refresh_from_db()
    assert narrow.to_day == JUNE and narrow.counts_on(date(2026, 5, 31)) and not narrow.counts_on(JUNE)
    with pytest.raises(Refused, match="not in force on that day"):
        add_cause("billing-down", "It is down", "system", parent=wide, from_day=JUNE, **given)
    late = add_cause("late", "Late papers", "process", from_day=JUNE, **given)
    with pytest.raises(Refused, match="ends after it begins"):
        end_cause(late, on=JUNE, **given)


def test_the_last_of_a_kind_stays(floor: Floor) -> None:
    with pytest.raises(Refused, match="keeps at least one"):
        end_cause(RootCause.objects.get(code="policy"), on=JUNE, by=floor.users["boss"], at=NOW)


def test_a_part_is_of_the_kind_of_the_whole_and_codes_are_there_once(floor: Floor) -> None:
    given = {"from_day": MARCH, "by": floor.users["boss"], "at": NOW}
    with pytest.raises(Refused, match="kind of the one above"):
        add_cause("rude", "Rude", "agent", parent=RootCause.objects.get(code="system"), **given)
    with pytest.raises(Refused, match="this code already"):
        add_cause("system", "Again", "system", **given)
    with pytest.raises(Refused, match="cannot be the code"):
        add_cause("Két szó", "Two words", "system", **given)


def test_whoever_manages_one_site_changes_nothing(floor: Floor) -> None:
    cause = RootCause.objects.get(code="process")
    with pytest.raises(Refused, match="may not change the list"):
        rename_cause(cause, "How we work", by=floor.users["site_boss"], at=NOW)
    page = floor.client("site_boss")
    assert page.get("/causes/").status_code == 200 and page.post("/causes/", {}).status_code == 404


def test_the_page_adds_renames_and_ends(floor: Floor) -> None:
    boss = floor.client("boss")
    given = {"name": "Delivery is late", "code": "late-delivery", "kind": "process", "from_day": "2026-11-01"}
    parent = RootCause.objects.get(code="process")
    assert boss.post("/causes/", given | {"parent": parent.pk}).status_code == 302
    made = RootCause.objects.get(code="late-delivery")
    assert boss.post("/causes/", given).status_code == 422
    assert "Delivery is late" in boss.get("/causes/").content.decode()
    assert boss.post(f"/causes/{made.pk}/", {"do": "rename", "name": "Delivery comes late"}).status_code == 302
    assert boss.post(f"/causes/{made.pk}/", {"do": "end", "on": "2026-12-01"}).status_code == 302
    made.refresh_from_db()
    assert (made.name, made.to_day) == ("Delivery comes late", date(2026, 12, 1))
    assert "Delivery comes late" in floor.client("agent").get("/causes/").content.decode()
    verbs = AuditEntry.objects.filter(subject=f"rootcause:{made.pk}").values_list("verb", flat=True)
    assert sorted(verbs) == ["add_cause", "end_cause", "rename_cause"]
