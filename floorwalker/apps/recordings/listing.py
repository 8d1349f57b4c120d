"""Which contacts can be heard or read, and what is there of each? One row a contact, whatever is kept of it; nothing is played."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Any

from django.db.models import Exists, Max, OuterRef, QuerySet

from floorwalker.apps.people.models import Agent, Identity, IdentityKind, Queue, Team, User
from floorwalker.apps.recordings.judging import Judged, evaluations_of, was_evaluated
from floorwalker.apps.recordings.models import Kind, Recording, RecordingPart, RecordingQuerySet
from floorwalker.ui.whole_numbers import whole_number

# Of what is kept of a contact, the page of the first of these is opened.
LEADS = (Kind.SOUND, Kind.SCREEN, Kind.TRANSCRIPT)


@dataclass(frozen=True)
class Asked:
    """What the list is cut to. agent: of one person, by number; name: of whoever is called so; yes or no: with or without."""

    day: date | None = None
    team: Team | None = None
    queue: Queue | None = None
    agent: int = 0
    name: str = ""
    transcript: str = ""
    evaluated: str = ""

    def found(self, user: User, on: date) -> RecordingQuerySet:
        """What of it the user may hear."""
        found = Recording.objects.heard_by(user, on).here()
        if self.day is not None:
            found = found.filter(contact_at__date=self.day)
        if self.team is not None:
            members = Agent.objects.in_teams(Team.objects.filter(pk=self.team.pk).with_descendants(), on)
            found = found.filter(Exists(_parts().filter(identity__agent__in=members.values("pk"))))
        if self.queue is not None:
            names = Identity.objects.filter(kind=IdentityKind.QUEUE, queue=self.queue)
            found = found.filter(Exists(_parts().filter(queue_key__in=names.values("key"))))
        if self.agent:
            found = found.of_agent(self.agent)
        if self.name:
            found = found.filter(Exists(_parts().filter(identity__agent__name__icontains=self.name)))
        if self.transcript:
            words = Recording.objects.here().filter(contact_key=OuterRef("contact_key"), kind=Kind.TRANSCRIPT)
            found = found.filter(Exists(words) if self.transcript == "yes" else ~Exists(words))
        if self.evaluated:
            judged = was_evaluated(user, on)
            found = found.filter(judged if self.evaluated == "yes" else ~judged)
        return found


@dataclass(frozen=True)
class Row:
    """One contact: what is kept of it, the first of which is the page that is opened, and how it was judged."""

    recordings: Sequence[Recording]
    evaluations: Sequence[Judged] = ()

    @property
    def first(self) -> Recording:
        """What is opened."""
        return self.recordings[0]

    @property
    def kinds(self) -> list[str]:
        """What is there, each kind once."""
        return list(dict.fromkeys(str(one.get_kind_display()) for one in self.recordings))

    @property
    def agents(self) -> list[Agent]:
        """Who is heard in it, each once, by name."""
        return sorted({agent for one in self.recordings for agent in one.agents}, key=lambda agent: agent.name)

    @property
    def seconds(self) -> float | None:
        """How long the longest of it lasts, where that was measured."""
        known = [getattr(getattr(one, "waveform", None), "seconds", None) for one in self.recordings]
        return max((one for one in known if one is not None), default=None)


def read_asked(given: Mapping[str, str], teams: Iterable[Team]) -> Asked:
    """What the address asks for; what there is not, or is not the reader's, is not asked."""
    team = next((one for one in teams if one.pk == whole_number(given.get("team", ""))), None)
    chosen = {name: given.get(name, "") for name in ("transcript", "evaluated")}
    return Asked(
        _day(given.get("day", "")),
        team,
        Queue.objects.filter(pk=whole_number(given.get("queue", ""))).first(),
        whole_number(given.get("agent", "")),
        given.get("name", "").strip()[:100],
        **{name: value for name, value in chosen.items() if value in ("yes", "no")},
    )


def teams_heard(user: User, on: date) -> list[Team]:
    """The teams that the user may choose from: those whose members she may hear."""
    scope = user.scope_on(on)
    return list(Team.objects.all()) if scope.hears_everything else list(scope.heard_teams)


def contacts_of(found: RecordingQuerySet) -> QuerySet[Recording, Any]:
    """The contacts of some recordings, the newest first."""
    keys = found.order_by().values("contact_key").annotate(at=Max("contact_at"))
    return keys.order_by("-at", "contact_key").values_list("contact_key", "at")


def rows_of(contacts: Iterable[Any], user: User, on: date) -> list[Row]:
    """What is kept of these contacts (contacts_of) that the user may hear, in their order, with the evaluations that she may read."""
    keys = [bytes(key) for key, _at in contacts]
    heard = Recording.objects.heard_by(user, on).here().filter(contact_key__in=keys).with_what_is_listed()
    by_contact: defaultdict[bytes, list[Recording]] = defaultdict(list)
    for one in sorted(heard, key=lambda one: (LEADS.index(Kind(one.kind)), one.pk)):
        by_contact[bytes(one.contact_key or b"")].append(one)
    # A call of several visits is one recording: each of its parts may have been judged.
    parts = {key: _keys_of(by_contact[key]) for key in keys if by_contact[key]}
    judged = evaluations_of(user, {part for every in parts.values() for part in every}, on)
    return [
        Row(by_contact[key], [one for part in every for one in judged.get(part, ())]) for key, every in parts.items()
    ]


def _keys_of(recordings: Iterable[Recording]) -> list[bytes]:
    return sorted({bytes(part.contact_key) for one in recordings for part in one.parts.all()})


def _parts() -> QuerySet[RecordingPart]:
    return RecordingPart.objects.filter(recording=OuterRef("pk"))


def _day(text: str) -> date | None:
    try:
        return date.fromisoformat(text)
    except ValueError:
        return None
