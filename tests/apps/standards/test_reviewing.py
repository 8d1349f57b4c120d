"""Is a standard looked at again when that is due, and does its page tell all that was changed because of it?"""

from __future__ import annotations

from datetime import datetime, timedelta

import pytest

from floorwalker.apps.people.models import AuditEntry
from floorwalker.apps.standards.actions import set_target
from floorwalker.apps.standards.models import Review, StandardVersion
from floorwalker.apps.standards.publishing import note_change
from floorwalker.apps.standards.reviewing import keep_standard
from floorwalker.errors import Refused
from tests.apps.conftest import NOW, Floor
from tests.apps.standards.made import ONE_DAY, TODAY, published_standard

AT = datetime.combine(TODAY, NOW.timetz())


def due(floor: Floor) -> StandardVersion:
    """One of the centre's manager that is to be looked at again since yesterday."""
    version = published_standard(floor)
    StandardVersion.objects.filter(pk=version.pk).update(review_on=TODAY - ONE_DAY)
    version.refresh_from_db()
    return version


def test_a_review_that_is_due_waits_on_its_owners_home_until_it_is_kept(floor: Floor) -> None:
    version, boss = due(floor), floor.client("boss")
    page = f"/standards/{version.standard_id}/review/"
    assert page in boss.get("/").content.decode()
    assert page in boss.get(f"/standards/{version.standard_id}/").content.decode()
    assert page not in floor.client("admin").get("/").content.decode(), "it is the owner's to look at"
    asked = boss.get(page).content.decode()
    assert "Is it still what is expected?" in asked and "How is it met?" in asked
    assert boss.post(page, {"said": "", "next_on": "2020-01-01"}).status_code == 422
    later = TODAY + 90 * ONE_DAY
    kept = boss.post(page, {"said": "Chats have it too now.", "next_on": later.isoformat()}, follow=True)
    assert "Chats have it too now." in kept.content.decode()
    one = Review.objects.get()
    assert (one.was_due_on, one.next_on, one.by) == (TODAY - ONE_DAY, later, floor.users["boss"])
    version.refresh_from_db()
    assert version.review_on == later and page not in boss.get("/").content.decode()
    entry = AuditEntry.objects.get(verb="keep_standard")
    assert "Chats" not in str(entry.detail), "what was said must stay correctable"


def test_who_does_not_keep_it_cannot_review_it_and_it_comes_round_within_two_years(floor: Floor) -> None:
    version = due(floor)
    for name in ("leader", "agent", "analyst"):
        assert floor.client(name).get(f"/standards/{version.standard_id}/review/").status_code == 404
    with pytest.raises(Refused, match="kept by others"):
        keep_standard(version, "Fine.", next_on=TODAY + ONE_DAY, by=floor.users["leader"], at=AT)
    for wrong in (TODAY, TODAY + timedelta(days=800)):
        with pytest.raises(Refused, match="day to come"):
            keep_standard(version, "Fine.", next_on=wrong, by=floor.users["boss"], at=AT)
    assert not Review.objects.exists()


def test_its_page_tells_every_change_the_newest_first(floor: Floor) -> None:
    version, boss = due(floor), floor.users["boss"]
    note_change(version.standard, "Two queues could not be found.", "They can.", on=TODAY - ONE_DAY, by=boss, at=AT)
    tomorrow = TODAY + ONE_DAY
    set_target("transfer_rate", 0.3, team=floor.teams[0], from_day=tomorrow, reason="A new queue", by=boss, at=AT)
    set_target("transfer_rate", 0.1, team=floor.teams[1], from_day=tomorrow, reason="Elsewhere", by=boss, at=AT)
    page = floor.client("agent").get(f"/standards/{version.standard_id}/").content.decode()
    told = ["The target was changed", "A new queue", "Version 1 was published", "Two queues could not be found."]
    places = [page.index(one) for one in told]
    assert places == sorted(places) and "Elsewhere" not in page
