"""What does one person want to learn and reach in a period? One plan, in both words, and every thing of it with its day."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass
from datetime import date, datetime, timedelta

from floorwalker.apps.coaching.access import may_coach
from floorwalker.apps.coaching.models import DevelopmentPlan, ItemKind, Objective, PlanItem
from floorwalker.apps.coaching.models.objectives import LONGEST_WORDING, LONGEST_WORDS
from floorwalker.apps.coaching.seeing import is_oneself
from floorwalker.apps.coaching.unchanged import check_unchanged, mark_of
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Agent, User
from floorwalker.apps.standards.models import Aim
from floorwalker.errors import Refused


@dataclass(frozen=True)
class Thing:
    """One thing of a plan: an objective, or something said in words; until when."""

    kind: ItemKind
    due_on: date
    words: str = ""
    objective: Objective | None = None


@action
def make_plan(
    agent: Agent, first: date, last: date, aims: Iterable[Aim], *, words: str = "", by: User, at: datetime
) -> DevelopmentPlan:
    """Begin a plan for a period, the last day the first that is not of it; one is open at a time."""
    _check_may(agent, by, at)
    if last <= first:
        raise Refused("a period ends after it begins", found=_days(first, last))
    if open_plan(agent) is not None:
        raise Refused("there is an open plan already", mend="add to it, or end it first")
    made = DevelopmentPlan(agent=agent, from_day=first, to_day=last, made_by=by, made_at=at)
    _write(made, words, by)
    made.save(force_insert=True)
    made.aims.set(aims)
    record(by.username, "make_development_plan", made, at, agent=agent.pk)
    return made


@action
def say_in_plan(
    plan: DevelopmentPlan, words: str, *, seen: str | None = None, by: User, at: datetime
) -> DevelopmentPlan:
    """Say in one's own words what the plan is for; what the other agreed to before is agreed to anew.

    seen: the mark of the words that stand there (`mark_of_own`); of several who coach somebody none overwrites another.
    """
    plan = _find_open(plan, by, at)
    check_unchanged(seen, _own_words(plan, by), found=_own_words(plan, by)[:LONGEST_WORDING])
    if not words.strip():
        raise Refused("a plan is said in words", mend="write what you want to come of it")
    _write(plan, words, by)
    plan.agent_agreed_at = plan.leader_agreed_at = None
    plan.save()
    record(by.username, "say_in_development_plan", plan, at)
    return plan


@action
def agree_to_plan(plan: DevelopmentPlan, *, seen: str | None = None, by: User, at: datetime) -> DevelopmentPlan:
    """Say yes to the plan as it stands; the person herself first in words, then both by a yes.

    seen: the mark of the plan as it was read (`mark_of_plan`): nobody says yes to words that she did not have before her.
    """
    plan = _find_open(plan, by, at)
    check_unchanged(seen, *_all_of(plan))
    if not plan.agent_words.strip():
        raise Refused("the person's own words come first", mend="she says what she wants to learn and reach")
    if is_oneself(by, plan.agent):
        plan.agent_agreed_at = at
    else:
        plan.leader_agreed_at = at
    plan.save(update_fields=["agent_agreed_at", "leader_agreed_at"])
    record(by.username, "agree_development_plan", plan, at)
    return plan


@action
def add_thing(plan: DevelopmentPlan, thing: Thing, *, by: User, at: datetime) -> PlanItem:
    """Put something into the plan."""
    plan = _find_open(plan, by, at)
    if thing.kind is ItemKind.OBJECTIVE:
        if thing.objective is None or thing.objective.agent_id not in plan.agent.numbers_of_person():
            raise Refused("a plan gathers the person's own objectives", mend="propose one first")
        if plan.items.filter(objective=thing.objective, dropped_at=None).exists():
            raise Refused("this objective is in the plan already")
    elif not thing.words.strip() or len(thing.words) > LONGEST_WORDING:
        raise Refused("a plan says what is to be done", expected=f"1 to {LONGEST_WORDING} characters")
    if not plan.from_day <= thing.due_on < plan.to_day:
        raise Refused("this lies outside the plan's period", found=str(thing.due_on), expected=_period(plan))
    given = {"kind": thing.kind, "objective": thing.objective, "words": thing.words.strip(), "due_on": thing.due_on}
    made = PlanItem.objects.create(plan=plan, added_by=by, added_at=at, **given)
    record(by.username, "add_to_development_plan", plan, at, kind=str(thing.kind))
    return made


@action
def finish_thing(item: PlanItem, learned: str, *, by: User, at: datetime) -> PlanItem:
    """It is done, and this was learned: said by whom the plan is for."""
    item = _find_item(item, by, at)
    if not is_oneself(by, item.plan.agent):
        raise Refused("what was learned is said by who learned it")
    _check_going(item)
    if not learned.strip():
        raise Refused("say what was learned", mend="a sentence is enough")
    item.done_at, item.learned = at, learned.strip()[:LONGEST_WORDS]
    item.save(update_fields=["done_at", "learned"])
    record(by.username, "finish_in_development_plan", item.plan, at, item=item.pk)
    return item


@action
def drop_thing(item: PlanItem, because: str, *, by: User, at: datetime) -> PlanItem:
    """It is not done after all; it stays to be read, with the reason."""
    item = _find_item(item, by, at)
    _check_going(item)
    if not because.strip():
        raise Refused("say why it is dropped", mend="a sentence is enough")
    item.dropped_at, item.dropped_because = at, because.strip()[:LONGEST_WORDING]
    item.save(update_fields=["dropped_at", "dropped_because"])
    record(by.username, "drop_from_development_plan", item.plan, at, item=item.pk)
    return item


@action
def end_plan(plan: DevelopmentPlan, *, by: User, at: datetime) -> DevelopmentPlan:
    """The plan is over; what it gathered stays to be read."""
    plan = _find_open(plan, by, at)
    plan.ended_at = at
    plan.save(update_fields=["ended_at"])
    record(by.username, "end_development_plan", plan, at)
    return plan


def open_plan(agent: Agent) -> DevelopmentPlan | None:
    """The plan that somebody follows now."""
    return DevelopmentPlan.objects.filter(agent__in=agent.numbers_of_person(), ended_at=None).first()


def mark_of_plan(plan: DevelopmentPlan) -> str:
    """What tells whether the plan still says what its reader had before her."""
    return mark_of(*_all_of(plan))


def mark_of_own(plan: DevelopmentPlan, user: User) -> str:
    """The same of the words of the reader's side."""
    return mark_of(_own_words(plan, user))


