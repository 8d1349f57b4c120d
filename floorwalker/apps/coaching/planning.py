"""With whom is a talk planned, about what, and how much of the record had been looked at when it was decided?

Whoever opens more than the twelve weeks that everybody is shown is noted, and the session with her: how people were chosen
cannot be added later, and what the effect is worked out from depends on it.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime

from django.utils.translation import gettext as _

from floorwalker.apps.coaching.figuring import WEEKS_LONGER, measures_for
from floorwalker.apps.coaching.guarding import check_judged
from floorwalker.apps.coaching.models import (
    CoachingProposal,
    CoachingSession,
    Participant,
    SessionKind,
)
from floorwalker.apps.coaching.proposing import check_is_hers, check_may_coach, check_waits, close
from floorwalker.apps.coaching.records_shown import note_record, weeks_seen
from floorwalker.apps.coaching.timing import check_not_planned, check_time
from floorwalker.apps.coaching.wording import within
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.errors import Refused
from floorwalker.kpis.catalogue import catalogue

LEAST_GROUP, MOST_GROUP = 2, 12


@dataclass(frozen=True)
class Planned:
    """A session as it is planned: in which way, with whom, when, about what; measure: what it is to move, where it is one."""

    kind: SessionKind
    agents: Sequence[Agent]
    planned_for: datetime
    topic: str = ""
    measure: str = ""
    proposal: CoachingProposal | None = None


def plan_session(plan: Planned, *, by: User, at: datetime) -> CoachingSession:
    """Plan a talk with one person or a group; the proposal that it answers is closed by it."""
    _check(plan, by, at)
    for agent in plan.agents:
        check_is_hers(agent, plan.measure)
    return _plan(plan, by=by, at=at)


@action
def _plan(plan: Planned, *, by: User, at: datetime) -> CoachingSession:
    _check(plan, by, at)
    check_not_planned(plan.kind, plan.planned_for, by, {agent.pk for agent in plan.agents})
    proposal = None if plan.proposal is None else _still_waiting(plan)
    made = CoachingSession.objects.create(
        kind=plan.kind,
        coach=by,
        proposal=proposal,
        measure=plan.measure,
        planned_by=by,
        planned_at=at,
        planned_for=plan.planned_for,
        topic=plan.topic.strip(),
        weeks_shown=weeks_seen([by], plan.agents, plan.measure),
    )
    Participant.objects.bulk_create(Participant(session=made, agent=agent) for agent in plan.agents)
    if proposal is not None:
        close(proposal, "", by, at)
    people = sorted(agent.pk for agent in plan.agents)
    record(by.username, "plan_coaching", made, at, kind=plan.kind, agents=people, weeks_shown=made.weeks_shown)
    return made


def _check(plan: Planned, by: User, at: datetime) -> None:
    if plan.kind not in (SessionKind.ONE_TO_ONE, SessionKind.GROUP):
        raise Refused(_("a leader plans a talk with one person or with a group"), found=str(plan.kind))
    least, most = (1, 1) if plan.kind == SessionKind.ONE_TO_ONE else (LEAST_GROUP, MOST_GROUP)
    if not least <= len(plan.agents) <= most:
        raise Refused(
            _("this is no number of people for such a session"),
            found=str(len(plan.agents)),
            expected=str(least) if least == most else f"{least} – {most}",
        )
    if not plan.topic.strip() and plan.proposal is None:
        raise Refused(_("say what it is to be about"), mend=_("a sentence is enough"))
    check_time(plan.planned_for, at)
    if plan.measure and plan.measure not in catalogue():
        raise Refused(_("there is no such measure"), found=plan.measure[:80])
    if plan.measure:
        check_judged(plan.measure)
    for agent in plan.agents:
        check_may_coach(by, agent, at)


def _still_waiting(plan: Planned) -> CoachingProposal:
    assert plan.proposal is not None
    proposal = CoachingProposal.objects.select_for_update(of=("self",)).get(pk=plan.proposal.pk)
    check_waits(proposal)
    if proposal.agent_id not in {agent.pk for agent in plan.agents}:
        raise Refused(_("whom the proposal is about does not take part"), found=str(proposal.agent))
    return proposal


@action
def open_longer_record(session: CoachingSession, *, by: User, at: datetime) -> CoachingSession:
    """Show the coach a year instead of twelve weeks: written down for each person and each of the measures that stand together,
    and told of the decision from now on."""
    session = find_open(session)
    if session.coach_id != by.pk:
        raise Refused(_("only the coach prepares a session"))
    if session.weeks_shown >= WEEKS_LONGER:
        return session
    people = [one.agent for one in session.participants.select_related("agent") if one.agent is not None]
    note_record(measures_for(session.measure), WEEKS_LONGER, of=people, by=by, at=at)
    session.weeks_shown = WEEKS_LONGER
    session.save(update_fields=["weeks_shown"])
    record(by.username, "open_longer_record", session, at, weeks=WEEKS_LONGER, measure=session.measure)
    return session


@action
def cancel_session(session: CoachingSession, because: str, *, by: User, at: datetime) -> CoachingSession:
    """Call off a talk that has not been signed, and say why to whoever was to take part."""
    session = find_open(session)
    if by.pk not in (session.coach_id, session.planned_by_id):
        raise Refused(_("whoever planned a session calls it off"))
    if not because.strip():
        raise Refused(_("say why it is called off"), mend=_("a sentence is enough: whoever was to come reads it"))
    session.cancelled_at, session.cancelled_because = at, within(because)
    session.save(update_fields=["cancelled_at", "cancelled_because"])
    record(by.username, "cancel_coaching", session, at)
    return session


def find_open(session: CoachingSession) -> CoachingSession:
    """The session as it is now, where it can still change."""
    session = CoachingSession.objects.select_for_update(of=("self",)).get(pk=session.pk)
    if session.cancelled_at is not None:
        raise Refused(_("this session was called off"), found=f"{session.cancelled_at:%Y-%m-%d}")
    if session.coach_signed_at is not None:
        raise Refused(_("this session is signed, and stays as it is"), found=f"{session.coach_signed_at:%Y-%m-%d}")
    return session
