"""Can the centre's own system hand in contacts, and bring the links to customers itself, each once?"""

from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace

import pytest
from django.core.cache import cache
from django.test import Client
from django.utils import timezone

from floorwalker.apps.surveys import api
from floorwalker.apps.surveys.models import Fate, Invitation
from tests.apps.api.asking import Program
from tests.apps.surveys.conftest import AT, LINK, Asking, handled_calls


def test_a_program_hands_in_contacts_and_brings_the_links(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    cache.clear()
    monkeypatch.setattr(api, "timezone", SimpleNamespace(now=lambda: AT))
    program, plan = Program(asking.floor.users["boss"]), f"/surveys/plans/{asking.plan.pk}"
    first, second, *_ = handled_calls()
    system = {"source": "asterisk_queue_log", "origin": "Main"}
    by_mail = {"contact": second, "email": "bob@example.org", "language": "cy"}
    given = system | {"contacts": [{"contact": first}, by_mail]}
    answer = program.post(f"{plan}/contacts", given)
    assert answer.status_code == 201, answer.content
    told = answer.json()
    assert (told["handed_in"], told["known_already"], told["fates"]) == (2, 0, {"drawn": 2})
    assert program.post(f"{plan}/contacts", given).json()["known_already"] == 2
    assert program.get("/surveys/plans").json()["items"][0]["name"] == "All calls"

    [link] = program.post(f"{plan}/links").json()
    assert link["contact"] == first
    assert link["link"].startswith(LINK)
    assert program.post(f"{plan}/links").json() == []
    assert asking.sent == [], "the mail is not the program's"
    given_out = Invitation.objects.get(fate=Fate.SENT)
    assert given_out.address == "" and given_out.identity_key is not None
    Invitation.objects.update(closes_at=timezone.now() + timedelta(days=1))
    assert Client().get(link["link"].removeprefix("https://floor.example.org")).status_code == 200
    assert asking.send() == 1
    assert asking.sent[0]["To"] == "bob@example.org"


def test_an_address_that_is_none_is_refused_and_nothing_is_taken(asking: Asking) -> None:
    program = Program(asking.floor.users["boss"])
    given = {"source": "asterisk_queue_log", "origin": "Main", "contacts": [{"contact": "1.2", "email": "no address"}]}
    assert program.post(f"/surveys/plans/{asking.plan.pk}/contacts", given).status_code == 409
    assert not Invitation.objects.exists()