def _all_of(plan: DevelopmentPlan) -> list[object]:
    items = plan.items.filter(dropped_at=None).order_by("pk").values_list("pk", flat=True)
    return [plan.agent_words, plan.leader_words, *items]


def _own_words(plan: DevelopmentPlan, user: User) -> str:
    return plan.agent_words if is_oneself(user, plan.agent) else plan.leader_words


def _write(plan: DevelopmentPlan, words: str, by: User) -> None:
    if is_oneself(by, plan.agent):
        plan.agent_words = words.strip()[:LONGEST_WORDS]
    else:
        plan.leader_words = words.strip()[:LONGEST_WORDS]


def _check_may(agent: Agent, by: User, at: datetime) -> None:
    if not is_oneself(by, agent) and not may_coach(by, agent, at.date()):
        raise Refused("you may not plan there", expected="the person herself, or who coaches her")


def _find_open(plan: DevelopmentPlan, by: User, at: datetime) -> DevelopmentPlan:
    """The plan as it is now, where it goes on: two may write in it at once."""
    plan = DevelopmentPlan.objects.select_for_update(of=("self",)).select_related("agent").get(pk=plan.pk)
    _check_may(plan.agent, by, at)
    if plan.ended_at is not None:
        raise Refused("this plan is over", mend="begin the next one")
    return plan


def _find_item(item: PlanItem, by: User, at: datetime) -> PlanItem:
    """The thing as it is now, in a plan that goes on."""
    plan = _find_open(item.plan, by, at)
    item = PlanItem.objects.select_for_update(of=("self",)).get(pk=item.pk)
    item.plan = plan
    return item


def _check_going(item: PlanItem) -> None:
    if item.done_at is not None:
        raise Refused("this is over already", found=item.learned[:LONGEST_WORDING])
    if item.dropped_at is not None:
        raise Refused("this is over already", found=item.dropped_because)


def _period(plan: DevelopmentPlan) -> str:
    return _days(plan.from_day, plan.to_day)


def _days(first: date, to_day: date) -> str:
    """As somebody typed it: with the last day that is still of it."""
    return f"{first} to {to_day - timedelta(days=1)}"
