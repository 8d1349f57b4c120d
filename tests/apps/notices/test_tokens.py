"""Can people make and end tokens for their programs, and administrators end anybody's?"""

from __future__ import annotations

import re

from django.test import Client

from floorwalker.apps.notices.models import Token
from floorwalker.apps.people.access import today
from floorwalker.apps.people.models import AuditEntry
from tests.apps.api.asking import PLACE, Program
from tests.apps.conftest import Floor

MOST_QUERIES = 10


def given(**more: object) -> dict[str, object]:
    return {"name": "Wallboard", "access": "read", "areas": ["figures"], "expires_on": today().isoformat()} | more


def test_a_token_is_made_shown_once_and_works(floor: Floor) -> None:
    client = floor.client("leader")
    page = client.post("/tokens/", given()).content.decode()
    found = re.search(r"fw_[0-9a-f]{8}_[\w-]{43}", page)
    assert found is not None
    assert found[0] not in client.get("/tokens/").content.decode()
    answer = Client().get(f"{PLACE}/measures", headers={"Authorization": f"Bearer {found[0]}"})
    assert answer.status_code == 200
    token = Token.objects.get()
    assert (token.user.username, token.areas, token.may_write) == ("leader", ["figures"], False)
    assert token.last_used_at is not None
    assert found[0] not in str(AuditEntry.objects.filter(verb="create_token").get().detail)


def test_what_does_not_fit_is_said_and_makes_nothing(floor: Floor) -> None:
    client = floor.client("leader")
    for wrong in ({"name": ""}, {"areas": []}, {"areas": ["all"]}, {"expires_on": "2099-01-01"}, {"expires_on": "x"}):
        assert client.post("/tokens/", given(**wrong)).status_code == 422, wrong
    assert not Token.objects.exists()


def test_a_token_is_its_owners_and_the_administrators_to_end(floor: Floor) -> None:
    program = Program(floor.users["leader"])
    path = f"/tokens/{program.token.pk}/end/"
    assert "A test" not in floor.client("boss").get("/tokens/").content.decode()
    assert floor.client("boss").post(path).status_code == 404
    assert "A test" in floor.client("admin").get("/tokens/").content.decode()
    assert floor.client("admin").post(path).status_code == 302
    assert program.get("/me").status_code == 401
    assert AuditEntry.objects.filter(verb="end_token", by="admin").count() == 1
    floor.client("leader").post(path)
    assert AuditEntry.objects.filter(verb="end_token").count() == 1


def test_the_page_asks_few_questions(floor: Floor, django_assert_max_num_queries: object) -> None:
    for _ in range(6):
        Program(floor.users["leader"])
    client = floor.client("admin")
    with django_assert_max_num_queries(MOST_QUERIES):  # type: ignore[operator]
        assert client.get("/tokens/").status_code == 200
