"""Which gaps has the demo's invented centre taken on, what was done about them, and what did the planned looks find?"""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, time, timedelta

from floorwalker.apps.improvement.deciding import Decided, decide_cycle
from floorwalker.apps.improvement.doing import note_doing
from floorwalker.apps.improvement.drawing import draw_order
from floorwalker.apps.improvement.finding import Sought, people_of, take
from floorwalker.apps.improvement.guarding import proposed_guardrails
from floorwalker.apps.improvement.models import Cycle, CycleReview
from floorwalker.apps.improvement.models.cycles import Subject
from floorwalker.apps.improvement.opening import Opening, open_cycle, refusal_of
from floorwalker.apps.improvement.options import Considered, consider
from floorwalker.apps.improvement.planning import Begins, Plan, plan_cycle
from floorwalker.apps.improvement.reaching import is_everybodys
from floorwalker.apps.improvement.reviewing import hold_review
from floorwalker.apps.improvement.taken import TakenGap
from floorwalker.apps.people.models import Agent, Team, User
from floorwalker.apps.standards.models import Change, Process, ServiceStandard
from floorwalker.apps.standards.owning import ProcessWords, add_process
from floorwalker.apps.standards.publishing import note_change
from floorwalker.insight.known import last_complete_week
from floorwalker.insight.scorecard import Period
from floorwalker.insight.standing import window
from floorwalker.insight.statements import Method
from floorwalker.jobs.demo_cast import A_DAY, A_WEEK, MORNING, Cast, team_of_leader
from floorwalker.jobs.demo_rounds import (
    AGAIN,
    HURRIED,
    LISTED,
    NO_USE,
    PASSED_ON,
    POOR_MONTH,
    REFUNDS,
    SETTLED,
    WRONG_AIM,
    Round,
    Said,
)
from floorwalker.jobs.effects import review_effects
from floorwalker.kpis.catalogue import catalogue

TRANSFERS = "Nobody is passed on without a word"
# Reviews are held some days after their looks were kept in the night.
HELD_AFTER = 2 * A_DAY
WAVE = 4 * A_WEEK
MOST_AT_ONCE = 4
NIGHT = time(3)


def name_processes(cast: Cast) -> dict[str, Process]:
    """Which ways of working there are, and who answers for each."""
    since = cast.ago(7 * 26)
    named = {
        "refunds": ProcessWords("Refunds", cast.owner, "From the wish to the money.", reason="refund"),
        "transfers": ProcessWords("Passing contacts on", cast.manager, "Who does what, and how one finds it."),
        "booking": ProcessWords("Changes of bookings", cast.owner, "What we may change ourselves.", reason="booking"),
    }
    return {key: add_process(said, from_day=since.date(), by=cast.manager, at=since) for key, said in named.items()}


def go_round(cast: Cast, processes: dict[str, Process]) -> None:
    """Begin cycles as weeks went by, let the nights look at them, hold the reviews, and decide what was due."""
    gamed, poor = _of_one(cast), _of_poor_months(cast)
    passed = _in_two_waves(cast, processes["transfers"])
    _one_after_another(cast, processes["refunds"])
    for night in _nights(cast):
        review_effects(cast.lake, night)
    decided = ((gamed, WRONG_AIM), (poor, NO_USE), (passed, LISTED))
    for cycle, said in decided:
        if cycle is not None:
            _hold_reviews(cast, cycle)
            _decide(cast, cycle, said, _changed(cast) if cycle == passed else None)
    if gamed is not None and gamed.is_decided:
        _opened(cast, SETTLED, gamed.about, cast.manager, cast.ago(1), before=gamed)
    team = team_of_leader(cast.leaders[0])
    _opened(cast, AGAIN, team, cast.leaders[0], cast.ago(2))


def _nights(cast: Cast) -> Iterator[datetime]:
    """Those after a day on which a review was planned, and the last one."""
    due = CycleReview.objects.filter(due_on__lt=cast.at.date() - A_DAY).values_list("due_on", flat=True)
    for day in sorted(set(due)):
        yield datetime.combine(day + A_DAY, NIGHT, UTC)
    yield cast.at


def _opened(
    cast: Cast, said: Round, about: Subject, by: User, at: datetime, before: Cycle | None = None
) -> Cycle | None:
    """The gap as it was then, with what could be done; None where the floor is too young, or it is not the person's own."""
    if not cast.is_known(at):
        return None
    known = cast.facts.days("segment")
    assert known is not None, "the floor is known"
    last = last_complete_week(Period(known[0], min(known[1], at.date() - A_DAY)))
    sought = Sought(about, catalogue()[said.measure], window(Method.CAUSE, last))
    taken = take(cast.facts, sought, at=at)
    if refusal_of(sought, taken) is not None:
        return None
    cycle = open_cycle(sought, taken, Opening(said.title, by, said.cause, before=before), by=by, at=at)
    for one in said.choices:
        consider(cycle, Considered(one.kind, one.words, one.hours), by=by, at=at + timedelta(hours=1))
    return cycle


def _plan(
    said: Round, cycle: Cycle, at: datetime, people: tuple[Agent, ...] = (), teams: tuple[Begins, ...] = ()
) -> None:
    """Choose the first of what could be done; what must not get worse is what the measure could be bought with."""
    chosen, *others = cycle.options.order_by("pk")
    why_not = {option.pk: one.because for option, one in zip(others, said.choices[1:], strict=True)}
    begins = min((one.on for one in teams), default=at.date())
    plan = Plan(
        chosen,
        said.choices[0].because,
        why_not,
        begins,
        cycle.owner,
        guardrails=proposed_guardrails(cycle),
        words=said.plan,
        cost=said.cost,
        hours=said.choices[0].hours,
        people=people,
        teams=teams,
    )
    plan_cycle(cycle, plan, by=cycle.owner, at=at)


