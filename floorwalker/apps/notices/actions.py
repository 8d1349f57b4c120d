"""What can be done about notices? Each function is one transaction: check, change, audit entry; twice is as once."""

from __future__ import annotations

from collections.abc import Mapping
from datetime import datetime
from typing import Any

from floorwalker.apps.notices.models import Notice, Reading, Severity
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import Right, Role, User

SUBJECT_LENGTH = 200


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
) -> Notice:
    """Let those know whom it concerns; an open notice of the same code and subject is brought up to date instead.

    One that has become graver is unread again.
    """
    subject = subject[:SUBJECT_LENGTH]
    notice = Notice.objects.filter(code=code, subject=subject, cleared_at=None).first()
    said = {"params": dict(params or {}), "severity": int(severity), "address": address}
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
