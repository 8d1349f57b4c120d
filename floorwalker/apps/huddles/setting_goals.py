"""How does a team set itself a goal, and end one before its day? What it starts from is read first, and kept as it stood."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any

from floorwalker.apps.coaching.reaching import facts_stamp
from floorwalker.apps.huddles.access import may_lead, members_of
from floorwalker.apps.huddles.agreeing import said
from floorwalker.apps.huddles.following_goals import next_monday
from floorwalker.apps.huddles.models import GoalEnd, Meeting, TeamGoal
from floorwalker.apps.huddles.models.goals import LONGEST_WORDS
from floorwalker.apps.people.acting import action
from floorwalker.apps.people.audit import record
from floorwalker.apps.people.models import Team, User
from floorwalker.apps.standards.aiming import aims_of_work
from floorwalker.apps.standards.models import Aim
from floorwalker.apps.standards.seeing import branch_of
from floorwalker.errors import Refused
from floorwalker.estimate import Estimate
from floorwalker.facts.snapshot import Snapshot
from floorwalker.insight.ended import is_met
from floorwalker.insight.frozen import as_json, freeze_figure
from floorwalker.insight.scorecard import Cell
from floorwalker.insight.team_goal import Start, counter_of, goal_measures, is_possible, read_start
from floorwalker.insight.team_week import LEAST_PEOPLE
from floorwalker.kpis.catalogue import catalogue
from floorwalker.kpis.definition import Kpi
from floorwalker.ui import words

# Over longer times teams wander by themselves (docs/decisions/0056).
WEEKS = (4, 8, 12)
# In which meetings a goal can have been agreed.
LATELY = timedelta(days=28)


@dataclass(frozen=True)
class WantedGoal:
    """What a team has in mind."""

    measure: str
    target: float
    weeks: int
    words: str
    aim: Aim | None = None
    meeting: Meeting | None = None
    replaces: TeamGoal | None = None

    def days(self, on: date) -> tuple[date, date]:
        """Its first and its last day, if it is set on that one."""
        first = next_monday(on)
        return first, first + timedelta(weeks=self.weeks) - timedelta(days=1)


def meetings_to_agree_in(team: Team, at: datetime) -> list[Meeting]:
    """The meetings of the last weeks that were held."""
    return list(Meeting.objects.held().filter(team=team, ended_at__gt=at - LATELY, ended_at__lte=at))


def read_beginning(branch: tuple[bytes, ...], wanted: WantedGoal, facts: Snapshot, at: datetime) -> Start | None:
    """Where a team with those below it stands in the measure, and how likely the target is by luck; None before any facts."""
    due = wanted.days(at.date())[1]
    kpi = catalogue()[wanted.measure]
    target = wanted.target if is_possible(kpi, wanted.target) else None
    return read_start(facts, kpi, branch, due, at, target=target)


def check_goal(team: Team, wanted: WantedGoal, start: Start | None, at: datetime) -> None:
    """Refuse what could not be judged, or would be no goal."""
    kpi = catalogue().get(wanted.measure)
    if kpi is None or kpi not in goal_measures():
        raise Refused(
            "a team cannot set itself a goal in this measure",
            found=wanted.measure[:80],
            expected="a share or a mean with a better side, and of efficiency one with a counter-measure",
            mend="choose one such as first_contact_resolution",
        )
    if wanted.weeks not in WEEKS:
        raise Refused("a goal lasts 4, 8 or 12 weeks", found=str(wanted.weeks))
    if len(members_of(team, at.date())) < LEAST_PEOPLE:
        raise Refused("too few people are in this team", expected=f"{LEAST_PEOPLE} or more")
    if start is None or not start.can_begin:
        raise Refused(
            "from here no goal could be judged", mend="choose a measure with more contacts, or wait some weeks"
        )
    _check_target(kpi, wanted.target, start)


def _check_target(kpi: Kpi, target: float, start: Start) -> None:
    assert isinstance(start.baseline, Estimate)
    if not is_possible(kpi, target):
        raise Refused(
            "no figure can be so",
            found=words.figure(target, kpi.unit),
            expected="a share up to 100%, or what the measure can be",
        )
    if is_met(kpi, target, start.baseline.value):
        raise Refused(
            "this target is met already",
            found=words.figure(target, kpi.unit),
            expected="better than in the last twelve weeks",
        )


def set_goal(team: Team, wanted: WantedGoal, facts: Snapshot, *, by: User, at: datetime) -> TeamGoal:
    """Set it; what it replaces ends with that."""
    _check_leads(by, team, at)
    branch = branch_of(team)
    start = read_beginning(branch, wanted, facts, at) if wanted.measure in catalogue() else None
    return set_goal_from(team, wanted, start, facts_stamp(facts), branch=branch, by=by, at=at)


def set_goal_from(
    team: Team,
    wanted: WantedGoal,
    start: Start | None,
    facts: str,
    *,
    branch: tuple[bytes, ...],
    by: User,
    at: datetime,
) -> TeamGoal:
    """Set it from where the team was read to stand; facts: by which state of them; branch: of which teams."""
    check_goal(team, wanted, start, at)
    assert start is not None
    return _keep_goal(team, wanted, branch, _begun(start, at, facts), by=by, at=at)


def _begun(start: Start, at: datetime, facts: str) -> dict[str, Any]:
    frozen = freeze_figure(start.kpi, start.before, Cell(start.baseline), None, at=at, facts=facts)
    return as_json(frozen) | {"low": start.low, "high": start.high, "chance": start.chance}


@action
def _keep_goal(
    team: Team, wanted: WantedGoal, branch: tuple[bytes, ...], baseline: dict[str, Any], *, by: User, at: datetime
) -> TeamGoal:
    """What was read before the transaction, with the teams of which it was."""
    _check_leads(by, team, at)
    why = said(wanted.words, LONGEST_WORDS)
    _check_belongs(team, wanted, at)
    if wanted.replaces is not None:
        _end(wanted.replaces, GoalEnd.REPLACED, "", by, at)
    if TeamGoal.objects.open().filter(team=team, measure=wanted.measure).exists():
        raise Refused("the team has a goal in this measure already", mend="replace it, or end it first")
    kpi = catalogue()[wanted.measure]
    counter = counter_of(kpi)
    first, due = wanted.days(at.date())
    made = TeamGoal.objects.create(
        team=team,
        branch=[key.hex() for key in branch],
        aim=wanted.aim,
        meeting=wanted.meeting,
        measure=kpi.id,
        measure_version=kpi.version,
        counter_measure="" if counter is None else counter.id,
        words=why,
        target=wanted.target,
        baseline=baseline,
        first_on=first,
        due_on=due,
        set_by=by,
        set_at=at,
        replaces=wanted.replaces,
    )
    told = {"team": team.name, "measure": kpi.id, "target": wanted.target, "due_on": due.isoformat()}
    record(by.username, "set_team_goal", made, at, **told)
    return made


def _check_belongs(team: Team, wanted: WantedGoal, at: datetime) -> None:
    if wanted.aim is not None and wanted.aim not in aims_of_work(team, at.date()):
        raise Refused("this aim is not the team's to serve", found=wanted.aim.wording)
    if wanted.meeting is not None and (wanted.meeting.team_id != team.pk or wanted.meeting.ended_at is None):
        raise Refused("a goal is agreed in a meeting of the team that was held")
    if wanted.replaces is not None and wanted.replaces.team_id != team.pk:
        raise Refused("a goal replaces one of the same team")


@action
def end_goal(goal: TeamGoal, because: str, *, by: User, at: datetime) -> TeamGoal:
    """End it before its day, and say why."""
    _check_leads(by, goal.team, at)
    return _end(goal, GoalEnd.STOPPED, said(because, LONGEST_WORDS), by, at)


def _end(goal: TeamGoal, how: GoalEnd, because: str, by: User, at: datetime) -> TeamGoal:
    goal.refresh_from_db(from_queryset=TeamGoal.objects.select_for_update(of=("self",)))
    if not goal.is_open:
        raise Refused("this goal is over", found=str(goal.get_ended_as_display()))
    goal.ended_at, goal.ended_as, goal.ended_because, goal.ended_by = at, how, because, by
    goal.save(update_fields=["ended_at", "ended_as", "ended_because", "ended_by"])
    record(by.username, "end_team_goal", goal, at, ended_as=str(how), because=because)
    return goal


def _check_leads(by: User, team: Team, at: datetime) -> None:
    if not may_lead(by, team, at.date()):
        raise Refused("you do not lead this team", found=team.name)
