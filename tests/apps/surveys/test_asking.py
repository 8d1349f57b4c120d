"""Does the system alone choose whom to ask, can every choice be proved, and is no address kept longer than it is needed?"""

from __future__ import annotations

import hashlib
import smtplib
from collections import Counter
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from zoneinfo import ZoneInfo

import pytest

from floorwalker.apps.notices import posting
from floorwalker.apps.notices.models import Notice
from floorwalker.apps.notices.posting import NotAccepted
from floorwalker.apps.people.models import Agent, Identity, Queue, Site
from floorwalker.apps.surveys import contacts, sending
from floorwalker.apps.surveys.deciding import PATIENCE, after_quiet, decide_waiting, when_to_send
from floorwalker.apps.surveys.drawing import drawn_number, is_drawn, make_seed
from floorwalker.apps.surveys.models import Fate, Invitation, Plan
from floorwalker.apps.surveys.planning import Rule, change_plan, end_plan
from floorwalker.apps.surveys.sealing import unseal
from floorwalker.apps.surveys.tokens import digest_of, find_invitation
from floorwalker.errors import Refused
from tests.apps.conftest import MAIL, NOW
from tests.apps.surveys.conftest import AT, Asking, handled_calls, token_of
from tests.smtp import mail_server

ONE_HOUR = timedelta(hours=1)


def fates() -> Counter[str]:
    return Counter(Invitation.objects.values_list("fate", flat=True))


def set_rule(asking: Asking, queues: tuple[Queue, ...] = (), **rule: object) -> None:
    changed = Rule(**{"asked_by": "Riverside Water", "share": 1.0, **rule})  # type: ignore[arg-type]
    change_plan(asking.plan, changed, queues=queues, by=asking.floor.users["boss"], at=NOW)
    asking.plan = Plan.objects.get(pk=asking.plan.pk)


def test_a_draw_can_be_repeated_by_anybody_and_hits_its_share(asking: Asking) -> None:
    set_rule(asking, share=0.4, rest_days=0)
    calls = list(handled_calls()[:200])
    batch = asking.hand_in(calls)
    found = Invitation.objects.filter(batch=batch, share__isnull=False)
    assert found.count() > 150
    for one in found:
        digest = hashlib.sha256(bytes.fromhex(batch.seed) + bytes(one.named_key)).digest()
        number = int.from_bytes(digest[:8], "big") / 2**64
        assert one.drawn_number == pytest.approx(number, abs=1e-12)
        assert one.share == 0.4
        assert (one.fate == Fate.DRAWN) == (number < 0.4)
    drawn = fates()[Fate.DRAWN]
    # Five standard errors: a draw that does this by chance is seen once in two million.
    assert abs(drawn - 0.4 * found.count()) < 5 * (0.24 * found.count()) ** 0.5


def test_numbers_are_spread_evenly_over_seeds_and_contacts() -> None:
    of_seeds = [drawn_number(make_seed(), b"a contact") for _ in range(4000)]
    seed = make_seed()
    of_contacts = [drawn_number(seed, number.to_bytes(16, "big")) for number in range(4000)]
    for numbers in (of_seeds, of_contacts):
        assert min(numbers) >= 0 and max(numbers) < 1
        assert sum(is_drawn(number, 0.25) for number in numbers) == pytest.approx(1000, abs=140)


def test_handing_in_again_draws_nobody_again(asking: Asking) -> None:
    set_rule(asking, share=0.5)
    calls = list(handled_calls()[:40])
    asking.hand_in(calls)
    before = list(Invitation.objects.order_by("pk").values_list("fate", "drawn_number"))
    again = asking.hand_in(calls, at=AT + ONE_HOUR)
    assert list(Invitation.objects.order_by("pk").values_list("fate", "drawn_number")) == before
    assert again.known_already == 40
    with pytest.raises(Refused):
        asking.hand_in([])


def test_nobody_is_asked_twice_within_the_days_of_rest(asking: Asking) -> None:
    first, second, third, *_ = handled_calls()
    asking.hand_in([first, second], address="ann@example.org")
    assert fates() == {Fate.DRAWN: 1, Fate.RESTING: 1}
    assert Invitation.objects.get(fate=Fate.RESTING).drawn_number is None
    assert asking.send(AT + ONE_HOUR) == 1
    asking.hand_in([third], at=AT + timedelta(days=6), address="Ann@Example.org")
    assert fates() == {Fate.SENT: 1, Fate.RESTING: 2}
    Invitation.objects.filter(fate=Fate.SENT).update(sent_at=AT - timedelta(days=40))
    asking.hand_in([handled_calls()[3]], at=AT + timedelta(days=6), address="ann@example.org")
    assert fates() == {Fate.SENT: 1, Fate.RESTING: 2, Fate.DRAWN: 1}


def test_only_what_the_plan_means_is_drawn(asking: Asking) -> None:
    calls = list(handled_calls()[:60])
    claims = Queue.objects.get(name="claims")
    set_rule(asking, (claims,))
    asking.hand_in(calls[:30])
    keys = {bytes(key) for key in Identity.objects.filter(queue=claims).values_list("key", flat=True)}
    drawn = Invitation.objects.filter(fate=Fate.DRAWN)
    assert 0 < drawn.count() < 30
    assert {bytes(one.queue_key or b"") for one in drawn} <= keys
    assert fates()[Fate.NOT_MEANT] + drawn.count() + fates()[Fate.RESTING] == 30
    set_rule(asking, channels=("chat",))
    asking.hand_in(calls[30:])
    assert fates()[Fate.NOT_MEANT] >= 30
    end_plan(asking.plan, by=asking.floor.users["boss"], at=NOW)
    with pytest.raises(Refused):
        asking.hand_in(calls)


