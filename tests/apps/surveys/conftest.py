"""A survey that customers are asked by, a plan that draws all of them, and the calls of the small centre's log."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from email.message import EmailMessage
from functools import cache

import pytest
from django.utils import timezone

from floorwalker.apps.surveys import sending
from floorwalker.apps.surveys.deciding import decide_waiting
from floorwalker.apps.surveys.instruments import draft_survey, publish_survey
from floorwalker.apps.surveys.inviting import Invitable, receive_contacts
from floorwalker.apps.surveys.models import Batch, Invitation, Plan
from floorwalker.apps.surveys.planning import Rule, make_plan
from floorwalker.config import Mail
from tests.apps.conftest import MAIL, NOW, Floor
from tests.sources.asterisk_queue_log.lines import START, write_log

# Noon of the day after the last call of the log, which the fixture `loaded` writes alike.
AT = (datetime.fromtimestamp(START, UTC) + timedelta(days=17)).replace(hour=12, minute=0, second=0)
ITEMS = ("csat_contact", "ces_ease", "nps_recommend", "resolved_now", "text_open")
LINK = "https://floor.example.org/s/"


@cache
def handled_calls() -> tuple[str, ...]:
    """The ids of calls of one visit that an agent dealt with, in the order of the log."""
    lines = [line.split("|") for line in write_log(2400, seed=5, seconds_between=600)]
    visits = Counter(call for _at, call, _queue, _agent, event, *_rest in lines if event == "ENTERQUEUE")
    ended = {"COMPLETEAGENT", "COMPLETECALLER"}
    return tuple(line[1] for line in lines if line[4] in ended and visits[line[1]] == 1)


@dataclass
class Asking:
    """A plan, and what can be done by it at any time."""

    floor: Floor
    plan: Plan
    sent: list[EmailMessage]

    def hand_in(self, calls: list[str], *, at: datetime = AT, address: str = "", language: str = "") -> Batch:
        """Hand in these calls, each of a customer with an address of her own unless all have this one, and decide."""
        given = [Invitable(call, address or f"customer-{call}@example.org", language) for call in calls]
        batch = receive_contacts(
            self.plan, given, source="asterisk_queue_log", origin="Main", by=self.floor.users["boss"], at=at
        )
        decide_waiting(at, batch)
        return batch

    def send(self, at: datetime = AT, mail: Mail = MAIL) -> int:
        """Send what is due then."""
        return sending.send_due(mail, lambda: at)

    def invite(self, calls: list[str] | None = None) -> list[str]:
        """Hand in and send; the tokens of the links, which can still be answered now."""
        before = len(self.sent)
        self.hand_in(list(handled_calls()[:1]) if calls is None else calls)
        self.send(AT + timedelta(hours=1))
        Invitation.objects.sent().update(closes_at=timezone.now() + timedelta(days=7))
        return [token_of(letter) for letter in self.sent[before:]]


def token_of(letter: EmailMessage) -> str:
    """The token of the link in a mail."""
    text = letter.get_content()
    return str(text.partition(LINK)[2].partition("/")[0])


@pytest.fixture
def letters(monkeypatch: pytest.MonkeyPatch) -> list[EmailMessage]:
    """What a mail server took."""
    taken: list[EmailMessage] = []
    monkeypatch.setattr(sending, "post", lambda message, _mail: taken.append(message))
    return taken


@pytest.fixture
def asking(floor: Floor, letters: list[EmailMessage]) -> Asking:
    """A published survey of five questions, asked after every contact."""
    boss = floor.users["boss"]
    survey = draft_survey("After a call", ITEMS, by=boss, at=NOW)
    publish_survey(survey, by=boss, at=NOW)
    plan = make_plan("All calls", survey, Rule("Riverside Water", 1.0, rest_days=30), by=boss, at=NOW)
    return Asking(floor, plan, letters)
