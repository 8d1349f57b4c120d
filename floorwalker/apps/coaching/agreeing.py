"""How does an objective come about: proposed by one, agreed by both, replaced instead of edited? What was agreed stays as it was."""

from __future__ import annotations

from datetime import date, datetime, timedelta
from typing import Any

from floorwalker.apps.coaching.access import may_coach
from floorwalker.apps.coaching.guarding import guardrails_of
from floorwalker.apps.coaching.learning import known_gap
from floorwalker.apps.coaching.models import CheckIn, Intervention, Objective, ObjectiveState, Treated
from floorwalker.apps.coaching.models.objectives import LONGEST_WORDING, LONGEST_WORDS
from floorwalker.apps.coaching.objective_words import hindered, worded
from floorwalker.apps.coaching.reaching import LONGEST, SHORTEST, SHOWN_WEEKS, Read, Wanted
from floorwalker.apps.coaching.records_shown import weeks_seen
from floorwalker.apps.coaching.seeing import is_oneself
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.errors import Refused
from floorwalker.estimate import Estimate
from floorwalker.insight.frozen import as_json, freeze_figure
from floorwalker.insight.kept_objective import baseline_as_json, forecast_as_json
from floorwalker.insight.objective import Objective as Proposal
from floorwalker.kpis.definition import Better


@action
def propose(agent: Agent, wanted: Wanted, read: Read, *, by: User, at: datetime) -> Objective:
    """Propose an objective; whoever proposes has said yes to it. read: as it was read for just this wish.

    The one that it replaces ends with it, and stays to be read.
    """
    on = at.date()
    _check(agent, wanted, by, on)
    proposal = read.proposal
    if proposal is None:
        raise Refused("no objective can be agreed on there", found="; ".join(hindered(read, agent, on)))
    if wanted.replaces is not None:
        _replace(wanted.replaces, agent, by, at)
    _check_only(agent, wanted)
    made = Objective(agent=agent, proposed_by=by, proposed_at=at, from_day=on, replaces=wanted.replaces)
    _write(made, wanted, read, proposal, at)
    _say_yes(made, by, at)
    made.save(force_insert=True)
    CheckIn.objects.bulk_create([CheckIn(objective=made, due_on=day) for day in review_days(wanted, on)])
    told = {"measure": made.measure, "due": made.due_on.isoformat(), "target": made.target}
    record(by.username, "propose_objective", made, at, agent=agent.pk, **told)
    return made


@action
def agree(objective: Objective, *, by: User, at: datetime) -> Objective:
    """The other of the two says yes; from then on it holds, and its effect can be asked for."""
    objective = find_now(objective)
    _check_open(objective, ObjectiveState.PROPOSED)
    if not is_oneself(by, objective.agent) and not may_coach(by, objective.agent, at.date()):
        raise Refused("you may not agree to this objective", expected="the person herself, or who coaches her")
    _check_not_said(objective, by)
    _say_yes(objective, by, at)
    if objective.agent_agreed_at and objective.leader_agreed_at:
        objective.state, objective.intervention = ObjectiveState.AGREED, _begin(objective, by, at)
    objective.save()
    record(by.username, "agree_objective", objective, at, state=str(objective.state))
    return objective


@action
def end(objective: Objective, because: str, *, by: User, at: datetime) -> Objective:
    """Say no to a proposal, or end what was agreed before its day, with the reason."""
    objective = find_now(objective)
    agent = objective.agent
    if not is_oneself(by, agent) and not may_coach(by, agent, at.date()):
        raise Refused("you may not end this objective", expected="the person herself, or who coaches her")
    if not ObjectiveState(objective.state).is_open:
        raise Refused("this objective is over already", found=str(objective.get_state_display()))
    if not because.strip():
        raise Refused("an objective that ends early says why", mend="write a sentence that both understand")
    _close(objective, ObjectiveState.ENDED, because.strip()[:LONGEST_WORDS], at)
    record(by.username, "end_objective", objective, at)
    return objective


def find_now(objective: Objective) -> Objective:
    """The objective as it is now, and not as a page read it: two may act on it at once."""
    return Objective.objects.select_for_update(of=("self",)).select_related("agent").get(pk=objective.pk)


def review_days(wanted: Wanted, on: date) -> list[date]:
    """On which days it is looked at: every so many weeks, and on the last."""
    days, day = [], on + timedelta(weeks=wanted.review_weeks)
    while day < wanted.due_on:
        days.append(day)
        day += timedelta(weeks=wanted.review_weeks)
    return [*days, wanted.due_on]


