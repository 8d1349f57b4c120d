"""What is somebody called? Keys to names, and names to keys, for the command line and the pages."""

from __future__ import annotations

import difflib
from collections.abc import Mapping
from datetime import date
from functools import cached_property
from typing import Any

from django.db.models import Max, Min, Q, QuerySet

from floorwalker.apps.people.access import own_team
from floorwalker.apps.people.evaluators import evaluator_names
from floorwalker.apps.people.models import Agent, Identity, Queue, Right, Site, Team, User
from floorwalker.errors import KpiError

SUBJECTS: dict[str, type[Agent] | type[Team] | type[Queue] | type[Site]] = {
    "agent": Agent,
    "team": Team,
    "queue": Queue,
    "site": Site,
}
NEAREST = 3
LEAST_LIKENESS = 0.5
SHOWN = 20


class Names:
    """The names of all agents, teams, queues and sites, read once."""

    @cached_property
    def _by_kind(self) -> Mapping[str, Mapping[bytes, str]]:
        return {
            kind: {bytes(key): name for key, name in model.objects.values_list("key", "name")}
            for kind, model in SUBJECTS.items()
        } | {"evaluator": evaluator_names()}

    def name(self, kind: str, key: bytes | None) -> str | None:
        """The name of a key; None for nobody. A key that nobody has registered yet shows its first digits."""
        if key is None:
            return None
        return self._by_kind[kind].get(bytes(key), f"{kind} {bytes(key).hex()[:8]}")

    def keys(self, kind: str, name: str) -> tuple[bytes, ...]:
        """The key of a name; KpiError when nobody, or more than one, is called so."""
        found = [key for key, known in self._by_kind[kind].items() if known == name]
        if len(found) == 1:
            return tuple(found)
        if found:
            candidates = ", ".join(f"{name} ({self._marks(kind, key)})" for key in sorted(found))
            raise KpiError(
                f"more than one {kind} is called {name!r}",
                where=f"--where {kind}={name}",
                found=candidates,
                mend=f"name the one you mean by its first digits: --where {kind}={min(found).hex()[:8]}",
            )
        return self._by_digits(kind, name)

    def _by_digits(self, kind: str, text: str) -> tuple[bytes, ...]:
        found = [key for key in self._by_kind[kind] if len(text) >= 6 and key.hex().startswith(text)]
        if len(found) == 1:
            return tuple(found)
        known = sorted(self._by_kind[kind].values())
        alike = {name.casefold(): name for name in known}
        near = [alike[name] for name in difflib.get_close_matches(text.casefold(), alike, NEAREST, LEAST_LIKENESS)]
        listed = ", ".join(known[:SHOWN]) + (f" and {len(known) - SHOWN} more" if len(known) > SHOWN else "")
        raise KpiError(
            f"there is no {kind} called {text!r}",
            where=f"--where {kind}={text}",
            expected=f"perhaps {', '.join(near)}" if near else listed or "(none yet)",
        )

    def _marks(self, kind: str, key: bytes) -> str:
        """What tells somebody from others of the same name: the first digits of the key, the site, the days in the data."""
        subject, digits = SUBJECTS[kind].objects.get(key=key), key.hex()[:8]
        if isinstance(subject, Site):
            return digits
        seen = Identity.objects.filter(**{kind: subject}).aggregate(first=Min("first_day"), last=Max("last_day"))
        days = f"seen {seen['first']} to {seen['last']}" if seen["first"] else None
        return ", ".join(part for part in (digits, subject.site and subject.site.code, days) if part)


class VisibleNames(Names):
    """The names of those whom a user may see on a day: who is not among them is not there, not even as a likeness."""

    def __init__(self, user: User, on: date) -> None:
        self._user, self._on = user, on

    @cached_property
    def _by_kind(self) -> Mapping[str, Mapping[bytes, str]]:
        scope = self._user.scope_on(self._on)
        teams = Team.objects.all() if scope.may(Right.SEE_FIGURES_OF_CENTRE) else self._teams()
        seen: dict[str, QuerySet[Any]] = {
            "agent": Agent.objects.visible_to(self._user, self._on),
            "team": teams,
            "queue": Queue.objects.all(),
            "site": Site.objects.all(),
        }
        return {
            kind: {bytes(key): name for key, name in found.values_list("key", "name")} for kind, found in seen.items()
        }

    def _teams(self) -> QuerySet[Team]:
        """Those whose members the user may see, and the one that she or he belongs to."""
        own = own_team(self._user, self._on)
        visible = Team.objects.visible_to(self._user, self._on)
        return visible if own is None else Team.objects.filter(Q(pk__in=visible.values("pk")) | Q(pk=own.pk))

    def is_called(self, kind: str, name: object) -> bool:
        """Whether somebody whom the user may see is called so."""
        return name in self._by_kind[kind].values()
