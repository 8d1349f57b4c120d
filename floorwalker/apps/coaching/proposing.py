"""Who could be coached on what, and why? Proposed by the figures, by feedback that is to be acted on, by the agent, by a leader.

The figures propose only what fair judgement keeps as surely the person's own: what is the team's or everybody's never becomes
a talk with one person. Whatever proposes, it does so once.
"""

from __future__ import annotations

from collections.abc import Collection, Iterator
from datetime import datetime, timedelta
from typing import Any

from django.db.models import Exists, OuterRef, Q
from django.utils.translation import gettext as _

from floorwalker.apps.coaching.figuring import Figure, figure_of_each, frozen, kept_gaps, whose_instead
from floorwalker.apps.coaching.models import (
    CoachingProposal,
    CoachingSession,
    Decision,
    Matter,
    Participant,
    ProposedBy,
    Treated,
)
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import SYSTEM, record
from floorwalker.apps.people.models import Agent, User
from floorwalker.errors import Refused
from floorwalker.insight.kept_gaps import KeptGaps
from floorwalker.kpis.catalogue import catalogue
from floorwalker.stats.levels import Cause

# After a proposal was closed, and while what was agreed is being tried, the figures propose nothing about the same.
QUIET = timedelta(days=28)
BEING_TRIED = timedelta(days=84)
OF_MEASURE = "measure:"


def propose(at: datetime) -> int:
    """What the night proposes: from kept judgements, and from matters that are to be acted on; how many are new."""
    kept = {one.measure: one for one in kept_gaps()}
    return _from_figures(kept, at) + _from_matters(kept, at)


def _from_figures(kept: dict[str, KeptGaps], at: datetime) -> int:
    """Measure by measure: who is left alone, and everybody's figures, are asked of all at once."""
    made = 0
    for measure, gaps in kept.items():
        sure = dict(gaps.personal())
        alone = _left_alone(measure, at) if sure else frozenset()
        found = Agent.objects.on_the_floor().filter(key__in=list(sure)).exclude(pk__in=alone).order_by("pk")
        agents = list(found)
        figures = figure_of_each(agents, measure)
        for agent in agents:
            key = f"figures:{measure}:{agent.pk}:{gaps.period.last.isoformat()}"
            made += _propose_figure(agent, figures.get(agent.pk), measure, key, sure[bytes(agent.key)], at)
    return made


def _left_alone(measure: str, at: datetime) -> frozenset[int]:
    """The people of whom the same is proposed, planned or being tried already, or was declined a short while ago."""
    proposals = CoachingProposal.objects.filter(Q(closed_at=None) | Q(closed_at__gt=at - QUIET), measure=measure)
    planned = Participant.objects.filter(session__in=CoachingSession.objects.planned().filter(measure=measure))
    tried = Treated.objects.filter(intervention__measure=measure, intervention__cancelled_at=None)
    tried = tried.filter(from_day__gt=at.date() - BEING_TRIED)
    found = {
        *proposals.values_list("agent", flat=True),
        *planned.values_list("agent", flat=True),
        *tried.values_list("agent", flat=True),
    }
    people = {one for one in found if one is not None}
    merged = dict(Agent.objects.filter(merged_into__isnull=False).values_list("pk", "merged_into"))
    while further := {into for one in people if (into := merged.get(one)) is not None} - people:
        people |= further
    return frozenset(people)


def _propose_figure(
    agent: Agent, figure: Figure | None, measure: str, key: str, probability: float, at: datetime
) -> int:
    kept = None if figure is None else frozen(figure, at)
    return _once(agent, ProposedBy.FIGURES, key, at, {"figure": kept, "probability": probability, "measure": measure})


def _from_matters(kept: dict[str, KeptGaps], at: datetime) -> int:
    """Matters of a person that are to be acted on, and of which nothing was proposed since that was decided; not those whose
    measure is missed by the team or by everybody."""
    made = 0
    since = CoachingProposal.objects.filter(matter=OuterRef("pk"), made_at__gte=OuterRef("decided_at"))
    acted = Matter.objects.filter(decision=Decision.ACT, agent__isnull=False, decided_at__lte=at)
    acted = acted.filter(~Exists(since.filter(proposed_by=ProposedBy.FEEDBACK)))
    for matter in acted.select_related("agent").prefetch_related("decisions").order_by("pk"):
        agent, measure, decided = matter.agent, measure_of(matter), matter.decided_at
        assert agent is not None and decided is not None, "it is a person's, and decided"
        if measure in kept and kept[measure].is_not_hers(bytes(agent.person.key)) is not None:
            continue
        said = list(matter.decisions.all())
        given = {"measure": measure, "matter": matter, "because": said[-1].because if said else ""}
        made += _once(agent.person, ProposedBy.FEEDBACK, f"matter:{matter.pk}:{decided.isoformat()}", at, given)
    return made


def measure_of(matter: Matter) -> str:
    """The measure that a matter is about; nothing where it is about something else."""
    name = matter.code.removeprefix(OF_MEASURE) if matter.code.startswith(OF_MEASURE) else ""
    return name if name in catalogue() else ""