def _of_one(cast: Cast) -> Cycle | None:
    """About one who hurries contacts away since she was asked for shorter ones."""
    planted = cast.of("handle_time_gamed")
    if planted is None:
        return None
    cycle = _opened(cast, HURRIED, planted.agents[0], cast.manager, planted.at(days=-3))
    if cycle is not None:
        _plan(HURRIED, cycle, planted.at())
        words, on = "The card stands beside the screen.", planted.at(days=4)
        note_doing(cycle, words, on=on.date(), is_confounder=False, by=cycle.owner, at=on)
    return cycle


def _of_poor_months(cast: Cast) -> Cycle | None:
    """With those of a team whose last weeks were the poorest, and to whom nothing that was planted happened."""
    planted = cast.of("coaching_that_works")
    if planted is None:
        return None
    cycle = _opened(cast, POOR_MONTH, team_of_leader(cast.leaders[-1]), cast.leaders[-1], planted.at(days=-2))
    if cycle is not None:
        _plan(POOR_MONTH, cycle, planted.at(), people=() if is_everybodys(cycle) else _poorest(cast, cycle))
    return cycle


def _poorest(cast: Cast, cycle: Cycle) -> tuple[Agent, ...]:
    kpi, team = catalogue()[cycle.measure], cycle.team
    assert team is not None, "it is about a team"
    sought = Sought(team, kpi, TakenGap.of(cycle.gap).figure.period)
    touched = {agent.pk for one in cast.planted for agent in one.agents}
    own = {
        bytes(agent.key): agent for agent in Agent.objects.in_teams([team], sought.period.last).exclude(pk__in=touched)
    }
    gaps = sorted((one.own.gap, one.agent) for one in people_of(cast.facts, sought) if one.agent in own)
    return tuple(own[key] for _gap, key in gaps[-MOST_AT_ONCE:])


def _in_two_waves(cast: Cast, process: Process) -> Cycle | None:
    """A change of how everybody works, for half of the teams first; every review is over."""
    at = cast.ago(7 * 13)
    cycle = _opened(cast, PASSED_ON, process, cast.manager, at - A_WEEK)
    if cycle is None:
        return None
    _plan(PASSED_ON, cycle, at, teams=_waves(cycle, at, (0, 1)))
    words = "The directory was out of order for two days."
    note_doing(cycle, words, on=(at + 20 * A_DAY).date(), is_confounder=True, by=cycle.owner, at=at + 22 * A_DAY)
    return cycle


def _one_after_another(cast: Cast, process: Process) -> None:
    """A change that is still on its way through the teams; its first review is due."""
    at = cast.ago(33)
    cycle = _opened(cast, REFUNDS, process, cast.owner, at - A_WEEK)
    if cycle is None:
        return
    _plan(REFUNDS, cycle, at, teams=_waves(cycle, at, (0, 1, 2)))
    words = "The first teams have had their hour, and use the form."
    note_doing(cycle, words, on=(at + A_WEEK).date(), is_confounder=False, by=cast.owner, at=at + A_WEEK)


def _waves(cycle: Cycle, at: datetime, waves: tuple[int, ...]) -> tuple[Begins, ...]:
    """All teams in the order that chance draws, as many in each wave as in the others."""
    order = draw_order(cycle, list(Team.objects.all()), by=cycle.owner, at=at, seed=f"demo-{cycle.measure}")
    teams = {team.pk: team for team in Team.objects.all()}
    wave = [waves[place * len(waves) // len(order)] for place in range(len(order))]
    begins = [(at + wave[place] * WAVE).date() for place in range(len(order))]
    return tuple(Begins(teams[pk], begins[place], place + 1) for place, pk in enumerate(order))


def _hold_reviews(cast: Cast, cycle: Cycle) -> None:
    """On each planned day, once its look was kept."""
    said = {4: "Too early to say anything.", 8: "It is being done as planned.", 12: "We read the look together."}
    for review in cycle.reviews.order_by("week"):
        held = datetime.combine(review.due_on, MORNING, UTC) + HELD_AFTER
        if held < cast.at:
            hold_review(review, said[review.week], by=cycle.owner, at=held)


def _decide(cast: Cast, cycle: Cycle, said: Said, change: Change | None) -> None:
    """Where every review was held: by what the last look had found."""
    reviews = list(cycle.reviews.select_related("look").order_by("week"))
    if any(one.held_at is None for one in reviews):
        return
    found = "" if reviews[-1].look is None else reviews[-1].look.verdict
    verdict, because = said.get(found, said[""])
    decide_cycle(cycle, Decided(verdict, because, change), by=cycle.owner, at=cast.ago(2))
    cycle.refresh_from_db()


def _changed(cast: Cast) -> Change | None:
    """What became of the standard because of it."""
    standard = ServiceStandard.objects.filter(versions__title=TRANSFERS).first()
    if standard is None:
        return None
    found = "Who does what stood in no list, so that people passed contacts on by guessing."
    changed = "The standard names the list, and who keeps it."
    return note_change(standard, found, changed, on=cast.ago(3).date(), by=cast.manager, at=cast.ago(3))
