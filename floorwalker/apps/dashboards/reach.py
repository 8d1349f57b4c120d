"""On whom and which teams may a reader act, and where is the next step of an action taken?"""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from urllib.parse import urlencode

from django.urls import reverse
from django.utils.translation import gettext as _

from floorwalker.apps.people.models import Agent, Right, Scope, Team, User
from floorwalker.stats.gains import Candidate, Kind


@dataclass(frozen=True)
class Reach:
    """Whom and which teams the reader may act on, by key."""

    agents: Mapping[bytes, Agent]
    teams: Mapping[bytes, Team]
    scope: Scope

    @classmethod
    def read(cls, user: User, on: date) -> Reach:
        """Everybody whom the user may coach, and the teams for which her role holds."""
        scope = user.scope_on(on)
        agents = Agent.objects.coached_by(user, on).on_the_floor().only("key", "name")
        teams = Team.objects.all() if scope.coaches.everything else scope.coaches.teams
        return cls({bytes(one.key): one for one in agents}, {bytes(one.key): one for one in teams}, scope)

    def concerns(self, one: Candidate) -> bool:
        """Whether the reader may act on it; what is everybody's is told to all."""
        return one.kind is Kind.PROCESS or self._subject(one) is not None

    def _subject(self, one: Candidate) -> Agent | Team | None:
        if one.kind is Kind.TEAM:
            _whose, key = one.of if isinstance(one.of, tuple) else ("", None)
            return self.teams.get(key) if isinstance(key, bytes) else None
        return self.agents.get(one.of) if isinstance(one.of, bytes) else None

    def id_of(self, one: Candidate) -> int | None:
        """The number of the agent or team; None of everybody."""
        subject = self._subject(one)
        return None if subject is None else subject.pk

    def name_of(self, one: Candidate) -> str:
        """What to call whom it concerns."""
        subject = self._subject(one)
        return _("Everybody") if subject is None else subject.name

    def step_of(self, one: Candidate, kind: Kind) -> tuple[str, str]:
        """Where the next step is taken, and its words; nothing where the reader's role does not open it."""
        subject = self.id_of(one)
        if kind is Kind.PROCESS or subject is None:
            return _("Find its owner"), reverse("owned_processes")
        if kind is Kind.TEAM:
            asked = urlencode({"measure": one.about, "team": subject})
            return _("Open a cycle"), f"{reverse('new_cycle')}?{asked}"
        if kind is Kind.EVIDENCE:
            may = self.scope.may(Right.EVALUATE)
            return (_("Choose a contact"), reverse("choose_contact", args=[subject])) if may else ("", "")
        return _("Plan a session"), f"{reverse('plan_coaching')}?agent={subject}"
