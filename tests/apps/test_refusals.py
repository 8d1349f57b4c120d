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
