"""Is a saved view sent once for its time, to its owner alone, with what her roles of that day show, and stopped by a link?"""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from django.conf import settings
from django.test import Client

from floorwalker.apps.dashboards import sending
from floorwalker.apps.dashboards.due import next_due
from floorwalker.apps.dashboards.letters import address_letter
from floorwalker.apps.dashboards.mailing import (
    address_token,
    end_schedule,
    schedule_view,
    set_address,
    verify_address,
)
from floorwalker.apps.dashboards.models import Ended, MailAddress, SavedView, Schedule
from floorwalker.apps.dashboards.sending import LEASE, MOST_TRIES, send_due
from floorwalker.apps.notices.models import Notice
from floorwalker.apps.people.actions import end_role
from floorwalker.apps.people.languages import set_language
from floorwalker.apps.people.models import AuditEntry, Look, Role, Site, User
from floorwalker.apps.people.second_factors import require_second_factor
from floorwalker.config import Mail
from floorwalker.errors import Refused
from tests.apps.conftest import MAIL, Floor
from tests.smtp import Mailbox, mail_server

WEEK = "from=2023-11-20&to=2023-12-03"
# Rights are judged by the clock, so that what is sent is sent now.
NOW = datetime.now(UTC).replace(microsecond=0)
# No test that goes on by some minutes comes upon the hour at which it is sent again.
FAR_HOUR = (NOW.hour + 12) % 24


