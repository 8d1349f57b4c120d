"""What works well and may be passed on? Published with the yes of whoever did it, and after somebody else has checked it.

The check: that no customer, and nobody who was not asked, can be told from it. Whoever did it may take the yes back at any
time, and then it is gone. Whether it helped is asked of those who took it up.
"""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass, field
from datetime import date, datetime

from django.db.models import Q
from django.http import Http404

from floorwalker.apps.coaching.models import Evidence, EvidenceKind
from floorwalker.apps.huddles.agreeing import said
from floorwalker.apps.huddles.models import Practice, PracticeKind, PracticeTag, TakenUp
from floorwalker.apps.huddles.models.practices import LONGEST_TAG, LONGEST_TITLE, LONGEST_WORDS
from floorwalker.apps.huddles.trying import join_wave
from floorwalker.apps.people.access import only
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, Right, User
from floorwalker.apps.recordings.models import Recording, RecordingPart
from floorwalker.errors import Refused
from floorwalker.kpis.catalogue import catalogue

MOST_TAGS = 12


@dataclass(frozen=True)
class Stretch:
    """Which part of a recording."""

    recording: Recording
    from_second: float
    to_second: float


@dataclass(frozen=True)
class Proposed:
    """What is proposed: in which form, in which words, whose it is (nobody's: a tip that is everybody's), found by what."""

    kind: PracticeKind
    title: str
    words: str
    whose: Agent | None = None
    named: bool = False
    measure: str = ""
    tags: tuple[str, ...] = ()
    stretch: Stretch | None = field(default=None)


def may_propose_of(user: User, whose: Agent | None, on: date) -> bool:
    """Of oneself, and of people whom one coaches; a tip of nobody in particular by whoever works or leads on the floor."""
    if whose is None:
        return user.agent_id is not None or user.scope_on(on).may(Right.COACH)
    return whose.pk in user.oneself() or Agent.objects.coached_by(user, on).filter(pk=whose.pk).exists()


@action
def propose_practice(given: Proposed, *, by: User, at: datetime) -> Practice:
    """Propose it; whoever proposes something of her own has agreed by that."""
    _check(given, by, at)
    own = given.whose is None or given.whose.pk in by.oneself()
    made = Practice.objects.create(
        kind=given.kind,
        title=said(given.title, LONGEST_TITLE),
        words=said(given.words, LONGEST_WORDS),
        whose=given.whose,
        named=given.named and given.whose is not None and given.whose.pk in by.oneself(),
        measure=given.measure,
        evidence=_evidence(given, by, at),
        proposed_by=by,
        proposed_at=at,
        agreed_at=at if own else None,
    )
    PracticeTag.objects.bulk_create(PracticeTag(practice=made, tag=tag) for tag in tags_of(given.tags))
    record(by.username, "propose_practice", made, at, kind=str(given.kind), whose=given.whose and given.whose.pk)
    return made


def _check(given: Proposed, by: User, at: datetime) -> None:
    if not may_propose_of(by, given.whose, at.date()):
        raise Refused("this is not yours to propose", expected="something of your own, or of somebody you lead")
    if given.measure and given.measure not in catalogue():
        raise Refused("there is no such measure", found=given.measure)
    if (given.kind == PracticeKind.CLIP) != (given.stretch is not None):
        raise Refused("a clip is a stretch of a recording", mend="say from when to when, or choose another form")
    if given.stretch is not None and _speakers(given.stretch.recording) != {given.whose and given.whose.pk}:
        raise Refused("this recording is somebody else's", mend="say whose it is")


def _speakers(recording: Recording) -> set[int | None]:
    """Whose conversations it holds: where there are several, each of them would have to be asked."""
    return set(RecordingPart.objects.filter(recording=recording).values_list("identity__agent", flat=True))


def _evidence(given: Proposed, by: User, at: datetime) -> Evidence | None:
    if given.stretch is None:
        return None
    one = given.stretch
    if not 0 <= one.from_second < one.to_second:
        raise Refused("a mark ends after it begins", found=f"{one.from_second:g} to {one.to_second:g}")
    return Evidence.objects.create(
        kind=EvidenceKind.CLIP,
        agent=given.whose,
        recording=one.recording,
        from_second=one.from_second,
        to_second=one.to_second,
        added_by=by,
        added_at=at,
    )


def tags_of(given: Iterable[str]) -> list[str]:
    """Each once, in small letters, as it is searched."""
    found = dict.fromkeys(" ".join(one.split()).casefold()[:LONGEST_TAG] for one in given)
    return [one for one in found if one][:MOST_TAGS]


@action
def agree_practice(practice: Practice, *, named: bool, by: User, at: datetime) -> Practice:
    """The yes of whoever did it, with or without her name."""
    if practice.whose_id is None or practice.whose_id not in by.oneself():
        raise Refused("whoever did it agrees, and nobody else")
    _check_there(practice)
    practice.agreed_at, practice.named = practice.agreed_at or at, named
    practice.save(update_fields=["agreed_at", "named"])
    record(by.username, "agree_practice", practice, at, named=named)
    return _publish(practice, by, at)


