"""Is everybody reminded of what waits for her, once here and once by mail, and of nothing that she switched off or that is done?"""

from __future__ import annotations

import smtplib
import threading
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from types import SimpleNamespace

import pytest

from floorwalker.apps.dashboards.models import MailAddress
from floorwalker.apps.evaluations.answering_back import ask_colleague, show_marks
from floorwalker.apps.evaluations.calibrating import call_off
from floorwalker.apps.evaluations.models import CalibrationSession, Evaluation, EvaluationForm
from floorwalker.apps.evaluations.queueing import queue_of
from floorwalker.apps.notices.models import About, Reminder
from floorwalker.apps.notices.posting import NotAccepted
from floorwalker.apps.notices.reminding import bring_up_to_date, choose_reminders, clear_done
from floorwalker.apps.people import daily
from floorwalker.apps.people.models import User
from floorwalker.apps.standards.models import Asking
from floorwalker.apps.standards.publishing import acknowledge
from floorwalker.jobs import reminding
from floorwalker.jobs.reminding import remind
from tests.apps.conftest import MAIL, NOW, Floor
from tests.apps.evaluations.calibrated import mark_all, session_of
from tests.apps.evaluations.drawn import draw_of, plan_of
from tests.apps.evaluations.made import appealed, begin, published_form, released, sent, submitted
from tests.apps.standards.made import published_standard


@pytest.fixture
def form(floor: Floor) -> EvaluationForm:
    return published_form(floor.users["analyst"])


