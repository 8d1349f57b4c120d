"""What is done about a gap, by whom, from when on, what must not get worse meanwhile, and when is it looked at?"""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from typing import Any

from floorwalker.apps.coaching.guarding import check_judged
from floorwalker.apps.coaching.learning import known_gap
from floorwalker.apps.coaching.models import Intervention, RolledOut, Treated
from floorwalker.apps.coaching.records_shown import weeks_seen
from floorwalker.apps.improvement.finding import Sought
from floorwalker.apps.improvement.models import Cycle, CycleReview, Option, Stage
from floorwalker.apps.improvement.models.cycles import LONGEST_TEXT, LONGEST_TITLE
from floorwalker.apps.improvement.models.doing import LONGEST_WORDS
from floorwalker.apps.improvement.opening import check_owner
from floorwalker.apps.improvement.options import check_carried
from floorwalker.apps.improvement.reaching import is_everybodys, people_behind, people_in_reach
from floorwalker.apps.improvement.shown import read_shown
from floorwalker.apps.improvement.taken import TakenGap
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.errors import Refused
from floorwalker.insight.learning import GapBefore, as_json
from floorwalker.kpis.catalogue import catalogue

# The planned looks (0049).
WEEKS = (4, 8, 12)
LEAST_OPTIONS = 2
FARTHEST = timedelta(days=366)


@dataclass(frozen=True)
class Begins:
    """One team that begins on a day, in the place of the drawn order where there is one."""

    team: Team
    on: date
    place: int | None = None


@dataclass(frozen=True)
class Plan:
    """What is decided. because: why that option; why_not: by the number of each other option, why not that one.

    people, teams: who is treated; departed: why not those, or not in the order, that chance drew.
    """

    chosen: Option
    because: str
    why_not: Mapping[int, str]
    begins_on: date
    owner: User
    guardrails: tuple[str, ...] = ()
    words: str = ""
    cost: str = ""
    hours: float | None = None
    people: tuple[Agent, ...] = ()
    teams: tuple[Begins, ...] = field(default_factory=tuple)
    departed: str = ""


@action
def plan_cycle(cycle: Cycle, plan: Plan, *, by: User, at: datetime) -> Intervention:
    """Choose, and say when it is looked at: from here on nothing of how people were chosen changes."""
    check_carried(cycle, by, at)
    _check(cycle, plan, at)
    made = Intervention.objects.create(
        kind=plan.chosen.kind,
        measure=cycle.measure,
        guardrails=list(plan.guardrails),
        begins_on=plan.begins_on,
        decided_at=at,
        decided_by=by,
        weeks_shown=weeks_shown(cycle, plan, by),
        because=plan.because.strip()[:1000],
        before=_gap_before(cycle, plan, at.date()),
        lot=cycle.lot if _keeps_to_lot(cycle, plan.people) else None,
        process=cycle.process,
        site=None if cycle.process is None else cycle.process.site,
        queue=None if cycle.process is None else cycle.process.queue,
    )
    Treated.objects.bulk_create(
        Treated(intervention=made, agent=agent, from_day=plan.begins_on) for agent in treated_by(cycle, plan)
    )
    RolledOut.objects.bulk_create(
        RolledOut(intervention=made, team=one.team, from_day=one.on, place=one.place)
        for one in rolled_out_by(cycle, plan)
    )
    CycleReview.objects.bulk_create(
        CycleReview(cycle=cycle, week=week, due_on=plan.begins_on + timedelta(weeks=week)) for week in WEEKS
    )
    cycle.shown = read_shown(cycle, len(people_in_reach(cycle, by, at.date())), at.date()).as_json(at)
    _choose(cycle, plan)
    _keep(cycle, plan, made, at)
    told = {"chosen": plan.chosen.pk, "begins_on": plan.begins_on.isoformat(), "guardrails": list(plan.guardrails)}
    record(by.username, "plan_cycle", cycle, at, **told, weeks_shown=made.weeks_shown, departed=plan.departed[:200])
    return made


def treated_by(cycle: Cycle, plan: Plan) -> Sequence[Agent]:
    """Who it is given to: of a person's cycle that person."""
    return (cycle.agent,) if cycle.agent is not None else plan.people


def rolled_out_by(cycle: Cycle, plan: Plan) -> Sequence[Begins]:
    """The teams that it reaches: of a team's cycle that team, unless single people of it were chosen, or teams below it."""
    if plan.teams or plan.people or cycle.team is None:
        return plan.teams
    return (Begins(cycle.team, plan.begins_on),)


def weeks_shown(cycle: Cycle, plan: Plan, by: User) -> int:
    """How many weeks of the record whoever chooses had seen: the twelve of every page, or what was opened beyond."""
    return weeks_seen([by, cycle.opened_by], treated_by(cycle, plan), cycle.measure)


def _gap_before(cycle: Cycle, plan: Plan, on: date) -> dict[str, Any] | None:
    """The gap that was taken on; of single people out of a team their own gaps."""
    if cycle.agent is None and plan.people:
        return known_gap(plan.people, cycle.measure)
    taken = TakenGap.of(cycle.gap)
    if taken.size is None:
        return None
    size = taken.size
    return as_json(GapBefore(size.gap, size.standard, taken.figure.kpi_version, people_behind(cycle, on)))