@action
def check_practice(practice: Practice, *, by: User, at: datetime) -> Practice:
    """Say that nobody can be told from it who was not asked: by another than whoever proposed or did it."""
    if not may_check(by, practice, at.date()):
        raise Refused("somebody else checks this", expected="neither who proposed it nor who did it, and may hear it")
    _check_there(practice)
    if practice.redacted_by is not None:
        raise Refused("this was checked already", found=practice.redacted_by.username)
    practice.redacted_by = by
    practice.save(update_fields=["redacted_by"])
    record(by.username, "check_practice", practice, at)
    return _publish(practice, by, at)


def may_check(user: User, practice: Practice, on: date) -> bool:
    """Whether the user is another, evaluates or coaches, and may hear whoever did it."""
    if practice.proposed_by_id == user.pk or practice.whose_id in user.oneself():
        return False
    scope = user.scope_on(on)
    if not (scope.may(Right.COACH) or scope.may(Right.EVALUATE_OFFICIALLY)):
        return False
    return practice.whose_id is None or Agent.objects.heard_by(user, on).filter(pk=practice.whose_id).exists()


def _publish(practice: Practice, by: User, at: datetime) -> Practice:
    """With the yes and the check it is there for everybody."""
    if practice.agreed_at is not None and practice.redacted_by_id is not None and practice.published_at is None:
        practice.published_at = at
        practice.save(update_fields=["published_at"])
        record(by.username, "publish_practice", practice, at)
    return practice


@action
def withdraw_practice(practice: Practice, because: str = "", *, by: User, at: datetime) -> Practice:
    """It is gone: whoever did it needs no reason; who proposed or could check it gives one."""
    own = practice.whose_id is not None and practice.whose_id in by.oneself()
    if not (own or practice.proposed_by_id == by.pk or may_check(by, practice, at.date())):
        raise Refused("this is not yours to withdraw")
    _check_there(practice)
    practice.withdrawn_at = at
    practice.withdrawn_because = because.strip()[:LONGEST_TITLE] if own else said(because, LONGEST_TITLE)
    practice.save(update_fields=["withdrawn_at", "withdrawn_because"])
    record(by.username, "withdraw_practice", practice, at, own=own)
    return practice


def _check_there(practice: Practice) -> None:
    """As it is now, whatever the page showed."""
    practice.refresh_from_db(from_queryset=Practice.objects.select_for_update())
    if practice.withdrawn_at is not None:
        raise Refused("this was withdrawn", found=practice.withdrawn_at.date().isoformat())


@action
def take_up(practice: Practice, *, by: User, at: datetime) -> TakenUp:
    """Try it oneself; said twice it is said once."""
    _check_there(practice)
    if by.agent is None or practice.whose_id in by.oneself() or practice.published_at is None:
        raise Refused("this is not yours to try", expected="a published way of working of somebody else's")
    found, made = TakenUp.objects.get_or_create(practice=practice, agent=by.agent, defaults={"at": at})
    if made:
        found.intervention = join_wave(practice, by.agent, by, at)
        found.save(update_fields=["intervention"])
        record(by.username, "take_up_practice", practice, at)
    return found


@action
def tell_whether_it_helped(taken: TakenUp, helped: bool, words: str = "", *, by: User, at: datetime) -> TakenUp:
    """Whether she thinks that it helped her; better known, said anew."""
    if taken.agent_id not in by.oneself():
        raise Refused("whoever tried it says whether it helped")
    _check_there(taken.practice)
    taken.helped, taken.words, taken.told_at = helped, words.strip()[:LONGEST_TITLE], at
    taken.save(update_fields=["helped", "words", "told_at"])
    record(by.username, "tell_whether_it_helped", taken.practice, at)
    return taken


def search(text: str = "", *, measure: str = "", reason: str = "") -> list[Practice]:
    """What is published and has all of these words in title, words or tags; of a measure; for a reason of contact."""
    found = Practice.objects.published()
    for word in text.split()[:10]:
        tagged = PracticeTag.objects.filter(tag__icontains=word.casefold()).values("practice")
        found = found.filter(Q(title__icontains=word) | Q(words__icontains=word) | Q(pk__in=tagged))
    if measure:
        found = found.filter(measure=measure)
    if reason:
        tag = " ".join(reason.split()).casefold()
        found = found.filter(pk__in=PracticeTag.objects.filter(tag=tag).values("practice"))
    return list(found.select_related("whose").prefetch_related("tags").order_by("-published_at", "-pk"))


def find_practice(user: User, practice_id: int, on: date) -> Practice:
    """What is published; before that for whoever proposed, did or may check it. Withdrawn, it is there for nobody."""
    found = Practice.objects.select_related("whose", "proposed_by__agent", "redacted_by", "evidence__recording")
    practice = only(found.filter(pk=practice_id, withdrawn_at=None).first())
    if practice.published_at is not None or is_its_own(user, practice) or may_check(user, practice, on):
        return practice
    raise Http404


def is_its_own(user: User, practice: Practice) -> bool:
    """Whether the user proposed it, or did it."""
    return practice.proposed_by_id == user.pk or practice.whose_id in user.oneself()


def waiting_for(user: User, on: date) -> list[Practice]:
    """What waits for the user's yes, or for her check."""
    open_ = Practice.objects.filter(published_at=None, withdrawn_at=None).select_related("whose", "proposed_by__agent")
    mine = user.oneself()
    found = []
    for one in open_:
        agrees = one.agreed_at is None and one.whose_id in mine
        if agrees or (one.redacted_by_id is None and may_check(user, one, on)):
            found.append(one)
    return found
