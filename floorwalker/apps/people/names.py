"""What is somebody called? Keys to names, and names to keys, for the command line and the pages."""

from __future__ import annotations

from collections.abc import Mapping
from functools import cached_property

from floorwalker.apps.people.models import Agent, Queue, Site, Team
from floorwalker.errors import KpiError

SUBJECTS: dict[str, type[Agent] | type[Team] | type[Queue] | type[Site]] = {
    "agent": Agent,
    "team": Team,
    "queue": Queue,
    "site": Site,
}


class Names:
    """The names of all agents, teams, queues and sites, read once."""

    @cached_property
    def _by_kind(self) -> Mapping[str, Mapping[bytes, str]]:
        return {
            kind: {bytes(key): name for key, name in model.objects.values_list("key", "name")}
            for kind, model in SUBJECTS.items()
        }

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
            candidates = ", ".join(f"{name} ({key.hex()[:8]})" for key in sorted(found))
            raise KpiError(
                f"more than one {kind} is called {name!r}",
                where=f"--where {kind}={name}",
                found=candidates,
                mend=f"name the one you mean by its first digits: --where {kind}={found[0].hex()[:8]}",
            )
        return self._by_digits(kind, name)

    def _by_digits(self, kind: str, text: str) -> tuple[bytes, ...]:
        found = [key for key in self._by_kind[kind] if len(text) >= 6 and key.hex().startswith(text)]
        if len(found) == 1:
            return tuple(found)
        known = sorted(self._by_kind[kind].values())
        listed = ", ".join(known[:20]) + (f" and {len(known) - 20} more" if len(known) > 20 else "")
        raise KpiError(
            f"there is no {kind} called {text!r}", where=f"--where {kind}={text}", expected=listed or "(none yet)"
        )