def test_a_contact_that_is_not_known_waits_for_its_load_and_then_its_address_goes(asking: Asking) -> None:
    asking.hand_in(["no such call"])
    one = Invitation.objects.get()
    assert one.fate == Fate.WAITING
    assert unseal(one.address) == "customer-no such call@example.org"
    assert "example" not in one.address
    assert decide_waiting(AT + PATIENCE) == 0
    assert decide_waiting(AT + PATIENCE + ONE_HOUR) == 1
    one.refresh_from_db()
    assert (one.fate, one.address) == (Fate.UNKNOWN, "")


def test_what_is_sent_fixes_whom_it_is_about_and_forgets_the_address(asking: Asking) -> None:
    call = handled_calls()[5]
    asking.hand_in([call], language="cy")
    assert asking.send(AT - timedelta(minutes=1)) == 0
    assert asking.send(AT) == 1
    one = Invitation.objects.get()
    assert (one.fate, one.address, one.tries) == (Fate.SENT, "", 0)
    assert one.closes_at == (one.sent_at or AT) + timedelta(days=7)
    facts = contacts.read_contacts({bytes(one.named_key): bytes(one.chain_key)}, AT.date())[bytes(one.named_key)]
    assert bytes(one.identity_key or b"") == facts.last_agent
    assert bytes(one.contact_key or b"") == facts.contact_key
    assert one.contact_at == facts.entered_at
    assert one.version == asking.plan.survey.present
    just_over = replace(facts, ended_at=AT)
    assert when_to_send(asking.plan, just_over, Site.objects.get(code="Main"), AT) == AT + timedelta(minutes=30)

    [letter] = asking.sent
    assert letter["To"] == f"customer-{call}@example.org"
    assert "Riverside Water" in letter["From"]
    assert bytes(one.token_digest or b"") == digest_of(token_of(letter))
    text = letter.as_string()
    for agent in Agent.objects.all():
        assert agent.name not in text
    assert asking.send(AT + ONE_HOUR) == 0, "once"


def test_nothing_is_sent_in_quiet_hours(asking: Asking) -> None:
    asking.hand_in(list(handled_calls()[:2]), at=AT.replace(hour=21))
    assert {one.send_after for one in Invitation.objects.filter(fate=Fate.DRAWN)} == {
        AT.replace(hour=8) + timedelta(days=1)
    }
    # A worker that was off until the evening does not make up for it then.
    assert asking.send(AT.replace(hour=22) + timedelta(days=1)) == 0
    assert asking.send(AT.replace(hour=9) + timedelta(days=2)) > 0
    set_rule(asking, quiet_from=6, quiet_to=6)
    wanted = AT.replace(hour=6)
    site = Site.objects.get(code="Main")
    assert after_quiet(asking.plan, wanted, ZoneInfo(site.timezone)) == wanted
    plan = Plan(quiet_from=22, quiet_to=7)
    assert after_quiet(plan, datetime(2026, 7, 1, 21, 30, tzinfo=UTC), ZoneInfo("Europe/London")) == datetime(
        2026, 7, 2, 6, tzinfo=UTC
    )


def test_a_mail_server_takes_the_invitation_or_refuses_it(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(sending, "post", posting.post)
    first, second, *_ = handled_calls()
    with mail_server() as server:
        mail = replace(MAIL, port=server.port)
        asking.hand_in([first], language="cy")
        assert asking.send(AT, mail) == 1
        one = find_invitation(token_of(server.last))
        assert one is not None and one.fate == Fate.SENT
        assert server.last["List-Unsubscribe-Post"] == "List-Unsubscribe=One-Click"
        server.refuses = "550 nobody here"
        asking.hand_in([second])
        assert asking.send(AT, mail) == 0
    assert Invitation.objects.latest("pk").fate == Fate.UNSENT
    assert Invitation.objects.exclude(address="").count() == 0


@pytest.mark.parametrize(
    ("error", "fate", "address_stays"),
    [(NotAccepted("gone"), Fate.UNSENT, False), (smtplib.SMTPServerDisconnected(), Fate.DRAWN, True)],
    ids=["refused", "later"],
)
def test_what_cannot_be_sent_is_tried_again_or_given_up(
    asking: Asking, monkeypatch: pytest.MonkeyPatch, error: Exception, fate: Fate, address_stays: bool
) -> None:
    def fail(_message: EmailMessage, _mail: object) -> None:
        raise error

    monkeypatch.setattr(sending, "post", fail)
    asking.hand_in(list(handled_calls()[:1]))
    at = AT + ONE_HOUR
    assert asking.send(at) == 0
    one = Invitation.objects.get()
    assert (one.fate, bool(one.address), one.sent_at, one.token_digest) == (fate, address_stays, None, None)
    for hours in range(2, 10):
        asking.send(at + hours * timedelta(minutes=40))
    one = Invitation.objects.get()
    assert (one.fate, one.address) == (Fate.UNSENT, "")
    assert Notice.objects.filter(code="survey_unsent", cleared_at=None).exists() == address_stays


def test_a_worker_killed_while_it_sent_asks_nobody_twice(asking: Asking, monkeypatch: pytest.MonkeyPatch) -> None:
    class Killed(BaseException):
        pass

    def die(_message: EmailMessage, _mail: object) -> None:
        raise Killed

    asking.hand_in(list(handled_calls()[:1]))
    with monkeypatch.context() as patched, pytest.raises(Killed):
        patched.setattr(sending, "post", die)
        asking.send(AT + ONE_HOUR)
    assert asking.send(AT + 2 * ONE_HOUR) == 0
    one = Invitation.objects.get()
    assert (one.fate, one.address) == (Fate.SENT, "")