def _choose(cycle: Cycle, plan: Plan) -> None:
    for option in cycle.options.all():
        option.chosen = option.pk == plan.chosen.pk
        option.because = (plan.because if option.chosen else plan.why_not[option.pk]).strip()
        option.save(update_fields=["chosen", "because"])


def _keep(cycle: Cycle, plan: Plan, made: Intervention, at: datetime) -> None:
    if cycle.drawn_order is not None and plan.departed.strip():
        cycle.drawn_order = cycle.drawn_order | {"departed": plan.departed.strip()}
    cycle.intervention, cycle.planned_at, cycle.stage, cycle.owner = made, at, Stage.DO, plan.owner
    cycle.plan, cycle.cost, cycle.hours = plan.words.strip(), plan.cost.strip(), plan.hours
    cycle.save()


def _keeps_to_lot(cycle: Cycle, people: Collection[Agent]) -> bool:
    if cycle.lot is None:
        return False
    return {agent.pk for agent in people} == set(cycle.lot.entries.filter(first=True).values_list("agent", flat=True))


def _check(cycle: Cycle, plan: Plan, at: datetime) -> None:
    if cycle.stage != Stage.PLAN:
        raise Refused("this cycle is planned already", mend="open the next cycle from its decision")
    _check_options(cycle, plan)
    _check_guardrails(cycle, plan)
    _check_people(cycle, plan)
    if not at.date() <= plan.begins_on <= at.date() + FARTHEST:
        raise Refused(
            "how people were chosen cannot be added later",
            found=plan.begins_on.isoformat(),
            expected="today or a later day within a year",
        )
    if len(plan.words) > LONGEST_TEXT or len(plan.cost) > LONGEST_TITLE:
        raise Refused("this is too long", found=f"{len(plan.words)} characters", expected=f"at most {LONGEST_TEXT}")
    kpi = catalogue()[cycle.measure]
    check_owner(Sought(cycle.about, kpi, TakenGap.of(cycle.gap).figure.period), plan.owner, at)
    _check_chance(cycle, plan)


def _check_options(cycle: Cycle, plan: Plan) -> None:
    options = list(cycle.options.all())
    if len(options) < LEAST_OPTIONS:
        raise Refused(
            "one option is no choice",
            found=str(len(options)),
            expected=f"{LEAST_OPTIONS} or more",
            mend="write down what else could be done, or that nothing is",
        )
    if plan.chosen not in options:
        raise Refused("this option is another cycle's")
    if not plan.because.strip() or len(plan.because) > LONGEST_WORDS:
        raise Refused("a choice has a reason", expected=f"1 to {LONGEST_WORDS} characters")
    others = [option for option in options if option != plan.chosen]
    silent = [option for option in others if not plan.why_not.get(option.pk, "").strip()]
    if silent:
        raise Refused("of each other option it is said why not", found=silent[0].words[:60])


def _check_guardrails(cycle: Cycle, plan: Plan) -> None:
    unknown = [name for name in plan.guardrails if name not in catalogue() or name == cycle.measure]
    if unknown:
        raise Refused("this cannot be a guardrail", found=unknown[0], expected="another measure of the catalogue")
    kpi = catalogue()[cycle.measure]
    if kpi.is_of_efficiency and not plan.guardrails:
        raise Refused(
            "an efficiency target does not stand alone",
            found=kpi.id,
            expected="at least one measure that must not get worse",
            mend="name what it could be bought with, such as first_contact_resolution",
        )
    if kpi.is_of_efficiency and all(catalogue()[name].is_of_efficiency for name in plan.guardrails):
        raise Refused(
            "an efficiency target is not guarded by another one",
            found=", ".join(plan.guardrails),
            expected="at least one measure of how well the work is done",
            mend="name what it could be bought with, such as first_contact_resolution",
        )
    for name in (cycle.measure, *plan.guardrails):
        check_judged(name, _unit_of(cycle, plan))


def _check_people(cycle: Cycle, plan: Plan) -> None:
    """What is everybody's becomes nobody's own by way of her team."""
    if not plan.people:
        return
    if cycle.team is None:
        raise Refused(
            "single people are chosen from a team", mend="open the cycle about their team, or about each of them"
        )
    if is_everybodys(cycle):
        raise Refused(
            "this gap is everybody's: single people are not treated for it",
            found=f"{len(plan.people)}",
            expected="a plan for the whole team, or for a process",
            mend="open the cycle about the process, with its owner",
        )


def _unit_of(cycle: Cycle, plan: Plan) -> str:
    """Of whom or what the effect will be told."""
    process = cycle.process
    if process is None or plan.people or plan.teams:
        return "agent" if plan.people or cycle.agent is not None else "team"
    return "site" if process.queue_id is None else "queue"


def _check_chance(cycle: Cycle, plan: Plan) -> None:
    """What chance drew is kept to, or it is said why not; of several teams that begin one after another it is drawn first."""
    in_turn = len({one.on for one in plan.teams}) > 1
    drawn = None if cycle.drawn_order is None else cycle.drawn_order["order"]
    by_day = [one.team.pk for one in sorted(plan.teams, key=lambda one: (one.on, one.place or 0))]
    departs = (in_turn and drawn != by_day) or (cycle.lot_id is not None and not _keeps_to_lot(cycle, plan.people))
    if departs and not plan.departed.strip():
        raise Refused(
            "chance did not say who begins in this order",
            expected="the order or the lot that was drawn, or a reason why not",
            mend="draw it, keep to it, or say why not",
        )
