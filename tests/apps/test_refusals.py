"""Is a refusal said in the reader's language wherever a page shows one: on a page of its own, and beside a form?"""

from __future__ import annotations

import pytest

from tests.apps.conftest import Floor


def test_pages_say_refusals_so_and_programs_as_they_were(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("floorwalker.ui.load_words._", lambda said: f"[{said}]")
    client, agent = floor.client("boss"), floor.agents[0]
    page = client.post(f"/people/{agent.pk}/merge/", {"was": agent.pk})
    assert page.status_code == 409 and "[somebody cannot be merged with her- or himself]" in page.content.decode()
    form = client.post("/people/teams/", {"name": floor.teams[0].name})
    assert form.status_code == 422 and "To mend it: [choose another name]." in form.content.decode()
    grant = floor.users["former_leader"].grants.get()
    ended = floor.client("admin").post(f"/people/log-ins/roles/{grant.pk}/end/").content.decode()
    assert "[this role has ended already]" in ended


@pytest.mark.parametrize("path", ["/people/?q=%00", "/search/?q=a%00b", "/data/loads/%00/", "/centre/?reason=%00"])
def test_a_zero_byte_is_refused_before_any_database_sees_it(floor: Floor, path: str) -> None:
    page = floor.client("boss").get(path)
    assert page.status_code == 400 and "zero byte" in page.content.decode()


def test_a_zero_byte_in_a_form_is_refused_too(floor: Floor) -> None:
    given = {"name": "Mine\x00", "path": "/centre/", "query": ""}
    assert floor.client("boss").post("/views/save/", given).status_code == 400
    assert floor.client("boss").post("/views/save/", given | {"name": "Mine"}).status_code == 302
