"""How is a customer who asks to be forgotten taken out of the surveys, and what goes by its age? Figures stay, and are nobody's."""

from __future__ import annotations

import re
from collections.abc import Collection
from datetime import datetime, timedelta

from django.db.models import Max, Q

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.surveys.models import Answer, Fate, Invitation, InvitationQuerySet, NoMore, Plan

PENDING = (Fate.WAITING, Fate.DRAWN)


def count_customer(keys: Collection[bytes], pattern: re.Pattern[str]) -> dict[str, int]:
    """How many invitations, and how many answers in words, are this customer's or mention her."""
    found = {"survey invitations": _of(keys).count(), "survey answers": len(_words_of(keys, pattern))}
    return {name: count for name, count in found.items() if count}


@action
def forget_customer(keys: Collection[bytes], pattern: re.Pattern[str], *, at: datetime) -> dict[str, int]:
    """Forget the customer; how many rows that concerned. What was still to be sent is not sent, and no link opens any more."""
    counts = count_customer(keys, pattern)
    Answer.objects.filter(pk__in=_words_of(keys, pattern)).update(text="", erased_at=at)
    mine = _of(keys)
    numbers = list(mine.values_list("pk", flat=True))
    mine.filter(fate__in=PENDING).update(fate=Fate.DECLINED, decided_at=at)
    mine = Invitation.objects.filter(pk__in=numbers)
    mine.update(address="", address_key=None, customer_key=None)
    # She cannot change what is hers no longer; a closed link opens nothing.
    mine.filter(closes_at__gt=at).update(closes_at=at)
    NoMore.objects.filter(address_key__in=keys).delete()
    return counts


@action
def let_go(days: int, *, at: datetime, dry_run: bool = False) -> dict[str, int]:
    """What customers wrote longer ago, links that lead nowhere any more, and hashes of addresses; what they scored stays.

    How many of each. Whoever does not want to be asked again is still not asked, nor whoever was a short time ago: by the
    hash of the address, which is kept as long as some plan rests.
    """
    limit = at - timedelta(days=days)
    rests = Plan.objects.aggregate(Max("rest_days"))["rest_days__max"] or 0
    words = Answer.objects.filter(given_at__lt=limit).exclude(text="")
    old = Invitation.objects.filter(batch__received_at__lt=limit).exclude(fate__in=PENDING)
    old = old.exclude(closes_at__gt=at)
    links, addresses = old.exclude(token_digest=None), old.filter(~Q(address="") | Q(address_key__isnull=False))
    addresses = addresses.filter(batch__received_at__lt=at - timedelta(days=rests))
    counts = {"survey answers": words.count(), "survey links": links.count(), "survey addresses": addresses.count()}
    counts = {name: count for name, count in counts.items() if count}
    if counts and not dry_run:
        words.update(text="", erased_at=at)
        links.update(token_digest=None)
        addresses.update(address="", address_key=None)
        record(SYSTEM, "let_surveys_go", "surveys", at, days=days, **{n.split()[1]: c for n, c in counts.items()})
    return counts


def _of(keys: Collection[bytes]) -> InvitationQuerySet:
    return Invitation.objects.filter(Q(customer_key__in=keys) | Q(address_key__in=keys))


def _words_of(keys: Collection[bytes], pattern: re.Pattern[str]) -> list[int]:
    """The answers in words that are hers, or that name her number or address."""
    hers = set(Answer.objects.filter(invitation__in=_of(keys)).exclude(text="").values_list("pk", flat=True))
    others = Answer.objects.exclude(text="").exclude(pk__in=hers).values_list("pk", "text").iterator()
    return sorted(hers | {pk for pk, text in others if pattern.search(text)})
