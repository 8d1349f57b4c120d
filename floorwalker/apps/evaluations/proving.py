"""Was a draw made as it says? It is drawn again from its seed and filter, and compared with what was kept.

Facts may have been corrected since. An agent's draw depends on her own contacts alone: so of everybody whose contacts are as
they were the very same must come out, whatever happened to the others.
"""

from __future__ import annotations

from dataclasses import dataclass

from floorwalker.apps.evaluations.drawing import sealed_of
from floorwalker.apps.evaluations.models import Draw, Picked
from floorwalker.apps.evaluations.populations import read_population
from floorwalker.apps.people.models import Agent, AuditEntry
from floorwalker.insight.drawable import Filter, to_draw
from floorwalker.stats.sampling import Contacts, draw

NONE = (0, "")


@dataclass(frozen=True)
class Corrected:
    """An agent whose contacts are no longer those that were drawn from: how many there were, and are."""

    agent: str
    before: int
    now: int


@dataclass(frozen=True)
class Proof:
    """What came out when it was drawn again.

    drawn: contacts that chance chose; corrected: agents whose facts changed since; other: agents of whom something else
    comes out although nothing changed, so that what is kept is not what was drawn; in_trail: whether the sealed audit trail
    tells the same of it.
    """

    drawn: int
    population: int
    digest: str
    corrected: tuple[Corrected, ...]
    other: tuple[str, ...]
    in_trail: bool

    @property
    def holds(self) -> bool:
        """Whether it was made as it says."""
        return self.in_trail and not self.other

    @property
    def is_whole(self) -> bool:
        """Whether it holds, and nothing was corrected since."""
        return self.holds and not self.corrected


def prove_draw(made: Draw) -> Proof:
    """Draw again, and say what differs."""
    contacts = to_draw(read_population(Filter.read(made.kept)))
    now = {agent: (len(hers.key), hers.digest) for agent, hers in contacts.by_agent()}
    before = {int(agent): (int(many), str(digest)) for agent, (many, digest) in made.by_agent.items()}
    changed = {agent for agent in now.keys() | before.keys() if now.get(agent) != before.get(agent)}
    kept, again = _kept(made), _again(contacts, made)
    differ = {agent for agent in now.keys() | {*kept} if agent not in changed and kept.get(agent) != again.get(agent)}
    names = {one.pk: str(one) for one in Agent.objects.filter(pk__in=changed | differ)}
    return Proof(
        drawn=sum(len(keys) for keys in kept.values()),
        population=len(contacts.key),
        digest=contacts.digest,
        corrected=tuple(
            Corrected(names.get(agent, str(agent)), before.get(agent, NONE)[0], now.get(agent, NONE)[0])
            for agent in sorted(changed)
        ),
        other=tuple(names.get(agent, str(agent)) for agent in sorted(differ)),
        in_trail=_is_in_trail(made),
    )


def _kept(made: Draw) -> dict[int, dict[str, float | None]]:
    """By agent of the draw, the contacts that chance chose, as they are kept; whoever they were merged into since."""
    agents = Filter.read(made.kept).agents
    found: dict[int, dict[str, float | None]] = {}
    rows = made.drawn.filter(picked=Picked.RANDOM, second_of=None)
    for identity, segment, chance in rows.values_list("identity_key", "segment_key", "probability"):
        found.setdefault(agents.get(bytes(identity), 0), {})[bytes(segment).hex()] = chance
    return found


def _again(contacts: Contacts, made: Draw) -> dict[int, dict[str, float | None]]:
    """The same, drawn again."""
    sample = draw(contacts, made.quota, made.seed)
    found: dict[int, dict[str, float | None]] = {}
    for row, chance in zip(sample.row.tolist(), sample.probability.tolist(), strict=True):
        found.setdefault(int(contacts.agent[row]), {})[str(contacts.key[row])] = chance
    return found


def _is_in_trail(made: Draw) -> bool:
    entry = AuditEntry.objects.filter(verb="draw_plan", subject=f"draw:{made.pk}").first()
    return entry is not None and sealed_of(made).items() <= entry.detail.items()