@pytest.fixture
def mailbox(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> Iterator[Mailbox]:
    with mail_server() as found:
        monkeypatch.setattr(settings, "FLOORWALKER", replace(settings.FLOORWALKER, mail=replace(MAIL, port=found.port)))
        yield found


def mail() -> Mail:
    found = settings.FLOORWALKER.mail
    assert isinstance(found, Mail)
    return found


def send(at: datetime = NOW) -> int:
    return send_due(mail(), lambda: at)


def view_of(user: User, route: str, **arguments: Any) -> SavedView:
    return SavedView.objects.create(
        user=user, name=f"My {route}", route=route, arguments=arguments, query=WEEK, created_at=NOW
    )


def scheduled(
    user: User, view: SavedView, *, due: datetime = NOW, rhythm: str = "daily", sheet: bool = False
) -> Schedule:
    if not MailAddress.objects.filter(user=user).exists():
        asked = set_address(f"{user.username}@example.org", by=user, at=NOW)
        verify_address(address_token(asked), by=user, at=NOW)
    made = schedule_view(
        view, rhythm, hour=FAR_HOUR, site=Site.objects.get(code="Bangor"), with_sheet=sheet, by=user, at=NOW
    )
    Schedule.objects.filter(pk=made.pk).update(due_at=due, try_at=due)
    made.refresh_from_db()
    return made


def team_view(floor: Floor) -> SavedView:
    return view_of(floor.users["leader"], "team_board", team_id=floor.teams[0].pk)


def text_of(message: Any) -> str:
    return str(message.get_body(("plain",)).get_content())


def test_from_the_address_to_the_first_mail(floor: Floor, mailbox: Mailbox) -> None:
    client, leader = floor.client("leader"), floor.users["leader"]
    view = team_view(floor)
    page = f"/views/{view.pk}/mail/"
    when = {"rhythm": "weekly", "hour": "7", "site": str(Site.objects.get(code="Bangor").pk), "with_sheet": "on"}
    assert "not known yet" in client.get(page).content.decode()
    assert client.post(page, when).status_code == 409, "nothing before the address is shown to be hers"
    assert client.post("/views/address/", {"address": "wren@example.org"}).status_code == 302
    assert mailbox.last["To"] == "wren@example.org"
    link = re.search(r"https://floor\.example\.org(/views/address/\S+)", text_of(mailbox.last))
    assert link
    client.get(link[1])
    assert MailAddress.objects.get(user=leader).verified_at is None, "opened by a program that looks through mail"
    assert client.post(link[1]).status_code == 302
    assert client.post(page, when).status_code == 302
    schedule = Schedule.objects.get()
    assert schedule.due_at > NOW and schedule.due_at.weekday() == 0
    assert send() == 0 and send(schedule.due_at) == 1 and send(schedule.due_at) == 0
    sent = mailbox.last
    assert sent["To"] == "wren@example.org" and len(mailbox.messages) == 2
    kinds = [part.get_content_type().rpartition(".")[2] for part in sent.iter_attachments()]
    assert kinds == ["application/pdf".rpartition(".")[2], "sheet"]
    assert next(iter(sent.iter_attachments())).get_content().startswith(b"%PDF")
    text = text_of(sent)
    for said in ("Avocet", "Transfer rate: ", "Target: at most 45%", "likely", f"/teams/{floor.teams[0].pk}/?{WEEK}"):
        assert said in text, said
    assert AuditEntry.objects.filter(verb="export", by="leader").count() == 1


def test_a_mail_is_in_the_language_of_its_reader_and_the_next_one_in_hers(floor: Floor, mailbox: Mailbox) -> None:
    leader, boss = floor.users["leader"], floor.users["boss"]
    set_language(leader, "cy", at=NOW)
    scheduled(leader, team_view(floor))
    assert send() == 1 and "Cyfradd drosglwyddo: " in text_of(mailbox.last) and "Target" not in text_of(mailbox.last)
    scheduled(boss, view_of(boss, "team_board", team_id=floor.teams[0].pk))
    assert send() == 1 and "Transfer rate: " in text_of(mailbox.last) and "Targed" not in text_of(mailbox.last)


def test_what_is_sent_of_one_person_is_among_the_looks_at_her(floor: Floor, mailbox: Mailbox) -> None:
    agent = floor.agents[0]
    scheduled(floor.users["leader"], view_of(floor.users["leader"], "agent_page", agent_id=agent.pk))
    assert send() == 1 and agent.name in text_of(mailbox.last)
    assert Look.objects.filter(agent=agent, user=floor.users["leader"]).exists()


def test_whoever_has_yet_to_set_up_a_second_factor_is_sent_nothing_until_then(floor: Floor, mailbox: Mailbox) -> None:
    """No page shows her the figures either; and nothing has to be asked for anew afterwards."""
    schedule = scheduled(floor.users["leader"], team_view(floor))
    require_second_factor([Role.TEAM_LEADER], by="admin", at=NOW)
    assert send() == 0 and mailbox.messages == []
    schedule.refresh_from_db()
    assert schedule.ended_at is None and schedule.try_at == schedule.due_at > NOW
    require_second_factor([], by="admin", at=NOW)
    assert send(schedule.due_at) == 1


def test_nobody_writes_to_strangers_by_giving_their_addresses(floor: Floor, mailbox: Mailbox) -> None:
    client = floor.client("agent")
    answers = [client.post("/views/address/", {"address": f"stranger{n}@example.org"}) for n in range(6)]
    assert [answer.status_code for answer in answers] == [302] * 5 + [429] and len(mailbox.messages) == 5
    set_address("mine@example.org", by=floor.users["agent"], at=NOW + timedelta(hours=2))


def test_two_workers_send_one(floor: Floor, mailbox: Mailbox) -> None:
    schedule = scheduled(floor.users["leader"], team_view(floor))
    both = [Schedule.objects.get(pk=schedule.pk) for _worker in range(2)]
    assert [sending._claim(one, NOW) for one in both] == [True, False]
    assert send(NOW + timedelta(minutes=1)) == 0 and not mailbox.messages


def test_killed_between_sending_and_noting_it_is_sent_twice_and_says_so(
    floor: Floor, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    scheduled(floor.users["leader"], team_view(floor))

    def die(*_given: object) -> None:
        raise SystemExit

    with monkeypatch.context() as patch:
        patch.setattr(sending, "_sent", die)
        with pytest.raises(SystemExit):
            send()
    assert send() == 0 and len(mailbox.messages) == 1, "its time is held by the one that died"
    assert send(NOW + LEASE) == 1
    assert send(NOW + 2 * LEASE) == 0 and len(mailbox.messages) == 2
    assert len({message["Message-ID"] for message in mailbox.messages}) == 1


def test_what_was_missed_while_nobody_worked_is_sent_once_and_late(floor: Floor, mailbox: Mailbox) -> None:
    schedule = scheduled(floor.users["leader"], team_view(floor), due=NOW - timedelta(days=5))
    assert send() == 1 and send() == 0 and len(mailbox.messages) == 1
    schedule.refresh_from_db()
    assert NOW < schedule.due_at <= NOW + timedelta(days=1, hours=2)


def test_whoever_leads_the_team_no_more_is_sent_nothing_of_it(floor: Floor, mailbox: Mailbox) -> None:
    leader = floor.users["leader"]
    schedule = scheduled(leader, team_view(floor))
    end_role(leader.grants.get(), on=NOW.date(), by=floor.users["boss"], at=NOW)
    assert send() == 0
    text = text_of(mailbox.last)
    assert "no longer show this page" in text and "%" not in text and not list(mailbox.last.iter_attachments())
    schedule.refresh_from_db()
    assert schedule.ended_because == Ended.NOT_SEEN
    assert send(NOW + timedelta(days=40)) == 0 and len(mailbox.messages) == 1
    assert "your present roles no longer show this page" in floor.client("leader").get("/views/").content.decode()


@pytest.mark.parametrize("why", ["inactive", "view_gone"])
def test_a_closed_log_in_or_a_removed_view_ends_it(floor: Floor, mailbox: Mailbox, why: str) -> None:
    leader = floor.users["leader"]
    schedule = scheduled(leader, team_view(floor))
    if why == "inactive":
        User.objects.filter(pk=leader.pk).update(is_active=False)
    else:
        SavedView.objects.filter(pk=schedule.view_id).update(removed_at=NOW)
    assert send() == 0 and not mailbox.messages
    schedule.refresh_from_db()
    assert schedule.ended_because == why


def test_a_silent_server_is_tried_again_ever_later_and_then_told(floor: Floor) -> None:
    schedule = scheduled(floor.users["leader"], team_view(floor))
    at, waits = NOW, []
    for _try in range(MOST_TRIES):
        assert send(at) == 0
        schedule.refresh_from_db()
        waits.append((schedule.try_at - at).total_seconds() / 60)
        at = schedule.try_at
    assert waits[:-1] == [1, 2, 4, 8, 16]
    assert schedule.tries == 0 and schedule.due_at > NOW and schedule.ended_at is None
    assert Notice.objects.open().filter(code="mail_unsent").count() == 1
    assert "could not be sent in 6 tries" in floor.client("boss").get("/notices/").content.decode()
    assert "The last try failed" in floor.client("leader").get("/views/").content.decode()


def test_the_notice_is_over_when_mail_leaves_again(
    floor: Floor, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    schedule = scheduled(floor.users["leader"], team_view(floor))
    sending._failed(Schedule(pk=schedule.pk, tries=5, rhythm="daily", hour=7, site=schedule.site), OSError(), NOW)
    assert Notice.objects.open().filter(code="mail_unsent").exists()
    schedule.refresh_from_db()
    assert send(schedule.try_at) == 1
    assert not Notice.objects.open().filter(code="mail_unsent").exists()


def test_a_mail_that_cannot_be_made_holds_up_no_other(
    floor: Floor, mailbox: Mailbox, monkeypatch: pytest.MonkeyPatch
) -> None:
    broken = scheduled(floor.users["boss"], view_of(floor.users["boss"], "centre"), due=NOW - timedelta(hours=1))
    scheduled(floor.users["leader"], team_view(floor))
    plain = sending.letter

    def letter(schedule: Schedule, *given: Any) -> Any:
        if schedule.pk == broken.pk:
            raise RuntimeError("a bug")
        return plain(schedule, *given)

    monkeypatch.setattr(sending, "letter", letter)
    assert send() == 1 and mailbox.last["To"] == "leader@example.org"
    broken.refresh_from_db()
    assert broken.tries == 1 and broken.ended_at is None


@pytest.mark.parametrize(("answer", "ended"), [("550 nobody here", True), ("450 later", False)])
def test_an_address_that_is_refused_for_good_ends_it(floor: Floor, mailbox: Mailbox, answer: str, ended: bool) -> None:
    schedule = scheduled(floor.users["leader"], team_view(floor))
    mailbox.refuses = answer
    assert send() == 0
    schedule.refresh_from_db()
    assert (schedule.ended_because == Ended.REFUSED) is ended and schedule.tries == (0 if ended else 1)


def test_the_link_in_a_mail_ends_that_schedule_without_log_in_and_nothing_else(floor: Floor, mailbox: Mailbox) -> None:
    leader = floor.users["leader"]
    one = scheduled(leader, team_view(floor))
    other = scheduled(leader, view_of(leader, "agent_page", agent_id=floor.agents[0].pk), due=NOW + timedelta(days=9))
    send()
    stop = mailbox.last["List-Unsubscribe"].strip("<>").removeprefix("https://floor.example.org")
    anybody = Client(enforce_csrf_checks=True)
    assert "is sent by e-mail" in anybody.get(stop).content.decode()
    assert Schedule.objects.running().count() == 2, "opened by a program that looks through mail"
    assert anybody.post(stop).status_code == 200
    assert list(Schedule.objects.running()) == [other]
    one.refresh_from_db()
    assert one.ended_because == Ended.LINK
    assert anybody.post("/mail/forged/stop/").status_code == 409
    assert anybody.get("/views/").status_code == 302
    # The token that stands in the link: one made now may have another second in it.
    assert anybody.post(f"/mail/{address_token(MailAddress.objects.get())}/stop/").status_code == 409


def test_the_link_to_an_address_works_once_for_its_user_and_address(floor: Floor) -> None:
    leader, other = floor.users["leader"], floor.users["other_leader"]
    first = address_token(set_address("old@example.org", by=leader, at=NOW - timedelta(minutes=1)))
    asked = set_address("new@example.org", by=leader, at=NOW)
    set_address("other@example.org", by=other, at=NOW)
    for token, by in ((first, leader), (address_token(asked), other), ("forged", leader)):
        with pytest.raises(Refused, match="cannot be used"):
            verify_address(token, by=by, at=NOW)
    # The token that stands in the letter: one made now may have another second in it.
    letter = str(address_letter(asked, MAIL, NOW).get_content()).replace("=\n", "")
    verify_address(re.findall(r"/views/address/([^/\s]+)/", letter)[0], by=leader, at=NOW)
    with pytest.raises(Refused):
        verify_address(address_token(asked), by=leader, at=NOW)
    set_address("new@example.org", by=leader, at=NOW + timedelta(hours=1))
    assert MailAddress.objects.get(user=leader).verified_at is None


def test_a_view_is_sent_by_one_schedule_and_ends_once(floor: Floor) -> None:
    leader = floor.users["leader"]
    view = team_view(floor)
    first, second = scheduled(leader, view), scheduled(leader, view, rhythm="monthly")
    assert list(Schedule.objects.running()) == [second]
    assert end_schedule(second, Ended.OWNER, by=leader, at=NOW) and not end_schedule(first, Ended.LINK, by=None, at=NOW)
    first.refresh_from_db()
    assert first.ended_because == Ended.OWNER
    trend = view_of(leader, "agent_trend", agent_id=floor.agents[0].pk, measure_id="transfer_rate")
    with pytest.raises(Refused, match="cannot be sent"):
        scheduled(leader, trend)


def test_nobody_schedules_anothers_view(floor: Floor) -> None:
    view = team_view(floor)
    assert floor.client("boss").get(f"/views/{view.pk}/mail/").status_code == 404
    assert floor.client("boss").post(f"/views/{view.pk}/mail/end/").status_code == 404


@pytest.mark.parametrize(
    ("rhythm", "hour", "after", "due"),
    [
        ("daily", 7, datetime(2026, 7, 1, 5, 59, tzinfo=UTC), datetime(2026, 7, 1, 6, tzinfo=UTC)),
        ("daily", 7, datetime(2026, 7, 1, 6, tzinfo=UTC), datetime(2026, 7, 2, 6, tzinfo=UTC)),
        ("daily", 7, datetime(2026, 12, 1, 6, tzinfo=UTC), datetime(2026, 12, 1, 7, tzinfo=UTC)),
        ("weekly", 7, datetime(2026, 12, 1, 6, tzinfo=UTC), datetime(2026, 12, 7, 7, tzinfo=UTC)),
        ("monthly", 0, datetime(2026, 6, 30, 22, 59, tzinfo=UTC), datetime(2026, 6, 30, 23, tzinfo=UTC)),
        ("monthly", 0, datetime(2026, 6, 30, 23, tzinfo=UTC), datetime(2026, 7, 31, 23, tzinfo=UTC)),
        # The clocks go forward on 29 March: half past one there is none; and back on 25 October.
        ("daily", 1, datetime(2026, 3, 28, 12, tzinfo=UTC), datetime(2026, 3, 29, 1, tzinfo=UTC)),
        ("daily", 1, datetime(2026, 10, 24, 12, tzinfo=UTC), datetime(2026, 10, 25, 0, tzinfo=UTC)),
        ("daily", 1, datetime(2026, 10, 25, 0, tzinfo=UTC), datetime(2026, 10, 26, 1, tzinfo=UTC)),
    ],
)
def test_the_next_time_is_by_the_clock_of_the_site(rhythm: str, hour: int, after: datetime, due: datetime) -> None:
    assert next_due(rhythm, hour, "Europe/London", after) == due


def test_a_saved_view_of_somebody_who_is_gone_says_so(floor: Floor) -> None:
    leader = floor.users["leader"]
    view_of(leader, "agent_page", agent_id=floor.agents[1].pk)
    text = floor.client("leader").get("/views/").content.decode()
    assert "You cannot see whom it is about any more" in text and f"/agents/{floor.agents[1].pk}/" not in text
