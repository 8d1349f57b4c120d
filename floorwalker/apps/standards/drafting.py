"""How is a standard written down, changed while it is a draft, and taken up again in a next version?"""

from __future__ import annotations

from dataclasses import asdict, dataclass
from datetime import date, datetime, timedelta
from hashlib import sha256
from typing import Any

from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Queue, Site, Team, User
from floorwalker.apps.standards.access import reach_of
from floorwalker.apps.standards.actions import check_bounds
from floorwalker.apps.standards.models import Aim, Amendment, ServiceStandard, StandardVersion, State
from floorwalker.apps.standards.models.service_standards import LONGEST_BASIS, LONGEST_TEXT, LONGEST_TITLE
from floorwalker.errors import Refused
from floorwalker.facts.tables import Channel
from floorwalker.kpis.catalogue import catalogue

# What is proposed: to begin a month from now, and to be looked at again half a year later.
TO_BEGIN, HALF_A_YEAR = timedelta(days=30), timedelta(days=182)


@dataclass(frozen=True)
class At:
    """What a standard is for: one of these; none: the centre."""

    site: Site | None = None
    team: Team | None = None
    queue: Queue | None = None
    channel: str = ""


@dataclass(frozen=True)
class Said:
    """What a version says; bounds in the measure's own unit."""

    title: str
    wording: str
    why: str
    from_day: date
    review_on: date
    behaviour: str = ""
    measure: str = ""
    value: float | None = None
    low: float | None = None
    high: float | None = None
    client: str = ""
    basis: str = ""
    changed_because: str = ""
    refresher_days: int | None = None


@action
def draft_standard(
    said: Said,
    *,
    place: At,
    owner: User,
    aim: Aim | None = None,
    concerns: tuple[Team, ...] = (),
    by: User,
    at: datetime,
) -> StandardVersion:
    """Write a new standard down as a draft, for a place of the user's reach."""
    standard = ServiceStandard(made_by=by, made_at=at)
    _give(standard, owner, aim)
    version = StandardVersion(standard=standard, number=1, drafted_by=by, drafted_at=at)
    _say(version, said, place, by, at)
    standard.save(force_insert=True)
    version.save(force_insert=True)
    version.concerns.set(concerns)
    record(by.username, "draft_standard", version, at, **_told(version))
    return version


@action
def draft_next(standard: ServiceStandard, *, by: User, at: datetime) -> StandardVersion:
    """Begin the next version with the words of the last one; which stays as it is, and counts until the next takes over."""
    last = standard.versions.first()
    if last is None or standard.in_work is not None:
        raise Refused("this standard has a draft already", mend="go on with that one, or drop it")
    _require_keeper(last, by, at)
    taken = [
        field
        for field in StandardVersion._meta.concrete_fields
        if field.name not in ("id", "number", "state", "to_day", "target", "published_by", "published_at")
        and field.name not in ("changed_because", "despite", "unseen", "consulted_until", "drafted_by", "drafted_at")
    ]
    version = StandardVersion(**{field.attname: getattr(last, field.attname) for field in taken})
    version.number, version.drafted_by, version.drafted_at = last.number + 1, by, at
    version.from_day = at.date() + TO_BEGIN
    version.review_on = version.from_day + HALF_A_YEAR
    version.save(force_insert=True)
    version.concerns.set(last.concerns.all())
    for question in last.questions.all():
        question.pk, question.version = None, version
        question.save(force_insert=True)
    record(by.username, "draft_next", version, at, **_told(version))
    return version


@action
def amend_draft(
    version: StandardVersion,
    said: Said,
    *,
    place: At,
    owner: User,
    aim: Aim | None = None,
    concerns: tuple[Team, ...] = (),
    because: str = "",
    seen: str | None = None,
    by: User,
    at: datetime,
) -> StandardVersion:
    """Change a draft. Of one that is in consultation what it said before is kept, with the reason of the change.

    seen: the mark of what its author had before her (`mark_of`); where somebody else wrote meanwhile nothing is taken back.
    """
    version.refresh_from_db()
    _require_in_work(version)
    _require_keeper(version, by, at)
    before = StandardVersion.objects.select_related("standard").get(pk=version.pk)
    if seen is not None and seen != mark_of(before):
        raise Refused(
            "somebody else changed this draft meanwhile", mend="look at it as it is now, and write yours anew"
        )
    was = _words_of(before)
    _give(version.standard, owner, aim)
    _say(version, said, place, by, at)
    now = _words_of(version)
    changed = {name: text for name, text in was.items() if now[name] != text}
    if version.is_consulting and changed:
        if not because.strip():
            raise Refused("whoever was asked is told why the draft changed", mend="say what led to this change")
        Amendment.objects.create(version=version, was=changed, because=because.strip()[:LONGEST_TEXT], by=by, at=at)
    version.standard.save()
    version.save()
    version.concerns.set(concerns)
    record(by.username, "amend_draft", version, at, changed=sorted(changed), **_told(version))
    return version


