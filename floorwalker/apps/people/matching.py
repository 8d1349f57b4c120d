"""Which names found in data may be the same person? Proposals with their reason; a person decides.

A name in a source says little: "Becky", "Smith, Becky", "b.smith", "PJSIP/1042". Two names of one source are two people
until somebody says otherwise, unless they are written alike but for case, accents and order.
"""

from __future__ import annotations

import difflib
import re
import unicodedata
from collections import defaultdict
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from enum import StrEnum

from django.db.models import QuerySet

from floorwalker.apps.people.models import Agent, AgentQuerySet, Standing

ALIKE = 0.86
SHORTEST_EXTENSION = 3


class Reason(StrEnum):
    """Why two are proposed as one; strong ones can be taken all alike."""

    NUMBER = "number"
    SAME_NAME = "same_name"
    INITIALS = "initials"
    SPELLING = "spelling"

    @property
    def is_strong(self) -> bool:
        """Whether hardly anything else can be meant."""
        return self in (Reason.NUMBER, Reason.SAME_NAME)


@dataclass(frozen=True)
class Proposal:
    """`agent`, found in data, may be `other`."""

    agent: Agent
    other: Agent | None
    reason: Reason | None

    @property
    def is_strong(self) -> bool:
        """Whether it may be taken with all others alike."""
        return self.reason is not None and self.reason.is_strong


@dataclass
class Known:
    """What is known of one agent: words of the names, numbers, and the systems that name her or him."""

    agent: Agent
    names: list[tuple[str, ...]] = field(default_factory=list)
    numbers: set[str] = field(default_factory=set)
    systems: set[tuple[str, str]] = field(default_factory=set)

    @property
    def compared_by(self) -> set[str]:
        """What brings two together to be compared at all: a number, or the first letter of a word."""
        return {*self.numbers, *(word[0] for words in self.names for word in words)}


def proposals(agents: Iterable[Agent], among: AgentQuerySet | None = None) -> list[Proposal]:
    """For each of these agents, who else it may be, by the strongest reason; nobody where nothing speaks for it.

    among: whom the reader manages; nobody else is named to her or him.
    """
    known = _read((Agent.objects.all() if among is None else among).on_the_floor())
    index = _index(known.values())
    return [_propose(known[agent.pk], index) for agent in agents if agent.pk in known]


def _read(agents: QuerySet[Agent]) -> dict[int, Known]:
    found = {agent.pk: Known(agent) for agent in agents.prefetch_related("identities")}
    for one in found.values():
        _learn(one, one.agent.name)
        if one.agent.staff_number:
            one.numbers.add(one.agent.staff_number.lstrip("0") or "0")
        for identity in one.agent.identities.all():
            _learn(one, identity.name)
            one.systems.add((identity.source, identity.origin))
    return found


def _learn(one: Known, name: str) -> None:
    words = words_of(name)
    if words and words not in one.names:
        one.names.append(words)
    one.numbers |= set(re.findall(rf"\d{{{SHORTEST_EXTENSION},}}", name))


def words_of(name: str) -> tuple[str, ...]:
    """The words of a name in one order, without accents, case, channel technology and numbers."""
    plain = unicodedata.normalize("NFKD", name).encode("ascii", "ignore").decode().casefold()
    plain = re.sub(r"^(pjsip|sip|iax2|local|agent|dahdi)/", "", plain)
    plain = plain.partition("@")[0]
    return tuple(sorted(re.findall(r"[a-z]+", plain)))


def _index(known: Iterable[Known]) -> dict[str, list[Known]]:
    index: defaultdict[str, list[Known]] = defaultdict(list)
    for one in known:
        for key in one.compared_by:
            index[key].append(one)
    return index


def _propose(one: Known, index: dict[str, list[Known]]) -> Proposal:
    others = {other.agent.pk: other for key in one.compared_by for other in index.get(key, ()) if other is not one}
    found = [(reason, other) for other in others.values() for reason in _reasons(one, other)]
    if not found:
        return Proposal(one.agent, None, None)
    order = list(Reason)
    reason, other = min(found, key=lambda pair: (order.index(pair[0]), _rank(pair[1]), pair[1].agent.pk))
    return Proposal(one.agent, other.agent, reason)


def _rank(other: Known) -> bool:
    """Somebody confirmed goes before somebody who was only found too."""
    return other.agent.standing != Standing.KNOWN


def _reasons(one: Known, other: Known) -> Iterator[Reason]:
    if any(names in other.names and len(names) > 1 for names in one.names):
        yield Reason.SAME_NAME
    if one.systems & other.systems:
        return
    if one.numbers & other.numbers:
        yield Reason.NUMBER
    if any(names in other.names for names in one.names):
        yield Reason.SAME_NAME
    if any(_abbreviates(a, b) or _abbreviates(b, a) for a in one.names for b in other.names):
        yield Reason.INITIALS
    if any(_is_spelled_like(a, b) for a in one.names for b in other.names):
        yield Reason.SPELLING


def _abbreviates(short: tuple[str, ...], long: tuple[str, ...]) -> bool:
    """`b smith` for `becky smith`, `bsmith` too, and `becky` where the other has a surname besides."""
    if len(long) < 2 or short == long:
        return False
    if len(short) == 1:
        return any(short[0] == first[0] + last for first in long for last in long if first != last)
    if len(short) != len(long):
        return False
    left = list(long)
    for word in sorted(short, key=len, reverse=True):
        match = next((full for full in left if full == word or (len(word) == 1 and full.startswith(word))), None)
        if match is None:
            return False
        left.remove(match)
    return any(len(word) > 1 for word in short)


def _is_spelled_like(a: tuple[str, ...], b: tuple[str, ...]) -> bool:
    one, other = " ".join(a), " ".join(b)
    if min(len(one), len(other)) < 5 or one == other:
        return False
    return difflib.SequenceMatcher(None, one, other).ratio() >= ALIKE
