"""Does a saved view lead back to the same question, for its owner alone, and can it be put back once it is removed?"""

from __future__ import annotations

import pytest

from floorwalker.apps.dashboards import actions
from floorwalker.apps.dashboards.models import SavedView
from floorwalker.apps.people.models import AuditEntry
from floorwalker.errors import Refused
from tests.apps.conftest import NOW, Floor

QUERY = "period=1&compare=before"


def test_a_view_is_saved_from_the_page_and_found_at_home(floor: Floor) -> None:
    client, path = floor.client("leader"), f"/teams/{floor.teams[0].pk}/"
    assert 'name="query" value="period=1&amp;compare=before"' in client.get(f"{path}?{QUERY}").content.decode()
    answer = client.post("/views/save/", {"name": " Weekly  look ", "path": path, "query": QUERY})
    assert answer.headers["Location"] == f"{path}?{QUERY}"
    home = client.get("/").content.decode()
    assert "Weekly look" in home and f'{path}?{QUERY.replace("&", "&amp;")}"' in home
    assert "Weekly look" not in floor.client("boss").get("/").content.decode()


def test_a_view_is_renamed_removed_and_put_back(floor: Floor) -> None:
    leader, client = floor.users["leader"], floor.client("leader")
    view = actions.save_view("One", "/centre/", "", by=leader, at=NOW)
    client.post(f"/views/{view.pk}/rename/", {"name": "Two"})
    client.post(f"/views/{view.pk}/delete/")
    page = client.get("/views/").content.decode()
    assert "“Two” is removed" in page and "None yet" in page
    client.post(f"/views/{view.pk}/restore/")
    assert [str(kept) for kept in SavedView.objects.kept()] == ["Two"]
    verbs = list(AuditEntry.objects.order_by("id").values_list("verb", flat=True))
    assert verbs[-4:] == ["save_view", "rename_view", "delete_view", "restore_view"]


def test_one_name_means_one_view(floor: Floor) -> None:
    leader = floor.users["leader"]
    first = actions.save_view("One", "/centre/", "", by=leader, at=NOW)
    second = actions.save_view("One", "/measures/transfer_rate/", QUERY, by=leader, at=NOW)
    assert list(SavedView.objects.kept()) == [second]
    first.refresh_from_db()
    with pytest.raises(Refused):
        actions.restore_view(first, by=leader, at=NOW)
    with pytest.raises(Refused):
        actions.rename_view(first, "One", by=leader, at=NOW)


@pytest.mark.parametrize(("name", "path"), [("", "/centre/"), ("x", "/account/logout/"), ("x", "http://192.0.2.1/")])
def test_only_pages_of_figures_are_saved(floor: Floor, name: str, path: str) -> None:
    assert floor.client("leader").post("/views/save/", {"name": name, "path": path}).status_code == 409


def test_a_page_that_is_no_more_breaks_no_home(floor: Floor) -> None:
    view = SavedView.objects.create(user=floor.users["leader"], name="Hers", route="dropped", created_at=NOW)
    assert view.address == "/views/"
    assert "Hers" in floor.client("leader").get("/").content.decode()