def mark_of(version: StandardVersion) -> str:
    """What tells whether a draft is still as its author had it before her."""
    fields = [str(getattr(version, field.attname)) for field in StandardVersion._meta.concrete_fields]
    said = [*fields, str(version.standard.owner_id), str(version.standard.aim_id)]
    return sha256("\x1f".join(said).encode()).hexdigest()[:16]


@action
def drop_draft(version: StandardVersion, *, by: User, at: datetime) -> StandardVersion:
    """Work on a draft no more: what was said about it stays, and what was published before goes on to count."""
    version.refresh_from_db()
    _require_in_work(version)
    _require_keeper(version, by, at)
    version.state = State.WITHDRAWN
    version.save(update_fields=["state"])
    record(by.username, "drop_draft", version, at, number=version.number)
    return version


def _give(standard: ServiceStandard, owner: User, aim: Aim | None) -> None:
    if not owner.is_active:
        raise Refused("whoever answers for a standard can log in", found=str(owner), mend="choose another owner")
    standard.owner, standard.aim = owner, aim


def _say(version: StandardVersion, said: Said, place: At, by: User, at: datetime) -> None:
    for name, value in asdict(said).items():
        setattr(version, name, value.strip() if isinstance(value, str) else value)
    was = None if version.pk is None else version.place
    version.site, version.team, version.queue, version.channel = place.site, place.team, place.queue, place.channel
    _check_place(version, was, by, at)
    _check_words(version)
    _check_measure(version)
    if version.review_on <= version.from_day:
        raise Refused(
            "a standard is looked at again after it begins",
            found=f"{version.from_day}, {version.review_on}",
            expected="a later day",
        )


def _check_place(version: StandardVersion, was: Any, by: User, at: datetime) -> None:
    given = [version.site, version.team, version.queue, version.channel]
    if sum(bool(one) for one in given) > 1:
        raise Refused("a standard is for one place", expected="a site, a team, a queue or a channel; none: the centre")
    if version.channel and version.channel not in {str(one) for one in Channel}:
        raise Refused("there is no such channel", found=version.channel[:40])
    if version.place != was and version.place not in reach_of(by, at.date()).places:
        raise Refused(
            "you may not set standards there", expected="a place for which your role of that day lets you set targets"
        )


def _check_words(version: StandardVersion) -> None:
    if not version.title or len(version.title) > LONGEST_TITLE:
        raise Refused("a standard needs a title", found=version.title[:60], expected=f"1 to {LONGEST_TITLE} characters")
    for what in (version.wording, version.why):
        if not what or len(what) > LONGEST_TEXT:
            raise Refused(
                "a standard says what is expected, and why", found=what[:60], expected=f"1 to {LONGEST_TEXT} characters"
            )
    if len(version.client) > LONGEST_TITLE or len(version.basis) > LONGEST_BASIS:
        raise Refused(
            "the client or the basis is said at too great a length", expected=f"{LONGEST_BASIS} characters at most"
        )


def _check_measure(version: StandardVersion) -> None:
    if not version.measure:
        if not version.behaviour:
            raise Refused(
                "a standard has a measure or a behaviour", mend="name a measure, or say what can be seen or heard done"
            )
        version.value = version.low = version.high = None
        return
    kpi = catalogue().get(version.measure)
    if kpi is None:
        raise Refused("there is no such measure", found=version.measure[:60], mend="choose one of the catalogue")
    check_bounds(kpi, version.value, version.low, version.high)


def _require_in_work(version: StandardVersion) -> None:
    if not version.is_in_work:
        raise Refused("this version is not a draft any more", mend="begin the next version, and change that")


def _require_keeper(version: StandardVersion, by: User, at: datetime) -> None:
    from_reach = version.place in reach_of(by, at.date()).places
    if version.standard.owner_id != by.pk and not from_reach:
        raise Refused("this standard is kept by others", expected="its owner, or whoever sets targets for its place")


def _words_of(version: StandardVersion) -> dict[str, str]:
    """What those who were asked read of it."""
    found = {name: str(getattr(version, name)) for name in ("title", "wording", "why", "behaviour")}
    return found | {"target": _target_said(version)}


def _target_said(version: StandardVersion) -> str:
    if version.value is None and version.low is None:
        return ""
    bounds = (bound for bound in (version.value, version.low, version.high) if bound is not None)
    return f"{version.measure}: {' – '.join(f'{bound:g}' for bound in bounds)}"


def _told(version: StandardVersion) -> dict[str, Any]:
    """What the trail keeps of it: not the words, which must stay correctable."""
    kind, which = version.place
    told = {
        "standard": version.standard_id,
        "number": version.number,
        "owner": version.standard.owner_id,
        "aim": version.standard.aim_id,
        "from": version.from_day.isoformat(),
        "measure": version.measure or None,
        "value": version.value,
        "low": version.low,
        "high": version.high,
        str(kind): which or None,
    }
    return {name: said for name, said in told.items() if said is not None}
