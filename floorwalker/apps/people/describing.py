"""What is known of a person besides the figures: name, employment, working pattern, skills, and whether it is a person."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date, datetime

from floorwalker.apps.people.acting import action, publish_on_commit
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.dating import make_room
from floorwalker.apps.people.models import Agent, Skill, Standing, WorkingPattern
from floorwalker.errors import Refused

DAYS_OF_A_WEEK = 7
MINUTES_OF_A_DAY = 1440


@dataclass(frozen=True)
class Description:
    """What a person's page and a directory can say of somebody; None and "" stand for not known."""

    name: str
    staff_number: str = ""
    email: str = ""
    started_on: date | None = None
    left_on: date | None = None


@action
def describe_agent(agent: Agent, said: Description, *, by: str, at: datetime) -> Agent:
    """Write down what is known; only what changes is in the audit entry, and whoever is described is a person."""
    _check(agent, said)
    fields = ("name", "staff_number", "email", "started_on", "left_on")
    changed = [name for name in fields if getattr(agent, name) != getattr(said, name)]
    for name in changed:
        setattr(agent, name, getattr(said, name))
    if agent.standing != Standing.KNOWN:
        agent.standing = Standing.KNOWN
        changed.append("standing")
    if changed:
        agent.save(update_fields=changed)
        record(by, "describe_agent", agent, at, changed=changed)
    if "started_on" in changed:
        publish_on_commit()
    return agent


def _check(agent: Agent, said: Description) -> None:
    if not said.name.strip() or len(said.name) > 200:
        raise Refused("a person needs a name", found=said.name[:60], expected="1 to 200 characters")
    if said.started_on and said.left_on and said.left_on < said.started_on:
        raise Refused("nobody leaves before starting", found=f"{said.started_on} to {said.left_on}")
    taken = Agent.objects.exclude(pk=agent.pk).filter(staff_number=said.staff_number).first()
    if said.staff_number and taken is not None:
        raise Refused(f"staff number {said.staff_number} is {taken}'s", mend="check the number, or merge the two")


@action
def confirm_agent(agent: Agent, *, by: str, at: datetime) -> Agent:
    """Say that a name found in data is a person of her or his own."""
    return _stand(agent, Standing.KNOWN, "confirm_agent", by, at)


@action
def ignore_agent(agent: Agent, *, by: str, at: datetime) -> Agent:
    """Say that a name found in data is not a person: a test telephone, a machine. Its facts stay and count for the centre."""
    if agent.merges_into.filter(split_at=None).exists():
        raise Refused(f"{agent} stands for several names", mend="split them first")
    return _stand(agent, Standing.IGNORED, "ignore_agent", by, at)


def _stand(agent: Agent, standing: Standing, verb: str, by: str, at: datetime) -> Agent:
    if agent.standing != standing:
        agent.standing = standing
        agent.save(update_fields=["standing"])
        record(by, verb, agent, at)
    return agent


@action
def set_working_pattern(agent: Agent, minutes: Sequence[int], *, on: date, by: str, at: datetime) -> WorkingPattern:
    """Work so many minutes on each day of the week, Monday first, from a day on."""
    if len(minutes) != DAYS_OF_A_WEEK or not all(0 <= one <= MINUTES_OF_A_DAY for one in minutes):
        raise Refused("a week has seven days of at most 24 hours", found=", ".join(map(str, minutes)))
    ends = make_room(WorkingPattern.objects.filter(agent=agent), on)
    pattern = WorkingPattern.objects.create(agent=agent, minutes=list(minutes), from_day=on, to_day=ends)
    record(by, "set_working_pattern", agent, at, on=on.isoformat(), minutes=list(minutes))
    return pattern


@action
def set_skills(agent: Agent, names: Sequence[str], *, on: date, by: str, at: datetime) -> list[Skill]:
    """Have these skills from a day on; those that are not named end that day, their past stays."""
    wanted = {name.strip()[:120] for name in names if name.strip()}
    present = {skill.name: skill for skill in Skill.objects.on(on).filter(agent=agent)}
    for name in present.keys() - wanted:
        make_room(Skill.objects.filter(agent=agent, name=name), on)
    for name in sorted(wanted - present.keys()):
        ends = make_room(Skill.objects.filter(agent=agent, name=name), on)
        Skill.objects.create(agent=agent, name=name, from_day=on, to_day=ends)
    if wanted != present.keys():
        record(by, "set_skills", agent, at, on=on.isoformat(), skills=sorted(wanted))
    return list(Skill.objects.on(on).filter(agent=agent))
