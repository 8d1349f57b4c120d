"""What was said of one person's, team's or process's work, matter by matter, and what became of it?

What is new comes first, then what waits for a decision; what people say stands beside what is counted.
"""

from __future__ import annotations

from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from itertools import chain

from django.db.models import QuerySet

from floorwalker.apps.coaching.evidence_shown import EvidenceShown, show_evidence
from floorwalker.apps.coaching.matter_words import titles_of, weight
from floorwalker.apps.coaching.models import Feedback, FeedbackSource, Leaning, Matter, MatterDecision
from floorwalker.apps.people.access import SMALLEST_GROUP, team_of
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.apps.standards.models import Process

# Of each matter the latest few stand in the list; its own page has them all.
FEW = 3
# More than anybody reads at once: beyond it the matters' own pages are the place.
MOST = 400
COUNTED = (FeedbackSource.SYSTEM,)


@dataclass(frozen=True)
class Shown:
    """One piece of feedback as this reader sees it; with_words: whether what somebody said of it is told here."""

    feedback: Feedback
    weight: str
    evidence: tuple[EvidenceShown, ...]
    with_words: bool = True

    @property
    def is_counted(self) -> bool:
        """Whether it is a figure and nobody's words."""
        return self.feedback.source in COUNTED

    @property
    def is_new(self) -> bool:
        """Whether its receiver has not read it yet."""
        return self.feedback.seen_at is None


@dataclass(frozen=True)
class MatterShown:
    """One matter: what it is about, what was said (the latest first), whence it was passed on, and how it lies.

    passed_from: whose it was before, also where that one does something about it by now; only that it was, where the reader
    may not see of whom. reasons: in the words that were meant for whoever has it.
    """

    matter: Matter
    title: str
    said: tuple[Shown, ...]
    passed_from: tuple[Matter, ...]
    reasons: tuple[str, ...]
    waits: bool

    @property
    def is_new(self) -> bool:
        """Whether something of it was not read yet."""
        return any(one.is_new for one in self.said)

    @property
    def counted(self) -> list[Shown]:
        """The latest figures."""
        return [one for one in self.said if one.is_counted][:FEW]

    @property
    def told(self) -> list[Shown]:
        """What people said last."""
        return [one for one in self.said if not one.is_counted][:FEW]

    @property
    def leanings(self) -> dict[str, int]:
        """How often it was said of which way it points; a figure beside the words."""
        found = Counter(one.feedback.leaning for one in self.said)
        return {str(Leaning(name).label): found[name] for name in Leaning.values if found[name]}

    @property
    def contacts(self) -> int:
        """On how many contacts what people said rests, where they named any; each counts once, whoever speaks of it."""
        told = [one.feedback for one in self.said if not one.is_counted]
        named = [{bytes(row.contact_key) for row in one.evidence.all() if row.contact_key is not None} for one in told]
        others = sum(one.contacts or 0 for one, keys in zip(told, named, strict=True) if not keys)
        return len(frozenset().union(*named)) + others

    @property
    def more(self) -> int:
        """How much more stands on its own page."""
        return len(self.said) - len(self.counted) - len(self.told)


@dataclass(frozen=True)
class Inbox:
    """The matters, told apart: one's own, the team's, and those of how work is done; the last two only told of."""

    mine: list[MatterShown]
    team: list[MatterShown]
    system: list[MatterShown]

    @property
    def new(self) -> int:
        """How many hold something unread, of one's own and of what lies with how work is done."""
        return sum(one.is_new for one in (*self.mine, *self.system))

    @property
    def waiting(self) -> int:
        """How many of one's own wait for a decision."""
        return sum(one.waits for one in self.mine)

    @property
    def is_empty(self) -> bool:
        """Whether nothing was said yet."""
        return not (self.mine or self.team or self.system)


