"""How is a demo floor made? Simulated facts, people and log-ins in one go, with a known truth beside them."""

from __future__ import annotations

import json
import secrets
from collections.abc import Callable
from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from pathlib import Path
from zoneinfo import ZoneInfo

from floorwalker.apps.people import actions
from floorwalker.apps.people.describing import confirm_agent
from floorwalker.apps.people.models import Agent, Queue, Role, Standing, Team, User
from floorwalker.apps.people.queueing import set_queue_parameter
from floorwalker.apps.people.sighting import register_sightings
from floorwalker.apps.standards.actions import set_target
from floorwalker.apps.standards.models import ServiceStandard
from floorwalker.config import Config, replace_private
from floorwalker.facts.lake import Lake
from floorwalker.ingest.load import load
from floorwalker.ingest.order import Order
from floorwalker.ingest.receipt import Receipt
from floorwalker.ingest.source import Site
from floorwalker.jobs.demo_calibration import mark_side_by_side
from floorwalker.jobs.demo_cast import settled_in
from floorwalker.jobs.demo_contacts import ORIGIN, SITE_CODE
from floorwalker.jobs.demo_evaluations import evaluate_contacts
from floorwalker.jobs.demo_loop import live_the_loop
from floorwalker.jobs.demo_recordings import let_them_be_heard
from floorwalker.jobs.demo_standards import agree_on_standards
from floorwalker.jobs.demo_surveys import ask_customers
from floorwalker.jobs.judging import judge_floor
from floorwalker.jobs.publish import register_and_publish
from floorwalker.jobs.records import publish_records

DEMO_SITE = Site(SITE_CODE, "Europe/London", "GB")
LEADERS = 2
PASSWORD_BYTES = 12
# What this invented centre aims for; a real one agrees its own.
TARGETS = {
    "service_level": 0.80,
    "abandonment_rate": 0.05,
    "first_contact_resolution": 0.84,
    "csat_top_box": 0.72,
    "transfer_rate": 0.035,
    "ring_no_answer_rate": 0.03,
}
# Too little time on contacts is waste, too much wears people out.
BANDS = {"occupancy": (0.70, 0.88)}
WHY = "As agreed for this invented centre."
# How soon a queue that is no telephone line should be answered, in seconds.
LIMITS = {"Email": 14_400, "Chat": 60}
FROM_EVER = date(2000, 1, 1)
LONG = timedelta(weeks=14)

Progress = Callable[[float, str], None]


@dataclass(frozen=True)
class LogIn:
    """Somebody who may look at the demo floor."""

    username: str
    password: str
    who: str


def log_ins_file(config: Config) -> Path:
    """Where the demo log-ins are kept; it is written last, so a demo without it is not whole."""
    return config.home / "demo-log-ins.txt"


def truth_file(config: Config) -> Path:
    """Where the truth of the demo floor is kept."""
    return config.home / "demo-truth.json"


def build_demo(
    config: Config,
    lake: Lake,
    *,
    agents: int,
    days: int,
    seed: int,
    progress: Progress,
    should_stop: Callable[[], bool],
) -> Receipt | None:
    """Build the floor and its log-ins; building it again changes nothing. Returns the receipt of the load."""
    settings = {"agents": str(agents), "days": str(days), "seed": str(seed), "truth_file": str(truth_file(config))}
    settings |= _asked_before(config) or {"start": _start(days, _now().date()).isoformat(), "truth": "reviewed"}
    order = Order("simulated", (), DEMO_SITE, ORIGIN, settings)
    receipt = load(order, config, lake, now=_now, progress=progress, should_stop=should_stop)
    if receipt is None or receipt.stopped:
        return receipt
    progress(1.0, "people and log-ins")
    register_sightings(config.outbox, at=_now())
    if not ServiceStandard.objects.exists():
        _set_targets()
        _set_limits()
    # Once the queues' own limits are set: daily sums that were made before them would answer no page.
    register_and_publish(config, lake)
    _know_everybody()
    judge_floor(lake, progress=progress)
    if not log_ins_file(config).exists():
        log_ins = _add_log_ins()
        progress(1.0, "standards, evaluations and the weeks of work with them")
        _work(config, lake, _add_colleagues(_now()), at=_now())
        _keep(config, log_ins)
    return receipt


def _work(config: Config, lake: Lake, colleagues: list[User], *, at: datetime) -> None:
    """Let people work with it for a while: by the same actions as on the pages, as if some weeks had gone by."""
    manager, agent = (User.objects.get(username=name) for name in ("manager", "agent1"))
    analysts = [User.objects.get(username=name) for name in ("analyst", "analyst2")]
    agree_on_standards(manager, analysts[0], agent, transfers=TARGETS["transfer_rate"], at=at)
    evaluate_contacts(lake, analysts, agent, colleagues, at=at)
    mark_side_by_side(analysts, User.objects.get(username="leader1"), at=at)
    let_them_be_heard(config, lake, at=at)
    ask_customers(lake, manager, ZoneInfo(DEMO_SITE.timezone), at=at)
    live_the_loop(lake, truth_file(config), colleagues, at=at)
    publish_records(config, lake, at=at)


