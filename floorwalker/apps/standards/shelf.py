"""Which standards are there for a reader: to talk about, to read, in force, in work, and which are to be looked at again?"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date

from django.db.models import Q

from floorwalker.apps.people.models import User
from floorwalker.apps.standards.access import reach_of, readable
from floorwalker.apps.standards.concerning import concerning
from floorwalker.apps.standards.models import Acknowledgement, Asking, Reminder, StandardVersion, State
from floorwalker.apps.standards.saying import place_said
from floorwalker.kpis.catalogue import catalogue
from floorwalker.ui import words


@dataclass(frozen=True)
class Shelved:
    """One version as a list prints it. to_read: where the reader has not acknowledged it; reminded: how often she was."""

    version: StandardVersion
    to_read: Asking | None = None
    reminded: int = 0
    is_kept: bool = False

    @property
    def place(self) -> str:
        """For whom it is."""
        return place_said(self.version)

    @property
    def expects(self) -> str:
        """What it is held against, in a few words; nothing where it is about behaviour alone."""
        return target_of(self.version)


def target_of(version: StandardVersion) -> str:
    """What is aimed for, with the measure's name; nothing where it is about behaviour alone."""
    kpi, held = catalogue().get(version.measure), version.held
    if kpi is None or held is None:
        return ""
    return f"{words.in_language(kpi.name)}: {words.bounds(held, kpi.unit)}"


@dataclass(frozen=True)
class Shelf:
    """All of them, by what a reader does with them."""

    consulting: list[Shelved]
    to_read: list[Shelved]
    in_force: list[Shelved]
    in_work: list[Shelved]


def shelf_of(user: User, on: date, words_sought: str = "") -> Shelf:
    """What the reader may read; of a search, what has all of its words in title, wording, reason, client or basis."""
    every = StandardVersion.objects.with_places().prefetch_related("concerns").containing(words_sought)
    current = list(every.current())
    in_work = list(every.in_work().order_by("title"))
    places = frozenset(reach_of(user, on).places)
    mine = {version.pk for version in concerning(user, on, [*current, *in_work])}
    seen = set(StandardVersion.objects.current().filter(readable(user, on)).values_list("pk", flat=True))
    kept = {one.pk for one in (*current, *in_work) if one.place in places or one.standard.owner_id == user.pk}
    unread = unread_by(user, [one for one in current if one.pk in mine])
    shelved = []
    for one in sorted(current, key=lambda one: one.title.casefold()):
        if one.pk in seen | mine | kept:
            asking, reminded = unread.get(one.pk, (None, 0))
            shelved.append(Shelved(one, asking, reminded, one.pk in kept))
    return Shelf(
        consulting=[
            Shelved(one, is_kept=one.pk in kept)
            for one in in_work
            if one.state == State.CONSULTING and one.pk in mine | kept
        ],
        to_read=[one for one in shelved if one.to_read is not None],
        in_force=shelved,
        in_work=[Shelved(one, is_kept=True) for one in in_work if one.pk in kept and one.state == State.DRAFT],
    )


@dataclass(frozen=True)
class Waiting:
    """What waits for a reader: to be read, with how often she was reminded, and to be talked about while there is time."""

    to_read: list[Shelved]
    talk: list[Shelved]


def waiting_for(user: User, on: date) -> Waiting:
    """What concerns the user and waits; it asks little where nothing does, for every home page asks."""
    unread = Asking.objects.live().exclude(acknowledgements__user=user)
    talk = Q(state=State.CONSULTING, consulted_until__gte=on)
    found = StandardVersion.objects.filter(Q(pk__in=unread.order_by().values("version")) | talk)
    with_places = found.select_related("site", "team", "queue").prefetch_related("concerns")
    versions = list(with_places.order_by("from_day", "pk"))
    if not versions:
        return Waiting([], [])
    mine = concerning(user, on, versions)
    asked = unread_by(user, [version for version in mine if version.is_published])
    return Waiting(
        [Shelved(version, *asked[version.pk]) for version in mine if version.pk in asked],
        [Shelved(version) for version in mine if version.is_consulting],
    )


def unread_by(user: User, versions: list[StandardVersion]) -> dict[int, tuple[Asking, int]]:
    """By version, the asking that the user has not answered, and how often she was reminded of it."""
    askings = {one.pk: one for one in Asking.objects.live().filter(version__in=versions)}
    read = set(Acknowledgement.objects.filter(user=user, asking__in=askings).values_list("asking", flat=True))
    reminded = dict.fromkeys(askings, 0)
    for one in Reminder.objects.filter(user=user, asking__in=askings):
        reminded[one.asking_id] = max(reminded[one.asking_id], one.number)
    return {one.version_id: (one, reminded[one.pk]) for one in askings.values() if one.pk not in read}
