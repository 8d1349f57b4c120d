"""Are those told whom it concerns, once, and until it is well again?"""

from __future__ import annotations

from datetime import timedelta

import pytest
from django.db import IntegrityError, connection, transaction
from django.test.utils import CaptureQueriesContext

from floorwalker.apps.notices.access import notices_of
from floorwalker.apps.notices.actions import clear_notice, mark_read, raise_notice
from floorwalker.apps.notices.models import Notice, Severity
from floorwalker.apps.people import actions
from floorwalker.apps.people.models import AuditEntry, Right, Role, User
from tests.apps.conftest import NOW, Floor

pytestmark = pytest.mark.django_db
MOST_QUERIES = 8
NAMED = {"title": "Queue log", "origin": "Main"}


def raised(severity: Severity = Severity.WARN, **more: object) -> Notice:
    given = {"to": Right.SEE_LOADS, "params": NAMED, "at": NOW} | more
    return raise_notice("load_died", "queue_log:Main", severity=severity, **given)  # type: ignore[arg-type]


def user(name: str, role: str) -> User:
    return actions.add_user(name, role, by="test", at=NOW)


def test_what_holds_already_is_raised_once() -> None:
    first, again = raised(), raised(at=NOW + timedelta(hours=1))
    assert first.pk == again.pk and again.raised_at == NOW
    assert [e.verb for e in AuditEntry.objects.filter(subject=f"notice:{first.pk}")] == ["raise_notice"]
    changed = raised(params=NAMED | {"origin": "Leeds"})
    assert changed.pk == first.pk and changed.params["origin"] == "Leeds"


def test_the_database_lets_only_one_be_open() -> None:
    notice = raised()
    twin = {"code": notice.code, "subject": notice.subject, "severity": 10, "raised_at": NOW, "for_right": "see_loads"}
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(**twin)
    with pytest.raises(IntegrityError), transaction.atomic():
        Notice.objects.create(**twin | {"subject": "for nobody", "for_right": ""})


def test_it_clears_once_and_may_come_back() -> None:
    notice = raised()
    assert clear_notice("load_died", "queue_log:Main", at=NOW)
    assert not clear_notice("load_died", "queue_log:Main", at=NOW)
    assert raised().pk != notice.pk
    assert Notice.objects.past().get() == notice


def test_it_reaches_those_with_the_right_or_the_role() -> None:
    manager, leader, officer = (
        user("m", "operations_manager"),
        user("a", "quality_analyst"),
        user("p", "privacy_officer"),
    )
    by_right = raised()
    by_role = raise_notice(
        "load_died", "other", to=Role.PRIVACY_OFFICER, severity=Severity.INFORM, params=NAMED, at=NOW
    )
    seen = {one.username: list(notices_of(one, NOW.date())) for one in (manager, leader, officer)}
    assert seen == {"m": [by_right], "a": [], "p": [by_role]}


def test_reading_is_each_ones_own_and_a_graver_one_is_unread_again() -> None:
    one, other = user("m", "operations_manager"), user("n", "operations_manager")
    notice = raised()
    mark_read(notice, by=one, at=NOW)
    mark_read(notice, by=one, at=NOW)
    assert notices_of(one, NOW.date()).get().is_read and not notices_of(other, NOW.date()).get().is_read
    assert AuditEntry.objects.filter(verb="mark_read").count() == 1
    raised(Severity.ACT)
    assert not notices_of(one, NOW.date()).get().is_read


def test_the_page_shows_what_holds_and_what_is_over(floor: Floor) -> None:
    boss = floor.client("boss")
    with CaptureQueriesContext(connection) as queries:
        page = boss.get("/notices/").content.decode()
    assert len(queries) <= MOST_QUERIES
    assert "was cut off before its end" in page and "1 notice</a>" in page
    assert boss.post(f"/notices/{floor.notice.pk}/read/").status_code == 302
    assert ">Notices</a>" in boss.get("/notices/").content.decode()
    clear_notice(floor.notice.code, floor.notice.subject, at=NOW)
    assert "nothing that you need to know" in boss.get("/notices/").content.decode()
    assert "was cut off before its end" in boss.get("/notices/?show=past").content.decode()
    assert "was cut off" not in floor.client("leader").get("/notices/?show=past").content.decode()


def test_home_begins_with_the_gravest_unread_one(floor: Floor) -> None:
    grave = {"title": "Queue log", "origin": "Main", "problem": "no such column"}
    raise_notice("load_failed", "x", to=Right.SEE_LOADS, severity=Severity.ACT, params=grave, address="/data/", at=NOW)
    step = floor.client("boss").get("/").content.decode().partition('<p class="step">')[2].partition("</p>")[0]
    assert "no such column" in step and 'href="/data/"' in step
    assert "What ought I to know?" not in floor.client("leader").get("/").content.decode()