@pytest.fixture
def posted(monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """What leaves by mail."""
    found: list[EmailMessage] = []
    monkeypatch.setattr(reminding, "post", lambda message, mail: found.append(message))
    return found


def morning() -> datetime:
    return datetime.now(UTC).replace(hour=6)


def reads_mail(user: User, *, verified: bool = True) -> None:
    shown = NOW if verified else None
    MailAddress.objects.create(user=user, address=f"{user.username}@example.org", asked_at=NOW, verified_at=shown)


def open_ones(who: str) -> dict[str, dict[str, object]]:
    return {one.about: one.params for one in Reminder.objects.open().filter(user__username=who)}


def test_everybody_is_reminded_of_what_waits_and_by_mail_once(
    floor: Floor, form: EvaluationForm, posted: list[EmailMessage]
) -> None:
    at, users = morning(), floor.users
    published_standard(floor)
    last_days = released(floor, form, sent())
    Evaluation.objects.filter(pk=last_days.pk).update(respond_by=at.date() + timedelta(days=2))
    released(floor, form, sent(), place=1)  # answered in a fortnight: no reminder yet
    lying = submitted(floor, begin(floor, floor.agents[0], form, place=2), sent())
    Evaluation.objects.filter(pk=lying.pk).update(submitted_at=at - timedelta(days=2))
    submitted(floor, begin(floor, floor.agents[0], form, place=3), sent())  # handed in just now
    appealed(floor, form, by="former_leader")
    draw_of(floor, plan_of(floor, form, evaluators=[users["analyst"]]))
    for who in ("agent", "analyst", "boss"):
        reads_mail(users[who])
    reads_mail(users["leader"], verified=False)

    assert remind(MAIL, at) == 2
    assert open_ones("agent").keys() == {About.READ_STANDARD, About.ANSWER_EVALUATION}
    assert open_ones("analyst").keys() == {About.RELEASE_EVALUATION, About.TAKE_APPEAL, About.MARK_DRAWN}
    # One waits for long; what is counted is what stands in her queue.
    queue = queue_of(users["analyst"], at.date())
    assert open_ones("analyst")[About.RELEASE_EVALUATION] == {"n": len(queue.to_release)} == {"n": 2}
    assert open_ones("analyst")[About.MARK_DRAWN] == {"n": queue.drawn} and queue.drawn
    assert open_ones("analyst")[About.TAKE_APPEAL] == {"n": len(queue.appeals)} == {"n": 1}
    assert open_ones("team_analyst").keys() == {About.TAKE_APPEAL} and open_ones("leader").keys() == {
        About.READ_STANDARD
    }
    assert open_ones("boss") == open_ones("other_leader") == open_ones("nobody") == {}
    to = {str(message["To"]): message for message in posted}
    assert to.keys() == {"agent@example.org", "analyst@example.org"}
    text = to["agent@example.org"].get_content()
    assert "Transfer only with a word to the customer" in text and "until" in text
    assert f"{MAIL.address}/evaluations/{last_days.pk}/" in text and f"{MAIL.address}/notices/reminders/" in text
    assert "2 things wait for you" in str(to["agent@example.org"]["Subject"])

    # Again, at once and the next morning: nothing is new, so nothing is sent, and what waits stays one line.
    assert remind(MAIL, at) == remind(MAIL, at + timedelta(days=1)) == 0
    home = floor.client("agent").get("/").content.decode()
    assert home.count("Please read the standard") == 1 and "What am I reminded of?" in home
    acknowledge(Asking.objects.get(), {}, by=users["agent"], at=at)
    remind(MAIL, at + timedelta(days=1))
    assert open_ones("agent").keys() == {About.ANSWER_EVALUATION}
    assert len(posted) == 2


def test_who_takes_part_in_a_session_is_reminded_until_she_has_handed_in(floor: Floor, form: EvaluationForm) -> None:
    at = morning()
    session = session_of(floor, form, contacts=1)
    CalibrationSession.objects.filter(pk=session.pk).update(due=at.date() + timedelta(days=4))
    remind(None, at)
    assert open_ones("leader") == {}, "there is time yet"
    CalibrationSession.objects.filter(pk=session.pk).update(due=at.date() + timedelta(days=3))
    mark_all(floor, session, "analyst")
    remind(None, at)
    assert open_ones("analyst") == {}
    for who in ("team_analyst", "leader"):
        assert open_ones(who)[About.MARK_CALIBRATION]["title"] == session.name
    home = floor.client("leader").get("/").content.decode()
    assert f"calibration session “{session.name}” by" in home and f"/calibration/{session.pk}/" in home
    call_off(session, "Nobody has time", by=floor.users["analyst"], at=at)
    remind(None, at)
    assert open_ones("leader") == {}


def test_a_colleague_who_marked_a_contact_is_led_to_where_she_can_release_it(
    floor: Floor, form: EvaluationForm
) -> None:
    hers = released(floor, form, sent())
    show_marks(hers, by=floor.users["agent"], at=NOW)
    asked = ask_colleague(hers, floor.users["mate"], by=floor.users["agent"], at=NOW)
    submitted(floor, asked, sent())
    Evaluation.objects.filter(pk=asked.pk).update(submitted_at=morning() - timedelta(days=2))
    remind(None, morning())
    (one,) = Reminder.objects.open().filter(user=floor.users["mate"], about=About.RELEASE_EVALUATION)
    page = floor.client("mate").get(one.address)
    assert page.status_code == 200 and f"/evaluations/{asked.pk}/" in page.content.decode()


def due(user: User, about: About) -> reminding.Due:
    return reminding.Due(user.pk, about, "one", "/forms/", {"n": 1, "day": "2026-12-01", "title": "Calls"})


@pytest.fixture
def waits(floor: Floor, monkeypatch: pytest.MonkeyPatch) -> User:
    """Somebody for whom an appeal waits, and nothing else is due of anybody."""
    user = floor.users["analyst"]
    monkeypatch.setattr(reminding, "_due", lambda at: iter([due(user, About.TAKE_APPEAL)]))
    reads_mail(user)
    return user


def test_what_is_switched_off_is_told_nowhere_and_what_is_compulsory_always(
    floor: Floor, waits: User, posted: list[EmailMessage]
) -> None:
    client, at = floor.client("analyst"), morning()
    remind(None, at)
    assert "1 appeal waits" in client.get("/").content.decode()
    assert client.post("/notices/reminders/", {"about": [About.MARK_DRAWN]}).status_code == 302
    assert "1 appeal waits" not in client.get("/").content.decode()
    assert remind(MAIL, at) == 0
    bring_up_to_date([due(waits, About.TAKE_APPEAL), due(waits, About.READ_STANDARD)], at=at)
    page = client.get("/notices/reminders/").content.decode()
    assert "Please read the standard “Calls”" in page and "1 appeal waits" not in page
    choose_reminders([About.TAKE_APPEAL], by=waits, at=at)
    assert remind(MAIL, at) == 1 and "1 appeal waits" in posted[0].get_content()
    assert client.post("/notices/reminders/", {"about": ["nothing"]}).status_code == 409


@pytest.mark.parametrize(
    ("error", "again"),
    [
        (ConnectionRefusedError(), True),
        (smtplib.SMTPDataError(451, b"later"), True),
        # Whether the server has taken it nobody can say: then it is not sent again.
        (TimeoutError(), False),
        (smtplib.SMTPServerDisconnected(), False),
    ],
)
def test_what_may_have_been_taken_is_not_sent_again(
    waits: User, posted: list[EmailMessage], monkeypatch: pytest.MonkeyPatch, error: Exception, again: bool
) -> None:
    def fails(message: EmailMessage, mail: object) -> None:
        raise error

    with monkeypatch.context() as broken:
        broken.setattr(reminding, "post", fails)
        with pytest.raises(type(error)):
            remind(MAIL, morning())
    assert remind(MAIL, morning()) == again


def test_an_address_that_the_server_never_takes_and_a_closed_log_in_hold_nobody_up(
    floor: Floor, waits: User, posted: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = floor.users["team_analyst"]
    reads_mail(other)
    both = [due(user, About.TAKE_APPEAL) for user in (waits, other)]
    monkeypatch.setattr(reminding, "_due", lambda at: iter(both))

    def refuses(message: EmailMessage, mail: object) -> None:
        if "team_analyst" not in str(message["To"]):
            raise NotAccepted(str(message["To"]))
        posted.append(message)

    monkeypatch.setattr(reminding, "post", refuses)
    assert remind(MAIL, morning()) == 1 and [str(one["To"]) for one in posted] == ["team_analyst@example.org"]
    assert remind(MAIL, morning()) == 0
    Reminder.objects.update(mailed_at=None)
    User.objects.filter(pk__in=(waits.pk, other.pk)).update(is_active=False)
    assert remind(MAIL, morning()) == 0


def test_an_address_that_is_full_for_now_keeps_nobody_elses_mail_back(
    floor: Floor, waits: User, posted: list[EmailMessage], monkeypatch: pytest.MonkeyPatch
) -> None:
    other = floor.users["team_analyst"]
    reads_mail(other)
    first, second = sorted((waits, other), key=lambda user: user.pk)
    both = [due(user, About.TAKE_APPEAL) for user in (first, second)]
    monkeypatch.setattr(reminding, "_due", lambda at: iter(both))

    def is_full(message: EmailMessage, mail: object) -> None:
        if str(message["To"]).startswith(first.username):
            raise smtplib.SMTPRecipientsRefused({str(message["To"]): (452, b"full")})
        posted.append(message)

    with monkeypatch.context() as full:
        full.setattr(reminding, "post", is_full)
        with pytest.raises(smtplib.SMTPRecipientsRefused):
            remind(MAIL, morning())
    assert [str(one["To"]) for one in posted] == [f"{second.username}@example.org"]
    assert remind(MAIL, morning()) == 1, "what was not taken is sent at the next look, and nothing else"


def test_reminders_are_made_each_morning_once(monkeypatch: pytest.MonkeyPatch) -> None:
    hours = iter([4, 5, 6])
    asked: list[int] = []
    stop = threading.Event()

    class Clock:
        @staticmethod
        def now(zone: object) -> datetime:
            hour = next(hours, None)
            if hour is None:
                stop.set()
            return datetime(2026, 11, 26, hour or 6, tzinfo=UTC)

    monkeypatch.setattr(daily, "datetime", Clock)
    monkeypatch.setattr(reminding, "remind", lambda mail, at: asked.append(at.hour))
    monkeypatch.setattr(daily, "connection", SimpleNamespace(close=lambda: None))
    monkeypatch.setattr(reminding, "LOOK_SECONDS", 0.001)
    cleared: list[int] = []
    monkeypatch.setattr(reminding, "clear_done", lambda due, at: cleared.append(at.hour))
    reminding.remind_each_morning(None, stop)
    assert asked == [5] and cleared == [4, 6, 6], "at every other look what is done is cleared"


def test_what_is_done_goes_within_minutes_and_nothing_new_is_raised_for_it(
    floor: Floor, form: EvaluationForm, posted: list[EmailMessage]
) -> None:
    at = morning()
    published_standard(floor)
    remind(None, at)
    assert open_ones("agent").keys() == {About.READ_STANDARD}
    acknowledge(Asking.objects.get(), {}, by=floor.users["agent"], at=at)
    appealed(floor, form, by="former_leader")
    assert clear_done(lambda: reminding._due(at), at=at) == 1 and clear_done(lambda: reminding._due(at), at=at) == 0
    assert open_ones("agent") == {} and open_ones("leader").keys() == {About.READ_STANDARD}
    assert open_ones("analyst") == {}, "what is new is told in the morning"
    remind(None, at + timedelta(days=1))
    assert About.TAKE_APPEAL in open_ones("analyst")
    looks = iter([[], list(reminding._due(at))])
    assert clear_done(lambda: next(looks), at=at) == 0, "what is missing for an instant is not done"
