"""Does an administrator note where somebody reads mail, and is its owner told and asked before anything goes there?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta

import pytest
from django.conf import settings
from django.db import IntegrityError, transaction
from django.test import Client

from floorwalker.apps.dashboards.mailing import address_token, set_address, set_address_of, verify_address
from floorwalker.apps.dashboards.models import MailAddress, SavedView, Schedule
from floorwalker.apps.dashboards.sending import send_due
from floorwalker.apps.people.closing import close_log_in
from floorwalker.apps.people.languages import set_language
from floorwalker.apps.people.models import AuditEntry, Site
from floorwalker.errors import Refused
from tests.apps.api.asking import Program
from tests.apps.conftest import MAIL, NOW, Floor
from tests.smtp import Mailbox, mail_server

LOG_IN = {"login": "leader", "password": "correct horse battery staple"}


@pytest.fixture
def mailbox(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mail_server() as found:
        monkeypatch.setattr(settings, "FLOORWALKER", replace(settings.FLOORWALKER, mail=replace(MAIL, port=found.port)))
        yield found


def page_of(floor: Floor, name: str) -> str:
    return f"/people/log-ins/{floor.users[name].pk}/address/"


def shown(floor: Floor, name: str, address: str) -> MailAddress:
    """An address that its owner has shown to be hers."""
    asked = set_address(address, by=floor.users[name], at=NOW)
    return verify_address(address_token(asked), by=floor.users[name], at=NOW)


def test_an_address_is_noted_shown_and_its_owner_told(floor: Floor, mailbox: Mailbox) -> None:
    leader, admin = floor.users["leader"], floor.client("admin")
    shown(floor, "leader", "old@example.org")
    assert "old@example.org" in admin.get(page_of(floor, "leader")).content.decode()
    answer = admin.post(page_of(floor, "leader"), {"address": "new@example.org"}, follow=True)
    assert "A link was sent there." in answer.content.decode()
    told, asked = mailbox.messages
    assert (told["To"], asked["To"]) == ("old@example.org", "new@example.org")
    assert "admin noted another e-mail address" in told.get_content() and "new@" not in told.get_content()
    entry = AuditEntry.objects.latest("pk")
    assert (entry.by, entry.verb, entry.subject, entry.detail) == (
        "admin",
        "set_mail_address_of",
        f"user:{leader.pk}",
        {},
    )
    again = Client()
    said = again.post("/account/login/", LOG_IN, follow=True).content.decode()
    assert "admin noted another e-mail address for you" in said
    assert "set mail address of" in again.get("/account/").content.decode()
    link = re.search(r"/views/address/\S+", asked.get_content())
    assert link and again.post(link[0]).status_code == 302
    found = MailAddress.objects.get(user=leader)
    assert found.address == "new@example.org" and found.verified_at is not None
    assert "noted another" not in Client().post("/account/login/", LOG_IN, follow=True).content.decode()


def test_mails_about_it_are_in_the_owners_language(floor: Floor, mailbox: Mailbox) -> None:
    set_language(floor.users["leader"], "cy", at=NOW)
    floor.client("admin").post(page_of(floor, "leader"), {"address": "new@example.org"})
    assert mailbox.last["Subject"] == "Ai eich cyfeiriad chi yw hwn?"


def test_an_address_is_of_one_log_in(floor: Floor, mailbox: Mailbox) -> None:
    leader, other = floor.users["leader"], floor.users["other_leader"]
    late = set_address("Kit@example.org", by=other, at=NOW)
    shown(floor, "leader", "kit@example.org")
    answer = floor.client("admin").post(page_of(floor, "other_leader"), {"address": "KIT@example.org"})
    assert answer.status_code == 422 and "This is the address of leader" in answer.content.decode()
    assert mailbox.messages == []
    with pytest.raises(Refused, match="Another log-in"):
        verify_address(address_token(late), by=other, at=NOW)
    with pytest.raises(IntegrityError), transaction.atomic():
        MailAddress.objects.filter(user=other).update(verified_at=NOW)
    assert MailAddress.objects.get(user=leader).verified_at == NOW
    close_log_in(other, by=floor.users["admin"], at=NOW)
    with pytest.raises(Refused, match="closed"):
        set_address_of(other, "other@example.org", by=floor.users["admin"], at=NOW)


def test_a_server_that_takes_it_not_is_said(floor: Floor, mailbox: Mailbox) -> None:
    mailbox.refuses = "550 no such person"
    answer = floor.client("admin").post(page_of(floor, "leader"), {"address": "new@example.org"})
    assert answer.status_code == 422 and "does not accept this address" in answer.content.decode()
    assert MailAddress.objects.get(user=floor.users["leader"]).verified_at is None


def test_scheduled_views_wait_until_the_new_address_is_shown(floor: Floor, mailbox: Mailbox) -> None:
    leader = floor.users["leader"]
    shown(floor, "leader", "old@example.org")
    team = {"team_id": floor.teams[0].pk}
    view = SavedView.objects.create(user=leader, name="Week", route="team_board", arguments=team, created_at=NOW)
    when = {"due_at": NOW, "try_at": NOW, "made_at": NOW}
    site = Site.objects.get(code="Bangor")
    schedule = Schedule.objects.create(view=view, rhythm="daily", hour=7, site=site, **when)
    asked = set_address_of(leader, "new@example.org", by=floor.users["admin"], at=NOW)
    assert send_due(settings.FLOORWALKER.mail, lambda: NOW) == 0
    schedule.refresh_from_db()
    assert schedule.ended_at is None and schedule.due_at > NOW and mailbox.messages == []
    verify_address(address_token(asked), by=leader, at=asked.asked_at)
    assert send_due(settings.FLOORWALKER.mail, lambda: schedule.due_at + timedelta(minutes=1)) == 1
    assert mailbox.last["To"] == "new@example.org"


def test_a_program_notes_an_address_as_the_page_does(floor: Floor, mailbox: Mailbox) -> None:
    program, leader = Program(floor.users["admin"]), floor.users["leader"]
    path = f"/users/{leader.pk}/mail-address"
    assert program.get(path).status_code == 404
    assert program.post(path, {"address": "no address"}).status_code == 422
    answer = program.post(path, {"address": "new@example.org"}).json()
    assert (answer["address"], answer["shown_at"]) == ("new@example.org", None)
    assert mailbox.last["To"] == "new@example.org" and program.get(path).json() == answer
    assert AuditEntry.objects.filter(verb="set_mail_address_of", by="admin").count() == 1
    mailbox.refuses = "550 no such person"
    refused = program.post(path, {"address": "else@example.org"})
    assert refused.status_code == 409 and "does not accept" in refused.json()["title"]
