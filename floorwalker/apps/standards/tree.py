"""Which teams lie above a team, and at which site is it?"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Mapping
from dataclasses import dataclass
from typing import Self

from floorwalker.apps.people.models import Team


@dataclass(frozen=True)
class Tree:
    """By team, the one that it is part of and its own site."""

    teams: Mapping[int, tuple[int | None, int | None]]

    @classmethod
    def read(cls) -> Self:
        """The teams as they lie today: where a team belongs is not dated."""
        return cls({pk: (parent, site) for pk, parent, site in Team.objects.values_list("pk", "parent", "site")})

    def above(self, team: int) -> tuple[int, ...]:
        """The team and all above it, the nearest first."""
        found: list[int] = []
        one: int | None = team
        while one is not None and one in self.teams and one not in found:
            found.append(one)
            one = self.teams[one][0]
        return tuple(found)

    def below(self, teams: Iterable[int]) -> frozenset[int]:
        """These teams and all below them."""
        wanted = frozenset(teams)
        return frozenset(team for team in self.teams if not wanted.isdisjoint(self.above(team)))

    def shared(self, teams: Collection[int]) -> tuple[int, ...]:
        """Those above all of these teams (each of them counts as above itself), the nearest first."""
        chains = [self.above(team) for team in teams]
        if not chains:
            return ()
        return tuple(one for one in chains[0] if all(one in chain for chain in chains[1:]))

    def site_of(self, team: int) -> int | None:
        """The team's site: its own, else that of the nearest team above that has one."""
        return next((site for _parent, site in (self.teams[one] for one in self.above(team)) if site is not None), None)

    def shared_site(self, teams: Collection[int]) -> int | None:
        """The site of all of these teams; None where they have none or several."""
        sites = {self.site_of(team) for team in teams}
        return sites.pop() if len(sites) == 1 else None
