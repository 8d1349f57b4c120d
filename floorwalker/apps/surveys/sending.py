"""Which invitations are due, and do they leave? Each once: that one is lost with a killed worker was chosen over asking anybody twice."""

from __future__ import annotations

import logging
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime, timedelta
from zoneinfo import ZoneInfo

from django.utils import translation

from floorwalker.apps.notices.actions import clear_notice, raise_notice
from floorwalker.apps.notices.models import Severity
from floorwalker.apps.notices.posting import NotAccepted, post
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import Right, User
from floorwalker.apps.surveys.contacts import read_contacts
from floorwalker.apps.surveys.deciding import after_quiet, fix_attribution
from floorwalker.apps.surveys.letters import invitation_letter
from floorwalker.apps.surveys.models import Delivery, Fate, Invitation, Plan
from floorwalker.apps.surveys.sealing import unseal
from floorwalker.apps.surveys.tokens import digest_of, make_token
from floorwalker.config import Mail

MOST_AT_ONCE = 200
MOST_TRIES = 6
FIRST_WAIT = timedelta(minutes=1)
# Sent longer ago than this, and the address is still there: the worker was killed in between.
LEFT_AFTER = timedelta(minutes=10)
UNSENT = "survey_unsent"

logger = logging.getLogger(__name__)


def send_due(mail: Mail, now: Callable[[], datetime]) -> int:
    """Send what is due; how many left. One that fails holds up no other and is tried again."""
    _erase_left(now())
    due = list(Invitation.objects.due(now(), Delivery.MAIL).select_related("plan__survey", "site")[:MOST_AT_ONCE])
    _fix(due, now())
    left = 0
    for invitation in due:
        token = _claim(invitation, now())
        if token is not None:
            left += _send(invitation, token, mail, now())
    if left:
        note_sent(left, at=now())
    return left


@dataclass(frozen=True)
class Link:
    """What another system brings to a customer: by which id it knows the contact, the link's token, and until when it opens."""

    contact: str
    token: str
    closes_at: datetime


def take_links(plan: Plan, *, by: User, at: datetime) -> list[Link]:
    """The links that are due and are brought to customers by the centre's own system; each is given out once."""
    due = list(
        Invitation.objects.due(at, Delivery.LINK)
        .filter(plan=plan)
        .select_related("plan__survey", "site")[:MOST_AT_ONCE]
    )
    _fix(due, at)
    found = []
    for one in due:
        token = _claim(one, at)
        if token is not None and one.closes_at is not None:
            found.append(Link(unseal(one.address), token, one.closes_at))
            Invitation.objects.filter(pk=one.pk).update(address="")
    if found:
        note_sent(len(found), by=by.username, at=at)
    return found


@action
def note_sent(count: int, *, by: str = SYSTEM, at: datetime) -> None:
    """Note in the trail that customers were asked; which is told by the log of invitations."""
    record(by, "send_surveys", "surveys", at, sent=count)


def _fix(due: list[Invitation], at: datetime) -> None:
    """Whom an answer is about is what the facts say when it is sent; what they no longer know stays as it was drawn."""
    named = {bytes(one.named_key): bytes(one.chain_key) for one in due}
    contacts = read_contacts(named, at.date()) if named else {}
    for one in due:
        contact = contacts.get(bytes(one.named_key))
        if contact is not None and contact.last_agent is not None and one.site is not None:
            fix_attribution(one, contact, one.site)


@action
def _claim(invitation: Invitation, at: datetime) -> str | None:
    """Take it, unless somebody else has, or its hour has become a quiet one meanwhile; the token of its link."""
    still = Invitation.objects.filter(pk=invitation.pk, fate=Fate.DRAWN, send_after=invitation.send_after)
    version, site = invitation.plan.survey.present, invitation.site
    if version is None or site is None or not still.exists():
        return None
    allowed = after_quiet(invitation.plan, at, ZoneInfo(site.timezone))
    if allowed > at:
        still.update(send_after=allowed)
        return None
    token = make_token()
    invitation.fate, invitation.sent_at, invitation.version = Fate.SENT, at, version
    invitation.closes_at = at + timedelta(days=invitation.plan.open_days)
    invitation.token_digest = digest_of(token)
    invitation.save()
    return token


def _send(invitation: Invitation, token: str, mail: Mail, at: datetime) -> bool:
    try:
        with translation.override(invitation.language):
            letter = invitation_letter(invitation, unseal(invitation.address), token, mail, at)
        post(letter, mail)
    except NotAccepted:
        _settle(invitation, Fate.UNSENT)
        return False
    except Exception as error:
        _failed(invitation, error, at)
        return False
    Invitation.objects.filter(pk=invitation.pk).update(address="")
    clear_notice(UNSENT, "mail", at=at)
    return True


def _failed(invitation: Invitation, error: Exception, at: datetime) -> None:
    """Again in one, two, four minutes and so on; after the last try it stays unsent, and the address goes."""
    tries = invitation.tries + 1
    logger.error("an invitation could not be sent (try %d): %s: %s", tries, type(error).__name__, error)
    if tries >= MOST_TRIES:
        _settle(invitation, Fate.UNSENT)
        told = {"problem": type(error).__name__}
        raise_notice(UNSENT, "mail", to=Right.SEE_LOADS, severity=Severity.WARN, params=told, at=at)
        return
    again = at + FIRST_WAIT * 2 ** (tries - 1)
    Invitation.objects.filter(pk=invitation.pk).update(
        fate=Fate.DRAWN, sent_at=None, closes_at=None, version=None, token_digest=None, tries=tries, send_after=again
    )


def _settle(invitation: Invitation, fate: Fate) -> None:
    Invitation.objects.filter(pk=invitation.pk).update(
        fate=fate, address="", sent_at=None, closes_at=None, version=None, token_digest=None
    )


def _erase_left(at: datetime) -> None:
    left = Invitation.objects.filter(fate=Fate.SENT, sent_at__lt=at - LEFT_AFTER).exclude(address="")
    left.update(address="")
