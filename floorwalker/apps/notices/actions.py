"""What can be done about notices and tokens? Each function is one transaction: check, change, audit entry; twice is as once."""

from __future__ import annotations

from collections.abc import Collection, Mapping
from datetime import datetime, timedelta
from typing import Any

from floorwalker.apps.notices.models import Area, Notice, Reading, Severity, Token
from floorwalker.apps.notices.tokens import make_secret
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import Right, Role, User
from floorwalker.errors import Refused

SUBJECT_LENGTH = 200
NAME_LENGTH = 80
LONGEST_LIFE = timedelta(days=366)
MOST_TOKENS = 20


@action
def raise_notice(
    code: str,
    subject: str,
    *,
    to: Right | Role,
    severity: Severity,
    at: datetime,
    params: Mapping[str, Any] | None = None,
    address: str = "",
    site: str = "",
) -> Notice:
    """Let those know whom it concerns, at one site or everywhere.

    An open notice of the same code and subject is brought up to date instead. One that has become graver is unread again.
    """
    subject = subject[:SUBJECT_LENGTH]
    notice = Notice.objects.filter(code=code, subject=subject, cleared_at=None).first()
    said = {"params": dict(params or {}), "severity": int(severity), "address": address, "site": site}
    if notice is None:
        whom = {"for_right": str(to)} if isinstance(to, Right) else {"for_role": str(to)}
        notice = Notice.objects.create(code=code, subject=subject, raised_at=at, **said, **whom)
        record(SYSTEM, "raise_notice", notice, at, code=code, about=subject)
    elif any(getattr(notice, name) != value for name, value in said.items()):
        if int(severity) > notice.severity:
            notice.readings.all().delete()
        Notice.objects.filter(pk=notice.pk).update(**said)
        notice.refresh_from_db()
    return notice


@action
def clear_notice(code: str, subject: str, *, at: datetime) -> bool:
    """Note that it holds no more; False where nothing was open."""
    notice = Notice.objects.filter(code=code, subject=subject[:SUBJECT_LENGTH], cleared_at=None).first()
    if notice is None:
        return False
    notice.cleared_at = at
    notice.save(update_fields=["cleared_at"])
    record(SYSTEM, "clear_notice", notice, at, code=code, about=subject)
    return True


@action
def mark_read(notice: Notice, *, by: User, at: datetime) -> Reading:
    """Note that somebody has read it: it is no longer proposed as her or his next step."""
    reading, created = Reading.objects.get_or_create(notice=notice, user=by, defaults={"read_at": at})
    if created:
        record(by.username, "mark_read", notice, at, code=notice.code)
    return reading


@action
def create_token(
    name: str, areas: Collection[str], *, may_write: bool, expires_at: datetime, owner: User, by: str, at: datetime
) -> tuple[Token, str]:
    """Make a token for its owner; the text is told here and never again, only its digest is kept."""
    named = " ".join(name.split())[:NAME_LENGTH]
    if not named:
        raise Refused("a token needs a name", mend="say which program it is for")
    wanted = [area for area in Area.values if area in areas]
    if not wanted or len(wanted) != len(set(areas)):
        raise Refused("a token is for some areas", found=", ".join(areas), expected=", ".join(Area.values))
    if not at < expires_at <= at + LONGEST_LIFE:
        raise Refused(
            "a token expires within a year",
            found=f"{expires_at:%Y-%m-%d}",
            expected=f"{at + timedelta(days=1):%Y-%m-%d} to {at + LONGEST_LIFE:%Y-%m-%d}",
        )
    if Token.objects.live(at).filter(user=owner).count() >= MOST_TOKENS:
        raise Refused("there are too many tokens", found=f"{MOST_TOKENS} live ones", mend="end those that nobody uses")
    secret = make_secret()
    token = Token.objects.create(
        user=owner,
        name=named,
        beginning=secret.beginning,
        digest=secret.digest,
        areas=wanted,
        may_write=may_write,
        made_at=at,
        expires_at=expires_at,
    )
    record(by, "create_token", token, at, beginning=token.beginning, areas=wanted, may_write=may_write, of=owner.pk)
    return token, secret.text


@action
def end_token(token: Token, *, by: str, at: datetime) -> Token:
    """End a token at once; ending it again changes nothing."""
    if token.ended_at is None:
        token.ended_at = at
        token.save(update_fields=["ended_at"])
        record(by, "end_token", token, at, beginning=token.beginning, of=token.user_id)
    return token