def _asked_before(config: Config) -> dict[str, str]:
    """Of a floor that was begun before, from when on it is, and which truths are in it: it goes on as it is."""
    if not truth_file(config).exists():
        return {}
    asked = json.loads(truth_file(config).read_text(encoding="utf-8"))["parameters"]
    return {"start": asked["start"], "truth": "reviewed" if asked.get("reviewed") else "planted"}


def _start(days: int, on: date) -> date:
    """A Monday, so that the floor's last whole week is the one before this."""
    sunday = on - timedelta(days=on.weekday() + 1)
    first = sunday - timedelta(days=days - 1)
    return first - timedelta(days=first.weekday())


def _now() -> datetime:
    return datetime.now(UTC)


def _set_targets() -> None:
    for measure, value in TARGETS.items():
        set_target(measure, value, from_day=FROM_EVER, reason=WHY, by=None, at=_now())
    for measure, (low, high) in BANDS.items():
        set_target(measure, low=low, high=high, from_day=FROM_EVER, reason=WHY, by=None, at=_now())


def _set_limits() -> None:
    for name, seconds in LIMITS.items():
        for queue in Queue.objects.filter(name=name):
            set_queue_parameter(queue, "threshold_seconds", seconds, on=None, by="demo", at=_now())


def _know_everybody() -> None:
    """The demo's people are known by their names; a real centre matches what its sources call them."""
    for agent in Agent.objects.filter(standing=Standing.SEEN):
        confirm_agent(agent, by="demo", at=_now())


def _add_log_ins() -> list[LogIn]:
    teams = list(Team.objects.all()[:LEADERS])
    agents = [_first_of(team) for team in teams]
    wanted: list[tuple[str, Role, Team | None, Agent | None, str]] = [
        ("manager", Role.OPERATIONS_MANAGER, None, None, "operations manager: the whole centre"),
        ("admin", Role.ADMINISTRATOR, None, None, "administrator: people, data and roles, nobody's figures"),
        ("analyst", Role.QUALITY_ANALYST, None, None, "quality analyst: all teams"),
        ("analyst2", Role.QUALITY_ANALYST, None, None, "another one: marks appeals anew, and some contacts twice"),
        ("owner", Role.PROCESS_OWNER, None, None, "process owner: how work is done, whoever does it"),
        ("privacy", Role.PRIVACY_OFFICER, None, None, "privacy officer: who did what, who looked at whom"),
        *((f"leader{n}", Role.TEAM_LEADER, team, None, f"team leader of {team}") for n, team in enumerate(teams, 1)),
        *((f"agent{n}", Role.AGENT, None, agent, f"agent {agent}") for n, agent in enumerate(agents, 1)),
    ]
    return [_add_log_in(*row) for row in wanted]


def _first_of(team: Team) -> Agent:
    """Somebody who was in the team all the time, as far as there is anybody."""
    today = _now().date()
    people = settled_in(team, today - LONG, today) or list(Agent.objects.in_teams([team], today))
    return people[0]


def _add_colleagues(at: datetime) -> list[User]:
    """A log-in for each person of the first two teams, so that they can be asked and can answer; nobody has their passwords."""
    teams = list(Team.objects.all()[:LEADERS])
    for agent in Agent.objects.in_teams(teams, at.date()):
        if not User.objects.filter(agent=agent).exists():
            actions.add_user(agent.name.casefold().replace(" ", "."), Role.AGENT, by="demo", at=at, agent=agent)
    return list(User.objects.filter(agent__isnull=False, agent__in=Agent.objects.in_teams(teams, at.date())))


def _add_log_in(username: str, role: Role, team: Team | None, agent: Agent | None, who: str) -> LogIn:
    """One log-in with a password of this installation; one that a stopped attempt left gets a new password."""
    password = secrets.token_urlsafe(PASSWORD_BYTES)
    user = User.objects.filter(username=username).first()
    if user is None:
        actions.add_user(username, role, by="demo", at=_now(), team=team, agent=agent, password=password)
    else:
        actions.set_first_password(user, password, at=_now())
    return LogIn(username, password, who)


def _keep(config: Config, log_ins: list[LogIn]) -> None:
    text = "".join(f"{row.username:<10} {row.password:<18} {row.who}\n" for row in log_ins)
    replace_private(log_ins_file(config), text.encode())
