"""Does a token open what its owner may, at that moment, and nothing else?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from allauth.mfa.models import Authenticator
from django.test import Client
from django.utils import timezone

from floorwalker.apps.notices.actions import create_token, end_token
from floorwalker.apps.notices.models import Token
from floorwalker.apps.notices.tokens import count_use
from floorwalker.apps.people import actions
from floorwalker.apps.people.access import today
from floorwalker.apps.people.models import AuditEntry, Role
from floorwalker.apps.people.second_factors import require_second_factor
from floorwalker.errors import Refused
from tests.apps.api.asking import PLACE, Program
from tests.apps.conftest import Floor

MEASURES = f"{PLACE}/measures"


def code(answer: object) -> str:
    assert answer["Content-Type"] == "application/problem+json"  # type: ignore[index]
    return str(answer.json()["code"])  # type: ignore[attr-defined]


def test_without_a_live_token_nothing_opens(floor: Floor) -> None:
    client = Client()
    assert client.get(MEASURES).status_code == 401
    assert client.get(MEASURES)["WWW-Authenticate"] == "Bearer"
    for wrong in ("", "Bearer", "Bearer fw_00000000_x", "Basic YTpi", f"Bearer {'x' * 5000}", "Bearer fw__"):
        answer = client.get(MEASURES, headers={"Authorization": wrong})
        assert (answer.status_code, code(answer)) == (401, "no_token")


def test_a_token_opens_nothing_while_its_owner_lacks_the_second_factor_that_a_role_asks_for(floor: Floor) -> None:
    program = Program(floor.users["leader"])
    require_second_factor([Role.TEAM_LEADER], by="admin", at=timezone.now())
    answer = program.get("/measures")
    assert (answer.status_code, answer.json()["expected"]) == (403, "one who has set it up")
    assert Program(floor.users["agent"]).get("/measures").status_code == 200
    Authenticator.objects.create(user=floor.users["leader"], type=Authenticator.Type.TOTP, data={})
    assert program.get("/measures").status_code == 200


def test_a_session_opens_nothing(floor: Floor) -> None:
    assert floor.client("admin").get(MEASURES).status_code == 401


def test_the_token_is_kept_as_a_digest_alone(floor: Floor) -> None:
    program = Program(floor.users["leader"])
    kept = Token.objects.filter(pk=program.token.pk).values().get()
    assert program.text not in str(kept) and program.text.split("_", 2)[2] not in str(kept)
    assert program.token.beginning in program.text


def test_an_ended_or_expired_token_and_one_of_somebody_who_left_open_nothing(floor: Floor) -> None:
    leader = floor.users["leader"]
    program = Program(leader)
    assert program.get("/measures").status_code == 200
    end_token(program.token, by="leader", at=timezone.now())
    assert program.get("/measures").status_code == 401
    program = Program(leader, at=timezone.now() - timedelta(days=31))
    assert program.get("/measures").status_code == 401
    program = Program(leader)
    leader.is_active = False
    leader.save(update_fields=["is_active"])
    assert program.get("/measures").status_code == 401


def test_a_token_may_no_more_than_its_owner_at_that_moment(floor: Floor) -> None:
    program = Program(floor.users["leader"])
    board = f"/teams/{floor.teams[0].pk}/board"
    assert program.get(board).status_code == 200
    actions.end_role(floor.users["leader"].grants.get(), on=today(), by=floor.users["admin"], at=timezone.now())
    answer = program.get(board)
    assert (answer.status_code, code(answer)) == (404, "not_here")


def test_a_token_opens_its_areas_alone_and_writes_only_where_it_says_so(floor: Floor) -> None:
    reader = Program(floor.users["boss"], may_write=False)
    assert reader.get("/views").status_code == 200
    answer = reader.post("/views", {"name": "Mine", "path": "/centre/"})
    assert (answer.status_code, code(answer)) == (403, "not_for_this_token")
    elsewhere = Program(floor.users["boss"], areas=["data"])
    answer = elsewhere.get("/measures")
    assert (answer.status_code, code(answer)) == (403, "not_for_this_token")
    assert "figures" in answer.json()["expected"]


def test_what_is_done_by_a_token_names_it_in_the_trail(floor: Floor) -> None:
    program = Program(floor.users["leader"])
    assert program.post("/views", {"name": "Mine", "path": "/teams/"}).status_code == 409
    assert program.post("/views", {"name": "Mine", "path": "/centre/"}).status_code == 201
    entry = AuditEntry.objects.order_by("-id").first()
    assert entry is not None
    assert (entry.verb, entry.by, entry.detail["token"]) == ("save_view", "leader", program.token.beginning)
    floor.client("leader").post("/views/save/", {"name": "By hand", "path": "/centre/"})
    entry = AuditEntry.objects.order_by("-id").first()
    assert entry is not None and "token" not in entry.detail


def test_too_many_requests_are_told_when_to_come_back(floor: Floor, settings: object) -> None:
    from dataclasses import replace

    from django.conf import settings as present

    settings.FLOORWALKER = replace(present.FLOORWALKER, api_requests_per_minute=3)  # type: ignore[attr-defined]
    program = Program(floor.users["leader"])
    answers = [program.get("/measures") for _ in range(4)]
    assert [answer.status_code for answer in answers] in ([200, 200, 200, 429], [200] * 4)  # a minute may begin between
    assert answers[0]["RateLimit-Limit"] == "3" and int(answers[0]["RateLimit-Reset"]) <= 61
    if answers[-1].status_code == 429:
        assert code(answers[-1]) == "too_many"
        assert 1 <= int(answers[-1]["Retry-After"]) <= 61
    assert Program(floor.users["leader"]).get("/measures").status_code == 200


def test_uses_are_counted_by_the_minute(floor: Floor) -> None:
    token = Program(floor.users["leader"]).token
    at = timezone.now().replace(second=5)
    assert [count_use(token, at), count_use(token, at + timedelta(seconds=50))] == [1, 2]
    assert count_use(token, at + timedelta(seconds=60)) == 1
    token.refresh_from_db()
    assert token.last_used_at == at + timedelta(seconds=60)


def test_a_change_with_a_key_is_made_once(floor: Floor) -> None:
    program = Program(floor.users["leader"])
    given = {"name": "Mine", "path": "/centre/"}
    first = program.post("/views", given, Idempotency_Key="abc")
    again = program.post("/views", given, Idempotency_Key="abc")
    assert first.status_code == again.status_code == 201
    assert again.json() == first.json() and again["Idempotent-Replayed"] == "true"
    assert AuditEntry.objects.filter(verb="save_view").count() == 1
    other = program.post("/views", given | {"name": "Other"}, Idempotency_Key="abc")
    assert (other.status_code, code(other)) == (422, "not_understood")
    refused = program.post("/views", {"name": "Mine", "path": "/no/"}, Idempotency_Key="def")
    assert refused.status_code == 409
    assert program.post("/views", given, Idempotency_Key="def").status_code == 201
    assert Program(floor.users["boss"]).post("/views", given, Idempotency_Key="abc").status_code == 201


def test_what_is_known_already_is_not_sent_again(floor: Floor) -> None:
    program = Program(floor.users["leader"])
    first = program.get("/measures")
    assert program.get("/measures", If_None_Match=first["ETag"]).status_code == 304
    figures = program.get("/figures", {"measure": "contacts_handled"})
    again = program.get("/figures", {"measure": "contacts_handled"}, If_None_Match=figures["ETag"])
    assert again.status_code == 304 and again.content == b""
    assert program.get("/figures", {"measure": "occupancy"}, If_None_Match=figures["ETag"]).status_code == 200
    boss = Program(floor.users["boss"]).get("/figures", {"measure": "contacts_handled"}, If_None_Match=figures["ETag"])
    assert boss.status_code == 200
    actions.join_team(floor.agents[0], floor.teams[1], on=today(), by=floor.users["boss"], at=timezone.now())
    moved = program.get("/figures", {"measure": "contacts_handled"}, If_None_Match=figures["ETag"])
    assert moved.status_code == 200


@pytest.mark.parametrize(("path", "status"), [("/nowhere", 404), ("/measures/no_such", 404)])
def test_every_error_has_one_shape(floor: Floor, path: str, status: int) -> None:
    answer = Program(floor.users["leader"]).get(path)
    assert answer.status_code == status
    assert answer.json().keys() == {"code", "title", "status", "where", "found", "expected", "mend", "fields"}
    assert Program(floor.users["leader"]).post("/measures").status_code == 405


def test_a_token_has_a_name_areas_and_an_end_within_a_year(floor: Floor) -> None:
    leader, at = floor.users["leader"], timezone.now()
    good = {"name": "A", "areas": ["figures"], "may_write": False, "expires_at": at + timedelta(days=366)}
    create_token(**good, owner=leader, by="leader", at=at)  # type: ignore[arg-type]
    for wrong in (
        {"name": "  "},
        {"areas": []},
        {"areas": ["figures", "no such"]},
        {"expires_at": at},
        {"expires_at": at + timedelta(days=367)},
    ):
        with pytest.raises(Refused):
            create_token(**good | wrong, owner=leader, by="leader", at=at)  # type: ignore[arg-type]


def test_what_no_database_keeps_and_what_is_too_large_is_refused(floor: Floor) -> None:
    program = Program(floor.users["boss"])
    zero = program.get("/agents", {"name": "a\x00b"})
    assert (zero.status_code, code(zero)) == (422, "not_understood")
    body = program.post("/views", {"name": "a\x00b", "path": "/centre/"})
    assert (body.status_code, code(body)) == (400, "unreadable")
    large = program.post("/views", {"name": "a" * 3_000_000, "path": "/centre/"})
    assert (large.status_code, code(large)) == (413, "too_large")
    broken = program.client.post(
        f"{PLACE}/views", "{", content_type="application/json", headers={"Authorization": f"Bearer {program.text}"}
    )
    assert (broken.status_code, code(broken)) == (400, "unreadable")