def _check(agent: Agent, wanted: Wanted, by: User, on: date) -> None:
    if not is_oneself(by, agent) and not may_coach(by, agent, on):
        raise Refused("you may not propose an objective there", expected="the person herself, or who coaches her")
    if not SHORTEST <= wanted.due_on - on <= LONGEST:
        raise Refused(
            "an objective takes between four weeks and half a year",
            found=wanted.due_on.isoformat(),
            expected=f"{on + SHORTEST} to {on + LONGEST}",
        )
    if not wanted.action.strip() or len(wanted.action) > LONGEST_WORDING:
        raise Refused("an objective says what is done for it", expected=f"1 to {LONGEST_WORDING} characters")
    if not 1 <= wanted.review_weeks <= SHOWN_WEEKS:
        raise Refused("an objective is looked at on its way", expected="every 1 to 12 weeks")


def _check_only(agent: Agent, wanted: Wanted) -> None:
    """What was read before the transaction may have been proposed by the other meanwhile."""
    same = Objective.objects.open().filter(agent__in=agent.numbers_of_person(), measure=wanted.measure).first()
    if same is not None:
        raise Refused(
            "there is an open objective in this measure", found=same.wording, mend="replace that one, or end it first"
        )


def _replace(old: Objective, agent: Agent, by: User, at: datetime) -> None:
    old = find_now(old)
    if old.agent_id not in agent.numbers_of_person() or not ObjectiveState(old.state).is_open:
        raise Refused("only an open objective of the same person can be replaced", found=str(old.get_state_display()))
    _close(old, ObjectiveState.REPLACED, "", at)
    record(by.username, "replace_objective", old, at)


def _close(objective: Objective, state: ObjectiveState, because: str, at: datetime) -> None:
    objective.state, objective.closed_because, objective.closed_at = state, because, at
    objective.save(update_fields=["state", "closed_because", "closed_at"])


def _write(made: Objective, wanted: Wanted, read: Read, proposal: Proposal, at: datetime) -> None:
    kpi, standing = read.kpi, proposal.standing
    made.measure, made.measure_version, made.aim = kpi.id, kpi.version, wanted.aim
    made.baseline = baseline_as_json(proposal, at=at, facts=read.facts) | _counter(read, at)
    made.forecast = forecast_as_json(proposal) | {"expects": str(wanted.expects)}
    made.target, made.stretch, made.volume = standing.target, proposal.stretch, proposal.expected
    made.chance_with, made.chance_without = standing.probability, standing.without_plan
    made.counter_measure, made.counter_limit = _guard(read)
    made.action, made.action_kind, made.due_on = wanted.action.strip(), wanted.action_kind, wanted.due_on
    made.wording = worded(kpi, standing.target, wanted.due_on)[:LONGEST_WORDING]


def _counter(read: Read, at: datetime) -> dict[str, Any]:
    """The counter-measure's figure as it stood, kept beside the baseline."""
    if read.counter is None or read.counter_cell is None or read.counter_period is None:
        return {}
    frozen = freeze_figure(read.counter, read.counter_period, read.counter_cell, None, at=at, facts=read.facts)
    return {"counter": as_json(frozen)}


def _guard(read: Read) -> tuple[str, float | None]:
    """The measure that must not get worse, and how far chance may take it: the worse end of its likely range."""
    if read.counter is None:
        return "", None
    answer = None if read.counter_cell is None else read.counter_cell.answer
    if not isinstance(answer, Estimate):
        return read.counter.id, None
    return read.counter.id, answer.low if read.counter.better is Better.UP else answer.high


def _check_not_said(objective: Objective, by: User) -> None:
    """Each of the two says yes once; of several who coach somebody the first."""
    if is_oneself(by, objective.agent):
        said = objective.agent_agreed_at is not None
    else:
        said = objective.leader_agreed_at is not None
    if said:
        raise Refused("you have agreed to this objective already", mend="wait for the other's yes")


def _say_yes(objective: Objective, by: User, at: datetime) -> None:
    if is_oneself(by, objective.agent):
        objective.agent_agreed_at = objective.agent_agreed_at or at
    elif objective.leader_agreed_at is None:
        objective.leader_agreed_at, objective.agreed_by = at, by


def _begin(objective: Objective, by: User, at: datetime) -> Intervention:
    """What the effect is worked out from: chosen on what either of the two had seen of the record."""
    made = Intervention.objects.create(
        kind=objective.action_kind,
        measure=objective.measure,
        guardrails=guardrails_of(objective.measure),
        begins_on=at.date(),
        decided_at=at,
        decided_by=by,
        weeks_shown=weeks_seen([objective.proposed_by, by], [objective.agent], objective.measure),
        because=objective.wording,
        before=known_gap([objective.agent], objective.measure),
    )
    Treated.objects.create(intervention=made, agent=objective.agent, from_day=at.date())
    return made


def _check_open(objective: Objective, state: ObjectiveState) -> None:
    if objective.state != state:
        raise Refused("this objective is not waiting for a yes", found=str(objective.get_state_display()))