def inbox_of_agent(agent: Agent, user: User, on: date) -> Inbox:
    """One person's: what lies with her, what she passed on, and what is said of her team without anybody's words."""
    said = Feedback.objects.shown_to(user, agent, on)
    own = Matter.objects.of_agent(agent).filter(pk__in=said.values("matter")).with_whose()
    shown = show_matters(own, said, user, on)
    kept = [one for one in shown if one.matter.passed_to is None]
    passed = [one for one in shown if one.matter.passed_to is not None]
    to_team = [one for one in passed if one.matter.passed_to is not None and one.matter.passed_to.team_id is not None]
    team = team_of(agent, on)
    of_team = [] if team is None else [one for one in map(for_members, inbox_of_team(team, user, on).mine) if one.said]
    return Inbox(kept, [*to_team, *of_team], [one for one in passed if one not in to_team])


def for_members(one: MatterShown) -> MatterShown:
    """Without figures of so few people that one of them, who knows her own, would learn a colleague's: for who leads them alone."""
    return replace(one, said=tuple(shown for shown in one.said if not _is_of_few(shown.feedback)))


def _is_of_few(feedback: Feedback) -> bool:
    figures = [row.figure for row in feedback.evidence.all() if row.figure is not None]
    return any(figure.get("people", 0) < SMALLEST_GROUP for figure in figures)


def inbox_of_team(team: Team, user: User, on: date) -> Inbox:
    """A team's: what is about all of it. What somebody said is not told here, only from where, when and on what it rests."""
    matters = Matter.objects.filter(team=team).with_whose()
    shown = show_matters(matters, Feedback.objects.settled(), user, on, with_words=False)
    kept = [one for one in shown if one.matter.passed_to is None]
    return Inbox(kept, [], [one for one in shown if one.matter.passed_to is not None])


def inbox_of_process(process: Process, user: User, on: date) -> Inbox:
    """A process's: what was found of it, in the words of whoever found it."""
    return Inbox(
        show_matters(Matter.objects.filter(process=process).with_whose(), Feedback.objects.settled(), user, on), [], []
    )


def show_matters(
    matters: QuerySet[Matter], said: QuerySet[Feedback], user: User, on: date, *, with_words: bool = True
) -> list[MatterShown]:
    """These matters with what was said of each: new ones first, then those that wait, then the latest."""
    found = list(matters)
    shown = _said_of(found, said, user, on, with_words)
    titles = titles_of({one.code for one in found})
    waiting = set(Matter.objects.filter(pk__in=[one.pk for one in found]).waiting(on).values_list("pk", flat=True))
    came = _came_from(found)
    told = [
        MatterShown(
            one,
            titles[one.code],
            tuple(shown.get(one.pk, ())),
            tuple(made.matter for made in came.get(one.pk, ())),
            tuple(made.because for made in came.get(one.pk, ())),
            one.pk in waiting,
        )
        for one in found
    ]
    return sorted(told, key=lambda one: (not one.is_new, not one.waits, -one.matter.newest_at.timestamp()))


def _said_of(
    matters: Sequence[Matter], said: QuerySet[Feedback], user: User, on: date, with_words: bool
) -> dict[int, list[Shown]]:
    rows = said.filter(matter__in=matters).select_related("given_by__agent", "standard", "matter")
    feedback = list(rows.prefetch_related("evidence__answer__question", "answers__by")[:MOST])
    evidence = show_evidence(list(chain.from_iterable(one.evidence.all() for one in feedback)), user, on)
    found: dict[int, list[Shown]] = {}
    for one in feedback:
        behind = tuple(evidence[row.pk] for row in one.evidence.all())
        found.setdefault(one.matter_id, []).append(Shown(one, weight(one), behind, with_words))
    return found


def _came_from(matters: Sequence[Matter]) -> dict[int, list[MatterDecision]]:
    """By matter, the decisions that passed others on to it, of each the last."""
    passed = MatterDecision.objects.filter(passed_to__in=matters)
    found: dict[int, dict[int, MatterDecision]] = {}
    for one in passed.select_related("matter__agent", "matter__team", "matter__process"):
        found.setdefault(one.passed_to_id or 0, {})[one.matter_id] = one
    return {pk: list(by_matter.values()) for pk, by_matter in found.items()}