@action
def _once(agent: Agent, proposed_by: ProposedBy, key: str, at: datetime, given: dict[str, Any]) -> int:
    """Make a proposal of the program's own, where that very one was not made before; how many were made."""
    made, is_new = CoachingProposal.objects.get_or_create(
        key=key, defaults={"agent": agent, "proposed_by": proposed_by, "made_at": at, **given}
    )
    if is_new:
        record(SYSTEM, "propose_coaching", made, at, agent=agent.pk, measure=made.measure)
    return int(is_new)


@action
def ask_for_coaching(agent: Agent, because: str, measure: str, *, by: User, at: datetime) -> CoachingProposal:
    """The agent herself asks for a talk; one such request waits at a time."""
    if agent.pk not in by.oneself():
        raise Refused(_("people ask for coaching for themselves"))
    _check_said(because, measure)
    waiting = (
        CoachingProposal.objects.waiting()
        .filter(agent__in=agent.numbers_of_person(), proposed_by=ProposedBy.AGENT)
        .first()
    )
    if waiting is not None:
        raise Refused(
            _("you have asked already, and it waits"),
            found=f"{waiting.made_at:%Y-%m-%d}",
            mend=_("talk to your leader about it, or wait for the session"),
        )
    return _made(agent, ProposedBy.AGENT, because, measure, by, at)


def propose_with_reason(agent: Agent, because: str, measure: str, *, by: User, at: datetime) -> CoachingProposal:
    """A leader says who could be coached, and why; not about a gap that is everybody's."""
    check_may_coach(by, agent, at)
    _check_said(because, measure)
    check_is_hers(agent, measure)
    return _propose_with_reason(agent, because, measure, by=by, at=at)


@action
def _propose_with_reason(agent: Agent, because: str, measure: str, *, by: User, at: datetime) -> CoachingProposal:
    check_may_coach(by, agent, at)
    return _made(agent, ProposedBy.LEADER, because, measure, by, at)


@action
def decline_proposal(proposal: CoachingProposal, because: str, *, by: User, at: datetime) -> CoachingProposal:
    """Say why no talk follows; the reason stays with the proposal, and whoever asked reads it."""
    proposal = CoachingProposal.objects.select_for_update(of=("self",)).get(pk=proposal.pk)
    check_may_coach(by, proposal.agent, at)
    check_waits(proposal)
    if not because.strip():
        raise Refused(_("a proposal is declined with a reason"), mend=_("say why in a sentence: it stays with it"))
    close(proposal, because.strip(), by, at)
    record(by.username, "decline_coaching_proposal", proposal, at, agent=proposal.agent_id)
    return proposal


def close(proposal: CoachingProposal, because: str, by: User, at: datetime) -> None:
    """Something has become of it: a session, or a reason why there is none."""
    proposal.closed_at, proposal.closed_by, proposal.closed_because = at, by, because
    proposal.save(update_fields=["closed_at", "closed_by", "closed_because"])


def check_waits(proposal: CoachingProposal) -> None:
    """Refuse what something has become of already."""
    if proposal.closed_at is not None:
        raise Refused(_("something has become of this proposal already"), found=f"{proposal.closed_at:%Y-%m-%d}")


def check_may_coach(by: User, agent: Agent, at: datetime) -> None:
    """Refuse whoever has no role for this person; nobody coaches herself."""
    if not Agent.objects.coached_by(by, at.date()).filter(pk=agent.pk).exists():
        raise Refused(_("no role of yours lets you coach this person"), found=str(agent))


def check_is_hers(agent: Agent, measure: str) -> None:
    """Refuse a talk with one person about what is missed by her team or by everybody; asked of the facts, and so before the
    transaction that depends on it."""
    if measure and (whose := whose_instead(agent, measure)) is not None:
        raise Refused(
            _("this gap is not this person's own, and a talk with one person does not change it"),
            found=_("it is the whole team's") if whose is Cause.TEAM else _("it is everybody's"),
            mend=_("take it to the owner of the process, or choose another measure or none"),
        )


def _check_said(because: str, measure: str) -> None:
    if not because.strip():
        raise Refused(_("say what it is to be about"), mend=_("a sentence is enough"))
    if measure and measure not in catalogue():
        raise Refused(_("there is no such measure"), found=measure[:80])


def _made(agent: Agent, how: ProposedBy, because: str, measure: str, by: User, at: datetime) -> CoachingProposal:
    made = CoachingProposal.objects.create(
        agent=agent, proposed_by=how, because=because.strip(), measure=measure, made_by=by, made_at=at
    )
    record(by.username, "propose_coaching", made, at, agent=agent.pk, measure=measure)
    return made


def not_theirs(people: Collection[bytes]) -> Iterator[tuple[str, int, int]]:
    """By measure, of how many of these people, by key, it was kept that the gap is their team's, and of how many that it is everybody's."""
    for gaps in kept_gaps():
        whose = [gaps.is_not_hers(key) for key in people]
        team, everybody = whose.count(Cause.TEAM), whose.count(Cause.SYSTEMIC)
        if team or everybody:
            yield gaps.measure, team, everybody
