"""Which notices does a reader see? Those for one of her or his rights or roles; no others are there."""

from __future__ import annotations

from datetime import date

from django.http import Http404

from floorwalker.apps.notices.models import Notice, NoticeQuerySet
from floorwalker.apps.people.models import User


def notices_of(user: User, on: date) -> NoticeQuerySet:
    """The notices that are for this user on that day, each with whether she or he has read it."""
    return Notice.objects.meant_for(user.scope_on(on)).with_read_by(user)


def find_notice(user: User, notice_id: int, on: date) -> Notice:
    """The notice, where it is for this user; else there is none."""
    notice = notices_of(user, on).filter(pk=notice_id).first()
    if notice is None:
        raise Http404
    return notice
